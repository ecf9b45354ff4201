/*
 * driver.c - a fuzzer without coverage, for compilers without libFuzzer: looks at each
 * file as it is, then at changed copies of them until the time is over.
 *
 * usage: [FUZZ_SEED=N] trace_fuzz SECONDS FILE...
 *
 * The same seed makes the same changes in the same order, so that a test that calls it
 * does not depend on chance.
 *
 * The input that is being looked at lies in the file crash-input in the working folder,
 * so that it is there after a crash, to be looked at again (SECONDS 0) and kept in
 * tests/fuzz/found/. It is removed when all went well.
 */
#include "trace_fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static const char input_name[] = "crash-input";

struct bytes {
    uint8_t *bytes;
    size_t size;
};

static struct bytes read_file(const char *path)
{
    struct bytes all = {NULL, 0};
    FILE *file = fopen(path, "rb");
    long size = -1;

    if (file != NULL && fseek(file, 0, SEEK_END) == 0)
        size = ftell(file);
    if (size >= 0)
        all.bytes = malloc((size_t)size + 1);
    if (all.bytes == NULL || fseek(file, 0, SEEK_SET) != 0 ||
        (all.size = fread(all.bytes, 1, (size_t)size, file)) != (size_t)size) {
        fprintf(stderr, "trace_fuzz: cannot read %s\n", path);
        exit(2);
    }
    fclose(file);
    return all;
}

static void look_at(const uint8_t *bytes, size_t size)
{
    FILE *file = fopen(input_name, "wb");

    if (file == NULL || fwrite(bytes, 1, size, file) != size || fclose(file) != 0) {
        fprintf(stderr, "trace_fuzz: cannot write %s\n", input_name);
        exit(2);
    }
    alarm(20); /* an endless loop ends here */
    LLVMFuzzerTestOneInput(bytes, size);
    alarm(0);
}

static double now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* Each round changes what the round before it made of a file, and begins anew now and
   then. */
static unsigned long look_at_changed(const struct bytes *files, int count, double until,
                                     unsigned seed)
{
    unsigned long looks = 0;

    for (int i = 0; now() < until; i = (i + 1) % count) {
        struct bytes copy = {malloc(files[i].size + 1), files[i].size};
        if (copy.bytes == NULL)
            exit(2);
        memcpy(copy.bytes, files[i].bytes, copy.size);
        for (int round = 0; round < 8 && now() < until; round++, looks++) {
            copy.size = fuzz_change(copy.bytes, copy.size, seed++);
            look_at(copy.bytes, copy.size);
        }
        free(copy.bytes);
    }
    return looks;
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        fputs("usage: trace_fuzz SECONDS FILE...\n", stderr);
        return 2;
    }
    int count = argc - 2;
    struct bytes *files = calloc((size_t)count, sizeof *files);
    const char *chosen = getenv("FUZZ_SEED");
    unsigned seed = chosen != NULL ? (unsigned)strtoul(chosen, NULL, 10) : 1;
    unsigned first = seed;

    if (files == NULL)
        return 2;
    for (int i = 0; i < count; i++) {
        files[i] = read_file(argv[i + 2]);
        look_at(files[i].bytes, files[i].size);
    }
    unsigned long looks = look_at_changed(files, count, now() + atof(argv[1]), seed);
    printf("%d files and %lu changed ones, from seed %u\n", count, looks, first);
    for (int i = 0; i < count; i++)
        free(files[i].bytes);
    free(files);
    unlink(input_name);
    return 0;
}
