/* store: see store.h. The arrays of a segment lie apart by field, records one behind the other: 15 bytes an article beside its record. */
#include "dedup/store.h"

#include "base/hash.h"
#include "dedup/pack.h"

#include <stdlib.h>

#define SEGMENT 4096u
#define SHORT_NOTE 0x8000u /* of segment.notes: the low byte is the note itself */

struct segment {
	uint64_t keys[SEGMENT];
	uint32_t times[SEGMENT];
	uint32_t records[SEGMENT]; /* offset + 1 into bytes; 0: none */
	uint16_t notes[SEGMENT];   /* index + 1 into note; 0: none; or SHORT_NOTE */
	uint32_t count, latest;    /* latest: s UTC, in 32 bits as times are: to the year 2106 */
	char *bytes; /* records, each led by its length in two bytes */
	size_t len, capacity;
	char **note; /* each led by its length in two bytes */
	size_t note_count, note_capacity, note_bytes;
};

struct store {
	struct segment **segments; /* [0] holds numbers from `first` on */
	size_t count, capacity;
	uint32_t first;
	uint32_t *table; /* number + 1 by key; 0: empty */
	size_t table_capacity, table_used;
};

static void *must(void *memory)
{
	if (memory == NULL)
		abort(); /* the process's memory is spent: the supervisor restarts it, the log restores the index */
	return memory;
}

struct store *store_create(void)
{
	struct store *store = must(calloc(1, sizeof(*store)));

	store->table_capacity = 1024;
	store->table = must(calloc(store->table_capacity, sizeof(*store->table)));
	return store;
}

static void segment_free(struct segment *segment)
{
	for (size_t i = 0; i < segment->note_count; i++)
		free(segment->note[i]);
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
	free(store->table);
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

static struct segment *segment_of(const struct store *store, uint32_t number)
{
	return store->segments[(number - store->first) / SEGMENT];
}

static uint32_t within(const struct store *store, uint32_t number)
{
	return (number - store->first) % SEGMENT;
}

uint64_t store_key(const struct store *store, uint32_t number)
{
	return segment_of(store, number)->keys[within(store, number)];
}

int64_t store_time(const struct store *store, uint32_t number)
{
	return (int64_t)segment_of(store, number)->times[within(store, number)];
}

uint32_t store_find(const struct store *store, uint64_t key)
{
	size_t mask = store->table_capacity - 1;

	for (size_t at = hash_mix(key) & mask; store->table[at] != 0; at = (at + 1) & mask) {
		uint32_t number = store->table[at] - 1;
		if (number >= store->first && store_key(store, number) == key)
			return number;
	}
	return STORE_NONE;
}

static void table_add(uint32_t *table, size_t capacity, uint64_t key, uint32_t number)
{
	size_t at = hash_mix(key) & (capacity - 1);

	while (table[at] != 0)
		at = (at + 1) & (capacity - 1);
	table[at] = number + 1;
}

/* The live numbers in a table that fits them. */
static void table_rebuild(struct store *store)
{
	size_t live = store_end(store) - store->first, capacity = 1024;

	while (live * 8 >= capacity * 5)
		capacity *= 2;
	free(store->table);
	store->table = must(calloc(capacity, sizeof(*store->table)));
	store->table_capacity = capacity;
	store->table_used = live;
	for (uint32_t number = store->first; number < store_end(store); number++)
		table_add(store->table, capacity, store_key(store, number), number);
}

static struct segment *segment_open(struct store *store)
{
	if (store->count == store->capacity) {
		store->capacity = store->capacity ? store->capacity * 2 : 16;
		store->segments = must(realloc(store->segments, store->capacity * sizeof(struct segment *)));
	}
	return store->segments[store->count++] = must(calloc(1, sizeof(struct segment)));
}

/* The last segment gets no more records in bulk: gives back what it has reserved beyond them. */
static void segment_close(struct segment *segment)
{
	if (segment->capacity > segment->len + 4096) {
		segment->capacity = segment->len + 4096;
		segment->bytes = must(realloc(segment->bytes, segment->capacity));
	}
}

static uint32_t kept_time(int64_t time)
{
	return time < 0 ? 0 : time > UINT32_MAX ? UINT32_MAX : (uint32_t)time;
}

uint32_t store_add(struct store *store, uint64_t key, int64_t time, int64_t latest)
{
	uint32_t number = store_find(store, key);

	if (number != STORE_NONE)
		return number;
	if ((store->table_used + 1) * 4 > store->table_capacity * 3)
		table_rebuild(store);
	struct segment *segment = store->count == 0 ? NULL : store->segments[store->count - 1];
	if (segment == NULL || segment->count == SEGMENT) {
		if (segment != NULL)
			segment_close(segment);
		segment = segment_open(store);
	}
	number = store_end(store);
	uint32_t at = segment->count++;
	segment->keys[at] = key;
	segment->times[at] = kept_time(time);
	if (kept_time(latest) > segment->latest)
		segment->latest = kept_time(latest);
	table_add(store->table, store->table_capacity, key, number);
	store->table_used++;
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
	memcpy(bytes + 2, content.ptr, content.len);
}

struct slice store_record(const struct store *store, uint32_t number)
{
	const struct segment *segment = segment_of(store, number);
	uint32_t offset = segment->records[within(store, number)];

	return offset == 0 ? SLICE_NONE : led(segment->bytes + offset - 1);
}

void store_set_record(struct store *store, uint32_t number, struct slice record)
{
	struct segment *segment = segment_of(store, number);

	if (segment->records[within(store, number)] != 0 || record.len > 65535)
		return;
	if (segment->len + record.len + 2 > segment->capacity) {
		segment->capacity = (segment->len + record.len + 2) * 5 / 4 + 1024;
		segment->bytes = must(realloc(segment->bytes, segment->capacity));
	}
	lead(segment->bytes + segment->len, record);
	segment->records[within(store, number)] = (uint32_t)segment->len + 1;
	segment->len += record.len + 2;
}

/* Most articles are unique, and that is a note of one byte. */
static const unsigned char SHORT_NOTES[4] = {0, 1, 2, 3};

struct slice store_notes(const struct store *store, uint32_t number)
{
	const struct segment *segment = segment_of(store, number);
	uint16_t note = segment->notes[within(store, number)];

	if (note & SHORT_NOTE)
		return (struct slice){(const char *)&SHORT_NOTES[note & 0xFF], 1};
	return note == 0 ? SLICE_NONE : led(segment->note[note - 1]);
}

void store_set_notes(struct store *store, uint32_t number, struct slice notes)
{
	struct segment *segment = segment_of(store, number);
	uint16_t *note = &segment->notes[within(store, number)];

	if (notes.len > 65535)
		return;
	if ((*note == 0 || *note & SHORT_NOTE) && notes.len == 1 && (unsigned char)notes.ptr[0] < sizeof(SHORT_NOTES)) {
		*note = (uint16_t)(SHORT_NOTE | (unsigned char)notes.ptr[0]);
		return;
	}
	if (*note == 0 || *note & SHORT_NOTE) {
		if (segment->note_count == segment->note_capacity) {
			segment->note_capacity = segment->note_capacity ? segment->note_capacity * 2 : 64;
			segment->note = must(realloc(segment->note, segment->note_capacity * sizeof(char *)));
		}
		segment->note[segment->note_count++] = NULL;
		*note = (uint16_t)segment->note_count;
	}
	char **bytes = &segment->note[*note - 1];
	segment->note_bytes += notes.len - (*bytes ? led(*bytes).len : 0);
	free(*bytes);
	*bytes = must(malloc(notes.len + 2));
	lead(*bytes, notes);
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
	size_t bytes = store->table_capacity * sizeof(*store->table) + store->capacity * sizeof(*store->segments);

	for (size_t i = 0; i < store->count; i++) {
		const struct segment *segment = store->segments[i];
		bytes += sizeof(*segment) + segment->capacity + segment->note_capacity * sizeof(char *) + segment->note_bytes +
			segment->note_count * 18; /* the heap's own header and rounding */
	}
	return bytes;
}

void store_save(const struct store *store, struct buf *out)
{
	pack_uint(out, store->first, 4);
	pack_uint(out, store_end(store) - store->first, 4);
	for (uint32_t number = store->first; number < store_end(store); number++) {
		struct slice record = store_record(store, number), notes = store_notes(store, number);
		pack_uint(out, store_key(store, number), 8);
		pack_uint(out, segment_of(store, number)->times[within(store, number)], 4);
		pack_uint(out, record.len, 2);
		buf_append(out, record);
		pack_uint(out, notes.len, 2);
		buf_append(out, notes);
	}
}

bool store_load(struct store *store, struct slice bytes, struct error *error)
{
	struct unpack in = unpack_begin(bytes);

	store->first = (uint32_t)unpack_uint(&in, 4);
	uint32_t count = (uint32_t)unpack_uint(&in, 4);
	if (count > STORE_NONE - 1 - store->first)
		return error_set(error, "snapshot_damaged", "article numbers overflow");
	for (uint32_t i = 0; i < count && !in.bad; i++) {
		uint64_t key = unpack_uint(&in, 8);
		int64_t time = (int64_t)unpack_uint(&in, 4);
		uint32_t number = store_add(store, key, time, time);
		if (number != store->first + i)
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
