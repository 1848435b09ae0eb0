/* explaintext: an explanation (explanation.h) for people. */
#ifndef COPYDESK_EXPLAINTEXT_H
#define COPYDESK_EXPLAINTEXT_H

#include "json/reader.h"
#include "tools/terminal.h"

/* `notes`: at most so many of one kind a stage are shown, 0: all. */
void explain_print(const struct terminal *terminal, const struct json *explanation, int notes);

#endif
