/* no_source.c - the source text of programs that are no lessons: none. */
#include "lesson_source.h"

const char lesson_source_name[] = "program.c";
const char lesson_source_text[] = "";
