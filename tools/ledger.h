/* ledger: what became of each record of a stretch of a topic: two bytes an offset, so that millions fit. Pure bookkeeping, no
 * Kafka.
 *
 * A record must have exactly one end: emitted (one or more outputs, each once a run), dropped, or dead. */
#ifndef COPYDESK_LEDGER_H
#define COPYDESK_LEDGER_H

#include "base/slice.h"
#include "tools/keytable.h"

#define LEDGER_OUTPUTS 8

enum ledger_mark {
	LEDGER_IN = 1 << 0,
	LEDGER_DEAD = 1 << 1,
	LEDGER_DROPPED = 1 << 2,
	LEDGER_REPEATED = 1 << 3,
	LEDGER_EMITTED = 1 << 4,
	LEDGER_PENDING = 1 << 5, /* behind the group's position */
	LEDGER_OUTPUT = 1 << 8,  /* the first output; the next are the next bits */
};

struct ledger_partition {
	int64_t start, end;
	uint16_t *marks; /* of [start, end) */
};

struct ledger {
	struct ledger_partition *partitions;
	size_t count;
	struct keytable others; /* outputs that aren't a record's first of the live run */
};

void ledger_init(struct ledger *ledger, size_t partitions);
void ledger_release(struct ledger *ledger);
/* Makes room for [start, end); false without memory. */
bool ledger_open(struct ledger *ledger, int32_t partition, int64_t start, int64_t end);

/* All but these offsets are ignored. `behind`: not yet committed by the stage. */
void ledger_take(struct ledger *ledger, int32_t partition, int64_t offset, bool behind);
/* An output, by the coordinates of its source. `id`: its ce_id, `place`: its copydesk-source, `run`: its copydesk-run; all three
 * and `output` make it the same output or another. Returns false if this very one was seen before (the record is then marked
 * repeated). */
bool ledger_emitted(struct ledger *ledger, int32_t partition, int64_t offset, size_t output, struct slice id, struct slice place,
	struct slice run);
bool ledger_dead(struct ledger *ledger, int32_t partition, int64_t offset);
void ledger_dropped(struct ledger *ledger, int32_t partition, int64_t offset);

/* NULL outside. */
uint16_t *ledger_mark(const struct ledger *ledger, int32_t partition, int64_t offset);
static inline bool mark_is_missing(uint16_t mark)
{
	return (mark & LEDGER_IN) && !(mark & (LEDGER_DEAD | LEDGER_DROPPED | LEDGER_EMITTED | LEDGER_PENDING));
}
/* More than one end: an output twice, or both outputs and a dead letter. */
static inline bool mark_is_repeated(uint16_t mark)
{
	return (mark & LEDGER_IN) && ((mark & LEDGER_REPEATED) || ((mark & LEDGER_DEAD) && (mark & LEDGER_EMITTED)));
}

struct ledger_sums {
	int64_t in, emitted, dead, dropped, pending, missing, repeated;
};
/* Each record counts once: as repeated or missing, else by its end. in = emitted + dead + dropped + pending + missing +
 * repeated. */
struct ledger_sums ledger_sum(const struct ledger *ledger);

#endif
