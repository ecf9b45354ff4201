/* compared.c - which threads of two runs play the same role; see compared.h. */
#include "compared.h"

#include <stdlib.h>
#include <string.h>

enum { CAST = COMPARED_ROWS / COMPARED_RUNS };

/* The threads of a run in the order of their rows, and their roles. */
struct cast {
    const struct scene *scene;
    int count;
    struct text names[CAST];
    int partner[CAST]; /* row in the other run, or -1 */
};

/* What a row is looked for by. */
struct label {
    struct text text;
    int row;
};

static void fill_cast(struct cast *cast, const struct scene *scene)
{
    const struct model *model = scene->model;

    cast->scene = scene;
    cast->count = model->thread_count < CAST ? (int)model->thread_count : CAST;
    for (int i = 0; i < cast->count; i++) {
        unsigned thread = view_thread_in_row(scene, (unsigned)i);
        cast->names[i] =
            model_name(model, scene->reader, model->threads[thread].object);
        cast->partner[i] = -1;
    }
}

static struct text whole(struct text name)
{
    return name;
}

/* "12" of "worker-12"; empty: it has none. */
static struct text number_of(struct text name)
{
    size_t start = name.length;

    while (start > 0 && name.bytes[start - 1] >= '0' && name.bytes[start - 1] <= '9')
        start--;
    return text_part(name, start, name.length);
}

static int in_order(struct text a, struct text b)
{
    size_t shorter = a.length < b.length ? a.length : b.length;
    int order = shorter > 0 ? memcmp(a.bytes, b.bytes, shorter) : 0;

    return order != 0 ? order : (a.length > b.length) - (a.length < b.length);
}

static int by_text_and_row(const void *one, const void *other)
{
    const struct label *a = one, *b = other;
    int order = in_order(a->text, b->text);

    return order != 0 ? order : (a->row > b->row) - (a->row < b->row);
}

/* The labels of the rows that have no partner yet, in order. */
static int fill_labels(struct label labels[CAST], const struct cast *cast,
                       struct text (*label_of)(struct text name))
{
    int count = 0;

    for (int i = 0; i < cast->count; i++) {
        struct text text = label_of(cast->names[i]);
        if (cast->partner[i] < 0 && text.length > 0)
            labels[count++] = (struct label){text, i};
    }
    qsort(labels, (size_t)count, sizeof *labels, by_text_and_row);
    return count;
}

/* Pairs those of the same label that have no partner yet, the first with the first. */
static void pair_by(struct cast *a, struct cast *b,
                    struct text (*label_of)(struct text name))
{
    struct label labels_a[CAST], labels_b[CAST];
    int count_a = fill_labels(labels_a, a, label_of);
    int count_b = fill_labels(labels_b, b, label_of);

    for (int i = 0, j = 0; i < count_a && j < count_b;) {
        int order = in_order(labels_a[i].text, labels_b[j].text);
        if (order == 0) {
            a->partner[labels_a[i].row] = labels_b[j].row;
            b->partner[labels_b[j].row] = labels_a[i].row;
        }
        i += order <= 0;
        j += order >= 0;
    }
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
    struct cast a, b;

    fill_cast(&a, comparison->runs[0].scene);
    fill_cast(&b, comparison->runs[1].scene);
    if (a.count > 0 && b.count > 0) /* main and main, whatever they are called */
        a.partner[0] = b.partner[0] = 0;
    pair_by(&a, &b, whole);
    pair_by(&a, &b, number_of);
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
