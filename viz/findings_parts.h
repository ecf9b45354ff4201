/*
 * findings_parts.h - who watches: the rows of the table in findings.c.
 *
 * Private to findings*.c.
 */
#ifndef FINDINGS_PARTS_H
#define FINDINGS_PARTS_H

#include "findings_watch.h"

/* How the run went, as it says itself. */
void ending_look(struct findings_watch *watch);
void ending_end(struct findings_watch *watch);

/* Queues: what is left in them, and whether they were full or empty. */
void queues_look(struct findings_watch *watch);
void queues_end(struct findings_watch *watch);
void queues_free(struct findings_watch *watch);

/* Whether several threads took from that queue of the process. */
bool queues_have_several_takers(const struct findings_watch *watch, uint32_t process,
                                uint32_t queue);

/* Tasks that were not reported, or too often. */
void tasks_look(struct findings_watch *watch);
void tasks_end(struct findings_watch *watch);
void tasks_free(struct findings_watch *watch);

/* Results that nobody read. */
void results_look(struct findings_watch *watch);
void results_end(struct findings_watch *watch);
void results_free(struct findings_watch *watch);

/* Who waited, and slept, how long and in vain. */
void waits_look(struct findings_watch *watch);
void waits_end(struct findings_watch *watch);
void waits_free(struct findings_watch *watch);

/* Whether anything moves. */
void polling_look(struct findings_watch *watch);
void polling_free(struct findings_watch *watch);

/* Conditions: who was told, and looked again. */
void conditions_look(struct findings_watch *watch);
void conditions_end(struct findings_watch *watch);
void conditions_free(struct findings_watch *watch);

/* What was printed. */
void output_look(struct findings_watch *watch);
void output_free(struct findings_watch *watch);

/* Who prints past the printer. */
void printers_look(struct findings_watch *watch);
void printers_free(struct findings_watch *watch);

/* Threads that were there one after the other. */
void starts_look(struct findings_watch *watch);
void starts_end(struct findings_watch *watch);
void starts_free(struct findings_watch *watch);

/* Looks that were out of date. */
void looks_look(struct findings_watch *watch);
void looks_end(struct findings_watch *watch);
void looks_free(struct findings_watch *watch);

/* Values that were overwritten. */
void updates_look(struct findings_watch *watch);
void updates_free(struct findings_watch *watch);

/* Forked processes, which have copies. */
void copies_look(struct findings_watch *watch);
void copies_end(struct findings_watch *watch);
void copies_free(struct findings_watch *watch);

/* Accesses that nothing orders. */
void races_look(struct findings_watch *watch);
void races_free(struct findings_watch *watch);

#endif
