/* view_page.c - a page of text: the help, the lines that differ. */
#include "keys.h"
#include "view.h"

#include <string.h>

int view_page(struct canvas *canvas, const char *title, struct text body, int first,
              const char *hint)
{
    struct text line;
    int number = 0, last = canvas->rows - 1;

    canvas_fill(canvas, 0, 0, canvas->columns, STYLE_BAR, " ");
    canvas_put(canvas, 0, 1, canvas->columns - 2, STYLE_BAR, text_of(title));
    while (text_next_line(&body, &line)) {
        int row = 1 + number++ - first;
        enum style style =
            line.length > 0 && (line.bytes[0] == '+' || line.bytes[0] == '-')
                ? STYLE_STRONG
                : STYLE_PLAIN;
        if (row >= 1 && row < last)
            canvas_put(canvas, row, 1, canvas->columns - 2, style, line);
    }
    canvas_fill(canvas, last, 0, canvas->columns, STYLE_BAR, " ");
    int column =
        canvas_put(canvas, last, 1, canvas->columns - 2, STYLE_BAR, text_of(hint));
    if (number > last - 1)
        canvas_print(canvas, last, column + 3, canvas->columns - column - 4, STYLE_BAR,
                     "lines %d-%d of %d", first + 1,
                     first + last - 1 < number ? first + last - 1 : number, number);
    return number;
}

static const char states[] =
    "What a thread does, in its row and along the time line:\n"
    "R  runs, or could: only the processor decides\n"
    "S  sleeps, or works on its item\n"
    "W  waits          T  waits with a time limit\n"
    "L  waits for a lock another thread holds\n"
    "E  has ended      X  was killed\n"
    "A cell of the time line has the letter of what lasted\n"
    "longest in it. A small letter: something else was so in\n"
    "that cell as well, however briefly; + shows it closer.\n\n";

static const char signs[] =
    "Other signs:\n"
    "*k             the item that moved last\n"
    "< a b │ c      a process queue: c is put, but not sent yet; a and\n"
    "               b are in its pipe\n"
    "results 1>2    a pipe's way from its end 1 to its end 2\n"
    "123+ in the source: more threads are at that line than fit\n"
    "! in the output: more than one thread wrote that line\n\n";

static void add_keys(struct text_buffer *buffer, const struct key *table)
{
    for (const struct key *key = table; key->shown != NULL;) {
        char shown[64] = "";
        struct text_buffer all = {shown, sizeof shown, 0};
        const char *help = key->help;
        do
            text_add(&all, "%s%s", all.length > 0 ? " " : "", key->shown);
        while ((++key)->shown != NULL && key->help == NULL);
        text_add(buffer, "%-14s %s\n", shown, help);
    }
}

void view_add_help(struct text_buffer *buffer)
{
    text_add(buffer, "%s", states);
    text_add(buffer, "The letter before a thread marks it in the source and in\n"
                     "the output; typing it chooses the thread.\n"
                     "The mouse chooses a thread, a pane, or in the time line a\n"
                     "time; with Shift most terminals select text with it.\n\n");
    add_keys(buffer, keys);
    text_add(buffer, "%-14s %s\n", "PgUp PgDn",
             "a page of threads, or of a large pane");
    text_add(buffer, "\n%s", signs);
    text_add(buffer,
             "In a filter (&) each word must be in the sentence, or be one of\n"
             "thread:main  object:tasks  event:put  waits, or a thread's letter.\n"
             "\nviz compare A B shows two runs side by side, viz compare alone the\n"
             "pairs worth comparing.\n");
}

void view_add_compare_help(struct text_buffer *buffer)
{
    text_add(buffer, "Two runs, A and B, at the same moment of one clock, or at the\n"
                     "same step. Threads with the same role stand in the same row.\n"
                     "What only the end tells is hidden until you get there, or\n"
                     "press E: say first what you expect.\n\n");
    add_keys(buffer, compare_keys);
    text_add(buffer, "\n%s", states);
}
