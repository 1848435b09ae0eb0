/* headers: what travels beside a value. Foreign headers are passed on untouched, in their order; ours replace those of the
 * message before: CloudEvents 1.0 in binary mode (Kafka protocol binding §3.2), W3C Trace Context, and where the message comes
 * from.
 *
 * All of it is a function of the input's coordinates, headers and configuration: a repeated or replayed message gets the same
 * bytes. */
#ifndef COPYDESK_HEADERS_H
#define COPYDESK_HEADERS_H

#include "run/stage.h"

/* What is the same for all messages of a process. */
struct headers_context {
	const char *stage, *version, *digest; /* of the configuration */
	const char *run;
	/* made by headers_init() */
	char source[128], provenance[256];
	char span_seed[256]; /* what a span's id is a hash of, before the coordinates */
	size_t span_seed_len;
};

/* Where an input comes from. */
struct coordinates {
	const char *topic;
	int32_t partition;
	int64_t offset;
};

/* "topic/partition/offset" and a NUL; the length without it. */
#define COORDINATES_TEXT 300
size_t coordinates_text(const struct coordinates *from, char out[COORDINATES_TEXT]);

/* What is the same for all messages of a process. The texts must live on. */
void headers_init(struct headers_context *context, const char *stage, const char *digest, const char *run);

/* The headers of the n-th message that comes of `in`, which lies at `source` (coordinates_text(); must live as long as the
 * headers); memory from the arena (NULL: it is full). `type` is the output's ce_type. */
struct header *headers_of_output(const struct headers_context *context, struct arena *arena, const struct message *in,
	struct slice source, const char *type, size_t n, size_t *count);

/* W3C traceparent for a child of `parent` (which may be empty or ill-formed: then a trace begins). The span id is derived from
 * `source` and the stage. `out` gets 55 characters and a NUL. */
void headers_traceparent(const struct headers_context *context, struct slice parent, struct slice source, char out[56]);

/* Does it follow W3C Trace Context (version 00 to fe, no zero ids)? */
bool headers_traceparent_valid(struct slice traceparent);

#endif
