/*
 * folded.h - a recording that is played, wherever it is gone to, compared with folding
 * from the start.
 */
#ifndef FOLDED_H
#define FOLDED_H

#include "../../viz/playback.h"
#include "made_run.h"

static struct made made;
static struct playback playback;

static inline int begin(void **state __attribute__((unused)))
{
    made = made_begin();
    playback = (struct playback){.reader = {.descriptor = -1}};
    return 0;
}

static inline int end(void **state __attribute__((unused)))
{
    if (playback.reader.descriptor >= 0)
        playback_close(&playback);
    made_free(&made);
    return 0;
}

static inline void open_playback(void)
{
    char why[256];
    int file = made_file(&made);

    assert_true(playback_open(&playback, made_path(file), why, sizeof why));
    close(file);
    do
        playback_update(&playback, 0);
    while (!playback_is_complete(&playback));
}

static inline void assert_same_object(const struct model_object *a,
                                      const struct model_object *b)
{
    assert_int_equal(a->type, b->type);
    assert_int_equal(a->init_step, b->init_step);
    assert_int_equal(a->thread, b->thread);
    assert_int_equal(a->uses_tasks, b->uses_tasks);
    assert_int_equal(a->is_shutdown, b->is_shutdown);
    assert_int_equal(a->is_set, b->is_set);
    assert_int_equal(a->unsure, b->unsure);
    assert_int_equal(a->capacity, b->capacity);
    assert_int_equal(a->unfinished, b->unfinished);
    assert_int_equal(a->holder, b->holder);
    assert_int_equal(a->holder_step, b->holder_step);
    assert_int_equal(a->process, b->process);
    assert_int_equal(a->next_copy, b->next_copy);
    assert_int_equal(a->is_used, b->is_used);
    assert_int_equal(a->value, b->value);
    assert_int_equal(a->bytes, b->bytes);
    assert_int_equal(a->buffered.count, b->buffered.count);
    assert_int_equal(a->items.count, b->items.count);
    for (uint32_t i = 0; i < a->items.count; i++)
        assert_int_equal(ring_at(&a->items, i), ring_at(&b->items, i));
}

static inline void assert_same_model(const struct model *a, const struct model *b)
{
    uint32_t most =
        a->object_count > b->object_count ? a->object_count : b->object_count;

    assert_int_equal(a->step, b->step);
    assert_int_equal(a->gaps, b->gaps);
    assert_int_equal(a->time_ns, b->time_ns);
    assert_int_equal(a->over, b->over);
    assert_int_equal(a->deadlocked, b->deadlocked);
    assert_int_equal(a->thread_count, b->thread_count);
    for (unsigned i = 0; i < a->thread_count; i++) {
        const struct model_thread *left = &a->threads[i], *right = &b->threads[i];
        assert_int_equal(left->object, right->object);
        assert_int_equal(left->state, right->state);
        assert_int_equal(left->since_step, right->since_step);
        assert_int_equal(left->last_step, right->last_step);
        assert_int_equal(left->item, right->item);
        assert_int_equal(left->item_queue, right->item_queue);
        assert_int_equal(left->process, right->process);
        assert_int_equal(left->task, right->task);
        assert_int_equal(left->site, right->site);
    }
    for (uint32_t i = 0; i < most; i++)
        assert_same_object(model_object(a, i), model_object(b, i));
}

/* Goes to steps by chance, in every way that there is, and compares each time with one
   fold that only goes on. */
static inline void assert_seeks_are_folds(unsigned jumps, uint64_t steps, unsigned seed)
{
    struct made_state chance = {.random = seed};
    uint64_t *places = calloc(jumps, sizeof *places);
    struct model *models = calloc(jumps, sizeof *models);
    struct model fold = {.step = 0};

    assert_true(places != NULL && models != NULL);
    for (unsigned i = 0; i < jumps; i++) {
        uint64_t place = 1 + (made_chance(&chance, 60000) * UINT64_C(60000) +
                              made_chance(&chance, 60000)) %
                                 steps;
        playback_seek(&playback, place);
        for (unsigned more = made_chance(&chance, 4); more > 0; more--)
            playback_step(&playback, made_chance(&chance, 2) == 0 ? 1 : -1);
        if (made_chance(&chance, 4) == 0)
            playback_change(&playback, made_chance(&chance, 2) == 0 ? 1 : -1);
        places[i] = playback.model.step;
        model_copy(&models[i], &playback.model);
    }
    while (fold.step < steps) {
        model_apply(&fold, &playback.reader);
        for (unsigned i = 0; i < jumps; i++)
            if (places[i] == fold.step)
                assert_same_model(&models[i], &fold);
    }
    for (unsigned i = 0; i < jumps; i++)
        model_free(&models[i]);
    model_free(&fold);
    free(models);
    free(places);
}

#define PLAYBACK_TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

#endif
