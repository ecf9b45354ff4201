/*
 * details_freeing.c - what frees a thread that waits; see details.h.
 *
 * Who holds what it wants, who has done before what it waits for, who owes a report,
 * who must end; and where one of those waits as well, what that one waits for.
 */
#include "details_chain.h"
#include "memory.h"
#include "sentence.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_ACTORS = 12 };

static const struct link nowhere = {.kind = LINK_NONE};

/* Words at the chain's depth. */
void chain_say(const struct chain *chain, struct link link, const char *words)
{
    page_add(chain->page, link, "%*s%s", 2 * chain->length, "", words);
}

void chain_follow_number(struct chain *chain, uint32_t number, const char *owes)
{
    int index = model_thread_of(inquiry_model(chain->inquiry), number);

    if (index >= 0)
        chain_follow(chain, (unsigned)index, owes);
}

static bool is_one_of(const struct need *need, enum trace_kind kind)
{
    for (int i = 0; i < 3; i++)
        if (need->acts[i] != TRACE_UNCOMMITTED && need->acts[i] == kind)
            return true;
    return false;
}

/* Who did such an act on the object, the latest first; returns how many. */
static int find_actors(const struct chain *chain, const struct need *need,
                       uint32_t object, unsigned *actors, uint64_t *steps)
{
    const struct model *model = inquiry_model(chain->inquiry);
    const struct reader *reader = inquiry_reader(chain->inquiry);
    uint64_t first =
        model->step > DETAILS_MOST_STEPS ? model->step - DETAILS_MOST_STEPS : 0;
    int count = 0;

    for (uint64_t step = model->step; step > first && count < MOST_ACTORS; step--) {
        const struct trace_event *event = reader_event(reader, step);
        if (event->object != object || !is_one_of(need, reader_kind(reader, step)))
            continue;
        int thread = model_thread_of(model, event->thread), i = 0;
        while (i < count && actors[i] != (unsigned)thread)
            i++;
        if (thread < 0 || i < count)
            continue;
        actors[count] = (unsigned)thread;
        steps[count++] = step;
    }
    return count;
}

bool chain_has_actors(const struct chain *chain, const struct model_object *object)
{
    const struct model_thread *thread =
        &inquiry_model(chain->inquiry)->threads[chain->threads[chain->length - 1]];
    const struct need *need =
        need_of(reader_kind(inquiry_reader(chain->inquiry), thread->since_step));
    unsigned actors[MOST_ACTORS];
    uint64_t steps[MOST_ACTORS];

    return need != NULL && find_actors(chain, need, object->number, actors, steps) > 0;
}

static void add_actors(struct chain *chain, const struct need *need,
                       const struct model_object *object)
{
    unsigned actors[MOST_ACTORS];
    uint64_t steps[MOST_ACTORS];
    char line[DETAILS_WORDS] = "";
    int count = find_actors(chain, need, object->number, actors, steps);

    chain->could[chain->length - 1] = true;
    if (count == 0) {
        snprintf(line, sizeof line, "nobody %s yet", need->actors);
        chain_say(chain, nowhere, line);
    }
    for (int i = 0; i < count; i++) {
        struct text_buffer words = {line, sizeof line, 0};
        line[0] = '\0';
        details_add_thread(&words, chain->inquiry,
                           inquiry_model(chain->inquiry)->threads[actors[i]].object);
        text_add(&words, " %s, last at step %" PRIu64, need->actors, steps[i]);
        details_add_line(&words, chain->inquiry, steps[i]);
        chain_say(chain, (struct link){LINK_STEP, 0, steps[i]}, line);
        chain_follow(chain, actors[i], "");
    }
}

/* Whether it was told who could do that with the object; from now on it was. */
static bool is_told_of(struct chain *chain, const struct need *need,
                       const struct model_object *object)
{
    for (int i = 0; i < chain->need_count; i++)
        if (chain->needs[i].need == need && chain->needs[i].object == object)
            return true;
    if (chain->need_count < DEEPEST) {
        chain->needs[chain->need_count].need = need;
        chain->needs[chain->need_count++].object = object;
    }
    return false;
}

static void explain(struct chain *chain, const struct model_thread *thread)
{
    const struct model *model = inquiry_model(chain->inquiry);
    const struct reader *reader = inquiry_reader(chain->inquiry);
    const struct need *need = need_of(reader_kind(reader, thread->since_step));
    const struct model_object *object = details_waits_for(chain->inquiry, thread);
    char line[DETAILS_WORDS] = "";
    struct text_buffer words = {line, sizeof line, 0};

    if (need == NULL)
        return;
    const char *mark = strstr(need->words, "%s");
    bool told = is_told_of(chain, need, object);
    text_add_text(&words,
                  text_part(text_of(need->words), 0, (size_t)(mark - need->words)));
    sentence_add_name(&words, model, reader, object->number, object->process);
    text_add(&words, "%s%s", mark + 2, told ? " (see above)" : "");
    chain_say(chain, nowhere, line);
    bool is_all = told || (need->more != NULL && need->more(chain, object));
    if (!is_all && need->actors != NULL)
        add_actors(chain, need, object);
}

/* Whether the thread is in the chain, and, if so, whether each from there on waits for
   the next one and nobody else: a circle. */
static bool is_in_chain(const struct chain *chain, unsigned index, bool *is_circle)
{
    int i = chain->length - 1;

    *is_circle = true;
    for (; i >= 0 && chain->threads[i] != index; i--)
        *is_circle = *is_circle && !chain->could[i];
    if (i >= 0)
        *is_circle = *is_circle && !chain->could[i];
    return i >= 0;
}

void chain_show(const struct chain *chain, unsigned index, const char *owes)
{
    char before[2 * DEEPEST + 4], after[DETAILS_WORDS];
    bool is_circle;

    snprintf(before, sizeof before, "%*s", 2 * chain->length, "");
    snprintf(after, sizeof after, "%s%s", owes,
             is_in_chain(chain, index, &is_circle)
                 ? (is_circle ? " (so this is a circle)" : " (see above)")
             : chain->told[index] ? " (see above)"
                                  : "");
    details_add_state(chain->page, chain->inquiry, index, before, after);
}

/* What that thread is about, after what it owes; and what frees it, where it waits
   itself. */
void chain_follow(struct chain *chain, unsigned index, const char *owes)
{
    const struct model *model = inquiry_model(chain->inquiry);
    const struct model_thread *thread = &model->threads[index];

    chain_show(chain, index, owes);
    if (chain->told[index] || chain->length == DEEPEST || !details_is_waiting(thread) ||
        model_can_go(model, inquiry_reader(chain->inquiry), index))
        return;
    chain->told[index] = true;
    chain->could[chain->length] = false;
    chain->threads[chain->length++] = index;
    explain(chain, thread);
    chain->length--;
}

void details_of_freeing(struct page *page, const struct inquiry *inquiry,
                        struct link link)
{
    const struct model *model = inquiry_model(inquiry);
    struct text_buffer title = {page->title, sizeof page->title, 0};
    struct chain chain = {.page = page, .inquiry = inquiry};
    unsigned index = (unsigned)link.number;

    if (index >= model->thread_count)
        return;
    const struct model_thread *thread = &model->threads[index];
    text_add(&title, "WHAT FREES ");
    details_add_thread(&title, inquiry, thread->object);
    chain.told = grown(NULL, model->thread_count, sizeof *chain.told);
    memset(chain.told, 0, model->thread_count * sizeof *chain.told);
    chain_follow(&chain, index, "");
    free(chain.told);
    if (!details_is_waiting(thread) ||
        model_can_go(model, inquiry_reader(inquiry), index)) {
        page_add(page, nowhere, "%s",
                 thread->state == STATE_ENDED || thread->state == STATE_KILLED
                     ? "nothing: it has ended"
                     : "nothing has to: it waits for nobody");
        return;
    }
    if (model->deadlocked || model->over) /* there is no later */
        return;
    page_add_heading(page, "LATER IN THIS RUN");
    page_add(page, (struct link){LINK_FREED, 0, index},
             "by which step it will be freed (tells what comes)");
}
