/* chain: see chain.h. Back is a look at coordinates; forward is a search, because no header tells what will become of a message:
 * outputs carry their input's time, so the search begins there, and a known key narrows it to one partition. */
#include "tools/chain.h"

#include "base/clock.h"

#include <stdio.h>

#define FETCH_MS 10000
/* Each stage writes with murmur2 over the key (common/kafka/client.c). */
#define PARTITIONER rd_kafka_msg_partitioner_murmur2

static bool is_topic(const char *topic, const char *prefix, const char *name)
{
	size_t len = strlen(prefix);

	return strncmp(topic, prefix, len) == 0 && strcmp(topic + len, name) == 0;
}

/* The stage that reads this topic, or NULL. */
static const struct pipeline_stage *chain_reader_of(const char *topic, const char *prefix)
{
	for (const struct pipeline_stage *stage = PIPELINE_STAGES; stage->name; stage++)
		if (is_topic(topic, prefix, pipeline_topic_of(stage, "topic.in")))
			return stage;
	return NULL;
}

/* NULL terminated names of the topics that a stage writes articles and dead letters to; `names` is their memory. */
static void chain_topics_of(const struct pipeline_stage *stage, const char *prefix, char names[4][250], const char *topics[5])
{
	static const char *const KEYS[] = {"topic.out", "topic.duplicate", "topic.dead"};
	size_t count = 0;

	for (size_t i = 0; i < sizeof KEYS / sizeof *KEYS; i++) {
		const char *name = pipeline_topic_of(stage, KEYS[i]);
		if (!name)
			continue;
		snprintf(names[count], 250, "%s%s", prefix, name);
		topics[count] = names[count];
		count++;
	}
	topics[count] = NULL;
}

bool chain_init(struct chain *chain, struct connection *connection, const char *prefix, struct arena *arena, struct error *error)
{
	*chain = (struct chain){.connection = connection, .prefix = prefix, .arena = arena};
	chain->reader = record_reader(connection, error);
	return chain->reader != NULL;
}

void chain_release(struct chain *chain)
{
	if (chain->reader)
		rd_kafka_destroy_flags(chain->reader, RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE);
	chain->reader = NULL;
	scan_close(&chain->scan);
}

static bool dead_source(const struct record *record, char topic[250], int32_t *partition, int64_t *offset)
{
	return coordinates_parse(record_header(record, "copydesk-dead-source"), topic, partition, offset);
}

/* --- back ---------------------------------------------------------------------------------------- */

static void link_classify(struct chain *chain, struct chain_link *link)
{
	link->dead = record_header(&link->record, "copydesk-dead-code").len > 0;
	link->stage = link->dead ? NULL : chain_reader_of(link->record.topic, chain->prefix);
}

/* From the given record to the first, newest first; then turned round. A record that is gone ends the way, and is told. */
static bool go_back(struct chain *chain, struct error *error)
{
	struct chain_link *link = chain->links;
	char topic[250];
	int32_t partition;
	int64_t offset;

	for (;;) {
		bool more = link->dead ? dead_source(&link->record, topic, &partition, &offset)
				       : record_source(&link->record, topic, &partition, &offset);
		if (!more)
			break;
		if (chain->count == CHAIN_RECORDS / 2)
			return error_set(error, "chain",
				"the headers of %s lead through more than %d records: they run in a circle",
				chain->links[0].record.topic, CHAIN_RECORDS / 2);
		link = &chain->links[chain->count++];
		*link = (struct chain_link){.from = -1};
		if (!record_fetch(chain->reader, topic, partition, offset, FETCH_MS, chain->arena, &link->record, error)) {
			link->record =
				(struct record){.partition = partition, .offset = offset, .message = {.timestamp = CLOCK_NONE}};
			memcpy(link->record.topic, topic, sizeof topic);
			link->stage = chain_reader_of(topic, chain->prefix);
			snprintf(link->missing, sizeof link->missing, "%.199s", error->text);
			break;
		}
		link_classify(chain, link);
	}
	for (size_t i = 0; i < chain->count / 2; i++) {
		struct chain_link other = chain->links[i];
		chain->links[i] = chain->links[chain->count - 1 - i];
		chain->links[chain->count - 1 - i] = other;
	}
	for (size_t i = 0; i < chain->count; i++)
		chain->links[i].from = (int)i - 1;
	return true;
}

/* --- forward ------------------------------------------------------------------------------------- */

/* Only the partition of the key, where the stage before has set one; dead letters keep whatever key there was. */
static void narrow(struct scan *scan, struct slice key)
{
	for (size_t i = 0; key.len && i < scan->partition_count; i++) {
		struct scan_partition *partition = &scan->partitions[i];
		int32_t count = 0;
		size_t len = strlen(partition->topic);
		if (len > 5 && strcmp(partition->topic + len - 5, ".dead") == 0)
			continue;
		for (size_t k = 0; k < scan->partition_count; k++)
			count += strcmp(scan->partitions[k].topic, partition->topic) == 0;
		if (PARTITIONER(NULL, key.ptr, key.len, count, NULL, NULL) != partition->partition)
			partition->start = partition->end;
	}
}

static bool stems_from(const rd_kafka_message_t *message, struct slice place)
{
	return slice_equal(message_header(message, "copydesk-source"), place) ||
		slice_equal(message_header(message, "copydesk-dead-source"), place);
}

static bool search(struct chain *chain, int from, struct error *error)
{
	struct scan *scan = &chain->scan;
	struct slice place = record_place(chain->arena, &chain->links[from].record);

	while (!scan_done(scan) && !command_stopping()) {
		rd_kafka_message_t *message = scan_next(scan, 500, error);
		if (!message && error->code[0])
			return false;
		if (!message)
			continue;
		/* A dead letter carries the source header of its own past, too. */
		bool own = slice_equal(message_header(message, "copydesk-dead-source"), place) ||
			   (!message_header(message, "copydesk-dead-source").len && stems_from(message, place));
		if (own) {
			struct chain_link *link = &chain->links[chain->count++];
			*link = (struct chain_link){.from = from};
			record_take(chain->arena, message, &link->record);
			link_classify(chain, link);
			return true;
		}
		rd_kafka_message_destroy(message);
	}
	return true;
}

/* The first thing that the record's reader made of it. */
static bool go_on(struct chain *chain, int from, struct error *error)
{
	const struct chain_link *link = &chain->links[from];
	int64_t time = link->record.message.timestamp;
	struct scan_bound since = {time > 0 ? SCAN_TIME : SCAN_EARLIEST, time}, now = {SCAN_LATEST, 0};
	char names[4][250];
	const char *topics[5];

	chain_topics_of(link->stage, chain->prefix, names, topics);
	bool ok = scan_open(&chain->scan, chain->connection, topics, since, now, true, error);
	if (ok) {
		narrow(&chain->scan, link->from < 0 ? SLICE_NONE : link->record.message.key);
		ok = scan_start(&chain->scan, error) && search(chain, from, error);
	}
	scan_close(&chain->scan);
	return ok;
}

bool chain_follow(struct chain *chain, const char *topic, int32_t partition, int64_t offset, struct error *error)
{
	chain->count = 1;
	chain->links[0] = (struct chain_link){.from = -1};
	if (!record_fetch(chain->reader, topic, partition, offset, FETCH_MS, chain->arena, &chain->links[0].record, error))
		return false;
	link_classify(chain, &chain->links[0]);
	if (!go_back(chain, error))
		return false;
	/* What lies before the last is known to have become the next. */
	for (size_t i = chain->count - 1; i < chain->count && chain->count < CHAIN_RECORDS; i++)
		if (chain->links[i].stage && !chain->links[i].missing[0] && !go_on(chain, (int)i, error))
			return false;
	return true;
}
