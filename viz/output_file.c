/* output_file.c - a file that is there complete or not at all; see output_file.h. */
#include "output_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char exists[] = "it is there already; --force replaces it";

/* Finds out where the file will be; what is wrong with that, or NULL. */
static const char *choose_path(struct output_file *output, const char *path)
{
    struct stat status;

    if (path[0] == '\0')
        return "a file name is needed";
    if (strlen(path) >= sizeof output->path)
        return strerror(ENAMETOOLONG);
    strcpy(output->path, path);
    if (stat(path, &status) != 0)
        return errno == ENOENT ? NULL : strerror(errno);
    if (S_ISDIR(status.st_mode))
        return "it is a folder";
    if (!S_ISREG(status.st_mode))
        return "it is no regular file; -o - writes to standard output";
    if (!output->may_replace)
        return exists;
    return realpath(path, output->path) == NULL || access(path, W_OK) != 0
               ? strerror(errno)
               : NULL;
}

/* Opens a file without a name in the path's folder, or one with a temporary name. */
static int open_beside(struct output_file *output)
{
    char folder[PATH_MAX];
    const char *slash = strrchr(output->path, '/');
    int length = slash == NULL ? 0 : (int)(slash - output->path) + 1;

    snprintf(folder, sizeof folder, "%.*s.", length, output->path);
    snprintf(output->temporary, sizeof output->temporary, "%.*s.viz-%06x.tmp", length,
             output->path, (unsigned)getpid());
    int descriptor = open(folder, O_TMPFILE | O_WRONLY | O_CLOEXEC, 0666);
    output->has_name = descriptor < 0 && (errno == EOPNOTSUPP || errno == EISDIR);
    if (output->has_name)
        descriptor =
            open(output->temporary, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0666);
    return descriptor;
}

bool output_open(struct output_file *output, const char *path, bool may_replace,
                 char *why, size_t size)
{
    *output = (struct output_file){.stream = stdout, .may_replace = may_replace};
    if (strcmp(path, "-") == 0)
        return true;
    const char *wrong = choose_path(output, path);
    if (wrong == NULL) {
        int descriptor = open_beside(output);
        output->stream = descriptor < 0 ? NULL : fdopen(descriptor, "w");
        if (output->stream == NULL)
            wrong = strerror(errno);
    }
    if (wrong != NULL)
        snprintf(why, size, "cannot write '%s': %s", path, wrong);
    return wrong == NULL;
}

static int give_name(const struct output_file *output, const char *name)
{
    char self[64];

    if (output->has_name)
        return link(output->temporary, name);
    snprintf(self, sizeof self, "/proc/self/fd/%d", fileno(output->stream));
    return linkat(AT_FDCWD, self, AT_FDCWD, name, AT_SYMLINK_FOLLOW);
}

/* Puts the file at its path in one step; an error number, or 0. */
static int publish(struct output_file *output)
{
    int error = 0;

    if (!output->may_replace) { /* a name is given only where none is */
        error = give_name(output, output->path) == 0 ? 0 : errno;
    } else {
        if (!output->has_name) {
            unlink(output->temporary); /* of a run that was killed here */
            if (give_name(output, output->temporary) != 0)
                return errno;
        }
        output->has_name = true;
        error = rename(output->temporary, output->path) == 0 ? 0 : errno;
    }
    if (output->has_name && unlink(output->temporary) != 0 && errno != ENOENT)
        return errno;
    return error;
}

bool output_finish(struct output_file *output, char *why, size_t size)
{
    bool standard = output->path[0] == '\0';
    int error = 0;

    errno = 0;
    if (fflush(output->stream) != 0 || ferror(output->stream))
        error = errno != 0 ? errno : EIO;
    if (!standard && error == 0)
        error = publish(output);
    else if (output->has_name)
        unlink(output->temporary);
    if (!standard)
        fclose(output->stream);
    if (error != 0)
        snprintf(why, size, "cannot write %s%s%s: %s", standard ? "" : "'",
                 standard ? "to standard output" : output->path, standard ? "" : "'",
                 error == EEXIST ? exists : strerror(error));
    return error == 0;
}
