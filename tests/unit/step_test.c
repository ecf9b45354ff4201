/*
 * step_test.c - every visible operation passes the door once, before it acts, with none
 * of the kit's locks held. The operations of a queue are in step_queue_test.c.
 */
#include "caller.h"
#include "condition.h"
#include "event_flag.h"
#include "say.h"
#include "step_seen.h"

static struct lock lock;
static struct condition condition;
static struct event_flag flag;
static struct caller ended; /* a thread to join */
static struct caller fresh; /* a thread to start */

/* Everything that an operation below could change, as one number. */
static uint64_t all_state(void)
{
    uint64_t state = atomic_load(&lock.holder) != NULL;

    state = state * 7 + flag.is_set;
    state = state * 7 + (ended.thread.reaped ? 1 : 0);
    return state * 7 + (atomic_load(&fresh.thread.record) != NULL);
}

static bool all_monitors_are_free(void)
{
    return atomic_load(&lock.monitor.word) == 0 && atomic_load(&flag.monitor.word) == 0;
}

static void acquire(void)
{
    lock_acquire(&lock);
}

static void acquire_within(void)
{
    assert_false(lock_acquire_within(&lock, 1)); /* waits, and gives up */
}

static void acquire_nowait(void)
{
    assert_true(lock_acquire_nowait(&lock));
}

static void release(void)
{
    lock_release(&lock);
}

static void wait_in_vain(void)
{
    assert_false(condition_wait_within(&condition, 1));
}

static void notify(void)
{
    condition_notify(&condition);
}

static void notify_all(void)
{
    condition_notify_all(&condition);
}

TEST(each_operation_on_a_lock_and_its_condition_passes_once_before_it_acts)
{
    lock_init(&lock, "lock");
    condition_init(&condition, "condition", &lock);
    check(acquire, TRACE_LOCK_ACQUIRE, lock.object);
    check(acquire_within, TRACE_LOCK_ACQUIRE, lock.object);
    check(wait_in_vain, TRACE_CONDITION_WAIT, condition.object);
    check(notify, TRACE_CONDITION_NOTIFY, condition.object);
    check(notify_all, TRACE_CONDITION_NOTIFY, condition.object);
    check(release, TRACE_LOCK_RELEASE, lock.object);
    check(acquire_nowait, TRACE_LOCK_ACQUIRE, lock.object);
    check(release, TRACE_LOCK_RELEASE, lock.object);
    condition_destroy(&condition);
    lock_destroy(&lock);
}

static void set_flag(void)
{
    event_flag_set(&flag);
}

static void clear_flag(void)
{
    event_flag_clear(&flag);
}

static void look_at_flag(void)
{
    event_flag_is_set(&flag);
}

static void wait_for_flag(void)
{
    event_flag_wait(&flag);
}

static void wait_for_flag_in_vain(void)
{
    assert_false(event_flag_wait_within(&flag, 1));
}

TEST(each_operation_on_a_flag_passes_once_before_it_acts)
{
    event_flag_init(&flag, "flag");
    check(wait_for_flag_in_vain, TRACE_EVENT_WAIT, flag.object);
    check(set_flag, TRACE_EVENT_SET, flag.object);
    check(wait_for_flag, TRACE_EVENT_WAIT, flag.object);
    check(look_at_flag, TRACE_EVENT_LOOK, flag.object);
    check(clear_flag, TRACE_EVENT_CLEAR, flag.object);
    event_flag_destroy(&flag);
}

static bool do_nothing(struct caller *me __attribute__((unused)))
{
    return true;
}

static void start_thread(void)
{
    fresh.call = do_nothing;
    thread_start(&fresh.thread, caller_run, "fresh");
}

static void join_thread(void)
{
    thread_join(&ended.thread);
}

static void take_a_nap(void)
{
    nap(1);
}

static void say_nothing(void)
{
    say("%s", "");
}

static void say_a_piece_of_nothing(void)
{
    say_piece("%s", "");
}

TEST(starting_joining_napping_and_saying_pass_once_before_they_act)
{
    caller_start(&ended, do_nothing);
    seen.passed = 0;
    start_thread();
    assert_int_equal(seen.passed, 1);
    assert_int_equal(seen.step.kind, TRACE_THREAD_START);
    assert_int_equal(seen.step.object, fresh.thread.object);
    check(join_thread, TRACE_THREAD_JOIN, ended.thread.object);
    check(take_a_nap, TRACE_NAP_END, 0);
    check(say_nothing, TRACE_SAY, 0);
    check(say_a_piece_of_nothing, TRACE_SAY_PIECE, 0);
    thread_join(&fresh.thread);
}

static int last_kind; /* of the other thread's last step */

static void watch_the_other(const struct step *next)
{
    if (!pthread_equal(pthread_self(), seen.thread))
        last_kind = (int)next->kind; /* read after the join */
}

TEST(a_thread_that_ends_passes_with_its_end)
{
    struct caller thread = {.item = 0};

    step_gate = watch_the_other;
    caller_start(&thread, do_nothing);
    caller_result(&thread);
    assert_int_equal(last_kind, TRACE_THREAD_END);
    step_gate = gate;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(
            each_operation_on_a_lock_and_its_condition_passes_once_before_it_acts),
        cmocka_unit_test(each_operation_on_a_flag_passes_once_before_it_acts),
        cmocka_unit_test(starting_joining_napping_and_saying_pass_once_before_they_act),
        cmocka_unit_test(a_thread_that_ends_passes_with_its_end),
    };

    gate_open(all_state, all_monitors_are_free);
    return cmocka_run_group_tests_name("step", tests, NULL, NULL);
}
