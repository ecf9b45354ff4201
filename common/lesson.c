/* lesson.c - what every lesson's main needs; see lesson.h. */
#include "lesson.h"
#include "chance.h"
#include "ending.h"
#include "lesson_source.h"
#include "process.h"
#include "roster.h"
#include "safe_text.h"

#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The exit status that the declared outcome asks for. */
static int outcome_status = ENDING_WELL;

/* The options with a number, in the order of --help. */
enum number_option { WORKERS, TASKS, CAPACITY, DELAY, SEED, NUMBERS };
enum { TRACE = NUMBERS, VIEW, HELP };

static const struct {
    const char *name;
    const char *value;
    long long least, most;
    const char *help;
} numbers[NUMBERS] = {
    [WORKERS] = {"workers", "N", 1, 1000, "how many workers"},
    [TASKS] = {"tasks", "N", 0, 1000000, "how many tasks"},
    [CAPACITY] = {"capacity", "N", 0, 1000000,
                  "items the task queue holds, 0: no limit"},
    [DELAY] = {"delay", "MS", 0, 60000, "the longest nap, in milliseconds"},
    [SEED] = {"seed", "N", 0, INT64_MAX,
              "fixes the naps, not the order of the threads"},
};

static const struct option long_options[] = {
    {"workers", required_argument, NULL, WORKERS},
    {"tasks", required_argument, NULL, TASKS},
    {"capacity", required_argument, NULL, CAPACITY},
    {"delay", required_argument, NULL, DELAY},
    {"seed", required_argument, NULL, SEED},
    {"trace", required_argument, NULL, TRACE},
    {"view", no_argument, NULL, VIEW},
    {"help", no_argument, NULL, HELP},
    {NULL, 0, NULL, 0},
};

/* The program's name, "03_task_done_join/lesson": its source's without ".c". */
static void program_name(char *name, size_t size)
{
    const char *dot = strrchr(lesson_source_name, '.');
    size_t length =
        dot == NULL ? strlen(lesson_source_name) : (size_t)(dot - lesson_source_name);

    snprintf(name, size, "%.*s", (int)length, lesson_source_name);
}

__attribute__((format(printf, 1, 2))) static _Noreturn void
bad_usage(const char *format, ...)
{
    char name[128], text[512], safe[512];
    va_list arguments;

    program_name(name, sizeof name);
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    safe_line(safe, sizeof safe, text);
    fprintf(stderr, "%s: %s\n", name, safe);
    exit(ENDING_USAGE);
}

static void print_help(const struct lesson_use *use, const long long *defaults)
{
    char name[128];

    program_name(name, sizeof name);
    printf("Usage: %s [OPTION]...%s%s%s\n%s\n\n", name,
           use->arguments != NULL ? " [" : "",
           use->arguments != NULL ? use->arguments : "",
           use->arguments != NULL ? "]" : "", use->summary);
    for (int i = 0; i < NUMBERS; i++) {
        printf("  --%s %-*s %s", numbers[i].name, (int)(10 - strlen(numbers[i].name)),
               numbers[i].value, numbers[i].help);
        if (i == SEED)
            printf("; default: another each time\n");
        else if (defaults[i] == LESSON_UNUSED)
            printf("; no effect here\n");
        else if (defaults[i] == LESSON_BY_LINK)
            printf("; %lld to %lld, default: each link its own\n", numbers[i].least,
                   numbers[i].most);
        else
            printf("; %lld to %lld, default %lld\n", numbers[i].least, numbers[i].most,
                   defaults[i]);
    }
    printf("  --trace FILE  record the run; so does the variable VIZ_TRACE=FILE\n"
           "  --view        open the run in the live view\n"
           "  --help        this text\n\n"
           "Exit status: 0 as it should be, 1 wrong or missing result, 2 bad usage,\n"
           "3 deadlock, 4 the kit was misused, 128+N killed by signal N.\n");
    exit(0);
}

static long long parse_number(enum number_option option, const char *text)
{
    char *end;

    errno = 0;
    long long value = strtoll(text, &end, 10);
    if (end == text || *end != '\0' || errno != 0 || value < numbers[option].least ||
        value > numbers[option].most)
        bad_usage("--%s takes a number from %lld to %lld, not '%s'",
                  numbers[option].name, numbers[option].least, numbers[option].most,
                  text);
    return value;
}

/* Runs the same command under "viz run" instead. */
static _Noreturn void open_view(char **argv)
{
    char self[PATH_MAX], viewer[PATH_MAX + 32];
    ssize_t length = readlink("/proc/self/exe", self, sizeof self - 1);
    size_t count = 0, kept = 3;

    self[length > 0 ? length : 0] = '\0';
    snprintf(viewer, sizeof viewer, "%s", self);
    for (int up = 0; up < 3 && strrchr(viewer, '/') != NULL; up++)
        *strrchr(viewer, '/') = '\0'; /* build/lessons/NN_name/program */
    strcat(viewer, "/bin/viz");

    while (argv[count] != NULL)
        count++;
    char **command = calloc(count + kept + 1, sizeof *command);
    if (command == NULL)
        ending_failed("no memory is left", NULL);
    command[0] = viewer;
    command[1] = "run";
    command[2] = self;
    for (size_t i = 1; i < count; i++)
        if (strcmp(argv[i], "--view") != 0)
            command[kept++] = argv[i];
    execv(viewer, command);
    bad_usage("--view needs the viewer, and %s cannot be started: %s", viewer,
              strerror(errno));
}

/* The command line as it was typed; getopt reorders it. */
static void join_arguments(char *text, size_t size, char *const *argv)
{
    text[0] = '\0';
    for (size_t i = 1, used = 0; argv[i] != NULL && used < size; i++)
        used += (size_t)snprintf(text + used, size - used, "%s%s", i > 1 ? " " : "",
                                 argv[i]);
}

/* An argument stands for something, and is short enough to be shown. */
static void check_arguments(const struct lesson_use *use, char *const *arguments)
{
    if (arguments[0] != NULL && use->arguments == NULL)
        bad_usage("it takes no argument such as '%.64s'; --help lists the options",
                  arguments[0]);
    for (int i = 0; arguments[i] != NULL; i++) {
        if (arguments[i][0] == '\0')
            bad_usage("argument %d is empty; it takes %s", i + 1, use->arguments);
        if (strlen(arguments[i]) > LESSON_LONGEST)
            bad_usage("argument %d has %zu bytes, and %d are the most: '%.32s…'", i + 1,
                      strlen(arguments[i]), LESSON_LONGEST, arguments[i]);
    }
}

static void start_trace(const char *path, uint64_t seed, const char *options)
{
    char name[128], why[256];

    program_name(name, sizeof name);
    if (!trace_start(path,
                     &(struct trace_run){.program = name,
                                         .options = options,
                                         .source_name = lesson_source_name,
                                         .source_text = lesson_source_text,
                                         .seed = seed},
                     why, sizeof why))
        bad_usage("the trace file '%s' cannot be written: %s", path, why);
}

static struct lesson_options made_options(const long long *values, char **argv)
{
    struct lesson_options options = {.workers = (int)values[WORKERS],
                                     .tasks = (int)values[TASKS],
                                     .capacity = (int)values[CAPACITY],
                                     .delay = (int)values[DELAY],
                                     .seed = (uint64_t)values[SEED],
                                     .arguments = argv + optind};

    while (options.arguments[options.argument_count] != NULL)
        options.argument_count++;
    return options;
}

/* This program was started anew by itself: the trace is going on already. */
static struct lesson_options start_spawned(char **argv, long long *values,
                                           uint64_t seed)
{
    values[SEED] = (long long)seed;
    chance_set_seed(seed);
    return made_options(values, argv);
}

struct lesson_options lesson_start(int argc, char **argv, const struct lesson_use *use)
{
    long long values[NUMBERS] = {
        use->workers, use->tasks, use->capacity, use->delay,
        (long long)((clock_now() / 1000 + (uint64_t)getpid()) % 1000)};
    long long defaults[NUMBERS];
    const char *trace_path = getenv("VIZ_TRACE");
    char name[128], typed[512];
    uint64_t seed;
    int option;

    join_arguments(typed, sizeof typed, argv);
    memcpy(defaults, values, sizeof defaults);
    opterr = 0;
    while ((option = getopt_long(argc, argv, ":", long_options, NULL)) != -1) {
        if (option == HELP)
            print_help(use, defaults);
        else if (option == VIEW)
            open_view(argv);
        else if (option == TRACE && optarg[0] == '\0')
            bad_usage("--trace takes a file's name, not ''");
        else if (option == TRACE)
            trace_path = optarg;
        else if (option == ':')
            bad_usage("%s needs a value; --help lists the options", argv[optind - 1]);
        else if (option == '?' && optopt > ' ') /* a letter, maybe one of many */
            bad_usage("no such option: -%c; --help lists them", optopt);
        else if (option == '?')
            bad_usage("no such option: %s; --help lists them", argv[optind - 1]);
        else
            values[option] = parse_number((enum number_option)option, optarg);
    }
    check_arguments(use, argv + optind);
    if (process_resume_spawned(&seed))
        return start_spawned(argv, values, seed);
    chance_set_seed((uint64_t)values[SEED]);
    if (trace_path != NULL && trace_path[0] != '\0')
        start_trace(trace_path, (uint64_t)values[SEED], typed);
    roster_self();
    program_name(name, sizeof name);
    trace(&(struct trace_entry){.kind = TRACE_RUN_START, .text = name});
    return made_options(values, argv);
}

void lesson_outcome(bool as_it_should, const char *format, ...)
{
    char text[512], safe[512];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    trace(&(struct trace_entry){
        .kind = TRACE_OUTCOME, .detail = as_it_should, .text = text});
    outcome_status = as_it_should ? ENDING_WELL : ENDING_WRONG;
    if (!as_it_should) {
        safe_line(safe, sizeof safe, text);
        fprintf(stderr, "WRONG RESULT: %s\n", safe);
    }
}

int lesson_finish_at(const char *site)
{
    process_finish_at(site);
    if (outcome_status == ENDING_WELL && children_killed() > 0)
        outcome_status = ENDING_WRONG;
    if (process_is_spawned())
        trace(&(struct trace_entry){.kind = TRACE_PROCESS_END,
                                    .object = roster_self()->number,
                                    .detail = (uint32_t)outcome_status});
    ending_close_trace(outcome_status, true);
    return outcome_status;
}
