/*
 * filter_test.c - the few words of a filter mean what a student would guess.
 */
#include "../../viz/filter.h"
#include "drawn.h"

static struct filter filter;

/* How many of the made steps the words let through; letters are those of the view. */
static unsigned count(const char *words)
{
    char why[128] = "";
    struct model model = {.step = 0};
    unsigned let_through = 0;

    open_run();
    draw(80, 24);
    if (!filter_parse(&filter, words, scene.keys, scene.model->thread_count, why,
                      sizeof why))
        fail_msg("'%s' is refused: %s", words, why);
    while (model.step < playback.reader.steps) {
        model_apply(&model, &playback.reader);
        let_through += filter_matches(&filter, &model, &playback.reader);
    }
    model_free(&model);
    playback_close(&playback);
    playback.reader.descriptor = -1;
    return let_through;
}

/* Four steps of the beginning, and these: */
static void make_steps(void)
{
    made_step(&made, TRACE_QUEUE_GET_BEGIN, WORKER, TASKS);
    made_put(&made, MAIN, TASKS, 1, 1, "Elk");
    made_get(&made, WORKER, TASKS, 6, 0, 1);
    made_say(&made, PRINTER, "got elk");
    made_step(&made, TRACE_NAP_BEGIN, MAIN, 0);
}

TEST(no_words_let_everything_through)
{
    make_steps();
    assert_int_equal(count(""), 9);
    assert_int_equal(count("   "), 9);
}

TEST(all_words_must_be_in_the_sentence_whatever_their_capitals)
{
    make_steps();
    assert_int_equal(count("elk"), 3);
    assert_int_equal(count("ELK tasks"), 2);
    assert_int_equal(count("elk TOOK"), 1);
    assert_int_equal(count("elk nowhere"), 0);
}

TEST(a_thread_is_asked_for_by_name_or_letter)
{
    make_steps();
    assert_int_equal(count("thread:worker-0"), 2);
    assert_int_equal(count("0"), 2);
    assert_int_equal(count("thread:0"), 2);
    assert_int_equal(count("thread:printer"), 1);
    assert_int_equal(count("thread:Print"), 1);
    assert_int_equal(count("thread:main elk"), 1);
    assert_int_equal(count("thread:nobody"), 0);
}

TEST(a_number_is_no_part_of_a_longer_one)
{
    made_thread(&made, 8, "worker-1");
    made_thread(&made, 9, "worker-10");
    made_say(&made, 8, "I");
    made_say(&made, 9, "II");
    made_say(&made, 9, "III");
    assert_int_equal(count("thread:worker-1"), 1);
    assert_int_equal(count("thread:worker-10"), 2);
    assert_int_equal(count("thread:worker"), 3);
}

TEST(objects_events_and_waits_are_asked_for)
{
    make_steps();
    assert_int_equal(count("object:tasks"), 4); /* it is made, too */
    assert_int_equal(count("object:task"), 4);
    assert_int_equal(count("event:queue_get"), 2);
    assert_int_equal(count("event:put"), 1);
    assert_int_equal(count("waits"), 1); /* a nap is none */
    assert_int_equal(count("waits thread:main"), 0);
    assert_int_equal(count("object:tasks thread:main event:put elk"), 1);
}

TEST(what_cannot_be_meant_is_refused_and_the_filter_stays)
{
    char why[128] = "";
    struct filter before;

    assert_true(filter_parse(&filter, "elk", "", 0, why, sizeof why));
    before = filter;
    assert_false(filter_parse(&filter, "took thread:", "", 0, why, sizeof why));
    assert_contains(why, "thread:worker-1");
    assert_false(filter_parse(&filter, "a b c d e f g h i", "", 0, why, sizeof why));
    assert_contains(why, "at most 7 words");
    assert_false(filter_parse(
        &filter, "a-word-that-is-longer-than-any-name-that-there-could-ever-be", "", 0,
        why, sizeof why));
    assert_contains(why, "too long");
    assert_memory_equal(&before, &filter, sizeof filter);
}

TEST(a_search_adds_its_words_with_their_blanks)
{
    make_steps();
    assert_int_equal(count("thread:worker-0"), 2);
    assert_true(filter_add_text(&filter, "'Elk' from"));
    struct model model = {.step = 0};
    open_run();
    playback_model_at(&playback, &model, 7);
    assert_true(filter_matches(&filter, &model, &playback.reader));
    playback_model_at(&playback, &model, 6);
    assert_false(filter_matches(&filter, &model, &playback.reader));
    model_free(&model);
    while (filter_add_text(&filter, "more"))
        continue;
    assert_int_equal(filter.count, FILTER_TERMS);
}

TEST(an_event_that_is_named_may_be_short)
{
    char why[128] = "";

    assert_true(filter_parse(&filter, "tasks event:begin", "", 0, why, sizeof why));
    assert_true(filter_names_events(&filter));
    assert_true(filter_parse(&filter, "tasks waits", "", 0, why, sizeof why));
    assert_false(filter_names_events(&filter));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        VIEW_TEST(no_words_let_everything_through),
        VIEW_TEST(all_words_must_be_in_the_sentence_whatever_their_capitals),
        VIEW_TEST(a_thread_is_asked_for_by_name_or_letter),
        VIEW_TEST(a_number_is_no_part_of_a_longer_one),
        VIEW_TEST(objects_events_and_waits_are_asked_for),
        VIEW_TEST(what_cannot_be_meant_is_refused_and_the_filter_stays),
        VIEW_TEST(a_search_adds_its_words_with_their_blanks),
        VIEW_TEST(an_event_that_is_named_may_be_short),
    };

    return cmocka_run_group_tests_name("filter", tests, NULL, NULL);
}
