/* view_layout.c - where the panes are, and what is at a place; see view_layout.h. */
#include "view_layout.h"

enum { TOP = 2, LEAST_SOURCE = 5, LEAST_QUEUES = 2, LEAST_BELOW = 7 };

/* Source and output beside each other, in what the panes above leave free. Events are
   whole sentences: on a narrow screen they take the source's place as well. */
static void divide_below(struct layout *layout, const struct scene *scene, int row,
                         int rows, int columns)
{
    enum { WIDE = 120, EVENTS = 64 };
    enum pane right = scene->shows_events ? PANE_EVENTS : PANE_OUTPUT;
    int split = view_output_column(columns);

    if (scene->shows_events)
        split = columns < WIDE             ? -1
                : columns - EVENTS < split ? columns - EVENTS
                                           : split;
    if (split > 0)
        layout->panes[PANE_SOURCE] = (struct area){row, 0, rows, split};
    layout->panes[right] = (struct area){row, split + 1, rows, columns - split - 1};
}

struct layout view_layout(const struct scene *scene, int rows, int columns)
{
    struct layout layout = {.panes = {{0, 0, 0, 0}}};
    int room = rows - TOP - 1;

    if (scene->large) {
        layout.panes[scene->pane] = (struct area){TOP, 0, room, columns};
        return layout;
    }
    /* threads and queues take what they fill, as long as the source keeps a few rows */
    int queues = view_queues_rows(scene), threads = view_threads_rows(scene);
    if (queues > room / 4 && queues > LEAST_QUEUES)
        queues = room / 4 > LEAST_QUEUES ? room / 4 : LEAST_QUEUES;
    int report = view_report_rows(scene, columns);
    int least = report > 0 && room > 2 * LEAST_BELOW ? LEAST_BELOW : LEAST_SOURCE;
    if (threads > room - queues - least)
        threads = room - queues - least;

    int below = TOP + threads + queues, left = room - threads - queues;
    int half = (left + 1) / 2; /* the lines where the threads stand stay in sight */
    if (report > half && report > left - LEAST_SOURCE)
        report = half > left - LEAST_SOURCE ? half : left - LEAST_SOURCE;
    layout.panes[PANE_THREADS] = (struct area){TOP, 0, threads, columns};
    layout.panes[PANE_QUEUES] = (struct area){TOP + threads, 0, queues, columns};
    layout.panes[PANE_REPORT] = (struct area){below, 0, report, columns};
    divide_below(&layout, scene, below + report, left - report, columns);
    return layout;
}

static bool is_in(struct area area, int row, int column)
{
    return row >= area.row && row < area.row + area.rows && column >= area.column &&
           column < area.column + area.columns;
}

struct place view_at(const struct scene *scene, int rows, int columns, int row,
                     int column)
{
    struct place place = {.pane = PANES, .thread = -1};

    if (rows < VIEW_LEAST_ROWS || columns < VIEW_LEAST_COLUMNS)
        return place;
    struct layout layout = view_layout(scene, rows, columns);
    for (int pane = 0; pane < PANES; pane++)
        if (is_in(layout.panes[pane], row, column))
            place.pane = (enum pane)pane;
    if (place.pane == PANES)
        return place;
    struct area area = layout.panes[place.pane];
    place.heading = row == area.row;
    if (place.pane == PANE_THREADS && !place.heading) {
        place.thread = view_thread_at_row(scene, area, row);
        place.time_ns = view_time_at_column(scene, area, column);
        place.in_timeline = place.thread >= 0 && place.time_ns != VIEW_NO_TIME;
    }
    return place;
}

int view_cursor_row(const struct scene *scene, int rows, int columns)
{
    if (rows < VIEW_LEAST_ROWS || columns < VIEW_LEAST_COLUMNS)
        return 0;
    struct layout layout = view_layout(scene, rows, columns);
    struct area threads = layout.panes[PANE_THREADS];
    int row = threads.rows > 1 ? view_row_at_thread(scene, threads, scene->chosen) : -1;

    if (row >= 0)
        return row;
    return layout.panes[scene->pane].rows > 0 ? layout.panes[scene->pane].row : 0;
}
