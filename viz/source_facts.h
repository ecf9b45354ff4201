/*
 * source_facts.h - what can be told of a program from its source text.
 */
#ifndef SOURCE_FACTS_H
#define SOURCE_FACTS_H

#include "text.h"

/* The first sentence of its opening comment, as far as it stands in one line: "a thread
   that keeps its result" from "Lesson 1: a thread that keeps its result."; empty where
   there is none. It is a part of the source. */
struct text source_title(struct text source);

/* How many of its lines have code in them: neither empty nor only a comment. */
unsigned source_code_lines(struct text source);

#endif
