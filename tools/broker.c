/* broker: `copydesk broker`, the embedded broker in the foreground. */
#include "tools/commands.h"
#include "tools/embedded.h"

#include <librdkafka/rdkafka.h>

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>

static const struct flag FLAGS[] = {
	{"port", 'p', "N", "0", "port on 127.0.0.1 that clients are told; 0: any free one"},
	{"partitions", 0, "N", "4", "partitions of each topic"},
	{"brokers", 0, "N", "1", "nodes of the cluster"},
	{"topics", 't', "NAME[:N],…", NULL, "further topics, with N partitions"},
	{"prefix", 0, "TEXT", "", "put before the name of each topic of the pipeline"},
	{NULL},
};

static bool add_topics(struct embedded *embedded, const char *list, int partitions, struct error *error)
{
	struct slice rest = slice_of(list), item;
	while (slice_split(&rest, ',', &item)) {
		char name[250];
		int64_t count = partitions;
		size_t colon = slice_find_byte(item, ':');
		if (colon != SLICE_NOT_FOUND &&
			(!slice_to_int64(slice_sub(item, colon + 1, item.len), &count) || count < 1 || count > 1000))
			return error_set(error, "usage", "--topics %.*s: needs NAME:PARTITIONS", SLICE_ARG(item));
		if (item.len == 0)
			continue;
		snprintf(name, sizeof name, "%.*s", SLICE_ARG(slice_sub(item, 0, colon == SLICE_NOT_FOUND ? item.len : colon)));
		if (!embedded_add_topic(embedded, name, (int)count, error))
			return false;
	}
	return true;
}

static int broker_run(struct args *args)
{
	struct error error;
	int64_t port, partitions, brokers;
	sigset_t none;
	if (args->operand_count)
		return command_misuse(args, "%s: takes flags only", args->operands[0]);
	if (!args_integer(args, "port", 0, 65535, &port, &error) ||
		!args_integer(args, "partitions", 1, 1000, &partitions, &error) ||
		!args_integer(args, "brokers", 1, 9, &brokers, &error))
		return command_misuse(args, "%s", error.text);
	command_catch_signals();
	struct embedded *embedded = embedded_create((int)brokers, (int)partitions, (int)port, args_text(args, "prefix"), &error);
	if (!embedded)
		return command_fail(args, EX_UNAVAILABLE, &error);
	if (args_text(args, "topics") && !add_topics(embedded, args_text(args, "topics"), (int)partitions, &error)) {
		embedded_destroy(&embedded);
		return command_fail(args, EX_USAGE, &error);
	}
	printf("%s\n", embedded_servers(embedded));
	fflush(stdout);
	fprintf(stderr, "embedded broker on %s (librdkafka %s); memory only, about 5 MB a partition; Ctrl-C ends it\n",
		embedded_servers(embedded), rd_kafka_version_str());
	sigemptyset(&none);
	while (!command_stopping())
		poll(NULL, 0, 200);
	embedded_destroy(&embedded);
	return EX_OK;
}

const struct command command_broker = {
	.name = "broker",
	.summary = "run a Kafka to try with, in this process, without a JVM",
	.usage = "[FLAGS]",
	.about = "Starts librdkafka's mock cluster on a loopback port, makes the pipeline's topics, and prints the bootstrap address as the first\n"
		 "line of standard output. It keeps about 5 MB a partition in memory and forgets all at its end: for quick starts and tests, not\n"
		 "for news that matter. A consumer group takes 3 s to form on it.",
	.examples = "  copydesk broker --port 9092 &\n  copydesk send --kafka 127.0.0.1:9092 deploy/samples",
	.flags = FLAGS,
	.run = broker_run,
};
