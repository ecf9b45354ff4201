/* model_wait.c - whether what a thread waits for has come; see model.h. */
#include "model.h"

static const uint32_t ALL = UINT32_MAX;

static uint32_t all_if(bool is_so)
{
    return is_so ? ALL : 0;
}

bool model_waits(enum state state)
{
    return state == STATE_WAIT || state == STATE_TIMED || state == STATE_LOCK;
}

uint64_t model_waited(const struct model *model, unsigned thread, uint64_t now_ns)
{
    const struct model_thread *at = &model->threads[thread];
    bool waits = model_waits(at->state) && now_ns > at->since_ns;

    return at->waited_ns + (waits ? now_ns - at->since_ns : 0);
}

static bool has_ended(const struct model *model, uint32_t number)
{
    int index = model_thread_of(model, number);

    return index >= 0 && (model->threads[index].state == STATE_ENDED ||
                          model->threads[index].state == STATE_KILLED);
}

static uint32_t space(const struct model_object *object)
{
    uint64_t used = (uint64_t)object->items.count + object->buffered.count;

    return object->capacity > used && object->capacity - used < ALL
               ? (uint32_t)(object->capacity - used)
               : all_if(object->capacity > used);
}

/* How many waiters the object can satisfy now. */
static uint32_t how_many_can_go(const struct model *model, enum trace_kind begun,
                                const struct model_object *object, uint64_t since)
{
    switch (begun) {
    case TRACE_QUEUE_GET_BEGIN:
        return object->is_shutdown ? ALL : object->items.count;
    case TRACE_QUEUE_PUT_BEGIN:
        return object->is_shutdown ? ALL : space(object);
    case TRACE_QUEUE_JOIN_BEGIN:
        return all_if(object->unfinished == 0);
    case TRACE_LOCK_ACQUIRE_BEGIN:
        return object->holder == 0;
    case TRACE_EVENT_WAIT_BEGIN:
        return all_if(object->is_set);
    case TRACE_THREAD_JOIN_BEGIN:
    case TRACE_PROCESS_JOIN_BEGIN:
        return all_if(has_ended(model, object->number));
    case TRACE_PIPE_RECV_BEGIN: /* a message that is half written is none yet */
        return object->items.count - (object->items.count > 0 && object->holder != 0);
    case TRACE_PIPE_SEND_BEGIN:
    case TRACE_PIPE_WRITE_BEGIN:
        return object->taken_step > since;
    case TRACE_PROCESS_QUEUE_GET_BEGIN:
        return object->items.count;
    case TRACE_PROCESS_QUEUE_PUT_BEGIN:
        return space(object);
    case TRACE_FUTURE_RESULT_BEGIN:
        return all_if(object->task == TASK_DONE || object->task == TASK_FAILED);
    case TRACE_POOL_NEXT_BEGIN:
        return object->tasks[TASK_DONE] + object->tasks[TASK_FAILED] -
               object->handed_out;
    default:
        return 0;
    }
}

static bool is_waiting(const struct model_thread *thread)
{
    return thread->state == STATE_WAIT || thread->state == STATE_TIMED ||
           thread->state == STATE_LOCK;
}

/* The object that a waiting thread waits for, as its process has it. */
static const struct model_object *waits_for(const struct model *model,
                                            const struct reader *reader,
                                            const struct model_thread *thread)
{
    return model_object_of(model, reader_event(reader, thread->since_step)->object,
                           thread->process);
}

bool model_can_go(const struct model *model, const struct reader *reader,
                  unsigned index)
{
    const struct model_thread *thread = &model->threads[index];

    if (model->over || !is_waiting(thread))
        return false;
    if (thread->is_notified)
        return true;
    enum trace_kind begun = reader_kind(reader, thread->since_step);
    const struct model_object *object = waits_for(model, reader, thread);
    uint32_t enough_for = how_many_can_go(model, begun, object, thread->since_step);
    uint32_t before = 0; /* who has waited longer for the same */
    for (unsigned i = 0; enough_for != 0 && i < model->thread_count; i++) {
        const struct model_thread *other = &model->threads[i];
        before += is_waiting(other) && other->since_step < thread->since_step &&
                  reader_kind(reader, other->since_step) == begun &&
                  waits_for(model, reader, other) == object;
    }
    return before < enough_for;
}

bool model_is_awaited(const struct model *model, const struct reader *reader,
                      const struct model_object *object)
{
    for (unsigned i = 0; i < model->thread_count; i++)
        if (is_waiting(&model->threads[i]) &&
            waits_for(model, reader, &model->threads[i]) == object)
            return true;
    return false;
}

struct ring model_requests(const struct model *model, const struct reader *reader,
                           uint32_t manager)
{
    struct ring requests = {.items = NULL};

    for (unsigned i = 0; i < model->thread_count; i++) {
        const struct model_thread *thread = &model->threads[i];
        if (is_waiting(thread) &&
            reader_kind(reader, thread->since_step) == TRACE_MANAGER_REQUEST_BEGIN &&
            reader_event(reader, thread->since_step)->object == manager)
            ring_insert(&requests, thread->since_step);
    }
    return requests;
}
