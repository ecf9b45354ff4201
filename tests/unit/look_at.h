/*
 * look_at.h - looks at a trace in every way that the viewer has: for tests that damage
 * it. What is seen does not matter; that nothing is touched that is not there does.
 */
#ifndef LOOK_AT_H
#define LOOK_AT_H

#include "../../viz/compare_stage.h"
#include "../../viz/details.h"
#include "../../viz/event_log.h"
#include "../../viz/export.h"
#include "../../viz/invariants.h"
#include "../../viz/json_text.h"
#include "../../viz/scene.h"
#include "../../viz/search.h"
#include "../../viz/stats.h"
#include "../../viz/view_compare.h"

#include <stdlib.h>
#include <string.h>

enum { LOOK_COLUMNS = 80, LOOK_ROWS = 24 };

static unsigned look_random = 1;
static FILE *look_nowhere; /* where the pictures go */

static inline unsigned look_below(unsigned limit)
{
    look_random = look_random * 1103515245 + 12345;
    return (look_random >> 16) % limit;
}

/* For tests with and without cmocka. */
static inline void look_need(bool is_so)
{
    if (!is_so)
        abort();
}

static inline void look_draw(struct playback *playback, struct scene *scene)
{
    struct canvas canvas = {0, 0, NULL};
    char status[128];

    scene->hint = "";
    scene_fill(scene, playback, status, sizeof status);
    for (int pane = 0; pane <= PANES; pane++) {
        scene->large = pane < PANES;
        scene->pane = (enum pane)(pane % PANES);
        canvas_reset(&canvas, LOOK_ROWS, LOOK_COLUMNS);
        view_run(&canvas, scene);
        canvas_write(&canvas, pane % 2 == 0, look_nowhere);
    }
    canvas_free(&canvas);
}

/* The pages of some things, whether they are there or not. */
static inline void look_at_details(const struct playback *playback)
{
    struct stats stats = {.thread_room = 0};
    struct findings findings = {.count = 0};
    struct inquiry inquiry = {playback, &stats, &findings, false};
    struct page page = {.count = 0};

    stats_gather(&stats, &playback->reader, playback->model.step);
    findings_extend(&findings, &playback->reader, 2000);
    for (int kind = LINK_EVENT; kind < LINK_KINDS; kind++)
        for (int i = 0; i < 6; i++) {
            uint64_t number =
                kind == LINK_EVENT ? playback->model.step : look_below(30);
            details_fill(&page, &inquiry,
                         (struct link){(enum link_kind)kind, 0, number});
        }
    page_free(&page);
    findings_free(&findings);
    stats_free(&stats);
}

/* Each search ends, on and back, and so does the filling of the pane of events. */
static inline void look_for(const struct playback *playback)
{
    static const char *const words[] = {"took", "thread:main waits", "e"};
    struct search search = {.runs = false};
    struct event_log log = {.count = 0};
    struct filter filter = {.count = 0};
    char why[128];

    filter_parse(&filter, words[look_below(3)], "", 0, why, sizeof why);
    for (int direction = -1; direction <= 1; direction += 2) {
        search_start(&search, &filter, playback->model.step, direction);
        while (search_go_on(&search, playback) == SEARCH_GOES_ON)
            continue;
    }
    search_free(&search);
    event_log_set_filter(&log, &filter);
    while (event_log_fill(&log, playback, playback->model.step, 50))
        continue;
    event_log_free(&log);
}

/* A run as files for other programs, and in figures after a death. */
static inline void look_at_exports(const struct reader *reader)
{
    struct stats stats = {.thread_room = 0};

    for (const struct exporter *row = exporters; row->name != NULL; row++)
        if (!row->needs_json || json_is_built())
            row->write(reader, false, look_nowhere);
    stats_extend(&stats, reader, reader->steps);
    stats_kill(&stats, reader);
    stats_free(&stats);
}

static inline void look_at_frames(const char *path)
{
    struct playback *playback = calloc(1, sizeof *playback);
    struct scene *scene = calloc(1, sizeof *scene);
    char why[256];

    look_need(playback != NULL && scene != NULL);
    if (playback_open(playback, path, why, sizeof why)) {
        do
            playback_update(playback, 0);
        while (!playback_is_complete(playback));
        look_draw(playback, scene);
        playback_seek(playback, 1 + look_below(1000) % (playback->reader.steps + 1));
        look_draw(playback, scene);
        look_at_details(playback);
        look_for(playback);
        playback_change(playback, -1);
        scene->chosen = look_below(9);
        scene->cell_ns = 1000;
        scene->edge_ns = look_below(2) * 100000;
        scene->sorted = (enum row_order)look_below(ROW_ORDERS);
        look_draw(playback, scene);
        playback_close(playback);
    }
    free(scene);
    free(playback);
}

static inline void look_at_stage(struct compare_stage *stage)
{
    static const int sizes[][2] = {{LOOK_COLUMNS, LOOK_ROWS}, {120, 40}};
    struct canvas canvas = {0, 0, NULL};

    for (int i = 0; i < 2; i++) {
        compare_stage_fill(stage, sizes[i][0]);
        canvas_reset(&canvas, sizes[i][1], sizes[i][0]);
        stage->comparison.hint = "";
        stage->comparison.show_ends = look_below(2) == 0;
        view_compare(&canvas, &stage->comparison);
        canvas_write(&canvas, false, look_nowhere);
    }
    canvas_free(&canvas);
}

/* The run beside itself. */
static inline void look_at_comparison(const char *path)
{
    struct playback *runs = calloc(2, sizeof *runs);
    struct compare_stage *stage = calloc(1, sizeof *stage);
    char why[256];

    look_need(runs != NULL && stage != NULL);
    look_need(playback_open(&runs[0], path, why, sizeof why));
    look_need(playback_open(&runs[1], path, why, sizeof why));
    compare_stage_open(stage, &runs[0], &runs[1]);
    compare_stage_read_all(stage);
    duet_go_to_end(&stage->duet);
    look_at_stage(stage);
    duet_seek_step(&stage->duet, look_below(1000));
    look_at_stage(stage);
    duet_set_pace(&stage->duet, DUET_ONE_CLOCK, 0);
    duet_seek_time(&stage->duet, look_below(1000) * UINT64_C(1000000));
    duet_change(&stage->duet, -1);
    duet_step(&stage->duet, 1);
    look_at_stage(stage);
    compare_stage_close(stage);
    playback_close(&runs[0]);
    playback_close(&runs[1]);
    free(stage);
    free(runs);
}

/* Returns whether the file could be opened, and counts the steps. */
static inline bool look_at_path(const char *path, uint64_t *steps)
{
    struct reader reader;
    char why[256] = "";

    *steps = 0;
    if (!reader_open(&reader, path, why, sizeof why)) {
        look_need(strlen(why) > 10 && strchr(why, '\n') == NULL);
        return false;
    }
    *steps = reader.steps;
    invariants_check(&reader, look_nowhere);
    if (look_below(4) == 0)
        look_at_exports(&reader);
    reader_close(&reader);
    look_at_frames(path);
    if (look_below(4) == 0)
        look_at_comparison(path);
    return true;
}

#endif
