/* recording_copy.c - changing and copying a recording; see recording.h. */
#include "reader.h"
#include "recording.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { COPY_SIZE = 64 * 1024 };

/* A header and the rest of its page. */
union first_page {
    struct trace_header header;
    char bytes[TRACE_HEADER_SIZE];
};

static bool read_first_page(int descriptor, union first_page *page)
{
    return pread(descriptor, page, sizeof *page, 0) == (ssize_t)sizeof *page &&
           memcmp(page->header.magic, TRACE_MAGIC, sizeof page->header.magic) == 0 &&
           page->header.version == TRACE_VERSION;
}

void recording_note_kill(const char *path, int signal_number)
{
    union first_page page;
    int32_t number = signal_number;
    int descriptor = open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);

    if (descriptor < 0)
        return;
    if (flock(descriptor, LOCK_SH | LOCK_NB) == 0 &&
        read_first_page(descriptor, &page) && atomic_load(&page.header.ended) == 0 &&
        pwrite(descriptor, &number, sizeof number,
               offsetof(struct trace_header, killed_by)) < 0)
        errno = 0; /* the replay will say "vanished", which is true too */
    close(descriptor);
}

/* Why a copy failed: on which side, and in words. */
struct failure {
    bool reading;
    const char *words;
};

static bool write_all(int to, const char *bytes, size_t length, uint64_t offset,
                      struct failure *failure)
{
    while (length > 0) {
        ssize_t written = pwrite(to, bytes, length, (off_t)offset);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0) {
            *failure = (struct failure){false, strerror(written < 0 ? errno : ENOSPC)};
            return false;
        }
        bytes += written;
        length -= (size_t)written;
        offset += (uint64_t)written;
    }
    return true;
}

/* Copies a part of one file to a place in the other. */
static bool copy_part(int from, uint64_t from_offset, uint64_t length, int to,
                      uint64_t to_offset, struct failure *failure)
{
    char bytes[COPY_SIZE];

    while (length > 0) {
        size_t part = length < sizeof bytes ? (size_t)length : sizeof bytes;
        ssize_t got = pread(from, bytes, part, (off_t)from_offset);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0) {
            const char *words = got < 0 ? strerror(errno) : "it has become shorter";
            *failure = (struct failure){true, words};
            return false;
        }
        if (!write_all(to, bytes, (size_t)got, to_offset, failure))
            return false;
        from_offset += (uint64_t)got;
        to_offset += (uint64_t)got;
        length -= (uint64_t)got;
    }
    return true;
}

static uint64_t least(uint64_t a, uint64_t b)
{
    return a < b ? a : b;
}

/* Writes the compact layout: header, strings, events. What was lost, cut off or torn in
   the recording is so in the copy. */
static bool copy_trace(const struct reader *reader, int to, struct failure *failure)
{
    const struct trace_header *layout = &reader->layout;
    union first_page page;
    struct trace_header *h = &page.header;

    /* Read after the steps were counted: the strings that they name are complete. */
    if (!read_first_page(reader->descriptor, &page)) {
        *failure = (struct failure){true, "it has become shorter"};
        return false;
    }
    uint64_t strings =
        least(least(atomic_load(&h->next_string), layout->string_capacity),
              atomic_load(&h->string_space));
    uint64_t strings_there = reader->size > layout->string_offset
                                 ? least(strings, reader->size - layout->string_offset)
                                 : 0;
    if (reader->steps > 0 && strings_there < strings) {
        *failure = (struct failure){true, "its header is damaged"};
        return false;
    }
    uint64_t slots = reader->steps + (reader->live ? 0 : reader->cut);
    if (reader->live) { /* what comes later is not lost but not in the copy */
        atomic_store(&h->next_event, slots);
        atomic_store(&h->ended, 0);
    }
    h->word_offset = 0;
    h->string_offset = TRACE_HEADER_SIZE;
    h->string_capacity = strings;
    h->event_offset = (h->string_offset + strings + 63) / 64 * 64;
    h->event_capacity = slots;
    atomic_store(&h->event_space, slots);

    return write_all(to, page.bytes, sizeof page, 0, failure) &&
           copy_part(reader->descriptor, layout->string_offset, strings_there, to,
                     h->string_offset, failure) &&
           copy_part(reader->descriptor, layout->event_offset, reader->steps * 64, to,
                     h->event_offset, failure);
}

/* The path to replace: a symbolic link's target, not the link. */
static bool resolve(const char *path, char *real, struct failure *failure)
{
    struct stat status;

    failure->words = NULL;
    if (path[0] == '\0') {
        failure->words = "a file name is needed";
    } else if (stat(path, &status) == 0) {
        if (!S_ISREG(status.st_mode))
            failure->words = "it is not a regular file";
        else if (access(path, W_OK) != 0 || realpath(path, real) == NULL)
            failure->words = strerror(errno);
    } else if (errno != ENOENT || strlen(path) >= PATH_MAX) {
        failure->words = strerror(errno == ENOENT ? ENAMETOOLONG : errno);
    } else {
        strcpy(real, path);
    }
    return failure->words == NULL;
}

/* Makes an empty file beside the path, whose name it writes. */
static int open_beside(const char *path, char *name, size_t size)
{
    const char *slash = strrchr(path, '/');
    int folder_length = slash == NULL ? 0 : (int)(slash - path) + 1;

    snprintf(name, size, "%.*s.viz-%06x.tmp", folder_length, path, (unsigned)getpid());
    return open(name, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0666);
}

/* Writes the copy beside its place and moves it there in one step. */
static bool replace(const struct reader *reader, const char *to,
                    struct failure *failure)
{
    char real[PATH_MAX], name[PATH_MAX + 32];

    failure->reading = false;
    if (!resolve(to, real, failure))
        return false;
    int copy = open_beside(real, name, sizeof name);
    if (copy < 0) {
        failure->words = strerror(errno);
        return false;
    }
    bool done = copy_trace(reader, copy, failure);
    if (close(copy) != 0 && done) {
        *failure = (struct failure){false, strerror(errno)};
        done = false;
    }
    if (done && rename(name, real) == 0)
        return true;
    if (done)
        *failure = (struct failure){false, strerror(errno)};
    unlink(name);
    return false;
}

bool recording_may_keep(const char *to, char *why, size_t size)
{
    struct failure failure = {false, NULL};
    char real[PATH_MAX], folder[PATH_MAX];

    if (resolve(to, real, &failure)) {
        snprintf(folder, sizeof folder, "%s", real);
        if (access(dirname(folder), W_OK | X_OK) != 0)
            failure.words = strerror(errno);
    }
    if (failure.words != NULL)
        snprintf(why, size, "%s", failure.words);
    return failure.words == NULL;
}

bool recording_keep(const char *from, const char *to, char *why, size_t size)
{
    struct reader reader;
    struct failure failure;
    char words[256];

    if (!reader_open(&reader, from, words, sizeof words)) {
        snprintf(why, size, "the recording '%s' cannot be copied: %s", from, words);
        return false;
    }
    bool done = replace(&reader, to, &failure);
    if (!done && failure.reading)
        snprintf(why, size, "the recording '%s' cannot be copied: %s", from,
                 failure.words);
    else if (!done)
        snprintf(why, size, "the trace file '%s' cannot be written: %s", to,
                 failure.words);
    reader_close(&reader);
    return done;
}
