/* scene.c - what a playback shows, as a scene for the views; see scene.h. */
#include "scene.h"
#include "how_ended.h"

#include <inttypes.h>

/* The speed of playing, where it is not the run's own: "2x", "1/2x", "4 steps/s". */
static void add_speed(struct text_buffer *buffer, const struct playback *playback)
{
    int speed = playback->speed;

    if (speed == 0 && !playback->beat && playback->mode == PLAY_PAUSED)
        return;
    text_add(buffer, speed >= 0 ? " %d" : " 1/%d", 1 << (speed >= 0 ? speed : -speed));
    text_add(buffer, !playback->beat ? "x" : speed > 0 ? " steps/s" : " step/s");
}

static void add_status(struct text_buffer *buffer, const struct playback *playback)
{
    uint64_t more = playback->history.model.step - playback->model.step;
    bool paused = playback->mode == PLAY_PAUSED;

    if (playback_at_end(playback) && playback->reader.cut > 0)
        text_add(buffer, "THE FILE IS CUT HERE");
    else if (playback_at_end(playback))
        how_ended_add(buffer, &playback->reader);
    else if (playback->reader.live && paused) {
        text_add(buffer, "VIEW PAUSED, program runs on");
        if (more > 0)
            text_add(buffer, ": +%" PRIu64, more);
    } else if (playback->mode == PLAY_FOLLOW && playback->reader.live)
        text_add(buffer, "LIVE");
    else if (playback->mode != PLAY_FOLLOW) {
        text_add(buffer, paused ? "PAUSED" : "PLAYING");
        add_speed(buffer, playback);
    }
    if (!playback->reader.live && !playback_is_complete(playback))
        text_add(buffer, "%sreading… %d %%", buffer->length > 0 ? "  " : "",
                 (int)(100 * playback_progress(playback)));
    if (playback->reader.torn > 0)
        text_add(buffer, "  %" PRIu64 " LOST", playback->reader.torn);
    if (!playback->reader.live && playback->reader.lost + playback->reader.cut > 0)
        text_add(buffer, "  %" PRIu64 " MISSING",
                 playback->reader.lost + playback->reader.cut);
}

void scene_fill(struct scene *scene, const struct playback *playback, char *status,
                size_t size)
{
    struct text_buffer words = {status, size, 0};

    status[0] = '\0';
    add_status(&words, playback);
    scene->reader = &playback->reader;
    scene->model = &playback->model;
    scene->history = &playback->history;
    scene->now_ns = playback->now_ns;
    scene->status = status;
    scene->alarm = playback_at_end(playback) &&
                   (playback->reader.cut > 0 || !how_ended_well(&playback->reader));
    if (scene->chosen >= scene->model->thread_count)
        scene->chosen = 0;
    view_name_threads(scene);
    view_order_threads(scene);
}
