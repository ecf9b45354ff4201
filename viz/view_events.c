/*
 * view_events.c - the log: what happened up to the step shown, a sentence a step.
 *
 * The step shown stands last and is marked; what comes after it is not told.
 */
#include "view.h"

#include <inttypes.h>
#include <string.h>

static void add_heading(struct text_buffer *buffer, const struct scene *scene)
{
    text_add(buffer, "EVENTS");
    if (scene->filter != NULL && scene->filter[0] != '\0')
        text_add(buffer, "  filter: %s", scene->filter);
    if (scene->looking)
        text_add(buffer, "  looking further back ...");
}

/* How wide the numbers of the steps are. */
static int step_width(const struct scene *scene)
{
    int width = 4;

    for (uint64_t limit = 10000; scene->model->step >= limit; limit *= 10)
        width++;
    return width;
}

/* " 141  2.061 2 worker-2 took 'k' from tasks; 3 left" */
static void draw_line(struct canvas *canvas, const struct scene *scene,
                      struct area area, int row, const struct log_line *line)
{
    bool is_now = line->step == scene->model->step;
    enum style style = is_now ? STYLE_CHOSEN : STYLE_PLAIN;
    int column = area.column, end = area.column + area.columns;

    if (is_now)
        canvas_fill(canvas, row, column, area.columns, style, " ");
    canvas_print(canvas, row, column, 1, STYLE_STRONG, is_now ? ">" : " ");
    column = canvas_print(canvas, row, column + 1, end - column, style, "%*" PRIu64,
                          step_width(scene), line->step);
    /* the runs that are over in no time have moments that a student can tell apart */
    column = canvas_print(
        canvas, row, column + 1, end - column, is_now ? style : STYLE_DIM,
        scene->now_ns < 1000000000 ? "%8.6f" : "%7.3f", (double)line->time_ns / 1e9);
    canvas_print(canvas, row, column + 1, 1, view_thread_style(scene, line->thread),
                 "%c", view_thread_key(scene, line->thread));
    canvas_put_cut(canvas, row, column + 3, end - column - 3, style,
                   text_of(line->sentence));
}

void view_events(struct canvas *canvas, const struct scene *scene, struct area area)
{
    char title[128] = "";
    struct text_buffer heading = {title, sizeof title, 0};
    size_t room = area.rows > 1 ? (size_t)area.rows - 1 : 0;
    size_t count = scene->event_count < room ? scene->event_count : room;

    add_heading(&heading, scene);
    view_heading(canvas, scene, area, PANE_EVENTS, title);
    for (size_t i = 0; i < count; i++)
        draw_line(canvas, scene, area, area.row + 1 + (int)i,
                  &scene->events[scene->event_count - count + i]);
    if (count == 0 && !scene->looking)
        canvas_print(canvas, area.row + 1, area.column + 1, area.columns - 1, STYLE_DIM,
                     "none up to here");
}
