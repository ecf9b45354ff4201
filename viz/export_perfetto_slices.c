/* export_perfetto_slices.c - what each thread is doing, as slices that nest; see
   export_perfetto.h. */
#include "export_perfetto.h"

#ifdef HAVE_JANSSON
#include "sentence.h"

static const struct model_thread *thread_at(const struct perfetto *perfetto,
                                            unsigned thread)
{
    return &perfetto->model.threads[thread];
}

static void end_state(struct perfetto *perfetto, unsigned thread)
{
    struct track *track = &perfetto->tracks[thread];

    if (track->state != NULL)
        perfetto_end(perfetto, thread, track->state);
    track->state = NULL;
}

void perfetto_close(struct perfetto *perfetto, unsigned thread)
{
    struct track *track = &perfetto->tracks[thread];

    end_state(perfetto, thread);
    if (track->work != NULL)
        perfetto_end(perfetto, thread, track->work);
    track->work = NULL;
}

static void add_work(struct text_buffer *words, const struct perfetto *perfetto,
                     const struct model_thread *thread)
{
    const struct reader *reader = perfetto->reader;
    bool is_request = thread->task == 0 && thread->item <= reader->steps &&
                      reader_kind(reader, thread->item) == TRACE_MANAGER_SERVE;

    text_add(words, is_request ? "serves " : "works on ");
    if (thread->task != 0)
        text_add_text(words, model_name(&perfetto->model, reader, thread->task));
    else
        text_add_text(words, model_item_label(reader, thread->item));
}

static void begin_work(struct perfetto *perfetto, unsigned index)
{
    const struct model_thread *thread = thread_at(perfetto, index);
    struct track *track = &perfetto->tracks[index];
    char name[200] = "";
    struct text_buffer words = {name, sizeof name, 0};

    track->item = thread->item;
    track->task = thread->task;
    if (thread->item == 0 && thread->task == 0)
        return;
    add_work(&words, perfetto, thread);
    json_t *event = perfetto_event(perfetto, "B", index, text_of(name), "work");
    json_t *arguments = perfetto_arguments(perfetto, event, perfetto->model.step);
    if (thread->task == 0)
        json_set_number(arguments, "item_id", thread->item);
    track->work = json_incref(event);
    perfetto_write(perfetto, event);
}

static void add_state(struct text_buffer *words, const struct perfetto *perfetto,
                      const struct model_thread *thread)
{
    switch (thread->state) {
    case STATE_WAIT:
    case STATE_TIMED:
        text_add(words, "waits ");
        break;
    case STATE_LOCK:
        text_add(words, "wants lock ");
        break;
    default:
        text_add(words, "%s", state_word(thread->state));
        return;
    }
    sentence_of_wait(words, &perfetto->model, perfetto->reader, thread->since_step);
}

static void begin_state(struct perfetto *perfetto, unsigned index)
{
    const struct model_thread *thread = thread_at(perfetto, index);
    const struct reader *reader = perfetto->reader;
    struct track *track = &perfetto->tracks[index];
    const struct trace_event *begun = reader_event(reader, thread->since_step);
    char name[300] = "";
    struct text_buffer words = {name, sizeof name, 0};

    track->state_step = thread->since_step;
    add_state(&words, perfetto, thread);
    json_t *event = perfetto_event(perfetto, "B", index, text_of(name), "state");
    json_t *arguments = perfetto_arguments(perfetto, event, thread->since_step);
    if ((thread->state == STATE_SLEEP || thread->state == STATE_TIMED) &&
        begun->number != TRACE_NO_LIMIT)
        json_set_number(arguments, "at_most_ns", begun->number);
    track->state = json_incref(event);
    perfetto_write(perfetto, event);
}

void perfetto_update(struct perfetto *perfetto, unsigned index)
{
    const struct model_thread *thread = thread_at(perfetto, index);
    const struct track *track = &perfetto->tracks[index];

    if (thread->state == STATE_ENDED || thread->state == STATE_KILLED) {
        perfetto_close(perfetto, index);
        return;
    }
    bool new_work = thread->item != track->item || thread->task != track->task;
    if (!new_work && thread->since_step == track->state_step)
        return;
    if (new_work)
        perfetto_close(perfetto, index);
    else
        end_state(perfetto, index);
    if (new_work)
        begin_work(perfetto, index);
    begin_state(perfetto, index);
}
#endif
