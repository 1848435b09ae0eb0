/* tally: counts ends, and holds them against beginnings. */
#include "run/tally.h"

#include <stdio.h>
#include <stdlib.h>

static _Noreturn void program_error(const struct stage *stage, const char *what, const char *word)
{
	fprintf(stderr, "copydesk: program error: stage %s: %s: %s\n", stage->name, what, word);
	abort();
}

void tally_init(struct tally *tally, const struct stage *stage)
{
	size_t n = 0;

	*tally = (struct tally){.stage = stage};
	while (stage->outputs && stage->outputs[n].option)
		n++;
	if (n > TALLY_OUTPUTS)
		program_error(stage, "too many outputs", "raise TALLY_OUTPUTS");
	for (n = 0; stage->reasons && stage->reasons[n];)
		n++;
	if (n > TALLY_REASONS)
		program_error(stage, "too many drop reasons", "raise TALLY_REASONS");
	for (n = 0; stage->fields && stage->fields[n];)
		n++;
	if (n > TALLY_FIELDS)
		program_error(stage, "too many fields", "a message has 64 bits for them");
	for (n = 0; stage->steps && stage->steps[n];)
		n++;
	if (n > STOPWATCH_STEPS)
		program_error(stage, "too many steps", "raise STOPWATCH_STEPS");
}

void tally_clear(struct tally *tally) { *tally = (struct tally){.stage = tally->stage}; }

void tally_in(struct tally *tally, size_t bytes)
{
	tally->in++;
	tally->bytes_in += bytes;
}

static void count_code(struct tally *tally, const char *code)
{
	size_t i = 0;

	while (i < tally->code_count && strcmp(tally->codes[i].code, code) != 0)
		i++;
	if (i == TALLY_CODES)
		i = TALLY_CODES - 1;
	if (i == tally->code_count) {
		snprintf(tally->codes[i].code, sizeof(tally->codes[i].code), "%s", i == TALLY_CODES - 1 ? "other" : code);
		tally->code_count++;
	}
	tally->codes[i].n++;
}

void tally_dead(struct tally *tally, const char *code)
{
	tally->dead++;
	count_code(tally, code);
}

static void count_drop(struct tally *tally, const char *reason)
{
	const char *const *reasons = tally->stage->reasons;

	for (size_t i = 0; reasons && reasons[i]; i++) {
		if (reasons[i] == reason || strcmp(reasons[i], reason) == 0) {
			tally->dropped++;
			tally->reasons[i]++;
			return;
		}
	}
	program_error(tally->stage, "a drop reason that it doesn't list", reason);
}

static void count_fields(struct tally *tally, const struct task *task)
{
	if (!task->has_fields)
		return;
	tally->field_messages++;
	for (size_t i = 0; i < TALLY_FIELDS; i++)
		tally->fields[i] += task->fields >> i & 1;
}

static void count_counters(struct tally *tally, const struct task *task)
{
	const struct stage_counter *counters = tally->stage->counters;

	for (size_t i = 0; counters && counters[i].name; i++)
		tally->counters[i] += task->counts[i];
}

void tally_job(struct tally *tally, const struct job *job)
{
	switch (job->verdict) {
	case VERDICT_EMIT:
		tally->emitted++;
		for (const struct emission *e = job->task.emissions; e; e = e->next) {
			tally->out[e->output]++;
			tally->bytes_out += e->value.len;
		}
		break;
	case VERDICT_DROP: count_drop(tally, job->task.reason); break;
	case VERDICT_REJECT: tally_dead(tally, job->task.error.code); break;
	default: program_error(tally->stage, "a message that hasn't ended is counted", "RETRY or ASK");
	}
	count_counters(tally, &job->task);
	count_fields(tally, &job->task);
}

bool tally_check(const struct tally *tally, uint64_t pending, struct error *error)
{
	if (tally->in == tally->emitted + tally->dropped + tally->dead + pending)
		return true;
	return error_set(error, "conservation",
		"messages don't add up: %llu in, but %llu emitted + %llu dropped + %llu dead + %llu pending; this is a fault of the program",
		(unsigned long long)tally->in, (unsigned long long)tally->emitted, (unsigned long long)tally->dropped,
		(unsigned long long)tally->dead, (unsigned long long)pending);
}

void tally_publish(const struct tally *tally, struct metrics *metrics)
{
	const struct stage *stage = tally->stage;

	metrics_add(metrics, METRIC_MESSAGES_IN, tally->in);
	metrics_add(metrics, METRIC_BYTES_IN, tally->bytes_in);
	metrics_add(metrics, METRIC_BYTES_OUT, tally->bytes_out);
	series_add(metrics_series(metrics, METRIC_MESSAGES, "emitted", NULL), tally->emitted);
	series_add(metrics_series(metrics, METRIC_MESSAGES, "dropped", NULL), tally->dropped);
	series_add(metrics_series(metrics, METRIC_MESSAGES, "dead", NULL), tally->dead);
	for (size_t i = 0; stage->outputs && stage->outputs[i].option; i++)
		series_add(metrics_series(metrics, METRIC_MESSAGES_OUT, stage->outputs[i].option, NULL), tally->out[i]);
	for (size_t i = 0; stage->reasons && stage->reasons[i]; i++)
		series_add(metrics_series(metrics, METRIC_DROPPED, stage->reasons[i], NULL), tally->reasons[i]);
	for (size_t i = 0; i < tally->code_count; i++)
		series_add(metrics_series(metrics, METRIC_DEAD, tally->codes[i].code, NULL), tally->codes[i].n);
	for (size_t i = 0; stage->counters && stage->counters[i].name; i++)
		metrics_count(metrics, i, tally->counters[i]);
	metrics_add(metrics, METRIC_FIELD_MESSAGES, tally->field_messages);
	for (size_t i = 0; stage->fields && stage->fields[i]; i++)
		series_add(metrics_series(metrics, METRIC_FIELDS, stage->fields[i], NULL), tally->fields[i]);
}
