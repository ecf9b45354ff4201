/* view_report.c - why the run went wrong, in the program's own words. */
#include "view.h"

/* The report, once its step is reached. */
static struct text report(const struct scene *scene)
{
    uint64_t step = scene->history->report;

    if (step == 0 || step > scene->model->step)
        return text_of("");
    return reader_text(scene->reader, reader_event(scene->reader, step)->text);
}

int view_report_rows(const struct scene *scene)
{
    struct text rest = report(scene), line;
    int rows = rest.length > 0;

    while (text_next_line(&rest, &line))
        rows++;
    return rows;
}

void view_report(struct canvas *canvas, const struct scene *scene, struct area area)
{
    struct text rest = report(scene), line;
    int row = area.row + 1;

    view_heading(canvas, scene, area, PANES, "WHY IT ENDED");
    for (; row < area.row + area.rows && text_next_line(&rest, &line); row++)
        canvas_put(canvas, row, area.column + 1, area.columns - 1,
                   row == area.row + 1 ? STYLE_ALARM : STYLE_PLAIN, line);
}
