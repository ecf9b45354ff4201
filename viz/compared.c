/* compared.c - which threads of two runs play the same role; see compared.h. */
#include "compared.h"

#include <string.h>

/* The threads of a run in the order of their rows, and their roles. */
struct cast {
    const struct scene *scene;
    int count;
    int partner[COMPARED_ROWS]; /* row in the other run, or -1 */
};

static struct text name_at(const struct cast *cast, int row)
{
    const struct model *model = cast->scene->model;
    unsigned thread = view_thread_in_row(cast->scene, (unsigned)row);

    return model_name(model, cast->scene->reader, model->threads[thread].object);
}

/* "12" of "worker-12". */
static struct text number_of(struct text name)
{
    size_t start = name.length;

    while (start > 0 && name.bytes[start - 1] >= '0' && name.bytes[start - 1] <= '9')
        start--;
    return text_part(name, start, name.length);
}

static bool same_name(struct text a, struct text b)
{
    return text_equal(a, b);
}

static bool same_number(struct text a, struct text b)
{
    struct text number = number_of(a);

    return number.length > 0 && text_equal(number, number_of(b));
}

/* Pairs those that are alike and have no partner yet, the first with the first. */
static void pair_where(struct cast *a, struct cast *b,
                       bool (*alike)(struct text, struct text))
{
    for (int i = 0; i < a->count; i++) {
        for (int j = 0; a->partner[i] < 0 && j < b->count; j++) {
            if (b->partner[j] >= 0 || !alike(name_at(a, i), name_at(b, j)))
                continue;
            a->partner[i] = j;
            b->partner[j] = i;
        }
    }
}

static struct cast new_cast(const struct scene *scene)
{
    struct cast cast = {.scene = scene, .count = (int)scene->model->thread_count};

    if (scene->model->thread_count > COMPARED_ROWS / 2)
        cast.count = COMPARED_ROWS / 2;
    for (int i = 0; i < cast.count; i++)
        cast.partner[i] = -1;
    return cast;
}

static int thread_at(const struct cast *cast, int row)
{
    return row < 0 ? -1 : (int)view_thread_in_row(cast->scene, (unsigned)row);
}

/* Adds the rows of a run that have a partner, or those that have none. */
static void add_roles(struct comparison *comparison, const struct cast *a,
                      const struct cast *b, unsigned run, bool with_partner)
{
    const struct cast *own = run == 0 ? a : b, *other = run == 0 ? b : a;

    for (int i = 0; i < own->count; i++) {
        if ((own->partner[i] >= 0) != with_partner)
            continue;
        struct role *role = &comparison->roles[comparison->role_count++];
        role->threads[run] = thread_at(own, i);
        role->threads[1 - run] = thread_at(other, own->partner[i]);
    }
}

void compared_find_roles(struct comparison *comparison)
{
    struct cast a = new_cast(comparison->runs[0].scene);
    struct cast b = new_cast(comparison->runs[1].scene);

    if (a.count > 0 && b.count > 0) /* main and main, whatever they are called */
        a.partner[0] = b.partner[0] = 0;
    pair_where(&a, &b, same_name);
    pair_where(&a, &b, same_number);
    comparison->role_count = 0;
    add_roles(comparison, &a, &b, 0, true);
    add_roles(comparison, &a, &b, 0, false);
    add_roles(comparison, &a, &b, 1, false);
}

int compared_threads(const struct comparison *comparison, unsigned run)
{
    int count = 0;

    for (int i = 0; i < comparison->role_count; i++)
        count += comparison->roles[i].threads[run] >= 0;
    return count;
}
