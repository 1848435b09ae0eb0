/* embedded: see embedded.h. The mock cluster picks its own ports; a wish for a certain port is met by a relay there, which
 * clients use for their first question only: the answer names the real ports. */
#include "tools/embedded.h"

#include "tools/pipeline.h"

#include <librdkafka/rdkafka.h>
#include <librdkafka/rdkafka_mock.h>

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

struct embedded {
	rd_kafka_t *client;
	rd_kafka_mock_cluster_t *cluster;
	int replicas;
	char servers[512];
	int listener, target_port;
	pthread_t acceptor;
	bool relaying;
};

static int loopback_socket(int port, bool listening)
{
	struct sockaddr_in address = {
		.sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	int one = 1, fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return -1;
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
	if (listening ? bind(fd, (struct sockaddr *)&address, sizeof address) == 0 && listen(fd, 64) == 0
		      : connect(fd, (struct sockaddr *)&address, sizeof address) == 0)
		return fd;
	int why = errno;
	close(fd);
	errno = why;
	return -1;
}

struct relay {
	int ends[2];
};

static bool relay_move(int from, int to)
{
	char bytes[16384];
	ssize_t got = read(from, bytes, sizeof bytes);
	for (ssize_t at = 0, put; at < got; at += put)
		if ((put = write(to, bytes + at, (size_t)(got - at))) <= 0)
			return false;
	return got > 0;
}

static void *relay_run(void *argument)
{
	struct relay *relay = argument;
	for (;;) {
		struct pollfd ends[2] = {{relay->ends[0], POLLIN, 0}, {relay->ends[1], POLLIN, 0}};
		if (poll(ends, 2, -1) < 0)
			break;
		if (ends[0].revents && !relay_move(relay->ends[0], relay->ends[1]))
			break;
		if (ends[1].revents && !relay_move(relay->ends[1], relay->ends[0]))
			break;
	}
	close(relay->ends[0]);
	close(relay->ends[1]);
	free(relay);
	return NULL;
}

static void *acceptor_run(void *argument)
{
	struct embedded *embedded = argument;
	for (int fd; (fd = accept(embedded->listener, NULL, NULL)) >= 0;) {
		struct relay *relay = malloc(sizeof *relay);
		int other = loopback_socket(embedded->target_port, false);
		pthread_t thread;
		if (relay && other >= 0) {
			*relay = (struct relay){{fd, other}};
			if (pthread_create(&thread, NULL, relay_run, relay) == 0) {
				pthread_detach(thread);
				continue;
			}
		}
		free(relay);
		close(fd);
		if (other >= 0)
			close(other);
	}
	return NULL;
}

static bool embedded_relay(struct embedded *embedded, int port, struct error *error)
{
	const char *colon = strrchr(rd_kafka_mock_cluster_bootstraps(embedded->cluster), ':');
	embedded->target_port = atoi(colon + 1);
	embedded->listener = loopback_socket(port, true);
	if (embedded->listener < 0)
		return error_set(
			error, "port", "127.0.0.1:%d: %s; another --port, or none for any free one", port, strerror(errno));
	if (pthread_create(&embedded->acceptor, NULL, acceptor_run, embedded) != 0)
		return error_set(error, "threads", "no thread for the broker's port");
	embedded->relaying = true;
	snprintf(embedded->servers, sizeof embedded->servers, "127.0.0.1:%d", port);
	return true;
}

static void on_log(const rd_kafka_t *client, int level, const char *facility, const char *text)
{
	(void)client, (void)level, (void)facility, (void)text;
}

bool embedded_add_topic(struct embedded *embedded, const char *topic, int partitions, struct error *error)
{
	rd_kafka_resp_err_t code = rd_kafka_mock_topic_create(embedded->cluster, topic, partitions, embedded->replicas);
	return !code || error_set(error, "topic", "%s with %d partitions: %s", topic, partitions, rd_kafka_err2str(code));
}

struct embedded *embedded_create(int brokers, int partitions, int port, const char *prefix, struct error *error)
{
	struct embedded *embedded = calloc(1, sizeof *embedded);
	char why[256];
	if (!embedded) {
		error_set(error, "memory", "no memory for a broker");
		return NULL;
	}
	embedded->listener = -1;
	embedded->replicas = brokers < 3 ? brokers : 3;
	rd_kafka_conf_t *conf = rd_kafka_conf_new();
	rd_kafka_conf_set_log_cb(conf, on_log);
	rd_kafka_conf_set(conf, "client.id", "copydesk-broker", NULL, 0);
	embedded->client = rd_kafka_new(RD_KAFKA_PRODUCER, conf, why, sizeof why);
	if (!embedded->client) {
		rd_kafka_conf_destroy(conf);
		error_set(error, "kafka_config", "no embedded broker: %s", why);
		goto bad;
	}
	embedded->cluster = rd_kafka_mock_cluster_new(embedded->client, brokers);
	if (!embedded->cluster) {
		error_set(error, "broker", "librdkafka %s refused to start a mock cluster", rd_kafka_version_str());
		goto bad;
	}
	snprintf(embedded->servers, sizeof embedded->servers, "%s", rd_kafka_mock_cluster_bootstraps(embedded->cluster));
	for (const struct pipeline_topic *topic = PIPELINE_TOPICS; topic->name; topic++) {
		char name[250];
		snprintf(name, sizeof name, "%s%s", prefix, topic->name);
		if (!embedded_add_topic(embedded, name, topic->role == TOPIC_JOURNAL ? 1 : partitions, error))
			goto bad;
	}
	if (port && !embedded_relay(embedded, port, error))
		goto bad;
	return embedded;
bad:
	embedded_destroy(&embedded);
	return NULL;
}

void embedded_destroy(struct embedded **pointer)
{
	struct embedded *embedded = *pointer;
	if (!embedded)
		return;
	if (embedded->relaying) {
		shutdown(embedded->listener, SHUT_RDWR);
		pthread_join(embedded->acceptor, NULL);
	}
	if (embedded->listener >= 0)
		close(embedded->listener);
	if (embedded->cluster)
		rd_kafka_mock_cluster_destroy(embedded->cluster);
	if (embedded->client)
		rd_kafka_destroy(embedded->client);
	free(embedded);
	*pointer = NULL;
}

const char *embedded_servers(const struct embedded *embedded) { return embedded->servers; }
