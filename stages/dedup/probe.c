/* probe: see probe.h. */
#include "dedup/probe.h"

#include "dedup/pack.h"

#define PROBE_MAX 4096

const char *article_state_name(enum article_state state)
{
	static const char *const NAMES[] = {"undecided", "story", "member", "unknown"};

	return NAMES[state];
}

static void finding_pack(const struct finding *f, struct buf *out)
{
	pack_uint(out, (uint64_t)f->status | (uint64_t)f->headline_changed << 4, 1);
	pack_text(out, f->of);
	pack_text(out, slice_equal(f->of, f->story) ? SLICE_NONE : f->story);
	pack_text(out, f->merged);
	pack_uint(out, f->story_article, 8);
	pack_time(out, f->story_time);
	pack_uint(out, f->similarity, 2);
	pack_uint(out, f->containment, 2);
	pack_uint(out, f->changed, 2);
	pack_uint(out, f->revision, 2);
}

bool finding_unpack(struct slice bytes, struct finding *f)
{
	struct unpack in = unpack_begin(bytes);
	uint64_t status = unpack_uint(&in, 1);

	f->status = (enum finding_status)(status & 3);
	f->headline_changed = (status >> 4 & 1) != 0;
	f->of = unpack_text(&in);
	f->story = unpack_text(&in);
	if (f->story.len == 0)
		f->story = f->of;
	f->merged = unpack_text(&in);
	f->story_article = unpack_uint(&in, 8);
	f->story_time = unpack_time(&in);
	f->similarity = (uint32_t)unpack_uint(&in, 2);
	f->containment = (uint32_t)unpack_uint(&in, 2);
	f->changed = (uint32_t)unpack_uint(&in, 2);
	f->revision = (uint32_t)unpack_uint(&in, 2);
	return !in.bad && in.ptr == in.end;
}

void notes_pack(const struct notes *n, struct buf *out)
{
	bool plain = n->pointer_count == 0 && n->mark_count == 0 && n->finding.len == 0 && n->alias == 0;

	pack_uint(out, (uint64_t)n->state, 1);
	if (plain)
		return;
	pack_uint(out, (uint64_t)(n->pointer_count | n->mark_count << 4), 1);
	for (size_t i = 0; i < n->pointer_count; i++)
		pack_uint(out, n->pointers[i], 8);
	for (size_t i = 0; i < n->mark_count; i++) {
		pack_uint(out, n->marks[i].marker, 8);
		pack_uint(out, n->marks[i].marker_slot, 1);
		pack_uint(out, n->marks[i].slot, 1);
	}
	pack_uint(out, n->finding.len, 2);
	buf_append(out, n->finding);
	if (n->alias == 0)
		return;
	pack_uint(out, n->alias, 8);
	pack_time(out, n->alias_time);
	pack_text(out, n->alias_story);
}

bool notes_unpack(struct slice bytes, struct notes *n)
{
	struct unpack in = unpack_begin(bytes);

	*n = (struct notes){.state = ARTICLE_OPEN};
	if (bytes.len == 0)
		return true;
	n->state = (enum article_state)(unpack_uint(&in, 1) & 3);
	if (in.ptr == in.end)
		return true;
	uint64_t counts = unpack_uint(&in, 1);
	n->pointer_count = (uint8_t)(counts & 15);
	n->mark_count = (uint8_t)(counts >> 4);
	for (size_t i = 0; i < n->pointer_count; i++)
		n->pointers[i] = unpack_uint(&in, 8);
	for (size_t i = 0; i < n->mark_count; i++) {
		n->marks[i].marker = unpack_uint(&in, 8);
		n->marks[i].marker_slot = (uint8_t)unpack_uint(&in, 1);
		n->marks[i].slot = (uint8_t)unpack_uint(&in, 1);
	}
	n->finding = unpack_bytes(&in, (size_t)unpack_uint(&in, 2));
	if (in.ptr == in.end)
		return !in.bad;
	n->alias = unpack_uint(&in, 8);
	n->alias_time = unpack_time(&in);
	n->alias_story = unpack_text(&in);
	return !in.bad && in.ptr == in.end;
}

static struct buf question(struct arena *arena, enum probe_kind kind, int64_t time, uint64_t subject)
{
	struct buf out;

	buf_init_arena(&out, arena, PROBE_MAX);
	pack_uint(&out, (uint64_t)kind, 1);
	pack_time(&out, time);
	pack_uint(&out, subject, 8);
	return out;
}

struct slice probe_host(struct arena *arena, int64_t time, uint64_t host, const struct sighting *blocks, size_t count)
{
	struct buf out = question(arena, PROBE_HOST, time, host);

	pack_uint(&out, count, 1);
	for (size_t i = 0; i < count; i++) {
		pack_uint(&out, blocks[i].block, 4);
		pack_uint(&out, blocks[i].context, 2);
	}
	return buf_slice(&out);
}

struct slice probe_put(struct arena *arena, uint64_t article, const struct sketch *sketch)
{
	struct buf out = question(arena, PROBE_PUT, sketch->time, article);

	sketch_pack(sketch, &out);
	return buf_slice(&out);
}

struct slice probe_key(struct arena *arena, int64_t time, uint64_t article, uint64_t key)
{
	struct buf out = question(arena, PROBE_KEY, time, article);

	pack_uint(&out, key, 8);
	return buf_slice(&out);
}

struct slice probe_url(struct arena *arena, int64_t time, uint64_t article, uint64_t url, uint32_t content)
{
	struct buf out = question(arena, PROBE_URL, time, article);

	pack_uint(&out, url, 8);
	pack_uint(&out, content, 4);
	return buf_slice(&out);
}

struct slice probe_fetch(struct arena *arena, int64_t time, uint64_t article)
{
	struct buf out = question(arena, PROBE_FETCH, time, article);

	return buf_slice(&out);
}

struct slice probe_point(struct arena *arena, int64_t time, uint64_t article, uint8_t slot, uint64_t target)
{
	struct buf out = question(arena, PROBE_POINT, time, article);

	pack_uint(&out, slot, 1);
	pack_uint(&out, target, 8);
	return buf_slice(&out);
}

struct slice probe_follow(struct arena *arena, int64_t time, uint64_t article, uint8_t slot, uint64_t marker,
	uint8_t marker_slot)
{
	struct buf out = question(arena, PROBE_FOLLOW, time, article);

	pack_uint(&out, slot, 1);
	pack_uint(&out, marker, 8);
	pack_uint(&out, marker_slot, 1);
	return buf_slice(&out);
}

struct slice probe_done(struct arena *arena, int64_t time, uint64_t article, const struct finding *finding)
{
	struct buf out = question(arena, PROBE_DONE, time, article);

	if (finding->status != FINDING_UNIQUE)
		finding_pack(finding, &out);
	return buf_slice(&out);
}

struct slice probe_alias(
	struct arena *arena, int64_t time, uint64_t root, uint64_t story_article, int64_t story_time, struct slice story)
{
	struct buf out = question(arena, PROBE_ALIAS, time, root);

	pack_uint(&out, story_article, 8);
	pack_time(&out, story_time);
	pack_text(&out, story);
	return buf_slice(&out);
}

void held_pack(const struct held *held, struct buf *out)
{
	size_t at = out->len;

	pack_uint(out, held->fresh, 1);
	pack_uint(out, 0, 2);
	notes_pack(&held->notes, out);
	if (!out->failed) { /* the length of the notes, known now */
		size_t len = out->len - at - 3;
		out->ptr[at + 1] = (char)len;
		out->ptr[at + 2] = (char)(len >> 8);
	}
	buf_append(out, held->sketch);
}

bool held_unpack(struct slice bytes, struct held *held)
{
	struct unpack in = unpack_begin(bytes);

	held->fresh = unpack_uint(&in, 1) != 0;
	struct slice notes = unpack_bytes(&in, (size_t)unpack_uint(&in, 2));
	held->sketch = unpack_rest(&in);
	return !in.bad && notes_unpack(notes, &held->notes);
}
