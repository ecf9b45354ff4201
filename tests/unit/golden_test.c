/*
 * golden_test.c - every view as text, compared with what was looked at and found good.
 *
 * Each file in tests/unit/golden/ has one view of four runs - none of a thread, one
 * thread, forty, and one with wide labels - at three sizes. "make golden" writes the
 * files anew; what has changed is then to be looked at with git diff, as every picture
 * is before it is kept.
 */
#include "golden_runs.h"

#include "../../viz/compare_stage.h"
#include "../../viz/details.h"
#include "../../viz/hints.h"
#include "../../viz/memory.h"
#include "../../viz/scene.h"
#include "../../viz/view_compare.h"
#include "../../viz/view_links.h"
#include "../../viz/view_menu.h"
#include "../../viz/view_pairs.h"
#include "../../viz/view_tour.h"

#include <errno.h>

static const struct {
    int columns, rows;
} sizes[] = {{80, 24}, {120, 40}, {200, 60}};

enum { SIZES = sizeof sizes / sizeof sizes[0] };

/* --- the files */

/* A folder of the source tree: tests run in its root. */
static const char folder[] = "tests/unit/golden";

/* One view's pictures, as they are drawn. */
struct album {
    const char *view;
    char *text;
    size_t size;
    FILE *file;
};

static void open_album(struct album *album, const char *view)
{
    *album = (struct album){.view = view};
    album->file = open_memstream(&album->text, &album->size);
    assert_non_null(album->file);
}

static void add_picture(struct album *album, const char *run, struct canvas *canvas)
{
    fprintf(album->file, "== %s, %dx%d\n", run, canvas->columns, canvas->rows);
    canvas_write(canvas, false, album->file);
}

static char *read_golden(const char *path)
{
    FILE *file = fopen(path, "r");
    char *text = NULL;
    size_t size = 0;

    if (file == NULL)
        return NULL;
    if (getdelim(&text, &size, '\0', file) < 0) {
        free(text);
        text = NULL;
    }
    fclose(file);
    return text;
}

/* The first line that is another, for the report. */
static void tell_difference(const char *path, const char *is, const char *was)
{
    int line = 1;

    while (*is != '\0' && *is == *was) {
        line += *is == '\n';
        is++;
        was++;
    }
    fail_msg("%s is another from line %d on: make golden, then git diff", path, line);
}

static void close_album(struct album *album)
{
    char path[200];

    fclose(album->file);
    snprintf(path, sizeof path, "%s/%s.txt", folder, album->view);
    if (getenv("GOLDEN") != NULL && strcmp(getenv("GOLDEN"), "write") == 0) {
        FILE *file = fopen(path, "w");
        assert_non_null(file);
        assert_int_equal(fwrite(album->text, 1, album->size, file), album->size);
        assert_int_equal(fclose(file), 0);
    } else {
        char *was = read_golden(path);
        if (was == NULL)
            fail_msg("%s: %s; make golden writes it", path, strerror(errno));
        if (strcmp(album->text, was) != 0)
            tell_difference(path, album->text, was);
        free(was);
    }
    free(album->text);
}

/* --- one run */

/* A run on the table: at three quarters of its steps, where much is going on. */
struct shown {
    struct made made;
    struct playback playback;
    struct scene *scene;
    struct event_log log;
    char status[128], hints[512];
};

static struct shown *show_run(const struct golden_run *run)
{
    struct shown *shown = need(calloc(1, sizeof *shown));
    char why[256];

    shown->made = golden_made(run);
    int file = made_file(&shown->made);
    assert_true(playback_open(&shown->playback, made_path(file), why, sizeof why));
    close(file);
    do
        playback_update(&shown->playback, 0);
    while (!playback_is_complete(&shown->playback));
    if (shown->made.count > 0)
        playback_seek(&shown->playback, 1 + shown->made.count * 3 / 4);
    shown->scene = need(calloc(1, sizeof *shown->scene));
    return shown;
}

static void close_run(struct shown *shown)
{
    playback_close(&shown->playback);
    event_log_free(&shown->log);
    made_free(&shown->made);
    free(shown->scene);
    free(shown);
}

static void fill_scene(struct shown *shown, int columns)
{
    struct scene *scene = shown->scene;
    struct text_buffer words = {shown->hints, sizeof shown->hints, 0};
    uint64_t step = shown->playback.model.step;

    shown->hints[0] = '\0';
    scene_fill(scene, &shown->playback, shown->status, sizeof shown->status);
    hints_add(&words, HINT_STANDS, scene->pane, columns - 2);
    scene->hint = shown->hints;
    while (event_log_fill(&shown->log, &shown->playback, step, 60))
        continue;
    scene->events = shown->log.lines;
    scene->event_count = event_log_until(&shown->log, step);
    scene->filter = "";
}

/* Each view of one run is a function that draws it. */
typedef void draw_view(struct shown *shown, struct canvas *canvas);

static void draw_album(const char *view, draw_view *draw)
{
    struct album album;

    open_album(&album, view);
    for (int i = 0; i < GOLDEN_RUNS; i++) {
        struct shown *shown = show_run(&golden_runs[i]);
        for (int size = 0; size < SIZES; size++) {
            struct canvas canvas = {0, 0, NULL};
            canvas_reset(&canvas, sizes[size].rows, sizes[size].columns);
            fill_scene(shown, sizes[size].columns);
            draw(shown, &canvas);
            add_picture(&album, golden_runs[i].name, &canvas);
            canvas_free(&canvas);
        }
        close_run(shown);
    }
    close_album(&album);
}

static void draw_run(struct shown *shown, struct canvas *canvas)
{
    view_run(canvas, shown->scene);
}

static void draw_events(struct shown *shown, struct canvas *canvas)
{
    shown->scene->shows_events = true;
    shown->scene->pane = PANE_EVENTS;
    view_run(canvas, shown->scene);
}

static void draw_large(struct shown *shown, struct canvas *canvas, enum pane pane)
{
    shown->scene->large = true;
    shown->scene->pane = pane;
    shown->scene->shows_events = pane == PANE_EVENTS;
    view_run(canvas, shown->scene);
}

static void draw_threads(struct shown *shown, struct canvas *canvas)
{
    shown->scene->sorted = ORDER_STATE;
    view_order_threads(shown->scene);
    draw_large(shown, canvas, PANE_THREADS);
}

static void draw_queues(struct shown *shown, struct canvas *canvas)
{
    draw_large(shown, canvas, PANE_QUEUES);
}

static void draw_source(struct shown *shown, struct canvas *canvas)
{
    draw_large(shown, canvas, PANE_SOURCE);
}

static void draw_output(struct shown *shown, struct canvas *canvas)
{
    draw_large(shown, canvas, PANE_OUTPUT);
}

static void draw_tour(struct shown *shown, struct canvas *canvas)
{
    view_run(canvas, shown->scene);
    view_tour(canvas, shown->scene, 1 + canvas->rows % view_tour_pages());
}

static void draw_help(struct shown *shown, struct canvas *canvas)
{
    char help[8192] = "";
    struct text_buffer words = {help, sizeof help, 0};

    (void)shown;
    view_add_help(&words);
    view_page(canvas, "HELP", text_of(help), 0, "the hint");
}

/* --- pages with links */

static void draw_page(struct shown *shown, struct canvas *canvas, struct link link)
{
    struct page page = {.lines = NULL};
    struct stats stats = {0};
    struct findings findings = {0};
    const struct inquiry inquiry = {&shown->playback, &stats, &findings, false};

    stats_gather(&stats, &shown->playback.reader, shown->playback.model.step);
    while (findings_extend(&findings, &shown->playback.reader, 1000))
        continue;
    details_fill(&page, &inquiry, link);
    view_links(canvas, &page, (struct page_place){page_next_link(&page, 0, 1), 0},
               "the hint");
    page_free(&page);
    stats_free(&stats);
    findings_free(&findings);
}

static void draw_thread(struct shown *shown, struct canvas *canvas)
{
    draw_page(shown, canvas, (struct link){.kind = LINK_THREAD, .number = 1});
}

static void draw_queue(struct shown *shown, struct canvas *canvas)
{
    draw_page(shown, canvas,
              (struct link){.kind = LINK_OBJECT, .number = GOLDEN_TASKS, .process = 1});
}

static void draw_item(struct shown *shown, struct canvas *canvas)
{
    draw_page(shown, canvas,
              (struct link){.kind = LINK_ITEM, .number = golden_put(&shown->made)});
}

/* At the end main waits for the door. */
static void draw_frees(struct shown *shown, struct canvas *canvas)
{
    playback_seek(&shown->playback, shown->made.count);
    draw_page(shown, canvas, (struct link){.kind = LINK_FREES, .number = 0});
}

static void draw_findings(struct shown *shown, struct canvas *canvas)
{
    playback_seek(&shown->playback, shown->made.count);
    draw_page(shown, canvas, (struct link){.kind = LINK_FINDINGS});
}

/* --- two runs */

/* The run beside the one with one thread. */
static void draw_pair(struct shown *shown, struct canvas *canvas, bool large_table)
{
    struct shown *other = show_run(&golden_runs[1]);
    struct compare_stage *stage = need(calloc(1, sizeof *stage));

    compare_stage_open(stage, &shown->playback, &other->playback);
    compare_stage_read_all(stage);
    duet_seek_step(&stage->duet, 1 + shown->made.count * 3 / 4);
    compare_stage_update(stage, 0);
    compare_stage_fill(stage, canvas->columns);
    stage->comparison.hint = "the hint";
    stage->comparison.large_table = large_table;
    view_compare(canvas, &stage->comparison);
    compare_stage_close(stage);
    free(stage);
    close_run(other);
}

static void draw_compare(struct shown *shown, struct canvas *canvas)
{
    draw_pair(shown, canvas, false);
}

static void draw_compare_table(struct shown *shown, struct canvas *canvas)
{
    draw_pair(shown, canvas, true);
}

/* --- lists */

static void draw_pairs(struct shown *shown, struct canvas *canvas)
{
    (void)shown;
    view_pairs(canvas, 1, "the hint");
}

static void draw_menu(struct shown *shown, struct canvas *canvas)
{
    static const struct menu_entry entries[] = {
        {" 1 thread_result", "a thread that keeps its result", "", false},
        {"join_each", "start and join in one loop", "goes well", true},
        {" 2 \344\270\255\346\226\207",
         "a title so long that it goes on and on, "
         "beyond the end of the row at eighty columns",
         "deadlock", false},
    };

    (void)shown;
    view_menu(canvas, entries, sizeof entries / sizeof entries[0], 2, "the hint");
}

static const struct {
    const char *name;
    draw_view *draw;
} views[] = {
    {"run", draw_run},           {"events", draw_events},
    {"threads", draw_threads},   {"queues", draw_queues},
    {"source", draw_source},     {"output", draw_output},
    {"tour", draw_tour},         {"help", draw_help},
    {"thread", draw_thread},     {"queue", draw_queue},
    {"item", draw_item},         {"frees", draw_frees},
    {"findings", draw_findings}, {"compare", draw_compare},
    {"pairs", draw_pairs},       {"compare_table", draw_compare_table},
    {"menu", draw_menu},
};

static void a_view_is_as_it_was_looked_at(void **state)
{
    size_t view = (size_t)(uintptr_t)*state;

    draw_album(views[view].name, views[view].draw);
}

int main(void)
{
    enum { VIEWS = sizeof views / sizeof views[0] };
    struct CMUnitTest tests[VIEWS];

    for (size_t i = 0; i < VIEWS; i++)
        tests[i] = (struct CMUnitTest){.name = views[i].name,
                                       .test_func = a_view_is_as_it_was_looked_at,
                                       .initial_state = (void *)(uintptr_t)i};
    return cmocka_run_group_tests_name("golden", tests, NULL, NULL);
}
