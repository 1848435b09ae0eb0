/* aliases: see aliases.h. A story is the key of its alias; who proved one stands only in the value. */
#include "tools/aliases.h"

#include "json/reader.h"

#include <stdlib.h>

#define TOPIC "news.alias"
enum { STORIES_MAX = 8 };

struct search {
	struct slice id, stories[STORIES_MAX];
	size_t story_count;
	struct arena *arena;
	struct alias *found;
	int count;
};

/* True if it is new. */
static bool story_add(struct search *search, struct slice story)
{
	for (size_t i = 0; i < search->story_count; i++)
		if (slice_equal(search->stories[i], story))
			return false;
	if (story.len == 0 || search->story_count == STORIES_MAX)
		return false;
	search->stories[search->story_count++] = story;
	return true;
}

static bool is_wanted(const struct search *search, struct slice key)
{
	for (size_t i = 0; i < search->story_count; i++)
		if (slice_equal(search->stories[i], key))
			return true;
	return false;
}

static bool is_known(const struct search *search, struct slice place)
{
	for (int i = 0; i < search->count; i++)
		if (slice_equal(search->found[i].place, place))
			return true;
	return false;
}

/* Takes the message if it is about one of the stories, or proved by the article. True if the story it names is a new one. */
static bool take(struct search *search, const rd_kafka_message_t *message)
{
	struct slice key = slice_make(message->key, message->key_len), value = slice_make(message->payload, message->len);
	bool keyed = is_wanted(search, key);

	if (search->count == ALIASES_MAX || (!keyed && !slice_contains(value, search->id)))
		return false;
	const struct json *root = json_parse(search->arena, arena_copy(search->arena, value), NULL, NULL),
			  *verdict = json_object(root, "duplicate");
	struct alias alias = {.place = arena_printf(search->arena, "%s/%d/%lld", rd_kafka_topic_name(message->rkt),
				      (int)message->partition, (long long)message->offset),
		.time = message_time(message),
		.id = json_string(root, "id"),
		.story = json_string(verdict, "story"),
		.by = json_string(verdict, "by")};
	if ((!keyed && !slice_equal(alias.by, search->id)) || is_known(search, alias.place))
		return false;
	search->found[search->count++] = alias;
	return keyed && story_add(search, alias.story);
}

/* Once through the topic; *more: there is a new story to look for. */
static bool pass(struct search *search, struct connection *connection, const char *topic, struct scan *scan, bool *more,
	struct error *error)
{
	const char *const topics[] = {topic, NULL};
	bool good = scan_open(scan, connection, topics, (struct scan_bound){SCAN_EARLIEST, 0},
			    (struct scan_bound){SCAN_LATEST, 0}, true, error) &&
		scan_start(scan, error);

	*more = false;
	while (good && !scan_done(scan) && !command_stopping()) {
		rd_kafka_message_t *message = scan_next(scan, 500, error);
		good = message || !error->code[0];
		if (!message)
			continue;
		*more |= take(search, message);
		rd_kafka_message_destroy(message);
	}
	scan_close(scan);
	return good;
}

static int by_time(const void *a, const void *b)
{
	const struct alias *left = a, *right = b;
	return (left->time > right->time) - (left->time < right->time);
}

int aliases_find(struct connection *connection, const char *prefix, struct slice id, struct slice story, struct arena *arena,
	struct scan *scan, struct alias found[ALIASES_MAX], struct error *error)
{
	struct search search = {.id = id, .arena = arena, .found = found};
	char topic[250];
	bool good, more;

	snprintf(topic, sizeof topic, "%s" TOPIC, prefix);
	story_add(&search, id); /* what had it as its story was told so by its id */
	story_add(&search, story);
	do
		good = pass(&search, connection, topic, scan, &more, error);
	while (good && more);
	qsort(found, (size_t)search.count, sizeof *found, by_time);
	return good ? search.count : -1;
}
