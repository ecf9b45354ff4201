/* step.c - the door that every visible operation passes; see step.h. */
#include "step.h"

_Thread_local struct step step_current;
void (*step_gate)(const struct step *next);
