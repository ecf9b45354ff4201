/*
 * view_objects.h - which objects have a row in the queues pane, and in which order.
 */
#ifndef VIEW_OBJECTS_H
#define VIEW_OBJECTS_H

#include "view.h"

/* What has something in it stands first, then variables, event flags, and the rest. */
enum rank { CONTENTS, VARIABLES, EVENTS, OTHERS, RANKS };

enum rank view_rank_of(const struct model_object *object);

/* Whether all objects of that rank share a row: variables, but for a large pane, and
   event flags where there are many. */
bool view_is_packed(const struct scene *scene, enum rank rank);

/* The next object of that rank that is shown; the first one after NULL, NULL after the
   last. */
const struct model_object *view_next_of(const struct scene *scene,
                                        const struct model_object *object,
                                        enum rank rank);

/* The object whose row comes after that one's; the first one after NULL, NULL after the
   last. */
const struct model_object *view_next_shown(const struct scene *scene,
                                           const struct model_object *object);

#endif
