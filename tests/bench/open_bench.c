/*
 * open_bench.c - a recording of ten million events, and one of two hundred thousand
 * objects: how soon is it seen, how long does a jump take, and how much memory does the
 * viewer need beside the file?
 */
#include "../../viz/scene.h"
#include "generate.h"
#include "measure.h"
#include "watched.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { EVENTS = 10000000, OPENINGS = 5, JUMPS = 300 };

static double milliseconds_since(uint64_t begun_ns)
{
    return (double)(watched_now() - begun_ns) / 1e6;
}

static uint64_t processor_now(void)
{
    struct timespec now;

    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

/* The file's pages leave the memory of the machine, as far as that can be had. */
static void forget_file(const char *path)
{
    FILE *file = fopen(path, "r");

    if (file == NULL)
        return;
    fdatasync(fileno(file));
    posix_fadvise(fileno(file), 0, 0, POSIX_FADV_DONTNEED);
    fclose(file);
}

/* Until the last row of the first frame is there. */
static double open_once(const char *path, int columns, int rows)
{
    const char *const arguments[] = {"viz", "replay", path, NULL};
    uint64_t begun = watched_now();
    struct watched watched = watched_run(arguments, columns, rows);

    if (!watched_look(&watched, 60000000000, "? help"))
        measure_failed("the recording is not shown");
    double took = milliseconds_since(begun);
    watched_end(&watched);
    return took;
}

static void measure_opening(const char *path)
{
    double cold[OPENINGS], warm[OPENINGS], wide[OPENINGS];

    for (int i = 0; i < OPENINGS; i++) {
        forget_file(path);
        cold[i] = open_once(path, 80, 24);
        warm[i] = open_once(path, 80, 24);
        wide[i] = open_once(path, 200, 60);
    }
    measure_print_value("first frame, file on the disk", cold, OPENINGS, "ms", 1000);
    measure_print_value("first frame, file in memory", warm, OPENINGS, "ms", 1000);
    measure_print_value("the same, 200x60", wide, OPENINGS, "ms", 1000);
}

/* What this process has of its own, in MB. */
static double memory_now(void)
{
    char line[128];
    double kilobytes = 0;
    FILE *status = fopen("/proc/self/status", "r");

    while (status != NULL && fgets(line, sizeof line, status) != NULL)
        if (sscanf(line, "RssAnon: %lf", &kilobytes) == 1)
            break;
    if (status != NULL)
        fclose(status);
    return kilobytes * 1024 / 1e6;
}

static void show(struct playback *playback, struct canvas *canvas, int columns,
                 int rows)
{
    static struct scene scene;
    char status[128];

    canvas_reset(canvas, rows, columns);
    scene_fill(&scene, playback, status, sizeof status);
    scene.hint = "";
    view_run(canvas, &scene);
}

/* Jumps anywhere, and shows what is there. */
static void measure_jumps(struct playback *playback, int columns, int rows,
                          const char *name)
{
    struct canvas canvas = {0, 0, NULL};
    double took[JUMPS], cpu[JUMPS];
    uint64_t random = 1;

    for (int i = 0; i < JUMPS; i++) {
        random = random * 6364136223846793005 + 1442695040888963407;
        uint64_t begun = watched_now(), cpu_begun = processor_now();
        if (i % 2 == 0)
            playback_seek(playback, 1 + (random >> 20) % playback->history.model.step);
        else
            playback_seek_time(playback,
                               (random >> 20) % playback->history.model.time_ns);
        show(playback, &canvas, columns, rows);
        took[i] = milliseconds_since(begun);
        cpu[i] = (double)(processor_now() - cpu_begun) / 1e6;
    }
    measure_print_value(name, took, JUMPS, "ms", 100);
    measure_print_value("its processor time", cpu, JUMPS, "ms", 0);
    canvas_free(&canvas);
}

static void measure_inside(const char *path)
{
    static struct playback playback;
    struct canvas canvas = {0, 0, NULL};
    char why[256];
    double most = 0, longest = 0, before = memory_now();
    uint64_t begun = watched_now();

    if (!playback_open(&playback, path, why, sizeof why))
        measure_failed(why);
    while (!playback_is_complete(&playback)) {
        uint64_t part = watched_now();
        playback_update(&playback, 0);
        double took = milliseconds_since(part);
        longest = took > longest ? took : longest;
        most = memory_now() > most ? memory_now() : most;
    }
    double whole = milliseconds_since(begun);
    measure_print_value("all of it read", &whole, 1, "ms", 0);
    measure_print_value("a key waits for that at most", &longest, 1, "ms", 100);
    show(&playback, &canvas, 80, 24);
    canvas_free(&canvas);
    measure_jumps(&playback, 80, 24, "a jump and its frame, 80x24");
    measure_jumps(&playback, 200, 60, "the same, 200x60");
    most = (memory_now() > most ? memory_now() : most) - before;
    measure_print_value("memory beside the mapping", &most, 1, "MB", 200);
    playback_close(&playback);
}

/* Two pools hand out a hundred thousand futures each. */
static void record_many_objects(const char *path)
{
    const char *program = watched_built("lessons/08_futures/result_each");
    int status;

    fflush(stdout);
    pid_t process = fork();
    if (process == 0) {
        if (freopen("/dev/null", "w", stdout) != NULL)
            execl(program, program, "--tasks", "100000", "--delay", "0", "--trace",
                  path, (char *)NULL);
        _exit(127);
    }
    if (waitpid(process, &status, 0) != process || status != 0)
        measure_failed("the lesson with many objects has failed");
}

int main(void)
{
    char path[PATH_MAX];

    watched_path(path, sizeof path);
    generate_trace(path, EVENTS);
    measure_print_value_heading("A RECORDING OF 10 MILLION EVENTS");
    measure_opening(path);
    measure_inside(path);
    unlink(path);
    record_many_objects(path);
    puts("");
    measure_print_value_heading("200,000 OBJECTS, 2.5 MILLION EVENTS");
    measure_opening(path);
    measure_inside(path);
    return 0;
}
