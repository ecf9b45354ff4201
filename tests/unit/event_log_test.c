/*
 * event_log_test.c - the window of sentences and the search have, at every step, what a
 * slow reading of the whole recording has; and neither ever works for long.
 */
#include "../../viz/search.h"
#include "../../viz/sentence.h"
#include "drawn.h"

enum { STEPS = 40000, ROWS = 20 }; /* more than one slice */

static struct event_log log_;
static struct search search;
static unsigned char wanted[STEPS + 1]; /* whether a step is worth a line */

static uint64_t needle; /* the one step that prints that */

static void put_needle(void)
{
    for (needle = 5000; made.events[needle - 1].kind != TRACE_SAY;)
        needle++;
    made.events[needle - 1].text = made_text(&made, "needle");
}

static int begin_log(void **state)
{
    begin(state);
    log_ = (struct event_log){.count = 0};
    search = (struct search){.runs = false};
    made_free(&made);
    made = made_begin();
    made_by_chance(&made, STEPS, 7);
    put_needle();
    open_run();
    return 0;
}

static int end_log(void **state)
{
    event_log_free(&log_);
    search_free(&search);
    return end(state);
}

static struct filter parsed(const char *words)
{
    struct filter filter = {.count = 0};
    char why[128] = "";

    assert_true(filter_parse(&filter, words, "", 0, why, sizeof why));
    return filter;
}

/* Reads all, as slowly as can be. */
static void read_all(const struct filter *filter)
{
    struct model model = {.step = 0};

    while (model.step < STEPS) {
        model_apply(&model, &playback.reader);
        wanted[model.step] = event_log_has(filter, &playback, &model);
    }
    model_free(&model);
}

/* The log has the last wanted steps up to that one, all but those before its first. */
static void assert_log_at(uint64_t step, size_t rows)
{
    while (event_log_fill(&log_, &playback, step, rows))
        continue;
    size_t until = event_log_until(&log_, step);
    uint64_t at = step;
    for (size_t i = 0; i < until; i++, at--) {
        const struct log_line *line = &log_.lines[until - 1 - i];
        while (at > 0 && !wanted[at])
            at--;
        assert_int_equal(line->step, at);
        assert_int_equal(line->time_ns, reader_event(&playback.reader, at)->time_ns);
    }
    if (until < rows)
        for (; at > 0; at--)
            assert_false(wanted[at]);
}

static unsigned below(unsigned limit)
{
    static unsigned random_number = 5;

    random_number = random_number * 1103515245 + 12345;
    return (random_number >> 16) % limit;
}

static void look_everywhere(const char *words)
{
    struct filter filter = parsed(words);

    read_all(&filter);
    event_log_set_filter(&log_, &filter);
    for (int i = 0; i < 8; i++) {
        uint64_t step = 1 + below(STEPS);
        assert_log_at(step, ROWS);
        for (uint64_t on = step; on < step + 5 && on <= STEPS; on++)
            assert_log_at(on, ROWS);
        for (uint64_t back = step; back + 40 > step && back > 0; back -= 1 + below(9))
            assert_log_at(back, ROWS);
        step += below(4000); /* on by more lines than are kept */
        assert_log_at(step < STEPS ? step : STEPS, 300);
    }
    assert_log_at(1, ROWS);
    assert_log_at(STEPS, 500);
}

TEST(a_window_has_what_a_slow_reading_has)
{
    look_everywhere("");
}

TEST(a_window_has_what_its_filter_lets_through)
{
    look_everywhere("took");
    look_everywhere("waits");
    look_everywhere("thread:main a line");
}

TEST(a_filter_that_lets_nothing_through_looks_at_all_and_ends)
{
    look_everywhere("no such words");
    assert_int_equal(log_.count, 0);
}

TEST(a_live_run_is_followed_step_by_step)
{
    struct filter filter = parsed("");

    read_all(&filter);
    for (uint64_t step = 1; step <= STEPS; step += 1 + below(90))
        assert_log_at(step, ROWS);
}

TEST(a_line_has_the_sentence_of_its_step)
{
    char sentence[LOG_SENTENCE];
    struct model model = {.step = 0};

    while (event_log_fill(&log_, &playback, 3000, ROWS))
        continue;
    assert_true(event_log_until(&log_, 3000) >= ROWS);
    for (size_t i = 0; i < log_.count; i++) {
        struct text_buffer buffer = {sentence, sizeof sentence, 0};
        playback_model_at(&playback, &model, log_.lines[i].step);
        sentence_of_step(&buffer, &model, &playback.reader);
        assert_string_equal(log_.lines[i].sentence, sentence);
    }
    model_free(&model);
}

TEST(before_the_first_step_there_are_no_lines)
{
    assert_false(event_log_fill(&log_, &playback, 0, ROWS));
    assert_int_equal(event_log_until(&log_, 0), 0);
}

/* The nearest wanted step beyond that one, or 0. */
static uint64_t nearest(uint64_t step, int direction)
{
    for (step += (uint64_t)direction; step >= 1 && step <= STEPS;
         step += (uint64_t)direction)
        if (wanted[step])
            return step;
    return 0;
}

static uint64_t searched(const struct filter *filter, uint64_t from, int direction)
{
    enum search_result result;

    search_start(&search, filter, from, direction);
    do
        result = search_go_on(&search, &playback);
    while (result == SEARCH_GOES_ON);
    assert_false(search.runs);
    return result == SEARCH_FOUND ? search.at : 0;
}

TEST(a_search_finds_the_nearest_on_and_back)
{
    static const char *const words[] = {"took", "no such words", "holds the lock",
                                        "thread:main waits", ""};

    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        struct filter filter = parsed(words[i]);
        read_all(&filter);
        for (int j = 0; j < 5; j++) {
            uint64_t from = 1 + below(STEPS);
            assert_int_equal(searched(&filter, from, 1), nearest(from, 1));
            assert_int_equal(searched(&filter, from, -1), nearest(from, -1));
        }
        assert_int_equal(searched(&filter, STEPS, 1), 0);
        assert_int_equal(searched(&filter, 1, -1), 0);
    }
}

/* Where slices meet nothing is passed over. */
TEST(a_search_finds_a_rare_step_from_everywhere)
{
    struct filter filter = parsed("needle");

    for (uint64_t from = needle + 1; from < needle + 20000; from += 8188)
        for (uint64_t more = 0; more < 8; more++)
            assert_int_equal(searched(&filter, from + more, -1), needle);
    for (uint64_t from = 1; from < 4; from++)
        assert_int_equal(searched(&filter, from, 1), needle);
    assert_int_equal(searched(&filter, needle, 1), 0);
    assert_int_equal(searched(&filter, needle, -1), 0);
}

TEST(a_search_looks_at_a_few_thousand_steps_at_once)
{
    struct filter filter = parsed("no such words");

    for (int direction = -1; direction <= 1; direction += 2) {
        uint64_t before = direction > 0 ? 1 : STEPS;
        enum search_result result;
        search_start(&search, &filter, before, direction);
        do {
            result = search_go_on(&search, &playback);
            uint64_t looked = direction > 0 ? search.at - before : before - search.at;
            assert_in_range(looked, 1, 10000);
            before = search.at;
        } while (result == SEARCH_GOES_ON);
    }
}

#define LOG_TEST(name) cmocka_unit_test_setup_teardown(name, begin_log, end_log)

int main(void)
{
    const struct CMUnitTest tests[] = {
        LOG_TEST(a_window_has_what_a_slow_reading_has),
        LOG_TEST(a_window_has_what_its_filter_lets_through),
        LOG_TEST(a_filter_that_lets_nothing_through_looks_at_all_and_ends),
        LOG_TEST(a_live_run_is_followed_step_by_step),
        LOG_TEST(a_line_has_the_sentence_of_its_step),
        LOG_TEST(before_the_first_step_there_are_no_lines),
        LOG_TEST(a_search_finds_the_nearest_on_and_back),
        LOG_TEST(a_search_finds_a_rare_step_from_everywhere),
        LOG_TEST(a_search_looks_at_a_few_thousand_steps_at_once),
    };

    return cmocka_run_group_tests_name("event_log", tests, NULL, NULL);
}
