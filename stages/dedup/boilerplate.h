/* boilerplate: which paragraphs of a host's articles are not content: bios, newsletter lines, notices.
 *
 * Learned from the stream, per host: a paragraph that two articles with otherwise different text have carried is boilerplate in
 * the third. Copies and revisions of one article teach nothing: a sighting counts by its context, the article's longest other
 * paragraph. Memory is bounded per host: two generations of 64 articles each; what isn't seen for a generation is forgotten, and
 * a host that is silent for the window is dropped. Every host is a fold over its own articles alone, so the answer doesn't depend
 * on partitions. */
#ifndef COPYDESK_BOILERPLATE_H
#define COPYDESK_BOILERPLATE_H

#include "base/arena.h"
#include "base/error.h"
#include "base/buf.h"
#include "dedup/normal.h"

struct boilerplate;

struct boilerplate *boilerplate_create(void);
void boilerplate_destroy(struct boilerplate **boilerplate);

#define BOILERPLATE_BLOCKS 255 /* paragraphs of an article that are asked about: the first 128 and the last 127 */

struct sighting {
	uint32_t block;
	uint16_t context;
};

/* Whether each of an article's paragraphs is boilerplate, before the article is counted. */
void boilerplate_learn(struct boilerplate *boilerplate, uint64_t host, int64_t time, const struct sighting *blocks, size_t count,
	bool *known);
/* Forgets hosts last heard of before `time`. */
void boilerplate_expire(struct boilerplate *boilerplate, int64_t time);
size_t boilerplate_bytes(const struct boilerplate *boilerplate);

/* A snapshot. Loading goes into an empty one; false on damage, with snapshot_damaged. */
void boilerplate_save(const struct boilerplate *boilerplate, struct buf *out);
bool boilerplate_load(struct boilerplate *boilerplate, struct slice bytes, struct error *error);

/* The sightings of an article (arena memory) and the passage of each. Paragraphs of fewer than four words are left out. */
struct sighting *boilerplate_sightings(struct arena *arena, const struct normal_text *body, size_t *count, size_t **passages);

#endif
