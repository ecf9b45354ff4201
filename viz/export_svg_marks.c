/* export_svg_marks.c - what lies above the picture's bars: arrows from who put an item
   to who took it, prints, findings; see export_svg.h. */
#include "export_svg.h"

/* The row of a thread; -1 if it has none. */
static int row_of(const struct svg *svg, uint32_t thread)
{
    int row = model_thread_of(&svg->model, thread);

    return row < (int)svg->rows ? row : -1;
}

/* From the edge of one bar to the edge of the other. */
static void draw_arrow(struct svg *svg, const struct trace_event *put,
                       const struct trace_event *get)
{
    int from = row_of(svg, put->thread), to = row_of(svg, get->thread);

    if (from < 0 || to < 0 || from == to)
        return;
    double half = from < to ? SVG_BAR / 2.0 : -SVG_BAR / 2.0;
    fprintf(svg->above.file,
            "<path class=\"arrow\" marker-end=\"url(#head)\" d=\"M%.1f %.1fL%.1f "
            "%.1f\"/>\n",
            svg_x(svg, put->time_ns), svg_y((unsigned)from) + half,
            svg_x(svg, get->time_ns), svg_y((unsigned)to) - half);
}

static void mark_print(struct svg *svg, const struct trace_event *event)
{
    int row = row_of(svg, event->thread);
    double x = svg_x(svg, event->time_ns);

    /* marks that would lie on each other are one */
    if (row < 0 || (svg->row[row].print >= 0 && x - svg->row[row].print < 4))
        return;
    svg->row[row].print = x;
    svg->has_prints = true;
    fprintf(svg->above.file, "<path class=\"print\" d=\"M%.1f %.1fl-3.5 6h7z\"><title>",
            x, svg_y((unsigned)row) + SVG_BAR / 2.0 - 3);
    svg_text(svg, svg->above.file, reader_text(svg->reader, event->text), 100);
    fputs("</title></path>\n", svg->above.file);
}

static bool tells_depth(enum trace_kind kind)
{
    enum object_type type = kind_info(kind)->type;

    return (type == OBJECT_QUEUE || type == OBJECT_PROCESS_QUEUE ||
            type == OBJECT_PIPE) &&
           kind_tells_counts(kind);
}

static double depth_y(const struct svg *svg, const struct svg_strip *strip,
                      uint64_t depth)
{
    const struct model_object *object =
        model_object_of(&svg->stats.model, strip->number, strip->process);
    uint64_t most = stats_of(&svg->stats, object)->largest_depth;

    return -(double)depth * (SVG_STRIP - 12) / (double)(most > 0 ? most : 1);
}

void svg_strip_draw(const struct svg *svg, struct svg_strip *strip)
{
    FILE *file = strip->path.file;

    if (strip->high > strip->depth)
        fprintf(file, "V%.1f", depth_y(svg, strip, strip->high));
    if (strip->low < strip->depth)
        fprintf(file, "V%.1f", depth_y(svg, strip, strip->low));
    fprintf(file, "V%.1f", depth_y(svg, strip, strip->depth));
}

/* Changes within a third of a pixel are drawn as one upright line. */
static void change_depth(const struct svg *svg, struct svg_strip *strip, uint64_t depth)
{
    double x = svg_x(svg, svg->model.time_ns);

    if (depth == strip->depth)
        return;
    if (x - strip->at > 0.3) {
        svg_strip_draw(svg, strip);
        fprintf(strip->path.file, "H%.1f", x);
        strip->at = x;
        strip->low = strip->high = depth;
    }
    strip->depth = depth;
    strip->low = depth < strip->low ? depth : strip->low;
    strip->high = depth > strip->high ? depth : strip->high;
}

static void mark_depth(struct svg *svg, const struct trace_event *event,
                       enum trace_kind kind)
{
    const struct model_object *object = model_object_of(
        &svg->model, event->object, model_process_of(&svg->model, event->thread));
    uint64_t depth = event->depth;

    if (kind_info(kind)->type == OBJECT_PROCESS_QUEUE)
        depth += event->unfinished; /* what is in buffers */
    for (unsigned i = 0; i < svg->strip_count; i++)
        if (svg->strips[i].number == event->object &&
            svg->strips[i].process == object->process)
            change_depth(svg, &svg->strips[i], depth);
}

void svg_marks(struct svg *svg)
{
    uint64_t step = svg->model.step;
    const struct trace_event *event = reader_event(svg->reader, step);
    enum trace_kind kind = reader_kind(svg->reader, step);

    if (kind == TRACE_UNCOMMITTED)
        return;
    if (flows_part(&svg->flows, svg->reader, step) == FLOW_END &&
        svg->arrow++ % svg->every == 0)
        draw_arrow(svg, reader_event(svg->reader, event->number), event);
    if (kind == TRACE_SAY || kind == TRACE_SAY_PIECE)
        mark_print(svg, event);
    if (tells_depth(kind))
        mark_depth(svg, event, kind);
}

/* Those that the report tells of in its own words are not told twice. */
static bool is_shown(const struct svg *svg, const struct finding *found)
{
    bool is_reported = found->kind == FINDING_DEADLOCK ||
                       found->kind == FINDING_MISUSE ||
                       found->kind == FINDING_WRONG_OUTCOME;

    return found->severity != FINDING_REMARK && !(is_reported && svg->report != 0);
}

void svg_choose_notes(struct svg *svg)
{
    while (findings_extend(&svg->findings, svg->reader, svg->reader->steps))
        continue;
    for (size_t i = 0; i < svg->findings.count && svg->note_count < SVG_MOST_NOTES; i++)
        if (is_shown(svg, &svg->findings.list[i]))
            svg->notes[svg->note_count++] = &svg->findings.list[i];
}

void svg_note(FILE *file, unsigned note, double x, double y)
{
    fprintf(file,
            "<circle class=\"note\" cx=\"%.1f\" cy=\"%.1f\" r=\"7\"/>"
            "<text class=\"in\" text-anchor=\"middle\" x=\"%.1f\" y=\"%.1f\">%u"
            "</text>\n",
            x, y, x, y + 3.5, note + 1);
}

void svg_mark_notes(struct svg *svg)
{
    for (unsigned i = 0; i < svg->note_count; i++) {
        int row = row_of(svg, svg->notes[i]->thread);
        if (svg->notes[i]->step == svg->model.step)
            svg_note(svg->words.file, i, svg_x(svg, svg->model.time_ns),
                     row < 0 ? SVG_HEAD : svg_y((unsigned)row));
    }
}
