/* sketch: what the index keeps of an article: a few hundred bytes that say how much two articles have in common, and in what they
 * differ.
 *
 * A sample holds the smallest hashes of a set (bottom-k: Broder, "On the resemblance and containment of documents", 1997; Cohen
 * and Kaplan, "Summarizing data using bottom-k sketches", 2007). Two samples are compared below the smaller of their thresholds,
 * where both are complete; so Jaccard and containment both way come from one sample, however different the sizes. Five sets are
 * sampled:
 *   body      shingles of four words (see normal.h for other scripts): the share of text in common
 *   lead      shingles of the first 40 words: news is cut from the end, and what quotes another report has another lead
 *   numbers, names    what template stories and corrections differ in
 *   headline  its words
 * Body hashes keep 20 bits, the others 16: by chance alone two full samples of texts of 280 words share .02 and .004 items. Kept
 * as gaps (rice.h), a hash costs the bits that tell it from its neighbours. */
#ifndef COPYDESK_SKETCH_H
#define COPYDESK_SKETCH_H

#include "base/buf.h"
#include "dedup/normal.h"

#define SAMPLE_MAX 64

enum sample_name { SAMPLE_BODY, SAMPLE_LEAD, SAMPLE_NUMBERS, SAMPLE_NAMES, SAMPLE_HEADLINE, SAMPLE_COUNT };

struct sample {
	uint32_t size;  /* items kept */
	uint32_t items[SAMPLE_MAX]; /* ascending, distinct */
};

struct sketch {
	struct slice id; /* of the article, as shortid.h keeps it; at most 255 bytes */
	int64_t time;    /* event time, s UTC */
	uint64_t exact;  /* hash of the content's tokens */
	uint64_t url;    /* hash of the normalised URL, 0 without one */
	uint32_t headline_hash;
	uint32_t words;  /* of the content, in words of weight 3; at most 65535 */
	struct sample samples[SAMPLE_COUNT];
};

/* The content keys of an article: articles that share one are compared. */
#define SKETCH_KEYS 8

struct sketch_keys {
	uint64_t keys[SKETCH_KEYS]; /* distinct */
	size_t count;
};

/* Fills samples, exact and words from the passages of `body` that `skip` (one flag a passage, or NULL) leaves, and the keys: the
 * five smallest shingle hashes of the body and the three smallest of the lead. A text too short for a shingle counts as one
 * shingle. */
void sketch_build(struct arena *arena, const struct normal_text *headline, const struct normal_text *body, const bool *skip,
	struct sketch *sketch, struct sketch_keys *keys);

/* Appends it as sketch_unpack() reads it. */
void sketch_pack(const struct sketch *sketch, struct buf *out);
/* `sketch->id` points into `bytes`. False on damage. */
bool sketch_unpack(struct slice bytes, struct sketch *sketch);

#endif
