/* pack: see pack.h. */
#include "tag/train/pack.h"

#include "base/buf.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "tag/features.h"
#include "tag/placenames.h"
#include "tag/tokens.h"
#include "tag/train/netpack.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static bool read_file(struct arena *arena, const char *path, struct slice *text, struct error *error)
{
	FILE *file = fopen(path, "rb");
	struct buf buf;
	char part[65536];
	size_t got;

	if (!file)
		return error_set(error, "list_missing", "%s can't be read", path);
	buf_init_arena(&buf, arena, 1u << 30);
	while ((got = fread(part, 1, sizeof part, file)) > 0)
		buf_append_bytes(&buf, part, got);
	fclose(file);
	*text = buf_slice(&buf);
	return true;
}

static size_t table_size(size_t items)
{
	size_t slots = 64;

	while (slots * 2 < items * 3)
		slots *= 2;
	return slots;
}

static size_t count_lines(struct slice text)
{
	size_t lines = 1;

	for (size_t i = 0; i < text.len; i++)
		lines += text.ptr[i] == '\n';
	return lines;
}

static int64_t number(struct slice s)
{
	int64_t value = 0;

	slice_to_int64(s, &value);
	return value;
}

bool lists_read_clusters(struct lists *lists, struct arena *arena, const char *path, struct error *error)
{
	struct slice text, line, field;

	if (!read_file(arena, path, &text, error))
		return false;
	lists->cluster_slots = table_size(count_lines(text));
	lists->clusters = arena_array(arena, struct cluster_slot, lists->cluster_slots);
	while (slice_next_line(&text, &line)) {
		struct slice word;
		int64_t values[3] = {0};
		if (!slice_split(&line, '\t', &word))
			continue;
		for (int i = 0; i < 3 && slice_split(&line, '\t', &field); i++)
			values[i] = number(field);
		uint64_t hash = lexicon_hash(word);
		size_t at = (size_t)hash & (lists->cluster_slots - 1);
		while (lists->clusters[at].coarse != 0)
			at = (at + 1) & (lists->cluster_slots - 1);
		lists->clusters[at] = (struct cluster_slot){(uint32_t)(hash >> 32), (uint16_t)values[0], (uint8_t)values[1], (uint8_t)values[2]};
	}
	lists->lexicon.clusters = lists->clusters;
	lists->lexicon.cluster_mask = (uint32_t)lists->cluster_slots - 1;
	return true;
}

/* "44da05…": LEXICON_PARTS codes. */
static bool read_codes(struct slice text, uint8_t codes[LEXICON_PARTS])
{
	if (text.len != 2 * LEXICON_PARTS)
		return false;
	for (size_t i = 0; i < LEXICON_PARTS; i++) {
		int high = byte_hex(text.ptr[2 * i]), low = byte_hex(text.ptr[2 * i + 1]);
		if (high < 0 || low < 0)
			return false;
		codes[i] = (uint8_t)(high << 4 | low);
	}
	return true;
}

/* A word's slot among the members; false if a more frequent word looks the same. */
static bool add_member(struct lists *lists, struct slice word, uint32_t family, size_t *slot)
{
	uint64_t hash = lexicon_hash(word);
	size_t at = (size_t)(uint32_t)hash & (lists->member_slots - 1);

	while (lists->members[at] != 0 && lists->members[at] >> 11 != (uint32_t)(hash >> 43))
		at = (at + 1) & (lists->member_slots - 1);
	if (lists->members[at] != 0)
		return false;
	lists->members[at] = (uint32_t)(hash >> 43) << 11 | family;
	*slot = at;
	return true;
}

/* Codes by slot (of the marked ones) without the gaps. */
static void close_gaps(struct lists *lists, const uint8_t (*by_slot)[LEXICON_PARTS])
{
	size_t count = 0;

	for (size_t slot = 0; slot < lists->member_slots; slot++) {
		struct lexicon_coded *coded = &lists->coded[slot / 32];
		if (slot % 32 == 0)
			coded->before = (uint32_t)count;
		if (coded->marks >> slot % 32 & 1)
			memcpy(lists->codes + count++ * LEXICON_PARTS, by_slot[slot], LEXICON_PARTS);
	}
	lists->coded_members = count;
	lists->lexicon.coded = count > 0 ? lists->coded : NULL;
	lists->lexicon.codes = lists->codes;
}

bool lists_read_families(struct lists *lists, struct arena *arena, const char *path, struct error *error)
{
	struct slice text, line, word, field;

	if (!read_file(arena, path, &text, error))
		return false;
	lists->member_slots = 64; /* three quarters full: a word that isn't in the table costs few probes beside the rest of its features */
	while (lists->member_slots * 3 < count_lines(text) * 4)
		lists->member_slots *= 2;
	lists->families = arena_array(arena, struct family, LEXICON_FAMILIES);
	lists->members = arena_array(arena, uint32_t, lists->member_slots);
	lists->coded = arena_array(arena, struct lexicon_coded, lists->member_slots / 32);
	lists->codes = arena_array(arena, uint8_t, lists->member_slots * LEXICON_PARTS);
	uint8_t(*by_slot)[LEXICON_PARTS] = arena_zalloc(arena, lists->member_slots, sizeof *by_slot);
	while (slice_next_line(&text, &line)) {
		int64_t values[3] = {0};
		size_t slot;
		if (!slice_split(&line, '\t', &word))
			continue;
		for (int i = 0; i < 3 && slice_split(&line, '\t', &field); i++)
			values[i] = number(field);
		if (values[0] < 1 || values[0] >= LEXICON_FAMILIES)
			return error_set(error, "list_bad", "%s: there is no family %lld", path, (long long)values[0]);
		lists->families[values[0]] = (struct family){(uint16_t)values[1], (uint16_t)values[2]};
		if (!add_member(lists, word, (uint32_t)values[0], &slot) || !slice_split(&line, '\t', &field))
			continue;
		if (!read_codes(field, by_slot[slot]))
			return error_set(error, "list_bad", "%s: \"%.*s\" has no %d codes", path, SLICE_ARG(word), LEXICON_PARTS);
		lists->coded[slot / 32].marks |= 1u << slot % 32;
	}
	lists->lexicon.families = lists->families;
	lists->lexicon.members = lists->members;
	lists->lexicon.member_mask = (uint32_t)lists->member_slots - 1;
	close_gaps(lists, (const uint8_t(*)[LEXICON_PARTS])by_slot);
	return true;
}

static const char *const class_names[LEXICON_CLASSES] = {"country", "demonym", "belief", "subdivision", "city", "town", "region",
	"first_name", "surname", "common_surname", "language", "organization", "title", "org_word", "place_word"};

/* The index of a set of classes, which is added if it is new. */
static uint32_t set_index(struct lists *lists, uint16_t classes)
{
	uint32_t i = 1;

	while (i < LEXICON_SETS && lists->sets[i] != 0 && lists->sets[i] != classes)
		i++;
	if (i == LEXICON_SETS) { /* too many kinds of sets: what a longer name begins with matters more than classes */
		fprintf(stderr, "pack: more than %d sets of classes\n", LEXICON_SETS - 1);
		exit(65);
	}
	lists->sets[i] = classes;
	return i;
}

static void add_phrase(struct lists *lists, uint64_t hash, uint16_t classes)
{
	size_t at = (size_t)(uint32_t)hash & (lists->name_slots - 1);

	while (lists->names[at] != 0 && lists->names[at] >> 10 != (uint32_t)(hash >> 42))
		at = (at + 1) & (lists->name_slots - 1);
	classes |= lists->sets[lists->names[at] & 0x3FF];
	lists->names[at] = (uint32_t)(hash >> 42) << 10 | set_index(lists, classes);
}

/* The phrase hashes of the first 1, 2, … tokens of a name; returns the number of tokens, 0 if there are too many. */
static size_t phrase_hashes(struct arena *arena, struct slice name, uint64_t hashes[LEXICON_LONGEST])
{
	struct tokens tokens;
	uint64_t hash = 0;

	tokens_read(arena, name, &tokens);
	if (tokens.count > LEXICON_LONGEST)
		return 0;
	for (size_t i = 0; i < tokens.count; i++) {
		char form[64];
		size_t length = word_fold(tokens.items[i].text, false, form, sizeof form);
		hash = lexicon_extend(hash, lexicon_hash((struct slice){form, length}));
		hashes[i] = hash;
	}
	return tokens.count;
}

bool lists_read_names(struct lists *lists, struct arena *arena, const char *path, struct error *error)
{
	struct slice text, line, class;
	uint64_t hashes[LEXICON_LONGEST];

	if (!read_file(arena, path, &text, error))
		return false;
	lists->name_slots = table_size(count_lines(text));
	lists->sets = arena_array(arena, uint16_t, LEXICON_SETS);
	lists->names = arena_array(arena, uint32_t, lists->name_slots);
	while (slice_next_line(&text, &line)) {
		unsigned which = 0;
		if (!slice_split(&line, '\t', &class))
			continue;
		while (which < LEXICON_CLASSES && !slice_is(class, class_names[which]))
			which++;
		if (which == LEXICON_CLASSES)
			return error_set(error, "list_bad", "%s: there is no class %.*s", path, SLICE_ARG(class));
		size_t count = phrase_hashes(arena, line, hashes);
		for (size_t i = 0; i < count; i++)
			add_phrase(lists, hashes[i], i + 1 == count ? (uint16_t)(1u << which) : (uint16_t)LEXICON_MORE);
	}
	lists->lexicon.sets = lists->sets;
	lists->lexicon.names = lists->names;
	lists->lexicon.name_mask = (uint32_t)lists->name_slots - 1;
	return true;
}

static int by_hash(const void *a, const void *b)
{
	const struct place_record *x = a, *y = b;

	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	if (x->size != y->size)
		return x->size > y->size ? -1 : 1;
	int order = memcmp(x->country, y->country, sizeof x->country);
	return order ? order : memcmp(x->subdivision, y->subdivision, sizeof x->subdivision);
}

bool lists_read_places(struct lists *lists, struct arena *arena, const char *path, struct error *error)
{
	static const char *const kinds[] = {"", "country", "nationality", "subdivision", "city"};
	struct slice text, line;
	uint64_t hashes[LEXICON_LONGEST];

	if (!read_file(arena, path, &text, error))
		return false;
	lists->places = arena_array(arena, struct place_record, count_lines(text));
	while (slice_next_line(&text, &line)) {
		struct slice fields[6];
		double latitude = 0, longitude = 0;
		int got = 0;
		while (got < 6 && slice_split(&line, '\t', &fields[got]))
			got++;
		size_t count = got == 6 ? phrase_hashes(arena, line, hashes) : 0;
		if (count == 0)
			continue;
		struct place_record *record = &lists->places[lists->place_count++];
		record->hash = (uint32_t)(hashes[count - 1] >> 32);
		for (uint8_t kind = 1; kind < 5; kind++)
			if (slice_is(fields[0], kinds[kind]))
				record->kind = kind;
		memcpy(record->country, fields[1].ptr, fields[1].len < 2 ? fields[1].len : 2);
		memcpy(record->subdivision, fields[2].ptr, fields[2].len < 3 ? fields[2].len : 3);
		int64_t population = number(fields[3]);
		record->size = population > 0 ? (uint8_t)lrint(8 * log2((double)population)) : 0;
		slice_to_double(fields[4], &latitude);
		slice_to_double(fields[5], &longitude);
		record->latitude = (int16_t)lrint(latitude * 100);
		record->longitude = (int16_t)lrint(longitude * 100);
	}
	qsort(lists->places, lists->place_count, sizeof *lists->places, by_hash);
	size_t kept = 0;
	for (size_t i = 0; i < lists->place_count; i++) /* one meaning a country, subdivision and kind */
		if (i == 0 || lists->places[i].hash != lists->places[kept - 1].hash || lists->places[i].kind != lists->places[kept - 1].kind ||
			memcmp(lists->places[i].country, lists->places[kept - 1].country, 2) != 0 ||
			memcmp(lists->places[i].subdivision, lists->places[kept - 1].subdivision, 3) != 0)
			lists->places[kept++] = lists->places[i];
	lists->place_count = kept;
	return true;
}

/* --- weights ------------------------------------------------------------------------------ */

struct packed_row {
	uint32_t key, labels;
	int8_t weights[LABELS];
	uint8_t bytes;
	float strength;
};

#define FULL 5 / 8 /* of the slots: most features of new text have no row, and to learn that costs the more probes the fuller the table is */
#define WEAK 2 /* weights below this many units are left out */

static int8_t quantised(float weight, float scale)
{
	long units = lrintf(weight / scale);

	if (units > -WEAK && units < WEAK)
		return 0;
	return (int8_t)(units > 127 ? 127 : units < -127 ? -127 : units);
}

static size_t collect(const struct crf *crf, float scale, bool always, struct packed_row *rows)
{
	size_t count = 0;

	for (size_t slot = 0; slot <= crf->mask; slot++) {
		if (crf->rows[slot] == 0)
			continue;
		const float *weights = crf->average + (size_t)(crf->rows[slot] - 1) * (size_t)crf->copies * CRF_LANES;
		struct packed_row row = {.key = crf->keys[slot]};
		size_t kept = 0;
		for (int y = 0; y < LABELS; y++) {
			int8_t units = quantised(weights[y], scale);
			if (units == 0)
				continue;
			row.labels |= 1u << y;
			row.weights[kept++] = units;
			row.strength += (float)units * (float)units;
		}
		row.bytes = (uint8_t)((4 + kept + 1) & ~1u);
		row.strength = always ? 1e12f : row.strength / (float)(row.bytes + 6);
		if (kept > 0)
			rows[count++] = row;
	}
	return count;
}

static int by_strength(const void *a, const void *b)
{
	const struct packed_row *x = a, *y = b;

	if (x->strength != y->strength)
		return x->strength > y->strength ? -1 : 1;
	return x->key < y->key ? -1 : x->key > y->key;
}

/* Rows of equal low and high bits can't be told apart: the stronger one, which comes first, stays. */
static bool place_row(uint32_t *slots, size_t mask, uint32_t key, size_t offset)
{
	size_t at = key & mask;

	for (; slots[at] != MODEL_EMPTY; at = (at + 1) & mask)
		if (slots[at] >> 22 == key >> 22)
			return false;
	slots[at] = (key >> 22) << 22 | (uint32_t)(offset / 2);
	return slots[at] != MODEL_EMPTY;
}

static void pad(struct buf *out)
{
	while (out->len % 16 != 0)
		buf_append_byte(out, 0);
}

static void put_section(struct buf *out, struct model_header *header, enum model_section which, const void *ptr, size_t bytes)
{
	pad(out);
	header->sections[which].offset = out->len;
	header->sections[which].bytes = bytes;
	buf_append_bytes(out, ptr, bytes);
}

static void put_weights(struct buf *out, struct model_header *header, struct packed_row *rows, size_t count, size_t budget)
{
	size_t slots_count = 1 << 18;
	struct buf bytes;
	size_t kept = 0;

	qsort(rows, count, sizeof *rows, by_strength);
	while (slots_count < (size_t)1 << 19 && slots_count * 4 * 2 < budget * 3 / 5 && slots_count * FULL < count)
		slots_count *= 2;
	uint32_t *slots = malloc(slots_count * sizeof *slots);
	memset(slots, 0xFF, slots_count * sizeof *slots);
	buf_init(&bytes, MODEL_BYTES_MAX);
	for (size_t i = 0; i < count && kept < slots_count * FULL; i++) {
		if (bytes.len + rows[i].bytes + slots_count * 4 > budget)
			break;
		if (!place_row(slots, slots_count - 1, rows[i].key, bytes.len))
			continue;
		buf_append_bytes(&bytes, &rows[i].labels, 4);
		buf_append_bytes(&bytes, rows[i].weights, (size_t)__builtin_popcount(rows[i].labels));
		if (bytes.len % 2)
			buf_append_byte(&bytes, 0);
		kept++;
	}
	fprintf(stderr, "pack: %zu of %zu rows, %zu bytes of weights in %zu slots\n", kept, count, bytes.len, slots_count);
	put_section(out, header, MODEL_SLOTS, slots, slots_count * sizeof *slots);
	put_section(out, header, MODEL_ROWS, bytes.ptr, bytes.len);
	free(slots);
	buf_release(&bytes);
}

/* What the network has learned of transitions is added to both passes', as its scores are. */
static void put_transitions(struct buf *out, struct model_header *header, const struct learned *learned, float scale)
{
	int16_t units[2][LABELS][LABELS];
	const float *network = learned->network ? learned->network->transitions : NULL;

	for (int y = 0; y < LABELS; y++)
		for (int z = 0; z < LABELS; z++) {
			float more = network ? network[y * CHAIN_LANES + z] * learned->share : 0;
			units[0][y][z] = (int16_t)lrintf((learned->first->transition_average[y][z] + more) / scale);
			units[1][y][z] = (int16_t)lrintf((learned->second->transition_average[y][z] + more) / scale);
		}
	put_section(out, header, MODEL_TRANSITIONS, units, sizeof units);
}

static void put_network(struct buf *out, struct model_header *header, const struct learned *learned, float scale)
{
	put_section(out, header, MODEL_NETWORK, NULL, 0);
	if (learned->network)
		netpack_append(out, learned->network, learned->share / scale);
	header->sections[MODEL_NETWORK].bytes = out->len - header->sections[MODEL_NETWORK].offset;
}

/* The card stands behind the header, in room of its own. */
static bool put_card(struct buf *out, struct model_header *header, struct slice card, struct error *error)
{
	static const char room[MODEL_CARD_ROOM];

	if (card.len > MODEL_CARD_ROOM)
		return error_set(error, "card_too_large", "the card has more than %d bytes", MODEL_CARD_ROOM);
	put_section(out, header, MODEL_CARD, card.ptr, card.len);
	buf_append_bytes(out, room, MODEL_CARD_ROOM - card.len);
	return true;
}

/* Header and checksum into the bytes, and these into the file. */
static bool write_model(const char *path, struct buf *out, struct model_header *header, struct error *error)
{
	size_t covered = offsetof(struct model_header, checksum) + sizeof header->checksum;

	header->bytes = out->len;
	memcpy(out->ptr, header, sizeof *header);
	header->checksum = hash64(slice_make(out->ptr + covered, out->len - covered));
	memcpy(out->ptr, header, sizeof *header);
	FILE *file = fopen(path, "wb");
	bool fine = file && fwrite(out->ptr, 1, out->len, file) == out->len;
	if (file && fclose(file) != 0)
		fine = false;
	return fine || error_set(error, "model_write", "%s can't be written", path);
}

bool model_pack(const char *path, struct slice card, const struct learned *learned, float scale, const struct lists *lists,
	struct error *error)
{
	const struct crf *first = learned->first, *second = learned->second;
	struct model_header header = {.version = MODEL_VERSION, .features = FEATURES_VERSION, .scale = scale};
	struct packed_row *rows = malloc((first->row_count + second->row_count + 1) * sizeof *rows);
	struct buf out;
	bool fine = false;

	memcpy(header.magic, MODEL_MAGIC, sizeof header.magic);
	buf_init(&out, MODEL_BYTES_MAX);
	buf_append_bytes(&out, &header, sizeof header);
	if (!put_card(&out, &header, card, error))
		goto out;
	put_section(&out, &header, MODEL_CLUSTERS, lists->clusters, lists->cluster_slots * sizeof *lists->clusters);
	put_section(&out, &header, MODEL_NAMES, lists->sets, lists->sets ? LEXICON_SETS * sizeof *lists->sets : 0);
	buf_append_bytes(&out, lists->names, lists->name_slots * sizeof *lists->names);
	header.sections[MODEL_NAMES].bytes += lists->name_slots * sizeof *lists->names;
	put_section(&out, &header, MODEL_FAMILIES, lists->families, lists->families ? LEXICON_FAMILIES * sizeof *lists->families : 0);
	buf_append_bytes(&out, lists->members, lists->member_slots * sizeof *lists->members);
	header.sections[MODEL_FAMILIES].bytes += lists->member_slots * sizeof *lists->members;
	put_section(&out, &header, MODEL_CODES, lists->coded, lists->coded_members ? lists->member_slots / 32 * sizeof *lists->coded : 0);
	buf_append_bytes(&out, lists->codes, lists->coded_members * LEXICON_PARTS);
	header.sections[MODEL_CODES].bytes += lists->coded_members * LEXICON_PARTS;
	put_section(&out, &header, MODEL_PLACES, lists->places, lists->place_count * sizeof *lists->places);
	put_transitions(&out, &header, learned, scale);
	put_network(&out, &header, learned, scale);
	size_t count = collect(second, scale, true, rows);
	count += collect(first, scale, false, rows + count);
	put_weights(&out, &header, rows, count, MODEL_BYTES_MAX - out.len - 64);
	fine = out.failed ? error_set(error, "model_too_large", "%s would be larger than %u bytes", path, MODEL_BYTES_MAX) :
		write_model(path, &out, &header, error);
out:
	free(rows);
	buf_release(&out);
	return fine;
}

bool model_set_card(const char *path, struct slice card, struct error *error)
{
	struct model_header header;
	struct model model;
	struct arena arena;
	struct slice bytes;
	struct buf out;
	bool fine = false;

	if (!model_open(&model, path, error))
		return false;
	model_close(&model);
	arena_init(&arena, 1u << 30);
	buf_init(&out, MODEL_BYTES_MAX);
	if (!read_file(&arena, path, &bytes, error))
		goto out;
	memcpy(&header, bytes.ptr, sizeof header);
	size_t behind = (size_t)header.sections[MODEL_CARD].offset + MODEL_CARD_ROOM;
	buf_append_bytes(&out, &header, sizeof header);
	if (!put_card(&out, &header, card, error))
		goto out;
	if (out.len != behind || bytes.len < behind) {
		error_set(error, "model_version", "%s has no room for a card", path);
		goto out;
	}
	buf_append(&out, slice_sub(bytes, behind, bytes.len));
	fine = write_model(path, &out, &header, error);
out:
	buf_release(&out);
	arena_release(&arena);
	return fine;
}
