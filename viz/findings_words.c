/* findings_words.c - findings are put into the list, in words; see findings_watch.h. */
#include "findings_watch.h"
#include "memory.h"
#include "sentence.h"

#include <inttypes.h>
#include <string.h>

/* A list that can be read: so many of one kind and object, and so many of one kind. */
enum { MOST_OF_OBJECT = 3, MOST_OF_KIND = 6 };

enum { MOST_BYTES = 270 }; /* of a sentence's 320 */

struct writer {
    struct text_buffer *buffer;
    const struct findings_watch *watch;
    const struct finding *finding;
    const struct finding_words *words;
    uint32_t process; /* whose objects are meant */
};

static void add_name(const struct writer *writer, uint32_t number, uint32_t process)
{
    sentence_add_name(writer->buffer, &writer->watch->model, writer->watch->reader,
                      number, process);
}

/* " (lesson.c:40)" */
static void add_line(const struct writer *writer, uint64_t step)
{
    const struct reader *reader = writer->watch->reader;

    if (step == 0 || step > reader->steps || reader_event(reader, step)->site == 0)
        return;
    text_add(writer->buffer, " (");
    text_add_text(writer->buffer, text_base_name(reader_text(
                                      reader, reader_event(reader, step)->site)));
    text_add(writer->buffer, ")");
}

static void add_number(const struct writer *writer, char letter)
{
    const struct finding_words *words = writer->words;

    switch (letter) {
    case 'a':
        text_add(writer->buffer, "%" PRIu64, words->first);
        break;
    case 'b':
        text_add(writer->buffer, "%" PRIu64, words->second);
        break;
    case 'n':
        text_add(writer->buffer, "%" PRIu64, words->count);
        break;
    case 'm':
        text_add(writer->buffer, "%" PRIu64, words->of);
        break;
    case 's':
        text_add(writer->buffer, "%s", words->count == 1 ? "" : "s");
        break;
    case 'd':
        text_add_duration(writer->buffer, words->duration);
        break;
    default:
        text_add(writer->buffer, "%%");
        break;
    }
}

static void add_placeholder(const struct writer *writer, char letter)
{
    switch (letter) {
    case 't':
        add_name(writer, writer->finding->thread, writer->process);
        break;
    case 'w':
        add_name(writer, writer->words->other, writer->process);
        break;
    case 'o':
        add_name(writer, writer->finding->object, writer->process);
        break;
    case 'q':
        text_add(writer->buffer, "'");
        add_name(writer, writer->finding->object, writer->process);
        text_add(writer->buffer, "'");
        break;
    case 'x':
        text_add_text(writer->buffer, writer->words->text);
        break;
    case 'l':
        add_line(writer, writer->words->first);
        break;
    case 'k':
        add_line(writer, writer->words->second);
        break;
    default:
        add_number(writer, letter);
        break;
    }
}

/* Whether a bracket is open at the end. */
static bool has_open_bracket(const char *bytes, size_t length)
{
    int open = 0;

    for (size_t i = 0; i < length; i++)
        open += bytes[i] == '(' ? 1 : bytes[i] == ')' ? -1 : 0;
    return open > 0;
}

/* A sentence that does not fit ends with "…", after a whole character, or with "…)";
   there is always room behind it for how many more there are like it. */
static void keep(struct finding *finding, const struct text_buffer *words)
{
    static const char mark[] = "…";
    size_t length = words->length;

    if (length > MOST_BYTES) {
        length = MOST_BYTES;
        while (length > 0 && ((unsigned char)words->bytes[length] & 0xc0) == 0x80)
            length--;
    }
    memcpy(finding->sentence, words->bytes, length);
    finding->sentence[length] = '\0';
    if (length < words->length) {
        memcpy(finding->sentence + length, mark, sizeof mark);
        length += sizeof mark - 1;
        if (has_open_bracket(finding->sentence, length)) {
            memcpy(finding->sentence + length, ")", 2);
            length++;
        }
    }
    finding->length = (uint32_t)length;
}

static void write_sentence(struct findings_watch *watch, struct finding *finding,
                           const struct finding_words *words)
{
    char line[2 * sizeof finding->sentence] = "";
    struct text_buffer buffer = {line, sizeof line, 0};
    struct writer writer = {&buffer, watch, finding, words, watch->process};
    const char *template =
        words->template != NULL ? words->template : finding_template(finding->kind);

    for (const char *at = template; *at != '\0'; at++) {
        if (*at == '%' && at[1] != '\0')
            add_placeholder(&writer, *++at);
        else
            text_add(&buffer, "%c", *at);
    }
    keep(finding, &buffer);
}

/* The one to count with, where there are enough like it; NULL where there are not. */
static struct finding *enough(struct findings *findings, const struct finding *like)
{
    struct finding *last_of_object = NULL, *last_of_kind = NULL;
    unsigned of_object = 0, of_kind = 0;

    for (size_t i = 0; i < findings->count; i++) {
        struct finding *other = &findings->list[i];
        if (other->kind != like->kind)
            continue;
        of_kind++;
        last_of_kind = other;
        if (other->object == like->object) {
            of_object++;
            last_of_object = other;
        }
    }
    if (of_object >= MOST_OF_OBJECT)
        return last_of_object;
    return of_kind >= MOST_OF_KIND ? last_of_kind : NULL;
}

uint64_t finding_known_from(const struct finding *finding)
{
    return finding->to > finding->step ? finding->to : finding->step;
}

static void count_with(struct finding *like, const struct finding *finding)
{
    like->more_known = grown_for(like->more_known, like->more, &like->more_room,
                                 sizeof *like->more_known);
    like->more_known[like->more++] = finding_known_from(finding);
}

void finding_add(struct findings_watch *watch, struct finding finding,
                 struct finding_words words)
{
    struct findings *findings = watch->findings;
    struct finding *like = enough(findings, &finding);

    if (like != NULL) {
        count_with(like, &finding);
        watch->has_changed = true;
        return;
    }
    if (finding.severity < finding_severity(finding.kind))
        finding.severity = finding_severity(finding.kind);
    finding.from = finding.from == 0 ? finding.step : finding.from;
    finding.to = finding.to == 0 ? finding.step : finding.to;
    write_sentence(watch, &finding, &words);
    findings->list =
        grown_for(findings->list, findings->count, &findings->room, sizeof finding);
    size_t place = findings->count;
    while (place > 0 && findings->list[place - 1].step > finding.step)
        place--;
    memmove(&findings->list[place + 1], &findings->list[place],
            (findings->count - place) * sizeof finding);
    findings->list[place] = finding;
    findings->count++;
}

static void add_more(struct text_buffer *buffer, uint64_t count)
{
    if (count > 0)
        text_add(buffer, " (and %" PRIu64 " more like it)", count);
}

void finding_add_sentence(struct text_buffer *buffer, const struct finding *finding,
                          uint64_t step)
{
    uint64_t count = 0;

    for (uint64_t i = 0; i < finding->more; i++)
        count += finding->more_known[i] <= step;
    text_add(buffer, "%.*s", (int)finding->length, finding->sentence);
    add_more(buffer, count);
}

void finding_tell_more(struct findings *findings)
{
    for (size_t i = 0; i < findings->count; i++) {
        struct finding *finding = &findings->list[i];
        if (finding->more == 0)
            continue;
        finding->sentence[finding->length] = '\0';
        char more[48];
        struct text_buffer buffer = {more, sizeof more, 0};
        add_more(&buffer, finding->more);
        if (finding->length + buffer.length < sizeof finding->sentence)
            memcpy(finding->sentence + finding->length, more, buffer.length + 1);
    }
}
