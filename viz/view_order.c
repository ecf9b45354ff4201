/* view_order.c - which thread stands in which row; see view.h. */
#include "memory.h"
#include "view.h"

#include <stdlib.h>

const char *view_order_words(enum row_order order)
{
    static const char *const words[ROW_ORDERS] = {
        [ORDER_START] = "",
        [ORDER_STATE] = "by state",
        [ORDER_WAITING] = "longest waited first",
    };

    return words[order];
}

/* Who can go stands first; who has ended, last. */
static unsigned place_of_state(enum state state)
{
    static const unsigned places[STATES] = {
        [STATE_RUN] = 0,   [STATE_HELD] = 1,   [STATE_SLEEP] = 1,
        [STATE_LOCK] = 2,  [STATE_WAIT] = 2,   [STATE_NONE] = 3,
        [STATE_TIMED] = 2, [STATE_KILLED] = 3, [STATE_ENDED] = 4,
    };

    return places[state];
}

/* The smaller, the further up; threads of the same rank stand in the order of their
   start, so that they do not change places without a reason. */
static uint64_t rank_of(const struct scene *scene, unsigned thread)
{
    enum { TIME_BITS = 60 };
    const struct model_thread *at = &scene->model->threads[thread];
    unsigned place;

    switch (scene->sorted) {
    case ORDER_STATE:
        place = place_of_state(view_shown_state(scene, thread));
        /* who has waited since earlier waits longer */
        return (uint64_t)place << TIME_BITS |
               (model_waits(at->state) ? at->since_ns : 0);
    case ORDER_WAITING:
        return UINT64_MAX - model_waited(scene->model, thread, scene->now_ns);
    default:
        return 0;
    }
}

/* Where a row belongs: by its process, and in that its main thread first. */
struct place {
    uint64_t process_rank, rank;
    unsigned process; /* index of its main thread */
    bool is_below;    /* it is another thread of that process */
    unsigned thread;
};

static int compare(uint64_t left, uint64_t right)
{
    return (left > right) - (left < right);
}

static int compare_places(const void *a, const void *b)
{
    const struct place *left = a, *right = b;
    int order = compare(left->process_rank, right->process_rank);

    if (order == 0)
        order = compare(left->process, right->process);
    if (order == 0)
        order = compare(left->is_below, right->is_below);
    if (order == 0)
        order = compare(left->rank, right->rank);
    return order != 0 ? order : compare(left->thread, right->thread);
}

/* One process needs no place for its main thread. */
static void find_process(const struct model *model, struct place *place)
{
    int main_thread = model_thread_of(model, model->threads[place->thread].process);

    if (model->process_count < 2)
        return;
    place->process = main_thread >= 0 && main_thread < VIEW_THREADS
                         ? (unsigned)main_thread
                         : place->thread;
    place->is_below = place->process != place->thread;
}

/* A process stands where its best thread would. */
static void rank_processes(struct place *places, unsigned count)
{
    uint64_t best[VIEW_THREADS];

    for (unsigned i = 0; i < count; i++)
        best[i] = UINT64_MAX;
    for (unsigned i = 0; i < count; i++)
        if (places[i].rank < best[places[i].process])
            best[places[i].process] = places[i].rank;
    for (unsigned i = 0; i < count; i++)
        places[i].process_rank = best[places[i].process];
}

void view_order_threads(struct scene *scene)
{
    unsigned count = scene->model->thread_count;

    if (count > VIEW_THREADS)
        count = VIEW_THREADS;
    if (scene->keep_order && scene->ordered == count)
        return;
    struct place *places = grown(NULL, count + 1, sizeof *places);
    for (unsigned i = 0; i < count; i++) {
        places[i] = (struct place){.thread = i, .rank = rank_of(scene, i)};
        find_process(scene->model, &places[i]);
    }
    rank_processes(places, count);
    qsort(places, count, sizeof *places, compare_places);
    for (unsigned i = 0; i < count; i++)
        scene->order[i] = places[i].thread;
    scene->ordered = count;
    free(places);
}

unsigned view_thread_in_row(const struct scene *scene, unsigned row)
{
    return row < VIEW_THREADS ? scene->order[row] : row;
}

unsigned view_row_of(const struct scene *scene, unsigned thread)
{
    unsigned row = 0;

    while (row + 1 < scene->model->thread_count &&
           view_thread_in_row(scene, row) != thread)
        row++;
    return row;
}

unsigned view_thread_beside(const struct scene *scene, unsigned thread, int distance)
{
    unsigned count = scene->model->thread_count;
    long row = (long)view_row_of(scene, thread) + distance;

    if (row >= (long)count)
        row = (long)count - 1;
    return count > 0 ? view_thread_in_row(scene, row < 0 ? 0 : (unsigned)row) : 0;
}
