/*
 * trace_file.c - the trace file as it grows on the disk; see trace_file.h.
 */
#include "trace_file.h"
#include "new_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

/* Room in addresses, not on the disk: a file starts with a few pages. */
static const uint64_t most_string_bytes = UINT64_C(256) << 20; /* and all before it */
static const uint64_t most_events = UINT64_C(64) << 20;
static const uint64_t page = 4096;
enum { event_chunk_bytes = 2 << 20 }; /* a huge page where the kernel has them */

static uint64_t round_up(uint64_t value, uint64_t unit)
{
    return (value + unit - 1) / unit * unit;
}

/* The path to replace: a symbolic link's target, not the link. */
static bool resolve(struct trace_file *file, const char *path, char *why, size_t size)
{
    struct stat status;

    if (stat(path, &status) == 0) {
        if (!S_ISREG(status.st_mode)) {
            snprintf(why, size, "it is not a regular file");
            return false;
        }
        if (access(path, W_OK) != 0 || realpath(path, file->path) == NULL) {
            snprintf(why, size, "%s", strerror(errno));
            return false;
        }
        return true;
    }
    if (errno != ENOENT || path[0] == '\0' || strlen(path) + 32 > sizeof file->path) {
        snprintf(why, size, "%s", strerror(errno == ENOENT ? ENAMETOOLONG : errno));
        return false;
    }
    strcpy(file->path, path);
    return true;
}

/* Room on the disk for a part of the file; the file gets longer where it must. */
static bool allocate(int descriptor, uint64_t offset, uint64_t length)
{
    int result;

    do
        result = fallocate(descriptor, 0, (off_t)offset, (off_t)length);
    while (result != 0 && errno == EINTR);
    if (result != 0 && errno == EOPNOTSUPP) /* the last byte of any chunk is 0 anyway */
        return pwrite(descriptor, "", 1, (off_t)(offset + length - 1)) == 1;
    return result == 0;
}

/* Where the regions are: as large as a file-size limit allows. */
static void lay_out(struct trace_header *h)
{
    struct rlimit limit;
    uint64_t most = UINT64_MAX;

    if (getrlimit(RLIMIT_FSIZE, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY)
        most = limit.rlim_cur;
    uint64_t words = TRACE_THREADS * sizeof(struct trace_word);
    if (words > most / 8)
        words = round_up(most / 8 + 1, page);
    uint64_t strings = most_string_bytes - words - TRACE_HEADER_SIZE; /* ends even */
    if (strings > most / 4)
        strings = round_up(most / 4 + 1, page);

    memcpy(h->magic, TRACE_MAGIC, sizeof h->magic);
    h->version = TRACE_VERSION;
    h->event_size = sizeof(struct trace_event);
    h->word_offset = TRACE_HEADER_SIZE;
    h->string_offset = h->word_offset + words;
    h->string_capacity = strings;
    h->event_offset = h->string_offset + strings;
    h->event_capacity = most_events;
    atomic_init(&h->next_string, 8);
}

/* The same file once more, for writing at its end. */
static bool open_appender(struct trace_file *file)
{
    char self[64];

    snprintf(self, sizeof self, "/proc/self/fd/%d", file->descriptor);
    file->appender = open(self, O_WRONLY | O_APPEND | O_CLOEXEC);
    return file->appender >= 0;
}

static bool map(struct trace_file *file, const struct trace_header *layout)
{
    uint64_t size = layout->event_offset + layout->event_capacity * layout->event_size;
    char *start = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_NORESERVE,
                       file->descriptor, 0);

    if (start == MAP_FAILED)
        return false;
    file->header = (struct trace_header *)(void *)start;
    file->words = (struct trace_word *)(void *)(start + layout->word_offset);
    file->strings = start + layout->string_offset;
    file->events = (struct trace_event *)(void *)(start + layout->event_offset);
    return true;
}

static bool set_up(struct trace_file *file)
{
    struct trace_header layout = {.event_size = 0};

    lay_out(&layout);
    if (!allocate(file->descriptor, 0, TRACE_HEADER_SIZE) ||
        pwrite(file->descriptor, &layout, sizeof layout, 0) != (ssize_t)sizeof layout ||
        ftruncate(file->descriptor, (off_t)layout.event_offset) != 0 ||
        !open_appender(file) || !map(file, &layout))
        return false;
    flock(file->descriptor, LOCK_EX | LOCK_NB);
    return true;
}

bool trace_file_adopt(struct trace_file *file, int descriptor)
{
    struct trace_header layout;

    *file = (struct trace_file){.descriptor = descriptor, .appender = -1};
    return pread(descriptor, &layout, sizeof layout, 0) == (ssize_t)sizeof layout &&
           memcmp(layout.magic, TRACE_MAGIC, sizeof layout.magic) == 0 &&
           layout.version == TRACE_VERSION && open_appender(file) && map(file, &layout);
}

bool trace_file_create(struct trace_file *file, const char *path, char *why,
                       size_t size)
{
    *file = (struct trace_file){.creator = getpid(), .descriptor = -1, .appender = -1};
    errno = 0;
    if (!resolve(file, path, why, size))
        return false;
    file->descriptor = new_file_open(file->path);
    if (file->descriptor >= 0 && set_up(file))
        return true;
    snprintf(why, size, "%s", strerror(errno));
    if (file->appender >= 0)
        close(file->appender);
    if (file->descriptor >= 0)
        close(file->descriptor);
    return false;
}

void trace_file_publish(struct trace_file *file)
{
    new_file_publish(file->descriptor, file->path);
}

size_t trace_file_words(const struct trace_file *file)
{
    const struct trace_header *h = file->header;

    return (size_t)(h->string_offset - h->word_offset) / sizeof(struct trace_word);
}

bool trace_file_reserve_word(struct trace_file *file, size_t index)
{
    uint64_t at = file->header->word_offset + index * sizeof(struct trace_word);

    return at % page != 0 || allocate(file->descriptor, at, page);
}

static void publish_space(_Atomic uint64_t *space, uint64_t target)
{
    uint64_t old = atomic_load(space);

    while (old < target && !atomic_compare_exchange_weak(space, &old, target))
        continue;
}

/* Faults pages in at once, which is far cheaper than one by one; a kernel that cannot
   is as right and slower. */
static void touch(const struct trace_file *file, uint64_t from, uint64_t to)
{
    from = from / page * page;
    if (to > from)
        madvise((char *)file->header + from, to - from, MADV_POPULATE_WRITE);
}

/* By a chunk, or by a page where the disk is nearly full. More than one thread may do
   it at once: allocating twice changes nothing, and the larger value stays. */
bool trace_file_grow_strings(struct trace_file *file, uint64_t bytes, uint64_t chunk)
{
    struct trace_header *h = file->header;
    uint64_t target = round_up(bytes, chunk);

    if (atomic_load(&h->full))
        return bytes <= atomic_load(&h->string_space);
    uint64_t old = atomic_load(&h->string_space);
    if (bytes <= old)
        return true;
    if (target > h->string_capacity ||
        !allocate(file->descriptor, h->string_offset + old, target - old)) {
        target = round_up(bytes, page);
        if (target > h->string_capacity ||
            !allocate(file->descriptor, h->string_offset + old, target - old)) {
            atomic_store(&h->full, 1);
            return false;
        }
    }
    touch(file, h->string_offset + old, h->string_offset + target);
    publish_space(&h->string_space, target);
    return true;
}

/* Never less than where the events begin: the file was made as long as that. */
static uint64_t file_size(const struct trace_file *file)
{
    struct stat status;

    if (fstat(file->descriptor, &status) != 0)
        return file->header->event_offset;
    return (uint64_t)status.st_size;
}

/* Writes that many zeros, at most a chunk, at the end of the file. */
static bool append_zeros(const struct trace_file *file, uint64_t bytes)
{
    static char zeros[64 * 1024]; /* never written */
    struct iovec parts[event_chunk_bytes / sizeof zeros];
    int count = 0;

    for (uint64_t left = bytes; left > 0; count++) {
        parts[count] = (struct iovec){zeros, left < sizeof zeros ? left : sizeof zeros};
        left -= parts[count].iov_len;
    }
    return writev(file->appender, parts, count) > 0;
}

/* Events get room by appending zeros. Appending is the one way to write zeros that
   cannot meet events: the kernel puts each append behind the last one, whoever makes
   it, and a file's size never covers what is not yet written. So any number of threads
   and processes may do it at once, and one that is killed meanwhile leaves no lock. It
   costs a fraction of allocating and then touching each page. */
bool trace_file_append_events(struct trace_file *file)
{
    struct trace_header *h = file->header;
    uint64_t end = h->event_offset + h->event_capacity * h->event_size;
    uint64_t size = file_size(file), chunk = event_chunk_bytes;
    bool grew = false;

    if (size < end && !atomic_load(&h->full)) {
        if (chunk > end - size)
            chunk = end - size;
        /* cheaper with blocks at hand, and as right without */
        fallocate(file->descriptor, FALLOC_FL_KEEP_SIZE, (off_t)size, (off_t)chunk);
        grew = append_zeros(file, chunk);
    }
    /* Published also where it did not grow: another thread may just have done it. */
    uint64_t now = file_size(file);
    if (now > end)
        now = end;
    touch(file, size, now);
    publish_space(&h->event_space, (now - h->event_offset) / h->event_size);
    return grew;
}

bool trace_file_grow_events(struct trace_file *file, uint64_t count)
{
    struct trace_header *h = file->header;

    while (count > atomic_load(&h->event_space)) {
        if (!trace_file_append_events(file)) {
            atomic_store(&h->full, 1);
            return count <= atomic_load(&h->event_space);
        }
    }
    return true;
}
