/* export_svg.c - a run as a picture: its timeline for a handout or a slide; see
   export_svg.h. */
#include "export_svg.h"
#include "canvas.h"
#include "export.h"
#include "memory.h"

#include <stdlib.h>
#include <string.h>

void svg_layer_open(struct svg_layer *layer)
{
    *layer = (struct svg_layer){.bytes = NULL};
    layer->file = need(open_memstream(&layer->bytes, &layer->size));
}

void svg_layer_write(const struct svg *svg, struct svg_layer *layer)
{
    if (fclose(layer->file) != 0)
        need(NULL);
    fwrite(layer->bytes, 1, layer->size, svg->file);
    free(layer->bytes);
}

/* XML has no place for these two, not even as numbers. */
static bool is_forbidden(const char *bytes)
{
    return strcmp(bytes, "\xef\xbf\xbe") == 0 || strcmp(bytes, "\xef\xbf\xbf") == 0;
}

static void write_cell(FILE *file, const char *bytes)
{
    if (strcmp(bytes, "&") == 0)
        fputs("&amp;", file);
    else if (strcmp(bytes, "<") == 0)
        fputs("&lt;", file);
    else if (strcmp(bytes, ">") == 0)
        fputs("&gt;", file);
    else
        fputs(is_forbidden(bytes) ? "?" : bytes, file);
}

void svg_text(const struct svg *svg, FILE *file, struct text text, int cells)
{
    struct canvas row = {0, 0, NULL};
    int width = canvas_text_width(text);

    if (width > cells)
        width = cells;
    if (width <= 0)
        return;
    canvas_reset(&row, 1, width);
    canvas_put_cut(&row, 0, 0, width, STYLE_PLAIN, text);
    for (int i = 0; i < width; i++)
        write_cell(file, cell_text(&row.cells[i], svg->ascii));
    canvas_free(&row);
}

double svg_x(const struct svg *svg, uint64_t time_ns)
{
    return SVG_LEFT + (double)time_ns / (double)svg->end_ns * SVG_PLOT;
}

double svg_y(unsigned row)
{
    return SVG_HEAD + row * SVG_ROW + SVG_ROW / 2.0;
}

int svg_strips_top(const struct svg *svg)
{
    return SVG_HEAD + (int)svg->rows * SVG_ROW + 10;
}

int svg_notes_top(const struct svg *svg)
{
    return svg_strips_top(svg) + (int)svg->strip_count * SVG_STRIP + 16;
}

/* The step that told why the run went wrong, if one did. */
static uint64_t find_report(const struct reader *reader)
{
    for (uint64_t step = reader->steps; step > 0; step--) {
        enum trace_kind kind = reader_kind(reader, step);
        if (kind == TRACE_DEADLOCK || kind == TRACE_MISUSE ||
            (kind == TRACE_OUTCOME && reader_event(reader, step)->detail == 0))
            return step;
    }
    return 0;
}

/* What must be known of the whole run before its first step is drawn. */
static void look_at_run(struct svg *svg)
{
    stats_extend(&svg->stats, svg->reader, svg->reader->steps);
    const struct model *end = &svg->stats.model;
    svg->flows = flows_find(svg->reader);
    svg->report = find_report(svg->reader);
    svg->every = (svg->flows.count + SVG_MOST_ARROWS - 1) / SVG_MOST_ARROWS;
    svg->end_ns = end->time_ns > 0 ? end->time_ns : 1;
    svg->rows = end->thread_count < SVG_MOST_ROWS ? end->thread_count : SVG_MOST_ROWS;
    svg->row = grown(NULL, svg->rows + 1, sizeof *svg->row);
    for (unsigned i = 0; i < svg->rows; i++)
        svg->row[i] = (struct svg_row){.print = -1};
    svg_layer_open(&svg->above);
    svg_layer_open(&svg->words);
    svg_choose_strips(svg);
    svg_choose_notes(svg);
}

static void draw_run(struct svg *svg)
{
    while (svg->model.step < svg->reader->steps && !ferror(svg->file)) {
        model_apply(&svg->model, svg->reader);
        for (unsigned i = 0; i < svg->model.thread_count && i < svg->rows; i++)
            svg_row_change(svg, i);
        svg_marks(svg);
        svg_mark_notes(svg);
    }
    for (unsigned i = 0; i < svg->rows; i++)
        svg_row_end(svg, i);
    svg_layer_write(svg, &svg->above);
    svg_layer_write(svg, &svg->words);
}

void export_svg(const struct reader *reader, bool ascii, FILE *file)
{
    struct svg svg = {.reader = reader, .file = file, .ascii = ascii};

    look_at_run(&svg);
    svg_begin(&svg);
    draw_run(&svg);
    svg_finish(&svg);
    free(svg.row);
    flows_free(&svg.flows);
    findings_free(&svg.findings);
    model_free(&svg.model);
    stats_free(&svg.stats);
}
