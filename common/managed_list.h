/*
 * managed_list.h - a list that a manager's server owns, as Python's Manager().list().
 *
 * The struct is only a handle: any process that was started after it was made may use
 * its copy. Every call is one request to the server, and blocks until the answer comes.
 * Two calls are two requests: what was read may be out of date before the next one
 * arrives.
 */
#ifndef MANAGED_LIST_H
#define MANAGED_LIST_H

#include "manager.h"

struct managed_list {
    struct manager *manager;
    const char *name;
    unsigned object; /* of the server's */
    size_t item_size;
    queue_label *label;
};

/* Makes an empty list in the server, for items of that size, at most WIRE_MOST bytes.
   The name must outlive it; its first 31 bytes are what the view
   shows. label may be NULL. */
#define managed_list_init(list, manager, name, item_size, label)                       \
    managed_list_init_at(list, manager, name, item_size, label, HERE)
void managed_list_init_at(struct managed_list *list, struct manager *manager,
                          const char *name, size_t item_size, queue_label *label,
                          const char *site);

#define managed_list_append(list, item) managed_list_append_at(list, item, HERE)
void managed_list_append_at(struct managed_list *list, const void *item,
                            const char *site);

/* How many items there were when the server answered. */
#define managed_list_length(list) managed_list_length_at(list, HERE)
unsigned managed_list_length_at(struct managed_list *list, const char *site);

/* Copies the item at that index, from 0, out; or replaces it. False: there is none. */
#define managed_list_get(list, index, item) managed_list_get_at(list, index, item, HERE)
bool managed_list_get_at(struct managed_list *list, unsigned index, void *item,
                         const char *site);
#define managed_list_set(list, index, item) managed_list_set_at(list, index, item, HERE)
bool managed_list_set_at(struct managed_list *list, unsigned index, const void *item,
                         const char *site);

#endif
