/*
 * findings_output.c - lines of output that two writers have torn; see findings_watch.h.
 *
 * As in the output pane: a line is torn if pieces of more than one thread are in it.
 * What the kit prints on stderr is no part of any line.
 */
#include "findings_parts.h"
#include "memory.h"

#include <stdlib.h>
#include <string.h>

/* The line that is being written. */
struct output_seen {
    uint64_t began;  /* the step of its first piece; 0: it is empty */
    uint64_t broken; /* the step of the first piece of another thread, or 0 */
    bool unsure;     /* pieces of it may be lost */
};

static struct output_seen *seen(struct findings_watch *watch)
{
    if (watch->output == NULL) {
        watch->output = grown(NULL, 1, sizeof *watch->output);
        *watch->output = (struct output_seen){.began = 0};
    }
    return watch->output;
}

/* Some bytes of that thread go into the line. */
static void add_piece(struct findings_watch *watch, struct output_seen *line)
{
    if (line->began == 0)
        line->began = watch->step;
    else if (line->broken == 0 &&
             reader_event(watch->reader, line->began)->thread != watch->event->thread)
        line->broken = watch->step;
}

static void end_line(struct findings_watch *watch, struct output_seen *line)
{
    if (line->broken != 0 && !line->unsure) {
        const struct trace_event *first = reader_event(watch->reader, line->began);
        const struct trace_event *second = reader_event(watch->reader, line->broken);
        finding_add(
            watch,
            (struct finding){.kind = FINDING_TORN_LINE,
                             .step = line->broken,
                             .from = line->began,
                             .to = watch->step,
                             .thread = second->thread},
            (struct finding_words){.other = first->thread,
                                   .first = line->began,
                                   .second = line->broken,
                                   .text = reader_text(watch->reader, first->text)});
    }
    *line = (struct output_seen){.began = 0};
}

void output_look(struct findings_watch *watch)
{
    struct output_seen *line = seen(watch);

    if (watch->last_gap == watch->step)
        line->unsure = true;
    if (watch->kind != TRACE_SAY && watch->kind != TRACE_SAY_PIECE)
        return;
    struct text rest = reader_text(watch->reader, watch->event->text);
    while (rest.length > 0) {
        const char *end = memchr(rest.bytes, '\n', rest.length);
        if (end != rest.bytes || line->began != 0)
            add_piece(watch, line);
        if (end == NULL)
            break;
        end_line(watch, line);
        rest = text_part(rest, (size_t)(end - rest.bytes) + 1, rest.length);
    }
    if (watch->kind == TRACE_SAY) {
        if (line->began != 0)
            add_piece(watch, line);
        end_line(watch, line);
    }
}

void output_free(struct findings_watch *watch)
{
    free(watch->output);
}
