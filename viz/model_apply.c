/*
 * model_apply.c - the fold: what one event changes; see model.h.
 *
 * Here are the threads and processes; what changes in objects is in model_between_*.c.
 */
#include "model_apply.h"
#include "memory.h"

/* The thread, made known if it was not; its fields are only valid until the next call.
 */
static struct model_thread *touch_thread(struct model *model, uint32_t number,
                                         uint32_t process)
{
    int index = model_thread_of(model, number);

    if (index >= 0)
        return &model->threads[index];
    struct model_object *made = model_touch(model, number, process, OBJECT_THREAD);
    if (made == NULL)
        return NULL;
    unsigned count = model->thread_count;
    if ((count & (count - 1)) == 0) /* room doubles at the powers of two */
        model->threads =
            grown(model->threads, count == 0 ? 1 : count * 2, sizeof *model->threads);
    made->thread = count;
    model->threads[count] = (struct model_thread){.object = number,
                                                  .process = process,
                                                  .state = STATE_RUN,
                                                  .since_step = model->step,
                                                  .since_ns = model->time_ns};
    model->thread_count++;
    model->process_count += number == process;
    return &model->threads[count];
}

static void set_state(const struct model *model, struct model_thread *thread,
                      enum state state)
{
    if (thread->state == STATE_ENDED || thread->state == STATE_KILLED ||
        thread->state == state)
        return;
    if (model_waits(thread->state))
        thread->waited_ns += model->time_ns - thread->since_ns;
    thread->state = state;
    thread->since_step = model->step;
    thread->since_ns = model->time_ns;
}

static enum state waiting_state(const struct trace_event *event, enum trace_kind kind)
{
    if (kind == TRACE_NAP_BEGIN)
        return STATE_SLEEP;
    if (kind == TRACE_LOCK_ACQUIRE_BEGIN)
        return STATE_LOCK;
    return event->number == TRACE_NO_LIMIT ? STATE_WAIT : STATE_TIMED;
}

/* Who of the process has not ended is gone with it. */
static void kill_process(struct model *model, uint32_t process)
{
    for (unsigned i = 0; i < model->thread_count; i++)
        if (process != 0 && model->threads[i].process == process)
            set_state(model, &model->threads[i], STATE_KILLED);
}

static void start_thread(struct model *model, const struct trace_event *event,
                         uint32_t process)
{
    if (touch_thread(model, event->object, process) != NULL)
        model_own(model, event->object)->init_step = model->step;
}

/* What is done to other threads; false where nothing is. This may move the array of
   threads. */
static bool apply_to_threads(struct model *model, const struct trace_event *event,
                             enum trace_kind kind)
{
    switch (kind) {
    case TRACE_THREAD_START:
        start_thread(model, event, model_process_of(model, event->thread));
        return true;
    case TRACE_PROCESS_START:
        start_thread(model, event, event->object);
        if (event->detail == 0 && model_thread_of(model, event->object) >= 0)
            model_fork(model, event->thread, model_process_of(model, event->thread),
                       event->object);
        return true;
    case TRACE_PROCESS_KILLED:
        kill_process(model, event->object);
        return true;
    default:
        return false;
    }
}

static void (*const appliers[OBJECT_TYPES])(const struct change_of_model *) = {
    [OBJECT_QUEUE] = apply_to_queue,
    [OBJECT_LOCK] = apply_to_lock,
    [OBJECT_CONDITION] = apply_to_condition,
    [OBJECT_EVENT] = apply_to_event_flag,
    [OBJECT_LIST] = apply_to_list,
    [OBJECT_SHARED] = apply_to_shared,
    [OBJECT_POOL] = apply_to_pool,
    [OBJECT_FUTURE] = apply_to_future,
    [OBJECT_PIPE] = apply_to_pipe,
    [OBJECT_PROCESS_QUEUE] = apply_to_process_queue,
    [OBJECT_MANAGER] = apply_to_manager,
};

static void apply_to_object(struct model *model, const struct trace_event *event,
                            enum trace_kind kind, struct model_thread *thread)
{
    const struct kind_info *info = kind_info(kind);

    if (appliers[info->type] == NULL)
        return;
    struct model_object *object =
        info->type == OBJECT_MANAGER /* a process, which was started */
            ? model_find(model, event->object, thread->process, OBJECT_THREAD)
            : model_touch(model, event->object, thread->process, info->type);
    if (object == NULL)
        return;
    struct change_of_model change = {model,  event,  kind,
                                     thread, object, object->unsure};
    if (info->phase == PHASE_INIT)
        object->init_step = model->step;
    else if (kind != TRACE_PIPE_CLOSE)
        object->is_used = true;
    object->change_step = model->step;
    if (kind_moves_item(kind))
        object->moved_step = model->step;
    object->unsure = false;
    appliers[info->type](&change);
    if (thread->process == 0) /* which process's copy it was is not known */
        model_doubt(model, event->object);
}

static void apply_gap(struct model *model)
{
    model->gaps++;
    for (uint32_t i = 0; i < model->object_count; i++)
        if (model_object(model, i)->type != OBJECT_NONE)
            model_own(model, i)->unsure = true;
    for (uint32_t i = 0; i < model->copy_count; i++)
        model->copies[i].unsure = true;
}

/* What the event makes of the thread that acts. */
static void apply_to_actor(struct model *model, const struct trace_event *event,
                           enum trace_kind kind, struct model_thread *thread)
{
    switch (kind) {
    case TRACE_PROCESS_END:
        set_state(model, thread, STATE_ENDED);
        kill_process(model, thread->process);
        break;
    case TRACE_THREAD_END:
        set_state(model, thread, STATE_ENDED);
        break;
    case TRACE_RUN_END:
        if (event->detail <= 1) /* main's end */
            set_state(model, thread, STATE_ENDED);
        break;
    default:
        if (kind_info(kind)->phase == PHASE_BEGIN)
            set_state(model, thread, waiting_state(event, kind));
        else if (!model->deadlocked)
            set_state(model, thread, STATE_RUN);
        break;
    }
}

void model_apply(struct model *model, const struct reader *reader)
{
    const struct trace_event *event = reader_event(reader, ++model->step);
    enum trace_kind kind = reader_kind(reader, model->step);

    if (kind == TRACE_UNCOMMITTED || kind >= TRACE_KINDS) {
        apply_gap(model);
        return;
    }
    if (event->time_ns > model->time_ns) /* between threads it may run back a little */
        model->time_ns = event->time_ns;
    model->over |= kind == TRACE_RUN_END;
    model->deadlocked |= kind == TRACE_DEADLOCK;
    if (event->thread == 0) { /* the kit itself tells of a death */
        apply_to_threads(model, event, kind);
        return;
    }
    bool begins = kind == TRACE_RUN_START;
    struct model_thread *thread =
        touch_thread(model, event->thread, begins ? event->thread : 0);
    if (thread == NULL)
        return;
    if (apply_to_threads(model, event, kind))
        thread = touch_thread(model, event->thread, 0);
    if (begins)
        model_own(model, event->thread)->init_step = model->step;
    thread->last_step = model->step;
    if (event->site != 0)
        thread->site = event->site;
    thread->condition = kind == TRACE_CONDITION_WAIT_BEGIN ? event->object : 0;
    thread->is_notified = false;
    apply_to_object(model, event, kind, thread);
    apply_to_actor(model, event, kind, thread);
}

void model_kill(struct model *model)
{
    model->over = true;
    for (unsigned i = 0; i < model->thread_count; i++)
        set_state(model, &model->threads[i], STATE_KILLED);
}
