/* mockbroker [BROKERS]: librdkafka's mock cluster for the pipeline tests. Prints its address, then obeys lines on standard input:
 *   topic NAME PARTITIONS           creates it
 *   down | up                       all brokers
 *   error API CODE [COUNT]          the next COUNT answers to a request type (protocol numbers) carry an error
 *   coordinator TYPE KEY BROKER     moves a group's or a transaction's coordinator (TYPE group or transaction) to broker 1, 2, …
 *   latency MS                      round-trip time of the broker
 * and answers "ok" to each. Ends with its input. */
#include <librdkafka/rdkafka.h>
#include <librdkafka/rdkafka_mock.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *obey(rd_kafka_mock_cluster_t *cluster, const char *line)
{
	int api, code, count = 1, ms;
	char topic[200], type[20];

	if (sscanf(line, "topic %199s %d", topic, &count) == 2)
		return rd_kafka_mock_topic_create(cluster, topic, count, 1) ? "failed" : "ok";
	if (strcmp(line, "down\n") == 0)
		return rd_kafka_mock_broker_set_down(cluster, -1) ? "failed" : "ok";
	if (strcmp(line, "up\n") == 0)
		return rd_kafka_mock_broker_set_up(cluster, -1) ? "failed" : "ok";
	if (sscanf(line, "coordinator %19s %199s %d", type, topic, &count) == 3)
		return rd_kafka_mock_coordinator_set(cluster, type, topic, count) ? "failed" : "ok";
	if (sscanf(line, "latency %d", &ms) == 1)
		return rd_kafka_mock_broker_set_rtt(cluster, -1, ms) ? "failed" : "ok";
	if (sscanf(line, "error %d %d %d", &api, &code, &count) >= 2) {
		for (int i = 0; i < count; i++)
			rd_kafka_mock_push_request_errors(cluster, (int16_t)api, 1, (rd_kafka_resp_err_t)code);
		return "ok";
	}
	return "unknown command";
}

int main(int argc, char **argv)
{
	char text[512], line[256];
	rd_kafka_t *handle = rd_kafka_new(RD_KAFKA_PRODUCER, rd_kafka_conf_new(), text, sizeof(text));
	rd_kafka_mock_cluster_t *cluster = handle ? rd_kafka_mock_cluster_new(handle, argc > 1 ? atoi(argv[1]) : 1) : NULL;

	if (!cluster) {
		fprintf(stderr, "mockbroker: no cluster\n");
		return 1;
	}
	printf("%s\n", rd_kafka_mock_cluster_bootstraps(cluster));
	fflush(stdout);
	while (fgets(line, sizeof(line), stdin)) {
		printf("%s\n", obey(cluster, line));
		fflush(stdout);
	}
	rd_kafka_mock_cluster_destroy(cluster);
	rd_kafka_destroy(handle);
	return 0;
}
