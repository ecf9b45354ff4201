/* hints.c - which keys help now; see hints.h. */
#include "hints.h"

#include <string.h>

enum {
    THREADS = 1 << PANE_THREADS,
    QUEUES = 1 << PANE_QUEUES,
    REPORT = 1 << PANE_REPORT,
    SOURCE = 1 << PANE_SOURCE,
    OUTPUT = 1 << PANE_OUTPUT,
    EVENTS = 1 << PANE_EVENTS,
    ANY = (1 << PANES) - 1,
    OVER = HINT_ENDED | HINT_CAN_RUN,
    RUN = HINT_MOVES | HINT_STANDS | HINT_ENDED | HINT_CAN_RUN,
    PAGES = HINT_PAGE | HINT_TEXT,
    COMPARE = RUN | HINT_TABLE
};

/* One or two keys and what they do, where and when; the higher the weight, the sooner
   it is left out. In the order in which they stand. */
struct hint {
    enum command command, other;
    const char *words;
    unsigned panes, states;
    int weight;
};

static const struct hint table[] = {
    {COMMAND_PAUSE, COMMAND_NONE, "pause", ANY, HINT_MOVES, 1},
    {COMMAND_PAUSE, COMMAND_NONE, "go on", ANY, HINT_STANDS, 2},
    {COMMAND_PAUSE, COMMAND_NONE, "play", ANY, HINT_ENDED, 2},
    {COMMAND_START, COMMAND_NONE, "start", ANY, OVER, 1},
    {COMMAND_STEP_BACK, COMMAND_NONE, "back", ANY, OVER, 2},
    {COMMAND_AGAIN, COMMAND_NONE, "again", ANY, HINT_CAN_RUN, 1},
    {COMMAND_VARIANT, COMMAND_NONE, "variant", ANY, HINT_CAN_RUN, 1},
    {COMMAND_DIFFERS, COMMAND_NONE, "differs", ANY, HINT_CAN_RUN, 1},
    {COMMAND_STEP, COMMAND_STEP_BACK, "step", ANY, HINT_STANDS, 1},
    {COMMAND_CHANGE, COMMAND_CHANGE_BACK, "change", THREADS | QUEUES, HINT_STANDS, 4},
    {COMMAND_SEARCH, COMMAND_NONE, "search", EVENTS, RUN, 3},
    {COMMAND_FILTER, COMMAND_NONE, "filter", EVENTS, RUN, 3},
    {COMMAND_FREES, COMMAND_NONE, "why it waits", THREADS, RUN, 2},
    {COMMAND_DETAILS, COMMAND_NONE, "details", THREADS | QUEUES | EVENTS, RUN, 3},
    {COMMAND_FINDINGS, COMMAND_NONE, "findings", THREADS | REPORT, OVER, 2},
    {COMMAND_FINDINGS, COMMAND_NONE, "findings", THREADS, HINT_MOVES | HINT_STANDS, 4},
    {COMMAND_EVENTS, COMMAND_NONE, "events", THREADS | QUEUES | SOURCE | OUTPUT,
     HINT_MOVES | HINT_STANDS, 4},
    {COMMAND_EVENTS, COMMAND_NONE, "output", EVENTS, RUN, 4},
    {COMMAND_ZOOM_PANE, COMMAND_NONE, "large", REPORT, RUN, 2},
    {COMMAND_ZOOM_PANE, COMMAND_NONE, "large", QUEUES | SOURCE | OUTPUT | EVENTS, RUN,
     5},
    {COMMAND_ORDER, COMMAND_NONE, "order", THREADS, RUN, 7},
    {COMMAND_PAN_BACK, COMMAND_PAN, "move", THREADS, RUN, 7},
    {COMMAND_NEXT_PANE, COMMAND_NONE, "pane", ANY, RUN, 6},
    {COMMAND_DETAILS, COMMAND_NONE, "goes there", ANY, HINT_PAGE, 1},
    {COMMAND_UP, COMMAND_DOWN, "choose", ANY, HINT_PAGE, 2},
    {COMMAND_UP, COMMAND_DOWN, "scroll", ANY, HINT_TEXT, 2},
    {COMMAND_CANCEL, COMMAND_NONE, "back", ANY, PAGES, 1},
    {COMMAND_SLOWER, COMMAND_NONE, "slower", ANY, OVER, 4},
    {COMMAND_HELP, COMMAND_NONE, "help", ANY, RUN, 0},
    {COMMAND_QUIT, COMMAND_NONE, "quit", ANY, RUN, 1},
};

static const struct hint compare_table[] = {
    {COMMAND_HELP, COMMAND_NONE, "help", ANY, COMPARE, 0},
    {COMMAND_QUIT, COMMAND_NONE, "quit", ANY, COMPARE, 1},
    {COMMAND_PAUSE, COMMAND_NONE, "pause", ANY, HINT_MOVES, 2},
    {COMMAND_PAUSE, COMMAND_NONE, "play", ANY, HINT_STANDS, 2},
    {COMMAND_START, COMMAND_NONE, "start", ANY, OVER, 2},
    {COMMAND_STEP, COMMAND_STEP_BACK, "step both", ANY, HINT_STANDS | HINT_TABLE, 2},
    {COMMAND_STEP_BACK, COMMAND_NONE, "back", ANY, OVER, 3},
    {COMMAND_TABLE, COMMAND_NONE, "back to the runs", ANY, HINT_TABLE, 2},
    {COMMAND_DOWN, COMMAND_UP, "rows", ANY, HINT_TABLE, 3},
    {COMMAND_FINDINGS, COMMAND_NONE, "to where WHY began", ANY, HINT_WHY, 1},
    {COMMAND_DIFFERS, COMMAND_NONE, "lines that differ", ANY, RUN, 3},
    {COMMAND_SHOW_END, COMMAND_NONE, "end", ANY, HINT_STANDS | HINT_MOVES | HINT_TABLE,
     4},
    {COMMAND_AGAIN, COMMAND_NONE, "again", ANY, HINT_CAN_RUN, 2},
    {COMMAND_TABLE, COMMAND_NONE, "table", ANY, RUN, 4},
    {COMMAND_PACE, COMMAND_NONE, "clock or steps", ANY, RUN, 5},
    {COMMAND_NEXT_PANE, COMMAND_NONE, "other run", ANY, RUN, 6},
    {COMMAND_ZOOM_PANE, COMMAND_NONE, "it alone", ANY, RUN, 6},
};

enum {
    HINTS = sizeof table / sizeof table[0],
    COMPARE_HINTS = sizeof compare_table / sizeof compare_table[0],
    MOST_HINTS = 64
};

_Static_assert(HINTS <= MOST_HINTS && COMPARE_HINTS <= MOST_HINTS, "too many hints");

/* What is chosen from. */
struct hint_list {
    const struct hint *hints;
    int count;
    const struct key *keys;
};

static const char *shown_key(const struct key *key, enum command command)
{
    while (key->shown != NULL && key->command != command)
        key++;
    return key->shown;
}

static void add_hint(struct text_buffer *buffer, const struct hint_list *list, int i)
{
    const struct hint *hint = &list->hints[i];

    if (shown_key(list->keys, hint->command) == NULL)
        return;
    text_add(buffer, "%s%s", buffer->length > 0 ? "  " : "",
             shown_key(list->keys, hint->command));
    if (hint->other != COMMAND_NONE)
        text_add(buffer, " %s", shown_key(list->keys, hint->other));
    text_add(buffer, " %s", hint->words);
}

static bool is_for(const struct hint *hint, unsigned states, enum pane pane)
{
    if (hint->command == COMMAND_FREES && (states & HINT_GONE) != 0)
        return false;
    return (hint->panes & 1u << pane) != 0 && (hint->states & states) != 0;
}

static void add_chosen(struct text_buffer *buffer, const struct hint_list *list,
                       const bool chosen[MOST_HINTS])
{
    for (int i = 0; i < list->count; i++)
        if (chosen[i])
            add_hint(buffer, list, i);
}

/* Every weight that fits as a whole, and of the next one what fits. */
static void add_from(struct text_buffer *buffer, const struct hint_list *list,
                     unsigned states, enum pane pane, int columns)
{
    enum { LIGHTEST = 7 };
    bool chosen[MOST_HINTS] = {false};
    char line[256] = "";

    for (int weight = 0; weight <= LIGHTEST; weight++)
        for (int i = 0; i < list->count; i++) {
            const struct hint *hint = &list->hints[i];
            if (hint->weight != weight || !is_for(hint, states, pane))
                continue;
            struct text_buffer all = {line, sizeof line, 0};
            chosen[i] = true;
            add_chosen(&all, list, chosen);
            chosen[i] = (int)all.length <= columns;
        }
    size_t before = buffer->length;
    struct text_buffer part = {buffer->bytes + before, buffer->size - before, 0};
    add_chosen(&part, list, chosen);
    buffer->length += part.length;
}

unsigned hints_gone(const struct scene *scene)
{
    const struct model *model = scene->model;

    return scene->chosen < model->thread_count &&
                   model->threads[scene->chosen].state == STATE_ENDED
               ? HINT_GONE
               : 0;
}

void hints_add(struct text_buffer *buffer, unsigned state, enum pane pane, int columns)
{
    add_from(buffer, &(struct hint_list){table, HINTS, keys}, state, pane, columns);
}

void hints_add_compare(struct text_buffer *buffer, unsigned states, int columns)
{
    add_from(buffer, &(struct hint_list){compare_table, COMPARE_HINTS, compare_keys},
             states, PANE_THREADS, columns);
}
