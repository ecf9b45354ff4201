/* chance_test.c - a seed brings the same numbers back, for each thread its own. */
#include "chance.h"
#include "support.h"
#include "thread.h"

enum { DRAWS = 200 };

struct drawer {
    struct thread thread;
    int numbers[DRAWS];
};

static void draw(struct thread *self)
{
    struct drawer *me = (struct drawer *)self;

    for (int i = 0; i < DRAWS; i++)
        me->numbers[i] = chance_below(1000);
}

/* Prints what main and two threads draw; the argument is the seed. */
static void print_numbers(const char *seed)
{
    struct drawer drawers[2] = {{.thread = {.object = 0}}};

    chance_set_seed(strtoull(seed, NULL, 10));
    for (int i = 0; i < 2; i++)
        thread_start(&drawers[i].thread, draw, "drawer-%d", i);
    for (int i = 0; i < 2; i++)
        thread_join(&drawers[i].thread);
    for (int i = 0; i < DRAWS; i++)
        printf("%d %d %d\n", chance_below(1000), drawers[0].numbers[i],
               drawers[1].numbers[i]);
}

static const struct child_case cases[] = {{"numbers", print_numbers}, {NULL, NULL}};

TEST(the_same_seed_brings_the_same_numbers_to_each_thread)
{
    struct child_end first = child_run("numbers", "7");

    assert_int_equal(first.status, 0);
    for (int i = 0; i < 5; i++)
        assert_string_equal(child_run("numbers", "7").out, first.out);
}

TEST(another_seed_brings_other_numbers)
{
    assert_string_not_equal(child_run("numbers", "7").out,
                            child_run("numbers", "8").out);
}

TEST(threads_draw_different_numbers)
{
    struct child_end end = child_run("numbers", "7");
    int same = 0, mine, first, second, length;

    for (const char *at = end.out;
         sscanf(at, "%d %d %d\n%n", &mine, &first, &second, &length) == 3; at += length)
        same += (mine == first) + (first == second) + (mine == second);
    assert_true(same < 10); /* of 600 pairs; by chance alone, less than one */
}

TEST(numbers_are_below_the_bound_and_reach_all_of_it)
{
    unsigned seen = 0;

    for (int i = 0; i < 1000; i++) {
        int number = chance_below(10);
        assert_in_range(number, 0, 9);
        seen |= 1u << number;
    }
    assert_int_equal(seen, 0x3ff);
}

TEST(below_one_there_is_only_zero)
{
    assert_int_equal(chance_below(1), 0);
    assert_int_equal(chance_below(0), 0);
    assert_int_equal(chance_below(-5), 0);
}

TEST(a_text_has_its_own_numbers_which_the_seed_brings_back)
{
    chance_set_seed(7);
    uint64_t number = chance_of("text", 0), second = chance_of("text", 1);
    assert_true(second != number);
    assert_true(chance_of("texts", 0) != number);
    assert_true(chance_of("", 0) != chance_of("", 1));
    chance_below(10); /* has no effect on it */
    assert_true(chance_of("text", 0) == number);
    chance_set_seed(8);
    assert_true(chance_of("text", 0) != number);
    assert_true(chance_of("text", 0) != second);
    assert_true(chance_of("text", 0) != chance_of("text", 1));
    chance_set_seed(7);
    assert_true(chance_of("text", 0) == number);
}

TEST(numbers_of_texts_differ_in_every_bit)
{
    uint64_t ever = 0, always = UINT64_MAX;
    char text[16];

    for (int i = 0; i < 1000; i++) {
        snprintf(text, sizeof text, "link-%d", i);
        ever |= chance_of(text, 0);
        always &= chance_of(text, 0);
    }
    assert_true(ever == UINT64_MAX);
    assert_true(always == 0);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_seed_brings_the_same_numbers_to_each_thread),
        cmocka_unit_test(another_seed_brings_other_numbers),
        cmocka_unit_test(threads_draw_different_numbers),
        cmocka_unit_test(numbers_are_below_the_bound_and_reach_all_of_it),
        cmocka_unit_test(below_one_there_is_only_zero),
        cmocka_unit_test(a_text_has_its_own_numbers_which_the_seed_brings_back),
        cmocka_unit_test(numbers_of_texts_differ_in_every_bit),
    };

    child_act(cases, argc, argv);
    return cmocka_run_group_tests_name("chance", tests, NULL, NULL);
}
