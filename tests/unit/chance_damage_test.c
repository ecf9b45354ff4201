/*
 * chance_damage_test.c - events of every kind, by pure chance: threads and processes
 * that never started, objects of the wrong type, numbers out of all bounds. Whatever
 * they are, the viewer looks at them, and reaches each step the same way.
 */
#include "look_at.h"
#include "made_family.h"

enum { RUNS = 40, STEPS = 400, OBJECTS = 24 };

static uint64_t number_by_chance(uint64_t step)
{
    const uint64_t odd[] = {
        0,        1,          2,          3,    step,           step + 1,
        step - 1, UINT32_MAX, UINT64_MAX, 4096, UINT64_MAX / 2, look_below(OBJECTS)};

    return odd[look_below(sizeof odd / sizeof odd[0])];
}

static void made_by_pure_chance(struct made *made)
{
    made_run_start(made);
    for (int i = 0; i < STEPS; i++) {
        uint64_t step =
            made_add(made, (struct trace_event){
                               .kind = look_below(TRACE_KINDS),
                               .thread = look_below(4) == 0 ? look_below(OBJECTS) : 1,
                               .object = look_below(OBJECTS),
                               .number = number_by_chance(made->count + 1),
                               .depth = (uint32_t)number_by_chance(look_below(9)),
                               .unfinished = (uint32_t)number_by_chance(look_below(9)),
                               .detail = look_below(12),
                               .text = look_below(3) == 0 ? made->header.program : 0});
        memcpy(made->events[step - 1].label, "item", look_below(5));
    }
}

static uint64_t sum_of_object(const struct model_object *object)
{
    return object->items.count + object->buffered.count * 7ull + object->value +
           object->task + object->unsure + object->holder;
}

/* Enough of a model to see whether two are the same. */
static uint64_t sum_of(const struct model *model)
{
    uint64_t sum = model->thread_count + model->copy_count * 3ull;

    for (unsigned i = 0; i < model->thread_count; i++)
        sum = sum * 31 + model->threads[i].state + model->threads[i].process;
    for (uint32_t i = 0; i < model->object_count; i++)
        sum = sum * 31 + sum_of_object(model_object(model, i));
    for (uint32_t i = 0; i < model->copy_count; i++)
        sum = sum * 31 + sum_of_object(&model->copies[i]);
    return sum;
}

TEST(events_by_chance_do_no_harm)
{
    for (int run = 0; run < RUNS; run++) {
        struct made made = made_begin();
        uint64_t steps;
        char path[64];

        made_by_pure_chance(&made);
        int file = made_file(&made);
        snprintf(path, sizeof path, "%s", made_path(file));
        assert_true(look_at_path(path, &steps));
        assert_int_equal(steps, STEPS + 1);
        close(file);
        made_free(&made);
    }
}

TEST(a_copied_model_goes_on_as_the_original_does)
{
    for (int run = 0; run < RUNS; run++) {
        struct made made = made_begin();
        struct reader reader;
        struct model model = {.step = 0}, copy = {.step = 0};

        made_by_pure_chance(&made);
        made_open(&made, &reader);
        model_seek(&model, &reader, look_below(STEPS));
        model_copy(&copy, &model);
        assert_int_equal(sum_of(&model), sum_of(&copy));
        model_seek(&model, &reader, STEPS);
        model_seek(&copy, &reader, STEPS);
        assert_int_equal(sum_of(&model), sum_of(&copy));
        model_free(&model);
        model_free(&copy);
        reader_close(&reader);
        made_free(&made);
    }
}

static int open_nowhere(void **state __attribute__((unused)))
{
    look_random = 5;
    look_nowhere = fopen("/dev/null", "w");
    return look_nowhere != NULL ? 0 : -1;
}

static int close_nowhere(void **state __attribute__((unused)))
{
    return fclose(look_nowhere);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(events_by_chance_do_no_harm),
        cmocka_unit_test(a_copied_model_goes_on_as_the_original_does),
    };

    return cmocka_run_group_tests(tests, open_nowhere, close_nowhere);
}
