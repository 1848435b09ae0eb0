/* rice: ascending hashes in few bits. Gaps between the hashes of a set are geometrically distributed, for which Golomb's code is
 * the best there is (Golomb, "Run-length encodings", 1966; Rice and Plaunt, 1971): log2 of the mean gap and a bit and a half
 * each. */
#ifndef COPYDESK_RICE_H
#define COPYDESK_RICE_H

#include "base/buf.h"

struct rice_writer {
	struct buf *out;
	uint64_t bits;
	unsigned count;
};

struct rice_reader {
	const unsigned char *ptr, *end;
	uint64_t bits;
	unsigned count;
	bool bad; /* read past the end, or a number too large */
};

static inline struct rice_writer rice_begin(struct buf *out)
{
	return (struct rice_writer){out, 0, 0};
}

/* `count` ≤ 127 ascending, distinct items. */
void rice_put(struct rice_writer *writer, const uint32_t *items, size_t count);
/* Fills the last byte. */
void rice_end(struct rice_writer *writer);

/* Reads what a rice_writer wrote; `bytes` must outlive it. */
struct rice_reader rice_open(struct slice bytes);
/* At most `most` items, each below 1 << `width`; how many there are. 0 and `bad` on damage. */
size_t rice_get(struct rice_reader *reader, uint32_t *items, size_t most, unsigned width);
/* That nothing is left but the last byte's filling. */
bool rice_finished(const struct rice_reader *reader);

#endif
