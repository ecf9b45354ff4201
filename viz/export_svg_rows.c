/* export_svg_rows.c - the picture's bars: what each thread does over time; see
   export_svg.h. */
#include "canvas.h"
#include "export_svg.h"
#include "sentence.h"

#include <string.h>

/* In a longer run bars are too short for words, and making those would take long. */
enum { MOST_LABELLED = 200000 };

static const double least_width = 0.7; /* of a bar */

static bool is_drawn(enum state state)
{
    return state != STATE_NONE && state != STATE_ENDED && state != STATE_KILLED;
}

void svg_bar(FILE *file, enum state state, double x, double y, double width)
{
    /* the edges of thin bars would be all that is seen of them */
    fprintf(file,
            "<rect class=\"%s\" fill=\"url(#state-%c)\" x=\"%.2f\" y=\"%.1f\" "
            "width=\"%.2f\" height=\"%d\"",
            width < 3 ? "thin" : "bar", state_letter(state), x, y - SVG_BAR / 2.0,
            width, SVG_BAR);
}

/* What is written into a bar: its letter, and as much of its words as fits. */
static void write_words(const struct svg *svg, const struct doing *doing, double x,
                        double y, double width)
{
    int cells = (int)((width - 6) / 6.2);

    if (cells < 1)
        return;
    fprintf(svg->words.file, "<text class=\"in\" x=\"%.1f\" y=\"%.1f\">%c", x + 4,
            y + 4, state_letter(doing->state));
    if (cells > 3 && doing->label[0] != '\0') {
        fputc(' ', svg->words.file);
        svg_text(svg, svg->words.file, text_of(doing->label), cells - 2);
    }
    fputs("</text>\n", svg->words.file);
}

/* What a mouse over the bar shows. */
static void write_title(const struct svg *svg, unsigned row, const struct doing *doing,
                        double width)
{
    const struct model_thread *thread = &svg->stats.model.threads[row];

    fputs("><title>", svg->file);
    svg_text(svg, svg->file, model_name(&svg->stats.model, svg->reader, thread->object),
             40);
    fprintf(svg->file, " %s ", state_word(doing->state));
    svg_text(svg, svg->file, text_of(doing->label), 80);
    fprintf(svg->file, " (%.3f s, from step %llu)</title></rect>\n",
            width / SVG_PLOT * (double)svg->end_ns / 1e9,
            (unsigned long long)doing->since_step);
}

/* The short doings that were gathered, as the longest of them: above the bars, since a
   bar beside them may be drawn over them. */
static void draw_gathered(struct svg *svg, unsigned row, double until)
{
    struct svg_row *it = &svg->row[row];
    double width = until - it->gathered;

    if (it->longest < 0)
        return;
    svg->states |= 1u << it->shown;
    svg_bar(svg->above.file, it->shown, it->gathered, svg_y(row),
            width < least_width ? least_width : width);
    fputs("/>\n", svg->above.file);
    it->longest = -1;
}

/* The doing is over at x. */
static void finish_doing(struct svg *svg, unsigned row, double x)
{
    struct svg_row *it = &svg->row[row];
    double width = x - it->at;

    if (!is_drawn(it->now.state)) {
        draw_gathered(svg, row, it->at);
    } else if (width >= least_width) {
        draw_gathered(svg, row, it->at);
        svg->states |= 1u << it->now.state;
        svg_bar(svg->file, it->now.state, it->at, svg_y(row), width);
        write_title(svg, row, &it->now, width);
        write_words(svg, &it->now, it->at, svg_y(row), width);
    } else {
        if (it->longest < 0)
            it->gathered = it->at;
        if (width > it->longest) {
            it->longest = width;
            it->shown = it->now.state;
        }
        if (x - it->gathered >= least_width)
            draw_gathered(svg, row, x);
    }
    it->at = x;
}

static void tell_doing(const struct svg *svg, const struct model_thread *thread,
                       struct doing *doing)
{
    struct text_buffer words = {doing->label, sizeof doing->label, 0};

    doing->label[0] = '\0';
    if (svg->reader->steps > MOST_LABELLED)
        return;
    if (thread->state == STATE_WAIT || thread->state == STATE_TIMED ||
        thread->state == STATE_LOCK)
        sentence_of_wait(&words, &svg->model, svg->reader, thread->since_step);
    else if (thread->task != 0)
        text_add_text(&words, model_name(&svg->model, svg->reader, thread->task));
    else if (thread->item != 0)
        text_add_text(&words, model_item_label(svg->reader, thread->item));
}

/* Where a thread's life ends: a mark if it was killed. */
static void mark_end(const struct svg *svg, unsigned row, enum state state, double x)
{
    double y = svg_y(row);

    if (state == STATE_KILLED)
        fprintf(svg->above.file,
                "<path class=\"killed\" d=\"M%.1f %.1fl10 10m0 -10l-10 10\"/>\n", x - 5,
                y - 5);
    else if (state == STATE_ENDED)
        fprintf(svg->above.file, "<path class=\"end\" d=\"M%.1f %.1fv%d\"/>\n", x,
                y - SVG_BAR / 2.0, SVG_BAR);
}

void svg_row_change(struct svg *svg, unsigned row)
{
    const struct model_thread *thread = &svg->model.threads[row];
    struct svg_row *it = &svg->row[row];

    if (it->now.since_step == thread->since_step && it->now.item == thread->item &&
        it->now.task == thread->task)
        return;
    double x = svg_x(svg, svg->model.time_ns);
    if (it->now.since_step == 0)
        it->longest = -1;
    finish_doing(svg, row, x);
    if (it->now.state != thread->state)
        mark_end(svg, row, thread->state, x);
    svg->states |= thread->state == STATE_KILLED ? 1u << STATE_KILLED : 0;
    it->now = (struct doing){.state = thread->state,
                             .since_step = thread->since_step,
                             .item = thread->item,
                             .task = thread->task};
    tell_doing(svg, thread, &it->now);
}

void svg_row_end(struct svg *svg, unsigned row)
{
    struct svg_row *it = &svg->row[row];
    double end = svg_x(svg, svg->end_ns);
    int status;
    bool was_alive = is_drawn(it->now.state);

    if (it->now.since_step == 0)
        return;
    finish_doing(svg, row, end);
    draw_gathered(svg, row, end);
    enum reader_end how = reader_how_ended(svg->reader, &status);
    if (was_alive && (how == READER_KILLED || how == READER_VANISHED)) {
        mark_end(svg, row, STATE_KILLED, end);
        svg->states |= 1u << STATE_KILLED;
    }
}
