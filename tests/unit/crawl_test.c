/* crawl_test.c - what a link takes and brings depends on the link and the seed alone.
 */
#include "chance.h"
#include "crawl.h"
#include "lesson.h"
#include "support.h"
#include "thread.h"

TEST(the_documents_links_come_first_and_null_last)
{
    assert_string_equal(crawl_links[0], "https://python.org");
    assert_string_equal(crawl_links[1], "https://docs.python.org");
    assert_string_equal(crawl_links[2], "https://peps.python.org");
    for (int i = 0; i < CRAWL_LINKS; i++) {
        assert_non_null(crawl_links[i]);
        for (int k = 0; k < i; k++)
            assert_string_not_equal(crawl_links[i], crawl_links[k]);
    }
    assert_null(crawl_links[CRAWL_LINKS]);
}

TEST(the_documents_links_take_their_time_whatever_the_seed)
{
    char copy[] = "https://docs.python.org";

    for (uint64_t seed = 0; seed < 100; seed++) {
        chance_set_seed(seed);
        assert_int_equal(crawl_time(crawl_links[0], LESSON_BY_LINK), 2000);
        assert_int_equal(crawl_time(copy, LESSON_BY_LINK), 1200);
        assert_int_equal(crawl_time(crawl_links[2], LESSON_BY_LINK), 1600);
    }
}

TEST(a_delay_that_is_given_holds_for_every_link)
{
    assert_int_equal(crawl_time(crawl_links[0], 0), 0);
    assert_int_equal(crawl_time(crawl_links[1], 2000), 2000);
    assert_int_equal(crawl_time("any", 7), 7);
}

TEST(other_links_take_from_800_to_2000_ms)
{
    int least = 2001, most = 0;

    for (uint64_t seed = 0; seed < 5000; seed++) {
        chance_set_seed(seed);
        int time = crawl_time("https://example.org", LESSON_BY_LINK);
        least = time < least ? time : least;
        most = time > most ? time : most;
    }
    assert_in_range(least, 800, 850);
    assert_in_range(most, 1950, 2000);
}

TEST(numbers_are_from_0_to_1_and_spread)
{
    int low = 0;

    for (uint64_t seed = 0; seed < 1000; seed++) {
        chance_set_seed(seed);
        double number = crawl_number("https://example.org");
        assert_true(number >= 0 && number < 1);
        low += number < 0.5;
    }
    assert_in_range(low, 400, 600);
}

TEST(links_and_seeds_bring_different_numbers)
{
    chance_set_seed(1);
    double first = crawl_number("a"), other = crawl_number("b");
    chance_set_seed(2);
    assert_true(first != other);
    assert_true(crawl_number("a") != first);
    chance_set_seed(1);
    assert_true(crawl_number("a") == first);
}

struct asker {
    struct thread thread;
    int time;
    double number;
};

static void ask(struct thread *self)
{
    struct asker *me = (struct asker *)self;

    chance_below(10); /* draws nothing from what a link takes and brings */
    me->time = crawl_time("any", LESSON_BY_LINK);
    me->number = crawl_number("any");
}

TEST(every_thread_gets_the_same_however_often_it_asks)
{
    struct asker askers[3] = {{.time = 0}};

    chance_set_seed(11);
    int time = crawl_time("any", LESSON_BY_LINK);
    double number = crawl_number("any");
    for (int i = 0; i < 3; i++)
        thread_start(&askers[i].thread, ask, "asker-%d", i);
    for (int i = 0; i < 3; i++) {
        thread_join(&askers[i].thread);
        assert_int_equal(askers[i].time, time);
        assert_true(askers[i].number == number);
    }
    assert_true(crawl_number("any") == number);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_documents_links_come_first_and_null_last),
        cmocka_unit_test(the_documents_links_take_their_time_whatever_the_seed),
        cmocka_unit_test(a_delay_that_is_given_holds_for_every_link),
        cmocka_unit_test(other_links_take_from_800_to_2000_ms),
        cmocka_unit_test(numbers_are_from_0_to_1_and_spread),
        cmocka_unit_test(links_and_seeds_bring_different_numbers),
        cmocka_unit_test(every_thread_gets_the_same_however_often_it_asks),
    };

    return cmocka_run_group_tests_name("crawl", tests, NULL, NULL);
}
