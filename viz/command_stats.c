/* command_stats.c - viz stats: recorded runs in figures. */
#include "command_stats.h"
#include "command.h"
#include "json_text.h"
#include "memory.h"
#include "sentence.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool command_stats_is_queue(enum object_type type)
{
    return type == OBJECT_QUEUE || type == OBJECT_PROCESS_QUEUE || type == OBJECT_PIPE;
}

bool command_stats_is_told(const struct model *model, const struct model_object *object)
{
    return object->is_used || (object->type != OBJECT_PIPE &&
                               model_object(model, object->number) == object);
}

/* What each thread's longest wait was for: in words that hold at its step, so the run
   is gone through once more. */
static char **tell_waits(const struct stats *stats, const struct reader *reader)
{
    unsigned count = stats->model.thread_count;
    char **waits = grown(NULL, count + 1, sizeof *waits);
    uint64_t *steps = grown(NULL, count + 1, sizeof *steps);
    struct model model = {.step = 0};

    for (unsigned i = 0; i < count; i++) {
        waits[i] = NULL;
        stats_longest_wait(stats, reader, i, stats->model.time_ns, &steps[i]);
    }
    while (model.step < stats->model.step) {
        char words[200] = "";
        struct text_buffer buffer = {words, sizeof words, 0};
        model_apply(&model, reader);
        int thread = model_thread_of(&model, reader_event(reader, model.step)->thread);
        if (thread < 0 || steps[thread] != model.step)
            continue;
        if (reader_kind(reader, model.step) == TRACE_LOCK_ACQUIRE_BEGIN)
            text_add(&buffer, "for the lock ");
        sentence_of_wait(&buffer, &model, reader, model.step);
        waits[thread] = need(strdup(words));
    }
    model_free(&model);
    free(steps);
    return waits;
}

static bool tell(const char *path, bool json, bool ascii)
{
    struct reader reader;
    struct stats stats = {.thread_room = 0};
    char why[256];

    if (!reader_open(&reader, path, why, sizeof why)) {
        command_refuse("cannot read '%s': %s", path, why);
        return false;
    }
    stats_extend(&stats, &reader, reader.steps);
    int status;
    if (reader_how_ended(&reader, &status) == READER_VANISHED)
        stats_kill(&stats, &reader);
    struct told_run run = {path, &reader, &stats, tell_waits(&stats, &reader), ascii};
    if (json)
        command_stats_json(&run);
    else
        command_stats_text(&run);
    for (unsigned i = 0; i < stats.model.thread_count; i++)
        free(run.waits[i]);
    free(run.waits);
    stats_free(&stats);
    reader_close(&reader);
    return true;
}

int command_stats(int argc, char **argv)
{
    struct command_options options;
    bool json = command_take_option(&argc, argv, "--json");
    int first = command_read_options(&options, argc, argv);
    if (first < 0)
        return COMMAND_BAD_USAGE;
    if (first >= argc || options.dump || options.output != NULL)
        return command_refuse("usage: viz stats TRACE... [--json]");
    if (json && !json_is_built())
        return command_refuse("%s", JSON_IS_MISSING);
    for (int i = first; i < argc && !ferror(stdout); i++) {
        if (i > first && !json)
            putchar('\n');
        if (!tell(argv[i], json, options.ascii))
            return COMMAND_BAD_USAGE;
    }
    if (fflush(stdout) == 0 && !ferror(stdout))
        return 0;
    if (errno != EPIPE) /* a reader that has seen enough is no failure to tell of */
        fprintf(stderr, "viz: cannot write: %s\n", strerror(errno));
    return 1;
}
