/* frame.c - one frame of a recording as text; see frame.h. */
#include "frame.h"
#include "hints.h"
#include "scene.h"

#include <inttypes.h>
#include <stdlib.h>

int frame_print(struct playback *playback, const struct command_options *options)
{
    struct canvas canvas = {0, 0, NULL};
    struct scene *scene = calloc(1, sizeof *scene);
    char status[128], hints[512] = "";
    struct text_buffer words = {hints, sizeof hints, 0};

    if (scene == NULL)
        return 1;
    do
        playback_update(playback, 0);
    while (!playback_is_complete(playback));
    if (options->at > playback->history.model.step) {
        free(scene);
        return command_refuse("--at=%" PRIu64 ": the recording has %" PRIu64 " steps",
                              options->at, playback->history.model.step);
    }
    if (options->at > 0)
        playback_seek(playback, options->at);
    scene_fill(scene, playback, status, sizeof status);
    hints_add(&words,
              (playback_at_end(playback) ? HINT_ENDED : HINT_STANDS) |
                  hints_gone(scene),
              scene->pane, options->columns - 2);
    scene->hint = hints;
    canvas_reset(&canvas, options->rows, options->columns);
    view_run(&canvas, scene);
    canvas_write(&canvas, options->ascii, stdout);
    canvas_free(&canvas);
    free(scene);
    return fflush(stdout) == 0 ? 0 : 1;
}
