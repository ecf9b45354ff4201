/* compare_print.c - two runs that are over as text; see compare_print.h. */
#include "compare_print.h"
#include "compare_stage.h"
#include "hints.h"
#include "memory.h"
#include "view_compare.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum { TABLE_COLUMNS = 100 };

static void draw_table(struct canvas *canvas, struct compare_stage *stage)
{
    stage->comparison.show_ends = true;
    compare_stage_fill(stage, TABLE_COLUMNS);
    int rows = view_compare_table_rows(&stage->comparison);
    int why = view_compare_why_rows(&stage->comparison, TABLE_COLUMNS);
    canvas_reset(canvas, rows + why, TABLE_COLUMNS);
    view_compare_table(canvas, &stage->comparison,
                       (struct area){0, 0, rows, TABLE_COLUMNS});
    view_compare_why(canvas, &stage->comparison,
                     (struct area){rows, 0, why, TABLE_COLUMNS});
}

static void draw_frame(struct canvas *canvas, struct compare_stage *stage,
                       const struct command_options *options)
{
    char hint[256] = "";
    struct text_buffer words = {hint, sizeof hint, 0};

    compare_stage_fill(stage, options->columns);
    hints_add_compare(&words, duet_at_end(&stage->duet) ? HINT_ENDED : HINT_STANDS,
                      options->columns - 2);
    stage->comparison.hint = hint;
    canvas_reset(canvas, options->rows, options->columns);
    view_compare(canvas, &stage->comparison);
}

static uint64_t most_steps(const struct duet *duet)
{
    uint64_t a = duet->runs[0]->reader.steps, b = duet->runs[1]->reader.steps;

    return a > b ? a : b;
}

int compare_print(struct playback *a, struct playback *b,
                  const struct command_options *options)
{
    struct compare_stage *stage = need(calloc(1, sizeof *stage));
    struct canvas canvas = {0, 0, NULL};
    int status = 0;

    compare_stage_open(stage, a, b);
    compare_stage_read_all(stage);
    duet_go_to_end(&stage->duet);
    if (options->at > most_steps(&stage->duet))
        status =
            command_refuse("--at=%" PRIu64 ": the longer run has %" PRIu64 " steps",
                           options->at, most_steps(&stage->duet));
    else if (options->at > 0)
        duet_seek_step(&stage->duet, options->at);
    compare_stage_update(stage, 0); /* who was killed at the end is known only there */
    if (status == 0) {
        if (options->dump)
            draw_frame(&canvas, stage, options);
        else
            draw_table(&canvas, stage);
        canvas_write(&canvas, options->ascii, stdout);
        canvas_free(&canvas);
        status = fflush(stdout) == 0 ? 0 : 1;
    }
    compare_stage_close(stage);
    free(stage);
    return status;
}
