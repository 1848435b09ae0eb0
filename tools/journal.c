/* journal: see journal.h. */
#include "tools/journal.h"

#include "base/clock.h"
#include "tools/admin.h"
#include "tools/scan.h"

bool journal_ready(struct connection *connection, const char *topic, struct error *error)
{
	static const char *const settings[] = {"cleanup.policy", "compact", "retention.ms", "-1", NULL};
	const struct admin_topic wanted = {topic, 1, 0, settings};
	rd_kafka_t *client = connection_open(connection, RD_KAFKA_PRODUCER, NULL, error);
	bool good = client != NULL;

	if (good && !connection->embedded) { /* the embedded broker makes topics at first use */
		int partitions = connection_partitions(connection, client, topic, error);
		good = partitions > 0 || (partitions == 0 && admin_topic_create(connection, client, &wanted, false, NULL, error));
		if (partitions == 0 && !good)
			error_context(error,
				"this command notes what it does on %s, which can't be made; `copydesk topics create` makes it",
				topic);
	}
	if (client)
		rd_kafka_destroy(client);
	return good;
}

bool journal_read(struct connection *connection, const char *topic,
	void (*visit)(void *context, struct slice key, struct slice value), void *context, struct error *error)
{
	const char *const topics[] = {topic, NULL};
	struct scan scan;
	bool good = scan_open(&scan, connection, topics, (struct scan_bound){SCAN_EARLIEST, 0},
			    (struct scan_bound){SCAN_LATEST, 0}, true, error) &&
		scan_start(&scan, error);

	while (good && !scan_done(&scan)) {
		rd_kafka_message_t *message = scan_next(&scan, 1000, error);
		if (message) {
			visit(context, slice_make(message->key, message->key_len), slice_make(message->payload, message->len));
			rd_kafka_message_destroy(message);
		}
		good = !error->code[0] && !command_stopping();
	}
	if (!good && !error->code[0])
		error_set(error, "stopped", "stopped while reading %s", topic);
	scan_close(&scan);
	return good;
}

bool journal_put(struct publisher *publisher, const char *topic, struct slice key, struct slice value, struct error *error)
{
	struct message message = {.key = key, .value = value, .timestamp = clock_wall_ms()};

	return publisher_put(publisher, topic, 0, &message, error);
}
