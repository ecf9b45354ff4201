/*
 * playback_test.c - the place in a recording: wherever it is gone to, and from
 * wherever, the model is the one that folding from the start gives.
 */
#include "folded.h"

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

static void make_locks(uint32_t count)
{
    made_run_start(&made);
    for (uint32_t i = 2; i <= count; i++)
        made_step(&made, TRACE_LOCK_INIT, 1, i);
}

/* Many objects make every model large, here five megabytes or so, where they change all
   over between two snapshots. */
TEST(snapshots_of_a_large_model_stay_within_their_memory)
{
    make_locks(20000);
    for (uint32_t i = 0; made.count < 60000; i++)
        made_step(&made, i % 2 == 0 ? TRACE_LOCK_ACQUIRE : TRACE_LOCK_RELEASE, 1,
                  2 + i / 2 * 37 % 19990);
    open_playback();
    assert_in_range(playback.snapshot_count, 2, 30);
    assert_true(playback.snapshot_bytes < 65 << 20);
    assert_true(playback.snapshot_bytes >=
                playback.snapshot_count * 20000 / 2 * sizeof(struct model_object));
    assert_seeks_are_folds(5, 60000, 15);
}

TEST(snapshots_share_the_objects_that_do_not_change)
{
    make_locks(20000);
    while (made.count < 90000)
        made_say(&made, 1, "a line");
    open_playback();
    assert_true(playback.snapshot_count > 80);
    assert_true(playback.snapshot_bytes < 32 << 20);
    assert_seeks_are_folds(20, 90000, 15);
}

TEST(snapshots_of_a_long_queue_share_what_is_in_it)
{
    made_run_start(&made);
    made_queue(&made, 2, "items", 0);
    for (uint32_t i = 1; i <= 200000; i++)
        made_put(&made, 1, 2, i, i, "item");
    open_playback();
    assert_true(playback.snapshot_count > 90);
    assert_true(playback.snapshot_bytes < 16 << 20);
    assert_seeks_are_folds(20, 200000, 16);
}

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
        PLAYBACK_TEST(snapshots_of_a_large_model_stay_within_their_memory),
        PLAYBACK_TEST(snapshots_share_the_objects_that_do_not_change),
        PLAYBACK_TEST(snapshots_of_a_long_queue_share_what_is_in_it),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
