/* narrate.c - a run as lines of text; see narrate.h. */
#include "narrate.h"
#include "canvas.h"
#include "how_ended.h"
#include "sentence.h"

#include <inttypes.h>

/* Through a canvas, so that no escape sequence of the data gets out. */
static void print_safe(FILE *file, bool ascii, struct text text)
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
    print_safe(file, ascii, text_of(line));
}

static void add_thread(struct text_buffer *buffer, const struct model *model,
                       const struct reader *reader, unsigned index)
{
    const struct model_thread *thread = &model->threads[index];

    text_add(buffer, "  ");
    text_add_text(buffer, model_name(model, reader, thread->object));
    text_add(buffer, ": ");
    sentence_of_thread(buffer, model, reader, index, model->time_ns);
}

static void add_queue(struct text_buffer *buffer, const struct model *model,
                      const struct reader *reader, uint32_t object)
{
    const struct model_object *queue = &model->objects[object];

    text_add(buffer, "  queue ");
    text_add_text(buffer, model_name(model, reader, object));
    text_add(buffer, ": %" PRIu32 " left", queue->count);
    if (queue->uses_tasks)
        text_add(buffer, ", %" PRIu32 " unfinished", queue->unfinished);
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
    print_safe(file, ascii, text_of(line));
    for (unsigned i = 0; i < model->thread_count; i++) {
        words.length = 0;
        add_thread(&words, model, reader, i);
        print_safe(file, ascii, text_of(line));
    }
    for (uint32_t i = 0; i < model->object_count; i++) {
        if (model->objects[i].type != OBJECT_QUEUE)
            continue;
        words.length = 0;
        add_queue(&words, model, reader, i);
        print_safe(file, ascii, text_of(line));
    }
}
