/* new_file.c - a file that appears at its path in one step; see new_file.h. */
#include "new_file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static void temporary_name(const char *path, char *name)
{
    snprintf(name, PATH_MAX, "%.*s.%ld.tmp", PATH_MAX - 32, path, (long)getpid());
}

int new_file_open(const char *path)
{
    char folder[PATH_MAX], name[PATH_MAX];

    snprintf(folder, sizeof folder, "%s", path);
    char *slash = strrchr(folder, '/');
    if (slash == NULL)
        strcpy(folder, ".");
    else
        slash[slash == folder ? 1 : 0] = '\0';
    int descriptor = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0666);
    if (descriptor < 0 && (errno == EOPNOTSUPP || errno == EISDIR)) {
        temporary_name(path, name);
        descriptor = open(name, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0666);
    }
    return descriptor;
}

bool new_file_publish(int descriptor, const char *path)
{
    char name[PATH_MAX], self[64];

    temporary_name(path, name);
    snprintf(self, sizeof self, "/proc/self/fd/%d", descriptor);
    linkat(AT_FDCWD, self, AT_FDCWD, name,
           AT_SYMLINK_FOLLOW); /* or it has it already */
    if (rename(name, path) == 0)
        return true;
    unlink(name);
    return false;
}
