/*
 * findings_condition_test.c - findings about who waits on a condition: whether it looks
 * again, can use the news, and is told at all.
 */
#include "found.h"

enum { CHANGED = 30 };

static void wait_on_condition(uint32_t thread)
{
    does(TRACE_LOCK_ACQUIRE, thread, DOOR);
    does(TRACE_SHARED_LOAD, thread, COUNT);
    latest()->site = made_text(&made, "lesson.c:5");
    does(TRACE_CONDITION_WAIT_BEGIN, thread, CHANGED);
}

/* Ann is woken, and reads the variable in that line. */
static void wake_and_look(const char *line)
{
    make(TRACE_CONDITION_INIT, CHANGED, DOOR, "changed");
    wait_on_condition(ANN);
    does(TRACE_CONDITION_NOTIFY, BOB, CHANGED);
    does(TRACE_CONDITION_WAIT, ANN, CHANGED);
    does(TRACE_SHARED_LOAD, ANN, COUNT);
    latest()->site = made_text(&made, line);
}

TEST(who_is_woken_must_look_again_where_it_looked)
{
    wake_and_look("lesson.c:8");
    uint64_t acts = does(TRACE_SHARED_STORE, ANN, COUNT);
    end_with(0);
    assert_found(FINDING_NO_SECOND_LOOK, acts,
                 "ann was woken on changed and went on without looking again");
}

TEST(who_looks_again_may_act)
{
    wake_and_look("lesson.c:5");
    does(TRACE_SHARED_STORE, ANN, COUNT);
    does(TRACE_CONDITION_WAIT_BEGIN, ANN, CHANGED);
    end_with(0);
    assert_int_equal(findings.count, 0);
}

TEST(who_looks_again_and_waits_again_was_woken_in_vain)
{
    wake_and_look("lesson.c:5");
    uint64_t woken = made.count - 1;
    does(TRACE_CONDITION_WAIT_BEGIN, ANN, CHANGED);
    end_with(0);
    assert_int_equal(found(FINDING_WOKEN_IN_VAIN)->step, woken);
    assert_int_equal(found(FINDING_WOKEN_IN_VAIN)->severity, FINDING_REMARK);
    assert_non_null(strstr(found(FINDING_WOKEN_IN_VAIN)->sentence,
                           "1 time a thread was woken on changed"));
}

TEST(in_a_deadlock_to_be_woken_in_vain_is_a_warning)
{
    wake_and_look("lesson.c:5");
    does(TRACE_CONDITION_WAIT_BEGIN, ANN, CHANGED);
    does(TRACE_DEADLOCK, ANN, 0);
    end_with(3);
    assert_int_equal(found(FINDING_WOKEN_IN_VAIN)->severity, FINDING_WARNING);
    assert_nothing(FINDING_NEVER_NOTIFIED);
}

TEST(a_condition_that_nobody_told_of_is_named_in_a_deadlock)
{
    make(TRACE_CONDITION_INIT, CHANGED, DOOR, "changed");
    wait_on_condition(ANN);
    uint64_t first = made.count;
    wait_on_condition(BOB);
    does(TRACE_DEADLOCK, BOB, 0);
    end_with(3);
    assert_found(FINDING_NEVER_NOTIFIED, first,
                 "nobody ever notified changed, which left 2 threads waiting");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FOUND_TEST(who_is_woken_must_look_again_where_it_looked),
        FOUND_TEST(who_looks_again_may_act),
        FOUND_TEST(who_looks_again_and_waits_again_was_woken_in_vain),
        FOUND_TEST(in_a_deadlock_to_be_woken_in_vain_is_a_warning),
        FOUND_TEST(a_condition_that_nobody_told_of_is_named_in_a_deadlock),
    };

    return cmocka_run_group_tests_name("findings of conditions", tests, NULL, NULL);
}
