/* revisions: the articles seen at a URL, newest last: an unbroken chain.
 *
 * Order is the order of this log. A text that equals the URL's newest one is no revision; one that goes back to an older text is.
 * A URL keeps its last eight; URLs are told apart by 48 bits, and who asks compares the full hash in the article's record. */
#ifndef COPYDESK_REVISIONS_H
#define COPYDESK_REVISIONS_H

#include "base/buf.h"
#include "base/error.h"
#include "dedup/roster.h"

#define REVISIONS_NONE UINT32_MAX

struct revisions;

struct revision {
	uint32_t previous; /* number of the article that was the URL's newest before, REVISIONS_NONE if there was none */
	uint32_t revision; /* place in the chain: 0 for the first; of an unchanged text, its predecessor's */
};

struct revisions *revisions_create(void);
void revisions_destroy(struct revisions **revisions);
/* The place of article `number`, whose text hashes to `content`, in the chain of `url`; the same again when it is added again.
 * Articles of `roster` from before `oldest` (s UTC) don't count. */
struct revision revisions_add(struct revisions *revisions, const struct roster *roster, int64_t oldest, uint64_t url,
	uint32_t content, uint32_t number);
/* Memory held. */
size_t revisions_bytes(const struct revisions *revisions);
/* A snapshot without numbers below `first`. */
void revisions_save(const struct revisions *revisions, uint32_t first, struct buf *out);
/* Numbers are counted from 0 in a snapshot, and then. False on damage, such as a number from `end` on. */
bool revisions_load(struct revisions *revisions, uint32_t end, struct slice bytes, struct error *error);

#endif
