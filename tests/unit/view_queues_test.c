/*
 * view_queues_test.c - the queues: what is in them from both ends, what moved last and
 * who moved it, and how much more there is than is shown.
 */
#include "../../viz/view_contents.h"
#include "made_family.h"

#include "drawn.h"

/* The row of the picture that begins with these words. */
static const char *row_of(const char *words)
{
    for (int i = 1; i <= canvas.rows; i++)
        if (strncmp(row(i), words, strlen(words)) == 0)
            return row(i);
    fail_msg("no row begins with \"%s\":\n%s", words, picture);
    return "";
}

/* What view_contents draws of an object into so many cells. */
static const char *contents(uint32_t object, int columns)
{
    static char line[4096];
    struct queue_row row = {&canvas, &scene, 0, 0, columns};
    size_t length = 0;

    canvas_reset(&canvas, 1, 400);
    view_contents(&row, model_object(scene.model, object));
    for (int i = 0; i < canvas.columns; i++) {
        const char *bytes = canvas.cells[i].bytes;
        assert_true(i < columns || strcmp(bytes, " ") == 0);
        strcpy(line + length, bytes);
        length += strlen(bytes);
    }
    while (length > 0 && line[length - 1] == ' ')
        length--;
    line[length] = '\0';
    return line;
}

/* --- both ends and the count between them */

enum { MANY = 40 };

/* Labels of several widths: "e0" "中1" "wide-2". */
static void label_of(char *label, size_t size, unsigned i)
{
    static const char *const stems[] = {"e", "中", "wide-"};

    snprintf(label, size, "%s%u", stems[i % 3], i);
}

static void put_many(unsigned count)
{
    char label[32];

    for (unsigned i = 0; i < count; i++) {
        label_of(label, sizeof label, i);
        made_put(&made, MAIN, TASKS, i + 1, i + 1, label);
    }
}

/* Reads items off the front of the line as long as they are the ones from there on. */
static unsigned read_items(char **at, unsigned from)
{
    char label[32];
    unsigned count = 0;

    for (;; count++) {
        label_of(label, sizeof label, from + count);
        char *text = *at;
        if (*text == '*')
            text++;
        if (strncmp(text, label, strlen(label)) != 0 ||
            (text[strlen(label)] != ' ' && text[strlen(label)] != '\0'))
            return count;
        *at = text + strlen(label);
        *at += **at == ' ';
    }
}

TEST(at_any_width_both_ends_are_shown_and_the_items_between_are_counted)
{
    unsigned most = 0;

    put_many(MANY);
    made_say(&made, MAIN, "more");
    open_run();
    draw_at(made.count - 1);
    for (int columns = 0; columns < 400; columns++) {
        char line[4096], *at = line;
        unsigned hidden = 0;
        strcpy(line, contents(TASKS, columns));
        if (columns < 20) /* no room for a whole item and the count */
            continue;
        assert_memory_equal(at, "< ", 2);
        at += 2;
        unsigned front = read_items(&at, 0);
        if (front < MANY) {
            int length = 0;
            assert_int_equal(sscanf(at, "… +%u … %n", &hidden, &length), 1);
            at += length;
        }
        unsigned back = read_items(&at, front + hidden);
        if (*at != '\0' && strstr(at, " by main") == NULL)
            fail_msg("at %d columns this is left: %s\nof %s", columns, at, line);
        assert_int_equal(front + hidden + back, MANY);
        assert_true(front > 0 && (hidden == 0 || back > 0));
        most = front + back;
    }
    assert_int_equal(most, MANY);
}

TEST(where_not_even_an_item_fits_the_count_stands_alone)
{
    put_many(MANY);
    open_run();
    draw_at(made.count);
    assert_string_equal(contents(TASKS, 8), "< +40");
    assert_string_equal(contents(TASKS, 5), "< +40");
    assert_string_equal(contents(TASKS, 4), "< …"); /* a part of a number would lie */
    assert_string_equal(contents(TASKS, 10), "< … +40 …");
}

TEST(a_process_queue_tells_which_of_its_hidden_items_are_buffered)
{
    enum { RESULTS = 50 };

    made_object(&made, TRACE_PROCESS_QUEUE_INIT, MAIN, RESULTS, 0, "results");
    for (unsigned i = 0; i < 20; i++)
        made_send(&made, TRACE_PROCESS_QUEUE_PUT, MAIN, RESULTS, 0, 1 + i, "item");
    for (unsigned i = 0; i < 8; i++)
        made_act_on(&made, TRACE_PROCESS_QUEUE_SEND, WORKER, RESULTS, 6 + i, 1 + i,
                    19 - i);
    made_say(&made, MAIN, "more");
    open_run();
    draw_at(made.count - 1);
    assert_string_equal(contents(RESULTS, 40),
                        "< item item item … +5 │ +10 … item item");
    assert_string_equal(
        contents(RESULTS, 70),
        "< item item item … +5 │ +9 … item item item     item sent by worker-0");
    draw_at(5 + 20 + 1); /* one is sent */
    assert_contains(contents(RESULTS, 32), "< *item │ item … +1");
    assert_contains(contents(RESULTS, 22), "< *item │ … +1");
}

/* --- what moved last, and who did it */

TEST(the_item_that_came_last_is_marked_and_the_row_says_who_put_or_took_one)
{
    made_put(&made, MAIN, TASKS, 1, 1, "e");              /* 5 */
    made_put(&made, PRINTER, TASKS, 2, 2, "two words");   /* 6 */
    made_say(&made, MAIN, "hello");                       /* 7 */
    made_get(&made, WORKER, TASKS, 5, 1, 2);              /* 8 */
    made_step(&made, TRACE_QUEUE_GET_BEGIN, MAIN, TASKS); /* 9 */
    made_put(&made, MAIN, TASKS, 2, 2, "f");              /* 10 */
    open_run();
    draw_at(5);
    assert_contains(row_of(" tasks"), "< *e ");
    assert_contains(row_of(" tasks"), " e put by main  1 queued");
    draw_at(6);
    assert_contains(row_of(" tasks"), " 'two words' put by printer  2 queued");
    draw_at(7); /* it stays marked until another moves */
    assert_contains(row_of(" tasks"), "< e *'two words' ");
    assert_null(strstr(row_of(" tasks"), "  'two words' put by printer"));
    draw_at(9);
    assert_contains(row_of(" tasks"), "< 'two words' ");
    assert_contains(row_of(" tasks"), " last: e taken by worker-0  1 queued");
}

TEST(who_moved_it_is_left_out_where_the_items_need_the_room)
{
    put_many(9);
    open_run();
    draw_at(made.count - 1);
    assert_contains(row_of(" tasks"), "wide-5 e6 *中7 ");
    assert_null(strstr(row_of(" tasks"), " by "));
    draw(120, 24);
    assert_contains(row_of(" tasks"), " 中7 put by main  8 queued");
}

TEST(a_long_queue_leaves_room_for_who_moved_the_last_one)
{
    put_many(MANY);
    made_get(&made, WORKER, TASKS, 5, MANY - 1, MANY);
    made_say(&made, MAIN, "more");
    open_run();
    draw_at(made.count - 1);
    assert_contains(row_of(" tasks"), " tasks     < 中1 wide-2 … +3");
    assert_contains(row_of(" tasks"), " … e39   e0 taken by worker-0  39 queued");
    draw(60, 16);
    assert_null(strstr(row_of(" tasks"), " by "));
    assert_contains(row_of(" tasks"), " … +3");
}

TEST(a_queue_that_nothing_moved_in_has_no_mark)
{
    open_run();
    draw_at(4);
    assert_null(strstr(row_of(" tasks"), "*"));
    assert_null(strstr(row_of(" tasks"), " by "));
}

/* --- how much room there is */

TEST(free_places_are_dots_and_a_full_queue_stands_out)
{
    made_queue(&made, 50, "slots", 3);    /* 5 */
    made_put(&made, MAIN, 50, 1, 1, "a"); /* 6 */
    made_put(&made, MAIN, 50, 2, 2, "b"); /* 7 */
    made_put(&made, MAIN, 50, 3, 3, "c"); /* 8 */
    made_queue(&made, 51, "large", 1000); /* 9 */
    open_run();
    draw_at(5);
    assert_contains(row_of(" slots"), "< · · ·  ");
    draw_at(7);
    assert_contains(row_of(" slots"), "< a *b ·  ");
    assert_contains(row_of(" slots"), " 2 of 3 queued");
    draw_at(8);
    assert_contains(row_of(" slots"), "< a b *c  ");
    assert_contains(row_of(" slots"), " 3 of 3 queued (full)");
    draw_at(9);
    assert_null(strstr(row_of(" large"), "·"));
}

TEST(words_that_do_not_fit_are_cut_and_leave_the_name_alone)
{
    made_put(&made, MAIN, TASKS, 1, 1, "a");
    made_step(&made, TRACE_QUEUE_JOIN_BEGIN, PRINTER, TASKS);
    made.events[made.count - 1].unfinished = 123456789;
    made_step(&made, TRACE_QUEUE_SHUTDOWN, MAIN, TASKS);
    made.events[made.count - 1].unfinished = 123456789;
    open_run();
    draw(60, 16);
    assert_contains(row_of(" tasks"), " tasks     < 1 queued + 123456788 taken");
    assert_contains(row_of(" tasks"), "…");
    assert_columns_keep();
}

TEST(items_come_before_telling_that_there_is_no_limit)
{
    put_many(3);
    made_say(&made, MAIN, "more");
    made_step(&made, TRACE_QUEUE_JOIN_BEGIN, PRINTER, TASKS);
    made.events[made.count - 1].depth = 3;
    made.events[made.count - 1].unfinished = 7;
    made_say(&made, MAIN, "more");
    open_run();
    playback_seek(&playback, 9);
    draw(60, 16);
    assert_contains(row_of(" tasks"), "< e0 … +2 …  ");
    assert_null(strstr(row_of(" tasks"), "no limit"));
    draw(80, 24);
    assert_contains(row_of(" tasks"), " 3 queued + 4 taken = 7 unfinished, no limit");
}

/* --- more objects than rows */

static void choose(uint32_t object, int columns, int rows)
{
    scene.object = object;
    scene.object_process = MAIN;
    draw(columns, rows);
}

TEST(the_chosen_object_is_in_sight_and_what_is_not_is_counted)
{
    char name[32];

    for (uint32_t i = 0; i < 40; i++) {
        snprintf(name, sizeof name, "queue-%u.", i);
        made_queue(&made, 100 + i, name, 0);
    }
    open_run();
    draw(80, 24);
    assert_contains(picture, "\n tasks ");
    assert_contains(picture, " 38 more (z shows them)");
    scene.pane = PANE_QUEUES;
    choose(120, 80, 24);
    assert_contains(picture, "\n>queue-20. ");
    assert_contains(picture, " 38 more (z shows them)");
    scene.large = true;
    choose(TASKS, 80, 24);
    assert_contains(row(3), " 1-20 of 41 ");
    assert_contains(row(4), ">tasks ");
    assert_contains(row(23), " queue-18. ");
    choose(114, 80, 24); /* in the middle */
    assert_contains(row(3), " 6-25 of 41 ");
    assert_contains(row(4), " queue-4. ");
    assert_contains(row(14), ">queue-14. ");
    choose(139, 80, 24);
    assert_contains(row(3), " 22-41 of 41 ");
    assert_contains(row(23), ">queue-39. ");
}

TEST(what_a_thread_waits_for_has_a_row_where_not_all_have)
{
    for (uint32_t i = 0; i < 12; i++) {
        char name[16];
        snprintf(name, sizeof name, "lock-%u", i);
        made_add(&made, (struct trace_event){.kind = TRACE_LOCK_INIT,
                                             .thread = MAIN,
                                             .object = 40 + i,
                                             .text = made_text(&made, name)});
    }
    uint64_t held = made_step(&made, TRACE_LOCK_ACQUIRE, MAIN, 51);
    made_step(&made, TRACE_LOCK_ACQUIRE_BEGIN, WORKER, 51);
    made_say(&made, MAIN, "hello");
    open_run();
    draw_at(held);
    assert_null(strstr(picture, "lock-11 "));
    draw_at(held + 1);
    assert_contains(row_of(" lock-11"), "held by main");
    assert_contains(picture, " more (z shows them)");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        VIEW_TEST(at_any_width_both_ends_are_shown_and_the_items_between_are_counted),
        VIEW_TEST(where_not_even_an_item_fits_the_count_stands_alone),
        VIEW_TEST(a_process_queue_tells_which_of_its_hidden_items_are_buffered),
        VIEW_TEST(
            the_item_that_came_last_is_marked_and_the_row_says_who_put_or_took_one),
        VIEW_TEST(who_moved_it_is_left_out_where_the_items_need_the_room),
        VIEW_TEST(a_long_queue_leaves_room_for_who_moved_the_last_one),
        VIEW_TEST(a_queue_that_nothing_moved_in_has_no_mark),
        VIEW_TEST(free_places_are_dots_and_a_full_queue_stands_out),
        VIEW_TEST(words_that_do_not_fit_are_cut_and_leave_the_name_alone),
        VIEW_TEST(items_come_before_telling_that_there_is_no_limit),
        VIEW_TEST(the_chosen_object_is_in_sight_and_what_is_not_is_counted),
        VIEW_TEST(what_a_thread_waits_for_has_a_row_where_not_all_have),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
