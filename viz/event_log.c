/* event_log.c - the steps of a run as sentences; see event_log.h. */
#include "event_log.h"
#include "memory.h"
#include "sentence.h"

#include <stdlib.h>
#include <string.h>

enum {
    FAR = 4096,   /* steps that are not worth being looked at one by one */
    LEAST = 2048, /* steps looked at in one go, backwards, with a filter: at first, */
    MOST = 8192   /* and when few are let through */
};

void event_log_free(struct event_log *log)
{
    model_free(&log->model);
    free(log->lines);
    *log = (struct event_log){.count = 0};
}

void event_log_set_filter(struct event_log *log, const struct filter *filter)
{
    log->filter = *filter;
    log->count = 0;
    log->low = log->high = log->back = 0;
}

bool event_log_has(const struct filter *filter, const struct playback *playback,
                   const struct model *model)
{
    if ((playback->history.marks[model->step] & MARK_SHORT_WAIT) != 0 &&
        !filter_names_events(filter))
        return false;
    return filter_matches(filter, model, &playback->reader);
}

size_t event_log_until(const struct event_log *log, uint64_t step)
{
    size_t count = log->count;

    while (count > 0 && log->lines[count - 1].step > step)
        count--;
    return count;
}

static void write_line(struct log_line *line, const struct model *model,
                       const struct reader *reader)
{
    struct text_buffer sentence = {line->sentence, sizeof line->sentence, 0};

    *line = (struct log_line){
        .step = model->step,
        .time_ns = model->time_ns,
        .thread = reader_event(reader, model->step)->thread,
    };
    sentence_of_step(&sentence, model, reader);
}

/* Looks at the steps after from up to to; keeps the last LOG_LINES / 2 lines at most,
   from lines[0] on. Returns how many; *low becomes the step after which none is left
   out. */
static size_t look(struct event_log *log, const struct playback *playback,
                   uint64_t from, uint64_t to, struct log_line *lines, uint64_t *low)
{
    size_t count = 0, most = LOG_LINES / 2;

    *low = from;
    playback_model_at(playback, &log->model, from);
    while (log->model.step < to) {
        model_apply(&log->model, &playback->reader);
        if (!event_log_has(&log->filter, playback, &log->model))
            continue;
        if (count == most) { /* the first half of them goes */
            count = most / 2;
            *low = lines[most - count - 1].step;
            memmove(lines, &lines[most - count], count * sizeof *lines);
        }
        write_line(&lines[count++], &log->model, &playback->reader);
    }
    return count;
}

/* Goes on at the end; the first lines make room. */
static void look_on(struct event_log *log, const struct playback *playback,
                    uint64_t step)
{
    size_t half = LOG_LINES / 2;
    uint64_t low;

    if (log->count > half) {
        size_t gone = log->count - half;
        log->low = log->lines[gone - 1].step;
        memmove(log->lines, &log->lines[gone], half * sizeof *log->lines);
        log->count = half;
    }
    struct log_line *found = &log->lines[log->count];
    size_t count = look(log, playback, log->high, step, found, &low);
    if (low > log->high) { /* more than fit: the lines before are none of them */
        memmove(log->lines, found, count * sizeof *found);
        log->count = 0;
        log->low = low;
    }
    log->count += count;
    log->high = step;
}

/* Goes back by some steps; the last lines, which are beyond the step, make room. */
static void look_back(struct event_log *log, const struct playback *playback,
                      uint64_t steps)
{
    size_t half = LOG_LINES / 2;
    uint64_t from = log->low > steps ? log->low - steps : 0, low;
    struct log_line *found = grown(NULL, half, sizeof *found);
    size_t count = look(log, playback, from, log->low, found, &low);

    if (log->count > half) {
        log->high = log->lines[half].step - 1;
        log->count = half;
    }
    memmove(&log->lines[count], log->lines, log->count * sizeof *log->lines);
    memcpy(log->lines, found, count * sizeof *found);
    log->count += count;
    log->low = low;
    free(found);
}

/* Begins anew at that step. */
static void begin(struct event_log *log, uint64_t step)
{
    log->count = 0;
    log->low = log->high = step;
    log->back = 0;
}

bool event_log_fill(struct event_log *log, const struct playback *playback,
                    uint64_t step, size_t rows)
{
    if (log->lines == NULL)
        log->lines = grown(NULL, LOG_LINES, sizeof *log->lines);
    if (rows > LOG_LINES / 2)
        rows = LOG_LINES / 2;
    if (step < log->low || step > log->high + FAR || log->high == 0)
        begin(log, step);
    if (step > log->high)
        look_on(log, playback, step);
    if (log->back == 0)
        log->back = log->filter.count == 0 ? rows + 1 : LEAST;
    for (uint64_t looked = 0; log->low > 0 && event_log_until(log, step) < rows;) {
        if (looked >= MOST)
            return true;
        look_back(log, playback, log->back);
        looked += log->back;
        if (log->back < MOST)
            log->back *= 2;
    }
    return false;
}
