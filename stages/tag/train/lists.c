/* lists: see lists.h. */
#include "tag/train/lists.h"

#include "base/buf.h"
#include "tag/placenames.h"
#include "tag/words.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

bool lists_read_file(struct arena *arena, const char *path, struct slice *text, struct error *error)
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

	if (!lists_read_file(arena, path, &text, error))
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

	if (!lists_read_file(arena, path, &text, error))
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

	if (!lists_read_file(arena, path, &text, error))
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
			add_phrase(lists, hashes[i], (uint16_t)(i + 1 == count ? 1u << which : LEXICON_MORE));
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

	if (!lists_read_file(arena, path, &text, error))
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
