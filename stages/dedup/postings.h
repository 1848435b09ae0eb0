/* postings: which articles have a content key, seven bytes each.
 *
 * A key keeps its first eight and its last eight articles: a press release on 5,000 sites still finds the first, and a phrase
 * that everybody uses costs no more than 16 slots. Keys are told apart by 32 bits, of which eight are the piece of the table
 * (slots.h); a false friend is sorted out when sketches are compared. */
#ifndef COPYDESK_POSTINGS_H
#define COPYDESK_POSTINGS_H

#include "base/buf.h"
#include "base/error.h"
#include "dedup/roster.h"

#define POSTINGS_KEPT 16

struct postings;

struct postings *postings_create(void);
void postings_destroy(struct postings **postings);

/* Writes the numbers of the other articles under `key` to `found`, in their order, and returns how many; then adds article
 * `number` of `roster`, unless it is there. */
size_t postings_add(
	struct postings *postings, const struct roster *roster, uint64_t key, uint32_t number, uint32_t found[POSTINGS_KEPT]);
size_t postings_bytes(const struct postings *postings);

/* A snapshot without numbers below `first`. */
void postings_save(const struct postings *postings, uint32_t first, struct buf *out);
/* Numbers are counted from 0 in a snapshot, and then. False on damage, such as a number from `end` on. */
bool postings_load(struct postings *postings, uint32_t end, struct slice bytes, struct error *error);

#endif
