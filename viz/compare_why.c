/* compare_why.c - which finding explains how a run differs; see compare_why.h. */
#include "compare_why.h"

#include <stddef.h>

static bool has_kind(const struct findings *findings, enum finding_kind kind)
{
    for (size_t i = 0; i < findings->count; i++)
        if (findings->list[i].kind == kind)
            return true;
    return false;
}

/* That a queue was mostly empty, or a result was not asked for, is so in many a run
   that does well. */
static bool is_visible(const struct finding *finding, uint32_t main)
{
    return finding->severity != FINDING_REMARK ||
           finding->kind == FINDING_IDLE_WAKEUPS ||
           finding->kind == FINDING_ONE_AT_A_TIME ||
           finding->kind == FINDING_LOCK_HELD_SLEEPING ||
           (finding->kind == FINDING_WAITED && finding->thread == main);
}

/* As findings_main has it: remarks come behind all that went wrong. */
static bool explains_more(const struct finding *a, const struct finding *b)
{
    bool a_is_remark = a->severity == FINDING_REMARK;
    bool b_is_remark = b->severity == FINDING_REMARK;

    return a_is_remark != b_is_remark ? b_is_remark : a->kind < b->kind;
}

const struct finding *compare_why(const struct findings *own,
                                  const struct findings *other, uint32_t main)
{
    const struct finding *best = findings_main(own), *only = NULL;

    for (size_t i = 0; i < own->count; i++) {
        const struct finding *finding = &own->list[i];
        if (is_visible(finding, main) && !has_kind(other, finding->kind) &&
            (only == NULL || explains_more(finding, only)))
            only = finding;
    }
    if (only != NULL)
        return only;
    return best != NULL && best->severity != FINDING_REMARK ? best : NULL;
}
