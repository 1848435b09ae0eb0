/* admin: what is asked of the cluster itself: topics made and deleted, groups described, moved and deleted, records deleted. Each
 * call waits for the brokers' answer and says which topic or group it was about, or which right is missing (no_access). The
 * embedded broker serves none of it (code embedded). */
#ifndef COPYDESK_ADMIN_H
#define COPYDESK_ADMIN_H

#include "tools/connection.h"

enum { ADMIN_MEMBERS = 8 };

struct admin_group {
	bool there;
	char state[32]; /* "Stable", "Empty", "Dead" (there is none) … */
	size_t member_count;
	struct {
		char client[96], instance[96], host[96];
	} members[ADMIN_MEMBERS]; /* the first few */
};

/* A group that doesn't exist is described, too: there = false. */
bool admin_group_describe(rd_kafka_t *client, const char *group, struct admin_group *described, struct error *error);
/* False with code active, naming the members, if the group has any. */
bool admin_group_idle(rd_kafka_t *client, const char *group, struct error *error);
/* Sets the committed offset of each item of the list, RD_KAFKA_OFFSET_INVALID where the group has none. */
bool admin_group_offsets(rd_kafka_t *client, const char *group, rd_kafka_topic_partition_list_t *list, struct error *error);
/* Commits the list's offsets for a group without members; the brokers refuse it for one that has some. */
bool admin_group_move(rd_kafka_t *client, const char *group, const rd_kafka_topic_partition_list_t *list, struct error *error);
/* A group that isn't there counts as deleted. */
bool admin_group_delete(rd_kafka_t *client, const char *group, struct error *error);

struct admin_topic {
	const char *name;
	int partitions, copies; /* copies 0: the brokers' default */
	const char *const *settings; /* name, value, …, NULL */
};
/* A topic that is there is fine; *made says which it was (may be NULL). `dry`: the brokers only look whether it could be made. */
bool admin_topic_create(struct connection *connection, rd_kafka_t *client, const struct admin_topic *topic, bool dry, bool *made,
	struct error *error);
/* A topic that isn't there is fine; *deleted says which it was (may be NULL). */
bool admin_topic_delete(rd_kafka_t *client, const char *topic, bool *deleted, struct error *error);
/* The value of one setting of a topic; empty if it can't be had. */
void admin_topic_setting(rd_kafka_t *client, const char *topic, const char *name, char value[64]);
/* Deletes the records before each item's offset. */
bool admin_records_delete(rd_kafka_t *client, const rd_kafka_topic_partition_list_t *list, struct error *error);

#endif
