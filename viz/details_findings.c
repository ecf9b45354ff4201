/*
 * details_findings.c - what was found in the run; see details.h.
 *
 * A finding would spoil what a student is to predict, so it is told once the last step
 * that it is about is shown; or where all are asked for.
 */
#include "details_parts.h"

#include <inttypes.h>

static const struct link nowhere = {.kind = LINK_NONE};

static bool is_told(const struct inquiry *inquiry, const struct finding *finding)
{
    return inquiry->later ||
           finding_known_from(finding) <= inquiry_model(inquiry)->step;
}

/* "deadlock: nobody can go on  step 152", and why that matters. */
static void add_finding(struct page *page, const struct inquiry *inquiry,
                        const struct finding *finding)
{
    char line[DETAILS_WORDS] = "";
    struct text_buffer words = {line, sizeof line, 0};

    text_add(&words, "%s: ", finding_name(finding->kind));
    finding_add_sentence(&words, finding,
                         inquiry->later ? UINT64_MAX : inquiry_model(inquiry)->step);
    if (finding->from < finding->to)
        text_add(&words, " (steps %" PRIu64 " to %" PRIu64 ")", finding->from,
                 finding->to);
    else
        text_add(&words, " (step %" PRIu64 ")", finding->step);
    if (finding_known_from(finding) > inquiry_model(inquiry)->step)
        text_add(&words, ", which comes later");
    page_add(page, (struct link){LINK_STEP, finding->thread, finding->step}, "%s",
             line);
}

/* Whether something else went wrong, or may have, that is told. */
static bool has_others(const struct inquiry *inquiry, enum finding_kind kind)
{
    for (size_t i = 0; i < inquiry->findings->count; i++) {
        const struct finding *finding = &inquiry->findings->list[i];
        if (finding->kind != kind && finding->severity != FINDING_REMARK &&
            is_told(inquiry, finding))
            return true;
    }
    return false;
}

static const char *why(const struct inquiry *inquiry, enum finding_kind kind)
{
    if (kind != FINDING_WRONG_OUTCOME || has_others(inquiry, kind))
        return finding_why(kind);
    return inquiry->findings->complete
               ? "The program checks its own result. Its cause is not in the "
                 "recording: compare the source with the lesson's (d)."
               : "The program checks its own result.";
}

/* All of one severity; the sentence that teaches follows the last one of a kind. */
static unsigned add_severity(struct page *page, const struct inquiry *inquiry,
                             enum finding_severity severity, const char *heading)
{
    const struct findings *findings = inquiry->findings;
    unsigned count = 0;

    for (int kind = 0; kind < FINDINGS; kind++) {
        unsigned before = count;
        for (size_t i = 0; i < findings->count; i++) {
            const struct finding *finding = &findings->list[i];
            if ((int)finding->kind != kind || finding->severity != severity ||
                !is_told(inquiry, finding))
                continue;
            if (count++ == 0)
                page_add_heading(page, heading);
            add_finding(page, inquiry, finding);
        }
        if (count > before)
            page_add(page, nowhere, "    %s", why(inquiry, (enum finding_kind)kind));
    }
    return count;
}

static void add_how_far(struct page *page, const struct inquiry *inquiry)
{
    const struct findings *findings = inquiry->findings;
    uint64_t steps = inquiry_reader(inquiry)->steps;

    if (findings->steps < steps)
        page_add(page, nowhere, "the steps are being looked at: %" PRIu64 " %%",
                 findings->steps * 100 / steps);
    else if (inquiry->later)
        page_add(page, nowhere, "%s",
                 findings->complete ? "this is all of the run; E hides what is later"
                                    : "the run goes on; E hides what is later");
    else
        page_add(
            page, nowhere, "%s",
            "what is about later steps is told once they are reached; E shows all");
}

void details_of_findings(struct page *page, const struct inquiry *inquiry,
                         struct link link)
{
    static const char *const headings[FINDING_SEVERITIES] = {
        [FINDING_ERROR] = "WRONG",
        [FINDING_WARNING] = "MAY GO WRONG",
        [FINDING_REMARK] = "WORTH KNOWING"};
    struct text_buffer title = {page->title, sizeof page->title, 0};
    unsigned count = 0;

    (void)link;
    text_add(&title, "FINDINGS");
    if (!inquiry->later)
        text_add(&title, " up to step %" PRIu64, inquiry_model(inquiry)->step);
    for (int severity = 0; severity < FINDING_SEVERITIES; severity++)
        count += add_severity(page, inquiry, (enum finding_severity)severity,
                              headings[severity]);
    if (count == 0)
        page_add(page, nowhere, "nothing stands out%s",
                 inquiry->later ? "" : " up to this step");
    page_add(page, nowhere, "%s", "");
    add_how_far(page, inquiry);
}
