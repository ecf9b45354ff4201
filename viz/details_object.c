/* details_object.c - all about one queue, lock, pipe or variable; see details.h. */
#include "details_parts.h"
#include "sentence.h"

#include <inttypes.h>
#include <string.h>

static const struct link nowhere = {.kind = LINK_NONE};

/* Everything that its lines need. */
struct telling {
    struct page *page;
    const struct inquiry *inquiry;
    const struct model_object *object;
    const struct stats_object *counts;
};

/* A fork copies a lock as it is, also one that another thread holds. */
static bool was_held_at_fork(const struct telling *telling)
{
    const struct model_object *lock = telling->object;
    uint32_t process = model_process_of(inquiry_model(telling->inquiry), lock->holder);

    return lock->holder != 0 && process != 0 && lock->process != 0 &&
           process != lock->process;
}

static void add_present(const struct telling *telling)
{
    const struct model_object *object = telling->object;
    const struct inquiry *inquiry = telling->inquiry;
    char line[DETAILS_WORDS] = "";
    struct text_buffer words = {line, sizeof line, 0};

    sentence_of_object(&words, inquiry_model(inquiry), inquiry_reader(inquiry), object);
    if (words.length > 0)
        page_add(telling->page, nowhere, "%s", line);
    uint64_t taken = object->type == OBJECT_LOCK && object->holder != 0
                         ? details_taken_step(inquiry, object)
                         : 0;
    if (taken != 0) {
        words.length = 0;
        text_add(&words, "  taken by ");
        details_add_origin(&words, inquiry, taken);
        if (was_held_at_fork(telling))
            text_add(&words, ", before the fork");
        page_add(telling->page, (struct link){LINK_STEP, 0, taken}, "%s", line);
    }
    if (object->init_step == 0)
        return;
    words.length = 0;
    text_add(&words, "made by ");
    details_add_origin(&words, inquiry, object->init_step);
    page_add(telling->page, (struct link){LINK_STEP, 0, object->init_step}, "%s", line);
    if (object->change_step == 0 || object->change_step == object->init_step)
        return;
    words.length = 0;
    text_add(&words, "last used by ");
    details_add_origin(&words, inquiry, object->change_step);
    page_add(telling->page, (struct link){LINK_STEP, 0, object->change_step}, "%s",
             line);
}

/* The items from the next one out, each with its origin. */
static void add_items(const struct telling *telling, const struct ring *items,
                      const char *heading)
{
    enum { MOST = 40 };
    char line[DETAILS_WORDS] = "";

    if (items->count == 0)
        return;
    page_add_heading(telling->page, heading);
    for (uint32_t i = 0; i < items->count && i < MOST; i++) {
        struct text_buffer words = {line, sizeof line, 0};
        uint64_t step = ring_at(items, i);
        if (step == 0) {
            page_add(telling->page, nowhere, "  ? (its step was lost)");
            continue;
        }
        text_add(&words, "  ");
        details_add_item(&words, telling->inquiry, step);
        text_add(&words, " by ");
        details_add_origin(&words, telling->inquiry, step);
        page_add(telling->page, (struct link){LINK_ITEM, 0, step}, "%s", line);
    }
    if (items->count > MOST)
        page_add(telling->page, nowhere, "  and %" PRIu32 " more", items->count - MOST);
}

/* Who waits for it now. */
static void add_waiting(const struct telling *telling)
{
    const struct model *model = inquiry_model(telling->inquiry);
    bool any = false;

    for (unsigned i = 0; i < model->thread_count; i++) {
        const struct model_thread *thread = &model->threads[i];
        if (!details_is_waiting(thread) ||
            details_waits_for(telling->inquiry, thread) != telling->object)
            continue;
        if (!any)
            page_add_heading(telling->page, "WHO WAITS FOR IT");
        any = true;
        details_add_state(telling->page, telling->inquiry, i, "  ", "");
    }
}

/* "  1 ms … 10 ms   12 ############" */
static void add_histogram(const struct telling *telling,
                          const struct stats_waits *waits)
{
    static const struct {
        uint64_t until_ns;
        const char *words;
    } classes[] = {{10000, "below 10 us"},      {100000, "10 to 100 us"},
                   {1000000, "0.1 to 1 ms"},    {10000000, "1 to 10 ms"},
                   {100000000, "10 to 100 ms"}, {1000000000, "0.1 to 1 s"},
                   {UINT64_MAX, "1 s and more"}};
    static const char bar[] = "##############################";
    uint64_t from = 0, most = 1;

    for (size_t i = 0; i < sizeof classes / sizeof classes[0]; i++) {
        uint64_t count = stats_waits_between(waits, from, classes[i].until_ns);
        most = count > most ? count : most;
        from = classes[i].until_ns;
    }
    from = 0;
    for (size_t i = 0; i < sizeof classes / sizeof classes[0]; i++) {
        uint64_t count = stats_waits_between(waits, from, classes[i].until_ns);
        from = classes[i].until_ns;
        if (count > 0)
            page_add(telling->page, nowhere, "    %-13s %6" PRIu64 "  %.*s",
                     classes[i].words, count,
                     (int)((count * strlen(bar) + most - 1) / most), bar);
    }
}

static void add_waits(const struct telling *telling, const struct stats_waits *waits,
                      const char *what)
{
    char line[DETAILS_WORDS] = "";
    struct text_buffer words = {line, sizeof line, 0};

    if (waits->count == 0)
        return;
    text_add(&words, "%" PRIu64 " wait%s %s: half of them within ", waits->count,
             waits->count == 1 ? "" : "s", what);
    text_add_duration(&words, stats_waits_within(waits, 50));
    text_add(&words, ", 9 of 10 within ");
    text_add_duration(&words, stats_waits_within(waits, 90));
    page_add(telling->page, nowhere, "%s", line);
    words.length = 0;
    text_add(&words, "  the longest, ");
    text_add_duration(&words, waits->longest_ns);
    text_add(&words, ", began with ");
    details_add_origin(&words, telling->inquiry, waits->longest_step);
    page_add(telling->page, (struct link){LINK_STEP, 0, waits->longest_step}, "%s",
             line);
    add_histogram(telling, waits);
}

static void add_lock_figures(const struct telling *telling)
{
    const struct stats_object *counts = telling->counts;
    char line[DETAILS_WORDS] = "";
    struct text_buffer words = {line, sizeof line, 0};

    if (counts->acquisitions == 0) {
        page_add(telling->page, nowhere, "%s",
                 was_held_at_fork(telling)
                     ? "never acquired by this process: it was held when that began"
                     : "never acquired by this process");
        return;
    }
    text_add(&words, "acquired %" PRIu64 " time%s, held for ", counts->acquisitions,
             counts->acquisitions == 1 ? "" : "s");
    text_add_duration(&words, counts->held_ns);
    text_add(&words, " in all");
    page_add(telling->page, nowhere, "%s", line);
    if (counts->longest_held_step == 0)
        return;
    words.length = 0;
    text_add(&words, "held longest, ");
    text_add_duration(&words, counts->longest_held_ns);
    text_add(&words, ", by ");
    details_add_origin(&words, telling->inquiry, counts->longest_held_step);
    page_add(telling->page, (struct link){LINK_STEP, 0, counts->longest_held_step},
             "%s", line);
}

/* "takes in vain: 3 timed out, 5 told that it is shut down" */
static void add_ended(const struct telling *telling, const char *what,
                      const uint64_t *ended)
{
    char line[DETAILS_WORDS] = "";
    struct text_buffer words = {line, sizeof line, 0};

    for (int reason = 0; reason < STATS_REASONS; reason++)
        if (ended[reason] > 0)
            text_add(&words, "%s%" PRIu64 " %s", words.length > 0 ? ", " : "",
                     ended[reason], stats_ended_words(reason));
    if (words.length > 0)
        page_add(telling->page, nowhere, "%s in vain: %s", what, line);
}

static void add_queue_figures(const struct telling *telling)
{
    const struct stats_object *counts = telling->counts;

    page_add(telling->page, nowhere,
             "%" PRIu64 " put, %" PRIu64 " taken, %.4g a second", counts->puts,
             counts->gets, stats_per_second(counts));
    add_ended(telling, "puts", counts->puts_ended);
    add_ended(telling, "takes", counts->gets_ended);
    if (counts->largest_step != 0)
        page_add(
            telling->page, (struct link){LINK_STEP, 0, counts->largest_step},
            "most in it: %" PRIu64 "%s, first at step %" PRIu64, counts->largest_depth,
            telling->object->type == OBJECT_PIPE ? " bytes" : "", counts->largest_step);
}

static bool has_contents(enum object_type type)
{
    return type == OBJECT_QUEUE || type == OBJECT_PIPE || type == OBJECT_PROCESS_QUEUE;
}

static void add_past(struct telling *telling)
{
    const struct inquiry *inquiry = telling->inquiry;
    const struct model_object *object = telling->object;

    page_add_heading(telling->page, "SO FAR");
    if (!inquiry_is_counted(inquiry)) {
        page_add(telling->page, nowhere, "the steps are being counted ...");
        return;
    }
    telling->counts =
        stats_of(inquiry->stats, model_object_of(&inquiry->stats->model, object->number,
                                                 object->process));
    if (object->type == OBJECT_LOCK)
        add_lock_figures(telling);
    else if (has_contents(object->type))
        add_queue_figures(telling);
    bool contents = has_contents(object->type);
    add_waits(telling, &telling->counts->put_waits, "for space");
    add_waits(telling, &telling->counts->get_waits,
              contents ? "for an item" : "for it");
}

void details_of_object(struct page *page, const struct inquiry *inquiry,
                       struct link link)
{
    const struct model *model = inquiry_model(inquiry);
    struct telling telling = {
        page, inquiry, model_object_of(model, (uint32_t)link.number, link.process),
        NULL};
    struct text_buffer title = {page->title, sizeof page->title, 0};
    const struct model_object *object = telling.object;

    if (object->type == OBJECT_NONE)
        return;
    text_add(&title, "%s ", object_type_name(object->type));
    sentence_add_name(&title, model, inquiry_reader(inquiry), object->number,
                      object->process);
    add_present(&telling);
    add_waiting(&telling);
    add_past(&telling);
    if (object->type != OBJECT_LIST)
        add_items(&telling, &object->items, "NEXT OUT");
    add_items(&telling, &object->buffered, "IN BUFFERS, NOT YET SENT");
}
