/* lexicon: what is known about words and names beforehand: word clusters and gazetteers, as sections of the model file.
 *
 * A gazetteer entry is a phrase of up to LEXICON_LONGEST tokens, looked up by a rolling hash of their lower-case forms. */
#ifndef COPYDESK_LEXICON_H
#define COPYDESK_LEXICON_H

#include "base/slice.h"

#define LEXICON_LONGEST 8
#define LEXICON_SETS 1024

/* Classes of the gazetteer, a set of bits an entry. */
enum lexicon_class {
	LEXICON_COUNTRY,
	LEXICON_DEMONYM,     /* nationalities, peoples */
	LEXICON_BELIEF,      /* religions and political groups */
	LEXICON_SUBDIVISION, /* ISO 3166-2 */
	LEXICON_CITY,        /* 150,000 people and more */
	LEXICON_TOWN,
	LEXICON_REGION,      /* continents, seas, ranges, parts of the world */
	LEXICON_FIRST_NAME,
	LEXICON_SURNAME,
	LEXICON_COMMON_SURNAME,
	LEXICON_LANGUAGE,
	LEXICON_ORGANIZATION,
	LEXICON_TITLE,       /* words that stand before a person's name */
	LEXICON_ORG_WORD,    /* last words of organisations' names: Ministry, Bank, University */
	LEXICON_PLACE_WORD,  /* River, Province */
	LEXICON_CLASSES      /* at most 15 */
};
#define LEXICON_MORE (1u << 15) /* a longer entry begins with this phrase */

struct cluster_slot {
	uint32_t hash;
	uint16_t fine;
	uint8_t middle, coarse; /* coarse 0: slot is empty */
};

/* Word families: groups of words of like meaning, made from word vectors; lower-case forms only. Fine families are 1 to LEXICON_FAMILIES - 1;
 * 0 is the unknown word's. */
#define LEXICON_FAMILIES 2048
struct family {
	uint16_t middle, coarse; /* the larger families that it belongs to */
};

/* The codes of a word's vector: the nearest of LEXICON_CODES centres for each of LEXICON_PARTS parts (product quantization; Jégou, Douze,
 * Schmid 2011). The members with codes have theirs in the order of their slots, so that a slot without any costs a bit. */
#define LEXICON_PARTS 10
#define LEXICON_CODES 256
struct lexicon_coded { /* of 32 slots of members */
	uint32_t marks;  /* of those that have codes */
	uint32_t before; /* members with codes in the slots before these */
};

struct lexicon {
	const struct cluster_slot *clusters;
	uint32_t cluster_mask; /* slots - 1; 0 with clusters NULL */
	const uint32_t *names; /* slots: 22 bits of hash, 10 bits of index into sets; 0: empty */
	uint32_t name_mask;
	const uint32_t *members; /* slots: 21 bits of hash, 11 of the fine family; 0: empty */
	uint32_t member_mask;
	const struct family *families; /* LEXICON_FAMILIES of them */
	const struct lexicon_coded *coded; /* NULL: no member has codes */
	const uint8_t *codes; /* LEXICON_PARTS each */
	const uint16_t *sets;  /* LEXICON_SETS sets of class bits; the first is empty */
};

/* The hash of a token's form; case and digits are folded by the caller (see words.h). */
uint64_t lexicon_hash(struct slice form);
/* The phrase hash of `previous` (0: none) and one more token. */
static inline uint64_t lexicon_extend(uint64_t previous, uint64_t token)
{
	uint64_t h = (previous + 0x9E3779B97F4A7C15u) * 0xD6E8FEB86659FD93u ^ token;
	h ^= h >> 32;
	h *= 0xD6E8FEB86659FD93u;
	return h ^ h >> 29;
}
/* Class bits, with LEXICON_MORE; 0 for the unknown. */
uint16_t lexicon_classes(const struct lexicon *lexicon, uint64_t phrase);
/* NULL for the unknown. `form` is case-sensitive. */
const struct cluster_slot *lexicon_cluster(const struct lexicon *lexicon, uint64_t form);
/* The fine family of a lower-case form, 0 for the unknown; `codes` are its LEXICON_PARTS codes, NULL if it has none. */
uint32_t lexicon_family(const struct lexicon *lexicon, uint64_t form, const uint8_t **codes);

#endif
