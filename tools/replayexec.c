/* replayexec: see replayexec.h. */
#include "tools/replayexec.h"

#include "base/clock.h"
#include "tools/admin.h"
#include "tools/program.h"
#include "tools/progress.h"
#include "tools/supervisor.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

enum { LAST_LINES = 12, LINE_MAX_SHOWN = 400, LOOK_US = 500000 };

const char **replay_settings(const struct args *args)
{
	const char **settings = calloc(2 * args->setting_count + 3, sizeof *settings);
	size_t count = 0;

	if (!settings) {
		fprintf(stderr, "copydesk: no memory\n");
		exit(EX_OSERR);
	}
	if (args_text(args, "config")) {
		settings[count++] = "--config";
		settings[count++] = args_text(args, "config");
	}
	for (size_t i = 0; i < args->setting_count; i++) {
		settings[count++] = "-X";
		settings[count++] = args->settings[i];
	}
	return settings;
}

/* --- topics
 * ------------------------------------------------------------------------------------------------------------------ */

/* Partitions and copies of a topic; 0 if it isn't there. */
static int topic_shape(rd_kafka_t *client, const char *topic, int *copies)
{
	const struct rd_kafka_metadata *metadata;
	rd_kafka_topic_t *handle = rd_kafka_topic_new(client, topic, NULL);
	int partitions = 0;

	if (!handle)
		return 0;
	if (!rd_kafka_metadata(client, 0, handle, &metadata, 10000)) {
		if (metadata->topic_cnt == 1 && !metadata->topics[0].err)
			partitions = metadata->topics[0].partition_cnt;
		*copies = partitions ? metadata->topics[0].partitions[0].replica_cnt : 0;
		rd_kafka_metadata_destroy(metadata);
	}
	rd_kafka_topic_destroy(handle);
	return partitions;
}

bool replay_topics_make(struct connection *connection, rd_kafka_t *client, const struct replay_run *run, struct error *error)
{
	char name[320], largest[64];

	for (size_t i = 0; i < run->topics.count; i++) {
		int copies = 0, partitions = topic_shape(client, run->topics.names[i], &copies);
		if (!replay_run_owns(run, i))
			continue;
		replay_run_topic(run, i, name);
		if (strlen(name) > 249)
			return error_set(
				error, "usage", "%s: longer than a topic's name may be (249); take a shorter --run", name);
		admin_topic_setting(client, run->topics.names[i], "max.message.bytes", largest);
		/* old timestamps: with time-based retention the output would be gone before it is looked at */
		const char *const settings[] = {"retention.ms", "-1", "cleanup.policy", "delete", "message.timestamp.type",
			"CreateTime", *largest ? "max.message.bytes" : NULL, largest, NULL};
		const struct admin_topic wanted = {name, partitions ? partitions : run->plan.partitions, copies, settings};
		if (!admin_topic_create(connection, client, &wanted, false, NULL, error))
			return false;
	}
	return true;
}

/* --- how far it is
 * ----------------------------------------------------------------------------------------------------------- */

bool replay_done(rd_kafka_t *client, const struct replay_run *run, int64_t *done, int64_t *committed, struct error *error)
{
	char group[320];
	int partitions = run->plan.partitions;
	rd_kafka_topic_partition_list_t *list = rd_kafka_topic_partition_list_new(partitions);
	int64_t *offsets = calloc((size_t)partitions, sizeof *offsets);

	replay_run_group(run, group);
	for (int i = 0; i < partitions; i++)
		rd_kafka_topic_partition_list_add(list, run->topics.names[0], i);
	bool good = offsets ? admin_group_offsets(client, group, list, error)
			    : error_set(error, "memory", "no memory for the offsets of %d partitions", partitions);
	for (int i = 0; good && i < partitions; i++)
		offsets[i] = list->elems[i].offset >= 0 ? list->elems[i].offset : -1;
	if (good) {
		*done = replay_plan_done(&run->plan, offsets);
		if (committed)
			memcpy(committed, offsets, (size_t)partitions * sizeof *offsets);
	}
	free(offsets);
	rd_kafka_topic_partition_list_destroy(list);
	return good;
}

struct execution {
	struct replay_run *run;
	rd_kafka_t *client;
	struct supervisor supervisor;
	struct progress progress;
	int64_t total, before, done, looked_us;
	bool verbose;
	char last[LAST_LINES][LINE_MAX_SHOWN]; /* of the children's logs, a ring */
	size_t next_line;
};

static void on_tick(void *context)
{
	struct execution *execution = context;
	struct error ignored; /* the next look may succeed; the children tell what is wrong */
	int64_t now = clock_monotonic_us(), fresh;

	if (now - execution->looked_us < LOOK_US)
		return;
	execution->looked_us = now;
	if (replay_done(execution->client, execution->run, &execution->done, NULL, &ignored)) {
		fresh = execution->done - execution->before;
		progress_update(&execution->progress, fresh, fresh, (int64_t)((double)fresh * execution->run->record_bytes));
	}
}

static bool is_worth_showing(const struct execution *execution, const struct child *child, struct slice line)
{
	if (execution->verbose)
		return true;
	if (!child)
		return slice_contains(line, SLICE("failed")) || slice_contains(line, SLICE("killed"));
	return slice_contains(line, SLICE("level=error")) || slice_contains(line, SLICE("\"level\":\"error\""));
}

static void on_line(void *context, const struct child *child, struct slice line)
{
	struct execution *execution = context;
	char *kept = execution->last[execution->next_line++ % LAST_LINES];

	snprintf(kept, LINE_MAX_SHOWN, "%.*s", SLICE_ARG(line));
	if (!is_worth_showing(execution, child, line))
		return;
	progress_clear(&execution->progress);
	fprintf(stderr, "%.*s\n", SLICE_ARG(line));
}

static void last_lines_show(const struct execution *execution)
{
	fprintf(stderr, "the last lines of its log:\n");
	for (size_t i = 0; i < LAST_LINES; i++) {
		const char *line = execution->last[(execution->next_line + i) % LAST_LINES];
		if (*line)
			fprintf(stderr, "  %s\n", line);
	}
}

static bool children_add(
	struct execution *execution, const struct args *args, const struct connection *connection, struct error *error)
{
	const struct replay_run *run = execution->run;
	const struct pipeline_stage *stage = run->topics.stage;
	char program[64], path[PATH_MAX], text[320], name[64];
	const char **settings = replay_settings(args);
	int64_t instances;
	struct buf from, until;
	bool good;

	buf_init(&from, 1 << 20);
	buf_init(&until, 1 << 20);
	replay_plan_offsets(&run->plan, false, &from);
	replay_plan_offsets(&run->plan, true, &until);
	snprintf(program, sizeof program, "copydesk-%s", stage->name);
	good = args_integer(args, "instances", 1, 64, &instances, error) &&
		program_find(args_text(args, "bin"), program, path, error);
	for (int64_t i = 1; good && i <= instances; i++) {
		snprintf(name, sizeof name, "%s-%d", stage->name, (int)i);
		struct child *child = supervisor_add(&execution->supervisor, name, error);
		good = child != NULL;
		if (!good)
			break;
		child_argument(child, "%s", path);
		for (const char *const *setting = settings; *setting; setting++)
			child_argument(child, "%s", *setting);
		/* what the replay is, behind what the user sets: the last one wins */
		child_argument(child, "-Xkafka.bootstrap.servers=%s", connection->servers);
		for (size_t k = 0; k < run->topics.count; k++) {
			replay_run_topic(run, k, text);
			child_argument(child, "-X%s=%s", stage->topics[k][0], text);
		}
		replay_run_group(run, text);
		child_argument(child, "-Xgroup=%s", text);
		child_argument(child, "-Xrun=%s", run->id);
		child_argument(child, "-Xinstance=%s-%d", run->id, (int)i);
		child_argument(child, "-Xfrom=%.*s", (int)from.len, from.ptr);
		child_argument(child, "-Xuntil=%.*s", (int)until.len, until.ptr);
		child_argument(child, "-Xhttp=none");
	}
	buf_release(&from);
	buf_release(&until);
	free(settings);
	return good;
}

int replay_execute(const struct args *args, struct connection *connection, struct replay_run *run, struct error *error)
{
	struct execution execution = {.run = run, .verbose = args_given(args, "verbose"), .total = replay_plan_total(&run->plan)};
	int64_t started = clock_monotonic_us();
	int exit_code = EX_UNAVAILABLE;
	const char *more = NULL;

	error->code[0] = '\0';
	supervisor_init(&execution.supervisor);
	execution.client = connection_open(connection, RD_KAFKA_PRODUCER, NULL, error);
	if (!execution.client || !replay_done(execution.client, run, &execution.before, NULL, error) ||
		!children_add(&execution, args, connection, error))
		goto out;
	if (execution.before)
		fprintf(stderr, "%lld of %lld were done before\n", (long long)execution.before, (long long)execution.total);
	execution.done = execution.before;
	execution.supervisor.on_line = on_line;
	execution.supervisor.on_tick = on_tick;
	execution.supervisor.context = &execution;
	progress_init(&execution.progress, "replayed", "messages", execution.total - execution.before, args_given(args, "quiet"));
	exit_code = supervisor_run(&execution.supervisor, NULL, NULL);
	run->work_ms += (clock_monotonic_us() - started) / 1000;
	if (!replay_done(execution.client, run, &execution.done, NULL, error)) {
		exit_code = EX_UNAVAILABLE;
	} else if (execution.done >= execution.total) {
		run->finished_ms = clock_wall_ms();
		exit_code = EX_OK;
	} else if (command_stopping()) {
		exit_code = EX_TEMPFAIL;
		more = "interrupted";
	} else if (exit_code == EX_OK) {
		exit_code = EX_SOFTWARE;
	}
	int64_t fresh = execution.done - execution.before;
	progress_finish(&execution.progress, fresh, (int64_t)((double)fresh * run->record_bytes), more);
	if (exit_code != EX_OK && !command_stopping() && !error->code[0]) {
		error_set(error, "stage", "copydesk-%s ended with code %d at %lld of %lld messages", run->topics.stage->name,
			exit_code, (long long)execution.done, (long long)execution.total);
		last_lines_show(&execution);
	}
out:
	supervisor_release(&execution.supervisor);
	if (execution.client)
		rd_kafka_destroy(execution.client);
	return exit_code;
}
