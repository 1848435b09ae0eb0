/* hash: XXH3 (xxhash 0.8), the only hash of the project. Values are stable across machines and runs: ids and replays rely on
 * it. */
#ifndef COPYDESK_HASH_H
#define COPYDESK_HASH_H

#include "base/slice.h"

struct hash128 {
	uint64_t low, high;
};

/* Of the bytes; of nothing (a NULL ptr, too) as of an empty text. No key, no secret: not for tables that a stranger fills on
 * purpose. */
uint64_t hash64(struct slice s);
uint64_t hash64_seeded(struct slice s, uint64_t seed);
struct hash128 hash_wide(struct slice s);
/* Finaliser of MurmurHash3 (Appleby, public domain): a bijection that mixes all bits of an integer. */
uint64_t hash_mix(uint64_t value);
/* 32 lower-case hex digits and a NUL. */
void hash_hex(struct hash128 hash, char out[33]);

#endif
