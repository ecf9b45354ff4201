/* folder.c - folders of the file system; see folder.h. */
#include "folder.h"

#include <dirent.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int folder_open_kit(void)
{
    char path[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);
    char *slash;
    int folder = -1;

    path[length > 0 ? length : 0] = '\0';
    while (!folder_has(folder, "common/folder.c") &&
           (slash = strrchr(path, '/')) != NULL) {
        *slash = '\0';
        if (folder >= 0)
            close(folder);
        folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    }
    return folder;
}

bool folder_has(int root, const char *name)
{
    return faccessat(root, name, F_OK, 0) == 0;
}

static bool is_folder_itself(const char *name)
{
    return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

long folder_count_files(int root, const char *name)
{
    int descriptor = openat(root, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *folder = descriptor < 0 ? NULL : fdopendir(descriptor);
    struct dirent *entry;
    struct stat status;
    long files = 0;

    if (folder == NULL)
        return 0;
    while ((entry = readdir(folder)) != NULL) {
        if (is_folder_itself(entry->d_name) ||
            fstatat(descriptor, entry->d_name, &status, AT_SYMLINK_NOFOLLOW) != 0)
            continue;
        if (S_ISDIR(status.st_mode))
            files += folder_count_files(descriptor, entry->d_name);
        else if (S_ISREG(status.st_mode))
            files++;
    }
    closedir(folder);
    return files;
}
