/* view_report.c - why the run went wrong: who was killed, and the program's own words.
 */
#include "how_ended.h"
#include "view.h"

#include <inttypes.h>
#include <string.h>

/* Rows while they are drawn; without a canvas they are only counted. */
struct sheet {
    struct canvas *canvas;
    struct area area;
    int skipped; /* rows above the first one */
    int count;
};

/* The report, once its step is reached. What the program says of its own outcome is no
   reason yet while it runs on. */
static struct text report(const struct scene *scene)
{
    uint64_t step = scene->history->report;

    if (step == 0 || step > scene->model->step ||
        (reader_kind(scene->reader, step) == TRACE_OUTCOME && !scene->model->over))
        return text_of("");
    return reader_text(scene->reader, reader_event(scene->reader, step)->text);
}

/* A line on as many rows as it needs; what goes on is indented. */
static void add_line(struct sheet *sheet, struct text line)
{
    int indent = 0, more = 4;

    while ((size_t)indent < line.length && indent < 8 && line.bytes[indent] == ' ')
        indent++;
    line = text_part(line, (size_t)indent, line.length);
    do {
        int width = sheet->area.columns - 1 - indent;
        struct text part = canvas_next_row(&line, width);
        int row = ++sheet->count - sheet->skipped;
        if (sheet->canvas != NULL && row > 0 && row < sheet->area.rows)
            canvas_put(sheet->canvas, sheet->area.row + row,
                       sheet->area.column + 1 + indent, width,
                       sheet->count == 1 ? STYLE_ALARM : STYLE_PLAIN, part);
        indent += more;
        more = 0;
    } while (line.length > 0);
}

/* The program's verdict does not tell of the processes that died below it. */
static void add_killed(struct sheet *sheet, const struct scene *scene)
{
    const struct model *model = scene->model;

    for (unsigned i = 0; i < model->thread_count; i++) {
        const struct model_thread *thread = &model->threads[i];
        if (thread->state != STATE_KILLED || thread->since_step == 0 ||
            reader_kind(scene->reader, thread->since_step) != TRACE_PROCESS_KILLED)
            continue;
        const struct trace_event *event =
            reader_event(scene->reader, thread->since_step);
        char line[256] = "process ";
        struct text_buffer words = {line, sizeof line, 8};
        if (event->object != thread->object)
            continue;
        text_add_text(&words, model_name(model, scene->reader, thread->object));
        if (event->detail > 0)
            text_add(&words, " was killed by signal %" PRIu32, event->detail);
        else
            text_add(&words, " ended by itself with status %" PRIu64, event->number);
        add_line(sheet, text_of(line));
    }
}

/* What else the kit said on stderr: failures that nobody asked for. */
static void add_told(struct sheet *sheet, const struct scene *scene)
{
    static const char killed[] = "KILLED: ";
    const struct history *history = scene->history;
    size_t until = history_prints_until(history, scene->model->step);

    for (size_t i = 0; i < until; i++) {
        uint64_t step = history->prints[i];
        struct text line =
            reader_text(scene->reader, reader_event(scene->reader, step)->text);
        if (reader_kind(scene->reader, step) == TRACE_TOLD &&
            !text_equal(text_part(line, 0, strlen(killed)), text_of(killed)))
            add_line(sheet, line);
    }
}

static void add_all(struct sheet *sheet, const struct scene *scene)
{
    struct text rest = report(scene), line;

    if (rest.length > 0 || (scene->model->over && !how_ended_well(scene->reader)))
        add_killed(sheet, scene);
    if (rest.length > 0)
        add_told(sheet, scene);
    while (text_next_line(&rest, &line))
        add_line(sheet, line);
}

int view_report_rows(const struct scene *scene, int columns)
{
    struct sheet sheet = {NULL, {0, 0, 0, columns}, 0, 0};

    add_all(&sheet, scene);
    return sheet.count + (sheet.count > 0);
}

void view_report(struct canvas *canvas, const struct scene *scene, struct area area)
{
    struct sheet sheet = {canvas, area, 0, 0};
    char title[64] = "WHY IT ENDED";
    struct text_buffer words = {title, sizeof title, 12};
    int hidden = view_report_rows(scene, area.columns) - area.rows;

    if (hidden > 0 && scene->large)
        sheet.skipped = -scene->scroll < hidden ? -scene->scroll : hidden;
    if (sheet.skipped < 0)
        sheet.skipped = 0;
    if (hidden > sheet.skipped)
        text_add(&words, "   +%d line%s%s", hidden - sheet.skipped,
                 hidden - sheet.skipped == 1 ? "" : "s",
                 scene->large                 ? ""
                 : scene->pane == PANE_REPORT ? " (z: large)"
                                              : " (Tab and z: large)");
    view_heading(canvas, scene, area, PANE_REPORT, title);
    add_all(&sheet, scene);
}
