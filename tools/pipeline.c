/* pipeline: see pipeline.h. */
#include "tools/pipeline.h"

#include <string.h>

const struct pipeline_topic PIPELINE_TOPICS[] = {
	{"news.page", TOPIC_FLOW, "extract", NULL, "topic.in", "raw pages as crawlers bring them"},
	{"news.page.dead", TOPIC_DEAD, "extract", "extract", "topic.dead", "pages that extract rejected"},
	{"news.article", TOPIC_FLOW, "dedup", "extract", "topic.in", "articles without duplicate marks"},
	{"news.article.dead", TOPIC_DEAD, "dedup", "dedup", "topic.dead", "articles that dedup rejected"},
	{"news.dedup.probe", TOPIC_INTERNAL, "dedup", "dedup", "topic.probe", "questions to the index; its log is the index"},
	{"news.dedup.match", TOPIC_INTERNAL, "dedup", "dedup", "topic.match", "answers of the index"},
	{"news.unique", TOPIC_FLOW, "tag", "dedup", "topic.in", "first copies and revisions"},
	{"news.duplicate", TOPIC_FLOW, NULL, "dedup", "topic.duplicate", "copies, with what they are copies of"},
	{"news.alias", TOPIC_NOTICE, NULL, "dedup", "topic.alias", "stories that turned out to be one"},
	{"news.unique.dead", TOPIC_DEAD, "tag", "tag", "topic.dead", "articles that tag rejected"},
	{"news.tagged", TOPIC_FLOW, NULL, "tag", "topic.out", "unique articles with entities, times and quantities"},
	{"news.dead.handled", TOPIC_JOURNAL, NULL, NULL, NULL, "dead letters that were sent again or dropped"},
	{"news.replay", TOPIC_JOURNAL, NULL, NULL, NULL, "replays: what they cover, how they went"},
	{NULL},
};

const struct pipeline_stage PIPELINE_STAGES[] = {
	{"extract", {{"topic.in", "news.page"}, {"topic.out", "news.article"}, {"topic.dead", "news.page.dead"}}},
	{"dedup", {{"topic.in", "news.article"}, {"topic.out", "news.unique"}, {"topic.duplicate", "news.duplicate"}, {"topic.dead", "news.article.dead"},
		{"topic.alias", "news.alias"}, {"topic.probe", "news.dedup.probe"}, {"topic.match", "news.dedup.match"}}},
	{"tag", {{"topic.in", "news.unique"}, {"topic.out", "news.tagged"}, {"topic.dead", "news.unique.dead"}}},
	{NULL},
};

const struct pipeline_stage *pipeline_stage(const char *name)
{
	for (const struct pipeline_stage *stage = PIPELINE_STAGES; stage->name; stage++)
		if (strcmp(stage->name, name) == 0)
			return stage;
	return NULL;
}

const char *pipeline_topic_of(const struct pipeline_stage *stage, const char *key)
{
	for (size_t i = 0; i < sizeof stage->topics / sizeof *stage->topics && stage->topics[i][0]; i++)
		if (strcmp(stage->topics[i][0], key) == 0)
			return stage->topics[i][1];
	return NULL;
}
