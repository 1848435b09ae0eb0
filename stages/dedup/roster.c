/* roster: see roster.h. A table of all keys would cost as much again; the questions of one article come close together, so the
 * numbers given last are enough. */
#include "dedup/roster.h"

#include "base/hash.h"
#include "base/must.h"
#include "dedup/pack.h"

#include <stdlib.h>

#define SEGMENT 4096u
#define RECENT 4096u
#define NONE UINT32_MAX

struct segment {
	uint64_t keys[SEGMENT];
	uint32_t times[SEGMENT]; /* s UTC in 32 bits: to the year 2106 */
	uint32_t count, latest;
};

struct roster {
	struct segment **segments; /* [0] holds numbers from `first` on */
	size_t count, capacity;
	uint32_t first;
	uint32_t recent[RECENT]; /* numbers by key */
};

struct roster *roster_create(void)
{
	struct roster *roster = must(calloc(1, sizeof(*roster)));

	memset(roster->recent, 0xFF, sizeof(roster->recent));
	return roster;
}

void roster_destroy(struct roster **pointer)
{
	struct roster *roster = *pointer;

	if (roster == NULL)
		return;
	for (size_t i = 0; i < roster->count; i++)
		free(roster->segments[i]);
	free(roster->segments);
	free(roster);
	*pointer = NULL;
}

uint32_t roster_first(const struct roster *roster)
{
	return roster->first;
}

uint32_t roster_end(const struct roster *roster)
{
	if (roster->count == 0)
		return roster->first;
	return roster->first + (uint32_t)(roster->count - 1) * SEGMENT + roster->segments[roster->count - 1]->count;
}

static const struct segment *segment_of(const struct roster *roster, uint32_t number)
{
	return roster->segments[(number - roster->first) / SEGMENT];
}

uint64_t roster_key(const struct roster *roster, uint32_t number)
{
	return segment_of(roster, number)->keys[(number - roster->first) % SEGMENT];
}

int64_t roster_time(const struct roster *roster, uint32_t number)
{
	return (int64_t)segment_of(roster, number)->times[(number - roster->first) % SEGMENT];
}

static uint32_t kept_time(int64_t time)
{
	return time < 0 ? 0 : time > UINT32_MAX ? UINT32_MAX : (uint32_t)time;
}

static struct segment *open_segment(struct roster *roster)
{
	struct segment *last = roster->count == 0 ? NULL : roster->segments[roster->count - 1];

	if (last != NULL && last->count < SEGMENT)
		return last;
	if (roster->count == roster->capacity) {
		roster->capacity = roster->capacity ? roster->capacity * 2 : 16;
		roster->segments = must(realloc(roster->segments, roster->capacity * sizeof(struct segment *)));
	}
	return roster->segments[roster->count++] = must(calloc(1, sizeof(struct segment)));
}

uint32_t roster_number(struct roster *roster, uint64_t key, int64_t time, int64_t latest)
{
	uint32_t *recent = &roster->recent[hash_mix(key) % RECENT];

	if (*recent != NONE && *recent >= roster->first && roster_key(roster, *recent) == key)
		return *recent;
	if (roster_end(roster) >= ROSTER_LIMIT)
		abort(); /* numbers are used up: a snapshot, or the log, begins anew from 0 */
	struct segment *segment = open_segment(roster);
	segment->keys[segment->count] = key;
	segment->times[segment->count++] = kept_time(time);
	if (kept_time(latest) > segment->latest)
		segment->latest = kept_time(latest);
	return *recent = roster_end(roster) - 1;
}

void roster_expire(struct roster *roster, int64_t time)
{
	size_t gone = 0;

	while (gone < roster->count && roster->segments[gone]->count == SEGMENT && (int64_t)roster->segments[gone]->latest < time)
		free(roster->segments[gone++]);
	if (gone == 0)
		return;
	roster->first += (uint32_t)gone * SEGMENT;
	roster->count -= gone;
	memmove(roster->segments, roster->segments + gone, roster->count * sizeof(*roster->segments));
}

size_t roster_bytes(const struct roster *roster)
{
	return sizeof(*roster) + roster->count * sizeof(struct segment) + roster->capacity * sizeof(*roster->segments);
}

void roster_save(const struct roster *roster, struct buf *out)
{
	for (size_t i = 0; i < roster->count; i++) {
		const struct segment *segment = roster->segments[i];
		pack_uint(out, segment->count, 2);
		pack_uint(out, segment->latest, 4);
		for (uint32_t j = 0; j < segment->count; j++) {
			pack_uint(out, segment->keys[j], 8);
			pack_uint(out, segment->times[j], 4);
		}
	}
}

bool roster_load(struct roster *roster, struct slice bytes, struct error *error)
{
	struct unpack in = unpack_begin(bytes);

	while (in.ptr != in.end && !in.bad) {
		uint32_t count = (uint32_t)unpack_uint(&in, 2);
		if (count == 0 || count > SEGMENT ||
			(roster->count > 0 && roster->segments[roster->count - 1]->count < SEGMENT) ||
			roster_end(roster) > ROSTER_LIMIT - SEGMENT)
			return error_set(error, "snapshot_damaged", "the segments of names don't add up");
		struct segment *segment = open_segment(roster);
		segment->count = count;
		segment->latest = (uint32_t)unpack_uint(&in, 4);
		for (uint32_t j = 0; j < count; j++) {
			segment->keys[j] = unpack_uint(&in, 8);
			segment->times[j] = (uint32_t)unpack_uint(&in, 4);
		}
	}
	return in.bad ? error_set(error, "snapshot_damaged", "the names end early") : true;
}
