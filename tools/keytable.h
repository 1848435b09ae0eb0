/* keytable: 128-bit keys (hashes of ids) to numbers, for joins over whole topics: 24 bytes a slot, open addressing, at most three
 * quarters full. */
#ifndef COPYDESK_KEYTABLE_H
#define COPYDESK_KEYTABLE_H

#include "base/hash.h"

struct keytable_slot {
	struct hash128 key;
	uint64_t value; /* 0: the slot is free */
};

struct keytable {
	struct keytable_slot *slots;
	size_t capacity, count;
};

#define KEYTABLE_INIT {NULL, 0, 0}

void keytable_release(struct keytable *table);
/* The value kept for a key, 0 if there is none. */
uint64_t keytable_get(const struct keytable *table, struct hash128 key);
/* Sets it; value 0 removes the key. Out of memory ends the program with a message: a join can't go on. */
void keytable_set(struct keytable *table, struct hash128 key, uint64_t value);

#endif
