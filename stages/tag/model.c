/* model: see model.h. */
#include "tag/model.h"

#include "base/hash.h"
#include "tag/features.h"
#include "tag/placenames.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#if defined __SSE2__
#include <emmintrin.h>
#endif

static bool damaged(struct error *error, const char *what)
{
	return error_set(error, "model_damaged", "%s; install the model file again", what);
}

static struct slice section(struct slice bytes, const struct model_header *header, enum model_section which)
{
	return slice_make(bytes.ptr + header->sections[which].offset, (size_t)header->sections[which].bytes);
}

static bool check_header(const struct model_header *header, struct slice bytes, struct error *error)
{
	size_t covered = offsetof(struct model_header, checksum) + sizeof header->checksum;

	if (memcmp(header->magic, MODEL_MAGIC, sizeof header->magic) != 0)
		return damaged(error, "it is not a model file");
	if (header->version != MODEL_VERSION || header->features != FEATURES_VERSION)
		return error_set(error, "model_version", "it has version %u.%u and this program reads %d.%d; train it again or install the one that came with the program",
			header->version, header->features, MODEL_VERSION, FEATURES_VERSION);
	if (header->bytes != bytes.len)
		return damaged(error, "it was cut short or has bytes behind its end");
	if (hash64(slice_sub(bytes, covered, bytes.len)) != header->checksum)
		return damaged(error, "its checksum is wrong");
	if (!(header->temperature >= MODEL_TEMPERATURE_LEAST && header->temperature <= MODEL_TEMPERATURE_MOST) || !(header->scale > 0 && header->scale < 1))
		return damaged(error, "its scores have no sound scale");
	for (int i = 0; i < MODEL_SECTIONS; i++) {
		uint64_t offset = header->sections[i].offset, size = header->sections[i].bytes;
		if (offset % 16 != 0 || offset > bytes.len || size > bytes.len - offset)
			return damaged(error, "a section lies outside of it");
	}
	return true;
}

/* The number of slots in a section of items of `size` bytes: 0, or a power of two. False for anything else. */
static bool slot_count(struct slice s, size_t size, size_t *count)
{
	*count = s.len / size;
	return s.len % size == 0 && (*count & (*count - 1)) == 0;
}

static bool read_weights(struct model *model, struct slice slots, struct slice rows, struct error *error)
{
	size_t count = slots.len / sizeof(uint32_t), empty = 0;

	if (slots.len % sizeof(uint32_t) != 0 || count == 0)
		return damaged(error, "its table of weights has no sound size");
	model->slots = (const uint32_t *)(const void *)slots.ptr;
	model->slot_count = (uint32_t)count;
	model->rows = (const unsigned char *)rows.ptr;
	model->row_bytes = rows.len;
	for (size_t i = 0; i < count; i++) {
		if (model->slots[i] == MODEL_EMPTY) {
			empty++;
			continue;
		}
		size_t at = (size_t)(model->slots[i] & 0x3FFFFF) * 2;
		uint32_t labels;
		if (at + sizeof labels > rows.len)
			return damaged(error, "a weight lies outside of it");
		memcpy(&labels, model->rows + at, sizeof labels);
		if (labels >> LABELS || at + sizeof labels + (size_t)__builtin_popcount(labels) > rows.len)
			return damaged(error, "a weight lies outside of it");
	}
	return empty > 0 || damaged(error, "its table of weights is full");
}

static bool read_transitions(struct model *model, struct slice s, struct error *error)
{
	const int16_t *given = (const int16_t *)(const void *)s.ptr;

	if (s.len < sizeof(int16_t) * 2 * LABELS * LABELS)
		return damaged(error, "its transitions are incomplete");
	for (int pass = 0; pass < 2; pass++)
		for (int from = 0; from < LABELS; from++)
			for (int to = 0; to < LABELS; to++, given++)
				model->transitions[pass][from][to] = label_allows(from, to) ? *given : INT32_MIN / 4;
	return true;
}

static bool read_lexicon(struct model *model, struct slice clusters, struct slice names, struct error *error)
{
	size_t count, empty = 0;

	if (clusters.len > 0) {
		if (!slot_count(clusters, sizeof(struct cluster_slot), &count))
			return damaged(error, "its word clusters have no sound size");
		model->lexicon.clusters = (const struct cluster_slot *)(const void *)clusters.ptr;
		model->lexicon.cluster_mask = (uint32_t)count - 1;
		for (size_t i = 0; i < count; i++)
			empty += model->lexicon.clusters[i].coarse == 0;
		if (empty == 0)
			return damaged(error, "its word clusters are full");
	}
	if (names.len > 0) {
		size_t sets = LEXICON_SETS * sizeof(uint16_t);
		if (names.len <= sets || !slot_count(slice_sub(names, sets, names.len), sizeof(uint32_t), &count))
			return damaged(error, "its gazetteer has no sound size");
		model->lexicon.sets = (const uint16_t *)(const void *)names.ptr;
		model->lexicon.names = (const uint32_t *)(const void *)(names.ptr + sets);
		model->lexicon.name_mask = (uint32_t)count - 1;
		empty = 0;
		for (size_t i = 0; i < count; i++)
			empty += model->lexicon.names[i] == 0;
		if (empty == 0)
			return damaged(error, "its gazetteer is full");
	}
	return true;
}

static bool read_families(struct model *model, struct slice s, struct error *error)
{
	size_t count, empty = 0, table = LEXICON_FAMILIES * sizeof(struct family);

	if (s.len == 0)
		return true;
	if (s.len <= table || !slot_count(slice_sub(s, table, s.len), sizeof(uint32_t), &count))
		return damaged(error, "its word families have no sound size");
	model->lexicon.families = (const struct family *)(const void *)s.ptr;
	model->lexicon.members = (const uint32_t *)(const void *)(s.ptr + table);
	model->lexicon.member_mask = (uint32_t)count - 1;
	for (size_t i = 0; i < count; i++)
		empty += model->lexicon.members[i] == 0;
	return empty > 0 || damaged(error, "its word families are full");
}

static bool read_codes(struct model *model, struct slice s, struct error *error)
{
	size_t groups = ((size_t)model->lexicon.member_mask + 1) / 32;
	uint32_t members = 0;

	if (s.len == 0)
		return true;
	if (!model->lexicon.members || s.len < groups * sizeof(struct lexicon_coded))
		return damaged(error, "its words' codes have no sound size");
	model->lexicon.coded = (const struct lexicon_coded *)(const void *)s.ptr;
	model->lexicon.codes = (const uint8_t *)s.ptr + groups * sizeof(struct lexicon_coded);
	for (size_t i = 0; i < groups; i++) {
		if (model->lexicon.coded[i].before != members)
			return damaged(error, "its words' codes aren't in order");
		members += (uint32_t)__builtin_popcount(model->lexicon.coded[i].marks);
	}
	return s.len == groups * sizeof(struct lexicon_coded) + (size_t)members * LEXICON_PARTS ||
		damaged(error, "its words' codes are incomplete");
}

static bool read_network(struct model *model, struct slice s, struct error *error)
{
	const char *what;

	return network_read(&model->network, s, &what) || damaged(error, what);
}

static bool read_places(struct model *model, struct slice s, struct error *error)
{
	const struct place_record *records = (const struct place_record *)(const void *)s.ptr;

	if (s.len % sizeof *records != 0)
		return damaged(error, "its places have no sound size");
	model->places = s.ptr;
	model->place_count = s.len / sizeof *records;
	for (size_t i = 1; i < model->place_count; i++)
		if (records[i].hash < records[i - 1].hash)
			return damaged(error, "its places aren't in order");
	return true;
}

bool model_read(struct model *model, struct slice bytes, struct error *error)
{
	struct model_header header;

	*model = (struct model){0};
	if (bytes.len < sizeof header)
		return damaged(error, "it is too short for a model file");
	memcpy(&header, bytes.ptr, sizeof header);
	if (!check_header(&header, bytes, error))
		return false;
	model->scale = header.scale;
	model->temperature = header.temperature;
	model->card = section(bytes, &header, MODEL_CARD);
	bool sound = read_weights(model, section(bytes, &header, MODEL_SLOTS), section(bytes, &header, MODEL_ROWS), error) &&
	       read_transitions(model, section(bytes, &header, MODEL_TRANSITIONS), error) &&
	       read_lexicon(model, section(bytes, &header, MODEL_CLUSTERS), section(bytes, &header, MODEL_NAMES), error) &&
	       read_families(model, section(bytes, &header, MODEL_FAMILIES), error) &&
	       read_codes(model, section(bytes, &header, MODEL_CODES), error) &&
	       read_network(model, section(bytes, &header, MODEL_NETWORK), error) &&
	       read_places(model, section(bytes, &header, MODEL_PLACES), error);
	if (!sound)
		model_close(model);
	return sound;
}

static bool readable(char path[4096], const char *folder, const char *below, const char *name)
{
	int length = snprintf(path, 4096, "%s%s/%s.model", folder, below, name);

	return length > 0 && length < 4096 && access(path, R_OK) == 0;
}

bool model_find(const char *name, char path[4096])
{
	char program[PATH_MAX];
	ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);

	if (strchr(name, '/'))
		return snprintf(path, 4096, "%s", name) < 4096; /* model_open() says what is wrong with it */
	if (length > 0) {
		program[length] = '\0';
		char *slash = strrchr(program, '/');
		*slash = '\0';
		if (readable(path, program, "/../share/copydesk", name) || readable(path, program, "", name))
			return true;
	}
	return readable(path, COPYDESK_MODEL_SOURCE, "", name) || readable(path, COPYDESK_MODEL_DIR, "", name) ||
		readable(path, "/usr/share/copydesk", "", name); /* of a package, where /proc isn't mounted */
}

bool model_open(struct model *model, const char *path, struct error *error)
{
	struct stat status;
	int file = open(path, O_RDONLY | O_CLOEXEC);
	void *map = MAP_FAILED;

	*model = (struct model){0};
	if (file < 0 || fstat(file, &status) != 0) {
		error_set(error, "model_missing", "model %s: %s", path, strerror(errno));
		goto out;
	}
	if (!S_ISREG(status.st_mode)) {
		error_set(error, "model_missing", "model %s: it is no file", path);
		goto out;
	}
	if (status.st_size <= 0 || status.st_size > MODEL_BYTES_MAX) {
		error_set(error, "model_damaged", "model %s has %lld bytes; it may have 1 to %u", path, (long long)status.st_size, MODEL_BYTES_MAX);
		goto out;
	}
	map = mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, file, 0);
	if (map == MAP_FAILED) {
		error_set(error, "model_missing", "model %s: %s", path, strerror(errno));
		goto out;
	}
	if (!model_read(model, slice_make(map, (size_t)status.st_size), error)) {
		error_context(error, "model %s", path);
		munmap(map, (size_t)status.st_size);
		map = MAP_FAILED;
		goto out;
	}
	model->map = map;
	model->map_bytes = (size_t)status.st_size;
out:
	if (file >= 0)
		close(file);
	return map != MAP_FAILED;
}

void model_close(struct model *model)
{
	network_release(&model->network);
	if (model->map)
		munmap(model->map, model->map_bytes);
	*model = (struct model){0};
}

#define PROBES 8 /* slots that are looked at in one go */

/* A bit for each of PROBES slots that ends the search for a mark: it has the mark, or it is empty. */
static inline uint32_t search_ends(const uint32_t *slots, uint32_t mark)
{
#if defined __SSE2__
	const __m128i marks = _mm_set1_epi32((int32_t)mark), empty = _mm_set1_epi32(-1);
	__m128i a = _mm_loadu_si128((const __m128i *)(const void *)slots), b = _mm_loadu_si128((const __m128i *)(const void *)(slots + 4));
	__m128i a_ends = _mm_or_si128(_mm_cmpeq_epi32(_mm_srli_epi32(a, 22), marks), _mm_cmpeq_epi32(a, empty));
	__m128i b_ends = _mm_or_si128(_mm_cmpeq_epi32(_mm_srli_epi32(b, 22), marks), _mm_cmpeq_epi32(b, empty));
	return (uint32_t)_mm_movemask_ps(_mm_castsi128_ps(a_ends)) | (uint32_t)_mm_movemask_ps(_mm_castsi128_ps(b_ends)) << 4;
#else
	uint32_t ends = 0;
	for (uint32_t i = 0; i < PROBES; i++)
		ends |= (uint32_t)(slots[i] >> 22 == mark || slots[i] == MODEL_EMPTY) << i;
	return ends;
#endif
}

/* The slot of a feature, MODEL_EMPTY if the model has none. How many probes that takes nobody can foretell, a processor neither: eight at
 * once are cheaper than one that is guessed wrong. */
static inline uint32_t slot_of(const struct model *model, uint32_t feature)
{
	uint32_t mark = feature & MODEL_MARK, at = model_place(feature, model->slot_count);

	for (; at + PROBES <= model->slot_count; at += PROBES) {
		uint32_t ends = search_ends(model->slots + at, mark);
		if (ends)
			return model->slots[at + (uint32_t)__builtin_ctz(ends)];
	}
	for (;; at = at + 1 < model->slot_count ? at + 1 : 0) /* at the table's end, and over it to its beginning */
		if (model->slots[at] >> 22 == mark || model->slots[at] == MODEL_EMPTY)
			return model->slots[at];
}

static const unsigned char *row_of(const struct model *model, uint32_t slot) { return model->rows + (size_t)(slot & 0x3FFFFF) * 2; }

static void add_row(const unsigned char *row, int32_t scores[LABELS])
{
	const int8_t *weight = (const int8_t *)row + sizeof(uint32_t);
	uint32_t labels;

	memcpy(&labels, row, sizeof labels);
	for (; labels; labels &= labels - 1)
		scores[__builtin_ctz(labels)] += *weight++;
}

void model_add(const struct model *model, const uint32_t *features, size_t count, int32_t scores[LABELS])
{
	uint32_t slots[FEATURES_MAX];
	size_t found = 0;

	/* sweeps, so that the cache misses of all features overlap, and those of all rows */
	for (size_t i = 0; i < count; i++)
		__builtin_prefetch(&model->slots[model_place(features[i], model->slot_count)]);
	for (size_t i = 0; i < count; i++) {
		slots[found] = slot_of(model, features[i]);
		found += slots[found] != MODEL_EMPTY;
	}
	for (size_t i = 0; i < found; i++)
		__builtin_prefetch(row_of(model, slots[i]));
	for (size_t i = 0; i < found; i++)
		add_row(row_of(model, slots[i]), scores);
}
