/* recording.c - recordings as files; see recording.h. */
#include "recording.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { LONGEST_FILE_NAME = 255 };

/* A number that no other viewer gets at the same moment. */
static unsigned unique_number(void)
{
    unsigned number = 0;

    if (getrandom(&number, sizeof number, GRND_NONBLOCK) != (ssize_t)sizeof number)
        number = (unsigned)getpid();
    return number & 0xFFFFFF;
}

/* --- the folder of the kept runs */

/* Where it is, if the environment says so; leaves room for a file's name. */
static bool name_folder(char *folder, size_t size)
{
    const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");
    int length = -1;

    if (state != NULL && state[0] == '/')
        length = snprintf(folder, size, "%s/viz/runs", state);
    else if (home != NULL && home[0] == '/')
        length = snprintf(folder, size, "%s/.local/state/viz/runs", home);
    return length > 0 && (size_t)length + 1 + LONGEST_FILE_NAME < size;
}

/* Makes the folder and those above it, as far as they are missing. */
static bool make_folder(const char *folder)
{
    char path[PATH_MAX];

    snprintf(path, sizeof path, "%s", folder);
    for (char *slash = path; slash != NULL;) {
        slash = strchr(slash + 1, '/');
        if (slash != NULL)
            *slash = '\0';
        if (mkdir(path, S_IRWXU) != 0 && access(path, F_OK) != 0)
            return false;
        if (slash != NULL)
            *slash = '/';
    }
    struct stat status;
    return stat(folder, &status) == 0 && S_ISDIR(status.st_mode) &&
           access(folder, R_OK | W_OK | X_OK) == 0;
}

static bool make_temporary_folder(char *folder, size_t size)
{
    const char *parent = getenv("TMPDIR");

    if (parent == NULL || parent[0] == '\0' || strlen(parent) > size / 2)
        parent = "/tmp";
    snprintf(folder, size, "%s/viz-XXXXXX", parent);
    return mkdtemp(folder) != NULL;
}

/* "20261121-101530-123456-03_task_done_join-lesson-5f3a9c.trace"; the time is UTC, so
   that names go on sorting by time where clocks are put back in autumn. */
static void name_file(char *name, size_t size, const char *program)
{
    struct timespec now;
    struct tm parts;
    char moment[32], safe[128];

    clock_gettime(CLOCK_REALTIME, &now);
    gmtime_r(&now.tv_sec, &parts);
    strftime(moment, sizeof moment, "%Y%m%d-%H%M%S", &parts);
    snprintf(safe, sizeof safe, "%s", program);
    for (char *at = safe; *at != '\0'; at++)
        if (!isalnum((unsigned char)*at) && strchr("._-", *at) == NULL)
            *at = '-';
    snprintf(name, size, "%s-%06ld-%s-%06x.trace", moment, now.tv_nsec / 1000, safe,
             unique_number());
}

bool recording_new_path(struct recording_place *place, const char *program, char *why,
                        size_t size)
{
    char folder[PATH_MAX], name[LONGEST_FILE_NAME + 1];

    place->temporary = !name_folder(folder, sizeof folder) || !make_folder(folder);
    if (place->temporary && !make_temporary_folder(folder, sizeof folder)) {
        snprintf(why, size, "no folder for the recording can be made: %s",
                 strerror(errno));
        return false;
    }
    do {
        name_file(name, sizeof name, program);
        snprintf(place->path, sizeof place->path, "%.*s/%s",
                 PATH_MAX - LONGEST_FILE_NAME - 2, folder, name);
    } while (access(place->path, F_OK) == 0);
    return true;
}

void recording_discard(const struct recording_place *place)
{
    char folder[PATH_MAX];

    unlink(place->path);
    snprintf(folder, sizeof folder, "%s", place->path);
    char *slash = strrchr(folder, '/');
    if (!place->temporary || slash == NULL)
        return;
    *slash = '\0';
    rmdir(folder);
}

static int is_recording(const struct dirent *entry)
{
    size_t length = strlen(entry->d_name);

    return isdigit((unsigned char)entry->d_name[0]) && length > 6 &&
           strcmp(entry->d_name + length - 6, ".trace") == 0;
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

/* Removes a recording that nobody writes any more. */
static void remove_unless_written(const char *path)
{
    int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);

    if (descriptor < 0)
        return;
    if (flock(descriptor, LOCK_SH | LOCK_NB) == 0)
        unlink(path);
    close(descriptor);
}

void recording_prune(size_t keep)
{
    char folder[PATH_MAX], path[PATH_MAX + LONGEST_FILE_NAME + 2];
    struct dirent **entries;

    if (!name_folder(folder, sizeof folder))
        return;
    int count = scandir(folder, &entries, is_recording, by_name);
    for (int i = 0; i < count; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, entries[i]->d_name);
        if ((size_t)(count - i) > keep)
            remove_unless_written(path);
        free(entries[i]);
    }
    if (count >= 0)
        free(entries);
}

bool recording_newest(char *path, size_t path_size, char *why, size_t size)
{
    char folder[PATH_MAX];
    struct dirent **entries;
    int count = -1, length = -1;

    if (name_folder(folder, sizeof folder))
        count = scandir(folder, &entries, is_recording, by_name);
    if (count > 0)
        length = snprintf(path, path_size, "%s/%s", folder, entries[count - 1]->d_name);
    for (int i = 0; i < count; i++)
        free(entries[i]);
    if (count >= 0)
        free(entries);
    if (length > 0 && (size_t)length < path_size)
        return true;
    snprintf(why, size, "no run has been kept yet (viz run LESSON makes one)");
    return false;
}
