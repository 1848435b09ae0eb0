/* topiclook: where the partitions of a topic stand at one moment: how far what can be read goes, how far the log goes, how far the
 * stage that reads it has come. Two looks at the same topic, one after the other, tell what doesn't move. */
#ifndef COPYDESK_TOPICLOOK_H
#define COPYDESK_TOPICLOOK_H

#include "tools/connection.h"
#include "tools/pipeline.h"

struct partition_look {
	int64_t stable, high; /* the last stable offset; the end of the log */
	int64_t committed;    /* of the reading stage's group; -1: nothing */
};

struct topic_look {
	const struct pipeline_topic *topic;
	char name[250];
	int partitions; /* 0: there is none */
	struct partition_look *looks;
};

/* Finds out how many partitions `prefix` and the topic's name have; nothing else is known of them yet. Out of memory aborts. Codes
 * of connection_partitions(). */
bool topic_look_init(struct topic_look *look, struct connection *connection, rd_kafka_t *client, const char *prefix,
	const struct pipeline_topic *topic, struct error *error);
/* The same with looks of its own, for what was seen before the next look. */
struct topic_look topic_look_copy(const struct topic_look *look);
void topic_look_release(struct topic_look *look);

/* Sets the ends, through a client that sees committed records and one that sees all. If one can't be asked, nothing is known of the
 * topic any more, positions included. */
void topic_look_ends(struct topic_look *look, rd_kafka_t *committed, rd_kafka_t *all);
/* Sets what the group has committed. Codes of admin_group_offsets(). */
bool topic_look_positions(struct topic_look *look, rd_kafka_t *client, const char *group, struct error *error);
/* Messages that wait behind the positions, at most. Asks the broker. */
int64_t topic_look_lag(const struct topic_look *look, rd_kafka_t *client);

/* A transaction was open there before, and it is still the first one. */
bool partition_stands_still(const struct partition_look *before, const struct partition_look *now);
bool topic_stands_still(const struct topic_look *before, const struct topic_look *now);

#endif
