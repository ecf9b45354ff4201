/* say_test.c - a line is one write, in the order of the calls, and never torn. */
#include "caller.h"
#include "recorded.h"
#include "say.h"
#include "support.h"
#include "trace.h"

#include <sys/socket.h>

static void say_lines(const char *argument __attribute__((unused)))
{
    say("%d get %c", 3, 'q');
    say("%s", "");
    say("waiting for jobs…");
    say_piece("a ");
    say_piece("piece\n");
}

enum { TALKERS = 4, LINES = 500, LENGTH = 200 }; /* with the newline */

static bool talk(struct caller *me)
{
    char line[LENGTH];

    memset(line, 'a' + me->item, sizeof line - 1);
    line[sizeof line - 1] = '\0';
    for (int i = 0; i < LINES; i++)
        say("%s", line);
    return true;
}

/* The argument is a trace to write, if any. */
static void talk_at_once(const char *file)
{
    const struct trace_run run = {"program", "", "program.c", "", 0};
    struct caller talkers[TALKERS];
    char why[256];

    if (file[0] != '\0' && !trace_start(file, &run, why, sizeof why))
        abort();
    for (int i = 0; i < TALKERS; i++) {
        talkers[i] = (struct caller){.item = i};
        caller_start(&talkers[i], talk);
    }
    for (int i = 0; i < TALKERS; i++)
        caller_result(&talkers[i]);
    trace_finish(0, true);
}

static void say_into_nothing(const char *argument __attribute__((unused)))
{
    close(STDOUT_FILENO);
    say("nobody can read this");
}

static void say_much(const char *argument __attribute__((unused)))
{
    char *line = malloc(100001);

    memset(line, 'x', 100000);
    line[100000] = '\0';
    say("%s", line);
    free(line);
}

static const struct child_case cases[] = {
    {"lines", say_lines}, {"talk", talk_at_once}, {"nothing", say_into_nothing},
    {"much", say_much},   {NULL, NULL},
};

TEST(lines_come_out_as_said_and_pieces_as_they_are)
{
    struct child_end end = child_run("lines", "");

    assert_int_equal(end.status, 0);
    assert_string_equal(end.out, "3 get q\n\nwaiting for jobs…\na piece\n");
}

/* The child's output, read as it comes; the caller frees it. */
static char *read_all(const char *name, const char *argument, size_t *length)
{
    static const size_t room = 1 << 20;
    char *text = malloc(room);
    int ends[2];
    ssize_t got;

    assert_non_null(text);
    assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
    pid_t child = child_start(name, argument, ends[1], STDERR_FILENO);
    close(ends[1]);
    for (*length = 0; (got = read(ends[0], text + *length, room - *length)) > 0;)
        *length += (size_t)got;
    close(ends[0]);
    assert_int_equal(child_wait(child), 0);
    return text;
}

TEST(a_line_is_one_write_whatever_the_other_threads_say)
{
    int ends[2], lines = 0;
    char line[2 * LENGTH];
    ssize_t length;

    /* keeps each write apart from the next */
    assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends), 0);
    pid_t child = child_start("talk", "", ends[1], STDERR_FILENO);
    close(ends[1]);
    for (; (length = read(ends[0], line, sizeof line)) > 0; lines++) {
        assert_int_equal(length, LENGTH);
        assert_int_equal(line[LENGTH - 1], '\n');
        for (int i = 1; i < LENGTH - 1; i++)
            assert_int_equal(line[i], line[0]);
    }
    close(ends[0]);
    assert_int_equal(child_wait(child), 0);
    assert_int_equal(lines, TALKERS * LINES);
}

TEST(lines_are_printed_in_the_order_in_which_they_are_recorded)
{
    size_t length;
    char *text = read_all("talk", path, &length);
    struct recording recording = recorded_open(path);
    const struct trace_event *event;
    size_t at = 0;

    for (uint64_t i = 0; i < recording.slots; i++) {
        event = event_at(&recording, i);
        if (event->kind != TRACE_SAY)
            continue;
        assert_int_equal(text[at], text_of(&recording, event->text)[0]);
        at += LENGTH;
    }
    assert_int_equal(at, length);
    recorded_close(&recording);
    free(text);
}

TEST(a_line_may_be_of_any_length)
{
    size_t length;
    char *text = read_all("much", "", &length);

    assert_int_equal(length, 100001);
    assert_int_equal(text[100000], '\n');
    free(text);
}

TEST(output_that_cannot_be_written_ends_the_program_with_words)
{
    struct child_end end = child_run("nothing", "");

    assert_int_equal(end.status, 1);
    assert_non_null(strstr(end.err, "FAILED at tests/unit/say_test.c:"));
    assert_non_null(strstr(end.err, "standard output cannot be written: Bad file"));
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_come_out_as_said_and_pieces_as_they_are),
        cmocka_unit_test(a_line_is_one_write_whatever_the_other_threads_say),
        cmocka_unit_test(lines_are_printed_in_the_order_in_which_they_are_recorded),
        cmocka_unit_test(a_line_may_be_of_any_length),
        cmocka_unit_test(output_that_cannot_be_written_ends_the_program_with_words),
    };

    child_act(cases, argc, argv);
    return cmocka_run_group_tests_name("say", tests, make_path, remove_path);
}
