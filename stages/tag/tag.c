/* tag: who, where, what and when in an article. Reads an article, adds `entities`, `times` and `quantities`, and lets the rest be.
 *
 * The steps, in the order in which a message meets them: tokens and sentences (tokens.c, sentences.c), words and what the article says
 * about them (words.c, features.c), labels (model.c, decode.c), mentions (mentions.c, kinds.c), entities (entities.c), places in the world
 * (places.c), times (times.c), quantities (quantities.c), the message (taggedmessage.c). */
#include "tag/tagged.h"

#include "run/stage.h"
#include "run/stopwatch.h"

#include <stdlib.h>

static const struct stage_output outputs[] = {
	{"topic.out", "news.tagged", "org.copydesk.tagged.v1"},
	{0},
};

static const struct option options[] = {
	{"model", OPTION_TEXT, "news", NULL, 0, 0, NULL, "Model for names: news (all data), open (data free for any use), or a file's path"},
	{"kb", OPTION_TEXT, "", NULL, 0, 0, NULL, "File of lines name TAB id [TAB type]: identifiers for entities, such as Wikidata's; of several that fit the first; type: person, "
		"organization, place, facility, nationality, event, work, product, law, language, other"},
	{0},
};

enum { COUNT_ENTITIES, COUNT_MENTIONS, COUNT_TIMES };

static const struct stage_counter counters[] = {
	{"tag_entities", "Entities found"},
	{"tag_mentions", "Mentions of entities found"},
	{"tag_times", "Expressions of time found"},
	{0},
};

static const char *const fields[] = {"entities", "times", "quantities", NULL};
static const char *const steps[] = {
	[STEP_READ] = "read", [STEP_NAMES] = "names", [STEP_FIGURES] = "figures", [STEP_WRITE] = "write", NULL};

static bool tag_init(const struct config *config, void **state, struct error *error)
{
	struct tagger *tagger = tagger_create(config_text(config, "model"), config_text(config, "kb"), error);

	*state = tagger;
	return tagger != NULL;
}

static enum verdict tag_process(void *state, struct task *task)
{
	struct error error;
	struct tagged_counts counts;

	step_begin(task->arena, STEP_READ);
	const struct json *article = json_parse(task->arena, task->in->value, &JSON_LIMITS_DEFAULT, &error);

	if (!article)
		return task_reject_error(task, &error);
	if (article->kind != JSON_OBJECT)
		return task_reject(task, "not_an_article", "the message is no JSON object");
	if (!json_get(article, "articleBody") && !json_get(article, "headline"))
		return task_reject(task, "not_an_article",
			"the message has neither articleBody nor headline; copydesk-extract makes articles of pages, is topic.in right?");
	struct slice message = tagger_tag(state, task->arena, article, &counts, task->trace);
	task_count(task, COUNT_ENTITIES, counts.entities);
	task_count(task, COUNT_MENTIONS, counts.mentions);
	task_count(task, COUNT_TIMES, counts.times);
	task_fields(task, (uint64_t)(counts.entities > 0) | (uint64_t)(counts.times > 0) << 1 | (uint64_t)(counts.quantities > 0) << 2);
	task_emit(task, 0, task->in->key, message);
	return VERDICT_EMIT;
}

static void tag_close(void **state) { tagger_destroy((struct tagger **)state); }

static const struct stage stage = {
	.name = "tag",
	.summary = "Finds names, places, times and quantities in articles and joins them into entities",
	.topic_in = "news.unique",
	.topic_dead = "news.unique.dead",
	.outputs = outputs,
	.options = options,
	.counters = counters,
	.fields = fields,
	.steps = steps,
	.init = tag_init,
	.process = tag_process,
	.close = tag_close,
};

int main(int argc, char **argv) { return stage_main(&stage, argc, argv); }
