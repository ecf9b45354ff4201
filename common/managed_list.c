/* managed_list.c - a list that a manager's server owns; see managed_list.h. */
#include "managed_list.h"

#include <stdio.h>
#include <string.h>

/* Sends a request about the list, with the item, or NULL; call: see
   manager_request_text. */
static void ask(struct managed_list *list, struct wire_message *message,
                const char *call, const void *item, const char *site)
{
    char text[sizeof message->text];

    message->object = list->object;
    if (item != NULL) {
        message->size = (unsigned)list->item_size;
        memcpy(message->item, item, list->item_size);
    }
    manager_request_text(text, sizeof text, list->name, call, list->label, item);
    manager_ask(list->manager, message, text, site);
}

void managed_list_init_at(struct managed_list *list, struct manager *manager,
                          const char *name, size_t item_size, queue_label *label,
                          const char *site)
{
    struct wire_message message = {
        .operation = WIRE_LIST_INIT, .item_size = item_size, .label = label};
    char text[sizeof message.text];

    manager_check_size(name, item_size, site);
    snprintf(message.name, sizeof message.name, "%s", name);
    snprintf(text, sizeof text, "%s = list()", name);
    manager_ask(manager, &message, text, site);
    *list = (struct managed_list){manager, name, message.object, item_size, label};
}

void managed_list_append_at(struct managed_list *list, const void *item,
                            const char *site)
{
    struct wire_message message = {.operation = WIRE_LIST_APPEND};

    ask(list, &message, "append(", item, site);
}

unsigned managed_list_length_at(struct managed_list *list, const char *site)
{
    struct wire_message message = {.operation = WIRE_LIST_LENGTH};

    ask(list, &message, "length()", NULL, site);
    return message.number;
}

bool managed_list_get_at(struct managed_list *list, unsigned index, void *item,
                         const char *site)
{
    struct wire_message message = {.operation = WIRE_LIST_GET, .number = index};
    char call[24];

    snprintf(call, sizeof call, "get(%u)", index);
    ask(list, &message, call, NULL, site);
    if (message.well)
        memcpy(item, message.item, list->item_size);
    return message.well;
}

bool managed_list_set_at(struct managed_list *list, unsigned index, const void *item,
                         const char *site)
{
    struct wire_message message = {.operation = WIRE_LIST_SET, .number = index};
    char call[24];

    snprintf(call, sizeof call, "set(%u, ", index);
    ask(list, &message, call, item, site);
    return message.well;
}
