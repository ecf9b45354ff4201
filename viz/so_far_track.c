/* so_far_track.c - the numbers of so_far.h at any step: copies on the way, and a fold
   from the nearest one. */
#include "memory.h"
#include "so_far_fold.h"

#include <string.h>

enum { FIRST_SPACING = 1024 };

static void copy(struct so_far *to, const struct so_far *from)
{
    struct so_far_object *objects = to->objects;

    if (from->object_count > 0) {
        objects = grown(objects, from->object_count, sizeof *objects);
        memcpy(objects, from->objects, from->object_count * sizeof *objects);
    } else {
        so_far_free(to);
        objects = NULL;
    }
    *to = *from;
    to->objects = objects;
}

void so_far_track_free(struct so_far_track *track)
{
    so_far_free(&track->now);
    so_far_free(&track->newest);
    for (unsigned i = 0; i < track->copy_count; i++)
        so_far_free(&track->copies[i]);
    track->copy_count = 0;
}

/* When there are too many copies, every other one goes. */
static void keep_copy(struct so_far_track *track)
{
    if (track->copy_count == SO_FAR_COPIES) {
        for (unsigned i = 0; i < SO_FAR_COPIES / 2; i++) {
            so_far_free(&track->copies[2 * i]);
            track->copies[i] = track->copies[2 * i + 1];
        }
        for (unsigned i = SO_FAR_COPIES / 2; i < SO_FAR_COPIES; i++)
            track->copies[i] = (struct so_far){.step = 0};
        track->copy_count = SO_FAR_COPIES / 2;
        track->spacing *= 2;
    }
    if (track->newest.step == (track->copy_count + 1) * track->spacing)
        copy(&track->copies[track->copy_count++], &track->newest);
}

bool so_far_track_extend(struct so_far_track *track, const struct reader *reader,
                         uint64_t most)
{
    struct so_far *newest = &track->newest;
    uint64_t end =
        reader->steps - newest->step < most ? reader->steps : newest->step + most;

    if (track->spacing == 0)
        track->spacing = FIRST_SPACING;
    while (newest->step < end) {
        uint64_t stop = (track->copy_count + 1) * track->spacing;
        so_far_extend(newest, reader, stop < end ? stop : end);
        if (newest->step == stop)
            keep_copy(track);
    }
    return newest->step < reader->steps;
}

void so_far_track_seek(struct so_far_track *track, const struct reader *reader,
                       uint64_t step)
{
    struct so_far *now = &track->now;
    const struct so_far *best = NULL;

    for (unsigned i = 0; i < track->copy_count; i++)
        if (track->copies[i].step <= step)
            best = &track->copies[i];
    if (track->newest.step <= step)
        best = &track->newest;
    if (now->step > step && best == NULL)
        so_far_free(now);
    else if (best != NULL && (now->step > step || best->step > now->step))
        copy(now, best);
    so_far_extend(now, reader, step);
}
