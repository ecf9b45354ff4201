/*
 * model_blocks.c - where a model has its objects; see model_apply.h.
 *
 * They are kept in blocks, which copies of a model share until one of them changes an
 * object in it: a run may have a hundred thousand futures, and a snapshot of it takes
 * little memory and time.
 */
#include "memory.h"
#include "model_apply.h"

#include <stdlib.h>
#include <string.h>

enum { BLOCK = 32 };

struct model_block {
    size_t holders; /* models that share it */
    struct model_object objects[BLOCK];
};

static const struct model_object none = {.type = OBJECT_NONE};

void model_free_rings(struct model_object *object)
{
    ring_free(&object->items);
    ring_free(&object->buffered);
    ring_free(&object->sizes);
}

void model_copy_rings(struct model_object *to, const struct model_object *from)
{
    to->items = ring_copy(&from->items);
    to->buffered = ring_copy(&from->buffered);
    to->sizes = ring_copy(&from->sizes);
}

size_t model_object_bytes(const struct model_object *object)
{
    return sizeof *object + ring_bytes(&object->items) + ring_bytes(&object->buffered) +
           ring_bytes(&object->sizes);
}

static uint32_t block_count(const struct model *model)
{
    return model->object_count / BLOCK;
}

static void let_go(struct model_block *block)
{
    if (block == NULL || --block->holders > 0)
        return;
    for (unsigned i = 0; i < BLOCK; i++)
        model_free_rings(&block->objects[i]);
    free(block);
}

void model_free_blocks(struct model *model)
{
    for (uint32_t i = 0; i < block_count(model); i++)
        let_go(model->blocks[i]);
    free(model->blocks);
    free(model->lasting);
}

void model_share_blocks(struct model *to, const struct model *from)
{
    uint32_t count = block_count(from);

    to->block_room = count + 1; /* none is asked for */
    to->blocks = grown(NULL, to->block_room, sizeof(struct model_block *));
    for (uint32_t i = 0; i < count; i++) {
        to->blocks[i] = from->blocks[i];
        if (to->blocks[i] != NULL)
            to->blocks[i]->holders++;
    }
    to->lasting_room = from->lasting_count + 1;
    to->lasting = grown(NULL, to->lasting_room, sizeof *to->lasting);
    if (from->lasting_count > 0)
        memcpy(to->lasting, from->lasting, from->lasting_count * sizeof *to->lasting);
}

size_t model_blocks_bytes(const struct model *model)
{
    size_t bytes = block_count(model) * sizeof(struct model_block *) +
                   model->lasting_count * sizeof *model->lasting;

    for (uint32_t i = 0; i < block_count(model); i++) {
        const struct model_block *block = model->blocks[i];
        for (unsigned k = 0; block != NULL && block->holders <= 2 && k < BLOCK; k++)
            bytes += model_object_bytes(&block->objects[k]);
    }
    return bytes;
}

/* The model's own block, as the shared one was. */
static struct model_block *own_block(struct model_block *shared)
{
    struct model_block *block = grown(NULL, 1, sizeof *block);

    if (shared == NULL)
        *block = (struct model_block){.holders = 1};
    else {
        *block = *shared;
        for (unsigned i = 0; i < BLOCK; i++)
            model_copy_rings(&block->objects[i], &shared->objects[i]);
    }
    block->holders = 1;
    let_go(shared);
    return block;
}

struct model_object *model_own(struct model *model, uint32_t number)
{
    uint32_t at = number / BLOCK;

    while (block_count(model) <= at) {
        uint32_t count = block_count(model);
        model->blocks = grown_for(model->blocks, count, &model->block_room,
                                  sizeof(struct model_block *));
        model->blocks[count] = NULL;
        model->object_count += BLOCK;
    }
    if (model->blocks[at] == NULL || model->blocks[at]->holders > 1)
        model->blocks[at] = own_block(model->blocks[at]);
    return &model->blocks[at]->objects[number % BLOCK];
}

const struct model_object *model_object(const struct model *model, uint32_t number)
{
    const struct model_block *block =
        number < model->object_count ? model->blocks[number / BLOCK] : NULL;

    return block == NULL ? &none : &block->objects[number % BLOCK];
}
