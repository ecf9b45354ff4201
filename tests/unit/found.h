/*
 * found.h - a made run, and what the findings say of it.
 *
 * Main and two workers are there, a queue of tasks, a lock and a variable; a test adds
 * the steps in which something goes wrong.
 */
#ifndef FOUND_H
#define FOUND_H

#include "../../viz/findings.h"
#include "made.h"

enum { MAIN = 1, ANN, BOB, TASKS = 10, DOOR, COUNT };

static struct made made;
static struct reader reader;
static struct findings findings;

static inline uint64_t does(enum trace_kind kind, uint32_t thread, uint32_t object)
{
    return made_step(&made, kind, thread, object);
}

/* The latest step, to be changed. */
static inline struct trace_event *latest(void)
{
    return &made.events[made.count - 1];
}

/* Makes an object that has a name. */
static inline void make(enum trace_kind kind, uint32_t object, uint64_t number,
                        const char *name)
{
    does(kind, MAIN, object);
    latest()->number = number;
    latest()->text = made_text(&made, name);
}

/* A step that may end in failure, for that reason. */
static inline uint64_t fails(enum trace_kind kind, uint32_t thread, uint32_t object,
                             uint32_t reason)
{
    uint64_t at = does(kind, thread, object);

    latest()->detail = reason;
    return at;
}

/* A step that was never committed. */
static inline void tear(void)
{
    made_add(&made, (struct trace_event){.kind = TRACE_UNCOMMITTED});
}

static inline int begin_run(void **state __attribute__((unused)))
{
    made = made_begin();
    findings = (struct findings){.count = 0};
    reader = (struct reader){.descriptor = -1};
    made_run_start(&made);
    make(TRACE_QUEUE_INIT, TASKS, 0, "tasks");
    make(TRACE_LOCK_INIT, DOOR, 0, "door");
    make(TRACE_SHARED_INIT, COUNT, 0, "count");
    made_thread(&made, ANN, "ann");
    made_thread(&made, BOB, "bob");
    return 0;
}

static inline int end_run(void **state __attribute__((unused)))
{
    findings_free(&findings);
    if (reader.descriptor >= 0)
        reader_close(&reader);
    made_free(&made);
    return 0;
}

/* Looks at all of it, so many steps at a time. */
static inline void look_by(uint64_t most)
{
    if (reader.descriptor < 0)
        made_open(&made, &reader);
    while (findings_extend(&findings, &reader, most))
        continue;
    assert_true(findings.complete);
}

static inline void look(void)
{
    look_by(UINT64_MAX);
}

/* The run ends, and all of it is looked at. */
static inline void end_with(int status)
{
    made_run_end(&made, status);
    look();
}

/* The first finding of that kind, or NULL. */
static inline const struct finding *found(enum finding_kind kind)
{
    for (size_t i = 0; i < findings.count; i++)
        if (findings.list[i].kind == kind)
            return &findings.list[i];
    return NULL;
}

/* That kind is found, is to be looked at in that step, and says so. */
static inline void assert_found(enum finding_kind kind, uint64_t at,
                                const char *sentence)
{
    const struct finding *finding = found(kind);

    if (finding == NULL)
        fail_msg("not found: %s", finding_name(kind));
    assert_string_equal(finding->sentence, sentence);
    assert_int_equal(finding->step, at);
    assert_true(finding->from <= finding->step && finding->step <= finding->to);
}

static inline void assert_nothing(enum finding_kind kind)
{
    if (found(kind) != NULL)
        fail_msg("a false alarm: %s", found(kind)->sentence);
}

#define FOUND_TEST(name) cmocka_unit_test_setup_teardown(name, begin_run, end_run)

#endif
