/* admin: see admin.h. The API is asynchronous; here one question is asked and its answer awaited, on a queue of its own. */
#include "tools/admin.h"

#include "kafka/refusal.h"

#include <stdio.h>
#include <string.h>

enum { ADMIN_WAIT_MS = 30000 };

/* What an answer hangs on. */
struct question {
	rd_kafka_queue_t *queue;
	rd_kafka_AdminOptions_t *options;
	rd_kafka_event_t *event;
};

static void question_open(struct question *question, rd_kafka_t *client, rd_kafka_admin_op_t operation)
{
	*question = (struct question){.queue = rd_kafka_queue_new(client), .options = rd_kafka_AdminOptions_new(client, operation)};
	rd_kafka_AdminOptions_set_request_timeout(question->options, ADMIN_WAIT_MS - 5000, NULL, 0);
}

static void question_close(struct question *question)
{
	if (question->event)
		rd_kafka_event_destroy(question->event);
	rd_kafka_AdminOptions_destroy(question->options);
	rd_kafka_queue_destroy(question->queue);
}

static bool question_wait(struct question *question, const char *about, struct error *error)
{
	question->event = rd_kafka_queue_poll(question->queue, ADMIN_WAIT_MS);
	if (!question->event)
		return error_set(error, "timeout", "%s: the brokers didn't answer within %d s", about, ADMIN_WAIT_MS / 1000);
	if (rd_kafka_event_error(question->event))
		return error_set(error, "admin", "%s: %s", about, rd_kafka_event_error_string(question->event));
	return true;
}

/* What the brokers answered about a group: the right that is missing, or their words. */
static bool group_error(
	rd_kafka_t *client, const rd_kafka_error_t *why, const char *group, const char *operation, struct error *error)
{
	if (why && refusal_is(rd_kafka_error_code(why)))
		return refusal_of_group(client, group, operation, error);
	return error_set(error, "group", "group %s: %s", group, why ? rd_kafka_error_string(why) : "no answer");
}

static const char *text_of(const char *text) { return text ? text : ""; }

static void members_copy(const rd_kafka_ConsumerGroupDescription_t *from, struct admin_group *described)
{
	described->member_count = rd_kafka_ConsumerGroupDescription_member_count(from);
	for (size_t i = 0; i < described->member_count && i < ADMIN_MEMBERS; i++) {
		const rd_kafka_MemberDescription_t *member = rd_kafka_ConsumerGroupDescription_member(from, i);
		snprintf(described->members[i].client, sizeof described->members[i].client, "%s",
			text_of(rd_kafka_MemberDescription_client_id(member)));
		snprintf(described->members[i].instance, sizeof described->members[i].instance, "%s",
			text_of(rd_kafka_MemberDescription_group_instance_id(member)));
		snprintf(described->members[i].host, sizeof described->members[i].host, "%s",
			text_of(rd_kafka_MemberDescription_host(member)));
	}
}

bool admin_group_describe(rd_kafka_t *client, const char *group, struct admin_group *described, struct error *error)
{
	struct question question;
	size_t count;

	*described = (struct admin_group){0};
	question_open(&question, client, RD_KAFKA_ADMIN_OP_DESCRIBECONSUMERGROUPS);
	rd_kafka_DescribeConsumerGroups(client, &group, 1, question.options, question.queue);
	bool good = question_wait(&question, group, error);
	if (good) {
		const rd_kafka_ConsumerGroupDescription_t **groups = rd_kafka_DescribeConsumerGroups_result_groups(
			rd_kafka_event_DescribeConsumerGroups_result(question.event), &count);
		const rd_kafka_error_t *why = count ? rd_kafka_ConsumerGroupDescription_error(groups[0]) : NULL;
		/* newer brokers tell an unknown group as an error, older ones as a state */
		bool unknown = why && rd_kafka_error_code(why) == RD_KAFKA_RESP_ERR_GROUP_ID_NOT_FOUND;
		if (why && !unknown)
			good = group_error(client, why, group, "Describe", error);
		if (good && count && !unknown) {
			rd_kafka_consumer_group_state_t state = rd_kafka_ConsumerGroupDescription_state(groups[0]);
			snprintf(described->state, sizeof described->state, "%s", rd_kafka_consumer_group_state_name(state));
			described->there = state != RD_KAFKA_CONSUMER_GROUP_STATE_DEAD;
			members_copy(groups[0], described);
		}
	}
	question_close(&question);
	return good;
}

bool admin_group_idle(rd_kafka_t *client, const char *group, struct error *error)
{
	struct admin_group described;
	char who[400] = "";
	size_t at = 0;

	if (!admin_group_describe(client, group, &described, error))
		return false;
	for (size_t i = 0; i < described.member_count && i < ADMIN_MEMBERS && at < sizeof who - 1; i++)
		at += (size_t)snprintf(who + at, sizeof who - at, "%s%s%s%s on %s", i ? ", " : "", described.members[i].client,
			*described.members[i].instance ? " " : "", described.members[i].instance, described.members[i].host);
	if (described.member_count == 0)
		return true;
	return error_set(error, "active", "group %s has %zu active member%s (%.300s%s): stop %s first", group,
		described.member_count, described.member_count == 1 ? "" : "s", who,
		described.member_count > ADMIN_MEMBERS ? ", …" : "", described.member_count == 1 ? "it" : "them");
}

/* The answer to a question about one group's partitions, which needs this right: its list, or NULL with error. */
static const rd_kafka_topic_partition_list_t *group_answer(rd_kafka_t *client, const rd_kafka_group_result_t **groups,
	size_t count, const char *group, const char *operation, struct error *error)
{
	const rd_kafka_error_t *why = count ? rd_kafka_group_result_error(groups[0]) : NULL;
	const rd_kafka_topic_partition_list_t *list = count && !why ? rd_kafka_group_result_partitions(groups[0]) : NULL;

	if (!list)
		group_error(client, why, group, operation, error);
	for (int i = 0; list && i < list->cnt; i++)
		if (list->elems[i].err) {
			connection_error(client, list->elems[i].err, list->elems[i].topic, "Read", group, error);
			return NULL;
		}
	return list;
}

bool admin_group_offsets(rd_kafka_t *client, const char *group, rd_kafka_topic_partition_list_t *list, struct error *error)
{
	struct question question;
	size_t count;
	rd_kafka_ListConsumerGroupOffsets_t *wanted = rd_kafka_ListConsumerGroupOffsets_new(group, list);

	question_open(&question, client, RD_KAFKA_ADMIN_OP_LISTCONSUMERGROUPOFFSETS);
	rd_kafka_ListConsumerGroupOffsets(client, &wanted, 1, question.options, question.queue);
	bool good = question_wait(&question, group, error);
	if (good) {
		const rd_kafka_group_result_t **groups = rd_kafka_ListConsumerGroupOffsets_result_groups(
			rd_kafka_event_ListConsumerGroupOffsets_result(question.event), &count);
		const rd_kafka_topic_partition_list_t *found = group_answer(client, groups, count, group, "Describe", error);
		good = found != NULL;
		for (int i = 0; good && i < list->cnt; i++) {
			rd_kafka_topic_partition_list_t *all =
				(rd_kafka_topic_partition_list_t *)(uintptr_t)found; /* only read */
			const rd_kafka_topic_partition_t *item =
				rd_kafka_topic_partition_list_find(all, list->elems[i].topic, list->elems[i].partition);
			list->elems[i].offset = item && item->offset >= 0 ? item->offset : RD_KAFKA_OFFSET_INVALID;
		}
	}
	question_close(&question);
	rd_kafka_ListConsumerGroupOffsets_destroy(wanted);
	return good;
}

bool admin_group_move(rd_kafka_t *client, const char *group, const rd_kafka_topic_partition_list_t *list, struct error *error)
{
	struct question question;
	size_t count;
	rd_kafka_AlterConsumerGroupOffsets_t *wanted = rd_kafka_AlterConsumerGroupOffsets_new(group, list);

	question_open(&question, client, RD_KAFKA_ADMIN_OP_ALTERCONSUMERGROUPOFFSETS);
	rd_kafka_AlterConsumerGroupOffsets(client, &wanted, 1, question.options, question.queue);
	bool good = question_wait(&question, group, error);
	if (good) {
		const rd_kafka_group_result_t **groups = rd_kafka_AlterConsumerGroupOffsets_result_groups(
			rd_kafka_event_AlterConsumerGroupOffsets_result(question.event), &count);
		good = group_answer(client, groups, count, group, "Read", error) != NULL;
	}
	question_close(&question);
	rd_kafka_AlterConsumerGroupOffsets_destroy(wanted);
	return good;
}

bool admin_group_delete(rd_kafka_t *client, const char *group, struct error *error)
{
	struct question question;
	size_t count;
	rd_kafka_DeleteGroup_t *wanted = rd_kafka_DeleteGroup_new(group);

	question_open(&question, client, RD_KAFKA_ADMIN_OP_DELETEGROUPS);
	rd_kafka_DeleteGroups(client, &wanted, 1, question.options, question.queue);
	bool good = question_wait(&question, group, error);
	if (good) {
		const rd_kafka_group_result_t **groups =
			rd_kafka_DeleteGroups_result_groups(rd_kafka_event_DeleteGroups_result(question.event), &count);
		const rd_kafka_error_t *why = count ? rd_kafka_group_result_error(groups[0]) : NULL;
		if (why && rd_kafka_error_code(why) != RD_KAFKA_RESP_ERR_GROUP_ID_NOT_FOUND)
			good = group_error(client, why, group, "Delete", error);
	}
	question_close(&question);
	rd_kafka_DeleteGroup_destroy(wanted);
	return good;
}

/* The one result of a question about one topic, which needs this right; `fine` is the error that isn't one. */
static bool topic_answer(rd_kafka_t *client, const rd_kafka_topic_result_t **results, size_t count, const char *topic,
	const char *operation, rd_kafka_resp_err_t fine, bool *done, struct error *error)
{
	rd_kafka_resp_err_t code = count ? rd_kafka_topic_result_error(results[0]) : RD_KAFKA_RESP_ERR__FAIL;
	const char *why = count ? rd_kafka_topic_result_error_string(results[0]) : NULL;

	if (done)
		*done = !code;
	if (!code || code == fine)
		return true;
	if (refusal_is(code))
		return refusal_error(client, code, topic, operation, error);
	return error_set(error, "topic", "%s: %s", topic, why ? why : rd_kafka_err2str(code));
}

bool admin_topic_create(struct connection *connection, rd_kafka_t *client, const struct admin_topic *topic, bool dry, bool *made,
	struct error *error)
{
	struct question question;
	char why[256];
	size_t count;

	if (connection->embedded)
		return error_set(error, "embedded",
			"%s: the embedded broker on %s makes topics by itself: when it starts (`copydesk broker --topics`) "
			"and at first use",
			topic->name, connection->servers);
	rd_kafka_NewTopic_t *wanted =
		rd_kafka_NewTopic_new(topic->name, topic->partitions, topic->copies ? topic->copies : -1, why, sizeof why);
	if (!wanted)
		return error_set(error, "topic", "%s: %s", topic->name, why);
	for (const char *const *setting = topic->settings; setting && *setting; setting += 2)
		rd_kafka_NewTopic_set_config(wanted, setting[0], setting[1]);
	question_open(&question, client, RD_KAFKA_ADMIN_OP_CREATETOPICS);
	rd_kafka_AdminOptions_set_operation_timeout(question.options, ADMIN_WAIT_MS - 10000, NULL, 0);
	if (dry)
		rd_kafka_AdminOptions_set_validate_only(question.options, 1, NULL, 0);
	rd_kafka_CreateTopics(client, &wanted, 1, question.options, question.queue);
	bool good = question_wait(&question, topic->name, error);
	if (good) {
		const rd_kafka_topic_result_t **results =
			rd_kafka_CreateTopics_result_topics(rd_kafka_event_CreateTopics_result(question.event), &count);
		good = topic_answer(
			client, results, count, topic->name, "Create", RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS, made, error);
	}
	question_close(&question);
	rd_kafka_NewTopic_destroy(wanted);
	return good;
}

bool admin_topic_delete(rd_kafka_t *client, const char *topic, bool *deleted, struct error *error)
{
	struct question question;
	size_t count;
	rd_kafka_DeleteTopic_t *wanted = rd_kafka_DeleteTopic_new(topic);

	question_open(&question, client, RD_KAFKA_ADMIN_OP_DELETETOPICS);
	rd_kafka_DeleteTopics(client, &wanted, 1, question.options, question.queue);
	bool good = question_wait(&question, topic, error);
	if (good) {
		const rd_kafka_topic_result_t **results =
			rd_kafka_DeleteTopics_result_topics(rd_kafka_event_DeleteTopics_result(question.event), &count);
		good = topic_answer(
			client, results, count, topic, "Delete", RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART, deleted, error);
	}
	question_close(&question);
	rd_kafka_DeleteTopic_destroy(wanted);
	return good;
}

void admin_topic_setting(rd_kafka_t *client, const char *topic, const char *name, char value[64])
{
	struct question question;
	struct error error;
	size_t count, entries = 0;
	rd_kafka_ConfigResource_t *resource = rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, topic);

	value[0] = '\0';
	question_open(&question, client, RD_KAFKA_ADMIN_OP_DESCRIBECONFIGS);
	rd_kafka_DescribeConfigs(client, &resource, 1, question.options, question.queue);
	if (question_wait(&question, topic, &error)) {
		const rd_kafka_ConfigResource_t **found =
			rd_kafka_DescribeConfigs_result_resources(rd_kafka_event_DescribeConfigs_result(question.event), &count);
		const rd_kafka_ConfigEntry_t **list = count ? rd_kafka_ConfigResource_configs(found[0], &entries) : NULL;
		for (size_t i = 0; i < entries; i++)
			if (strcmp(rd_kafka_ConfigEntry_name(list[i]), name) == 0)
				snprintf(value, 64, "%s", text_of(rd_kafka_ConfigEntry_value(list[i])));
	}
	question_close(&question);
	rd_kafka_ConfigResource_destroy(resource);
}

bool admin_records_delete(rd_kafka_t *client, const rd_kafka_topic_partition_list_t *list, struct error *error)
{
	struct question question;
	rd_kafka_DeleteRecords_t *wanted = rd_kafka_DeleteRecords_new(list);

	question_open(&question, client, RD_KAFKA_ADMIN_OP_DELETERECORDS);
	rd_kafka_DeleteRecords(client, &wanted, 1, question.options, question.queue);
	bool good = question_wait(&question, "records", error);
	if (good) {
		const rd_kafka_topic_partition_list_t *answer =
			rd_kafka_DeleteRecords_result_offsets(rd_kafka_event_DeleteRecords_result(question.event));
		for (int i = 0; good && i < answer->cnt; i++)
			if (answer->elems[i].err)
				good = connection_error(client, answer->elems[i].err, answer->elems[i].topic, "Delete",
					"its records aren't deleted", error);
	}
	question_close(&question);
	rd_kafka_DeleteRecords_destroy(wanted);
	return good;
}
