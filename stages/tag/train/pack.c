/* pack: see pack.h. */
#include "tag/train/pack.h"

#include "base/buf.h"
#include "base/hash.h"
#include "tag/features.h"
#include "tag/placenames.h"
#include "tag/train/netpack.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

struct packed_row {
	uint32_t key, labels;
	int8_t weights[LABELS];
	uint8_t bytes;
	float strength;
};

/* Five eighths full: most features of new text have no row, and to learn that costs the more probes the fuller the table is. */
#define SLOTS_FOR(rows) ((rows) * 8 / 5 + 1) /* one is empty at least */
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

/* Rows of one mark that fall close to each other can't be told apart: the stronger one, which comes first, stays. */
static bool place_row(uint32_t *slots, size_t count, uint32_t key, size_t offset)
{
	size_t at = model_place(key, (uint32_t)count);

	for (; slots[at] != MODEL_EMPTY; at = at + 1 < count ? at + 1 : 0)
		if (slots[at] >> 22 == (key & MODEL_MARK))
			return false;
	slots[at] = (key & MODEL_MARK) << 22 | (uint32_t)(offset / 2);
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

/* As many slots as the rows that fit beside them want. */
static size_t slots_for(const struct packed_row *rows, size_t count, size_t budget)
{
	size_t bytes = 0, kept = 0;

	while (kept < count && bytes + rows[kept].bytes + SLOTS_FOR(kept + 1) * sizeof(uint32_t) <= budget)
		bytes += rows[kept++].bytes;
	return SLOTS_FOR(kept);
}

static void put_weights(struct buf *out, struct model_header *header, struct packed_row *rows, size_t count, size_t budget)
{
	struct buf bytes;
	size_t kept = 0;

	qsort(rows, count, sizeof *rows, by_strength);
	size_t slots_count = slots_for(rows, count, budget);
	uint32_t *slots = malloc(slots_count * sizeof *slots);
	memset(slots, 0xFF, slots_count * sizeof *slots);
	buf_init(&bytes, MODEL_BYTES_MAX);
	for (size_t i = 0; i < count && SLOTS_FOR(kept + 1) <= slots_count; i++) {
		if (bytes.len + rows[i].bytes + slots_count * 4 > budget)
			break;
		if (!place_row(slots, slots_count, rows[i].key, bytes.len))
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
	struct model_header header = {.version = MODEL_VERSION, .features = FEATURES_VERSION, .scale = scale, .temperature = learned->temperature};
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

bool model_amend(const char *path, struct slice card, float temperature, struct error *error)
{
	struct model_header header;
	struct model model;
	struct arena arena;
	struct slice bytes;
	struct buf out;
	bool fine = false;

	if (!model_open(&model, path, error))
		return false;
	arena_init(&arena, 1u << 30);
	buf_init(&out, MODEL_BYTES_MAX);
	if (!lists_read_file(&arena, path, &bytes, error))
		goto out;
	memcpy(&header, bytes.ptr, sizeof header);
	header.temperature = temperature > 0 ? temperature : header.temperature;
	size_t behind = (size_t)header.sections[MODEL_CARD].offset + MODEL_CARD_ROOM;
	buf_append_bytes(&out, &header, sizeof header);
	if (!put_card(&out, &header, card.len > 0 ? card : model.card, error))
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
	model_close(&model);
	return fine;
}
