/*
 * scene.h - what a playback shows, as a scene for the views.
 */
#ifndef SCENE_H
#define SCENE_H

#include "playback.h"
#include "view.h"

/* Fills the scene with the playback's moment; pane, scale, choice and hint stay the
   caller's. status[] gets the words for the title. */
void scene_fill(struct scene *scene, const struct playback *playback, char *status,
                size_t size);

#endif
