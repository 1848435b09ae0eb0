/* headers: see headers.h. A traceparent is copied only if it follows the specification to the letter (version 00 to fe,
 * lower-case hex, no zero ids); anything else begins a new trace, as the specification asks (Trace Context §4.3). */
#include "kafka/headers.h"

#include "base/clock.h"
#include "base/digits.h"
#include "base/hash.h"

#include <stdio.h>

#define OURS 9

/* The longest name that Kafka allows a topic (org.apache.kafka.common.internals.Topic). */
#define TOPIC_NAME_MAX 249

size_t coordinates_text(const struct coordinates *from, char out[COORDINATES_TEXT])
{
	size_t len = strnlen(from->topic, TOPIC_NAME_MAX);
	char *to = (char *)memcpy(out, from->topic, len) + len;

	*to++ = '/';
	to = digits_decimal(to, from->partition);
	*to++ = '/';
	to = digits_decimal(to, from->offset);
	*to = '\0';
	return (size_t)(to - out);
}

void headers_init(struct headers_context *context, const char *stage, const char *digest, const char *run)
{
	int len;

	*context = (struct headers_context){.stage = stage, .version = COPYDESK_VERSION, .digest = digest, .run = run};
	snprintf(context->source, sizeof(context->source), "/copydesk/%s", stage);
	snprintf(context->provenance, sizeof(context->provenance), "%s/%s/%s", stage, COPYDESK_VERSION, digest);
	len = snprintf(context->span_seed, sizeof(context->span_seed), "%s\n%s\n", run, stage);
	context->span_seed_len = len < (int)sizeof(context->span_seed) ? (size_t)len : sizeof(context->span_seed) - 1;
}

/* True for names that headers_of_output() sets itself, and that are therefore not passed on. */
static bool headers_is_ours(struct slice name)
{
	static const struct slice NAMES[OURS] = {SLICE_INIT("ce_id"), SLICE_INIT("ce_source"), SLICE_INIT("ce_type"), SLICE_INIT("ce_time"),
		SLICE_INIT("ce_specversion"), SLICE_INIT("content-type"), SLICE_INIT("copydesk-source"), SLICE_INIT("copydesk-stage"),
		SLICE_INIT("copydesk-run")};

	for (size_t i = 0; i < OURS; i++) {
		if (slice_equal_nocase(name, NAMES[i]))
			return true;
	}
	return slice_equal_nocase(name, SLICE("traceparent"));
}

static bool is_hex(struct slice s)
{
	for (size_t i = 0; i < s.len; i++) {
		if (!byte_is_digit(s.ptr[i]) && (s.ptr[i] < 'a' || s.ptr[i] > 'f'))
			return false;
	}
	return true;
}

static bool is_zero(struct slice s)
{
	for (size_t i = 0; i < s.len; i++) {
		if (s.ptr[i] != '0')
			return false;
	}
	return true;
}

bool headers_traceparent_valid(struct slice p)
{
	struct slice version = slice_sub(p, 0, 2), trace = slice_sub(p, 3, 35), span = slice_sub(p, 36, 52),
		     flags = slice_sub(p, 53, 55);

	if (p.len < 55 || p.ptr[2] != '-' || p.ptr[35] != '-' || p.ptr[52] != '-')
		return false;
	if (!is_hex(version) || !is_hex(trace) || !is_hex(span) || !is_hex(flags) || slice_is(version, "ff"))
		return false;
	if (is_zero(trace) || is_zero(span))
		return false;
	/* Version 00 has exactly four parts; a later one may have more behind a dash. */
	return p.len == 55 || (!slice_is(version, "00") && p.ptr[55] == '-');
}

void headers_traceparent(const struct headers_context *context, struct slice parent, struct slice source, char out[56])
{
	char seed[sizeof(context->span_seed) + COORDINATES_TEXT], trace[33];
	size_t len = context->span_seed_len, room = sizeof(seed) - len;
	bool valid = headers_traceparent_valid(parent);

	source = slice_sub(source, 0, room);
	memcpy(seed, context->span_seed, len);
	memcpy(seed + len, source.ptr, source.len);
	struct slice text = slice_make(seed, len + source.len);
	uint64_t span = hash64_seeded(text, 0x7370616e);
	if (!valid) {
		hash_hex(hash_wide(text), trace);
		if (is_zero(slice_make(trace, 32)))
			trace[31] = '1';
	}
	memcpy(out, "00-", 3);
	memcpy(out + 3, valid ? parent.ptr + 3 : trace, 32);
	out[35] = '-';
	digits_hex(out + 36, span ? span : 1);
	out[52] = '-';
	memcpy(out + 53, valid ? parent.ptr + 53 : "01", 2);
	out[55] = '\0';
}

static void put(struct header *headers, size_t *count, const char *name, struct slice value)
{
	headers[(*count)++] = (struct header){slice_of(name), value};
}

/* Into arena memory without escaping: empty when the arena is full. */
static struct slice joined_in(struct arena *arena, struct slice text, struct slice more)
{
	char *copy = arena_try_alloc(arena, text.len + more.len);

	if (!copy)
		return SLICE_NONE;
	memcpy(copy, text.ptr, text.len);
	memcpy(copy + text.len, more.ptr, more.len);
	return slice_make(copy, text.len + more.len);
}

struct header *headers_of_output(const struct headers_context *context, struct arena *arena, const struct message *in,
	struct slice source, const char *type, size_t n, size_t *count)
{
	struct header *headers = arena_try_alloc(arena, (in->header_count + OURS + 1) * sizeof(*headers));
	struct slice parent = SLICE_NONE, id = source;
	char number[1 + DIGITS_MAX] = "/", time[32], trace[56];

	*count = 0;
	if (!headers)
		return NULL;
	for (size_t i = 0; i < in->header_count; i++) {
		if (slice_equal_nocase(in->headers[i].name, SLICE("traceparent")))
			parent = in->headers[i].value;
		if (!headers_is_ours(in->headers[i].name))
			headers[(*count)++] = in->headers[i];
	}
	if (n)
		id = joined_in(arena, source, slice_make(number, (size_t)(digits_decimal(number + 1, (int64_t)n) - number)));
	clock_format(in->timestamp == CLOCK_NONE ? 0 : in->timestamp, time);
	headers_traceparent(context, parent, source, trace);
	put(headers, count, "ce_specversion", SLICE("1.0"));
	put(headers, count, "ce_id", id);
	put(headers, count, "ce_source", slice_of(context->source));
	put(headers, count, "ce_type", slice_of(type));
	put(headers, count, "ce_time", joined_in(arena, slice_of(time), SLICE("")));
	put(headers, count, "content-type", SLICE("application/json"));
	put(headers, count, "traceparent", joined_in(arena, slice_make(trace, 55), SLICE("")));
	put(headers, count, "copydesk-source", source);
	put(headers, count, "copydesk-stage", slice_of(context->provenance));
	put(headers, count, "copydesk-run", slice_of(context->run));
	return headers;
}
