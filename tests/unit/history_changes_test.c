/*
 * history_changes_test.c - a thread's states over time: what the blocks tell of any
 * span is what a walk over all changes tells.
 */
#include "../../viz/history_changes.h"
#include "made_run.h"

enum { MANY = 3000 };

/* The same changes, plainly. */
static struct {
    uint64_t step, time_ns;
    enum state state;
} plain[MANY];

static struct changes changes;
static struct made_state chance;
static size_t count;

static int begin(void **state __attribute__((unused)))
{
    changes = (struct changes){.list = NULL};
    chance = (struct made_state){.random = 5};
    count = 0;
    return 0;
}

static int end(void **state __attribute__((unused)))
{
    changes_free(&changes);
    return 0;
}

static void add(uint64_t steps, uint64_t after_ns, enum state state)
{
    uint64_t step = count > 0 ? plain[count - 1].step : 0;
    uint64_t time_ns = count > 0 ? plain[count - 1].time_ns : 0;

    plain[count].step = step + steps;
    plain[count].time_ns = time_ns + after_ns;
    plain[count].state = state;
    changes_add(&changes, plain[count].step, plain[count].time_ns, state);
    count++;
}

static enum state plainly(uint64_t step, uint64_t start_ns, uint64_t end_ns,
                          unsigned *states)
{
    uint64_t spent[STATES] = {0};
    enum state longest = STATE_NONE;
    size_t seen = 0, first = 0;

    *states = 0;
    while (seen < count && plain[seen].step <= step && plain[seen].time_ns < end_ns)
        seen++;
    while (first + 1 < seen && plain[first + 1].time_ns <= start_ns)
        first++;
    for (size_t i = first; i < seen; i++) {
        uint64_t from = plain[i].time_ns > start_ns ? plain[i].time_ns : start_ns;
        uint64_t until = i + 1 < seen ? plain[i + 1].time_ns : end_ns;
        spent[plain[i].state] += until - from + 1;
    }
    for (int i = 1; i < STATES; i++) {
        if (spent[i] > spent[longest])
            longest = (enum state)i;
        if (spent[i] > 0)
            *states |= 1u << i;
    }
    return longest;
}

static uint64_t any_below(uint64_t most)
{
    return (made_chance(&chance, 60000) * UINT64_C(60000) * 60000 +
            made_chance(&chance, 60000) * UINT64_C(60000) +
            made_chance(&chance, 60000)) %
           most;
}

static void assert_same(uint64_t step, uint64_t start_ns, uint64_t end_ns)
{
    unsigned states, wanted_states;
    enum state wanted = plainly(step, start_ns, end_ns, &wanted_states);

    assert_int_equal(changes_between(&changes, step, start_ns, end_ns, &states),
                     wanted);
    assert_int_equal(states, wanted_states);
}

static void assert_all_spans_are_the_same(void)
{
    uint64_t steps = plain[count - 1].step + 5, time_ns = plain[count - 1].time_ns + 99;

    for (int i = 0; i < 4000; i++) {
        uint64_t start = any_below(time_ns);
        uint64_t wide = i % 2 == 0 ? 200 : time_ns;
        assert_same(i % 4 == 0 ? UINT64_MAX : any_below(steps), start,
                    start + 1 + any_below(wide));
    }
    for (size_t i = 1; i < count; i++) { /* from change to change */
        assert_same(UINT64_MAX, plain[i - 1].time_ns, plain[i].time_ns + 1);
        assert_same(plain[i].step - 1, plain[i].time_ns, plain[i].time_ns + 1);
    }
}

TEST(any_span_of_many_short_states_is_as_a_walk_tells_it)
{
    while (count < MANY)
        add(1 + made_chance(&chance, 30), made_chance(&chance, 4) * 17u,
            1 + made_chance(&chance, STATES - 1));
    assert_true(changes.block_count >= MANY / 64);
    assert_all_spans_are_the_same();
}

TEST(states_of_hours_between_short_ones_are_as_a_walk_tells_them)
{
    while (count < MANY)
        add(1 + made_chance(&chance, 3),
            made_chance(&chance, 20) == 0 ? any_below(UINT64_C(7200) * 1000000000)
                                          : made_chance(&chance, 900),
            1 + made_chance(&chance, STATES - 1));
    assert_all_spans_are_the_same();
}

TEST(changes_many_millions_of_steps_apart_are_as_a_walk_tells_them)
{
    while (count < 300)
        add(1 + made_chance(&chance, 5) * UINT64_C(150000000),
            made_chance(&chance, 9000), 1 + made_chance(&chance, STATES - 1));
    assert_all_spans_are_the_same();
}

TEST(without_changes_or_before_them_there_is_no_state)
{
    unsigned states = 7;

    assert_int_equal(changes_between(&changes, 9, 0, 100, &states), STATE_NONE);
    assert_int_equal(states, 0);
    add(5, 1000, STATE_RUN);
    assert_int_equal(changes_between(&changes, 9, 0, 1000, &states), STATE_NONE);
    assert_int_equal(changes_between(&changes, 4, 0, 2000, &states), STATE_NONE);
    assert_int_equal(changes_between(&changes, 5, 0, 1001, &states), STATE_RUN);
    assert_int_equal(changes_between(&changes, 5, 0, 0, &states), STATE_NONE);
}

TEST(a_change_takes_eight_bytes_and_its_block_little_more)
{
    while (count < MANY)
        add(1, 100, 1 + made_chance(&chance, STATES - 1));
    size_t bytes = changes.count * sizeof *changes.list +
                   changes.block_count * sizeof *changes.blocks;
    assert_true(bytes < 10 * count);
}

#define CHANGES_TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CHANGES_TEST(any_span_of_many_short_states_is_as_a_walk_tells_it),
        CHANGES_TEST(states_of_hours_between_short_ones_are_as_a_walk_tells_them),
        CHANGES_TEST(changes_many_millions_of_steps_apart_are_as_a_walk_tells_them),
        CHANGES_TEST(without_changes_or_before_them_there_is_no_state),
        CHANGES_TEST(a_change_takes_eight_bytes_and_its_block_little_more),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
