/* headers: see headers.h. A traceparent is copied only if it follows the specification to the letter (version 00 to fe, lower-case hex, no
 * zero ids); anything else begins a new trace, as the specification asks (Trace Context §4.3). */
#include "kafka/headers.h"

#include "base/clock.h"
#include "base/hash.h"

#include <stdio.h>

#define OURS 9

void headers_init(struct headers_context *context, const char *stage, const char *digest, const char *run)
{
	*context = (struct headers_context){.stage = stage, .version = COPYDESK_VERSION, .digest = digest, .run = run};
	snprintf(context->source, sizeof(context->source), "/copydesk/%s", stage);
	snprintf(context->provenance, sizeof(context->provenance), "%s/%s/%s", stage, COPYDESK_VERSION, digest);
}

bool headers_is_ours(struct slice name)
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
	struct slice version = slice_sub(p, 0, 2), trace = slice_sub(p, 3, 35), span = slice_sub(p, 36, 52), flags = slice_sub(p, 53, 55);

	if (p.len < 55 || p.ptr[2] != '-' || p.ptr[35] != '-' || p.ptr[52] != '-')
		return false;
	if (!is_hex(version) || !is_hex(trace) || !is_hex(span) || !is_hex(flags) || slice_is(version, "ff"))
		return false;
	if (is_zero(trace) || is_zero(span))
		return false;
	/* Version 00 has exactly four parts; a later one may have more behind a dash. */
	return p.len == 55 || (!slice_is(version, "00") && p.ptr[55] == '-');
}

void headers_traceparent(const struct headers_context *context, struct slice parent, const struct coordinates *from, char out[56])
{
	char seed[512], trace[33];
	int n = snprintf(seed, sizeof(seed), "%s\n%s\n%s/%d/%lld", context->run, context->stage, from->topic, (int)from->partition,
		(long long)from->offset);
	struct slice text = slice_make(seed, n < 0 ? 0 : (size_t)n < sizeof(seed) ? (size_t)n : sizeof(seed) - 1);
	uint64_t span = hash64_seeded(text, 0x7370616e);
	bool valid = headers_traceparent_valid(parent);

	hash_hex(hash_wide(text), trace);
	if (is_zero(slice_make(trace, 32)))
		trace[31] = '1';
	snprintf(out, 56, "00-%.32s-%016llx-%.2s", valid ? parent.ptr + 3 : trace, (unsigned long long)(span ? span : 1),
		valid ? parent.ptr + 53 : "01");
}

static void put(struct header *headers, size_t *count, const char *name, struct slice value)
{
	headers[(*count)++] = (struct header){slice_of(name), value};
}

/* Formats into arena memory without escaping: empty when the arena is full. */
static struct slice text_in(struct arena *arena, const char *text)
{
	size_t len = strlen(text);
	char *copy = arena_try_alloc(arena, len + 1);

	return copy ? slice_make(memcpy(copy, text, len + 1), len) : SLICE_NONE;
}

struct header *headers_of_output(const struct headers_context *context, struct arena *arena, const struct message *in,
	const struct coordinates *from, const char *type, size_t n, size_t *count)
{
	struct header *headers = arena_try_alloc(arena, (in->header_count + OURS + 1) * sizeof(*headers));
	struct slice parent = SLICE_NONE, source, id;
	char text[400], time[32], trace[56];

	*count = 0;
	if (!headers)
		return NULL;
	for (size_t i = 0; i < in->header_count; i++) {
		if (slice_equal_nocase(in->headers[i].name, SLICE("traceparent")))
			parent = in->headers[i].value;
		if (!headers_is_ours(in->headers[i].name))
			headers[(*count)++] = in->headers[i];
	}
	snprintf(text, sizeof(text), "%s/%d/%lld", from->topic, (int)from->partition, (long long)from->offset);
	source = text_in(arena, text);
	if (n) {
		snprintf(text, sizeof(text), "%s/%d/%lld/%zu", from->topic, (int)from->partition, (long long)from->offset, n);
		id = text_in(arena, text);
	} else {
		id = source;
	}
	clock_format(in->timestamp == CLOCK_NONE ? 0 : in->timestamp, time);
	headers_traceparent(context, parent, from, trace);
	put(headers, count, "ce_specversion", SLICE("1.0"));
	put(headers, count, "ce_id", id);
	put(headers, count, "ce_source", slice_of(context->source));
	put(headers, count, "ce_type", slice_of(type));
	put(headers, count, "ce_time", text_in(arena, time));
	put(headers, count, "content-type", SLICE("application/json"));
	put(headers, count, "traceparent", text_in(arena, trace));
	put(headers, count, "copydesk-source", source);
	put(headers, count, "copydesk-stage", slice_of(context->provenance));
	put(headers, count, "copydesk-run", slice_of(context->run));
	return headers;
}
