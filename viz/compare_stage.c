/* compare_stage.c - two runs that are compared, at one place; see compare_stage.h. */
#include "compare_stage.h"
#include "compare_why.h"
#include "differ.h"
#include "memory.h"
#include "scene.h"
#include "source_facts.h"
#include "view_compare.h"
#include "view_timeline.h"

#include <inttypes.h>
#include <stdlib.h>

/* Steps looked at in one go, so that a key never waits long. */
static const uint64_t most_steps = 100000;

static struct text source_of(const struct playback *playback)
{
    return reader_text(&playback->reader, playback->reader.layout.source_text);
}

static char *new_differences(const struct playback *a, const struct playback *b)
{
    char *page = differ_lines(source_of(a), source_of(b));

    if (page != NULL && page[0] == '\0') {
        free(page);
        page = NULL;
    }
    return page;
}

void compare_stage_open(struct compare_stage *stage, struct playback *a,
                        struct playback *b)
{
    *stage = (struct compare_stage){.differs = new_differences(a, b)};
    stage->comparison.differs = stage->differs;
    duet_begin(&stage->duet, a, b);
    for (unsigned i = 0; i < DUET_RUNS; i++) {
        struct text source = source_of(stage->duet.runs[i]);
        struct compared *run = &stage->comparison.runs[i];
        stage->runs[i].scene = need(calloc(1, sizeof *stage->runs[i].scene));
        stage->runs[i].scene->pane = PANES; /* none of them is chosen */
        run->scene = stage->runs[i].scene;
        run->so_far = &stage->runs[i].track.now;
        run->newest = &stage->runs[i].track.newest;
        run->title = source_title(source);
        run->code_lines = source_code_lines(source);
    }
}

void compare_stage_close(struct compare_stage *stage)
{
    free(stage->differs);
    for (unsigned i = 0; i < DUET_RUNS; i++) {
        so_far_track_free(&stage->runs[i].track);
        findings_free(&stage->runs[i].findings);
        free(stage->runs[i].scene);
    }
}

bool compare_stage_update(struct compare_stage *stage, uint64_t clock_ns)
{
    bool changed = duet_update(&stage->duet, clock_ns);

    for (unsigned i = 0; i < DUET_RUNS; i++) {
        const struct reader *reader = &stage->duet.runs[i]->reader;
        bool was_complete = stage->runs[i].findings.complete;
        changed |= so_far_track_extend(&stage->runs[i].track, reader, most_steps);
        findings_extend(&stage->runs[i].findings, reader, most_steps);
        changed |= stage->runs[i].findings.complete != was_complete;
    }
    return changed;
}

bool compare_stage_is_complete(const struct compare_stage *stage)
{
    bool complete = duet_is_complete(&stage->duet);

    for (unsigned i = 0; i < DUET_RUNS; i++) {
        const struct reader *reader = &stage->duet.runs[i]->reader;
        const struct findings *findings = &stage->runs[i].findings;
        complete &= stage->runs[i].track.newest.step == reader->steps &&
                    (findings->complete || reader->live);
    }
    return complete;
}

void compare_stage_read_all(struct compare_stage *stage)
{
    do
        compare_stage_update(stage, 0);
    while (!compare_stage_is_complete(stage));
}

/* --- what is so at the place */

static uint64_t ahead(const struct playback *run)
{
    return run->history.model.step - run->model.step;
}

/* Steps that came since the view was paused, for each run that still goes on. */
static void add_paused(struct text_buffer *buffer, const struct duet *duet,
                       bool is_narrow)
{
    bool is_live[] = {duet->runs[0]->reader.live, duet->runs[1]->reader.live};
    bool both = is_live[0] && is_live[1];

    text_add(buffer, "VIEW PAUSED");
    if (!is_narrow)
        text_add(buffer, both         ? ", programs run on"
                         : is_live[0] ? ", A runs on"
                                      : ", B runs on");
    text_add(buffer, ":");
    for (int i = 0; i < DUET_RUNS; i++)
        if (is_live[i])
            text_add(buffer, " +%" PRIu64, ahead(duet->runs[i]));
}

static void add_doing(struct text_buffer *buffer, const struct duet *duet,
                      bool is_narrow)
{
    static const char *const words[] = {
        [PLAY_FOLLOW] = "LIVE", [PLAY_PACE] = "PLAYING", [PLAY_PAUSED] = "PAUSED"};

    if (duet_at_end(duet))
        text_add(buffer, "THE END");
    else if (duet->mode == PLAY_PAUSED && duet_is_live(duet))
        add_paused(buffer, duet, is_narrow);
    else
        text_add(buffer, "%s", words[duet->mode]);
}

static void add_status(struct text_buffer *buffer, const struct duet *duet, int columns)
{
    int speed = duet->speed;
    bool on_clock = duet->pace == DUET_ONE_CLOCK;

    text_add(buffer, "%s  ", on_clock ? "on one clock" : "step by step");
    add_doing(buffer, duet, columns < 80);
    if (speed != 0)
        text_add(buffer, speed > 0 ? " %dx" : " 1/%dx",
                 1 << (speed > 0 ? speed : -speed));
    if (on_clock) /* who goes step by step sees every microsecond */
        text_add(buffer, "  %.*f s", duet->mode == PLAY_PAUSED ? 6 : 3,
                 (double)duet->now_ns / 1e9);
    else
        text_add(buffer, "  step %" PRIu64, duet->step);
    if (!duet_is_live(duet) && !duet_is_complete(duet))
        text_add(buffer, "  reading… %d %%", (int)(100 * duet_progress(duet)));
}

/* Told once all the steps that it is about were shown, or the ends are asked for; later
   also where it went wrong, to look at that. */
static bool may_tell(const struct compare_stage *stage, unsigned i,
                     const struct finding *finding)
{
    const struct stage_run *run = &stage->runs[i];
    uint64_t step = run->scene->model->step;

    return step >= finding->to || (run->is_told && step >= finding->step) ||
           (stage->comparison.show_ends && stage->comparison.runs[i].is_over);
}

static void fill_why(struct compare_stage *stage, unsigned i)
{
    struct stage_run *run = &stage->runs[i];
    struct text_buffer words = {run->why, sizeof run->why, 0};
    const struct finding *finding = compare_why(
        &run->findings, &stage->runs[1 - i].findings, run->track.newest.main);

    if (finding != NULL && !may_tell(stage, i, finding))
        finding = NULL;
    run->finding = finding;
    run->is_told |= finding != NULL;
    stage->comparison.runs[i].why = finding != NULL ? run->why : NULL;
    if (finding != NULL)
        text_add(&words, "%s (step %" PRIu64 ")", finding->sentence, finding->step);
}

bool compare_stage_tells_why(const struct compare_stage *stage)
{
    return stage->runs[0].finding != NULL || stage->runs[1].finding != NULL;
}

uint64_t compare_stage_go_to_why(struct compare_stage *stage)
{
    unsigned chosen = stage->comparison.chosen;
    unsigned run = stage->runs[chosen].finding != NULL ? chosen : 1 - chosen;

    if (stage->runs[run].finding == NULL)
        return 0;
    uint64_t step = stage->runs[run].finding->step;
    playback_seek(stage->duet.runs[run], step);
    duet_take_place(&stage->duet, run);
    return step;
}

static void fill_run(struct compare_stage *stage, unsigned i)
{
    struct playback *playback = stage->duet.runs[i];
    struct stage_run *run = &stage->runs[i];
    struct compared *compared = &stage->comparison.runs[i];

    scene_fill(run->scene, playback, run->status, sizeof run->status);
    so_far_track_seek(&run->track, &playback->reader, playback->model.step);
    compared->at_end = playback_at_end(playback);
    compared->is_over = !playback->reader.live && playback_is_complete(playback);
}

void compare_stage_fill(struct compare_stage *stage, int columns)
{
    struct comparison *comparison = &stage->comparison;
    struct text_buffer status = {stage->status, sizeof stage->status, 0};
    uint64_t latest = 0;

    for (unsigned i = 0; i < DUET_RUNS; i++) {
        fill_run(stage, i);
        if (stage->runs[i].scene->now_ns > latest)
            latest = stage->runs[i].scene->now_ns;
    }
    for (unsigned i = 0; i < DUET_RUNS; i++)
        fill_why(stage, i);
    compared_find_roles(comparison);
    stage->status[0] = '\0';
    add_status(&status, &stage->duet, columns);
    comparison->status = stage->status;
    comparison->cell_ns =
        stage->cell_ns != 0
            ? stage->cell_ns
            : view_timeline_fitting_cell(latest, view_compare_cells(columns));
}

/* The scales are 1, 2 and 5 times a power of ten. */
void compare_stage_zoom(struct compare_stage *stage, int direction)
{
    uint64_t cell = stage->comparison.cell_ns, unit = 1000;

    while (unit * 10 <= cell)
        unit *= 10;
    if (direction > 0)
        cell = cell < 2 * unit ? 2 * unit : cell < 5 * unit ? 5 * unit : 10 * unit;
    else
        cell = cell > 5 * unit   ? 5 * unit
               : cell > 2 * unit ? 2 * unit
               : cell > unit     ? unit
                                 : unit / 2;
    if (cell >= 1000 && cell <= 100000000000)
        stage->cell_ns = cell;
}
