/*
 * playback_snapshots.c - copies of the model at steps far apart, so that a jump folds
 * only what lies between; see playback_parts.h.
 *
 * They are evenly spaced. When there are too many, or they take too much memory, every
 * other one goes: ten million steps have one every 131,072 or so, which fold in about
 * ten milliseconds.
 */
#include "playback_parts.h"

/* What all together may take. */
static const size_t most_bytes = 64 << 20;

/* Folding so many steps takes about as long as copying a model. */
static const uint64_t worth_a_copy = 1000;

static void drop_every_other(struct playback *playback)
{
    unsigned kept = 0;

    playback->snapshot_bytes = 0;
    for (unsigned i = 0; i < playback->snapshot_count; i++) {
        struct model snapshot = playback->snapshots[i];
        playback->snapshots[i] = (struct model){.step = 0};
        if (i % 2 == 0) {
            model_free(&snapshot);
            continue;
        }
        playback->snapshot_bytes += model_bytes(&snapshot);
        playback->snapshots[kept++] = snapshot;
    }
    playback->snapshot_count = kept;
    playback->snapshot_spacing *= 2;
}

void playback_keep_snapshot(struct playback *playback)
{
    const struct model *model = &playback->history.model;

    if (playback->snapshot_count == PLAYBACK_SNAPSHOTS)
        drop_every_other(playback);
    if (model->step < (playback->snapshot_count + 1) * playback->snapshot_spacing)
        return;
    struct model *snapshot = &playback->snapshots[playback->snapshot_count++];
    model_copy(snapshot, model);
    playback->snapshot_bytes += model_bytes(snapshot);
    while (playback->snapshot_bytes > most_bytes && playback->snapshot_count > 0)
        drop_every_other(playback);
}

void playback_free_snapshots(struct playback *playback)
{
    for (unsigned i = 0; i < playback->snapshot_count; i++)
        model_free(&playback->snapshots[i]);
    playback->snapshot_count = 0;
}

/* The latest model at or before the step that is kept; NULL: the empty one. */
static const struct model *kept_before(const struct playback *playback, uint64_t step)
{
    if (playback->history.model.step == step)
        return &playback->history.model;
    for (unsigned i = playback->snapshot_count; i > 0; i--)
        if (playback->snapshots[i - 1].step <= step)
            return &playback->snapshots[i - 1];
    return NULL;
}

void playback_model_at(const struct playback *playback, struct model *model,
                       uint64_t step)
{
    const struct model *kept = kept_before(playback, step);

    if (kept != NULL && (step < model->step || kept->step > model->step + worth_a_copy))
        model_copy(model, kept);
    model_seek(model, &playback->reader, step);
}

void playback_go_to(struct playback *playback, uint64_t step)
{
    playback_model_at(playback, &playback->model, step);
    playback->now_ns = playback->model.time_ns;
}
