/* transaction: outputs and the input's offsets become visible together, or not at all.
 *
 * The errors of librdkafka's transactional API have three meanings, and this file is where they are told apart: again (the same
 * call is made again), abort (undo and rewind), fatal (the process ends, the supervisor starts it anew). At least once is the
 * same loop without the transaction: flush, then commit the offsets; what was sent before a failure stays and is sent again. */
#ifndef COPYDESK_TRANSACTION_H
#define COPYDESK_TRANSACTION_H

#include "kafka/assignment.h"
#include "kafka/consumer.h"
#include "kafka/producer.h"

enum transaction_result { TRANSACTION_DONE, TRANSACTION_ABORTED, TRANSACTION_FATAL };

struct transaction {
	struct consumer *consumer;
	struct producer *producer;
	const char *topic; /* whose offsets are committed */
	bool exactly_once;
	bool open;
	int64_t begun_us; /* monotonic */
};

/* Fences off an older process of the same instance and aborts what it left. Tries again until `give_up` says so. */
bool transaction_init(struct transaction *transaction, struct consumer *consumer, struct producer *producer,
	const struct config *config, bool (*give_up)(void), struct error *error);
/* Opens one if none is open. False: fatal. */
bool transaction_begin(struct transaction *transaction, struct error *error);
/* Commits what was sent and the positions and marks of all dirty partitions; `clean`: the partitions that are `leaving` (or all,
 * if `all`) get the mark of an owner that left in good order. DONE: the partitions' committed state is updated. ABORTED: it was
 * aborted, `error` says why; the caller rewinds. `check` is asked after everything is delivered and before the offsets are
 * sent. */
enum transaction_result transaction_commit(struct transaction *transaction, struct assignment *assignment, bool leaving, bool all,
	bool (*check)(void *context, struct error *error), void *context, struct error *error);
enum transaction_result transaction_abort(struct transaction *transaction, struct error *error);

#endif
