/*
 * json_text.h - the JSON library, where it is built in, and texts as JSON.
 */
#ifndef JSON_TEXT_H
#define JSON_TEXT_H

#include "text.h"

/* Whether this viewer was built with the library. */
bool json_is_built(void);

/* What to say where it was not. */
#define JSON_IS_MISSING                                                                \
    "this viz was built without its JSON library: install libjansson-dev, then make"

#ifdef HAVE_JANSSON
#include <jansson.h>

/* A new JSON string. JSON is UTF-8: what is not becomes "<ff>", as on the screen; so do
   the controls from U+007F to U+009F, which JSON lets through and a terminal obeys. */
json_t *json_text(struct text text);

/* Sets the object's key to a number. */
void json_set_number(json_t *object, const char *key, uint64_t number);
#endif

#endif
