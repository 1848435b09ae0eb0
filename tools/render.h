/* render: messages of the pipeline for people: an article with its entities and times marked in the text, what a copy is a copy
 * of, a dead letter with its reason. Text of strangers is printed through terminal.h and can't steer the terminal. */
#ifndef COPYDESK_RENDER_H
#define COPYDESK_RENDER_H

#include "json/reader.h"
#include "tools/scan.h"
#include "tools/terminal.h"

/* Headlines by article id, so that a copy can be shown with the headline of its original. Bounded: old ones are forgotten. */
struct headlines;
struct headlines *headlines_create(void);
void headlines_destroy(struct headlines **headlines);
void headlines_add(struct headlines *headlines, struct slice id, struct slice headline);
/* SLICE_NONE if unknown. */
struct slice headlines_find(const struct headlines *headlines, struct slice id);

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
/* "news.page/3/1234" */
const char *message_place(const rd_kafka_message_t *message, char out[300]);
/* The message with topic, partition, offset, time, key, headers and value as one JSON line. */
void message_put_json(struct arena *arena, const rd_kafka_message_t *message, FILE *out);

#endif
