/* pack: compiles everything that was learned and listed into a model file. */
#ifndef COPYDESK_PACK_H
#define COPYDESK_PACK_H

#include "base/arena.h"
#include "base/error.h"
#include "tag/model.h"
#include "tag/train/crf.h"
#include "tag/train/lists.h"
#include "tag/train/netweights.h"

#define MODEL_CARD_ROOM 4096 /* whatever the card's length, the same weights fit: figures can be put in once they are known */

/* What a model is made of; `network` NULL: it has none. */
struct learned {
	const struct crf *first, *second; /* passes */
	const struct net_weights *network;
	float share;       /* of the network's scores in the sum */
	float temperature; /* of the sum */
};

/* Weights as whole units of `scale`, the strongest rows that fit in the file; writes it. */
bool model_pack(const char *path, struct slice card, const struct learned *learned, float scale, const struct lists *lists,
	struct error *error);
/* Puts another card into a model file, unless it is empty, and another temperature, unless it is 0. */
bool model_amend(const char *path, struct slice card, float temperature, struct error *error);

#endif
