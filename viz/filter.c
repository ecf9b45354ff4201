/* filter.c - which steps are to be seen; see filter.h. */
#include "filter.h"
#include "sentence.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

enum { SENTENCE_BYTES = 1024 };

static bool begins_with(struct text text, struct text beginning)
{
    if (text.length < beginning.length)
        return false;
    for (size_t i = 0; i < beginning.length; i++)
        if (tolower((unsigned char)text.bytes[i]) !=
            tolower((unsigned char)beginning.bytes[i]))
            return false;
    return true;
}

/* So that capital letters make no difference. */
static void make_small(char *text)
{
    for (; *text != '\0'; text++)
        *text = (char)tolower((unsigned char)*text);
}

/* "worker" means all workers; "worker-1" is not "worker-10". */
static bool is_named(struct text name, struct text word)
{
    if (word.length == 0 || !begins_with(name, word))
        return false;
    return name.length == word.length ||
           !isdigit((unsigned char)word.bytes[word.length - 1]) ||
           !isdigit((unsigned char)name.bytes[word.length]);
}

/* What stands before a word's colon. */
static const struct {
    const char *name;
    enum filter_what what;
} prefixes[] = {
    {"thread:", FILTER_THREAD}, {"object:", FILTER_OBJECT}, {"event:", FILTER_EVENT}};

static bool read_term(struct filter_term *term, struct text word, const char *letters,
                      unsigned letter_count, char *why, size_t size)
{
    size_t start = 0;

    term->what = text_equal(word, text_of("waits")) ? FILTER_WAITS
                                                    : (enum filter_what)FILTER_TEXT;
    for (size_t i = 0; i < sizeof prefixes / sizeof prefixes[0]; i++)
        if (begins_with(word, text_of(prefixes[i].name))) {
            term->what = prefixes[i].what;
            start = strlen(prefixes[i].name);
        }
    word = text_part(word, start, word.length);
    if (word.length == 0 || word.length >= FILTER_WORD) {
        snprintf(why, size,
                 word.length == 0 ? "after the colon comes a name: thread:worker-1"
                                  : "a word of the filter is too long");
        return false;
    }
    const char *letter =
        word.length == 1 ? memchr(letters, word.bytes[0], letter_count) : NULL;
    if (letter != NULL && (term->what == FILTER_TEXT || term->what == FILTER_THREAD)) {
        term->what = FILTER_LETTER;
        term->thread = (unsigned)(letter - letters);
    }
    memcpy(term->word, word.bytes, word.length);
    term->word[word.length] = '\0';
    make_small(term->word);
    return true;
}

/* Takes the next word off the front; false if there is none. */
static bool next_word(struct text *rest, struct text *word)
{
    size_t start = 0, end;

    while (start < rest->length && rest->bytes[start] == ' ')
        start++;
    for (end = start; end < rest->length && rest->bytes[end] != ' ';)
        end++;
    *word = text_part(*rest, start, end);
    *rest = text_part(*rest, end, rest->length);
    return word->length > 0;
}

bool filter_parse(struct filter *filter, const char *words, const char *letters,
                  unsigned letter_count, char *why, size_t size)
{
    struct filter read = {.count = 0};
    struct text rest = text_of(words), word;

    while (next_word(&rest, &word)) {
        if (read.count + 1 >= FILTER_TERMS) { /* one stays free for a search */
            snprintf(why, size, "a filter has at most %d words", FILTER_TERMS - 1);
            return false;
        }
        if (!read_term(&read.terms[read.count++], word, letters, letter_count, why,
                       size))
            return false;
    }
    *filter = read;
    return true;
}

bool filter_add_text(struct filter *filter, const char *text)
{
    if (filter->count == FILTER_TERMS || strlen(text) >= FILTER_WORD)
        return false;
    struct filter_term *term = &filter->terms[filter->count++];
    *term = (struct filter_term){.what = FILTER_TEXT};
    memcpy(term->word, text, strlen(text));
    make_small(term->word);
    return true;
}

/* Whether the step fits a term that asks for no text. */
static bool fits(const struct filter_term *term, const struct model *model,
                 const struct reader *reader)
{
    const struct trace_event *event = reader_event(reader, model->step);
    const struct kind_info *kind = kind_info(reader_kind(reader, model->step));
    struct text word = text_of(term->word);

    switch (term->what) {
    case FILTER_THREAD:
        return event->thread != 0 &&
               is_named(model_name(model, reader, event->thread), word);
    case FILTER_LETTER:
        return model_thread_of(model, event->thread) == (int)term->thread;
    case FILTER_OBJECT:
        return event->object != 0 &&
               is_named(model_name(model, reader, event->object), word);
    case FILTER_EVENT:
        return strstr(kind->name, term->word) != NULL;
    case FILTER_WAITS:
        return kind->phase == PHASE_BEGIN && strcmp(kind->wait, "nap") != 0;
    default:
        return true;
    }
}

bool filter_matches(const struct filter *filter, const struct model *model,
                    const struct reader *reader)
{
    char sentence[SENTENCE_BYTES] = "";
    struct text_buffer buffer = {sentence, sizeof sentence, 0};

    for (unsigned i = 0; i < filter->count; i++)
        if (!fits(&filter->terms[i], model, reader))
            return false;
    for (unsigned i = 0; i < filter->count; i++) {
        if (filter->terms[i].what != FILTER_TEXT)
            continue;
        if (buffer.length == 0) {
            sentence_of_step(&buffer, model, reader);
            make_small(sentence);
        }
        if (memmem(sentence, buffer.length, filter->terms[i].word,
                   strlen(filter->terms[i].word)) == NULL)
            return false;
    }
    return true;
}

bool filter_names_events(const struct filter *filter)
{
    for (unsigned i = 0; i < filter->count; i++)
        if (filter->terms[i].what == FILTER_EVENT)
            return true;
    return false;
}
