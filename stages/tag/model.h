/* model: the trained file, mapped and never trusted: magic, version, sizes and an XXH3 checksum are checked at load, and so is every
 * offset that decoding will follow. Numbers are little-endian.
 *
 *   header   struct model_header
 *   sections in the order of enum model_section, each aligned to 16 bytes, at header.sections[i]
 *
 * Weights: a slot is 10 bits of the feature's hash and 22 bits of row offset in units of 2 bytes (0xFFFFFFFF: empty), probed linearly
 * from where the whole hash falls among the slots. A row is a set of labels (32 bits) and one signed byte for each. All scores share one scale. */
#ifndef COPYDESK_MODEL_H
#define COPYDESK_MODEL_H

#include "base/error.h"
#include "tag/labels.h"
#include "tag/lexicon.h"
#include "tag/network.h"

#define MODEL_MAGIC "CDTAGGER"
#define MODEL_VERSION 4
#define MODEL_BYTES_MAX (8u << 20)
#define MODEL_TEMPERATURE_LEAST 0.1f
#define MODEL_TEMPERATURE_MOST 10.0f
#define MODEL_EMPTY 0xFFFFFFFFu
#define MODEL_MARK 0x3FFu /* the bits of a hash that its slot keeps: those that say least of where it falls */

enum model_section {
	MODEL_CARD,        /* UTF-8 text: name, sources, figures */
	MODEL_SLOTS,       /* uint32 */
	MODEL_ROWS,        /* bytes */
	MODEL_TRANSITIONS, /* int16 [2 passes][LABELS][LABELS] */
	MODEL_CLUSTERS,    /* struct cluster_slot */
	MODEL_NAMES,       /* uint16 [LEXICON_SETS], then uint32 slots; see lexicon.h */
	MODEL_PLACES,      /* struct place_record, sorted by hash; see places.h */
	MODEL_FAMILIES,    /* struct family [LEXICON_FAMILIES], then uint32 slots; see lexicon.h */
	MODEL_CODES,       /* struct lexicon_coded [slots of MODEL_FAMILIES / 32], then the members' codes; see lexicon.h */
	MODEL_NETWORK,     /* see network.h */
	MODEL_SECTIONS
};

struct model_header {
	char magic[8];
	uint32_t version, features; /* MODEL_VERSION, FEATURES_VERSION */
	uint64_t checksum;          /* of all bytes behind this field */
	uint64_t bytes;             /* of the file */
	float scale;                /* score of one unit of weight */
	float temperature;          /* what scores are divided by to say how likely something is; see posterior.h */
	struct {
		uint64_t offset, bytes;
	} sections[MODEL_SECTIONS];
};

struct model {
	void *map;
	size_t map_bytes;
	float scale, temperature;
	const uint32_t *slots;
	uint32_t slot_count;
	const unsigned char *rows;
	size_t row_bytes;
	int32_t transitions[2][LABELS][LABELS]; /* forbidden ones are hugely negative */
	struct lexicon lexicon;
	struct network network; /* none in a file without its section */
	const void *places;
	size_t place_count;
	struct slice card;
};

/* The path of a model by name: the installed one, one beside the program, the source tree's; false if none can be read. A name with a slash
 * is the path itself, whatever is there. */
bool model_find(const char *name, char path[4096]);
/* Maps and checks the file. Codes: model_missing, model_damaged, model_version. */
bool model_open(struct model *model, const char *path, struct error *error);
/* The same over bytes in memory (aligned to 16), which must outlive the model; model_close() releases what it made of them. */
bool model_read(struct model *model, struct slice bytes, struct error *error);
void model_close(struct model *model);

/* Where a feature's slot is looked for first, among `count` of them (Lemire 2019, "Fast random integer generation in an interval"). */
static inline uint32_t model_place(uint32_t feature, uint32_t count) { return (uint32_t)((uint64_t)feature * count >> 32); }

/* Adds the weights of `count` features, at most FEATURES_MAX, to `scores`. */
void model_add(const struct model *model, const uint32_t *features, size_t count, int32_t scores[LABELS]);

#endif
