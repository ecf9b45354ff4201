/* details_needs.c - what must happen for a wait to be over: who must do it, where that
   is known; see details_chain.h. */
#include "details_chain.h"

static const struct link nowhere = {.kind = LINK_NONE};

/* A fork copies a lock that is held, and not the thread that would give it back. */
static bool is_lost(const struct chain *chain, const struct model_object *lock)
{
    uint32_t process = model_process_of(inquiry_model(chain->inquiry), lock->holder);

    return process != 0 && lock->process != 0 && process != lock->process;
}

static bool free_lock(struct chain *chain, const struct model_object *lock)
{
    char line[DETAILS_WORDS] = "";
    struct text_buffer words = {line, sizeof line, 0};
    uint64_t taken = details_taken_step(chain->inquiry, lock);

    if (lock->holder == 0) {
        chain_say(chain, nowhere, "nobody holds it now");
        return true;
    }
    if (taken != 0) {
        text_add(&words, "it was taken by ");
        details_add_origin(&words, chain->inquiry, taken);
        chain_say(chain, (struct link){LINK_STEP, 0, taken}, line);
    }
    if (is_lost(chain, lock))
        chain_say(
            chain, nowhere,
            "before the fork, which did not copy that thread: nobody can give it back");
    else
        chain_follow_number(chain, lock->holder, "");
    return true;
}

static bool free_join(struct chain *chain, const struct model_object *thread)
{
    chain_follow_number(chain, thread->number, "");
    return true;
}

/* The tasks of a pool that are being run. */
static void follow_workers(struct chain *chain, uint32_t pool)
{
    const struct model *model = inquiry_model(chain->inquiry);
    bool any = false;

    for (unsigned i = 0; i < model->thread_count; i++) {
        const struct model_object *task = model_object(model, model->threads[i].task);
        if (model->threads[i].task == 0 || task->pool != pool)
            continue;
        any = true;
        chain_follow(chain, i, " (a worker of the pool)");
    }
    if (!any)
        chain_say(chain, nowhere, "no worker of the pool runs a task now");
}

static bool free_future(struct chain *chain, const struct model_object *future)
{
    if (future->holder != 0) {
        chain_follow_number(chain, future->holder, "");
        return true;
    }
    chain_say(chain, nowhere, "no worker has begun it; one must be free first");
    follow_workers(chain, future->pool);
    return true;
}

static bool free_next(struct chain *chain, const struct model_object *pool)
{
    follow_workers(chain, pool->number);
    return true;
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
     "something must be put on %s, or it must be shut down",
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
     free_feeder},
    {TRACE_PROCESS_QUEUE_SEND_BEGIN,
     "something must be taken from %s",
     {TRACE_PROCESS_QUEUE_GET},
     "has taken from it",
     free_feeder},
    {TRACE_PIPE_RECV_BEGIN,
     "something must be sent on %s, or its writing end must be closed everywhere",
     {TRACE_PIPE_SEND},
     "has sent on it",
     free_receiver},
    {TRACE_PIPE_SEND_BEGIN,
     "something must be received from %s",
     {TRACE_PIPE_RECV},
     "has received from it",
     free_sender},
    {TRACE_PIPE_WRITE_BEGIN,
     "something must be received from %s",
     {TRACE_PIPE_RECV},
     "has received from it",
     free_sender},
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
    {TRACE_POOL_NEXT_BEGIN,
     "a task of the pool '%s' must be done",
     {0},
     NULL,
     free_next},
    {TRACE_MANAGER_REQUEST_BEGIN, "%s must answer", {0}, NULL, free_join},
};

const struct need *need_of(enum trace_kind begun)
{
    for (size_t i = 0; i < sizeof needs / sizeof needs[0]; i++)
        if (needs[i].begun == begun)
            return &needs[i];
    return NULL;
}
