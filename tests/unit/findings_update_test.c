/*
 * findings_update_test.c - findings about shared variables and lists: updates that are
 * lost, and copies that a fork made.
 */
#include "found.h"

static uint64_t load(uint32_t thread, uint64_t value)
{
    uint64_t at = does(TRACE_SHARED_LOAD, thread, COUNT);

    latest()->number = value;
    return at;
}

static uint64_t store(uint32_t thread, uint64_t value)
{
    uint64_t at = does(TRACE_SHARED_STORE, thread, COUNT);

    latest()->number = value;
    return at;
}

/* --- lost updates */

TEST(a_value_made_from_an_old_one_loses_what_came_between)
{
    uint64_t read = load(ANN, 0), between = store(BOB, 1), late = store(ANN, 1);
    char sentence[200];

    end_with(0);
    snprintf(sentence, sizeof sentence,
             "ann wrote count from what it had read at step %d; bob had changed it at "
             "step %d",
             (int)read, (int)between);
    assert_found(FINDING_LOST_UPDATE, late, sentence);
}

TEST(who_reads_again_or_wrote_itself_loses_nothing)
{
    load(ANN, 0);
    store(BOB, 1);
    load(ANN, 1);
    store(ANN, 2);
    store(ANN, 3);
    end_with(0);
    assert_nothing(FINDING_LOST_UPDATE);
}

TEST(items_of_a_list_are_lost_one_by_one)
{
    make(TRACE_LIST_INIT, 30, 0, "list");
    for (uint64_t index = 0; index < 2; index++) {
        does(TRACE_LIST_GET, ANN, 30);
        latest()->number = 0;
        does(TRACE_LIST_SET, BOB, 30);
        latest()->number = 1 - index; /* first another one, then the same */
        does(TRACE_LIST_SET, ANN, 30);
        latest()->number = 0;
    }
    end_with(0);
    assert_int_equal(findings.count, 1);
    assert_int_equal(found(FINDING_LOST_UPDATE)->step, made.count - 1);
}

TEST(who_read_another_item_loses_nothing)
{
    make(TRACE_LIST_INIT, 30, 0, "list");
    does(TRACE_LIST_GET, ANN, 30);
    latest()->number = 1;
    does(TRACE_LIST_SET, BOB, 30);
    latest()->number = 0;
    does(TRACE_LIST_SET, ANN, 30);
    latest()->number = 0;
    end_with(0);
    assert_nothing(FINDING_LOST_UPDATE);
}

/* --- copies */

static void fork_and_change(uint32_t reader_of_own)
{
    does(TRACE_PROCESS_START, MAIN, 30);
    latest()->text = made_text(&made, "child");
    store(30, 1);
    load(reader_of_own, 0);
}

TEST(a_change_of_a_copy_is_told_if_the_maker_uses_its_own)
{
    fork_and_change(MAIN);
    end_with(1);
    assert_found(FINDING_OWN_COPY, made.count - 2,
                 "child changed its own copy of count; main does not see that");
    assert_int_equal(found(FINDING_OWN_COPY)->severity, FINDING_WARNING);
}

TEST(in_a_run_that_went_well_it_is_a_remark)
{
    fork_and_change(MAIN);
    end_with(0);
    assert_int_equal(found(FINDING_OWN_COPY)->severity, FINDING_REMARK);
}

TEST(a_lost_step_may_have_been_the_first_change_or_use_of_a_copy)
{
    tear();
    fork_and_change(MAIN);
    end_with(1);
    assert_nothing(FINDING_OWN_COPY);
}

TEST(what_was_seen_of_a_copy_before_a_lost_step_is_told)
{
    fork_and_change(MAIN);
    tear();
    end_with(1);
    assert_int_equal(found(FINDING_OWN_COPY)->to, made.count - 2);
}

TEST(a_process_may_use_its_copy_for_itself)
{
    fork_and_change(30);
    end_with(1);
    assert_nothing(FINDING_OWN_COPY);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FOUND_TEST(a_value_made_from_an_old_one_loses_what_came_between),
        FOUND_TEST(who_reads_again_or_wrote_itself_loses_nothing),
        FOUND_TEST(items_of_a_list_are_lost_one_by_one),
        FOUND_TEST(who_read_another_item_loses_nothing),
        FOUND_TEST(a_change_of_a_copy_is_told_if_the_maker_uses_its_own),
        FOUND_TEST(in_a_run_that_went_well_it_is_a_remark),
        FOUND_TEST(a_lost_step_may_have_been_the_first_change_or_use_of_a_copy),
        FOUND_TEST(what_was_seen_of_a_copy_before_a_lost_step_is_told),
        FOUND_TEST(a_process_may_use_its_copy_for_itself),
    };

    return cmocka_run_group_tests_name("findings of updates", tests, NULL, NULL);
}
