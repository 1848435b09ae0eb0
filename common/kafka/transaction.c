/* transaction: see transaction.h. */
#include "kafka/transaction.h"

#include "base/clock.h"
#include "base/log.h"
#include "kafka/client.h"
#include "kafka/refusal.h"

#include <unistd.h>

#define AGAIN_PAUSE_US 50000
#define CALL_TIMEOUT_MS 10000
#define REGISTER_TIMEOUT_MS 2000

static rd_kafka_t *handle_of(const struct transaction *transaction) { return producer_handle(transaction->producer); }

/* The group is the consumer's setting. A topic is an output, for they come first; where none was written, offsets need Read on
 * the input (KIP-98, TxnOffsetCommit). The failure itself doesn't tell: a call reports what has failed before it. */
static void judge_refusal(struct transaction *transaction, rd_kafka_resp_err_t code, struct error *error)
{
	rd_kafka_t *handle = code == RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED ? consumer_handle(transaction->consumer)
										  : handle_of(transaction);
	char outputs[300];

	producer_topics_used(transaction->producer, outputs, sizeof(outputs));
	refusal_error(handle, code, outputs[0] ? outputs : transaction->topic, outputs[0] ? "Write" : "Read", error);
}

/* Consumes `failure`. `what` names the call. AGAIN is told by *again. */
static enum transaction_result judge(struct transaction *transaction, rd_kafka_error_t *failure, const char *what, bool *again,
	struct error *error)
{
	enum transaction_result result = TRANSACTION_FATAL;
	char text[300];

	*again = false;
	if (!failure)
		return TRANSACTION_DONE;
	if (refusal_is(rd_kafka_error_code(failure))) {
		judge_refusal(transaction, rd_kafka_error_code(failure), error);
	} else if (rd_kafka_error_is_fatal(failure)) {
		rd_kafka_resp_err_t code = rd_kafka_fatal_error(handle_of(transaction), text, sizeof(text));
		bool fenced = code == RD_KAFKA_RESP_ERR__FENCED || code == RD_KAFKA_RESP_ERR_INVALID_PRODUCER_EPOCH ||
			code == RD_KAFKA_RESP_ERR_PRODUCER_FENCED;
		error_set(error, fenced ? "fenced" : "kafka_fatal", "%s: %s%s", what, rd_kafka_error_string(failure),
			fenced ? ": if another process runs with this instance, give each its own" : "");
	} else if (rd_kafka_error_txn_requires_abort(failure)) {
		error_set(error, "transaction_aborted", "%s: %s", what, rd_kafka_error_string(failure));
		result = TRANSACTION_ABORTED;
	} else if (rd_kafka_error_is_retriable(failure)) {
		error_set(error, "kafka_away", "%s: %s", what, rd_kafka_error_string(failure));
		*again = true;
		usleep(AGAIN_PAUSE_US);
	} else {
		error_set(error, "kafka_fatal", "%s: %s", what, rd_kafka_error_string(failure));
	}
	rd_kafka_error_destroy(failure);
	return result;
}

bool transaction_init(struct transaction *transaction, struct consumer *consumer, struct producer *producer,
	const struct config *config, bool (*give_up)(void), struct error *error)
{
	bool again = true;

	*transaction = (struct transaction){.consumer = consumer, .producer = producer, .topic = config_text(config, "topic.in"),
		.exactly_once = strcmp(config_text(config, "guarantee"), "exactly-once") == 0};
	while (transaction->exactly_once && again) {
		if (judge(transaction, rd_kafka_init_transactions(handle_of(transaction), CALL_TIMEOUT_MS), "init_transactions",
			    &again, error) == TRANSACTION_DONE)
			return true;
		if (!again || give_up())
			return false;
		log_warn("transactions_wait", LOG_STR("text", error->text));
	}
	return true;
}

bool transaction_begin(struct transaction *transaction, struct error *error)
{
	bool again;

	if (transaction->open)
		return true;
	if (transaction->exactly_once &&
		judge(transaction, rd_kafka_begin_transaction(handle_of(transaction)), "begin_transaction", &again, error) !=
			TRANSACTION_DONE)
		return false;
	transaction->open = true;
	transaction->begun_us = clock_monotonic_us();
	producer_begin(transaction->producer);
	return true;
}

enum transaction_result transaction_abort(struct transaction *transaction, struct error *error)
{
	enum transaction_result result = TRANSACTION_DONE;
	bool again = true;

	if (!transaction->open)
		return TRANSACTION_DONE;
	/* librdkafka asks the coordinator to end what it only asked to begin. Where that was put off, as happens right after the
	 * transaction before (CONCURRENT_TRANSACTIONS), there is nothing to end: INVALID_TXN_STATE, which is fatal (librdkafka
	 * issue 4849). A record that has arrived is part of a transaction that has begun. */
	if (transaction->exactly_once)
		producer_await_first(transaction->producer, REGISTER_TIMEOUT_MS);
	while (transaction->exactly_once && again)
		result = judge(
			transaction, rd_kafka_abort_transaction(handle_of(transaction), -1), "abort_transaction", &again, error);
	if (result != TRANSACTION_DONE)
		return TRANSACTION_FATAL;
	transaction->open = false;
	return TRANSACTION_DONE;
}

static rd_kafka_topic_partition_list_t *offsets_to_send(
	const struct transaction *transaction, const struct assignment *assignment, bool leaving, bool all)
{
	rd_kafka_topic_partition_list_t *list = rd_kafka_topic_partition_list_new((int)assignment->count);

	for assignment_each(partition, assignment) {
		char mark[ATTEMPTS_MARK_SIZE] = "";
		bool clean = all || (leaving && partition->leaving);
		if (!clean && !partition_dirty(partition))
			continue;
		rd_kafka_topic_partition_t *item = rd_kafka_topic_partition_list_add(list, transaction->topic, partition->id);
		item->offset = partition->position;
		if (clean)
			continue;
		attempts_mark(&partition->attempts, mark);
		item->metadata = strdup(mark);
		item->metadata_size = item->metadata ? strlen(mark) : 0;
	}
	return list;
}

static void mark_committed(const rd_kafka_topic_partition_list_t *list, struct assignment *assignment)
{
	for (int i = 0; i < list->cnt; i++) {
		struct partition *partition = assignment_find(assignment, list->elems[i].partition);
		partition->committed = list->elems[i].offset;
		partition->attempts_committed = partition->attempts;
		partition->marked = true;
		partition->finished = 0;
	}
}

/* At least once: what was sent is sent; then the offsets. */
static enum transaction_result commit_offsets(
	struct transaction *transaction, rd_kafka_topic_partition_list_t *list, struct error *error)
{
	const struct producer_counts *counts = producer_counts(transaction->producer);
	rd_kafka_resp_err_t code;
	char text[300];

	if (rd_kafka_fatal_error(handle_of(transaction), text, sizeof(text))) {
		error_set(error, "kafka_fatal", "%s", text);
		return TRANSACTION_FATAL;
	}
	if (counts->failed) {
		error_set(error, "delivery_failed", "%llu of %llu records: %s", (unsigned long long)counts->failed,
			(unsigned long long)counts->sent, counts->reason);
		return TRANSACTION_ABORTED;
	}
	code = list->cnt ? rd_kafka_commit(consumer_handle(transaction->consumer), list, 0) : RD_KAFKA_RESP_ERR_NO_ERROR;
	if (!code)
		return TRANSACTION_DONE;
	if (refusal_is(code)) {
		/* What was written is delivered. */
		refusal_error(consumer_handle(transaction->consumer), code, transaction->topic, "Read", error);
		return TRANSACTION_FATAL;
	}
	error_set(error, "transaction_aborted", "commit: %s", rd_kafka_err2str(code));
	return TRANSACTION_ABORTED;
}

static enum transaction_result commit_transaction(
	struct transaction *transaction, rd_kafka_topic_partition_list_t *list, struct error *error)
{
	enum transaction_result result = TRANSACTION_DONE;
	bool again = list->cnt > 0;

	while (again) {
		/* Fresh each time: a rebalance may have come between two tries. */
		rd_kafka_consumer_group_metadata_t *group =
			rd_kafka_consumer_group_metadata(consumer_handle(transaction->consumer));
		result = judge(transaction, rd_kafka_send_offsets_to_transaction(handle_of(transaction), list, group, -1),
			"send_offsets", &again, error);
		rd_kafka_consumer_group_metadata_destroy(group);
	}
	if (result != TRANSACTION_DONE)
		return result;
	do {
		result = judge(transaction, rd_kafka_commit_transaction(handle_of(transaction), -1), "commit_transaction", &again,
			error);
	} while (again);
	return result;
}

enum transaction_result transaction_commit(struct transaction *transaction, struct assignment *assignment, bool leaving, bool all,
	bool (*check)(void *context, struct error *error), void *context, struct error *error)
{
	enum transaction_result result = TRANSACTION_FATAL, undone;
	struct error reason;

	if (!transaction_begin(transaction, error))
		return TRANSACTION_FATAL;
	producer_flush(transaction->producer, -1, error);
	/* A right that is missing isn't there the next time either: no abort and rewind for ever. */
	if (producer_denied(transaction->producer, error))
		return TRANSACTION_FATAL;
	rd_kafka_topic_partition_list_t *list = offsets_to_send(transaction, assignment, leaving, all);
	if (check(context, error))
		result = transaction->exactly_once ? commit_transaction(transaction, list, error)
						   : commit_offsets(transaction, list, error);
	if (result == TRANSACTION_DONE) {
		mark_committed(list, assignment);
		transaction->open = false;
	}
	rd_kafka_topic_partition_list_destroy(list);
	if (result != TRANSACTION_ABORTED)
		return result;
	undone = transaction_abort(transaction, &reason);
	if (undone == TRANSACTION_FATAL)
		*error = reason;
	return undone == TRANSACTION_FATAL ? TRANSACTION_FATAL : TRANSACTION_ABORTED;
}
