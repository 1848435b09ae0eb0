/* deadletter: see deadletter.h. Memory comes from the heap: the message's arena may be what has run out. */
#include "kafka/deadletter.h"

#include "base/clock.h"
#include "base/hash.h"
#include "base/utf8.h"

#include <stdio.h>
#include <stdlib.h>

#define PREFIX "copydesk-dead-"
#define OWN 7
#define REFUSED_LIMIT 65536 /* when the broker takes less than it said */

struct texts {
	char source[320], attempts[16], time[32], truncated[80], message[sizeof(((struct error *)0)->text)];
};

/* The attempts an input says it has had (header copydesk-dead-attempts), 0 if it never died. */
static uint32_t deadletter_attempts(const struct message *in)
{
	int64_t value;

	for (size_t i = 0; i < in->header_count; i++) {
		if (slice_equal_nocase(in->headers[i].name, SLICE(PREFIX "attempts")) &&
			slice_to_int64(in->headers[i].value, &value) && value > 0 && value < 1000000)
			return (uint32_t)value;
	}
	return 0;
}

static void put(struct header *headers, size_t *count, const char *name, const char *value)
{
	headers[(*count)++] = (struct header){slice_of(name), slice_of(value)};
}

static size_t make_headers(struct header *headers, const struct message *in, const struct deadletter *letter, struct texts *texts)
{
	size_t count = 0;

	for (size_t i = 0; i < in->header_count; i++) {
		if (!slice_starts_nocase(in->headers[i].name, SLICE(PREFIX)))
			headers[count++] = in->headers[i];
	}
	snprintf(texts->source, sizeof(texts->source), "%s/%d/%lld", letter->from.topic, (int)letter->from.partition,
		(long long)letter->from.offset);
	snprintf(texts->attempts, sizeof(texts->attempts), "%u", deadletter_attempts(in) + letter->attempts);
	clock_format(letter->time, texts->time);
	snprintf(texts->message, sizeof(texts->message), "%s", letter->error->text);
	put(headers, &count, PREFIX "stage", letter->stage);
	put(headers, &count, PREFIX "code", letter->error->code);
	put(headers, &count, PREFIX "message", texts->message);
	put(headers, &count, PREFIX "source", texts->source);
	put(headers, &count, PREFIX "attempts", texts->attempts);
	put(headers, &count, PREFIX "time", texts->time);
	return count;
}

/* The part of the value that fits behind everything else. */
static struct slice cut(const struct message *in, const struct header *headers, size_t count, size_t limit)
{
	size_t fixed = in->key.len + sizeof(((struct texts *)0)->truncated) + sizeof(PREFIX "truncated") + 16;

	for (size_t i = 0; i < count; i++)
		fixed += headers[i].name.len + headers[i].value.len + 10;
	return slice_sub(in->value, 0, limit > fixed ? limit - fixed : 0);
}

bool deadletter_send(
	struct producer *producer, int topic, const struct message *in, const struct deadletter *letter, struct error *error)
{
	struct header *headers = calloc(in->header_count + OWN, sizeof(*headers));
	struct texts texts;
	char hash[33];

	if (!headers)
		return error_set(error, "memory", "no memory for a dead letter's headers");
	size_t count = make_headers(headers, in, letter, &texts);
	struct slice value = in->value;
	size_t limit = producer_limit(producer, topic);
	bool large = producer_refused(producer, topic, &letter->from), sent = false;
	if (large)
		limit = limit < REFUSED_LIMIT ? limit : REFUSED_LIMIT;
	else
		sent = producer_send(producer, topic, in->key, value, headers, count, in->timestamp, &letter->from, error);
	if (large || (!sent && strcmp(error->code, "output_too_large") == 0)) {
		hash_hex(hash_wide(in->value), hash);
		snprintf(texts.truncated, sizeof(texts.truncated), "size=%zu xxh3=%s", in->value.len, hash);
		value = cut(in, headers, count, limit);
		put(headers, &count, PREFIX "truncated", texts.truncated);
		sent = producer_send(producer, topic, in->key, value, headers, count, in->timestamp, &letter->from, error);
	}
	free(headers);
	return sent;
}
