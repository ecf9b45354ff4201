/* so_far_track.c - the numbers of so_far.h at any step: copies on the way, and a fold
   from the nearest one. */
#include "memory.h"
#include "so_far_fold.h"

#include <string.h>

enum { FIRST_SPACING = 1024 };

/* What all copies together may take: a run may have a hundred thousand futures. */
static const size_t most_bytes = 32 << 20;

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

static void drop_every_other(struct so_far_track *track)
{
    unsigned kept = 0;

    for (unsigned i = 0; i < track->copy_count; i++) {
        struct so_far one = track->copies[i];
        track->copies[i] = (struct so_far){.step = 0};
        if (i % 2 == 0)
            so_far_free(&one);
        else
            track->copies[kept++] = one;
    }
    track->copy_count = kept;
    track->spacing *= 2;
}

static size_t bytes_of(const struct so_far_track *track)
{
    size_t bytes = 0;

    for (unsigned i = 0; i < track->copy_count; i++)
        bytes += track->copies[i].object_count * sizeof *track->copies[i].objects;
    return bytes;
}

/* When there are too many copies, or they take too much, every other one goes. */
static void keep_copy(struct so_far_track *track)
{
    if (track->copy_count == SO_FAR_COPIES)
        drop_every_other(track);
    if (track->newest.step == (track->copy_count + 1) * track->spacing)
        copy(&track->copies[track->copy_count++], &track->newest);
    while (track->copy_count > 0 && bytes_of(track) > most_bytes)
        drop_every_other(track);
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
