/* ledger: see ledger.h. */
#include "tools/ledger.h"

#include "base/hash.h"

#include <stdio.h>
#include <stdlib.h>

void ledger_init(struct ledger *ledger, size_t partitions)
{
	*ledger = (struct ledger){.count = partitions};
	ledger->partitions = calloc(partitions + 1, sizeof *ledger->partitions);
	if (!ledger->partitions)
		abort();
}

void ledger_release(struct ledger *ledger)
{
	for (size_t i = 0; i < ledger->count; i++)
		free(ledger->partitions[i].marks);
	free(ledger->partitions);
	keytable_release(&ledger->others);
	*ledger = (struct ledger){0};
}

bool ledger_open(struct ledger *ledger, int32_t partition, int64_t start, int64_t end)
{
	struct ledger_partition *p = &ledger->partitions[partition];

	p->start = start;
	p->end = end < start ? start : end;
	p->marks = calloc((size_t)(p->end - start) + 1, sizeof *p->marks);
	return p->marks != NULL;
}

uint16_t *ledger_mark(const struct ledger *ledger, int32_t partition, int64_t offset)
{
	if (partition < 0 || (size_t)partition >= ledger->count)
		return NULL;
	const struct ledger_partition *p = &ledger->partitions[partition];
	return p->marks && offset >= p->start && offset < p->end ? &p->marks[offset - p->start] : NULL;
}

static void add(struct ledger *ledger, int32_t partition, int64_t offset, unsigned bits)
{
	uint16_t *mark = ledger_mark(ledger, partition, offset);

	if (mark)
		*mark = (uint16_t)(*mark | bits);
}

void ledger_take(struct ledger *ledger, int32_t partition, int64_t offset, bool behind)
{
	add(ledger, partition, offset, LEDGER_IN | (behind ? LEDGER_PENDING : 0u));
}

bool ledger_emitted(struct ledger *ledger, int32_t partition, int64_t offset, size_t output, struct slice id, struct slice place,
	struct slice run)
{
	uint16_t *mark = ledger_mark(ledger, partition, offset);
	unsigned bit = (unsigned)LEDGER_OUTPUT << output;
	bool seen;

	if (!mark || output >= LEDGER_OUTPUTS)
		return true;
	if (slice_equal(id, place) && slice_is(run, "live")) {
		seen = *mark & bit;
		*mark = (uint16_t)(*mark | bit);
	} else {
		struct hash128 key = hash_wide(id);
		key.low = hash64_seeded(run, key.low + output);
		seen = keytable_get(&ledger->others, key) != 0;
		keytable_set(&ledger->others, key, 1);
	}
	*mark = (uint16_t)((*mark & ~(unsigned)LEDGER_PENDING) | LEDGER_EMITTED | (seen ? LEDGER_REPEATED : 0u));
	return !seen;
}

bool ledger_dead(struct ledger *ledger, int32_t partition, int64_t offset)
{
	uint16_t *mark = ledger_mark(ledger, partition, offset);

	if (!mark)
		return true;
	bool seen = *mark & LEDGER_DEAD;
	*mark = (uint16_t)((*mark & ~(unsigned)LEDGER_PENDING) | LEDGER_DEAD | (seen ? LEDGER_REPEATED : 0u));
	return !seen;
}

void ledger_dropped(struct ledger *ledger, int32_t partition, int64_t offset) { add(ledger, partition, offset, LEDGER_DROPPED); }

struct ledger_sums ledger_sum(const struct ledger *ledger)
{
	struct ledger_sums sums = {0};

	for (size_t i = 0; i < ledger->count; i++) {
		const struct ledger_partition *p = &ledger->partitions[i];
		for (int64_t k = 0; p->marks && k < p->end - p->start; k++) {
			uint16_t mark = p->marks[k];
			if (!(mark & LEDGER_IN))
				continue;
			sums.in++;
			sums.repeated += mark_is_repeated(mark);
			sums.missing += mark_is_missing(mark);
			if (mark_is_repeated(mark) || mark_is_missing(mark))
				continue;
			sums.emitted += (mark & LEDGER_EMITTED) != 0;
			sums.dead += (mark & LEDGER_DEAD) != 0;
			sums.dropped += (mark & LEDGER_DROPPED) != 0;
			sums.pending += (mark & LEDGER_PENDING) != 0;
		}
	}
	return sums;
}
