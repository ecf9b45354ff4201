/* canvas.c - a grid of styled cells; see canvas.h. */
#include "canvas.h"
#include "memory.h"

#include <locale.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

void canvas_reset(struct canvas *canvas, int rows, int columns)
{
    size_t count = (size_t)rows * (size_t)columns;

    if (rows != canvas->rows || columns != canvas->columns || canvas->cells == NULL) {
        canvas->cells =
            grown(canvas->cells, count > 0 ? count : 1, sizeof *canvas->cells);
        canvas->rows = rows;
        canvas->columns = columns;
    }
    for (size_t i = 0; i < count; i++)
        canvas->cells[i] = (struct cell){.bytes = " ", .width = 1};
}

void canvas_free(struct canvas *canvas)
{
    free(canvas->cells);
    *canvas = (struct canvas){0, 0, NULL};
}

static struct cell *cell_at(struct canvas *canvas, int row, int column)
{
    if (row < 0 || row >= canvas->rows || column < 0 || column >= canvas->columns)
        return NULL;
    return &canvas->cells[(size_t)row * (size_t)canvas->columns + (size_t)column];
}

/* How many cells a character takes, whatever the locale of the program is. */
static int character_width(int32_t point)
{
    static locale_t utf8;

    if (point < 0x7f)
        return 1;
    if (utf8 == (locale_t)0)
        utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
    locale_t before = utf8 != (locale_t)0 ? uselocale(utf8) : (locale_t)0;
    int width = wcwidth((wchar_t)point);
    if (before != (locale_t)0)
        uselocale(before);
    return width < 0 ? 1 : width;
}

/* Characters that would do something to a terminal, or to the order of its text. */
static bool is_control(int32_t point)
{
    return point < 0x20 || (point >= 0x7f && point < 0xa0) ||
           (point >= 0x200b && point <= 0x200f) ||
           (point >= 0x2028 && point <= 0x202e) ||
           (point >= 0x2060 && point <= 0x206f) || point == 0xfeff;
}

/* The next character of the text as it is shown: "a", "中", "^[", "<ff>". Returns its
   bytes in the text. */
static size_t next_shown(struct text text, char *shown, size_t size, int *width)
{
    size_t length;
    int32_t point = text_decode(text, &length);

    if (point < 0)
        snprintf(shown, size, "<%02x>", (unsigned char)text.bytes[0]);
    else if (point < 0x20 || point == 0x7f)
        snprintf(shown, size, "^%c", point ^ 0x40);
    else if (is_control(point))
        snprintf(shown, size, "<%x>", (unsigned)point);
    else { /* by far the most; printing would take most of a frame's time */
        memcpy(shown, text.bytes, length);
        shown[length] = '\0';
    }
    *width =
        point < 0 || is_control(point) ? (int)strlen(shown) : character_width(point);
    return length;
}

/* Blanks what a cell shared with its neighbours when a wide character is cut. */
static void break_wide(struct canvas *canvas, int row, int column)
{
    struct cell *cell = cell_at(canvas, row, column);
    struct cell *left = cell_at(canvas, row, column - 1);
    struct cell *right = cell_at(canvas, row, column + 1);

    if (cell->width == 0 && left != NULL)
        *left = (struct cell){.bytes = " ", .width = 1, .style = left->style};
    if (cell->width == 2 && right != NULL)
        *right = (struct cell){.bytes = " ", .width = 1, .style = right->style};
}

static void set_cell(struct canvas *canvas, int row, int column, enum style style,
                     const char *bytes, int width)
{
    struct cell *cell = cell_at(canvas, row, column);

    if (cell == NULL)
        return;
    break_wide(canvas, row, column);
    *cell = (struct cell){.width = (unsigned char)width, .style = (unsigned char)style};
    memcpy(cell->bytes, bytes, strnlen(bytes, sizeof cell->bytes - 1));
}

static void add_combining(struct canvas *canvas, int row, int column, const char *bytes)
{
    struct cell *cell = cell_at(canvas, row, column);

    if (cell != NULL && cell->width == 0)
        cell = cell_at(canvas, row, column - 1);
    if (cell != NULL && strlen(cell->bytes) + strlen(bytes) < sizeof cell->bytes)
        strcat(cell->bytes, bytes);
}

int canvas_put(struct canvas *canvas, int row, int column, int width, enum style style,
               struct text text)
{
    int end = column + width < canvas->columns ? column + width : canvas->columns;
    char shown[16];

    if (row < 0 || row >= canvas->rows || column < 0)
        return column;

    for (size_t at = 0; at < text.length && column <= end;) {
        int cells;
        at += next_shown(text_part(text, at, text.length), shown, sizeof shown, &cells);
        if (cells == 0) {
            add_combining(canvas, row, column - 1, shown);
            continue;
        }
        if (column + cells > end)
            break;
        if (cells == 1 || (unsigned char)shown[0] >= 0x80) { /* one character */
            if (cells == 2)
                set_cell(canvas, row, column + 1, style, "", 1);
            set_cell(canvas, row, column, style, shown, cells);
            if (cells == 2)
                *cell_at(canvas, row, column + 1) =
                    (struct cell){.style = (unsigned char)style};
        } else { /* an escaped one: several */
            for (int i = 0; i < cells; i++)
                set_cell(canvas, row, column + i, style, (char[]){shown[i], '\0'}, 1);
        }
        column += cells;
    }
    return column;
}

int canvas_put_cut(struct canvas *canvas, int row, int column, int width,
                   enum style style, struct text text)
{
    if (width < 1 || canvas_text_width(text) <= width)
        return canvas_put(canvas, row, column, width, style, text);
    column = canvas_put(canvas, row, column, width - 1, style, text);
    return canvas_put(canvas, row, column, 1, style, text_of("…"));
}

int canvas_print(struct canvas *canvas, int row, int column, int width,
                 enum style style, const char *format, ...)
{
    char line[1024];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    return canvas_put(canvas, row, column, width, style, text_of(line));
}

void canvas_fill(struct canvas *canvas, int row, int column, int width,
                 enum style style, const char *character)
{
    for (int i = 0; i < width; i++)
        set_cell(canvas, row, column + i, style, character, 1);
}

void canvas_paste(struct canvas *canvas, int row, int column, const struct canvas *from,
                  int first, int rows)
{
    int width = canvas->columns - column;

    if (width > from->columns)
        width = from->columns;
    for (int i = 0; i < rows && first + i < from->rows && width > 0; i++) {
        struct cell *cells = cell_at(canvas, row + i, column);
        if (cells == NULL)
            continue;
        break_wide(canvas, row + i, column);
        break_wide(canvas, row + i, column + width - 1);
        memcpy(cells, &from->cells[(first + i) * from->columns],
               (size_t)width * sizeof *cells);
        if (cells[width - 1].width == 2) /* only its left half fits */
            cells[width - 1] = (struct cell){
                .bytes = " ", .width = 1, .style = cells[width - 1].style};
    }
}

int canvas_text_width(struct text text)
{
    char shown[16];
    int total = 0;

    for (size_t at = 0; at < text.length;) {
        int cells;
        at += next_shown(text_part(text, at, text.length), shown, sizeof shown, &cells);
        total += cells;
    }
    return total;
}

struct text canvas_next_row(struct text *rest, int width)
{
    struct text text = *rest;
    size_t at = 0, blank = 0;
    char shown[16];

    for (int total = 0; at < text.length;) {
        int cells;
        size_t length =
            next_shown(text_part(text, at, text.length), shown, sizeof shown, &cells);
        if (text.bytes[at] == ' ' && at > 0)
            blank = at; /* one that does not fit itself may end the row as well */
        if ((total += cells) > width && at > 0)
            break;
        at += length;
    }
    if (at < text.length && blank > 0)
        at = blank;
    *rest = text_part(text, at + (at < text.length && at == blank), text.length);
    return text_part(text, 0, at);
}

const char *cell_text(const struct cell *cell, bool ascii)
{
    static const struct {
        const char *from, *to;
    } lines[] = {{"─", "-"}, {"│", "|"}, {"┬", "+"}, {"┴", "+"}, {"┼", "+"}, {"├", "+"},
                 {"┤", "+"}, {"└", "+"}, {"…", "."}, {"▼", "v"}, {"·", "."}};

    if (!ascii || (unsigned char)cell->bytes[0] < 0x80)
        return cell->bytes;
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
        if (strcmp(cell->bytes, lines[i].from) == 0)
            return lines[i].to;
    return cell->width == 2 ? "??" : "?";
}

void canvas_write(const struct canvas *canvas, bool ascii, FILE *file)
{
    for (int row = 0; row < canvas->rows; row++) {
        const struct cell *cells = &canvas->cells[row * canvas->columns];
        int end = canvas->columns;
        while (end > 0 && strcmp(cells[end - 1].bytes, " ") == 0)
            end--;
        for (int column = 0; column < end; column++)
            fputs(cell_text(&cells[column], ascii), file);
        fputc('\n', file);
    }
}
