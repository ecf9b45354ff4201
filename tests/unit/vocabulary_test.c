/*
 * vocabulary_test.c - the tables of events: every kind has one row, with a name of its
 * own, and the steps of one operation stand together.
 */
#include "../../viz/vocabulary_kinds.h"
#include "support.h"

TEST(every_kind_has_one_row)
{
    for (unsigned kind = 0; kind < TRACE_KINDS; kind++)
        if ((kinds_of_threads[kind].name != NULL) +
                (kinds_of_processes[kind].name != NULL) !=
            1)
            fail_msg("kind %u has no row, or two", kind);
    assert_string_equal(kind_info(TRACE_KINDS)->name, "unknown");
    assert_string_equal(kind_info((enum trace_kind)UINT32_MAX)->name, "unknown");
}

TEST(every_name_is_one_kinds)
{
    for (unsigned kind = 0; kind < TRACE_KINDS; kind++)
        for (unsigned other = 0; other < kind; other++)
            assert_string_not_equal(kind_info(kind)->name, kind_info(other)->name);
}

static bool ends_with(const char *name, const char *end)
{
    size_t length = strlen(name), end_length = strlen(end);

    return length > end_length && strcmp(name + length - end_length, end) == 0;
}

TEST(names_and_phases_agree)
{
    for (unsigned kind = 0; kind < TRACE_KINDS; kind++) {
        const struct kind_info *info = kind_info(kind);
        assert_int_equal(info->phase == PHASE_BEGIN, ends_with(info->name, "_begin"));
        assert_int_equal(info->phase == PHASE_FAILED, ends_with(info->name, "_failed"));
        if (ends_with(info->name, "_init"))
            assert_int_equal(info->phase, PHASE_INIT);
        assert_int_equal(info->phase == PHASE_BEGIN, info->wait != NULL);
        assert_int_equal(info->phase == PHASE_BEGIN, info->waiting != NULL);
    }
}

TEST(a_wait_is_followed_by_its_end_in_the_table)
{
    for (unsigned kind = 0; kind < TRACE_KINDS; kind++) {
        const struct kind_info *info = kind_info(kind);
        if (info->phase != PHASE_BEGIN)
            continue;
        assert_int_equal(kind_info(kind + 1)->phase, PHASE_DONE);
        assert_int_equal(kind_info(kind + 1)->type, info->type);
        assert_int_equal(strncmp(kind_info(kind + 1)->name, info->name, 4), 0);
    }
}

TEST(types_and_failures_have_names)
{
    for (unsigned type = 1; type < OBJECT_TYPES; type++)
        assert_true(strlen(object_type_name(type)) > 3);
    assert_string_equal(object_type_name(OBJECT_NONE), "");
    assert_string_equal(object_type_name(OBJECT_TYPES), "");
    assert_string_equal(failure_name(TRACE_BECAUSE_CLOSED), "closed");
    assert_string_equal(failure_name(TRACE_BECAUSE_RAISED), "failed");
    assert_string_equal(failure_name(99), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_has_one_row),
        cmocka_unit_test(every_name_is_one_kinds),
        cmocka_unit_test(names_and_phases_agree),
        cmocka_unit_test(a_wait_is_followed_by_its_end_in_the_table),
        cmocka_unit_test(types_and_failures_have_names),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
