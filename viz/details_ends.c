/*
 * details_ends.c - who could free a wait at a pipe or a queue between processes: the
 * processes that have its other end; see details_chain.h.
 *
 * Who makes it has both its ends, a fork copies them, and each process closes its own.
 */
#include "details_chain.h"
#include "memory.h"

#include <stdio.h>
#include <stdlib.h>

enum side { READING, WRITING }; /* as TRACE_PIPE_CLOSE has it */

/* By index of the process's main thread: whether it has that end open. */
struct ends {
    const struct inquiry *inquiry;
    const struct model_object *object;
    enum side side;
    bool *open;
};

/* The place of a thread's process; NULL where it is not known. */
static bool *place_of(const struct ends *ends, uint32_t thread)
{
    const struct model *model = inquiry_model(ends->inquiry);
    int index = model_thread_of(model, model_process_of(model, thread));

    return index < 0 ? NULL : &ends->open[index];
}

static void note(const struct ends *ends, const struct trace_event *event,
                 enum trace_kind kind)
{
    bool is_about = event->object == ends->object->number;
    bool *acting = place_of(ends, event->thread);
    bool *other = place_of(ends, event->object);

    if (is_about && acting != NULL && kind_info(kind)->phase == PHASE_INIT)
        *acting = true;
    else if (is_about && acting != NULL && kind == TRACE_PIPE_CLOSE &&
             event->detail == ends->side)
        *acting = false;
    else if (is_about && acting != NULL && kind == TRACE_PROCESS_QUEUE_PUT)
        *acting = false; /* who feeds a queue is not who takes from it */
    else if (kind == TRACE_PROCESS_START && event->detail == 0 && acting != NULL &&
             other != NULL)
        *other = *acting;
    else if (kind == TRACE_PROCESS_END && acting != NULL)
        *acting = false;
    else if (kind == TRACE_PROCESS_KILLED && other != NULL)
        *other = false;
}

/* Goes from where it was made to the step shown; false where not all of that is known.
 */
static bool read_ends(const struct ends *ends)
{
    const struct model *model = inquiry_model(ends->inquiry);
    const struct reader *reader = inquiry_reader(ends->inquiry);
    uint64_t step = ends->object->init_step;

    if (step == 0 || model->gaps > 0 || model->step - step > DETAILS_MOST_STEPS)
        return false;
    for (; step <= model->step; step++)
        note(ends, reader_event(reader, step), reader_kind(reader, step));
    return true;
}

static unsigned threads_alive(const struct model *model, uint32_t process)
{
    unsigned count = 0;

    for (unsigned i = 0; i < model->thread_count; i++)
        count += model->threads[i].process == process &&
                 model->threads[i].state != STATE_ENDED &&
                 model->threads[i].state != STATE_KILLED;
    return count;
}

/* How many threads have the end, those of the waiting process too. */
static unsigned count_threads(const struct ends *ends)
{
    const struct model *model = inquiry_model(ends->inquiry);
    unsigned count = 0;

    for (unsigned i = 0; i < model->thread_count; i++)
        if (ends->open[i])
            count += threads_alive(model, model->threads[i].process);
    return count;
}

/* A process that waits for what it could bring itself. */
static void tell_itself(const struct chain *chain, unsigned index, enum side side,
                        const char *what)
{
    const struct model *model = inquiry_model(chain->inquiry);
    char line[DETAILS_WORDS] = "";
    struct text_buffer words = {line, sizeof line, 0};

    details_add_thread(&words, chain->inquiry, model->threads[index].object);
    text_add(&words, " itself %s", what);
    if (threads_alive(model, model->threads[index].process) == 1)
        text_add(&words, ", and cannot %s it while it waits here",
                 side == WRITING ? "close" : "read");
    chain_say(chain, (struct link){LINK_THREAD, 0, index}, line);
}

/* Follows who has the end; false where nobody has, or that is not known. */
static bool follow_ends(struct chain *chain, const struct ends *ends, const char *what)
{
    const struct model *model = inquiry_model(chain->inquiry);
    uint32_t waiting = model->threads[chain->threads[chain->length - 1]].process;
    char owes[64];
    bool any = false;

    if (!read_ends(ends))
        return false;
    snprintf(owes, sizeof owes, " (%s)", what);
    chain->could[chain->length - 1] = count_threads(ends) > 1;
    for (unsigned i = 0; i < model->thread_count; i++) {
        if (!ends->open[i])
            continue;
        if (model->threads[i].process != waiting)
            chain_follow(chain, i, owes);
        else if (ends->object->type == OBJECT_PIPE)
            tell_itself(chain, i, ends->side, what);
        any = any || model->threads[i].process != waiting ||
              ends->object->type == OBJECT_PIPE;
    }
    return any;
}

static bool free_end(struct chain *chain, const struct model_object *object,
                     enum side side, const char *what)
{
    unsigned count = inquiry_model(chain->inquiry)->thread_count;
    struct ends ends = {chain->inquiry, object, side,
                        grown(NULL, count, sizeof *ends.open)};

    for (unsigned i = 0; i < count; i++)
        ends.open[i] = false;
    bool any = follow_ends(chain, &ends, what);
    free(ends.open);
    return any;
}

bool free_receiver(struct chain *chain, const struct model_object *pipe)
{
    return free_end(chain, pipe, WRITING, "has its writing end open");
}

bool free_sender(struct chain *chain, const struct model_object *pipe)
{
    return free_end(chain, pipe, READING, "has its reading end open");
}

bool free_feeder(struct chain *chain, const struct model_object *queue)
{
    if (chain_has_actors(chain, queue))
        return false;
    return free_end(chain, queue, READING, "has taken nothing from it");
}
