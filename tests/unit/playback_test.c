/*
 * playback_test.c - the place in a recording: wherever it is gone to, and from
 * wherever, the model is the one that folding from the start gives.
 */
#include "../../viz/playback.h"
#include "made_run.h"

static struct made made;
static struct playback playback;

static int begin(void **state __attribute__((unused)))
{
    made = made_begin();
    playback = (struct playback){.reader = {.descriptor = -1}};
    return 0;
}

static int end(void **state __attribute__((unused)))
{
    if (playback.reader.descriptor >= 0)
        playback_close(&playback);
    made_free(&made);
    return 0;
}

static void open_playback(void)
{
    char why[256];
    int file = made_file(&made);

    assert_true(playback_open(&playback, made_path(file), why, sizeof why));
    close(file);
    do
        playback_update(&playback, 0);
    while (!playback_is_complete(&playback));
}

static void assert_same_object(const struct model_object *a,
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

static void assert_same_model(const struct model *a, const struct model *b)
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
static void assert_seeks_are_folds(unsigned jumps, uint64_t steps, unsigned seed)
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

TEST(wherever_it_jumps_the_model_is_that_of_folding_from_the_start)
{
    made_by_chance(&made, 3000, 1);
    open_playback();
    assert_seeks_are_folds(300, 3000, 2);
}

TEST(in_a_long_run_snapshots_are_used_and_change_nothing)
{
    made_by_chance(&made, 150000, 3);
    open_playback();
    assert_true(playback.snapshot_count > 30);
    assert_true(playback.snapshot_spacing > 1024); /* they were thinned out */
    assert_seeks_are_folds(200, 150000, 4);
}

TEST(every_snapshot_is_the_fold_up_to_its_step)
{
    struct model fold = {.step = 0};

    made_by_chance(&made, 100000, 5);
    open_playback();
    for (unsigned i = 0; i < playback.snapshot_count; i++) {
        const struct model *snapshot = &playback.snapshots[i];
        assert_int_equal(snapshot->step, (i + 1) * playback.snapshot_spacing);
        model_seek(&fold, &playback.reader, snapshot->step);
        assert_same_model(snapshot, &fold);
    }
    model_free(&fold);
}

/* Each snapshot gets a mark, which the model then has that came from it. */
TEST(a_jump_folds_on_from_the_snapshot_before_it)
{
    made_by_chance(&made, 100000, 6);
    open_playback();
    for (unsigned i = 0; i < playback.snapshot_count; i++)
        playback.snapshots[i].gaps = 1000 + i;
    for (unsigned i = playback.snapshot_count - 1; i-- > 0;) {
        playback_seek(&playback,
                      playback.snapshots[i].step + playback.snapshot_spacing - 1);
        assert_int_equal(playback.model.gaps, 1000 + i);
    }
    playback_seek(&playback, playback.snapshots[20].step + 7); /* on again */
    assert_int_equal(playback.model.gaps, 1020);
}

TEST(going_back_from_the_end_of_a_killed_run_brings_its_threads_back)
{
    struct model fold = {.step = 0};

    made_by_chance(&made, 2000, 6);
    open_playback();
    assert_int_equal(playback.model.threads[0].state, STATE_KILLED);
    playback_seek(&playback, 1500);
    model_seek(&fold, &playback.reader, 1500);
    assert_same_model(&playback.model, &fold);
    playback_seek(&playback, UINT64_MAX);
    playback_update(&playback, 0);
    assert_int_equal(playback.model.threads[0].state, STATE_KILLED);
    playback_step(&playback, -1);
    model_seek(&fold, &playback.reader, playback.model.step);
    assert_same_model(&playback.model, &fold);
    model_free(&fold);
}

TEST(beyond_the_ends_it_stays_there)
{
    made_by_chance(&made, 50, 7);
    made_run_end(&made, 0);
    open_playback();
    playback_seek(&playback, 0);
    assert_int_equal(playback.model.step, 1);
    playback_step(&playback, -1);
    playback_change(&playback, -1);
    assert_int_equal(playback.model.step, 1);
    playback_seek(&playback, 1000);
    assert_int_equal(playback.model.step, 51);
    playback_step(&playback, 1);
    playback_change(&playback, 1);
    assert_int_equal(playback.model.step, 51);
    assert_false(playback_is_moving(&playback));
}

TEST(a_time_leads_to_the_first_step_at_or_after_it)
{
    made_by_chance(&made, 50, 8);
    open_playback();
    playback_seek_time(&playback, 0);
    assert_int_equal(playback.model.step, 1);
    playback_seek_time(&playback, 10 * MADE_MS);
    assert_int_equal(playback.model.step, 11);
    playback_seek_time(&playback, 10 * MADE_MS + 1);
    assert_int_equal(playback.model.step, 12);
    playback_seek_time(&playback, UINT64_MAX);
    assert_int_equal(playback.model.step, 50);
}

TEST(playing_follows_the_clock_at_its_speed_and_pauses_at_the_end)
{
    made_by_chance(&made, 100, 9);
    made_run_end(&made, 0);
    open_playback();
    playback_seek(&playback, 1);
    playback_play(&playback, 5000);
    assert_int_equal(playback.mode, PLAY_PACE);
    playback_update(&playback, 5000 + 20 * MADE_MS);
    assert_int_equal(playback.model.step, 21);
    assert_int_equal(playback.now_ns, 20 * MADE_MS);
    playback_set_speed(&playback, 1, 5000 + 20 * MADE_MS);
    playback_update(&playback, 5000 + 30 * MADE_MS);
    assert_int_equal(playback.model.step, 41);
    playback_set_speed(&playback, -1, 5000 + 30 * MADE_MS);
    playback_update(&playback, 5000 + 50 * MADE_MS);
    assert_int_equal(playback.model.step, 51);
    playback_update(&playback, UINT64_C(1000000) * MADE_MS);
    assert_int_equal(playback.model.step, 101);
    assert_int_equal(playback.mode, PLAY_PAUSED);
}

TEST(the_speed_has_limits)
{
    made_by_chance(&made, 50, 10);
    open_playback();
    for (int i = 0; i < 100; i++)
        playback_set_speed(&playback, playback.speed + 1, 0);
    assert_in_range(playback.speed, 1, 20);
    for (int i = 0; i < 200; i++)
        playback_set_speed(&playback, playback.speed - 1, 0);
    assert_true(playback.speed < 0 && playback.speed > -20);
}

#define PLAYBACK_TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        PLAYBACK_TEST(wherever_it_jumps_the_model_is_that_of_folding_from_the_start),
        PLAYBACK_TEST(in_a_long_run_snapshots_are_used_and_change_nothing),
        PLAYBACK_TEST(every_snapshot_is_the_fold_up_to_its_step),
        PLAYBACK_TEST(a_jump_folds_on_from_the_snapshot_before_it),
        PLAYBACK_TEST(going_back_from_the_end_of_a_killed_run_brings_its_threads_back),
        PLAYBACK_TEST(beyond_the_ends_it_stays_there),
        PLAYBACK_TEST(a_time_leads_to_the_first_step_at_or_after_it),
        PLAYBACK_TEST(playing_follows_the_clock_at_its_speed_and_pauses_at_the_end),
        PLAYBACK_TEST(the_speed_has_limits),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
