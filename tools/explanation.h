/* explanation: an article's way through the pipeline as one JSON text, for `copydesk explain` and the desk:
 *     {"asked", "records": [{"place", "topic", "key", "time", "bytes", "stage", "run", "traceparent", "madeOf", "missing",
 * "dead": {…}}],
 *      "steps": [{"stage", "input", "outputs": [place], "outcome": "emitted"|"dead"|"nothing found"|"not read", "writtenBy",
 * "agrees", "note",
 *                 "rerun": {…the stage's own answer (common/run/explain.h), without the values of its outputs…}}],
 *      "aliases": [{"place", "time", "id", "story", "by"}]}: story `id` turned out to be part of `story`, as the article `by`
 * proved; "aliasesNote" instead if
 *      that can't be told. Only of an article that has been through dedup.
 * `agrees` tells whether the stage, asked again, gives the same bytes as lie on the topic. */
#ifndef COPYDESK_EXPLANATION_H
#define COPYDESK_EXPLANATION_H

#include "json/writer.h"
#include "tools/chain.h"

struct explanation_request {
	const char *bin, *folder; /* of the stages and their configuration files; NULL: see rerun.h */
	int64_t context;          /* articles before it that dedup's index is filled with */
	bool rerun;               /* false: only what the messages say */
};

/* Writes the object. A stage that can't be run is a note in its step, not a failure. False: codes of chain.h. */
bool explanation_write(struct json_writer *out, struct connection *connection, const char *prefix,
	const struct explanation_request *request, const char *topic, int32_t partition, int64_t offset, const char *asked,
	struct error *error);

#endif
