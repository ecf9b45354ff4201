/* view.c - what the views share: a scene's threads, headings, columns; see view.h. */
#include "view.h"
#include "keys.h"

#include <string.h>

void view_add_program(struct text_buffer *buffer, struct text program)
{
    struct text name = text_base_name(program);
    struct text folder = text_part(program, 0, program.length - name.length);

    if (folder.length > 0) /* its slash */
        folder.length--;
    while (folder.length > 1 && folder.bytes[0] == '0')
        folder = text_part(folder, 1, folder.length);
    for (size_t i = 0; i < folder.length; i++)
        text_add(buffer, "%c",
                 folder.bytes[i] == '_' && i < 3 && folder.bytes[i - (i > 0)] <= '9'
                     ? ' '
                     : folder.bytes[i]);
    if (folder.length == 0 || !text_equal(name, text_of("lesson"))) {
        text_add(buffer, "%s", folder.length > 0 ? "/" : "");
        text_add_text(buffer, name);
    }
}

void view_add_program_within(struct text_buffer *buffer, struct text program,
                             int columns)
{
    enum { LEAST = 4 }; /* of the folder, its number */
    char name[256] = "";
    struct text_buffer words = {name, sizeof name, 0};

    view_add_program(&words, program);
    const char *slash = strrchr(name, '/');
    int more = (int)words.length - columns;
    int left = slash != NULL ? (int)(slash - name) - more - 1 : 0;
    if (more <= 0 || left < LEAST)
        text_add(buffer, "%s", name);
    else
        text_add(buffer, "%.*s…%s", left, name, slash);
}

/* What may name a thread; the letters begin after the digits. */
static const char names[] =
    "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
enum { DIGITS = 10, CHARACTERS = 128 };

static bool is_digit(char character)
{
    return character >= '0' && character <= '9';
}

static char choose_key(const bool *used, struct text name)
{
    const char *letters = names + DIGITS;
    char last = name.length > 0 ? name.bytes[name.length - 1] : '?';
    bool numbered =
        name.length > 1 && is_digit(last) && !is_digit(name.bytes[name.length - 2]);

    if (numbered && !used[(unsigned char)last])
        return last;
    for (size_t i = 0; i < name.length; i++)
        if (name.bytes[i] != '\0' && strchr(letters, name.bytes[i]) != NULL &&
            !used[(unsigned char)name.bytes[i]])
            return name.bytes[i];
    for (const char *key = letters; *key != '\0'; key++)
        if (!used[(unsigned char)*key])
            return *key;
    return '\0';
}

void view_name_threads(struct scene *scene)
{
    const struct model *model = scene->model;
    bool used[CHARACTERS] = {false};

    for (const char *key = names; *key != '\0'; key++)
        used[(unsigned char)*key] = key_is_taken(*key);
    for (unsigned i = 0; i < model->thread_count && i < VIEW_THREADS; i++) {
        scene->keys[i] = choose_key(
            used, model_name(model, scene->reader, model->threads[i].object));
        used[(unsigned char)scene->keys[i]] = true;
    }
}

char view_thread_key(const struct scene *scene, uint32_t object)
{
    int index = model_thread_of(scene->model, object);

    return index >= 0 && index < VIEW_THREADS && scene->keys[index] != '\0'
               ? scene->keys[index]
               : ' ';
}

enum style view_thread_style(const struct scene *scene, uint32_t object)
{
    int index = model_thread_of(scene->model, object);

    return index < 0 ? STYLE_PLAIN : (enum style)(STYLE_THREAD + index % 6);
}

void view_heading(struct canvas *canvas, const struct scene *scene, struct area area,
                  enum pane pane, const char *title)
{
    enum style style = pane == scene->pane ? STYLE_BAR : STYLE_HEAD;

    canvas_fill(canvas, area.row, area.column, area.columns, STYLE_DIM, "─");
    canvas_print(canvas, area.row, area.column, area.columns, style, " %s ", title);
}

int view_output_column(int columns)
{
    enum { SOURCE_COLUMNS = 85, OUTPUT_COLUMNS = 30 };
    int timeline = view_timeline_column(columns);
    int most = columns - OUTPUT_COLUMNS < SOURCE_COLUMNS ? columns - OUTPUT_COLUMNS
                                                         : SOURCE_COLUMNS;

    return most > timeline ? most : timeline;
}

enum state view_shown_state(const struct scene *scene, unsigned thread)
{
    return model_can_go(scene->model, scene->reader, thread)
               ? STATE_RUN
               : scene->model->threads[thread].state;
}
