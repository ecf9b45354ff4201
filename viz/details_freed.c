/* details_freed.c - by which step a thread will be freed; see details.h. */
#include "details_parts.h"
#include "sentence.h"

#include <inttypes.h>

static const struct link nowhere = {.kind = LINK_NONE};

/* The step that lets the thread go on, or with which it goes on; 0 if there is none.
 *looked gets the last step that was looked at. */
static uint64_t freeing_step(struct page *page, const struct inquiry *inquiry,
                             unsigned index, uint64_t *looked)
{
    const struct reader *reader = inquiry_reader(inquiry);
    uint64_t last = inquiry->playback->history.model.step, found = 0;
    uint64_t since = inquiry_model(inquiry)->threads[index].since_step;
    struct model model = {.step = 0};
    char line[DETAILS_WORDS] = "";
    struct text_buffer words = {line, sizeof line, 0};

    playback_model_at(inquiry->playback, &model, inquiry_model(inquiry)->step);
    if (last - model.step > DETAILS_MOST_STEPS)
        last = model.step + DETAILS_MOST_STEPS;
    while (found == 0 && model.step < last) {
        model_apply(&model, reader);
        if (model.threads[index].since_step != since ||
            model_can_go(&model, reader, index))
            found = model.step;
    }
    if (found != 0) {
        text_add(&words, "step %" PRIu64 " frees it: ", found);
        sentence_of_step(&words, &model, reader);
        details_add_line(&words, inquiry, found);
        page_add(page, (struct link){LINK_STEP, 0, found}, "%s", line);
    }
    *looked = model.step;
    model_free(&model);
    return found;
}

void details_of_freed(struct page *page, const struct inquiry *inquiry,
                      struct link link)
{
    const struct reader *reader = inquiry_reader(inquiry);
    struct text_buffer title = {page->title, sizeof page->title, 0};
    unsigned index = (unsigned)link.number;
    uint64_t looked;

    if (index >= inquiry_model(inquiry)->thread_count)
        return;
    text_add(&title, "WHAT WILL FREE ");
    details_add_thread(&title, inquiry, inquiry_model(inquiry)->threads[index].object);
    if (freeing_step(page, inquiry, index, &looked) != 0)
        return;
    if (reader->live)
        page_add(page, nowhere, "nothing yet: the run goes on");
    else if (looked < reader->steps)
        page_add(page, nowhere, "nothing up to step %" PRIu64 "; not looked further",
                 looked);
    else
        page_add(page, nowhere, "nothing: it waits until the run ends");
}
