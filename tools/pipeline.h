/* pipeline: the topics and stages as the command line knows them: one table for `topics`, `broker`, `up`, `doctor` and the
 * others. */
#ifndef COPYDESK_PIPELINE_H
#define COPYDESK_PIPELINE_H

#include "base/error.h"
#include "base/slice.h"

enum topic_role {
	TOPIC_FLOW,     /* articles, from stage to stage and to readers */
	TOPIC_NOTICE,   /* what is told about articles, to readers */
	TOPIC_DEAD,     /* dead letters: kept for ever, their records carry old timestamps */
	TOPIC_INTERNAL, /* between the processes of one stage */
	TOPIC_JOURNAL,  /* what commands note: one compacted partition */
};

struct pipeline_topic {
	const char *name; /* NULL ends the table */
	enum topic_role role;
	const char *stage;  /* who reads it (flow), rejected into it (dead) or owns it (internal); NULL: readers */
	const char *writer; /* the stage that writes it; NULL: crawlers, or commands */
	const char *option; /* key that renames it in that stage: of the reader for flow, of the stage else */
	const char *about;
};
extern const struct pipeline_topic PIPELINE_TOPICS[];

enum { PIPELINE_STAGE_TOPICS = 8 };

struct pipeline_stage {
	const char *name; /* NULL ends the table */
	const char *topics[PIPELINE_STAGE_TOPICS][2]; /* key, default; topic.in first */
};
extern const struct pipeline_stage PIPELINE_STAGES[];

/* The stage called `name`, or NULL. */
const struct pipeline_stage *pipeline_stage(const char *name);
/* The default topic of a stage's key ("topic.in"), or NULL. */
const char *pipeline_topic_of(const struct pipeline_stage *stage, const char *key);

#endif
