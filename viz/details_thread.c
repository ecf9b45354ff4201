/* details_thread.c - all about one thread; see details.h. */
#include "details_parts.h"
#include "sentence.h"

#include <inttypes.h>

static const struct link nowhere = {.kind = LINK_NONE};

/* What it is about, since when, and the item that it works on. */
static void add_present(struct page *page, const struct inquiry *inquiry,
                        unsigned index)
{
    char line[DETAILS_WORDS] = "";
    struct text_buffer words = {line, sizeof line, 0};
    const struct model_thread *thread = &inquiry_model(inquiry)->threads[index];
    uint64_t now_ns = inquiry->playback->now_ns;

    sentence_of_thread(&words, inquiry_model(inquiry), inquiry_reader(inquiry), index,
                       now_ns);
    page_add(page, nowhere, "%s", line);
    if (thread->since_step != 0) {
        uint64_t since =
            reader_event(inquiry_reader(inquiry), thread->since_step)->time_ns;
        words.length = 0;
        text_add(&words, "  since step %" PRIu64, thread->since_step);
        details_add_line(&words, inquiry, thread->since_step);
        text_add(&words, ", ");
        text_add_duration(&words, now_ns > since ? now_ns - since : 0);
        text_add(&words, " ago");
        page_add(page, (struct link){LINK_STEP, 0, thread->since_step}, "%s", line);
    }
    if (details_is_waiting(thread))
        page_add(page, (struct link){LINK_FREES, 0, index}, "  what frees it");
}

static bool is_put(const struct reader *reader, uint64_t step)
{
    enum trace_kind kind = reader_kind(reader, step);

    return kind == TRACE_QUEUE_PUT || kind == TRACE_PROCESS_QUEUE_PUT;
}

static void add_item(struct page *page, const struct inquiry *inquiry,
                     const struct model_thread *thread)
{
    char line[DETAILS_WORDS] = "";
    struct text_buffer words = {line, sizeof line, 0};

    if (thread->item == 0 || thread->item > inquiry_reader(inquiry)->steps ||
        !is_put(inquiry_reader(inquiry), thread->item))
        return;
    text_add(&words, "works on ");
    details_add_item(&words, inquiry, thread->item);
    text_add(&words, ", put by ");
    details_add_origin(&words, inquiry, thread->item);
    page_add(page, (struct link){LINK_STEP, 0, thread->item}, "%s", line);
    words.length = 0;
    text_add(&words, "  the life of ");
    details_add_item(&words, inquiry, thread->item);
    page_add(page, (struct link){LINK_ITEM, 0, thread->item}, "%s", line);
}

static void add_locks(struct page *page, const struct inquiry *inquiry,
                      const struct model_thread *thread)
{
    const struct model *model = inquiry_model(inquiry);
    const struct model_object *object = NULL;
    char line[DETAILS_WORDS] = "";
    struct text_buffer words = {line, sizeof line, 0};

    while ((object = model_next(model, object)) != NULL) {
        if (object->type != OBJECT_LOCK || object->holder != thread->object ||
            model_object_of(model, object->number, thread->process) != object)
            continue;
        uint64_t taken = details_taken_step(inquiry, object);
        words.length = 0;
        text_add(&words, "holds '");
        text_add_text(&words,
                      model_name(model, inquiry_reader(inquiry), object->number));
        text_add(&words, "'");
        if (taken != 0) {
            text_add(&words, " since step %" PRIu64, taken);
            details_add_line(&words, inquiry, taken);
        }
        page_add(page, taken != 0 ? (struct link){LINK_STEP, 0, taken} : nowhere, "%s",
                 line);
    }
}

/* "sleeps             0.03 s   91 %  ##################" */
static void add_spent(struct page *page, const struct inquiry *inquiry, unsigned index)
{
    enum { BAR = 25 };
    static const char bar[] = "#########################";
    uint64_t spent[STATES], whole = 0;

    for (int state = 0; state < STATES; state++) {
        spent[state] = stats_spent(inquiry->stats, index, (enum state)state,
                                   inquiry->playback->now_ns);
        whole += spent[state];
    }
    for (int state = STATE_RUN; state < STATES && whole > 0; state++) {
        char time[32] = "";
        struct text_buffer words = {time, sizeof time, 0};
        if (spent[state] == 0)
            continue;
        text_add_duration(&words, spent[state]);
        page_add(page, nowhere, "  %c %-22s %9s %3" PRIu64 " %%  %.*s",
                 state_letter((enum state)state), state_word((enum state)state), time,
                 (spent[state] * 100 + whole / 2) / whole,
                 (int)(spent[state] * BAR / whole), bar);
    }
}

static void add_longest(struct page *page, const struct inquiry *inquiry,
                        unsigned index)
{
    char line[DETAILS_WORDS] = "";
    struct text_buffer words = {line, sizeof line, 0};
    uint64_t step,
        longest = stats_longest_wait(inquiry->stats, inquiry_reader(inquiry), index,
                                     inquiry->playback->now_ns, &step);

    if (step == 0) {
        page_add(page, nowhere, "it never waited");
        return;
    }
    text_add(&words, "its longest wait: ");
    text_add_duration(&words, longest);
    text_add(&words, " ");
    details_add_wait(&words, inquiry, step);
    text_add(&words, ", from step %" PRIu64, step);
    page_add(page, (struct link){LINK_STEP, 0, step}, "%s", line);
}

/* "3 puts, 4 takes, 12 waits": what there was none of is left out. */
static void add_counts(struct page *page, const struct inquiry *inquiry, unsigned index)
{
    const struct stats_thread *counts = &inquiry->stats->threads[index];
    const struct {
        uint64_t count;
        const char *one, *many;
    } rows[] = {{counts->puts, "put", "puts"},
                {counts->gets, "take", "takes"},
                {counts->prints, "print", "prints"},
                {counts->waits, "wait", "waits"},
                {counts->idle_wakeups, "of them ended with nothing to do",
                 "of them ended with nothing to do"}};
    char line[DETAILS_WORDS] = "";
    struct text_buffer words = {line, sizeof line, 0};

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (rows[i].count > 0)
            text_add(&words, "%s%" PRIu64 " %s", words.length > 0 ? ", " : "",
                     rows[i].count, rows[i].count == 1 ? rows[i].one : rows[i].many);
    if (words.length > 0)
        page_add(page, nowhere, "%s", line);
}

static void add_past(struct page *page, const struct inquiry *inquiry, unsigned index)
{
    const struct model *model = inquiry_model(inquiry);
    char line[DETAILS_WORDS] = "";
    struct text_buffer words = {line, sizeof line, 0};
    uint64_t start = model_object(model, model->threads[index].object)->init_step;

    page_add_heading(page, "SO FAR");
    if (!inquiry_is_counted(inquiry) || index >= inquiry->stats->model.thread_count) {
        page_add(page, nowhere, "the steps are being counted ...");
        return;
    }
    add_spent(page, inquiry, index);
    add_longest(page, inquiry, index);
    add_counts(page, inquiry, index);
    if (start == 0 || reader_event(inquiry_reader(inquiry), start)->thread ==
                          model->threads[index].object)
        return;
    text_add(&words, "started by ");
    details_add_origin(&words, inquiry, start);
    page_add(page, (struct link){LINK_STEP, 0, start}, "%s", line);
}

void details_of_thread(struct page *page, const struct inquiry *inquiry,
                       struct link link)
{
    const struct model *model = inquiry_model(inquiry);
    struct text_buffer title = {page->title, sizeof page->title, 0};
    unsigned index = (unsigned)link.number;

    if (index >= model->thread_count)
        return;
    const struct model_thread *thread = &model->threads[index];
    text_add(&title, "THREAD ");
    details_add_thread(&title, inquiry, thread->object);
    add_present(page, inquiry, index);
    add_item(page, inquiry, thread);
    add_locks(page, inquiry, thread);
    if (thread->last_step != 0 && thread->last_step != thread->since_step) {
        char line[DETAILS_WORDS] = "";
        struct text_buffer words = {line, sizeof line, 0};
        text_add(&words, "its latest step: %" PRIu64, thread->last_step);
        details_add_line(&words, inquiry, thread->last_step);
        page_add(page, (struct link){LINK_STEP, 0, thread->last_step}, "%s", line);
    }
    add_past(page, inquiry, index);
}
