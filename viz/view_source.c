/*
 * view_source.c - the program's source, from the trace, with each thread's mark on the
 * line that it is at.
 *
 * There are more lines than rows, so it shows those that threads are at, and around the
 * chosen thread's line as much as fits.
 */
#include "view.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_LINES = 20000 };

/* Which lines are to be shown, numbered from 1. */
struct choice {
    bool *shown;
    unsigned lines, left; /* rows left to fill */
};

static unsigned count_lines(struct text source)
{
    struct text line;
    unsigned count = 0;

    while (count < MOST_LINES && text_next_line(&source, &line))
        count++;
    return count;
}

/* The line of the program's own source that a thread was at last; 0 if elsewhere. */
static unsigned last_line_of(const struct scene *scene,
                             const struct model_thread *thread)
{
    struct text name = reader_text(scene->reader, scene->reader->layout.source_name);
    struct text file;
    unsigned line;

    if (thread->site == 0)
        return 0;
    text_split_site(reader_text(scene->reader, thread->site), &file, &line);
    return text_equal(file, text_base_name(name)) ? line : 0;
}

/* The line that it is at now; 0 for one that has ended. */
static unsigned line_of(const struct scene *scene, const struct model_thread *thread)
{
    return thread->state == STATE_ENDED ? 0 : last_line_of(scene, thread);
}

static void show(struct choice *choice, unsigned line)
{
    if (line < 1 || line > choice->lines || choice->left == 0 || choice->shown[line])
        return;
    choice->shown[line] = true;
    choice->left--;
}

/* A large pane: the lines around the centre, scrolled. */
static void choose_window(struct choice *choice, unsigned centre, int scroll)
{
    long rows = choice->left, last = (long)choice->lines - rows + 1;
    long first = (long)centre - rows / 2 - scroll;

    if (first > last)
        first = last;
    for (long line = first < 1 ? 1 : first; choice->left > 0 && line <= choice->lines;
         line++)
        show(choice, (unsigned)line);
}

/* The centre first, then every thread's line, then what is around the centre. */
static void choose_lines(struct choice *choice, const struct scene *scene)
{
    const struct model *model = scene->model;
    unsigned centre = 0;

    if (scene->chosen < model->thread_count)
        centre = last_line_of(scene, &model->threads[scene->chosen]);
    for (unsigned i = 0; centre == 0 && i < model->thread_count; i++)
        centre = line_of(scene, &model->threads[i]);
    if (centre == 0 || centre > choice->lines)
        centre = 1;
    if (scene->large) {
        choose_window(choice, centre, scene->scroll);
        return;
    }
    show(choice, centre);
    for (unsigned i = 0; i < model->thread_count; i++)
        show(choice, line_of(scene, &model->threads[i]));
    for (unsigned away = 1; away <= choice->lines && choice->left > 0; away++) {
        show(choice, centre + away);
        show(choice, centre > away ? centre - away : 0);
    }
}

/* The letters of the threads at that line; "+" where there are more than fit. */
static int draw_marks(struct canvas *canvas, const struct scene *scene, int row,
                      int column, unsigned line)
{
    enum { MARKS = 5 };
    int drawn = 0;

    for (unsigned i = 0; i < scene->model->thread_count; i++) {
        const struct model_thread *thread = &scene->model->threads[i];
        if (line_of(scene, thread) != line)
            continue;
        if (drawn == MARKS) {
            canvas_put(canvas, row, column + drawn - 1, 1, STYLE_STRONG, text_of("+"));
            return drawn;
        }
        canvas_print(canvas, row, column + drawn, 1,
                     view_thread_style(scene, thread->object), "%c",
                     view_thread_key(scene, thread->object));
        drawn++;
    }
    return drawn;
}

void view_source(struct canvas *canvas, const struct scene *scene, struct area area)
{
    const struct reader *reader = scene->reader;
    struct text source = reader_text(reader, reader->layout.source_text), line;
    struct choice choice = {NULL, count_lines(source), (unsigned)area.rows - 1};
    char title[256] = "SOURCE  ";
    struct text_buffer buffer = {title, sizeof title, strlen(title)};
    int row = area.row + 1;

    text_add_text(&buffer, reader_text(reader, reader->layout.source_name));
    view_heading(canvas, scene, area, PANE_SOURCE, title);
    choice.shown = calloc(choice.lines + 1, sizeof *choice.shown);
    if (choice.shown == NULL)
        return;
    choose_lines(&choice, scene);
    for (unsigned number = 1; text_next_line(&source, &line) && number <= choice.lines;
         number++) {
        if (!choice.shown[number])
            continue;
        int marks = draw_marks(canvas, scene, row, area.column + 1, number);
        canvas_print(canvas, row, area.column + 6, 4, STYLE_DIM, "%4u", number);
        canvas_put(canvas, row, area.column + 12, area.columns - 12,
                   marks > 0 ? STYLE_STRONG : STYLE_PLAIN, line);
        row++;
    }
    free(choice.shown);
}
