/* rejects: dead letters without a broker, one JSON object a line:
 *
 *     {"code":"json_syntax","message":"…","where":"pages.ndjson:12","key":"…","value":"…","headers":[{"name":"…","value":"…"}]}
 *
 * key, value and header values are text, or keyBase64, valueBase64 where the bytes are no clean UTF-8; absent where null. */
#ifndef COPYDESK_REJECTS_H
#define COPYDESK_REJECTS_H

#include "run/sink.h"
#include "run/workers.h"

struct rejects;

/* Writes to the sink, which stays the caller's. Never NULL. */
struct rejects *rejects_create(struct sink *sink);
void rejects_destroy(struct rejects **rejects);
/* One letter: why, the place it came from, and the message as it was. */
void rejects_message(
	struct rejects *rejects, const char *code, const char *why, const char *where, const struct message *message);
/* A job that ended in VERDICT_REJECT. */
void rejects_put(struct rejects *rejects, const struct job *job);
/* A value that is too large to be held: begin, parts, end. It is written as valueBase64. */
void rejects_begin(struct rejects *rejects, const char *code, const char *message, const char *where);
void rejects_part(struct rejects *rejects, struct slice bytes);
void rejects_end(struct rejects *rejects);

#endif
