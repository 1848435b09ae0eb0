/* intake: an article message as deduplication reads it. */
#ifndef COPYDESK_INTAKE_H
#define COPYDESK_INTAKE_H

#include "base/error.h"
#include "dedup/normal.h"
#include "json/reader.h"
#include "run/stage.h"

struct intake {
	const struct json *root;
	struct slice value; /* the message as it came */
	struct slice id, url; /* url: the canonical one if the page named one */
	int64_t time; /* event time, s UTC: fetchedAt, else dateModified, datePublished, the message's own; 0 if there is none */
	struct normal_text headline, body;
	uint64_t article; /* hash of id and text: what the index knows it by. The same id with another text is another article */
};

/* False with a code for the dead letter: json_… (see reader.h), not_an_article, missing_id, id_too_long, no_text. */
bool intake_read(struct arena *arena, const struct message *message, struct intake *intake, struct error *error);

#endif
