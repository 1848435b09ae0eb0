/* pack: compiles word lists into a lexicon, and everything into a model file. */
#ifndef COPYDESK_PACK_H
#define COPYDESK_PACK_H

#include "base/arena.h"
#include "base/error.h"
#include "tag/model.h"
#include "tag/train/crf.h"
#include "tag/train/netweights.h"

struct lists {
	struct cluster_slot *clusters;
	size_t cluster_slots;
	uint16_t *sets;
	uint32_t *names;
	size_t name_slots;
	struct family *families;
	uint32_t *members;
	size_t member_slots;
	struct lexicon_coded *coded; /* NULL: no member has codes */
	uint8_t *codes;
	size_t coded_members;
	struct place_record *places;
	size_t place_count;
	struct lexicon lexicon; /* over the above */
};

/* Each line "word TAB fine TAB middle TAB coarse", numbers from 1. */
bool lists_read_clusters(struct lists *lists, struct arena *arena, const char *path, struct error *error);
/* The same, in lower case; behind "coarse" may stand "TAB codes", two hexadecimal digits for each of LEXICON_PARTS. */
bool lists_read_families(struct lists *lists, struct arena *arena, const char *path, struct error *error);
/* Each line "class TAB name", classes named as in enum lexicon_class in lower case ("first_name"). */
bool lists_read_names(struct lists *lists, struct arena *arena, const char *path, struct error *error);
/* Each line "kind TAB country TAB subdivision TAB population TAB latitude TAB longitude TAB name". */
bool lists_read_places(struct lists *lists, struct arena *arena, const char *path, struct error *error);

#define MODEL_CARD_ROOM 4096 /* whatever the card's length, the same weights fit: figures can be put in once they are known */

/* What a model is made of; `network` NULL: it has none. */
struct learned {
	const struct crf *first, *second; /* passes */
	const struct net_weights *network;
	float share; /* of the network's scores in the sum */
};

/* Weights as whole units of `scale`, the strongest rows that fit in the file; writes it. */
bool model_pack(const char *path, struct slice card, const struct learned *learned, float scale, const struct lists *lists,
	struct error *error);
/* Puts another card into a model file. */
bool model_set_card(const char *path, struct slice card, struct error *error);

#endif
