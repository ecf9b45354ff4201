/*
 * safe_text.h - anybody's text, so that no terminal takes it for a command.
 *
 * Control characters, those that turn the direction of writing or show nothing, and
 * bytes that are not UTF-8 become "\\x1b": four characters that show which byte it was.
 * Newlines and tabs stay.
 */
#ifndef SAFE_TEXT_H
#define SAFE_TEXT_H

#include <stddef.h>

/* The same for text that belongs on one line: newlines and tabs are shown, too. */
void safe_line(char *to, size_t size, const char *from);

/* Copies the text, at most size bytes with the NUL; what does not fit is left out, and
   no character is cut in two. Four times the text's length, and one byte, always
   suffice. */
void safe_text(char *to, size_t size, const char *from);

#endif
