/* replaydraft: see replaydraft.h. */
#include "tools/replaydraft.h"

#include "base/clock.h"
#include "tools/program.h"
#include "tools/replayexec.h"
#include "tools/scan.h"

#include <stdio.h>
#include <stdlib.h>

bool replay_draft_plan(const struct args *args, struct connection *connection, const char *topic, bool mark,
	struct replay_plan *plan, struct error *error)
{
	const char *const topics[] = {topic, NULL};
	struct scan_bound from, until;
	struct scan scan = {0};
	bool *chosen = NULL, good = false;

	if (!args_text(args, "from"))
		return error_set(error, "usage",
			"--from says where to begin: earliest, a time such as 2026-11-24T09:30:00Z, or an age such as 6h");
	if (!scan_bound_parse(args_text(args, "from"), false, &from, error) ||
		!scan_bound_parse(args_text(args, "until"), true, &until, error))
		return false;
	if (until.kind == SCAN_FOREVER)
		return error_set(error, "usage", "--until never: a replay has an end; `end` is where the input ends now");
	if (!scan_open(&scan, connection, topics, from, until, false, error))
		goto out;
	if (connection->embedded) {
		error_set(error, "embedded",
			"the embedded broker on %s keeps no offsets and makes no topics on demand: a replay needs a real Kafka",
			connection->servers);
		goto out;
	}
	plan->partitions = (int)scan.partition_count;
	plan->ranges = calloc(scan.partition_count, sizeof *plan->ranges);
	chosen = calloc(scan.partition_count, sizeof *chosen);
	if (!plan->ranges || !chosen) {
		error_set(error, "memory", "no memory for %zu partitions", scan.partition_count);
		goto out;
	}
	good = replay_partitions(args_text(args, "partitions"), plan->partitions, chosen, error);
	for (size_t i = 0; good && i < scan.partition_count; i++) {
		const struct scan_partition *partition = &scan.partitions[i];
		int64_t end = partition->end > partition->start ? partition->end : partition->start;
		plan->ranges[i] = chosen[i] ? (struct replay_range){partition->start, end}
				: mark	    ? (struct replay_range){-1, -1}
					    : (struct replay_range){partition->start, partition->start};
	}
out:
	scan_close(&scan);
	free(chosen);
	return good;
}

/* "6h" as the instant it meant when it was said, so that the note says something later, too. */
static void bound_word(const char *text, char out[64])
{
	int64_t ms;

	if (instant_parse(slice_of(text), clock_wall_ms(), &ms))
		clock_format(ms, out);
	else
		snprintf(out, 64, "%s", text);
}

bool replay_draft_rate(const struct args *args, struct connection *connection, const char *journal,
	const struct replay_run *run, struct estimate *estimate, char from[160], struct error *error)
{
	enum { ENOUGH = 1000 };
	char program[64], path[PATH_MAX];
	struct replay_run *runs;
	struct error why;
	size_t count;
	double known = 0;
	const char **settings = replay_settings(args);

	if (!replay_runs_read(connection, journal, &runs, &count, error)) {
		free(settings);
		return false;
	}
	for (size_t i = 0; i < count; i++)
		if (runs[i].finished_ms && runs[i].work_ms > 0 && runs[i].topics.stage == run->topics.stage &&
			replay_plan_total(&runs[i].plan) >= ENOUGH) {
			known = (double)replay_plan_total(&runs[i].plan) * 1000 / (double)runs[i].work_ms;
			snprintf(from, 160, "as replay %s was", runs[i].id);
		}
	replay_runs_free(&runs, count);
	snprintf(program, sizeof program, "copydesk-%s", run->topics.stage->name);
	bool try = known == 0 && !args_given(args, "no-estimate") &&
		program_find(args_text(args, "bin"), program, path, &why);
	bool good = estimate_make(
		estimate, connection, run->topics.names[0], &run->plan, try ? path : NULL, settings, error);
	if (good && known > 0)
		estimate->rate = known;
	else if (good && estimate->rate > 0)
		snprintf(from, 160, "measured on %lld messages of the range, on this machine, without Kafka",
			(long long)estimate->sampled);
	else
		snprintf(from, 160, "%s", try ? "the stage didn't work on a sample of the range" : "nothing was measured");
	free(settings);
	return good;
}

bool replay_draft_run(const struct args *args, struct connection *connection, const struct pipeline_stage *stage,
	struct replay_run *run, struct error *error)
{
	const char *id = args_text(args, "run");

	*run = (struct replay_run){.into_live = args_given(args, "into-live"), .created_ms = clock_wall_ms()};
	if (id && !replay_id_check(id, error))
		return false;
	if (id)
		snprintf(run->id, sizeof run->id, "%s", id);
	else
		replay_id_make(run->created_ms, run->id);
	bound_word(args_text(args, "from") ? args_text(args, "from") : "", run->from);
	bound_word(args_text(args, "until"), run->until);
	return stage_settings_text(args, run->settings, sizeof run->settings, error) &&
		stage_topics_read(&run->topics, stage, args, error) &&
		replay_draft_plan(args, connection, run->topics.names[0], false, &run->plan, error);
}
