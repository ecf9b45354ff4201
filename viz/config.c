/* config.c - the user's configuration file; see config.h. */
#include "config.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { LINE_SIZE = 256, WHY_SIZE = 2 * LINE_SIZE };

bool config_path(char *path, size_t size)
{
    const char *folder = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
    int length = -1;

    if (folder != NULL && folder[0] == '/')
        length = snprintf(path, size, "%s/viz/config", folder);
    else if (home != NULL && home[0] == '/')
        length = snprintf(path, size, "%s/.config/viz/config", home);
    return length > 0 && (size_t)length < size;
}

/* The text without the blanks around it. */
static char *trimmed(char *text)
{
    static const char blanks[] = " \t\r\n";
    size_t length;

    text += strspn(text, blanks);
    for (length = strlen(text); length > 0; length--)
        if (strchr(blanks, text[length - 1]) == NULL)
            break;
    text[length] = '\0';
    return text;
}

/* "palette = light  # for the lecture hall" */
static bool read_line(struct display *display, char *line, char *why, size_t size)
{
    char *comment = strchr(line, '#'), *equals;

    if (comment != NULL)
        *comment = '\0';
    line = trimmed(line);
    if (line[0] == '\0')
        return true;
    equals = strchr(line, '=');
    if (equals == NULL) {
        snprintf(why, size, "'%s' is no setting, as palette = light is one", line);
        return false;
    }
    *equals = '\0';
    return display_set(display, trimmed(line), trimmed(equals + 1), why, size);
}

static bool read_lines(struct display *display, FILE *file, unsigned *number, char *why,
                       size_t size)
{
    char line[LINE_SIZE];

    while (fgets(line, sizeof line, file) != NULL) {
        ++*number;
        if (strlen(line) == sizeof line - 1 && line[sizeof line - 2] != '\n') {
            snprintf(why, size, "the line is longer than %d characters", LINE_SIZE - 2);
            return false;
        }
        if (!read_line(display, line, why, size))
            return false;
    }
    return true;
}

bool config_read(struct display *display, const char *path, char *why, size_t size)
{
    FILE *file = fopen(path, "re");
    char wrong[WHY_SIZE];
    unsigned number = 0;

    if (file == NULL && (errno == ENOENT || errno == ENOTDIR))
        return true;
    if (file == NULL) {
        snprintf(why, size, "%s cannot be read: %s", path, strerror(errno));
        return false;
    }
    bool good = read_lines(display, file, &number, wrong, sizeof wrong);
    if (!good)
        snprintf(why, size, "%s, line %u: %s", path, number, wrong);
    else if (ferror(file))
        snprintf(why, size, "%s cannot be read: %s", path, strerror(errno));
    good = good && !ferror(file);
    fclose(file);
    return good;
}
