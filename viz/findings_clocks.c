/* findings_clocks.c - what happens before what; see findings_clocks.h. */
#include "findings_clocks.h"

enum { OF_THREAD, OF_OBJECT };
enum { MOST_ROWS = 1 << 16 };

/* What an act on an object does with its clock. */
enum { PASSES_ON = 1, TAKES_OVER = 2, BOTH = 3 };

static const unsigned char acts[TRACE_KINDS] = {
    [TRACE_QUEUE_PUT] = PASSES_ON,
    [TRACE_QUEUE_PUT_FAILED] = TAKES_OVER,
    [TRACE_QUEUE_GET] = TAKES_OVER,
    [TRACE_QUEUE_GET_FAILED] = TAKES_OVER,
    [TRACE_QUEUE_TASK_DONE] = PASSES_ON,
    [TRACE_QUEUE_JOIN] = TAKES_OVER,
    [TRACE_QUEUE_SHUTDOWN] = PASSES_ON,
    [TRACE_QUEUE_LOOK] = TAKES_OVER,
    [TRACE_PIPE_SEND] = PASSES_ON,
    [TRACE_PIPE_RECV] = TAKES_OVER,
    [TRACE_PIPE_CLOSE] = PASSES_ON,
    [TRACE_PIPE_RECV_FAILED] = TAKES_OVER,
    [TRACE_PROCESS_QUEUE_PUT] = PASSES_ON,
    [TRACE_PROCESS_QUEUE_GET] = TAKES_OVER,
    [TRACE_LIST_APPEND] = BOTH,
    [TRACE_LIST_SET] = BOTH,
    [TRACE_LIST_GET] = TAKES_OVER,
    [TRACE_LIST_LOOK] = TAKES_OVER,
    [TRACE_FUTURE_SUBMIT] = PASSES_ON,
    [TRACE_FUTURE_RUN] = TAKES_OVER,
    [TRACE_FUTURE_DONE] = PASSES_ON,
    [TRACE_FUTURE_RESULT] = TAKES_OVER,
    [TRACE_FUTURE_RESULT_FAILED] = TAKES_OVER,
    [TRACE_MANAGER_REQUEST_BEGIN] = PASSES_ON,
    [TRACE_MANAGER_REQUEST] = TAKES_OVER,
    [TRACE_MANAGER_SERVE] = TAKES_OVER,
    [TRACE_MANAGER_SERVE_BEGIN] = PASSES_ON,
    [TRACE_LOCK_ACQUIRE] = TAKES_OVER,
    [TRACE_LOCK_RELEASE] = PASSES_ON,
    [TRACE_CONDITION_NOTIFY] = PASSES_ON,
    [TRACE_CONDITION_WAIT] = TAKES_OVER,
    [TRACE_EVENT_SET] = PASSES_ON,
    [TRACE_EVENT_CLEAR] = PASSES_ON,
    [TRACE_EVENT_LOOK] = TAKES_OVER,
    [TRACE_EVENT_WAIT] = TAKES_OVER,
};

void clocks_free(struct clocks *clocks)
{
    pairs_free(&clocks->rows);
}

int clocks_column(struct clocks *clocks, uint32_t thread)
{
    unsigned i = 0;

    while (i < clocks->columns && clocks->threads[i] != thread)
        i++;
    if (i == CLOCK_COLUMNS)
        return -1;
    if (i == clocks->columns) {
        clocks->threads[clocks->columns++] = thread;
        clocks_row(clocks, thread)->times[i] = 1;
    }
    return (int)i;
}

static struct clock_row *row_of(struct clocks *clocks, uint32_t what, uint32_t number)
{
    clocks->rows.size = sizeof(struct clock_row);
    clocks->rows.most = MOST_ROWS;
    struct clock_row *row = pairs_touch(&clocks->rows, what, number);
    return row != NULL ? row : &clocks->others;
}

struct clock_row *clocks_row(struct clocks *clocks, uint32_t thread)
{
    return row_of(clocks, OF_THREAD, thread);
}

/* What the one knows, the other knows too. */
static void tell(struct clocks *clocks, uint32_t from_what, uint32_t from,
                 uint32_t to_what, uint32_t to)
{
    struct clock_row source = *row_of(clocks, from_what, from);
    struct clock_row *row = row_of(clocks, to_what, to);

    for (unsigned i = 0; i < clocks->columns; i++)
        if (source.times[i] > row->times[i])
            row->times[i] = source.times[i];
}

/* What a thread does from now on, it has not yet passed on. */
static void go_on(struct clocks *clocks, uint32_t thread)
{
    for (unsigned i = 0; i < clocks->columns; i++)
        if (clocks->threads[i] == thread)
            clocks_row(clocks, thread)->times[i]++;
}

static void act(struct clocks *clocks, uint32_t thread, uint32_t object, unsigned how)
{
    if ((how & TAKES_OVER) != 0)
        tell(clocks, OF_OBJECT, object, OF_THREAD, thread);
    if ((how & PASSES_ON) != 0) {
        tell(clocks, OF_THREAD, thread, OF_OBJECT, object);
        go_on(clocks, thread);
    }
}

/* Who puts on a queue with a limit may have waited for who took; a lost step may have
   told of the limit. */
static bool has_limit(const struct findings_watch *watch)
{
    return (watch->kind == TRACE_QUEUE_PUT || watch->kind == TRACE_QUEUE_GET) &&
           (watch->last_gap != 0 ||
            model_object_of(&watch->model, watch->event->object, watch->process)
                    ->capacity > 0);
}

void clocks_look(struct clocks *clocks, const struct findings_watch *watch)
{
    uint32_t thread = watch->event->thread, object = watch->event->object;
    uint32_t lock;

    if (clocks->columns == 0) /* nobody has used a variable: nothing to order */
        return;
    switch (watch->kind) {
    case TRACE_THREAD_START:
    case TRACE_PROCESS_START:
        tell(clocks, OF_THREAD, thread, OF_THREAD, object);
        go_on(clocks, thread);
        break;
    case TRACE_THREAD_JOIN:
    case TRACE_PROCESS_JOIN:
        tell(clocks, OF_THREAD, object, OF_THREAD, thread);
        break;
    case TRACE_CONDITION_WAIT_BEGIN:
    case TRACE_CONDITION_WAIT:
    case TRACE_CONDITION_WAIT_FAILED:
        lock = model_object_of(&watch->model, object, watch->process)->holder;
        act(clocks, thread, lock,
            watch->kind == TRACE_CONDITION_WAIT_BEGIN ? PASSES_ON : TAKES_OVER);
        act(clocks, thread, object, acts[watch->kind]);
        break;
    case TRACE_POOL_NEXT:
        act(clocks, thread, (uint32_t)watch->event->number, TAKES_OVER);
        break;
    default:
        if (watch->kind < TRACE_KINDS && acts[watch->kind] != 0)
            act(clocks, thread, object, has_limit(watch) ? BOTH : acts[watch->kind]);
        break;
    }
}
