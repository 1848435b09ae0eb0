/* intake, normal, boilerplate, sketch, verdict: lines of articles go through deduplication, each twice: it ends in a message or in a dead letter, the second
 * time in the same as the first. */
#include "fuzz.h"

#include "dedup/front.h"
#include "dedup/settings.h"
#include "json/reader.h"
#include "run/workers.h"

#define LINES 64
#define REPLIES 64

static void *partition;
static struct settings settings;

static void answer(struct job *job, struct arena *arena)
{
	struct slice replies[REPLIES];
	size_t count = 0;

	for (const struct question *q = job->task.questions; q != NULL; q = q->next) {
		struct buf reply;
		fuzz_require(count < REPLIES);
		buf_init_arena(&reply, arena, 1 << 20);
		dedup_stage.index->fold(partition, q->record, arena, &reply);
		replies[count++] = buf_slice(&reply);
	}
	job_decide(&dedup_stage, &settings, job, replies, count);
}

/* The article's own message, SLICE_NONE if it was refused. */
static struct slice judge(struct arena *arena, struct slice line)
{
	struct slice value = SLICE_NONE;
	struct error error;
	struct job job;

	job_init(&job, &dedup_stage, NULL);
	job.in.value = line;
	job_run(&dedup_stage, &settings, &job);
	for (size_t rounds = 0; job.verdict == VERDICT_ASK; rounds++) {
		fuzz_require(rounds < 200);
		answer(&job, arena);
	}
	fuzz_require(job.verdict == VERDICT_EMIT || job.verdict == VERDICT_REJECT);
	if (job.verdict == VERDICT_EMIT) {
		value = arena_copy(arena, job.task.emissions->value);
		const struct json *root = json_parse(arena, value, &JSON_LIMITS_DEFAULT, &error);
		fuzz_require(root != NULL && json_object(root, "duplicate") != NULL);
	}
	job_release(&job);
	return value;
}

static void body(struct arena *arena, struct slice input)
{
	for (size_t line = 0; line < LINES && input.len > 0; line++) {
		size_t end = slice_find_byte(input, '\n');
		end = end == SLICE_NOT_FOUND ? input.len : end;
		struct slice first = judge(arena, slice_sub(input, 0, end));
		fuzz_require(slice_equal(first, judge(arena, slice_sub(input, 0, end))));
		input = slice_sub(input, end < input.len ? end + 1 : end, input.len);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	settings = settings_default();
	partition = dedup_stage.index->open(&settings);
	fuzz_guarded(body, data, size);
	dedup_stage.index->close(&partition);
	return 0;
}
