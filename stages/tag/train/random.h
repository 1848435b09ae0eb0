/* random: the trainer's own random numbers, the same everywhere: splitmix64 (Vigna, public domain). */
#ifndef COPYDESK_RANDOM_H
#define COPYDESK_RANDOM_H

#include <stddef.h>
#include <stdint.h>

static inline uint64_t random_next(uint64_t *state)
{
	uint64_t z = (*state += 0x9E3779B97F4A7C15u);

	z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
	z = (z ^ z >> 27) * 0x94D049BB133111EBu;
	return z ^ z >> 31;
}

/* Puts 0 … count - 1, or any other numbers, into another order. */
static inline void random_shuffle(uint64_t *state, uint32_t *order, size_t count)
{
	for (size_t i = count; i > 1; i--) {
		size_t j = random_next(state) % i;
		uint32_t swap = order[i - 1];
		order[i - 1] = order[j];
		order[j] = swap;
	}
}

#endif
