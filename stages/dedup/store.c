/* store: see store.h. The arrays of a segment lie apart by field: 14 bytes an article. Records and notes lie behind each other in
 * one block of bytes; notes that outgrow their place are written anew at its end, which happens to few. */
#include "dedup/store.h"

#include "base/hash.h"
#include "base/must.h"
#include "dedup/pack.h"
#include "dedup/slots.h"

#include <stdlib.h>

#define SEGMENT 4096u
#define SHORT_NOTE 0x8000u /* of segment.notes: the low byte is the note itself */
#define PIECE_MAX 65535u
#define SLACK 2048 /* bytes that a full segment grows by */

struct segment {
	uint64_t keys[SEGMENT];
	uint32_t records[SEGMENT]; /* offset + 1 into bytes; 0: none */
	uint16_t notes[SEGMENT];   /* index + 1 into note; 0: none; or SHORT_NOTE */
	uint32_t count, latest;    /* latest: s UTC, in 32 bits: to the year 2106 */
	char *bytes; /* each piece led by its length in two bytes */
	size_t len, capacity;
	uint32_t *note; /* offsets into bytes */
	size_t note_count, note_capacity;
};

struct store {
	struct segment **segments; /* [0] holds numbers from `first` on */
	size_t count, capacity;
	uint32_t first;
	struct slots numbers; /* by key */
};

static struct segment *segment_of(const struct store *store, uint32_t number)
{
	return store->segments[(number - store->first) / SEGMENT];
}

static uint32_t within(const struct store *store, uint32_t number)
{
	return (number - store->first) % SEGMENT;
}

static uint64_t key_of(const struct store *store, uint32_t number)
{
	return segment_of(store, number)->keys[within(store, number)];
}

static uint32_t hash_of(uint64_t key)
{
	return (uint32_t)(hash_mix(key) >> 32);
}

static uint32_t number_place(const void *slot, const void *context)
{
	return hash_of(key_of(context, slots_number(slot)));
}

struct store *store_create(void)
{
	struct store *store = must(calloc(1, sizeof(*store)));

	slots_init(&store->numbers, sizeof(uint32_t), number_place, store);
	return store;
}

static void segment_free(struct segment *segment)
{
	free(segment->note);
	free(segment->bytes);
	free(segment);
}

void store_destroy(struct store **pointer)
{
	struct store *store = *pointer;

	if (store == NULL)
		return;
	for (size_t i = 0; i < store->count; i++)
		segment_free(store->segments[i]);
	free(store->segments);
	slots_release(&store->numbers);
	free(store);
	*pointer = NULL;
}

uint32_t store_first(const struct store *store)
{
	return store->first;
}

uint32_t store_end(const struct store *store)
{
	if (store->count == 0)
		return store->first;
	return store->first + (uint32_t)(store->count - 1) * SEGMENT + store->segments[store->count - 1]->count;
}

static uint32_t find(const struct store *store, struct slots_walk *walk, uint64_t key)
{
	const void *slot;

	while ((slot = slots_next(walk)) != NULL)
		if (key_of(store, slots_number(slot)) == key)
			return slots_number(slot);
	return STORE_NONE;
}

uint32_t store_find(const struct store *store, uint64_t key)
{
	struct slots_walk walk = slots_search(&store->numbers, hash_of(key), store->first);

	return find(store, &walk, key);
}

static struct segment *segment_open(struct store *store)
{
	if (store->count == store->capacity) {
		store->capacity = store->capacity ? store->capacity * 2 : 16;
		store->segments = must(realloc(store->segments, store->capacity * sizeof(struct segment *)));
	}
	return store->segments[store->count++] = must(calloc(1, sizeof(struct segment)));
}

/* The last segment gets little more: gives back what it has reserved. */
static void segment_close(struct segment *segment)
{
	segment->capacity = segment->len + SLACK;
	segment->bytes = must(realloc(segment->bytes, segment->capacity));
	segment->note_capacity = segment->note_count;
	if (segment->note_count > 0)
		segment->note = must(realloc(segment->note, segment->note_count * sizeof(*segment->note)));
}

static uint32_t kept_time(int64_t time)
{
	return time < 0 ? 0 : time > UINT32_MAX ? UINT32_MAX : (uint32_t)time;
}

uint32_t store_add(struct store *store, uint64_t key, int64_t latest)
{
	struct slots_walk walk = slots_search_to_add(&store->numbers, hash_of(key), store->first);
	uint32_t number = find(store, &walk, key);

	if (number != STORE_NONE)
		return number;
	struct segment *segment = store->count == 0 ? NULL : store->segments[store->count - 1];
	if (segment == NULL || segment->count == SEGMENT) {
		if (segment != NULL)
			segment_close(segment);
		segment = segment_open(store);
	}
	number = store_end(store);
	if (number >= STORE_LIMIT)
		abort(); /* numbers are used up: a snapshot, or the log, begins anew from 0 */
	segment->keys[segment->count++] = key;
	if (kept_time(latest) > segment->latest)
		segment->latest = kept_time(latest);
	memcpy(slots_take(&walk), &number, sizeof(number));
	return number;
}

static struct slice led(const char *bytes)
{
	return (struct slice){bytes + 2, (size_t)(unsigned char)bytes[0] | (size_t)(unsigned char)bytes[1] << 8};
}

static void lead(char *bytes, struct slice content)
{
	bytes[0] = (char)content.len;
	bytes[1] = (char)(content.len >> 8);
	if (content.len > 0)
		memcpy(bytes + 2, content.ptr, content.len);
}

struct slice store_record(const struct store *store, uint32_t number)
{
	const struct segment *segment = segment_of(store, number);
	uint32_t offset = segment->records[within(store, number)];

	return offset == 0 ? SLICE_NONE : led(segment->bytes + offset - 1);
}

/* Appends to the segment's bytes; its offset there. */
static uint32_t append(struct segment *segment, struct slice content)
{
	size_t need = segment->len + content.len + 2;

	if (need > segment->capacity) {
		segment->capacity = segment->count < SEGMENT ? need * 5 / 4 + 1024 : need + SLACK;
		segment->bytes = must(realloc(segment->bytes, segment->capacity));
	}
	lead(segment->bytes + segment->len, content);
	size_t offset = segment->len;
	segment->len = need;
	return (uint32_t)offset;
}

void store_set_record(struct store *store, uint32_t number, struct slice record)
{
	struct segment *segment = segment_of(store, number);

	if (segment->records[within(store, number)] == 0 && record.len <= PIECE_MAX && segment->len < UINT32_MAX - 2 * PIECE_MAX)
		segment->records[within(store, number)] = append(segment, record) + 1;
}

/* Most articles are unique, and that is a note of one byte. */
static const unsigned char SHORT_NOTES[4] = {0, 1, 2, 3};

struct slice store_notes(const struct store *store, uint32_t number)
{
	const struct segment *segment = segment_of(store, number);
	uint16_t note = segment->notes[within(store, number)];

	if (note & SHORT_NOTE)
		return (struct slice){(const char *)&SHORT_NOTES[note & 0xFF], 1};
	return note == 0 ? SLICE_NONE : led(segment->bytes + segment->note[note - 1]);
}

/* The place of an article's long note. */
static uint32_t *note_entry(struct segment *segment, uint16_t *note)
{
	if (*note == 0 || *note & SHORT_NOTE) {
		if (segment->note_count == segment->note_capacity) {
			segment->note_capacity += segment->note_capacity / 4 + 16;
			segment->note = must(realloc(segment->note, segment->note_capacity * sizeof(*segment->note)));
		}
		segment->note[segment->note_count++] = UINT32_MAX;
		*note = (uint16_t)segment->note_count;
	}
	return &segment->note[*note - 1];
}

void store_set_notes(struct store *store, uint32_t number, struct slice notes)
{
	struct segment *segment = segment_of(store, number);
	uint16_t *note = &segment->notes[within(store, number)];

	if (notes.len > PIECE_MAX || segment->len >= UINT32_MAX - 2 * PIECE_MAX)
		return;
	if ((*note == 0 || *note & SHORT_NOTE) && notes.len == 1 && (unsigned char)notes.ptr[0] < sizeof(SHORT_NOTES)) {
		*note = (uint16_t)(SHORT_NOTE | (unsigned char)notes.ptr[0]);
		return;
	}
	uint32_t *entry = note_entry(segment, note);
	if (*entry != UINT32_MAX && led(segment->bytes + *entry).len >= notes.len)
		lead(segment->bytes + *entry, notes);
	else
		*entry = append(segment, notes);
}

bool store_expire(struct store *store, int64_t time)
{
	size_t gone = 0;

	while (gone < store->count && store->segments[gone]->count == SEGMENT && (int64_t)store->segments[gone]->latest < time)
		segment_free(store->segments[gone++]);
	if (gone == 0)
		return false;
	store->first += (uint32_t)gone * SEGMENT;
	store->count -= gone;
	memmove(store->segments, store->segments + gone, store->count * sizeof(*store->segments));
	return true;
}

size_t store_bytes(const struct store *store)
{
	size_t bytes = sizeof(*store) + slots_bytes(&store->numbers) + store->capacity * sizeof(*store->segments);

	for (size_t i = 0; i < store->count; i++) {
		const struct segment *segment = store->segments[i];
		bytes += sizeof(*segment) + segment->capacity + segment->note_capacity * sizeof(*segment->note) +
			48; /* the heap's own headers */
	}
	return bytes;
}

void store_save(const struct store *store, struct buf *out)
{
	pack_uint(out, store_end(store) - store->first, 4);
	for (uint32_t number = store->first; number < store_end(store); number++) {
		struct slice record = store_record(store, number), notes = store_notes(store, number);
		if (within(store, number) == 0)
			pack_uint(out, segment_of(store, number)->latest, 4);
		pack_uint(out, key_of(store, number), 8);
		pack_uint(out, record.len, 2);
		buf_append(out, record);
		pack_uint(out, notes.len, 2);
		buf_append(out, notes);
	}
}

bool store_load(struct store *store, struct slice bytes, struct error *error)
{
	struct unpack in = unpack_begin(bytes);
	int64_t latest = 0;

	uint32_t count = (uint32_t)unpack_uint(&in, 4);
	if (count > STORE_LIMIT)
		return error_set(error, "snapshot_damaged", "article numbers overflow");
	for (uint32_t i = 0; i < count && !in.bad; i++) {
		if (i % SEGMENT == 0)
			latest = (int64_t)unpack_uint(&in, 4);
		uint32_t number = store_add(store, unpack_uint(&in, 8), latest);
		if (number != i)
			return error_set(error, "snapshot_damaged", "an article appears twice");
		struct slice record = unpack_bytes(&in, (size_t)unpack_uint(&in, 2));
		struct slice notes = unpack_bytes(&in, (size_t)unpack_uint(&in, 2));
		if (record.len > 0)
			store_set_record(store, number, record);
		if (notes.len > 0)
			store_set_notes(store, number, notes);
	}
	return !in.bad && in.ptr == in.end ? true : error_set(error, "snapshot_damaged", "the articles end early");
}
