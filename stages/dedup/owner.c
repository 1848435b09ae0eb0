/* owner: see owner.h. */
#include "dedup/owner.h"

#include "base/hash.h"
#include "base/must.h"
#include "dedup/horizon.h"
#include "dedup/postings.h"
#include "dedup/revisions.h"
#include "dedup/roster.h"
#include "dedup/store.h"

#include <stdlib.h>

#define NOTES_MAX 4096
#define SNAPSHOT_MAGIC 0x32445043u /* "CPD2" */

struct owner {
	struct horizon horizon;
	struct store *store;   /* articles at home here */
	struct roster *roster; /* articles that have a key or a URL here */
	struct postings *postings;
	struct revisions *revisions;
	struct boilerplate *boilerplate;
};

struct owner *owner_create(int64_t window, int64_t lateness)
{
	struct owner *owner = must(calloc(1, sizeof(*owner)));

	horizon_init(&owner->horizon, window, lateness);
	owner->store = store_create();
	owner->roster = roster_create();
	owner->postings = postings_create();
	owner->revisions = revisions_create();
	owner->boilerplate = boilerplate_create();
	return owner;
}

void owner_destroy(struct owner **pointer)
{
	struct owner *owner = *pointer;

	if (owner == NULL)
		return;
	store_destroy(&owner->store);
	roster_destroy(&owner->roster);
	postings_destroy(&owner->postings);
	revisions_destroy(&owner->revisions);
	boilerplate_destroy(&owner->boilerplate);
	free(owner);
	*pointer = NULL;
}

/* Moves time, and lets go of what is too old then. `article`: who asks, 0 if the question doesn't say. */
static void advance(struct owner *owner, int64_t time, uint64_t article)
{
	if (!horizon_advance(&owner->horizon, time, article))
		return;
	int64_t first = horizon_first(&owner->horizon);
	store_expire(owner->store, first);
	roster_expire(owner->roster, first);
	if (horizon_sweep(&owner->horizon))
		boilerplate_expire(owner->boilerplate, first);
}

/* What is asked, with its common head read. */
struct asked {
	int64_t time;
	uint64_t subject; /* host or article */
	struct unpack rest;
	struct arena *arena;
	struct buf *reply;
};

static void fold_host(struct owner *owner, struct asked *q)
{
	size_t count = (size_t)unpack_uint(&q->rest, 1);
	struct sighting *blocks = arena_array(q->arena, struct sighting, count + 1);
	bool *known = arena_array(q->arena, bool, count + 1);

	for (size_t i = 0; i < count; i++) {
		blocks[i].block = (uint32_t)unpack_uint(&q->rest, 4);
		blocks[i].context = (uint16_t)unpack_uint(&q->rest, 2);
		if (blocks[i].block == 0 || blocks[i].context == 0)
			q->rest.bad = true;
	}
	if (q->rest.bad)
		return;
	boilerplate_learn(owner->boilerplate, q->subject, q->time, blocks, count, known);
	for (size_t i = 0; i < count; i++)
		buf_append_byte(q->reply, known[i]);
}

static struct held held_of(const struct owner *owner, uint32_t number, bool with_sketch)
{
	struct held held = {.notes = {.state = ARTICLE_ABSENT}};

	if (number == STORE_NONE)
		return held;
	struct slice record = store_record(owner->store, number);
	if (record.len > 0)
		notes_unpack(store_notes(owner->store, number), &held.notes);
	if (with_sketch)
		held.sketch = record;
	return held;
}

static void keep_notes(struct owner *owner, uint32_t number, const struct notes *notes, struct arena *arena)
{
	struct buf bytes;

	buf_init_arena(&bytes, arena, NOTES_MAX);
	notes_pack(notes, &bytes);
	if (!bytes.failed)
		store_set_notes(owner->store, number, buf_slice(&bytes));
}

static void fold_put(struct owner *owner, struct asked *q)
{
	uint32_t number = store_add(owner->store, q->subject, horizon_latest(&owner->horizon, q->time));
	bool fresh = store_record(owner->store, number).len == 0;

	if (fresh)
		store_set_record(owner->store, number, unpack_rest(&q->rest));
	struct held held = held_of(owner, number, !fresh);
	held.fresh = fresh;
	held_pack(&held, q->reply);
}

static void fold_key(struct owner *owner, struct asked *q)
{
	uint64_t key = unpack_uint(&q->rest, 8);
	uint32_t found[POSTINGS_KEPT];

	if (q->rest.bad)
		return;
	uint32_t number = roster_number(owner->roster, q->subject, q->time, horizon_latest(&owner->horizon, q->time));
	size_t count = postings_add(owner->postings, owner->roster, key, number, found);
	for (size_t i = 0; i < count; i++) {
		int64_t time = roster_time(owner->roster, found[i]);
		if (!horizon_near(&owner->horizon, time, q->time))
			continue;
		pack_uint(q->reply, roster_key(owner->roster, found[i]), 8);
		pack_time(q->reply, time);
	}
}

static void fold_url(struct owner *owner, struct asked *q)
{
	uint64_t url = unpack_uint(&q->rest, 8);
	uint32_t content = (uint32_t)unpack_uint(&q->rest, 4);

	if (q->rest.bad)
		return;
	uint32_t number = roster_number(owner->roster, q->subject, q->time, horizon_latest(&owner->horizon, q->time));
	struct revision r = revisions_add(owner->revisions, owner->roster, q->time - owner->horizon.window, url, content, number);
	pack_uint(q->reply, r.previous == REVISIONS_NONE ? 0 : roster_key(owner->roster, r.previous), 8);
	pack_uint(q->reply, r.revision, 2);
}

static void fold_fetch(struct owner *owner, struct asked *q)
{
	struct held held = held_of(owner, store_find(owner->store, q->subject), true);

	held_pack(&held, q->reply);
}

static void fold_point(struct owner *owner, struct asked *q)
{
	size_t slot = (size_t)unpack_uint(&q->rest, 1);
	uint64_t target = unpack_uint(&q->rest, 8);
	uint32_t number = store_find(owner->store, q->subject);
	struct held held = held_of(owner, number, false);

	if (q->rest.bad)
		return;
	if (held.notes.state == ARTICLE_OPEN && slot >= held.notes.pointer_count) {
		held.fresh = true;
		if (held.notes.pointer_count < NOTES_POINTERS)
			held.notes.pointers[held.notes.pointer_count++] = target;
		else
			held.notes.state = ARTICLE_ROOT;
		keep_notes(owner, number, &held.notes, q->arena);
		held = held_of(owner, number, false);
		held.fresh = true;
	}
	held_pack(&held, q->reply);
}

static bool marked(const struct notes *notes, uint64_t marker, uint8_t marker_slot, size_t slot)
{
	for (size_t i = 0; i < notes->mark_count; i++)
		if (notes->marks[i].marker == marker && notes->marks[i].marker_slot == marker_slot &&
			notes->marks[i].slot == slot)
			return true;
	return false;
}

static void fold_follow(struct owner *owner, struct asked *q)
{
	size_t slot = (size_t)unpack_uint(&q->rest, 1);
	uint64_t marker = unpack_uint(&q->rest, 8);
	uint8_t marker_slot = (uint8_t)unpack_uint(&q->rest, 1);
	uint32_t number = store_find(owner->store, q->subject);
	struct held held = held_of(owner, number, true);

	if (q->rest.bad)
		return;
	if (held.notes.state == ARTICLE_OPEN && slot >= held.notes.pointer_count &&
		!marked(&held.notes, marker, marker_slot, slot)) {
		if (held.notes.mark_count < NOTES_MARKS)
			held.notes.marks[held.notes.mark_count++] = (struct mark){marker, marker_slot, (uint8_t)slot};
		else
			held.notes.state = ARTICLE_ROOT; /* so many wait for it that it can't be a duplicate any more */
		keep_notes(owner, number, &held.notes, q->arena);
		held = held_of(owner, number, true);
		held.fresh = true;
	}
	held_pack(&held, q->reply);
}

static void fold_done(struct owner *owner, struct asked *q)
{
	uint32_t number = store_find(owner->store, q->subject);
	struct held held = held_of(owner, number, false);
	struct slice finding = unpack_rest(&q->rest);

	if (held.notes.state == ARTICLE_OPEN) {
		held.notes.state = finding.len > 0 ? ARTICLE_MEMBER : ARTICLE_ROOT;
		held.notes.finding = finding;
		keep_notes(owner, number, &held.notes, q->arena);
		held = held_of(owner, number, false);
		held.fresh = true;
	}
	held_pack(&held, q->reply);
}

static void fold_alias(struct owner *owner, struct asked *q)
{
	uint32_t number = store_find(owner->store, q->subject);
	struct held held = held_of(owner, number, false);
	uint64_t story = unpack_uint(&q->rest, 8);
	int64_t time = unpack_time(&q->rest);
	struct slice id = unpack_text(&q->rest);

	if (q->rest.bad)
		return;
	if (held.notes.state == ARTICLE_ROOT && held.notes.alias == 0) {
		held.notes.alias = story;
		held.notes.alias_time = time;
		held.notes.alias_story = id;
		keep_notes(owner, number, &held.notes, q->arena);
		held = held_of(owner, number, false);
		held.fresh = true;
	}
	held_pack(&held, q->reply);
}

void owner_fold(struct owner *owner, struct slice record, struct arena *arena, struct buf *reply)
{
	static void (*const FOLDS[])(struct owner *, struct asked *) = {
		[PROBE_HOST] = fold_host, [PROBE_PUT] = fold_put, [PROBE_KEY] = fold_key, [PROBE_URL] = fold_url,
		[PROBE_FETCH] = fold_fetch, [PROBE_POINT] = fold_point, [PROBE_FOLLOW] = fold_follow, [PROBE_DONE] = fold_done,
		[PROBE_ALIAS] = fold_alias,
	};
	struct asked q = {.rest = unpack_begin(record), .arena = arena, .reply = reply};
	uint64_t kind = unpack_uint(&q.rest, 1);

	q.time = unpack_time(&q.rest);
	q.subject = unpack_uint(&q.rest, 8);
	if (q.rest.bad || kind >= sizeof(FOLDS) / sizeof(*FOLDS) || FOLDS[kind] == NULL)
		return;
	advance(owner, q.time, kind == PROBE_PUT || kind == PROBE_KEY || kind == PROBE_URL ? q.subject : 0);
	FOLDS[kind](owner, &q);
}

struct owner_size owner_measure(const struct owner *owner)
{
	struct owner_size size = {
		.articles = store_end(owner->store) - store_first(owner->store),
		.store_bytes = store_bytes(owner->store),
		.roster_bytes = roster_bytes(owner->roster),
		.posting_bytes = postings_bytes(owner->postings),
		.revision_bytes = revisions_bytes(owner->revisions),
		.boilerplate_bytes = boilerplate_bytes(owner->boilerplate),
	};
	size.bytes = size.store_bytes + size.roster_bytes + size.posting_bytes + size.revision_bytes + size.boilerplate_bytes;
	return size;
}

/* A part, led by its length. */
static void save_part(struct buf *out, size_t *at)
{
	*at = out->len;
	pack_uint(out, 0, 8);
}

static void close_part(struct buf *out, size_t at)
{
	uint64_t len = out->len - at - 8;

	if (!out->failed)
		for (size_t i = 0; i < 8; i++)
			out->ptr[at + i] = (char)(len >> (8 * i));
}

bool owner_save(const struct owner *owner, struct buf *out)
{
	size_t begin = out->len, at;

	pack_uint(out, SNAPSHOT_MAGIC, 4);
	horizon_save(&owner->horizon, out);
	save_part(out, &at);
	store_save(owner->store, out);
	close_part(out, at);
	save_part(out, &at);
	roster_save(owner->roster, out);
	close_part(out, at);
	save_part(out, &at);
	postings_save(owner->postings, roster_first(owner->roster), out);
	close_part(out, at);
	save_part(out, &at);
	revisions_save(owner->revisions, roster_first(owner->roster), out);
	close_part(out, at);
	save_part(out, &at);
	boilerplate_save(owner->boilerplate, out);
	close_part(out, at);
	if (out->failed)
		return false;
	pack_uint(out, hash64((struct slice){out->ptr + begin, out->len - begin}), 8);
	return !out->failed;
}

static bool load_parts(struct owner *owner, struct unpack *in, struct error *error)
{
	struct slice parts[5];

	for (size_t i = 0; i < 5; i++)
		parts[i] = unpack_bytes(in, (size_t)unpack_uint(in, 8));
	if (in->bad || in->ptr != in->end)
		return error_set(error, "snapshot_damaged", "a part of the snapshot is missing");
	if (!store_load(owner->store, parts[0], error) || !roster_load(owner->roster, parts[1], error))
		return false;
	uint32_t end = roster_end(owner->roster);
	return postings_load(owner->postings, end, parts[2], error) && revisions_load(owner->revisions, end, parts[3], error) &&
		boilerplate_load(owner->boilerplate, parts[4], error);
}

bool owner_load(struct owner *owner, struct slice bytes, struct error *error)
{
	if (bytes.len < 12)
		return error_set(error, "snapshot_damaged", "the snapshot is %zu bytes long", bytes.len);
	struct unpack tail = unpack_begin(slice_sub(bytes, bytes.len - 8, bytes.len));
	bytes.len -= 8;
	if (unpack_uint(&tail, 8) != hash64(bytes))
		return error_set(error, "snapshot_damaged", "the snapshot's checksum is wrong");
	struct unpack in = unpack_begin(bytes);
	if (unpack_uint(&in, 4) != SNAPSHOT_MAGIC)
		return error_set(error, "snapshot_damaged", "the snapshot has another format");
	return horizon_load(&owner->horizon, &in, error) && load_parts(owner, &in, error);
}
