/* shared_list.c - a list that threads share; see shared_list.h. */
#include "shared_list.h"
#include "ending.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_ROOM = 16 };

static char *slot(const struct shared_list *list, unsigned index)
{
    return list->items + index * list->item_size;
}

/* Records what was done with the item at that index. */
static void note_item(const struct shared_list *list, enum trace_kind kind,
                      const char *site, unsigned index)
{
    char label[64];

    if (!trace_on())
        return;
    struct trace_entry entry = {.kind = kind,
                                .object = list->object,
                                .site = site,
                                .number = index,
                                .depth = list->length};
    if (list->label != NULL) {
        list->label(label, sizeof label, slot(list, index));
        entry.label = label;
    }
    trace_record(&entry);
}

/* Records that its length was asked, or was not enough. */
static void note_length(const struct shared_list *list, const char *site)
{
    trace(&(struct trace_entry){.kind = TRACE_LIST_LOOK,
                                .object = list->object,
                                .site = site,
                                .depth = list->length});
}

void shared_list_init(struct shared_list *list, const char *name, size_t item_size,
                      queue_label *label)
{
    roster_self(); /* first: the main thread is object 1 */
    *list = (struct shared_list){.name = name,
                                 .object = trace_new_object(),
                                 .item_size = item_size,
                                 .label = label};
    trace(&(struct trace_entry){
        .kind = TRACE_LIST_INIT, .object = list->object, .text = name});
}

void shared_list_destroy(struct shared_list *list)
{
    free(list->items);
    list->items = NULL;
}

static void grow(struct shared_list *list)
{
    unsigned room = list->room == 0 ? FIRST_ROOM : list->room * 2;
    char *items = reallocarray(list->items, room, list->item_size);

    if (items == NULL || room < list->room)
        ending_failed("no memory is left", NULL);
    list->items = items;
    list->room = room;
}

void shared_list_append_at(struct shared_list *list, const void *item, const char *site)
{
    step(TRACE_LIST_APPEND, list->object, site);
    monitor_enter(&list->monitor);
    if (list->length == list->room)
        grow(list);
    memcpy(slot(list, list->length), item, list->item_size);
    list->length++;
    note_item(list, TRACE_LIST_APPEND, site, list->length - 1);
    monitor_leave(&list->monitor);
}

unsigned shared_list_length_at(struct shared_list *list, const char *site)
{
    step(TRACE_LIST_LOOK, list->object, site);
    monitor_enter(&list->monitor);
    unsigned length = list->length;
    note_length(list, site);
    monitor_leave(&list->monitor);
    return length;
}

bool shared_list_get_at(struct shared_list *list, unsigned index, void *item,
                        const char *site)
{
    step(TRACE_LIST_GET, list->object, site);
    monitor_enter(&list->monitor);
    bool is_there = index < list->length;
    if (is_there) {
        memcpy(item, slot(list, index), list->item_size);
        note_item(list, TRACE_LIST_GET, site, index);
    } else {
        note_length(list, site);
    }
    monitor_leave(&list->monitor);
    return is_there;
}

bool shared_list_set_at(struct shared_list *list, unsigned index, const void *item,
                        const char *site)
{
    step(TRACE_LIST_SET, list->object, site);
    monitor_enter(&list->monitor);
    bool is_there = index < list->length;
    if (is_there) {
        memcpy(slot(list, index), item, list->item_size);
        note_item(list, TRACE_LIST_SET, site, index);
    } else {
        note_length(list, site);
    }
    monitor_leave(&list->monitor);
    return is_there;
}
