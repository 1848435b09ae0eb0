/* front: see front.h. What happens to an article is in verdict.c, what the index does in owner.c. */
#include "dedup/front.h"

#include "dedup/owner.h"
#include "run/stopwatch.h"
#include "dedup/verdict.h"

#include <stdlib.h>

/* What is measured; an article is decided in several rounds. */
enum { STEP_SKETCH, STEP_DECIDE };

static bool dedup_init(const struct config *config, void **state, struct error *error)
{
	struct settings *settings = malloc(sizeof(*settings));

	if (settings == NULL)
		return error_set(error, "no_memory", "no memory for the settings");
	*settings = settings_read(config);
	*state = settings;
	return true;
}

static void dedup_close(void **state)
{
	free(*state);
	*state = NULL;
}

static enum verdict dedup_process(void *state, struct task *task)
{
	step_begin(task->arena, STEP_SKETCH);
	return verdict_begin(state, task);
}

static enum verdict dedup_decide(void *state, struct task *task, const struct slice *replies, size_t count)
{
	step_begin(task->arena, STEP_DECIDE);
	return verdict_step(state, task, replies, count);
}

static void *index_open(void *state)
{
	const struct settings *settings = state;

	return owner_create(settings->window, settings->lateness);
}

static void index_close(void **partition)
{
	struct owner *owner = *partition;

	owner_destroy(&owner);
	*partition = NULL;
}

static void index_fold(void *partition, struct slice record, struct arena *arena, struct buf *reply)
{
	owner_fold(partition, record, arena, reply);
}

static bool index_save(const void *partition, struct buf *out)
{
	return owner_save(partition, out);
}

static bool index_load(void *partition, struct slice bytes, struct error *error)
{
	return owner_load(partition, bytes, error);
}

/* What is older can't change an answer any more. */
static int64_t index_window_ms(const void *state)
{
	const struct settings *settings = state;

	return (settings->window + settings->lateness) * 1000;
}

static const struct stage_output OUTPUTS[] = {
	{"topic.out", "news.unique", "org.copydesk.unique.v1"},
	{"topic.duplicate", "news.duplicate", "org.copydesk.duplicate.v1"},
	{"topic.alias", "news.alias", "org.copydesk.alias.v1"},
	{NULL},
};

static const struct stage_counter COUNTERS[] = {
	{"unique", "Articles found unique."},
	{"exact", "Articles whose text is another's, word for word."},
	{"near", "Articles found to be an edited copy of another."},
	{"revision", "Articles found to be a new version of a known URL."},
	{"alias", "Announcements that two stories are one."},
	{"again", "Articles that had their verdict already."},
	{"boilerplate_blocks", "Paragraphs left out because other articles of the host have them."},
	{"compared", "Sketches compared."},
	{NULL},
};

static const char *const REASONS[] = {"exact_duplicate", "near_duplicate", NULL};

static const char *const STEPS[] = {[STEP_SKETCH] = "sketch", [STEP_DECIDE] = "decide", NULL};

static const struct stage_index INDEX = {
	.open = index_open,
	.close = index_close,
	.fold = index_fold,
	.decide = dedup_decide,
	.save = index_save,
	.load = index_load,
	.window_ms = index_window_ms,
};

const struct stage dedup_stage = {
	.name = "dedup",
	.summary = "Finds copies, edited copies and revisions of articles, and the story that each belongs to.",
	.topic_in = "news.article",
	.topic_dead = "news.article.dead",
	.outputs = OUTPUTS,
	.options = SETTINGS_OPTIONS,
	.counters = COUNTERS,
	.reasons = REASONS,
	.steps = STEPS,
	.index = &INDEX,
	.init = dedup_init,
	.process = dedup_process,
	.close = dedup_close,
};
