/* render: messages of the pipeline for people: an article (see articleprint.h), a dead letter with its reason, anything else as
 * text. Text of strangers is printed through terminal.h and can't steer the terminal. */
#ifndef COPYDESK_RENDER_H
#define COPYDESK_RENDER_H

#include "tools/headlines.h"
#include "tools/scan.h"
#include "tools/terminal.h"

struct render {
	struct terminal terminal;
	struct headlines *headlines;
	int body_lines; /* 0: the whole body; -1: one line a message */
};

/* Any message: article, dead letter, raw page or something else. Counts as nothing it can't parse: such a value is shown as
 * text. */
void render_message(struct render *render, const rd_kafka_message_t *message, struct arena *arena);
/* Keeps the headline without showing anything. */
void render_remember(struct render *render, const rd_kafka_message_t *message, struct arena *arena);

#endif
