/* replay: `copydesk replay`: messages of the past through a stage again, beside what is live, and then, if one likes what came
 * out, into it. */
#include "tools/admin.h"
#include "tools/commands.h"
#include "tools/confirm.h"
#include "tools/replayact.h"
#include "tools/replaydraft.h"
#include "tools/replayexec.h"
#include "tools/replayshow.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

static const struct flag FLAGS[] = {
	{"from", 'f', "WHERE", NULL, "STAGE: where to begin: earliest, a time, a date or an age such as 6h"},
	{"until", 'u', "WHERE", "end", "STAGE: where to stop: end (as it is now), a time, a date or an age"},
	{"partitions", 'p', "LIST", NULL, "STAGE: only these partitions of the input, such as 0,3-5"},
	{"run", 'r', "ID", NULL, "STAGE: name of the replay, part of its topics' names; else made of date and time"},
	{"instances", 'i', "N", "1", "STAGE, resume: processes"},
	{"into-live", 0, NULL, NULL, "STAGE: write straight into the live topics"},
	{"reset", 0, NULL, NULL, "STAGE: no replay: move the live group itself to --from; refused while it has members"},
	{"dry-run", 0, NULL, NULL, "STAGE: show the plan only"},
	{"no-estimate", 0, NULL, NULL, "STAGE: don't try the stage on a sample to tell how long it will take"},
	{"samples", 'n', "N", "3", "diff: messages shown of each kind"},
	{"new", 0, NULL, NULL, "promote: also publish messages whose input has nothing live"},
	{"yes", 'y', NULL, NULL, "STAGE, promote, drop: don't ask; resume: also with other settings than it was begun with"},
	{"json", 'j', NULL, NULL, "list, diff: JSON"},
	{"prefix", 0, "TEXT", "", "put before the names of topics and groups"},
	{"bin", 0, "FOLDER", NULL, "where the stages are; else beside this program, else on the PATH"},
	{"verbose", 'v', NULL, NULL, "show all that the stage logs"},
	{"quiet", 'q', NULL, NULL, "no progress"},
	{NULL},
};

struct replay {
	const struct args *args;
	struct connection connection;
	char journal[250];
};

static int fail(const struct replay *replay, const struct error *error) { return command_fail(replay->args, EX_UNAVAILABLE, error); }

/* --- running
 * ----------------------------------------------------------------------------------------------------------------- */

/* The flags that lead to this cluster, for a command that can be pasted; secrets are left for the user to fill in. */
static void flags_put(const struct replay *replay)
{
	static const char *const KEPT[] = {"kafka", "config", "prefix", "bin", "instances"};

	for (size_t i = 0; i < sizeof KEPT / sizeof *KEPT; i++)
		if (args_given(replay->args, KEPT[i]))
			fprintf(stderr, " --%s %s", KEPT[i], args_text(replay->args, KEPT[i]));
	for (size_t i = 0; i < replay->args->setting_count; i++) {
		const char *setting = replay->args->settings[i];
		int name = (int)strcspn(setting, "=");
		bool secret = strstr(setting, "password") || strstr(setting, "secret") || strstr(setting, "token") ||
			strstr(setting, ".pem=");
		fprintf(stderr, " -X %.*s=%s", name, setting, secret ? "…" : setting + name + 1);
	}
	fputc('\n', stderr);
}

static int run_go(struct replay *replay, struct replay_run *run)
{
	struct error error, note;
	int exit_code = replay_execute(replay->args, &replay->connection, run, &error);
	/* what it took is noted in every case: progress and rates of later runs rest on it */
	bool noted = replay_run_note(&replay->connection, replay->journal, run, false, &note);

	if (exit_code != EX_OK) {
		if (error.code[0])
			command_fail(replay->args, exit_code, &error);
		fprintf(stderr, "what is done is kept; to go on:\n  copydesk replay resume %s", run->id);
		flags_put(replay);
		return exit_code;
	}
	if (!noted)
		return fail(replay, &note);
	if (run->into_live)
		fprintf(stderr, "replay %s is finished\n", run->id);
	else
		fprintf(stderr, "replay %s is finished; `copydesk replay diff %s` compares it with what is live\n", run->id,
			run->id);
	return EX_OK;
}

static int start(struct replay *replay, const struct pipeline_stage *stage)
{
	struct replay_run run;
	struct estimate estimate;
	struct error error;
	char rate_from[160];
	rd_kafka_t *client = NULL;
	int exit_code = EX_OK;
	bool good = replay_draft_run(replay->args, &replay->connection, stage, &run, &error) &&
		replay_draft_rate(replay->args, &replay->connection, replay->journal, &run, &estimate, rate_from, &error);

	if (good) {
		run.record_bytes = estimate.record_bytes;
		replay_plan_show(&run, &estimate, rate_from);
	}
	if (good && args_given(replay->args, "dry-run"))
		goto out;
	if (good && replay_plan_total(&run.plan) == 0)
		good = error_set(&error, "usage", "there is nothing in this range of %s", run.topics.names[0]);
	good = good && confirm(replay->args, run.into_live ? "Write it into the LIVE topics?" : "Begin?", &error) &&
		replay_run_note(&replay->connection, replay->journal, &run, true, &error) &&
		(client = connection_open(&replay->connection, RD_KAFKA_PRODUCER, NULL, &error)) &&
		replay_topics_make(&replay->connection, client, &run, &error);
	exit_code = good ? run_go(replay, &run) : fail(replay, &error);
out:
	if (client)
		rd_kafka_destroy(client);
	replay_run_release(&run);
	return exit_code;
}

static int reset(struct replay *replay, const struct pipeline_stage *stage)
{
	struct stage_topics topics;
	struct replay_plan plan = {0};
	struct error error;
	static const char *const OTHERS[] = {"run", "into-live", "until"};

	for (size_t i = 0; i < sizeof OTHERS / sizeof *OTHERS; i++)
		if (args_given(replay->args, OTHERS[i]))
			return command_misuse(replay->args,
				"--reset moves the live group and runs nothing: --%s doesn't go with it", OTHERS[i]);
	bool good = stage_topics_read(&topics, stage, replay->args, &error) &&
		replay_draft_plan(replay->args, &replay->connection, topics.names[0], true, &plan, &error) &&
		replay_reset(replay->args, &replay->connection, &topics, &plan, args_text(replay->args, "from"), &error);
	replay_plan_release(&plan);
	return good ? EX_OK : fail(replay, &error);
}

/* --- the verbs
 * --------------------------------------------------------------------------------------------------------------- */

static int resume(struct replay *replay, struct replay_run *run)
{
	struct error error;
	char group[320];
	rd_kafka_t *client = connection_open(&replay->connection, RD_KAFKA_PRODUCER, NULL, &error);

	/* half of it made in one way and half in another is what nobody wants, least of all unknowingly */
	char given[sizeof run->settings];
	bool same = client && stage_settings_text(replay->args, given, sizeof given, &error);
	if (same && strcmp(given, run->settings) != 0 && !args_given(replay->args, "yes"))
		same = error_set(&error, "usage",
			"replay %s was begun with %.200s, and this is %.200s: give the same, or --yes to go on with what you gave",
			run->id, *run->settings ? run->settings : "no settings", *given ? given : "no settings");
	replay_run_group(run, group);
	/* the topics, too: it may have been broken off before they were made */
	bool good =
		same && admin_group_idle(client, group, &error) && replay_topics_make(&replay->connection, client, run, &error);
	if (client)
		rd_kafka_destroy(client);
	return good ? run_go(replay, run) : fail(replay, &error);
}

static int diff(struct replay *replay, struct replay_run *run)
{
	struct replay_diff compared = {0};
	struct error error;
	int64_t samples, done, total = replay_plan_total(&run->plan);
	int64_t *committed = calloc((size_t)run->plan.partitions, sizeof *committed);
	rd_kafka_t *client = NULL;
	bool good = (committed || error_set(&error, "memory", "no memory for the comparison of replay %s", run->id)) &&
		args_integer(replay->args, "samples", 0, 1000, &samples, &error) &&
		(client = connection_open(&replay->connection, RD_KAFKA_PRODUCER, NULL, &error)) &&
		replay_done(client, run, &done, committed, &error);

	if (good && done < total)
		fprintf(stderr, "replay %s isn't finished: this compares the first %lld of %lld messages\n", run->id,
			(long long)done, (long long)total);
	good = good &&
		replay_diff_make(&compared, &replay->connection, run, committed, args_given(replay->args, "quiet"), &error) &&
		replay_diff_show(&compared, samples, args_given(replay->args, "json"), &error);
	if (client)
		rd_kafka_destroy(client);
	replay_diff_release(&compared);
	free(committed);
	return good ? EX_OK : fail(replay, &error);
}

static int promote(struct replay *replay, struct replay_run *run)
{
	struct error error;
	return replay_promote(replay->args, &replay->connection, replay->journal, run, &error) ? EX_OK : fail(replay, &error);
}

static int drop(struct replay *replay, struct replay_run *run)
{
	struct error error;
	return replay_drop(replay->args, &replay->connection, replay->journal, run, &error) ? EX_OK : fail(replay, &error);
}

static const struct {
	const char *name;
	int (*run)(struct replay *replay, struct replay_run *run);
} VERBS[] = {{"resume", resume}, {"diff", diff}, {"promote", promote}, {"drop", drop}};

static int list(struct replay *replay)
{
	struct replay_run *runs;
	struct error error;
	size_t count;
	bool good = replay_runs_read(&replay->connection, replay->journal, &runs, &count, &error) &&
		replay_list_show(&replay->connection, runs, count, args_given(replay->args, "json"), &error);

	replay_runs_free(&runs, count);
	return good ? EX_OK : fail(replay, &error);
}

static int dispatch(struct replay *replay, const char *word)
{
	const struct pipeline_stage *stage = pipeline_stage(word);
	struct replay_run run;
	struct error error;
	int exit_code;

	if (stage && replay->args->operand_count > 1)
		return command_misuse(replay->args, "%s: one stage, and flags", replay->args->operands[1]);
	if (stage)
		return args_given(replay->args, "reset") ? reset(replay, stage) : start(replay, stage);
	if (strcmp(word, "list") == 0)
		return list(replay);
	for (size_t i = 0; i < sizeof VERBS / sizeof *VERBS; i++) {
		if (strcmp(word, VERBS[i].name) != 0)
			continue;
		if (replay->args->operand_count != 2)
			return command_misuse(replay->args, "%s which replay? `copydesk replay list` shows them", word);
		if (!replay_run_find(&replay->connection, replay->journal, replay->args->operands[1], &run, &error))
			return fail(replay, &error);
		exit_code = VERBS[i].run(replay, &run);
		replay_run_release(&run);
		return exit_code;
	}
	return command_misuse(
		replay->args, "%s is neither a stage (extract, dedup, tag) nor list, resume, diff, promote or drop", word);
}

static int replay_run(struct args *args)
{
	struct replay replay = {.args = args};
	struct error error;
	int exit_code;

	if (args->operand_count == 0)
		return command_misuse(args, "which stage? extract, dedup or tag; or list, resume, diff, promote, drop");
	snprintf(replay.journal, sizeof replay.journal, "%s%s", args_text(args, "prefix"), REPLAY_JOURNAL);
	command_catch_signals();
	if (!connection_init(&replay.connection, args, &error))
		exit_code = command_fail(args, EX_USAGE, &error);
	else
		exit_code = dispatch(&replay, args->operands[0]);
	connection_release(&replay.connection);
	return exit_code;
}

const struct command command_replay = {
	.name = "replay",
	.summary = "process the past again beside what is live: plan, run, compare, publish",
	.usage = "STAGE --from WHERE [--until WHERE] [--partitions LIST] [--run ID] [FLAGS]\nlist [FLAGS]\nresume RUN [FLAGS]\ndiff RUN [FLAGS]\n"
		 "promote RUN [FLAGS]\ndrop RUN [FLAGS]\nSTAGE --reset --from WHERE [--partitions LIST] [FLAGS]",
	.about = "Shows what it would do and asks. The stage's own program then runs in a group of its own into topics TOPIC.RUN, with the --config and -X that\n"
		 "you give, exactly once; Ctrl-C and crashes leave it where it was, and `resume` goes on from any machine. `diff` compares message by\n"
		 "message: same, changed (field by field), new, missing. `promote` publishes what changed to the live topics, once, however often it is\n"
		 "run. `drop` deletes the replay's topics and group. Runs are noted on news.replay.",
	.examples = "  copydesk replay extract --from 2d --run charset-fix -k broker:9092\n"
		    "  copydesk replay diff charset-fix -k broker:9092\n"
		    "  copydesk replay promote charset-fix -k broker:9092\n"
		    "  copydesk replay drop charset-fix -k broker:9092\n"
		    "  copydesk replay tag --reset --from 6h -k broker:9092",
	.verbs = "extract|dedup|tag|list|resume|diff|promote|drop",
	.flags = FLAGS,
	.kafka = true,
	.run = replay_run,
};
