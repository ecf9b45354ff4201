/* narrate.c - a run as lines of text; see narrate.h. */
#include "narrate.h"
#include "canvas.h"
#include "how_ended.h"
#include "sentence.h"

#include <inttypes.h>

void narrate_line(struct text text, bool ascii, FILE *file)
{
    struct canvas line = {0, 0, NULL};

    canvas_reset(&line, 1, canvas_text_width(text) + 1);
    canvas_put(&line, 0, 0, line.columns, STYLE_PLAIN, text);
    canvas_write(&line, ascii, file);
    canvas_free(&line);
}

void narrate_step(const struct model *model, const struct reader *reader, bool ascii,
                  FILE *file)
{
    char line[1200] = "", site[256] = "";
    struct text_buffer words = {line, sizeof line, 0}, where = {site, sizeof site, 0};
    const struct trace_event *event = reader_event(reader, model->step);

    text_add(&words, "%5" PRIu64 " %9.6f s  ", model->step,
             (double)model->time_ns / 1e9);
    sentence_of_step(&words, model, reader);
    if (event->site != 0) {
        text_add_text(&where, text_base_name(reader_text(reader, event->site)));
        text_add(&words, "  [%s]", site);
    }
    narrate_line(text_of(line), ascii, file);
}

static void add_thread(struct text_buffer *buffer, const struct model *model,
                       const struct reader *reader, unsigned index)
{
    const struct model_thread *thread = &model->threads[index];

    text_add(buffer, "  ");
    sentence_add_name(buffer, model, reader, thread->object, thread->process);
    text_add(buffer, ": ");
    sentence_of_thread(buffer, model, reader, index, model->time_ns);
}

/* "  queue tasks: 0 queued, no limit"; nothing for what has nothing to tell, or was
   never used. */
static void add_object(struct text_buffer *buffer, const struct model *model,
                       const struct reader *reader, const struct model_object *object)
{
    char words[200] = "";
    struct text_buffer state = {words, sizeof words, 0};
    bool is_told = object->type != OBJECT_LOCK && object->type != OBJECT_EVENT &&
                   (object->is_used || object->type != OBJECT_PIPE) &&
                   (object->is_used || model_object(model, object->number) == object);

    sentence_of_object(&state, model, reader, object);
    if (!is_told || state.length == 0)
        return;
    text_add(buffer, "  ");
    if (object->type != OBJECT_POOL) /* whose words begin with it */
        text_add(buffer, "%s ",
                 object_type_name(object->type == OBJECT_THREAD ? OBJECT_MANAGER
                                                                : object->type));
    sentence_add_name(buffer, model, reader, object->number, object->process);
    text_add(buffer, ": %s", words);
}

void narrate_summary(const struct model *model, const struct reader *reader, bool ascii,
                     FILE *file)
{
    char line[1200] = "";
    struct text_buffer words = {line, sizeof line, 0};

    how_ended_add(&words, reader);
    text_add(&words, "; %" PRIu64 " steps in %.2f s", model->step,
             (double)model->time_ns / 1e9);
    if (reader->torn > 0)
        text_add(&words, ", %" PRIu64 " lost: killed while recording", reader->torn);
    if (reader->lost + reader->cut > 0)
        text_add(&words, ", the last %" PRIu64 " events are missing",
                 reader->lost + reader->cut);
    narrate_line(text_of(line), ascii, file);
    for (unsigned i = 0; i < model->thread_count; i++) {
        words.length = 0;
        add_thread(&words, model, reader, i);
        narrate_line(text_of(line), ascii, file);
    }
    const struct model_object *object = NULL;
    while ((object = model_next(model, object)) != NULL) {
        words.length = 0;
        add_object(&words, model, reader, object);
        if (words.length > 0)
            narrate_line(text_of(line), ascii, file);
    }
}
