/* export_svg_frame.c - what surrounds the picture's bars: title, time, names, why it
   went wrong, the legend; see export_svg.h. */
#include "export_svg.h"
#include "how_ended.h"
#include "sentence.h"

#include <inttypes.h>

enum { MOST_REPORT_LINES = 8 };

/* Each state has a colour and a pattern that is told from the others in black print. */
static const char head[] =
    "<style>\n"
    "text{font-family:'DejaVu Sans',Verdana,Arial,sans-serif;fill:#111}\n"
    ".title{font-size:20px;font-weight:bold}\n"
    ".how{font-size:14px}.name{font-size:13px}.small{font-size:11px;fill:#444}\n"
    ".in{font-size:10px;paint-order:stroke;stroke:#fff;stroke-width:2.5px;"
    "stroke-linejoin:round}\n"
    ".bar{stroke:#333;stroke-width:.5}\n"
    ".grid{stroke:#ccc;stroke-width:1;fill:none}.life{stroke:#bbb;stroke-width:1}\n"
    ".arrow{stroke:#000;stroke-width:.8;stroke-opacity:.6;fill:none}\n"
    ".print{fill:#000;stroke:#fff;stroke-width:.6}\n"
    ".end{stroke:#000;stroke-width:1.5}\n"
    ".note{fill:#fff;stroke:#a00000;stroke-width:1.5}\n"
    ".killed{stroke:#a00000;stroke-width:3;fill:none}\n"
    ".depth{fill:#dcdcdc;stroke:#222;stroke-width:1}\n"
    "</style>\n"
    "<defs>\n"
    "<pattern id=\"state-R\" width=\"4\" height=\"4\" patternUnits=\"userSpaceOnUse\">"
    "<rect width=\"4\" height=\"4\" fill=\"#238b45\"/></pattern>\n"
    "<pattern id=\"state-S\" width=\"4\" height=\"4\" patternUnits=\"userSpaceOnUse\">"
    "<rect width=\"4\" height=\"4\" fill=\"#bcdcf5\"/></pattern>\n"
    "<pattern id=\"state-W\" width=\"7\" height=\"7\" patternUnits=\"userSpaceOnUse\">"
    "<rect width=\"7\" height=\"7\" fill=\"#fffbe9\"/>"
    "<path d=\"M-1 8L8 -1M-1 1L1 -1M6 8L8 6\" stroke=\"#b08a1e\" "
    "stroke-width=\".9\"/></pattern>\n"
    "<pattern id=\"state-T\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\">"
    "<rect width=\"6\" height=\"6\" fill=\"#fffbe9\"/>"
    "<circle cx=\"3\" cy=\"3\" r=\"1.1\" fill=\"#8a6a10\"/></pattern>\n"
    "<pattern id=\"state-L\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\">"
    "<rect width=\"8\" height=\"8\" fill=\"#fde4e0\"/>"
    "<path d=\"M0 0L8 8M8 0L0 8\" stroke=\"#c0483a\" stroke-width=\".9\"/>"
    "</pattern>\n"
    "<pattern id=\"state-H\" width=\"5\" height=\"5\" patternUnits=\"userSpaceOnUse\">"
    "<rect width=\"5\" height=\"5\" fill=\"#eee4f7\"/>"
    "<path d=\"M2.5 0V5\" stroke=\"#5b2d8e\" stroke-width=\"1.2\"/></pattern>\n"
    "<marker id=\"head\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"7\" "
    "markerHeight=\"7\" orient=\"auto\"><path d=\"M0 0.5L8 4L0 7.5Z\" fill=\"#000\"/>"
    "</marker>\n"
    "</defs>\n"
    "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n";

/* Lines of the report that are shown. */
static int report_lines(const struct svg *svg)
{
    struct text line, rest = {NULL, 0};
    int lines = 0;

    if (svg->report != 0)
        rest = reader_text(svg->reader, reader_event(svg->reader, svg->report)->text);
    while (lines < MOST_REPORT_LINES && text_next_line(&rest, &line))
        lines++;
    return lines;
}

static void write_title(const struct svg *svg)
{
    const struct reader *reader = svg->reader;
    char words[200] = "";
    struct text_buffer ending = {words, sizeof words, 0};

    fputs("<text class=\"title\" x=\"12\" y=\"30\">", svg->file);
    svg_text(svg, svg->file, reader_text(reader, reader->layout.program), 90);
    how_ended_add(&ending, reader);
    text_add(&ending, "; total time %.3f s, %" PRIu64 " steps, seed %" PRIu64,
             (double)svg->stats.model.time_ns / 1e9, reader->steps,
             reader->layout.seed);
    fputs("</text>\n<text class=\"how\" x=\"12\" y=\"52\">", svg->file);
    svg_text(svg, svg->file, text_of(words), 150);
    fputs("</text>\n", svg->file);
}

/* 1, 2 or 5 times a power of ten: the least such that ten or fewer fit. */
static uint64_t tick_ns(uint64_t end_ns)
{
    static const uint64_t steps[] = {1, 2, 5};
    uint64_t power = 1;

    for (;; power *= 10)
        for (int i = 0; i < 3; i++)
            if (end_ns / (steps[i] * power) <= 10)
                return steps[i] * power;
}

static void write_moment(const struct svg *svg, uint64_t ns, uint64_t tick)
{
    if (tick >= 100000000)
        fprintf(svg->file, "%.1f s", (double)ns / 1e9);
    else if (tick >= 10000000)
        fprintf(svg->file, "%.2f s", (double)ns / 1e9);
    else if (tick >= 1000000)
        fprintf(svg->file, "%" PRIu64 " ms", ns / 1000000);
    else
        fprintf(svg->file, "%g us", (double)ns / 1e3);
}

static void write_time(const struct svg *svg)
{
    uint64_t tick = tick_ns(svg->end_ns);
    int bottom = svg_notes_top(svg) - 18;

    /* counted, for a damaged trace may end at the last moment that there is */
    for (uint64_t i = 0, ticks = svg->end_ns / tick; i <= ticks; i++) {
        uint64_t ns = i * tick;
        double x = svg_x(svg, ns);
        fprintf(svg->file,
                "<path class=\"grid\" d=\"M%.1f %dV%d\"/>"
                "<text class=\"small\" text-anchor=\"middle\" x=\"%.1f\" y=\"%d\">",
                x, SVG_HEAD - 6, bottom, x, SVG_HEAD - 12);
        write_moment(svg, ns, tick);
        fputs("</text>\n", svg->file);
    }
}

static void write_names(const struct svg *svg)
{
    const struct model *model = &svg->stats.model;

    for (unsigned i = 0; i < svg->rows; i++) {
        const struct model_thread *thread = &model->threads[i];
        char name[200] = "";
        struct text_buffer words = {name, sizeof name, 0};
        sentence_add_name(&words, model, svg->reader, thread->object, thread->process);
        fprintf(svg->file, "<text class=\"name\" x=\"12\" y=\"%.1f\">", svg_y(i) + 4.5);
        svg_text(svg, svg->file, text_of(name), 19);
        fprintf(svg->file, "</text><path class=\"life\" d=\"M%d %.1fH%.1f\"/>\n",
                SVG_LEFT, svg_y(i), svg_x(svg, svg->end_ns));
    }
}

void svg_begin(struct svg *svg)
{
    /* the report, the legend's two rows, what is left out */
    int height =
        svg_notes_top(svg) + (report_lines(svg) + (int)svg->note_count + 4) * SVG_LINE;

    fprintf(svg->file,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" "
            "viewBox=\"0 0 %d %d\">\n",
            SVG_WIDTH, height, SVG_WIDTH, height);
    fputs(head, svg->file);
    write_title(svg);
    write_time(svg);
    write_names(svg);
}

static int write_report(const struct svg *svg, int y)
{
    struct text line, rest = {NULL, 0};

    if (svg->report != 0)
        rest = reader_text(svg->reader, reader_event(svg->reader, svg->report)->text);
    for (int i = report_lines(svg); i > 0 && text_next_line(&rest, &line); i--) {
        fprintf(svg->file, "<text class=\"how\" x=\"12\" y=\"%d\">", y);
        svg_text(svg, svg->file, line, 140);
        fputs("</text>\n", svg->file);
        y += SVG_LINE;
    }
    return y;
}

/* The findings, with the numbers that mark their places. */
static int write_notes(const struct svg *svg, int y)
{
    for (unsigned i = 0; i < svg->note_count; i++) {
        const struct finding *found = svg->notes[i];
        svg_note(svg->file, i, 19, y - 4);
        fprintf(svg->file, "<text class=\"how\" x=\"32\" y=\"%d\">", y);
        svg_text(svg, svg->file, text_of(found->sentence), 125);
        fprintf(svg->file, " (step %" PRIu64 ")</text>\n", found->step);
        y += SVG_LINE;
    }
    return y;
}

/* Only what is there to be seen. */
static int write_states(const struct svg *svg, int y)
{
    double x = 12;

    for (int state = STATE_RUN; state < STATES; state++) {
        if (!(svg->states & 1u << state))
            continue;
        if (state == STATE_KILLED) {
            fprintf(svg->file,
                    "<path class=\"killed\" d=\"M%.1f %dl10 10m0 -10l-10 10\"/>", x + 8,
                    y - 10);
        } else {
            svg_bar(svg->file, (enum state)state, x, y - 5, 26);
            fprintf(svg->file, "/><text class=\"in\" x=\"%.1f\" y=\"%d\">%c</text>",
                    x + 9, y - 1, state_letter((enum state)state));
        }
        fprintf(svg->file, "<text class=\"name\" x=\"%.1f\" y=\"%d\">%s%s</text>\n",
                x + 32, y, state_word((enum state)state),
                state == STATE_SLEEP ? ", or works on what is named" : "");
        x += state == STATE_SLEEP ? 300 : state == STATE_TIMED ? 210 : 150;
    }
    return y + SVG_LINE + 6;
}

static int write_signs(const struct svg *svg, int y)
{
    int x = 12;

    if (svg->flows.count > 0) {
        fprintf(svg->file,
                "<path class=\"arrow\" marker-end=\"url(#head)\" d=\"M%d %dl26 8\"/>"
                "<text class=\"name\" x=\"%d\" y=\"%d\">an item, from who put it to "
                "who took it</text>\n",
                x, y - 9, x + 32, y);
        x += 330;
    }
    if (svg->has_prints) {
        fprintf(svg->file,
                "<path class=\"print\" d=\"M%d %dl-3.5 6h7z\"/>"
                "<text class=\"name\" x=\"%d\" y=\"%d\">a print</text>\n",
                x + 6, y - 8, x + 16, y);
        x += 110;
    }
    fprintf(svg->file,
            "<path class=\"end\" d=\"M%d %dv14\"/>"
            "<text class=\"name\" x=\"%d\" y=\"%d\">the thread ends</text>\n",
            x + 6, y - 12, x + 16, y);
    return y + SVG_LINE;
}

static void write_left_out(const struct svg *svg, int y)
{
    unsigned hidden = svg->stats.model.thread_count - svg->rows;
    char words[300] = "";
    struct text_buffer line = {words, sizeof words, 0};

    if (svg->every > 1)
        text_add(&line, "Of %" PRIu64 " arrows, one in %" PRIu64 " is drawn. ",
                 svg->flows.count, svg->every);
    if (hidden > 0)
        text_add(&line, "%u more threads are not drawn. ", hidden);
    if (svg->hidden_strips > 0)
        text_add(&line, "%u more queues are not drawn. ", svg->hidden_strips);
    if (svg->stats.model.gaps > 0)
        text_add(&line, "%" PRIu64 " steps were lost while recording.",
                 svg->stats.model.gaps);
    fprintf(svg->file, "<text class=\"small\" x=\"12\" y=\"%d\">%s</text>\n", y, words);
}

void svg_finish(struct svg *svg)
{
    svg_write_strips(svg);
    int y = write_report(svg, svg_notes_top(svg) + 4);
    y = write_notes(svg, y);
    y = write_states(svg, y + 8);
    y = write_signs(svg, y);
    write_left_out(svg, y);
    fputs("</svg>\n", svg->file);
}
