/* json_text.c - the JSON library, and texts as JSON; see json_text.h. */
#include "json_text.h"

#ifdef HAVE_JANSSON
#include "memory.h"

#include <stdlib.h>

bool json_is_built(void)
{
    return true;
}

json_t *json_text(struct text text)
{
    size_t room = text.length * 4 + 1;
    char *safe = grown(NULL, room, 1);
    struct text_buffer buffer = {safe, room, 0};

    safe[0] = '\0';
    for (size_t at = 0, size; at < text.length; at += size) {
        struct text rest = text_part(text, at, text.length);
        int32_t point = text_decode(rest, &size);
        if (point < 0)
            text_add(&buffer, "<%02x>", (unsigned char)rest.bytes[0]);
        else if (point >= 0x7f && point < 0xa0) /* JSON lets them pass */
            text_add(&buffer, "<%02x>", (unsigned)point);
        else
            text_add_text(&buffer, text_part(rest, 0, size));
    }
    json_t *json = json_stringn(safe, buffer.length);
    free(safe);
    return json;
}

void json_set_number(json_t *object, const char *key, uint64_t number)
{
    json_object_set_new(object, key, json_integer((json_int_t)number));
}
#else
bool json_is_built(void)
{
    return false;
}
#endif
