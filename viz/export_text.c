/* export_text.c - every step as a sentence, and how it ended; see export.h. */
#include "export.h"
#include "narrate.h"

void export_text(const struct reader *reader, bool ascii, FILE *file)
{
    struct model model = {.step = 0};
    int status;

    while (model.step < reader->steps && !ferror(file)) {
        model_apply(&model, reader);
        narrate_step(&model, reader, ascii, file);
    }
    if (reader_how_ended(reader, &status) == READER_VANISHED)
        model_kill(&model);
    narrate_summary(&model, reader, ascii, file);
    model_free(&model);
}
