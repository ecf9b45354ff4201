/*
 * lesson_source.h - the program's own source text, as it was when it was built.
 *
 * The Makefile assembles lesson_source.S once for each lesson program, so that a trace
 * can carry the source that made it. Empty in programs that are no lessons.
 */
#ifndef LESSON_SOURCE_H
#define LESSON_SOURCE_H

extern const char lesson_source_name[]; /* "03_task_done_join/lesson.c" */
extern const char lesson_source_text[];

#endif
