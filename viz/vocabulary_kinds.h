/*
 * vocabulary_kinds.h - the tables behind vocabulary.h: a row for each kind of event, in
 * the table of threads or in that of processes.
 *
 * In a sentence: %t the acting thread, %o the object, %i the item, %d items left,
 * %u unfinished tasks, %x the event's text, %n its number as a duration, %v as a value,
 * %m as an object's name; %h who holds the lock, %r the reason of a failure, %s the
 * exit status, %a yes or no, %w "for at most 0.1 s" where the wait has a time limit, %b
 * what is not yet written or sent, %c which end of a pipe, %e how a process ended, %f
 * how a task failed, %p how a process begins; %q the object's name in quotes, for what
 * could be read as a word, %k the unfinished tasks with their verb, %z an s unless the
 * number is 1, %l the text of a piece that was printed, %g whom a notify wakes.
 */
#ifndef VOCABULARY_KINDS_H
#define VOCABULARY_KINDS_H

#include "vocabulary.h"

/* A row's name is NULL where the kind stands in the other table. */
extern const struct kind_info kinds_of_threads[TRACE_KINDS];
extern const struct kind_info kinds_of_processes[TRACE_KINDS];

#endif
