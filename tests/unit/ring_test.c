/* ring_test.c - numbers in a row: what goes in first comes out first, in any number. */
#include "../../viz/ring.h"
#include "support.h"

static struct ring ring;

static int end(void **state __attribute__((unused)))
{
    ring_free(&ring);
    return 0;
}

static void assert_ring(const struct ring *actual, const uint64_t *expected,
                        uint32_t count)
{
    assert_int_equal(actual->count, count);
    for (uint32_t i = 0; i < count; i++)
        assert_int_equal(ring_at(actual, i), expected[i]);
}

TEST(an_empty_ring_gives_nothing)
{
    ring_pop(&ring);
    ring_pop_last(&ring);
    ring_set(&ring, 0, 7);
    assert_int_equal(ring.count, 0);
    assert_int_equal(ring_at(&ring, 0), 0);
    assert_false(ring_remove(&ring, 0));
}

TEST(it_grows_and_goes_round_in_order)
{
    for (uint64_t i = 0; i < 500; i++) {
        ring_push(&ring, i);
        if (i % 2 == 1)
            ring_pop(&ring);
    }
    assert_int_equal(ring.count, 250);
    for (uint32_t i = 0; i < 250; i++)
        assert_int_equal(ring_at(&ring, i), 250 + i);
    assert_int_equal(ring_at(&ring, 250), 0);
}

TEST(one_is_taken_out_of_the_middle_and_the_others_keep_their_order)
{
    for (uint64_t i = 1; i <= 5; i++)
        ring_push(&ring, i);
    assert_true(ring_remove(&ring, 3));
    assert_false(ring_remove(&ring, 3));
    assert_ring(&ring, (const uint64_t[]){1, 2, 4, 5}, 4);
    assert_true(ring_remove(&ring, 1));
    assert_true(ring_remove(&ring, 5));
    ring_pop_last(&ring);
    assert_ring(&ring, (const uint64_t[]){2}, 1);
}

TEST(one_is_put_in_by_its_size)
{
    ring_insert(&ring, 5);
    ring_insert(&ring, 9);
    ring_insert(&ring, 1);
    ring_insert(&ring, 7);
    assert_ring(&ring, (const uint64_t[]){1, 5, 7, 9}, 4);
}

TEST(a_copy_goes_its_own_way)
{
    ring_push(&ring, 1);
    ring_push(&ring, 2);
    ring_pop(&ring);
    struct ring copy = ring_copy(&ring);
    ring_set(&ring, 0, 8);
    ring_push(&copy, 3);
    assert_ring(&ring, (const uint64_t[]){8}, 1);
    assert_ring(&copy, (const uint64_t[]){2, 3}, 2);
    ring_free(&copy);
}

/* A row and the same numbers in a plain array. */
struct pair {
    struct ring ring;
    uint64_t plain[3000];
    uint32_t count;
};

static unsigned chance(unsigned below)
{
    static unsigned random = 3;

    random = random * 1103515245 + 12345;
    return (random >> 16) % below;
}

static void do_anything(struct pair *pair, uint64_t number)
{
    uint32_t i = pair->count > 0 ? chance(pair->count) : 0;

    switch (chance(8)) {
    case 0:
        ring_pop(&pair->ring);
        pair->count -= pair->count > 0;
        memmove(pair->plain, pair->plain + 1, pair->count * sizeof pair->plain[0]);
        break;
    case 1:
        ring_pop_last(&pair->ring);
        pair->count -= pair->count > 0;
        break;
    case 2:
        ring_set(&pair->ring, i, number);
        if (pair->count > 0)
            pair->plain[i] = number;
        break;
    case 3:
        if (pair->count == 0)
            break;
        assert_true(ring_remove(&pair->ring, pair->plain[i]));
        memmove(pair->plain + i, pair->plain + i + 1,
                (--pair->count - i) * sizeof pair->plain[0]);
        break;
    default:
        ring_push(&pair->ring, number);
        pair->plain[pair->count++] = number;
        break;
    }
}

TEST(copies_of_copies_of_long_rows_go_their_own_ways)
{
    enum { PAIRS = 5, STEPS = 12000 };
    static struct pair pairs[PAIRS];

    for (uint64_t i = 0; i < STEPS; i++) {
        struct pair *pair = &pairs[chance(PAIRS)], *other = &pairs[chance(PAIRS)];
        if (chance(40) == 0 && other != pair) {
            ring_free(&other->ring);
            *other = *pair;
            other->ring = ring_copy(&pair->ring);
        }
        if (pair->count < 2900)
            do_anything(pair, i);
        if (chance(10) == 0)
            for (int k = 0; k < PAIRS; k++)
                assert_ring(&pairs[k].ring, pairs[k].plain, pairs[k].count);
    }
    for (int k = 0; k < PAIRS; k++)
        ring_free(&pairs[k].ring);
}

TEST(a_copy_of_a_long_row_is_small)
{
    for (uint64_t i = 0; i < 100000; i++)
        ring_push(&ring, i);
    struct ring copies[3];
    for (int i = 0; i < 3; i++)
        copies[i] = ring_copy(&ring);
    assert_true(ring_bytes(&copies[2]) < 100000);
    for (int i = 0; i < 3; i++)
        ring_free(&copies[i]);
    assert_true(ring_bytes(&ring) >= 800000);
}

TEST(what_is_forgotten_is_zero)
{
    ring_push(&ring, 1);
    ring_forget(&ring, 3);
    assert_ring(&ring, (const uint64_t[]){0, 0, 0}, 3);
}

#define RING_TEST(name) cmocka_unit_test_teardown(name, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        RING_TEST(an_empty_ring_gives_nothing),
        RING_TEST(it_grows_and_goes_round_in_order),
        RING_TEST(one_is_taken_out_of_the_middle_and_the_others_keep_their_order),
        RING_TEST(one_is_put_in_by_its_size),
        RING_TEST(a_copy_goes_its_own_way),
        RING_TEST(copies_of_copies_of_long_rows_go_their_own_ways),
        RING_TEST(a_copy_of_a_long_row_is_small),
        RING_TEST(what_is_forgotten_is_zero),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
