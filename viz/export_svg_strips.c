/* export_svg_strips.c - the picture's queues: how many items were in each over time;
   see export_svg.h. */
#include "export_svg.h"
#include "sentence.h"

#include <inttypes.h>

static void add_strip(struct svg *svg, const struct model_object *object)
{
    if (svg->strip_count == SVG_MOST_STRIPS) {
        svg->hidden_strips++;
        return;
    }
    struct svg_strip *strip = &svg->strips[svg->strip_count++];
    *strip = (struct svg_strip){
        .number = object->number, .process = object->process, .at = SVG_LEFT};
    svg_layer_open(&strip->path);
}

void svg_choose_strips(struct svg *svg)
{
    const struct model_object *object = NULL;

    while ((object = model_next(&svg->stats.model, object)) != NULL) {
        bool is_queue = object->type == OBJECT_QUEUE ||
                        object->type == OBJECT_PROCESS_QUEUE ||
                        object->type == OBJECT_PIPE;
        if (is_queue && object->is_used)
            add_strip(svg, object);
    }
}

static void write_name(const struct svg *svg, const struct svg_strip *strip,
                       const struct model_object *object, int bottom)
{
    const struct stats_object *figures = stats_of(&svg->stats, object);
    char name[200] = "";
    struct text_buffer words = {name, sizeof name, 0};

    sentence_add_name(&words, &svg->stats.model, svg->reader, strip->number,
                      strip->process);
    fprintf(svg->file, "<text class=\"name\" x=\"12\" y=\"%d\">", bottom - 14);
    svg_text(svg, svg->file, text_of(name), 19);
    fprintf(svg->file,
            "</text><text class=\"small\" x=\"12\" y=\"%d\">at most %" PRIu64 "%s",
            bottom - 1, figures->largest_depth,
            object->type == OBJECT_PIPE ? " bytes" : "");
    if (object->capacity > 0)
        fprintf(svg->file, " of %" PRIu64, object->capacity);
    fputs("</text>\n", svg->file);
}

void svg_write_strips(struct svg *svg)
{
    for (unsigned i = 0; i < svg->strip_count; i++) {
        struct svg_strip *strip = &svg->strips[i];
        svg_strip_draw(svg, strip);
        int bottom = svg_strips_top(svg) + (int)(i + 1) * SVG_STRIP - 4;
        write_name(svg, strip,
                   model_object_of(&svg->stats.model, strip->number, strip->process),
                   bottom);
        fprintf(svg->file,
                "<path class=\"depth\" transform=\"translate(0 %d)\" d=\"M%d 0", bottom,
                SVG_LEFT);
        svg_layer_write(svg, &strip->path);
        fprintf(svg->file, "H%.1fV0Z\"/>\n", svg_x(svg, svg->end_ns));
    }
}
