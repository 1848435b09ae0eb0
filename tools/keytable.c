/* keytable: see keytable.h. Linear probing; removal closes the gap (Knuth, TAOCP 6.4, algorithm R), so that no tombstones
 * gather. */
#include "tools/keytable.h"

#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>

enum { FIRST_CAPACITY = 1024 };

static bool same(struct hash128 a, struct hash128 b) { return a.low == b.low && a.high == b.high; }

/* Where the key is, or the free slot where it would go. */
static size_t slot_of(const struct keytable *table, struct hash128 key)
{
	size_t at = (size_t)key.low & (table->capacity - 1);

	while (table->slots[at].value && !same(table->slots[at].key, key))
		at = (at + 1) & (table->capacity - 1);
	return at;
}

void keytable_release(struct keytable *table)
{
	free(table->slots);
	*table = (struct keytable)KEYTABLE_INIT;
}

uint64_t keytable_get(const struct keytable *table, struct hash128 key)
{
	return table->capacity ? table->slots[slot_of(table, key)].value : 0;
}

static void grow(struct keytable *table)
{
	struct keytable old = *table;

	table->capacity = old.capacity ? old.capacity * 2 : FIRST_CAPACITY;
	table->slots = calloc(table->capacity, sizeof *table->slots);
	if (!table->slots) {
		fprintf(stderr, "copydesk: no memory for %zu records; take a smaller range\n", old.count);
		exit(EX_OSERR);
	}
	for (size_t i = 0; i < old.capacity; i++)
		if (old.slots[i].value)
			table->slots[slot_of(table, old.slots[i].key)] = old.slots[i];
	free(old.slots);
}

static void take_out(struct keytable *table, size_t gap)
{
	size_t mask = table->capacity - 1;

	table->slots[gap].value = 0;
	table->count--;
	for (size_t at = (gap + 1) & mask; table->slots[at].value; at = (at + 1) & mask) {
		size_t home = (size_t)table->slots[at].key.low & mask;
		if (((at - home) & mask) < ((at - gap) & mask))
			continue; /* its home lies behind the gap */
		table->slots[gap] = table->slots[at];
		table->slots[at].value = 0;
		gap = at;
	}
}

void keytable_set(struct keytable *table, struct hash128 key, uint64_t value)
{
	if (table->count * 4 >= table->capacity * 3)
		grow(table);
	size_t at = slot_of(table, key);
	bool there = table->slots[at].value != 0;
	if (value) {
		table->slots[at] = (struct keytable_slot){key, value};
		table->count += !there;
	} else if (there) {
		take_out(table, at);
	}
}
