/* deskstore: see deskstore.h. A ring; a question walks it: a few thousand entries cost less than an index would explain. */
#include "tools/deskstore.h"

#include "base/clock.h"
#include "base/hash.h"
#include "base/must.h"
#include "base/utf8.h"
#include "tools/desktrends.h"
#include "tools/keep.h"
#include "tools/keytable.h"

#include <pthread.h>
#include <stdlib.h>

#define LISTED_ENTITIES 6
#define STORY_MEMBERS 12
#define ALIAS_STEPS 16

/* One allocation: the strings lie behind the struct. */
struct kept_article {
	struct slice json, id, story, status, headline, url, time, folded;
	struct slice group; /* the story that its story has become; text of its own or of an alias */
	int64_t fetched_ms;
	char topic[250];
	int32_t partition;
	int64_t offset;
	size_t size, entity_count;
	struct kept_entity {
		struct slice name, type;
	} entities[];
};

struct deskstore {
	pthread_mutex_t lock;
	struct kept_article **articles; /* ring; the newest is at (next - 1) */
	size_t capacity, next, count, bytes, most_bytes;
	struct keytable aliased; /* stories to 1 + the index of what they are part of */
	char **stories;
	size_t story_count, story_capacity;
};

struct deskstore *deskstore_create(size_t articles, size_t bytes)
{
	struct deskstore *store = must(calloc(1, sizeof *store));

	pthread_mutex_init(&store->lock, NULL);
	store->capacity = articles;
	store->most_bytes = bytes;
	store->articles = must(calloc(articles, sizeof *store->articles));
	return store;
}

void deskstore_destroy(struct deskstore **store)
{
	if (!*store)
		return;
	for (size_t i = 0; i < (*store)->capacity; i++)
		free((*store)->articles[i]);
	free((*store)->articles);
	keytable_release(&(*store)->aliased);
	for (size_t i = 0; i < (*store)->story_count; i++)
		free((*store)->stories[i]);
	free((*store)->stories);
	pthread_mutex_destroy(&(*store)->lock);
	free(*store);
	*store = NULL;
}

/* The i-th newest, i < count. */
static struct kept_article **article_at(struct deskstore *store, size_t i)
{
	return &store->articles[(store->next + store->capacity - 1 - i) % store->capacity];
}

static struct kept_article *article_find(struct deskstore *store, struct slice id)
{
	for (size_t i = 0; i < store->count; i++)
		if (slice_equal((*article_at(store, i))->id, id))
			return *article_at(store, i);
	return NULL;
}

static struct slice folded_haystack(struct arena *arena, struct slice headline, const struct json *entities)
{
	struct buf text;

	buf_init_arena(&text, arena, (size_t)4 << 20);
	buf_append(&text, headline);
	for json_each (entity, entities) {
		buf_append_byte(&text, '\n');
		buf_append(&text, json_string(entity, "name"));
	}
	return utf8_fold(arena, buf_slice(&text));
}

static struct kept_article *article_make(struct arena *arena, const struct record *record, const struct json *root)
{
	const struct json *verdict = json_object(root, "duplicate"), *entities = json_array(root, "entities");
	struct slice fetched = json_string(root, "fetchedAt"), published = json_string(root, "datePublished");
	struct slice json = record->message.value, id = json_string(root, "id"), headline = json_string(root, "headline");
	struct slice story = json_string(verdict, "story"), status = json_string(verdict, "status"),
		     url = json_string(root, "url");
	struct slice time = published.len ? published : fetched, folded = folded_haystack(arena, headline, entities);
	size_t count = entities ? entities->count : 0, i = 0;
	size_t size = sizeof(struct kept_article) + count * sizeof(struct kept_entity) + json.len + id.len + headline.len +
		story.len + status.len + url.len + time.len + folded.len;

	for json_each (entity, entities)
		size += json_string(entity, "name").len + json_string(entity, "type").len;
	struct kept_article *article = must(calloc(1, size));
	char *at = (char *)&article->entities[count];
	article->size = size;
	article->json = keep(&at, json);
	article->id = keep(&at, id);
	article->headline = keep(&at, headline);
	article->story = keep(&at, story.len ? story : id);
	article->status = keep(&at, status);
	article->url = keep(&at, url);
	article->time = keep(&at, time);
	article->folded = keep(&at, folded);
	for json_each (entity, entities) {
		article->entities[i].name = keep(&at, json_string(entity, "name"));
		article->entities[i++].type = keep(&at, json_string(entity, "type"));
	}
	article->entity_count = count;
	if (!clock_parse(fetched, &article->fetched_ms))
		article->fetched_ms = record->message.timestamp;
	memcpy(article->topic, record->topic, sizeof article->topic);
	article->partition = record->partition;
	article->offset = record->offset;
	return article;
}

static void drop_oldest(struct deskstore *store)
{
	struct kept_article **oldest = article_at(store, store->count - 1);

	store->bytes -= (*oldest)->size;
	free(*oldest);
	*oldest = NULL;
	store->count--;
}

/* What a story has become; the steps are bounded, for nobody promises that they don't run in a circle. */
static struct slice story_group(const struct deskstore *store, struct slice story)
{
	uint64_t at;

	for (int step = 0; step < ALIAS_STEPS && (at = keytable_get(&store->aliased, hash_wide(story))) != 0; step++)
		story = slice_of(store->stories[at - 1]);
	return story;
}

static char *story_keep(struct deskstore *store, struct slice story)
{
	if (store->story_count == store->story_capacity) {
		store->story_capacity = store->story_capacity ? 2 * store->story_capacity : 64;
		store->stories = must(reallocarray(store->stories, store->story_capacity, sizeof *store->stories));
	}
	return store->stories[store->story_count++] = must(strndup(story.ptr, story.len));
}

void deskstore_note_alias(struct deskstore *store, struct slice id, struct slice story)
{
	if (id.len == 0 || story.len == 0 || slice_equal(id, story))
		return;
	pthread_mutex_lock(&store->lock);
	uint64_t known = keytable_get(&store->aliased, hash_wide(id));
	if (!known || !slice_is(story, store->stories[known - 1])) {
		story_keep(store, story);
		keytable_set(&store->aliased, hash_wide(id), store->story_count);
	}
	for (size_t i = 0; i < store->count; i++)
		if (slice_equal((*article_at(store, i))->group, id))
			(*article_at(store, i))->group = story_group(store, id);
	pthread_mutex_unlock(&store->lock);
}

/* In place if the id is known: its verdict may have come from a replay, its place in the list is where it first appeared. */
static void article_put(struct deskstore *store, struct kept_article *article)
{
	for (size_t i = 0; i < store->count; i++) {
		struct kept_article **known = article_at(store, i);
		if (!slice_equal((*known)->id, article->id))
			continue;
		store->bytes += article->size - (*known)->size;
		free(*known);
		*known = article;
		return;
	}
	while (store->count && (store->count == store->capacity || store->bytes + article->size > store->most_bytes))
		drop_oldest(store);
	store->articles[store->next] = article;
	store->next = (store->next + 1) % store->capacity;
	store->count++;
	store->bytes += article->size;
}

bool deskstore_add_article(struct deskstore *store, struct arena *arena, const struct record *record)
{
	const struct json *root = json_parse(arena, record->message.value, NULL, NULL);

	if (json_string(root, "id").len == 0)
		return false;
	struct kept_article *article = article_make(arena, record, root);
	pthread_mutex_lock(&store->lock);
	article->group = story_group(store, article->story);
	article_put(store, article);
	pthread_mutex_unlock(&store->lock);
	return true;
}

static void write_member(struct json_writer *out, const struct kept_article *article)
{
	json_open_object(out);
	json_add_string(out, "id", article->id);
	json_add_string(out, "status", article->status);
	json_add_string(out, "headline", article->headline);
	json_add_string(out, "url", article->url);
	json_add_string(out, "time", article->time);
	json_key(out, "entities");
	json_open_array(out);
	for (size_t i = 0; i < article->entity_count && i < LISTED_ENTITIES; i++)
		json_put_string(out, article->entities[i].name);
	json_close_array(out);
	json_close_object(out);
}

/* All kept members of one story: the unique one first, then from new to old. */
static void write_story(struct deskstore *store, struct json_writer *out, struct slice story)
{
	size_t copies = 0, revisions = 0, written = 0;

	json_open_object(out);
	json_add_string(out, "id", story);
	json_key(out, "members");
	json_open_array(out);
	for (int pass = 0; pass < 2; pass++) {
		for (size_t i = 0; i < store->count; i++) {
			const struct kept_article *article = *article_at(store, i);
			bool first = slice_equal(article->id, story);
			if (first != (pass == 0) || !slice_equal(article->group, story))
				continue;
			copies += slice_is(article->status, "exact") || slice_is(article->status, "near");
			revisions += slice_is(article->status, "revision");
			if (written++ < STORY_MEMBERS)
				write_member(out, article);
		}
	}
	json_close_array(out);
	json_add_integer(out, "copies", (int64_t)copies);
	json_add_integer(out, "revisions", (int64_t)revisions);
	json_close_object(out);
}

static bool already_shown(const struct slice *shown, size_t count, struct slice story)
{
	for (size_t i = 0; i < count; i++)
		if (slice_equal(shown[i], story))
			return true;
	return false;
}

void deskstore_write_stories(struct deskstore *store, struct json_writer *out, struct slice query, size_t limit)
{
	struct slice needle = utf8_fold(out->arena, utf8_squeeze(out->arena, utf8_repair(out->arena, query)));
	struct slice *shown = arena_array(out->arena, struct slice, limit);
	size_t count = 0;

	pthread_mutex_lock(&store->lock);
	json_open_object(out);
	json_key(out, "stories");
	json_open_array(out);
	for (size_t i = 0; i < store->count && count < limit; i++) {
		const struct kept_article *article = *article_at(store, i);
		if (!slice_contains(article->folded, needle) || already_shown(shown, count, article->group))
			continue;
		shown[count++] = article->group;
		write_story(store, out, article->group);
	}
	json_close_array(out);
	json_close_object(out);
	pthread_mutex_unlock(&store->lock);
}

bool deskstore_write_article(struct deskstore *store, struct json_writer *out, struct slice id)
{
	pthread_mutex_lock(&store->lock);
	const struct kept_article *article = article_find(store, id);
	const struct json *root = article ? json_parse(out->arena, article->json, NULL, NULL) : NULL;
	if (root) {
		json_open_object(out);
		json_key(out, "article");
		json_put_value(out, root);
		json_key(out, "at");
		json_open_object(out);
		json_add_string(out, "topic", slice_of(article->topic));
		json_add_integer(out, "partition", article->partition);
		json_add_integer(out, "offset", article->offset);
		json_close_object(out);
		json_close_object(out);
	}
	pthread_mutex_unlock(&store->lock);
	return root != NULL;
}

bool deskstore_locate(struct deskstore *store, struct slice id, char topic[250], int32_t *partition, int64_t *offset)
{
	pthread_mutex_lock(&store->lock);
	const struct kept_article *article = article_find(store, id);
	if (article) {
		memcpy(topic, article->topic, 250);
		*partition = article->partition;
		*offset = article->offset;
	}
	pthread_mutex_unlock(&store->lock);
	return article != NULL;
}

/* The last hours of the news kept end with the newest article. */
static void collect_trends(struct deskstore *store, int hours, struct desktrends *trends)
{
	int64_t newest = INT64_MIN, span = (int64_t)hours * 3600000;

	for (size_t i = 0; i < store->count; i++)
		if ((*article_at(store, i))->fetched_ms > newest)
			newest = (*article_at(store, i))->fetched_ms;
	for (size_t i = 0; i < store->count; i++) {
		const struct kept_article *article = *article_at(store, i);
		if (article->fetched_ms <= newest - span)
			continue;
		size_t bucket = DESKTRENDS_BUCKETS - 1 - (size_t)((newest - article->fetched_ms) * DESKTRENDS_BUCKETS / span);
		for (size_t k = 0; k < article->entity_count; k++)
			desktrends_add(trends, article->entities[k].name, article->entities[k].type, bucket);
	}
}

void deskstore_write_entities(struct deskstore *store, struct json_writer *out, int hours, size_t limit)
{
	struct desktrends trends = DESKTRENDS_INIT(out->arena);

	pthread_mutex_lock(&store->lock);
	collect_trends(store, hours, &trends);
	json_open_object(out);
	json_add_integer(out, "hours", hours);
	json_key(out, "entities");
	desktrends_write(&trends, out, limit);
	json_close_object(out);
	pthread_mutex_unlock(&store->lock);
}

size_t deskstore_count(struct deskstore *store)
{
	pthread_mutex_lock(&store->lock);
	size_t count = store->count;
	pthread_mutex_unlock(&store->lock);
	return count;
}
