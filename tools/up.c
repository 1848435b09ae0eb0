/* up: `copydesk up`: the whole pipeline from one terminal: a broker if none is given, the topics, and the stages as child
 * processes. */
#include "tools/commands.h"
#include "tools/connection.h"
#include "tools/embedded.h"
#include "tools/pipeline.h"
#include "tools/program.h"
#include "tools/supervisor.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>

static const struct flag FLAGS[] = {
	{"instances", 'i', "N|stage=N,…", "1", "processes of each stage, or of the stages named"},
	{"name", 0, "TEXT", NULL, "first part of the instance names, stable over restarts; else the host's name"},
	{"port", 'p', "N", "0", "embedded broker: port on 127.0.0.1; 0: any free one"},
	{"partitions", 0, "N", "4", "partitions of topics that are made"},
	{"replication", 0, "N", "0", "copies of partitions of topics that are made; 0: the brokers' default"},
	{"no-topics", 0, NULL, NULL, "make no topics on a real Kafka"},
	{"http", 0, "PORT|none", "9108", "metrics and health of the processes on this and the following ports of 127.0.0.1"},
	{"bin", 0, "FOLDER", NULL, "where the stages are; else beside this program, else on the PATH"},
	{"stage-config", 0, "FOLDER", NULL, "configuration files extract.conf, dedup.conf, tag.conf"},
	{"prefix", 0, "TEXT", "", "put before the names of topics and groups"},
	{NULL},
};

struct up {
	struct args *args;
	struct connection connection;
	struct embedded *embedded;
	struct supervisor supervisor;
	char servers[512];
	char name[128];
	int64_t port, partitions, http;
};

/* Processes of a stage by --instances: "3", or "extract=4,dedup=2" (stages not named: 1). */
static bool instances_of(const struct args *args, const char *stage, int64_t *count, struct error *error)
{
	struct slice rest = slice_of(args_text(args, "instances")), item, name;
	*count = 1;
	while (slice_split(&rest, ',', &item)) {
		struct slice number = item;
		bool named = slice_find_byte(item, '=') != SLICE_NOT_FOUND;
		int64_t n;
		if (named) {
			slice_split(&number, '=', &name);
			char buffer[64];
			snprintf(buffer, sizeof buffer, "%.*s", SLICE_ARG(name));
			if (!pipeline_stage(buffer))
				return error_set(error, "usage",
					"--instances %s: there is no stage %s, only extract, dedup and tag",
					args_text(args, "instances"), buffer);
		}
		if (!slice_to_int64(number, &n) || n < 0 || n > 64)
			return error_set(error, "usage",
				"--instances %s: needs a number from 0 to 64, or stage=N parted by commas",
				args_text(args, "instances"));
		if (!named || slice_is(name, stage))
			*count = n;
	}
	return true;
}

static bool stage_add(struct up *up, const struct pipeline_stage *stage, struct error *error)
{
	char program[64], path[PATH_MAX], name[64];
	const char *prefix = args_text(up->args, "prefix"), *folder = args_text(up->args, "stage-config"),
		   *config = args_text(up->args, "config");
	int64_t count;
	snprintf(program, sizeof program, "copydesk-%s", stage->name);
	if (!program_find(args_text(up->args, "bin"), program, path, error) ||
		!instances_of(up->args, stage->name, &count, error))
		return false;
	for (int64_t i = 1; i <= count; i++) {
		snprintf(name, sizeof name, "%s-%d", stage->name, (int)i);
		struct child *child = supervisor_add(&up->supervisor, name, error);
		if (!child)
			return false;
		child_argument(child, "%s", path);
		if (folder || config) {
			child_argument(child, "--config");
			folder ? child_argument(child, "%s/%s.conf", folder, stage->name) : child_argument(child, "%s", config);
		}
		child_argument(child, "-Xkafka.bootstrap.servers=%s", up->servers);
		child_argument(child, "-Xinstance=%s-%d", up->name, (int)i);
		if (up->http)
			child_argument(child, "-Xhttp=127.0.0.1:%d", (int)(up->http + (int64_t)up->supervisor.count - 1));
		else
			child_argument(child, "-Xhttp=none");
		for (size_t k = 0; *prefix && k < PIPELINE_STAGE_TOPICS && stage->topics[k][0]; k++)
			child_argument(child, "-X%s=%s%s", stage->topics[k][0], prefix, stage->topics[k][1]);
		if (*prefix)
			child_argument(child, "-Xgroup=%scopydesk-%s", prefix, stage->name);
		for (size_t k = 0; k < up->args->setting_count; k++)
			child_argument(child, "-X%s", up->args->settings[k]);
	}
	return true;
}

/* Topics are made by `copydesk topics create`, run as a child: one place knows how. */
static bool topics_make(struct up *up, struct error *error)
{
	char number[3][32];
	const char *arguments[16 + 2 * ARGS_REPEAT_MAX] = {"copydesk", "topics", "create", "--kafka", up->servers, "--partitions",
		number[0], "--replication", number[1], "--prefix", args_text(up->args, "prefix")};
	size_t count = 11;
	snprintf(number[0], sizeof number[0], "%lld", (long long)up->partitions);
	snprintf(number[1], sizeof number[1], "%s", args_text(up->args, "replication"));
	if (args_text(up->args, "config")) {
		arguments[count++] = "--config";
		arguments[count++] = args_text(up->args, "config");
	}
	for (size_t i = 0; i < up->args->setting_count; i++) {
		arguments[count++] = "-X";
		arguments[count++] = up->args->settings[i];
	}
	pid_t pid = fork();
	if (pid == 0) {
		dup2(STDERR_FILENO, STDOUT_FILENO);
		execv("/proc/self/exe", (char *const *)(uintptr_t)arguments);
		_exit(EX_OSERR);
	}
	int status = 0;
	while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	if (pid < 0 || !WIFEXITED(status) || WEXITSTATUS(status) != EX_OK)
		return error_set(error, "topics",
			"the topics couldn't be made on %s (see above); --no-topics if they are made elsewhere", up->servers);
	return true;
}

static bool broker_ready(struct up *up, struct error *error)
{
	bool given =
		args_given(up->args, "kafka") || args_given(up->args, "config") || getenv("COPYDESK_KAFKA_BOOTSTRAP_SERVERS");
	for (size_t i = 0; i < up->args->setting_count; i++)
		given |= strncmp(up->args->settings[i], "kafka.bootstrap.servers=", 24) == 0;
	if (!given) {
		up->embedded = embedded_create(1, (int)up->partitions, (int)up->port, args_text(up->args, "prefix"), error);
		if (!up->embedded)
			return false;
		snprintf(up->servers, sizeof up->servers, "%s", embedded_servers(up->embedded));
		fprintf(stderr, "embedded broker on %s: memory only, about 5 MB a partition\n", up->servers);
		return true;
	}
	if (!connection_init(&up->connection, up->args, error))
		return false;
	snprintf(up->servers, sizeof up->servers, "%s", up->connection.servers);
	rd_kafka_t *client = connection_open(&up->connection, RD_KAFKA_PRODUCER, NULL, error);
	if (!client)
		return false;
	rd_kafka_destroy(client);
	return args_given(up->args, "no-topics") || up->connection.embedded || topics_make(up, error);
}

static void on_ready(void *context)
{
	struct up *up = context;
	fprintf(stderr, "all %zu processes are ready on %s; Ctrl-C drains and ends them\n", up->supervisor.count, up->servers);
	printf("%s\n", up->servers);
	fflush(stdout);
}

static bool up_prepare(struct up *up, struct error *error)
{
	const char *http = args_text(up->args, "http");
	if (args_text(up->args, "name"))
		snprintf(up->name, sizeof up->name, "%s", args_text(up->args, "name"));
	else if (gethostname(up->name, sizeof up->name) != 0)
		snprintf(up->name, sizeof up->name, "host");
	return args_integer(up->args, "port", 0, 65535, &up->port, error) &&
		args_integer(up->args, "partitions", 1, 10000, &up->partitions, error) &&
		(strcmp(http, "none") == 0 || args_integer(up->args, "http", 1, 65000, &up->http, error));
}

static int up_run(struct args *args)
{
	struct up up = {.args = args};
	struct error error;
	int exit_code;
	if (args->operand_count)
		return command_misuse(args, "%s: takes flags only", args->operands[0]);
	if (!up_prepare(&up, &error))
		return command_misuse(args, "%s", error.text);
	command_catch_signals();
	supervisor_init(&up.supervisor);
	if (!broker_ready(&up, &error))
		goto failed;
	for (const struct pipeline_stage *stage = PIPELINE_STAGES; stage->name; stage++)
		if (!stage_add(&up, stage, &error))
			goto failed;
	exit_code = supervisor_run(&up.supervisor, on_ready, &up);
	goto out;
failed:
	exit_code = command_fail(args, EX_UNAVAILABLE, &error);
out:
	supervisor_release(&up.supervisor);
	embedded_destroy(&up.embedded);
	connection_release(&up.connection);
	return exit_code;
}

const struct command command_up = {
	.name = "up",
	.summary = "run the whole pipeline: broker if none is given, topics, and all stages",
	.usage = "[FLAGS]",
	.about = "Without --kafka the embedded broker serves (`copydesk broker --help` tells its limits). A stage that fails is started again after 0.5 s,\n"
		 "then 1, 2, 4 … 30 s; one that ends with a code that a restart can't cure (64, 65, 77, 78) ends all. SIGTERM and Ctrl-C drain. -X goes to\n"
		 "every stage. The address is printed on standard output when all stages are ready; logs go to standard error.",
	.examples = "  copydesk up --port 9092\n  copydesk up --kafka broker:9092 --instances extract=4,dedup=2,tag=2 --partitions 12",
	.flags = FLAGS,
	.kafka = true,
	.run = up_run,
};
