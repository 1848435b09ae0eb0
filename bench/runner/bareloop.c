/* bareloop: the least that consumes, passes through and produces exactly once straight on librdkafka: what the runner is compared with.
 *
 *   bareloop BOOTSTRAP IN OUT MESSAGES      ends when so many messages are committed; 0: goes on until SIGTERM
 *
 * One thread, no dead letters, no rebalance handling, no limits: a floor, not an example. Commits after 1,000 messages or 100 ms, as the runner. */
#include <librdkafka/rdkafka.h>

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define COMMIT_MESSAGES 1000
#define COMMIT_MS 100

/* What every message of the pipeline carries: the same number and size as the runner writes. */
#define ADDED 10
static const char *const added[ADDED][2] = {{"ce_id", "in.topic/0/123456"}, {"ce_source", "/copydesk/passthrough"},
	{"ce_type", "org.copydesk.toy.v1"}, {"ce_time", "2026-11-24T15:00:00.123Z"}, {"ce_specversion", "1.0"},
	{"content-type", "application/json"}, {"traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"},
	{"copydesk-source", "in.topic/0/123456"}, {"copydesk-stage", "passthrough/0.1.0/0123456789abcdef"}, {"copydesk-run", "live"}};

static volatile sig_atomic_t stopping;

static void on_signal(int signal)
{
	(void)signal;
	stopping = 1;
}

static void die(const char *what, const char *why)
{
	fprintf(stderr, "bareloop: %s: %s\n", what, why);
	exit(1);
}

static void set(rd_kafka_conf_t *conf, const char *name, const char *value)
{
	char why[256];

	if (rd_kafka_conf_set(conf, name, value, why, sizeof why) != RD_KAFKA_CONF_OK)
		die(name, why);
}

static rd_kafka_t *client(rd_kafka_type_t type, const char *bootstrap, const char *const *settings)
{
	rd_kafka_conf_t *conf = rd_kafka_conf_new();
	char why[256];

	set(conf, "bootstrap.servers", bootstrap);
	for (; *settings; settings += 2)
		set(conf, settings[0], settings[1]);
	rd_kafka_t *handle = rd_kafka_new(type, conf, why, sizeof why);
	if (!handle)
		die("client", why);
	return handle;
}

static void check(const char *what, rd_kafka_error_t *error)
{
	if (error)
		die(what, rd_kafka_error_string(error));
}

static double now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void pass(rd_kafka_t *producer, const char *topic, rd_kafka_message_t *message)
{
	rd_kafka_headers_t *headers = NULL, *copy;
	rd_kafka_resp_err_t code;

	rd_kafka_message_headers(message, &headers);
	do {
		copy = headers ? rd_kafka_headers_copy(headers) : rd_kafka_headers_new(ADDED);
		for (size_t i = 0; i < ADDED; i++)
			rd_kafka_header_add(copy, added[i][0], -1, added[i][1], -1);
		code = rd_kafka_producev(producer, RD_KAFKA_V_TOPIC(topic), RD_KAFKA_V_KEY(message->key, message->key_len),
			RD_KAFKA_V_VALUE(message->payload, message->len), RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY), RD_KAFKA_V_HEADERS(copy),
			RD_KAFKA_V_END);
		if (code) {
			rd_kafka_headers_destroy(copy);
			rd_kafka_poll(producer, 5);
		}
	} while (code == RD_KAFKA_RESP_ERR__QUEUE_FULL);
	if (code)
		die("produce", rd_kafka_err2str(code));
}

static void commit(rd_kafka_t *producer, rd_kafka_t *consumer)
{
	rd_kafka_topic_partition_list_t *positions;
	rd_kafka_consumer_group_metadata_t *group = rd_kafka_consumer_group_metadata(consumer);

	rd_kafka_assignment(consumer, &positions);
	rd_kafka_position(consumer, positions);
	check("send_offsets", rd_kafka_send_offsets_to_transaction(producer, positions, group, 10000));
	check("commit", rd_kafka_commit_transaction(producer, -1));
	rd_kafka_topic_partition_list_destroy(positions);
	rd_kafka_consumer_group_metadata_destroy(group);
}

int main(int argc, char **argv)
{
	static const char *const reads[] = {"group.id", "bareloop", "enable.auto.commit", "false", "isolation.level", "read_committed",
		"auto.offset.reset", "earliest", "fetch.wait.max.ms", "250", NULL};
	static const char *const writes[] = {"transactional.id", "bareloop", "linger.ms", "5", "message.max.bytes", "20000000", NULL};
	if (argc != 5)
		die("usage", "bareloop BOOTSTRAP IN OUT MESSAGES");
	long wanted = atol(argv[4]), done = 0, pending = 0;
	double begun = 0;

	signal(SIGTERM, on_signal);
	rd_kafka_t *producer = client(RD_KAFKA_PRODUCER, argv[1], writes), *consumer = client(RD_KAFKA_CONSUMER, argv[1], reads);
	rd_kafka_poll_set_consumer(consumer);
	check("init_transactions", rd_kafka_init_transactions(producer, 30000));
	rd_kafka_topic_partition_list_t *topics = rd_kafka_topic_partition_list_new(1);
	rd_kafka_topic_partition_list_add(topics, argv[2], RD_KAFKA_PARTITION_UA);
	rd_kafka_subscribe(consumer, topics);
	rd_kafka_topic_partition_list_destroy(topics);
	while (!stopping && (!wanted || done < wanted)) {
		rd_kafka_message_t *message = rd_kafka_consumer_poll(consumer, pending ? 1 : 100);
		if (message && !message->err) {
			if (pending++ == 0) {
				check("begin", rd_kafka_begin_transaction(producer));
				begun = now_ms();
			}
			pass(producer, argv[3], message);
		}
		if (message)
			rd_kafka_message_destroy(message);
		rd_kafka_poll(producer, 0);
		if (pending && (pending >= COMMIT_MESSAGES || now_ms() - begun >= COMMIT_MS || done + pending == wanted)) {
			commit(producer, consumer);
			done += pending;
			pending = 0;
		}
	}
	rd_kafka_consumer_close(consumer);
	rd_kafka_destroy(consumer);
	rd_kafka_destroy(producer);
	return 0;
}
