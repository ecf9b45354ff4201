/*
 * model_slow_test.c - the model, which folds one event at a time, against a slow and
 * obvious reckoning that looks at the whole trace for each question: what was put and
 * not taken, who took the lock last, what the thread did last.
 *
 * The traces are made by chance, of fixed seeds: queues, locks, naps and prints from
 * made_run.h, and what processes share from here.
 */
#include "../../viz/model.h"
#include "made_run.h"

enum { STEPS = 1200, LOOKS = 60, MOST_ITEMS = 2000 };

/* What a trace of the second kind has; its threads are 1 … RUN_THREADS as well. */
enum { FLAG = 30, LIST, NUMBER, PIPE, RESULTS, LIST_ROOM = 8, PIPE_BYTES = 10 };

static struct made made;
static struct reader reader;

static int begin(void **state __attribute__((unused)))
{
    made = made_begin();
    return 0;
}

static int end(void **state __attribute__((unused)))
{
    reader_close(&reader);
    made_free(&made);
    return 0;
}

/* --- the reckoning: every function looks at steps 1 … step, and at nothing else */

struct items {
    uint64_t steps[MOST_ITEMS];
    uint32_t count;
};

static const struct trace_event *event_at(uint64_t step)
{
    return reader_event(&reader, step);
}

static bool happens(uint64_t step, enum trace_kind kind, uint32_t object)
{
    return reader_kind(&reader, step) == kind && event_at(step)->object == object;
}

static bool happened_to(uint64_t until, enum trace_kind kind, uint32_t object,
                        uint64_t item)
{
    for (uint64_t step = 1; step <= until; step++)
        if (happens(step, kind, object) && event_at(step)->number == item)
            return true;
    return false;
}

/* The items that one kind of event brought and the other has not taken away, in the
   order in which they were brought. */
static struct items there(uint64_t until, uint32_t object, enum trace_kind brings,
                          enum trace_kind takes)
{
    struct items items = {.count = 0};

    for (uint64_t step = 1; step <= until; step++)
        if (happens(step, brings, object) &&
            !happened_to(until, takes, object, event_at(step)->number))
            items.steps[items.count++] = event_at(step)->number;
    return items;
}

static uint32_t count_of(uint64_t until, enum trace_kind kind, uint32_t object)
{
    uint32_t count = 0;

    for (uint64_t step = 1; step <= until; step++)
        count += happens(step, kind, object);
    return count;
}

/* The latest step at which one of the two happened to the object; 0 for never. */
static uint64_t latest(uint64_t until, uint32_t object, enum trace_kind one,
                       enum trace_kind other)
{
    for (uint64_t step = until; step > 0; step--)
        if (happens(step, one, object) || happens(step, other, object))
            return step;
    return 0;
}

static uint32_t holder_of(uint64_t until, uint32_t lock)
{
    uint64_t step = latest(until, lock, TRACE_LOCK_ACQUIRE, TRACE_LOCK_RELEASE);

    return step != 0 && reader_kind(&reader, step) == TRACE_LOCK_ACQUIRE
               ? event_at(step)->thread
               : 0;
}

/* What the thread did last says what it is doing. */
static enum state state_of(uint64_t until, uint32_t thread)
{
    for (uint64_t step = until; step > 0; step--) {
        enum trace_kind kind = reader_kind(&reader, step);
        if (event_at(step)->thread != thread) {
            if (kind == TRACE_THREAD_START && event_at(step)->object == thread)
                return STATE_RUN;
            continue;
        }
        switch (kind) {
        case TRACE_NAP_BEGIN:
            return STATE_SLEEP;
        case TRACE_LOCK_ACQUIRE_BEGIN:
            return STATE_LOCK;
        case TRACE_QUEUE_GET_BEGIN:
        case TRACE_EVENT_WAIT_BEGIN:
            return event_at(step)->number == TRACE_NO_LIMIT ? STATE_WAIT : STATE_TIMED;
        case TRACE_THREAD_END:
            return STATE_ENDED;
        default:
            return STATE_RUN;
        }
    }
    return STATE_NONE;
}

/* --- the comparison */

static void same_items(const struct ring *items, const struct items *expected)
{
    assert_int_equal(items->count, expected->count);
    for (uint32_t i = 0; i < expected->count; i++)
        assert_int_equal(ring_at(items, i), expected->steps[i]);
}

static void same_threads(const struct model *model)
{
    for (unsigned i = 0; i < model->thread_count; i++)
        assert_int_equal(model->threads[i].state,
                         state_of(model->step, model->threads[i].object));
}

static void look_at_queue_and_lock(const struct model *model)
{
    uint64_t step = model->step;
    const struct model_object *queue = model_object(model, RUN_QUEUE);
    struct items items = there(step, RUN_QUEUE, TRACE_QUEUE_PUT, TRACE_QUEUE_GET);

    same_items(&queue->items, &items);
    assert_int_equal(queue->unfinished,
                     count_of(step, TRACE_QUEUE_PUT, RUN_QUEUE) -
                         count_of(step, TRACE_QUEUE_TASK_DONE, RUN_QUEUE));
    assert_int_equal(model_object(model, RUN_LOCK)->holder, holder_of(step, RUN_LOCK));
    same_threads(model);
}

static void look_at_list(const struct model *model)
{
    const struct model_object *list = model_object(model, LIST);

    assert_int_equal(list->items.count, count_of(model->step, TRACE_LIST_APPEND, LIST));
    for (uint32_t i = 0; i < list->items.count; i++) {
        uint64_t written = 0;
        for (uint64_t step = 1; step <= model->step; step++)
            if ((happens(step, TRACE_LIST_APPEND, LIST) ||
                 happens(step, TRACE_LIST_SET, LIST)) &&
                event_at(step)->number == i)
                written = step;
        assert_int_equal(ring_at(&list->items, i), written);
    }
}

static void look_at_the_shared(const struct model *model)
{
    uint64_t step = model->step;
    uint64_t told = latest(step, FLAG, TRACE_EVENT_SET, TRACE_EVENT_CLEAR);
    uint64_t written = latest(step, NUMBER, TRACE_SHARED_INIT, TRACE_SHARED_STORE);
    struct items sent = there(step, PIPE, TRACE_PIPE_SEND, TRACE_PIPE_RECV);
    struct items buffered =
        there(step, RESULTS, TRACE_PROCESS_QUEUE_PUT, TRACE_PROCESS_QUEUE_SEND);
    struct items piped =
        there(step, RESULTS, TRACE_PROCESS_QUEUE_SEND, TRACE_PROCESS_QUEUE_GET);

    assert_int_equal(model_object(model, FLAG)->is_set,
                     told != 0 && reader_kind(&reader, told) == TRACE_EVENT_SET);
    assert_int_equal(model_object(model, NUMBER)->value,
                     written != 0 ? event_at(written)->number : 0);
    same_items(&model_object(model, PIPE)->items, &sent);
    assert_int_equal(model_object(model, PIPE)->bytes, sent.count * PIPE_BYTES);
    same_items(&model_object(model, RESULTS)->buffered, &buffered);
    same_items(&model_object(model, RESULTS)->items, &piped);
    look_at_list(model);
    same_threads(model);
}

/* Looks at the run at random steps, in the order of a shuffled pack: on and back. */
static void look(void (*at)(const struct model *), unsigned seed)
{
    struct made_state chance = {.random = seed};
    struct model model = {.step = 0};

    made_open(&made, &reader);
    assert_int_equal(reader.steps, made.count);
    for (int i = 0; i < LOOKS; i++) {
        model_seek(&model, &reader, 1 + made_chance(&chance, (unsigned)made.count));
        at(&model);
    }
    model_seek(&model, &reader, made.count);
    at(&model);
    model_free(&model);
    reader_close(&reader);
}

TEST(queues_locks_and_threads_are_as_a_look_at_the_whole_trace_finds_them)
{
    for (unsigned seed = 1; seed <= 6; seed++) {
        made_free(&made);
        made = made_begin();
        made_by_chance(&made, STEPS, seed);
        look(look_at_queue_and_lock, seed);
    }
}

/* --- a run in which processes share what they do */

/* The events tell what is so after them, and it is the reckoning above that says what
   that is; so the maker keeps what has been brought in plain arrays. */
struct maker {
    uint64_t sent[MOST_ITEMS], buffered[MOST_ITEMS], piped[MOST_ITEMS];
    uint32_t sent_count, buffered_count, piped_count, length;
    struct made_state chance;
};

static uint64_t shift(uint64_t *steps, uint32_t *count)
{
    uint64_t first = steps[0];

    memmove(steps, steps + 1, --*count * sizeof *steps);
    return first;
}

static void add(enum trace_kind kind, uint32_t thread, uint32_t object, uint64_t number,
                uint32_t depth, uint32_t unfinished)
{
    made_add(&made, (struct trace_event){.kind = kind,
                                         .thread = thread,
                                         .object = object,
                                         .number = number,
                                         .depth = depth,
                                         .unfinished = unfinished});
}

static void make_message(struct maker *maker, uint32_t thread)
{
    if (maker->sent_count == 0 || made_chance(&maker->chance, 2) == 0) {
        maker->sent[maker->sent_count++] = made.count + 1;
        add(TRACE_PIPE_SEND, thread, PIPE, made.count + 1,
            maker->sent_count * PIPE_BYTES, 0);
    } else {
        uint64_t item = shift(maker->sent, &maker->sent_count);
        add(TRACE_PIPE_RECV, thread, PIPE, item, maker->sent_count * PIPE_BYTES, 0);
    }
}

/* A put, a send of the feeder, or a get. */
static void make_result(struct maker *maker, uint32_t thread)
{
    unsigned what = made_chance(&maker->chance, 3);

    if (what == 0) {
        maker->buffered[maker->buffered_count++] = made.count + 1;
        add(TRACE_PROCESS_QUEUE_PUT, thread, RESULTS, made.count + 1,
            maker->piped_count, maker->buffered_count);
    } else if (what == 1 && maker->buffered_count > 0) {
        uint64_t item = shift(maker->buffered, &maker->buffered_count);
        maker->piped[maker->piped_count++] = item;
        add(TRACE_PROCESS_QUEUE_SEND, thread, RESULTS, item, maker->piped_count,
            maker->buffered_count);
    } else if (what == 2 && maker->piped_count > 0) {
        uint64_t item = shift(maker->piped, &maker->piped_count);
        add(TRACE_PROCESS_QUEUE_GET, thread, RESULTS, item, maker->piped_count,
            maker->buffered_count);
    }
}

static void make_change(struct maker *maker, uint32_t thread)
{
    uint32_t index;

    switch (made_chance(&maker->chance, 5)) {
    case 0:
        add(made_chance(&maker->chance, 2) == 0 ? TRACE_EVENT_SET : TRACE_EVENT_CLEAR,
            thread, FLAG, 0, 0, 0);
        break;
    case 1:
        add(TRACE_SHARED_STORE, thread, NUMBER, made_chance(&maker->chance, 1000), 0,
            0);
        break;
    case 2:
        add(TRACE_SHARED_LOAD, thread, NUMBER, made_chance(&maker->chance, 1000), 0, 0);
        break;
    case 3:
        if (maker->length == LIST_ROOM)
            break;
        index = maker->length++;
        add(TRACE_LIST_APPEND, thread, LIST, index, maker->length, 0);
        break;
    default:
        if (maker->length == 0)
            break;
        index = made_chance(&maker->chance, maker->length);
        add(TRACE_LIST_SET, thread, LIST, index, maker->length, 0);
        break;
    }
}

static void make_shared_run(struct maker *maker)
{
    made_run_start(&made);
    add(TRACE_EVENT_INIT, 1, FLAG, 0, 0, 0);
    add(TRACE_LIST_INIT, 1, LIST, 0, 0, 0);
    add(TRACE_SHARED_INIT, 1, NUMBER, 7, 0, 0);
    add(TRACE_PIPE_INIT, 1, PIPE, 65536, 0, 0);
    add(TRACE_PROCESS_QUEUE_INIT, 1, RESULTS, 0, 0, 0);
    for (uint32_t i = 2; i <= RUN_THREADS; i++)
        made_thread(&made, i, "worker");
    while (made.count < STEPS) {
        uint32_t thread = 1 + made_chance(&maker->chance, RUN_THREADS);
        switch (made_chance(&maker->chance, 4)) {
        case 0:
            make_message(maker, thread);
            break;
        case 1:
            make_result(maker, thread);
            break;
        case 2:
            make_change(maker, thread);
            break;
        default:
            add(TRACE_NAP_BEGIN, thread, 0, MADE_MS, 0, 0);
            break;
        }
    }
}

TEST(what_processes_share_is_as_a_look_at_the_whole_trace_finds_it)
{
    for (unsigned seed = 1; seed <= 6; seed++) {
        struct maker maker = {.chance = {.random = seed}};
        made_free(&made);
        made = made_begin();
        make_shared_run(&maker);
        look(look_at_the_shared, seed);
    }
}

#define SLOW_TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        SLOW_TEST(queues_locks_and_threads_are_as_a_look_at_the_whole_trace_finds_them),
        SLOW_TEST(what_processes_share_is_as_a_look_at_the_whole_trace_finds_it),
    };

    return cmocka_run_group_tests_name("model_slow", tests, NULL, NULL);
}
