/* lookup: see lookup.h. An address is searched as bytes first, and only what holds them is parsed. */
#include "tools/lookup.h"

#include "base/clock.h"
#include "json/reader.h"

#include <stdio.h>

#define PARSE_MEMORY ((size_t)512 << 20)

enum kind { BY_ID, BY_ADDRESS };

struct search {
	enum kind kind;
	struct slice what;
	char escaped[2100]; /* an address as JSON may have it: "http:\/\/" */
	struct arena arena;
	struct lookup *lookup;
};

static void set_escaped(struct search *search)
{
	size_t at = 0;

	for (size_t i = 0; i < search->what.len && at + 3 < sizeof search->escaped; i++) {
		if (search->what.ptr[i] == '/')
			search->escaped[at++] = '\\';
		search->escaped[at++] = search->what.ptr[i];
	}
	search->escaped[at] = '\0';
}

static bool has_address(struct arena *arena, struct slice value, struct slice address)
{
	const struct json *root = json_parse(arena, value, NULL, NULL);

	return slice_equal(json_string(root, "url"), address) || slice_equal(json_string(root, "canonicalUrl"), address);
}

/* Is it the message's own address, and not one that it links to? */
static bool names_itself(struct search *search, struct slice value)
{
	jmp_buf jump;
	bool is = ARENA_GUARD(&search->arena, &jump) == ESCAPE_NONE && has_address(&search->arena, value, search->what);

	search->arena.escape = NULL;
	arena_reset(&search->arena);
	return is;
}

static bool matches(struct search *search, const rd_kafka_message_t *message)
{
	struct slice key = slice_make(message->key, message->key_len), value = slice_make(message->payload, message->len);

	if (search->kind == BY_ID)
		return slice_equal(key, search->what);
	if (slice_equal(message_header(message, "url"), search->what))
		return true;
	return (slice_contains(value, search->what) || slice_contains(value, slice_of(search->escaped))) &&
		names_itself(search, value);
}

static void take(struct lookup *lookup, const rd_kafka_message_t *message)
{
	int64_t time = message_time(message);

	lookup->found++;
	if (lookup->found > 1 && (time < lookup->time || (time == lookup->time && message->offset < lookup->offset)))
		return;
	lookup->time = time;
	lookup->partition = message->partition;
	lookup->offset = message->offset;
	snprintf(lookup->topic, sizeof lookup->topic, "%s", rd_kafka_topic_name(message->rkt));
}

static bool search_topic(
	struct search *search, struct connection *connection, const char *topic, struct scan_bound from, struct error *error)
{
	const char *const topics[] = {topic, NULL};
	struct scan scan;
	bool ok = scan_open(&scan, connection, topics, from, (struct scan_bound){SCAN_LATEST, 0}, true, error) &&
		scan_start(&scan, error);

	while (ok && !scan_done(&scan) && !command_stopping()) {
		rd_kafka_message_t *message = scan_next(&scan, 500, error);
		if (message && matches(search, message))
			take(search->lookup, message);
		if (message)
			rd_kafka_message_destroy(message);
		else
			ok = error->code[0] == '\0';
	}
	scan_close(&scan);
	return ok;
}

bool lookup_find(struct lookup *lookup, struct connection *connection, const char *prefix, struct slice what,
	struct scan_bound from, struct error *error)
{
	static const char *const WHERE[][8] = {
		[BY_ID] = {"news.tagged", "news.duplicate", "news.unique", "news.article", "news.unique.dead", "news.article.dead", NULL},
		[BY_ADDRESS] = {"news.article", "news.page", "news.page.dead", NULL}};
	struct search search = {.kind = slice_contains(what, SLICE("://")) ? BY_ADDRESS : BY_ID, .what = what, .lookup = lookup};
	char topic[250], searched[300];
	size_t at = 0;
	bool ok = true;

	*lookup = (struct lookup){.time = CLOCK_NONE};
	set_escaped(&search);
	arena_init(&search.arena, PARSE_MEMORY);
	for (const char *const *name = WHERE[search.kind]; *name && ok && !lookup->found; name++) {
		snprintf(topic, sizeof topic, "%s%s", prefix, *name);
		at += (size_t)snprintf(searched + at, sizeof searched - at, "%s%s", at ? ", " : "", *name);
		ok = search_topic(&search, connection, topic, from, error);
	}
	arena_release(&search.arena);
	if (ok && !lookup->found)
		ok = error_set(error, "not_found",
			"no %s %.*s on %s: is it spelled whole, and within --from and the topics' retention?",
			search.kind == BY_ID ? "article with the id" : "page with the address", SLICE_ARG(what), searched);
	return ok;
}
