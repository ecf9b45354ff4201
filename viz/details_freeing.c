/*
 * details_freeing.c - what frees a thread that waits; see details.h.
 *
 * Who holds what it wants, who has done before what it waits for, who owes a report,
 * who must end; and where one of those waits as well, what that one waits for.
 */
#include "details_parts.h"
#include "memory.h"
#include "sentence.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DEEPEST = 8, MOST_ACTORS = 12 };

static const struct link nowhere = {.kind = LINK_NONE};

/* The threads from the first one on, each waits for something of the next one. */
struct chain {
    struct page *page;
    const struct inquiry *inquiry;
    unsigned threads[DEEPEST];
    int length;
};

/* What must happen for a wait to be over. */
struct need {
    enum trace_kind begun;
    const char *words;       /* %s: the object */
    enum trace_kind acts[3]; /* who did one of these may do it again */
    const char *actors;      /* "has put on it" */
    void (*more)(struct chain *chain, const struct model_object *object);
};

static void follow(struct chain *chain, unsigned thread, const char *owes);

/* Words at the chain's depth. */
static void say(const struct chain *chain, struct link link, const char *words)
{
    page_add(chain->page, link, "%*s%s", 2 * chain->length, "", words);
}

static void name(const struct chain *chain, const struct model_object *object,
                 char *words, size_t size)
{
    struct text_buffer buffer = {words, size, 0};

    words[0] = '\0';
    sentence_add_name(&buffer, inquiry_model(chain->inquiry),
                      inquiry_reader(chain->inquiry), object->number, object->process);
}

static void follow_number(struct chain *chain, uint32_t number)
{
    int index = model_thread_of(inquiry_model(chain->inquiry), number);

    if (index >= 0)
        follow(chain, (unsigned)index, "");
}

static void free_lock(struct chain *chain, const struct model_object *lock)
{
    char line[DETAILS_WORDS] = "";
    struct text_buffer words = {line, sizeof line, 0};

    if (lock->holder == 0) {
        say(chain, nowhere, "nobody holds it now");
        return;
    }
    text_add(&words, "it was taken by ");
    details_add_origin(&words, chain->inquiry, lock->holder_step);
    say(chain, (struct link){LINK_STEP, 0, lock->holder_step}, line);
    follow_number(chain, lock->holder);
}

static void free_join(struct chain *chain, const struct model_object *thread)
{
    follow_number(chain, thread->number);
}

static void free_future(struct chain *chain, const struct model_object *future)
{
    if (future->holder != 0)
        follow_number(chain, future->holder);
    else
        say(chain, nowhere, "no worker of the pool has begun it");
}

/* Takes less reports of each thread, for one queue; up to the step shown. */
static void count_owed(const struct inquiry *inquiry, const struct model_object *queue,
                       int64_t *owed)
{
    const struct model *model = inquiry_model(inquiry);
    const struct reader *reader = inquiry_reader(inquiry);

    for (uint64_t step = queue->init_step; step <= model->step; step++) {
        const struct trace_event *event = reader_event(reader, step);
        enum trace_kind kind = reader_kind(reader, step);
        if (event->object != queue->number ||
            (kind != TRACE_QUEUE_GET && kind != TRACE_QUEUE_TASK_DONE))
            continue;
        int thread = model_thread_of(model, event->thread);
        if (thread >= 0)
            owed[thread] += kind == TRACE_QUEUE_GET ? 1 : -1;
    }
}

static void free_tasks(struct chain *chain, const struct model_object *queue)
{
    const struct model *model = inquiry_model(chain->inquiry);
    int64_t *owed = grown(NULL, model->thread_count, sizeof *owed);
    char line[DETAILS_WORDS] = "";

    for (unsigned i = 0; i < model->thread_count; i++)
        owed[i] = 0;
    if (queue->items.count > 0) {
        snprintf(line, sizeof line,
                 "%" PRIu32 " still queued: they must be taken first",
                 queue->items.count);
        say(chain, (struct link){LINK_OBJECT, queue->process, queue->number}, line);
    }
    if (queue->init_step != 0 && model->step - queue->init_step < DETAILS_MOST_STEPS)
        count_owed(chain->inquiry, queue, owed);
    for (unsigned i = 0; i < model->thread_count; i++) {
        if (owed[i] <= 0)
            continue;
        snprintf(line, sizeof line, " (took %" PRId64 ", not reported)", owed[i]);
        follow(chain, i, line);
    }
    free(owed);
}

static const struct need needs[] = {
    {TRACE_LOCK_ACQUIRE_BEGIN,
     "the lock '%s' must be given back",
     {0},
     NULL,
     free_lock},
    {TRACE_THREAD_JOIN_BEGIN, "%s must end", {0}, NULL, free_join},
    {TRACE_PROCESS_JOIN_BEGIN, "process %s must end", {0}, NULL, free_join},
    {TRACE_QUEUE_JOIN_BEGIN,
     "every task of %s must be reported done",
     {0},
     NULL,
     free_tasks},
    {TRACE_QUEUE_GET_BEGIN,
     "something must be put on %s, or it be shut down",
     {TRACE_QUEUE_PUT},
     "has put on it",
     NULL},
    {TRACE_QUEUE_PUT_BEGIN,
     "something must be taken from %s",
     {TRACE_QUEUE_GET},
     "has taken from it",
     NULL},
    {TRACE_PROCESS_QUEUE_GET_BEGIN,
     "something must be sent on %s",
     {TRACE_PROCESS_QUEUE_PUT, TRACE_PROCESS_QUEUE_SEND},
     "has put on it",
     NULL},
    {TRACE_PROCESS_QUEUE_FEED_BEGIN,
     "something must be put on %s",
     {TRACE_PROCESS_QUEUE_PUT},
     "has put on it",
     NULL},
    {TRACE_PROCESS_QUEUE_PUT_BEGIN,
     "something must be taken from %s",
     {TRACE_PROCESS_QUEUE_GET},
     "has taken from it",
     NULL},
    {TRACE_PROCESS_QUEUE_SEND_BEGIN,
     "something must be taken from %s",
     {TRACE_PROCESS_QUEUE_GET},
     "has taken from it",
     NULL},
    {TRACE_PIPE_RECV_BEGIN,
     "something must be sent on %s, or its other end be closed",
     {TRACE_PIPE_SEND},
     "has sent on it",
     NULL},
    {TRACE_PIPE_SEND_BEGIN,
     "something must be received from %s",
     {TRACE_PIPE_RECV},
     "has received from it",
     NULL},
    {TRACE_PIPE_WRITE_BEGIN,
     "something must be received from %s",
     {TRACE_PIPE_RECV},
     "has received from it",
     NULL},
    {TRACE_EVENT_WAIT_BEGIN,
     "the flag '%s' must be set",
     {TRACE_EVENT_SET},
     "has set it",
     NULL},
    {TRACE_CONDITION_WAIT_BEGIN,
     "somebody must notify on %s",
     {TRACE_CONDITION_NOTIFY},
     "has notified on it",
     NULL},
    {TRACE_FUTURE_RESULT_BEGIN, "%s must be done", {0}, NULL, free_future},
    {TRACE_POOL_NEXT_BEGIN, "a task of the pool '%s' must be done", {0}, NULL, NULL},
    {TRACE_MANAGER_REQUEST_BEGIN, "%s must answer", {0}, NULL, free_join},
};

static bool is_one_of(const struct need *need, enum trace_kind kind)
{
    for (int i = 0; i < 3; i++)
        if (need->acts[i] != TRACE_UNCOMMITTED && need->acts[i] == kind)
            return true;
    return false;
}

/* Who did such an act on the object, the latest first; returns how many. */
static int find_actors(const struct chain *chain, const struct need *need,
                       uint32_t object, unsigned *actors, uint64_t *steps)
{
    const struct model *model = inquiry_model(chain->inquiry);
    const struct reader *reader = inquiry_reader(chain->inquiry);
    uint64_t first =
        model->step > DETAILS_MOST_STEPS ? model->step - DETAILS_MOST_STEPS : 0;
    int count = 0;

    for (uint64_t step = model->step; step > first && count < MOST_ACTORS; step--) {
        const struct trace_event *event = reader_event(reader, step);
        if (event->object != object || !is_one_of(need, reader_kind(reader, step)))
            continue;
        int thread = model_thread_of(model, event->thread), i = 0;
        while (i < count && actors[i] != (unsigned)thread)
            i++;
        if (thread < 0 || i < count)
            continue;
        actors[count] = (unsigned)thread;
        steps[count++] = step;
    }
    return count;
}

static void add_actors(struct chain *chain, const struct need *need,
                       const struct model_object *object)
{
    unsigned actors[MOST_ACTORS];
    uint64_t steps[MOST_ACTORS];
    char line[DETAILS_WORDS] = "";
    int count = find_actors(chain, need, object->number, actors, steps);

    if (count == 0) {
        snprintf(line, sizeof line, "nobody %s yet", need->actors);
        say(chain, nowhere, line);
    }
    for (int i = 0; i < count; i++) {
        struct text_buffer words = {line, sizeof line, 0};
        line[0] = '\0';
        details_add_thread(&words, chain->inquiry,
                           inquiry_model(chain->inquiry)->threads[actors[i]].object);
        text_add(&words, " %s, last at step %" PRIu64, need->actors, steps[i]);
        details_add_line(&words, chain->inquiry, steps[i]);
        say(chain, (struct link){LINK_STEP, 0, steps[i]}, line);
        follow(chain, actors[i], "");
    }
}

static void explain(struct chain *chain, const struct model_thread *thread)
{
    enum trace_kind begun =
        reader_kind(inquiry_reader(chain->inquiry), thread->since_step);
    const struct model_object *object = details_waits_for(chain->inquiry, thread);
    char words[200], line[DETAILS_WORDS];

    name(chain, object, words, sizeof words);
    for (size_t i = 0; i < sizeof needs / sizeof needs[0]; i++) {
        const struct need *need = &needs[i];
        if (need->begun != begun)
            continue;
        struct text_buffer buffer = {line, sizeof line, 0};
        const char *mark = strstr(need->words, "%s");
        text_add(&buffer, "%.*s%s%s", (int)(mark - need->words), need->words, words,
                 mark + 2);
        say(chain, nowhere, line);
        if (need->more != NULL)
            need->more(chain, object);
        if (need->actors != NULL)
            add_actors(chain, need, object);
    }
}

/* What that thread is about, after what it owes; and what frees it, where it waits
   itself. */
static void follow(struct chain *chain, unsigned index, const char *owes)
{
    const struct model *model = inquiry_model(chain->inquiry);
    const struct model_thread *thread = &model->threads[index];
    char before[2 * DEEPEST + 4];

    for (int i = 0; i < chain->length; i++)
        if (chain->threads[i] == index) {
            say(chain, (struct link){LINK_THREAD, 0, index},
                i == 0 ? "which is the thread this began with: they wait in a circle"
                       : "which is told of above");
            return;
        }
    snprintf(before, sizeof before, "%*s", 2 * chain->length, "");
    details_add_state(chain->page, chain->inquiry, index, before, owes);
    if (chain->length == DEEPEST || !details_is_waiting(thread) ||
        model_can_go(model, inquiry_reader(chain->inquiry), index))
        return;
    chain->threads[chain->length++] = index;
    explain(chain, thread);
    chain->length--;
}

void details_of_freeing(struct page *page, const struct inquiry *inquiry,
                        struct link link)
{
    const struct model *model = inquiry_model(inquiry);
    struct text_buffer title = {page->title, sizeof page->title, 0};
    struct chain chain = {.page = page, .inquiry = inquiry};
    unsigned index = (unsigned)link.number;

    if (index >= model->thread_count)
        return;
    const struct model_thread *thread = &model->threads[index];
    text_add(&title, "WHAT FREES ");
    details_add_thread(&title, inquiry, thread->object);
    follow(&chain, index, "");
    if (!details_is_waiting(thread) ||
        model_can_go(model, inquiry_reader(inquiry), index)) {
        page_add(page, nowhere, "%s",
                 thread->state == STATE_ENDED || thread->state == STATE_KILLED
                     ? "nothing: its life is over"
                     : "nothing has to: it waits for nobody");
        return;
    }
    page_add_heading(page, "LATER IN THIS RUN");
    page_add(page, (struct link){LINK_FREED, 0, index},
             "by which step it will be freed (tells what comes)");
}

/* The step that lets the thread go on, or with which it goes on; 0 if there is none.
 *looked gets the last step that was looked at. */
static uint64_t freeing_step(struct page *page, const struct inquiry *inquiry,
                             unsigned index, uint64_t *looked)
{
    const struct reader *reader = inquiry_reader(inquiry);
    uint64_t last = inquiry->playback->history.model.step, found = 0;
    uint64_t since = inquiry_model(inquiry)->threads[index].since_step;
    struct model model = {.step = 0};
    char line[DETAILS_WORDS] = "";
    struct text_buffer words = {line, sizeof line, 0};

    playback_model_at(inquiry->playback, &model, inquiry_model(inquiry)->step);
    if (last - model.step > DETAILS_MOST_STEPS)
        last = model.step + DETAILS_MOST_STEPS;
    while (found == 0 && model.step < last) {
        model_apply(&model, reader);
        if (model.threads[index].since_step != since ||
            model_can_go(&model, reader, index))
            found = model.step;
    }
    if (found != 0) {
        text_add(&words, "step %" PRIu64 " frees it: ", found);
        sentence_of_step(&words, &model, reader);
        details_add_line(&words, inquiry, found);
        page_add(page, (struct link){LINK_STEP, 0, found}, "%s", line);
    }
    *looked = model.step;
    model_free(&model);
    return found;
}

void details_of_freed(struct page *page, const struct inquiry *inquiry,
                      struct link link)
{
    const struct reader *reader = inquiry_reader(inquiry);
    struct text_buffer title = {page->title, sizeof page->title, 0};
    unsigned index = (unsigned)link.number;
    uint64_t looked;

    if (index >= inquiry_model(inquiry)->thread_count)
        return;
    text_add(&title, "WHAT WILL FREE ");
    details_add_thread(&title, inquiry, inquiry_model(inquiry)->threads[index].object);
    if (freeing_step(page, inquiry, index, &looked) != 0)
        return;
    if (reader->live)
        page_add(page, nowhere, "nothing yet: the run goes on");
    else if (looked < reader->steps)
        page_add(page, nowhere, "nothing up to step %" PRIu64 "; not looked further",
                 looked);
    else
        page_add(page, nowhere, "nothing: it waits until the run ends");
}
