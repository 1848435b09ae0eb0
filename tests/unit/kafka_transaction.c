/* A transaction is undone, whatever the coordinator has made of it so far. Brokers: librdkafka's mock cluster. */
#include "unit.h"

#include "kafka/transaction.h"
#include "run/options.h"
#include "toy.h"

#include <librdkafka/rdkafka.h>
#include <librdkafka/rdkafka_mock.h>

#define ADD_PARTITIONS_TO_TXN 24 /* Kafka protocol, API keys */

struct bench {
	rd_kafka_t *host;
	rd_kafka_mock_cluster_t *cluster;
	struct config *config;
	struct producer *producer;
	struct transaction transaction;
	int topic;
	struct error error;
};

static bool never(void) { return false; }

static void open_bench(struct bench *bench)
{
	char text[300];

	*bench = (struct bench){0};
	bench->host = rd_kafka_new(RD_KAFKA_PRODUCER, rd_kafka_conf_new(), text, sizeof(text));
	bench->cluster = rd_kafka_mock_cluster_new(bench->host, 1);
	assert_int_equal(rd_kafka_mock_topic_create(bench->cluster, "toy.out", 3, 1), RD_KAFKA_RESP_ERR_NO_ERROR);
	bench->config = options_config(&TOY);
	snprintf(text, sizeof(text), "kafka.bootstrap.servers=%s", rd_kafka_mock_cluster_bootstraps(bench->cluster));
	assert_true(config_set_pair(bench->config, text, &bench->error));
	bench->producer = producer_create(bench->config, 0, &bench->error);
	assert_non_null(bench->producer);
	bench->topic = producer_topic(bench->producer, "toy.out", 1 << 20, &bench->error);
	assert_int_equal(bench->topic, 0);
	assert_true(transaction_init(&bench->transaction, NULL, bench->producer, bench->config, never, &bench->error));
}

static void close_bench(struct bench *bench)
{
	producer_destroy(&bench->producer);
	config_destroy(&bench->config);
	rd_kafka_mock_cluster_destroy(bench->cluster);
	rd_kafka_destroy(bench->host);
}

static void send_one(struct bench *bench)
{
	struct coordinates from = {0};

	assert_true(transaction_begin(&bench->transaction, &bench->error));
	assert_true(producer_send(bench->producer, bench->topic, slice_of("key"), slice_of("value"), NULL, 0, 0, &from, &bench->error));
}

static void an_abort_waits_until_there_is_something_to_abort(void **state)
{
	struct bench bench;
	(void)state;

	open_bench(&bench);
	rd_kafka_mock_push_request_errors(bench.cluster, ADD_PARTITIONS_TO_TXN, 3, RD_KAFKA_RESP_ERR_CONCURRENT_TRANSACTIONS,
		RD_KAFKA_RESP_ERR_CONCURRENT_TRANSACTIONS, RD_KAFKA_RESP_ERR_CONCURRENT_TRANSACTIONS);
	send_one(&bench);
	assert_int_equal(transaction_abort(&bench.transaction, &bench.error), TRANSACTION_DONE);
	assert_int_equal(producer_counts(bench.producer)->delivered, 1);
	assert_false(bench.transaction.open);
	close_bench(&bench);
}

static void an_abort_of_nothing_asks_nobody(void **state)
{
	struct bench bench;
	(void)state;

	open_bench(&bench);
	assert_true(transaction_begin(&bench.transaction, &bench.error));
	assert_int_equal(rd_kafka_mock_broker_set_down(bench.cluster, -1), RD_KAFKA_RESP_ERR_NO_ERROR);
	assert_int_equal(transaction_abort(&bench.transaction, &bench.error), TRANSACTION_DONE);
	close_bench(&bench);
}

static void an_abort_does_not_wait_for_what_has_failed(void **state)
{
	struct bench bench;
	(void)state;

	open_bench(&bench);
	rd_kafka_mock_push_request_errors(
		bench.cluster, ADD_PARTITIONS_TO_TXN, 1, RD_KAFKA_RESP_ERR_UNKNOWN_PRODUCER_ID);
	send_one(&bench);
	assert_int_equal(transaction_abort(&bench.transaction, &bench.error), TRANSACTION_DONE);
	assert_int_equal(producer_counts(bench.producer)->delivered, 0);
	send_one(&bench);
	assert_true(producer_flush(bench.producer, 10000, &bench.error));
	assert_int_equal(producer_counts(bench.producer)->delivered, 1);
	close_bench(&bench);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_abort_waits_until_there_is_something_to_abort),
		cmocka_unit_test(an_abort_of_nothing_asks_nobody),
		cmocka_unit_test(an_abort_does_not_wait_for_what_has_failed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
