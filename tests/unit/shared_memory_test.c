/*
 * shared_memory_test.c - memory that the processes of a run share: each taker has its
 * own, and what one process writes there the others read.
 */
#include "family.h"

static bool is_zero(const unsigned char *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (bytes[i] != 0)
            return false;
    return true;
}

TEST(what_is_taken_is_zero_and_begins_a_cache_line_of_its_own)
{
    unsigned char *first = shared_memory_take(1);
    unsigned char *second = shared_memory_take(65);
    unsigned char *third = shared_memory_take(64);

    assert_true(is_zero(first, 1) && is_zero(second, 65) && is_zero(third, 64));
    assert_int_equal((uintptr_t)first % 64, 0);
    assert_int_equal((uintptr_t)second % 64, 0);
    assert_int_equal((uintptr_t)third % 64, 0);
    memset(first, 1, 1);
    memset(second, 2, 65);
    memset(third, 3, 64);
    assert_int_equal(*first, 1);
    assert_true(second[0] == 2 && second[64] == 2);
}

enum { TAKERS = 4, TIMES = 1000 };

/* Fills what it takes with its number, and looks at the end whether it still is. */
static bool take_many(struct caller *me)
{
    int *taken[TIMES];

    for (int i = 0; i < TIMES; i++) {
        taken[i] = shared_memory_take(sizeof(int));
        *taken[i] = me->item;
    }
    for (int i = 0; i < TIMES; i++)
        if (*taken[i] != me->item)
            return false;
    return true;
}

TEST(threads_that_take_at_the_same_time_get_memory_of_their_own)
{
    struct caller takers[TAKERS];

    for (int i = 0; i < TAKERS; i++) {
        takers[i] = (struct caller){.item = i};
        caller_start(&takers[i], take_many);
    }
    for (int i = 0; i < TAKERS; i++)
        assert_true(caller_result(&takers[i]));
}

/* --- between processes */

static _Atomic(atomic_int *) *child_took;

static void answer(struct process *self __attribute__((unused)))
{
    until(&shared->turn, 1);
    atomic_int *own = shared_memory_take(sizeof *own);
    atomic_store(own, 77);
    atomic_store(child_took, own);
    atomic_store(&shared->turn, 2);
}

static void both_ways(const char *argument __attribute__((unused)))
{
    struct process child = {.run = NULL};

    child_took = shared_memory_take(sizeof *child_took);
    process_start(&child, answer, "child");
    atomic_store(&shared->turn, 1); /* after the fork, and it sees it */
    until(&shared->turn, 2);
    atomic_int *own = shared_memory_take(sizeof *own);
    check(own != atomic_load(child_took)); /* one region, one count */
    check(atomic_load(atomic_load(child_took)) == 77);
    process_join(&child);
}

TEST(what_one_process_writes_the_others_read_and_an_address_holds_in_all)
{
    assert_went_well("both_ways", "");
}

static void take_all(const char *argument __attribute__((unused)))
{
    size_t taken = 0;
    void *last = &taken;

    while ((last = shared_memory_take((size_t)1 << 20)) != NULL)
        taken++;
    check(taken > 10 && taken < 1000);
    check(shared_memory_take((size_t)1 << 20) == NULL);
}

TEST(where_nothing_is_left_the_taker_is_told)
{
    assert_went_well("take_all", "");
}

static const struct child_case cases[] = {
    {"both_ways", both_ways},
    {"take_all", take_all},
    {NULL, NULL},
};

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_taken_is_zero_and_begins_a_cache_line_of_its_own),
        cmocka_unit_test(threads_that_take_at_the_same_time_get_memory_of_their_own),
        cmocka_unit_test(
            what_one_process_writes_the_others_read_and_an_address_holds_in_all),
        cmocka_unit_test(where_nothing_is_left_the_taker_is_told),
    };

    child_act(cases, argc, argv);
    return cmocka_run_group_tests_name("shared_memory", tests, NULL, NULL);
}
