/* hash: see hash.h. */
#include "base/hash.h"

#include "base/digits.h"

#include <xxhash.h>

uint64_t hash64(struct slice s)
{
	return XXH3_64bits(s.ptr ? s.ptr : "", s.len);
}

uint64_t hash64_seeded(struct slice s, uint64_t seed)
{
	return XXH3_64bits_withSeed(s.ptr ? s.ptr : "", s.len, seed);
}

struct hash128 hash_wide(struct slice s)
{
	XXH128_hash_t hash = XXH3_128bits(s.ptr ? s.ptr : "", s.len);
	return (struct hash128){hash.low64, hash.high64};
}

uint64_t hash_mix(uint64_t value)
{
	value ^= value >> 33;
	value *= 0xFF51AFD7ED558CCDu;
	value ^= value >> 33;
	value *= 0xC4CEB9FE1A85EC53u;
	value ^= value >> 33;
	return value;
}

void hash_hex(struct hash128 hash, char out[33])
{
	*digits_hex(digits_hex(out, hash.high), hash.low) = '\0';
}
