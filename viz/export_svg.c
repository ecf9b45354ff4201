#include "export.h"
void export_svg(const struct reader *reader, bool ascii, FILE *file)
{
    (void)reader, (void)ascii, (void)file;
}
