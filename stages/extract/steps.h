/* steps: what extract measures of its work; the names are in extract.c. */
#ifndef COPYDESK_EXTRACT_STEPS_H
#define COPYDESK_EXTRACT_STEPS_H

#include "run/stopwatch.h"

enum extract_step { STEP_READ, STEP_DECODE, STEP_PARSE, STEP_METADATA, STEP_CONTENT, STEP_CLASSIFY, STEP_WRITE };

#endif
