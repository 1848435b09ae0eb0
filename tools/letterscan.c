/* letterscan: see letterscan.h. Dead-letter topics keep the original's timestamp, so times of death are looked for in the
 * headers. */
#include "tools/letterscan.h"

#include "base/clock.h"
#include "tools/pipeline.h"
#include "tools/record.h"

#include <stdio.h>

static bool topic_add(struct letter_filter *filter, const char *prefix, const char *topic, struct error *error)
{
	if (filter->topic_count == LETTER_TOPICS_MAX)
		return error_set(error, "usage", "%s is one more than the %d topics that are read at once: name fewer", topic,
			LETTER_TOPICS_MAX);
	snprintf(filter->topics[filter->topic_count++], sizeof filter->topics[0], "%s%s", prefix, topic);
	return true;
}

static bool topics_choose(struct letter_filter *filter, const struct args *args, struct error *error)
{
	const char *given = args_text(args, "topic"), *prefix = args_text(args, "prefix");

	if (filter->stage && !pipeline_stage(filter->stage))
		return error_set(error, "usage", "--stage %s: there are extract, dedup and tag", filter->stage);
	if (given) /* a replay's side topic, say */
		return topic_add(filter, "", given, error);
	for (const struct pipeline_stage *stage = PIPELINE_STAGES; stage->name; stage++)
		if (!filter->stage || strcmp(filter->stage, stage->name) == 0)
			if (!topic_add(filter, prefix, pipeline_topic_of(stage, "topic.dead"), error))
				return false;
	return true;
}

/* TOPIC/PARTITION/OFFSET, or PARTITION/OFFSET where only one topic is meant. */
static bool place_add(struct letter_filter *filter, const char *text, struct error *error)
{
	char whole[600];

	if (filter->place_count == LETTER_PLACES_MAX)
		return error_set(error, "usage", "%s is one more than the %d places that are read at once: name fewer", text,
			LETTER_PLACES_MAX);
	struct letter_place *place = &filter->places[filter->place_count++];
	*place = (struct letter_place){0};
	if (coordinates_parse(slice_of(text), place->topic, &place->partition, &place->offset))
		return true;
	snprintf(whole, sizeof whole, "%s/%.300s", filter->topics[0], text);
	if (!coordinates_parse(slice_of(whole), place->topic, &place->partition, &place->offset))
		return error_set(
			error, "usage", "%s is no place of a letter: topic/partition/offset, such as news.page.dead/0/17", text);
	if (filter->topic_count != 1)
		return error_set(
			error, "usage", "%s: on which topic? --stage or --topic says it, or write topic/partition/offset", text);
	return true;
}

bool letter_filter_init(struct letter_filter *filter, const struct args *args, struct error *error)
{
	*filter = (struct letter_filter){.stage = args_text(args, "stage"), .code = args_text(args, "code"),
		.fingerprint = args_text(args, "fingerprint"), .from = CLOCK_NONE, .until = CLOCK_NONE, .handled_too = args_given(args, "all")};
	if (args_given(args, "from") && !args_time(args, "from", &filter->from, error))
		return false;
	if (args_given(args, "until") && !args_time(args, "until", &filter->until, error))
		return false;
	if (!topics_choose(filter, args, error))
		return false;
	for (size_t i = 1; i < args->operand_count; i++)
		if (!place_add(filter, args->operands[i], error))
			return false;
	if (filter->place_count) { /* places say it all: other topics needn't be read */
		filter->topic_count = 0;
		for (size_t i = 0; i < filter->place_count; i++) {
			size_t known = 0;
			while (known < filter->topic_count && strcmp(filter->topics[known], filter->places[i].topic) != 0)
				known++;
			if (known == filter->topic_count && !topic_add(filter, "", filter->places[i].topic, error))
				return false;
		}
	}
	return true;
}

static void facts_of(const rd_kafka_message_t *message, struct letter_facts *facts)
{
	facts->stage = message_header(message, "copydesk-dead-stage");
	facts->code = message_header(message, "copydesk-dead-code");
	facts->message = message_header(message, "copydesk-dead-message");
	letter_fingerprint(facts->stage, facts->code, facts->message, facts->fingerprint);
	if (!clock_parse(message_header(message, "copydesk-dead-time"), &facts->died))
		facts->died = message_time(message);
}

static bool is_at_place(struct letter_filter *filter, const rd_kafka_message_t *message)
{
	for (size_t i = 0; i < filter->place_count; i++) {
		struct letter_place *place = &filter->places[i];
		if (place->offset == message->offset && place->partition == message->partition &&
			strcmp(place->topic, rd_kafka_topic_name(message->rkt)) == 0)
			return place->found = true;
	}
	return filter->place_count == 0;
}

static bool is_wanted(const struct letter_filter *filter, const struct letter_facts *facts)
{
	return (!filter->stage || slice_is(facts->stage, filter->stage)) && (!filter->code || slice_is(facts->code, filter->code)) &&
		(!filter->fingerprint || strcmp(filter->fingerprint, facts->fingerprint) == 0) &&
		(filter->from == CLOCK_NONE || facts->died >= filter->from) && (filter->until == CLOCK_NONE || facts->died < filter->until);
}

/* With places: only as far as these lie. */
static void narrow(const struct letter_filter *filter, struct scan_partition *partition)
{
	int64_t low = INT64_MAX, high = -1;

	for (size_t i = 0; i < filter->place_count; i++) {
		const struct letter_place *place = &filter->places[i];
		if (place->partition != partition->partition || strcmp(place->topic, partition->topic) != 0)
			continue;
		low = place->offset < low ? place->offset : low;
		high = place->offset > high ? place->offset : high;
	}
	if (low > partition->start)
		partition->start = low;
	if (high + 1 < partition->end)
		partition->end = high + 1;
}

static bool letter_offer(struct letter_filter *filter, const struct handled *handled, const rd_kafka_message_t *message,
	letter_visit visit, void *context, struct error *error)
{
	struct letter_facts facts;

	if (!is_at_place(filter, message))
		return true;
	facts_of(message, &facts);
	enum handled_as as = handled_find(handled, rd_kafka_topic_name(message->rkt), message->partition, message->offset);
	if (!is_wanted(filter, &facts) || (as != HANDLED_NOT && !filter->handled_too))
		return true;
	return visit(context, message, &facts, as, error);
}

static bool places_found(const struct letter_filter *filter, struct error *error)
{
	for (size_t i = 0; i < filter->place_count; i++)
		if (!filter->places[i].found)
			return error_set(error, "record_gone", "%s/%d/%lld: there is no dead letter", filter->places[i].topic,
				(int)filter->places[i].partition, (long long)filter->places[i].offset);
	return true;
}

bool letters_each(struct connection *connection, struct letter_filter *filter, const struct handled *handled, letter_visit visit, void *context,
	struct error *error)
{
	const char *topics[LETTER_TOPICS_MAX + 1] = {NULL};
	struct scan scan;

	for (size_t i = 0; i < filter->topic_count; i++)
		topics[i] = filter->topics[i];
	error->code[0] = '\0';
	bool good = scan_open(&scan, connection, topics, (struct scan_bound){SCAN_EARLIEST, 0},
		(struct scan_bound){SCAN_LATEST, 0}, filter->topic_count > 1, error);
	if (good && scan.partition_count == 0)
		good = error_set(error, "topic", "there is none of the topics of dead letters (%s, …) on %s", filter->topics[0],
			connection->servers);
	for (size_t i = 0; good && filter->place_count && i < scan.partition_count; i++)
		narrow(filter, &scan.partitions[i]);
	good = good && scan_start(&scan, error);
	while (good && !scan_done(&scan) && !command_stopping()) {
		rd_kafka_message_t *message = scan_next(&scan, 200, error);
		if (message) {
			good = letter_offer(filter, handled, message, visit, context, error);
			rd_kafka_message_destroy(message);
			if (!good && !error->code[0])
				break; /* the visitor has enough */
		}
		good = good && !error->code[0];
	}
	bool whole = good && scan_done(&scan);
	scan_close(&scan);
	return !error->code[0] && (!whole || places_found(filter, error));
}
