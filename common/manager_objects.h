/*
 * manager_objects.h - the lists and queues that a manager's server owns, and what
 * clients may ask of them. In the server's own memory.
 */
#ifndef MANAGER_OBJECTS_H
#define MANAGER_OBJECTS_H

#include "manager_wire.h"

/* Does what the request asks for, and replaces it by the answer. Blocks as the
   operation does. */
void objects_operate(struct wire_message *message);

/* Shuts all queues down: whoever waits in one goes on. */
void objects_shut_down(void);

#endif
