/*
 * shared_list.h - a list that threads share, as a Python list with a lock round each
 * call.
 *
 * It grows at its end; items are copied in and out by value. Each call is one act:
 * nobody sees a half-made list, and no append is lost. Two calls are two acts: between
 * "how long is it?" and "append" another thread may append, too. Where the pair must be
 * one act, hold a lock of your own round both (lock.h).
 *
 * The monitor guards every field below it.
 */
#ifndef SHARED_LIST_H
#define SHARED_LIST_H

#include "monitor.h"
#include "queue.h"
#include "trace.h"

struct shared_list {
    const char *name;
    uint32_t object;
    size_t item_size;
    queue_label *label;

    struct monitor monitor;
    char *items;
    unsigned room; /* how many items fit before it must grow */
    unsigned length;
};

/* Makes an empty list for items of that size. The name is what the view shows and must
   outlive the list; label, which puts an item in words as a queue's, may be NULL. */
void shared_list_init(struct shared_list *list, const char *name, size_t item_size,
                      queue_label *label);

/* Frees what the list holds. Nobody may use it any more. */
void shared_list_destroy(struct shared_list *list);

/* Copies the item to the list's end. Never blocks for longer than another's call takes;
   that holds for all calls below. */
#define shared_list_append(list, item) shared_list_append_at(list, item, HERE)
void shared_list_append_at(struct shared_list *list, const void *item,
                           const char *site);

/* How many items it had a moment ago: another thread may have appended one before the
   answer is read. */
#define shared_list_length(list) shared_list_length_at(list, HERE)
unsigned shared_list_length_at(struct shared_list *list, const char *site);

/* Copies the item at that index, from 0, out. False: the list is not that long, and
 *item is untouched. */
#define shared_list_get(list, index, item) shared_list_get_at(list, index, item, HERE)
bool shared_list_get_at(struct shared_list *list, unsigned index, void *item,
                        const char *site);

/* Replaces the item at that index. False: the list is not that long, and stays so. */
#define shared_list_set(list, index, item) shared_list_set_at(list, index, item, HERE)
bool shared_list_set_at(struct shared_list *list, unsigned index, const void *item,
                        const char *site);

#endif
