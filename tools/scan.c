/* scan: see scan.h. With read_committed the watermark that librdkafka reports is the last stable offset, and what stands below it
 * may be transaction markers or aborted records, which never come: the end of a partition is told by position or by its EOF
 * event. */
#include "tools/scan.h"

#include "base/clock.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { QUERY_WAIT_MS = 10000 };

bool scan_bound_parse(const char *text, bool until, struct scan_bound *bound, struct error *error)
{
	int64_t number;
	struct slice s = slice_of(text);
	if (strcmp(text, "earliest") == 0 || strcmp(text, "beginning") == 0)
		*bound = (struct scan_bound){SCAN_EARLIEST, 0};
	else if (strcmp(text, "latest") == 0 || strcmp(text, "end") == 0)
		*bound = (struct scan_bound){SCAN_LATEST, 0};
	else if (until && (strcmp(text, "never") == 0 || !*text))
		*bound = (struct scan_bound){SCAN_FOREVER, 0};
	else if (!until && s.len > 1 && s.ptr[0] == '-' && slice_to_int64(slice_sub(s, 1, s.len), &number))
		*bound = (struct scan_bound){SCAN_LAST, number};
	else if (instant_parse(s, clock_wall_ms(), &number))
		*bound = (struct scan_bound){SCAN_TIME, number};
	else
		return error_set(error, "usage", "%s %s: needs %s, a time such as 2026-11-24T09:30:00Z or an age such as 6h",
			until ? "--until" : "--from", text,
			until ? "end, never" : "earliest, latest, -N (the last N of each partition)");
	return true;
}

/* A topic that was just made, or a broker that just left: its leader is known in a moment. Waits a little; false past the
 * deadline. */
static bool is_passing(rd_kafka_resp_err_t code, int64_t deadline_us)
{
	if (code != RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION && code != RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE &&
		code != RD_KAFKA_RESP_ERR__TRANSPORT)
		return false;
	nanosleep(&(struct timespec){0, 200000000}, NULL);
	return clock_monotonic_us() < deadline_us && !command_stopping();
}

static bool offset_at_time(
	struct scan *scan, const struct scan_partition *partition, int64_t ms, int64_t *offset, struct error *error)
{
	rd_kafka_topic_partition_list_t *list = rd_kafka_topic_partition_list_new(1);
	int64_t deadline = clock_monotonic_us() + QUERY_WAIT_MS * 1000LL;
	rd_kafka_resp_err_t code;
	rd_kafka_topic_partition_list_add(list, partition->topic, partition->partition);
	do {
		list->elems[0].offset = ms;
		code = rd_kafka_offsets_for_times(scan->client, list, QUERY_WAIT_MS);
		if (!code)
			code = list->elems[0].err;
	} while (is_passing(code, deadline));
	/* OFFSET_END: nothing is that young */
	*offset = list->elems[0].offset < 0 ? partition->high : list->elems[0].offset;
	rd_kafka_topic_partition_list_destroy(list);
	return !code || connection_error(scan->client, code, partition->topic, "Describe", "no offset for the time", error);
}

/* The embedded broker can't look times up: there a scan reads from the start and leaves records out by their own time. */
static bool partition_bounds(struct scan *scan, struct scan_partition *partition, struct error *error)
{
	bool by_hand = scan->connection->embedded;
	int64_t deadline = clock_monotonic_us() + QUERY_WAIT_MS * 1000LL;
	rd_kafka_resp_err_t code;
	do {
		code = rd_kafka_query_watermark_offsets(
			scan->client, partition->topic, partition->partition, &partition->low, &partition->high, QUERY_WAIT_MS);
	} while (is_passing(code, deadline));
	if (code)
		return connection_error(scan->client, code, partition->topic, "Describe", "its offsets can't be had", error);
	switch (scan->from.kind) {
	case SCAN_LATEST: partition->start = partition->high; break;
	case SCAN_LAST: partition->start = partition->high - scan->from.value; break;
	case SCAN_TIME:
		partition->start = partition->low;
		if (!by_hand && !offset_at_time(scan, partition, scan->from.value, &partition->start, error))
			return false;
		break;
	default: partition->start = partition->low;
	}
	if (partition->start < partition->low)
		partition->start = partition->low;
	partition->end = partition->high;
	if (scan->until.kind == SCAN_FOREVER)
		partition->end = INT64_MAX;
	else if (scan->until.kind == SCAN_TIME && !by_hand &&
		!offset_at_time(scan, partition, scan->until.value, &partition->end, error))
		return false;
	return true;
}

static bool topic_add(struct scan *scan, const char *topic, bool lenient, struct error *error)
{
	int partitions = connection_partitions(scan->connection, scan->client, topic, error);
	if (partitions < 0)
		return false;
	if (partitions == 0)
		return lenient ||
			error_set(error, "topic", "there is no topic %s on %s; `copydesk topics describe` shows what is there",
				topic, scan->connection->servers);
	scan->partitions = realloc(scan->partitions, (scan->partition_count + (size_t)partitions) * sizeof *scan->partitions);
	if (!scan->partitions)
		return error_set(error, "memory", "no memory for %d partitions", partitions);
	for (int32_t i = 0; i < partitions; i++) {
		struct scan_partition *partition = &scan->partitions[scan->partition_count++];
		*partition = (struct scan_partition){.partition = i};
		snprintf(partition->topic, sizeof partition->topic, "%s", topic);
		if (!partition_bounds(scan, partition, error))
			return false;
	}
	return true;
}

bool scan_open(struct scan *scan, struct connection *connection, const char *const *topics, struct scan_bound from,
	struct scan_bound until, bool lenient, struct error *error)
{
	static const char *const settings[] = {"group.id", "copydesk-scan", "enable.auto.commit", "false", "enable.auto.offset.store", "false",
		"isolation.level", "read_committed", "enable.partition.eof", "true", "auto.offset.reset", "earliest", "allow.auto.create.topics", "false",
		"?queued.max.messages.kbytes", "32768", "?fetch.max.bytes", "16777216", "?fetch.message.max.bytes", "4194304", "?receive.message.max.bytes",
		"200000000", "?fetch.wait.max.ms", "100", "?fetch.error.backoff.ms", "100", NULL};
	*scan = (struct scan){.connection = connection, .from = from, .until = until};
	scan->client = connection_open(connection, RD_KAFKA_CONSUMER, settings, error);
	if (!scan->client)
		return false;
	rd_kafka_poll_set_consumer(scan->client);
	for (; *topics; topics++)
		if (!topic_add(scan, *topics, lenient, error))
			return false;
	return true;
}

/* commit_transaction() answers when the commit is certain; the markers in the topics follow, and only then the last stable offset
 * moves. */
bool scan_settle(struct scan *scan, int wait_ms, struct error *error)
{
	static const char *const settings[] = {"group.id", "copydesk-scan", "isolation.level", "read_uncommitted", NULL};
	int64_t deadline = clock_monotonic_us() + wait_ms * 1000LL, low, written;
	rd_kafka_t *all =
		scan->connection->embedded ? NULL : connection_open(scan->connection, RD_KAFKA_CONSUMER, settings, error);
	bool good = scan->connection->embedded || all;
	for (size_t i = 0; all && good && i < scan->partition_count; i++) {
		struct scan_partition *partition = &scan->partitions[i];
		rd_kafka_resp_err_t code;
		do {
			code = rd_kafka_query_watermark_offsets(
				all, partition->topic, partition->partition, &low, &written, QUERY_WAIT_MS);
		} while (is_passing(code, deadline));
		while (!code && partition->high < written && clock_monotonic_us() < deadline && !command_stopping()) {
			nanosleep(&(struct timespec){0, 50000000}, NULL);
			code = rd_kafka_query_watermark_offsets(
				scan->client, partition->topic, partition->partition, &low, &partition->high, QUERY_WAIT_MS);
			code = code == RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION ? RD_KAFKA_RESP_ERR_NO_ERROR : code;
		}
		if (code)
			good = connection_error(
				scan->client, code, partition->topic, "Describe", "its offsets can't be had", error);
		else if (partition->high < written)
			good = error_set(error, "open_transaction",
				"%s/%d: a transaction that began before offset %lld is still open, so what is there can't be "
				"told; who writes it? Try again when it has ended",
				partition->topic, (int)partition->partition, (long long)partition->high);
		if (good && scan->until.kind == SCAN_LATEST)
			partition->end = partition->high;
	}
	if (all)
		rd_kafka_destroy_flags(all, RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE);
	return good;
}

static void partition_finish(struct scan *scan, struct scan_partition *partition)
{
	if (partition->done)
		return;
	partition->done = true;
	scan->done_count++;
}

bool scan_start(struct scan *scan, struct error *error)
{
	rd_kafka_topic_partition_list_t *list = rd_kafka_topic_partition_list_new((int)scan->partition_count);
	for (size_t i = 0; i < scan->partition_count; i++) {
		struct scan_partition *partition = &scan->partitions[i];
		partition->at = partition->start;
		if (partition->start >= partition->end)
			partition_finish(scan, partition);
		else
			rd_kafka_topic_partition_list_add(list, partition->topic, partition->partition)->offset =
				partition->start;
	}
	rd_kafka_resp_err_t code = rd_kafka_assign(scan->client, list);
	rd_kafka_topic_partition_list_destroy(list);
	return !code || error_set(error, "kafka", "partitions can't be assigned: %s", rd_kafka_err2str(code));
}

void scan_close(struct scan *scan)
{
	if (scan->client) {
		rd_kafka_assign(scan->client, NULL);
		/* no group was joined: there is nothing to leave */
		rd_kafka_destroy_flags(scan->client, RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE);
	}
	free(scan->partitions);
	*scan = (struct scan){0};
}

static struct scan_partition *partition_of(struct scan *scan, const rd_kafka_message_t *message)
{
	const char *topic = message->rkt ? rd_kafka_topic_name(message->rkt) : NULL;
	for (size_t i = 0; topic && i < scan->partition_count; i++)
		if (scan->partitions[i].partition == message->partition && strcmp(scan->partitions[i].topic, topic) == 0)
			return &scan->partitions[i];
	return NULL;
}

/* Whether the record is wanted; moves the partition on. */
static bool record_take(struct scan *scan, struct scan_partition *partition, const rd_kafka_message_t *message)
{
	int64_t time = message_time(message);
	if (partition->done)
		return false;
	if (message->offset >= partition->end) {
		partition_finish(scan, partition);
		return false;
	}
	partition->at = message->offset + 1;
	if (partition->at >= partition->end)
		partition_finish(scan, partition);
	if (scan->connection->embedded && scan->from.kind == SCAN_TIME && time != CLOCK_NONE && time < scan->from.value)
		return false;
	if (scan->connection->embedded && scan->until.kind == SCAN_TIME && time != CLOCK_NONE && time >= scan->until.value)
		return false;
	return true;
}

rd_kafka_message_t *scan_next(struct scan *scan, int wait_ms, struct error *error)
{
	int64_t deadline = clock_monotonic_us() + wait_ms * 1000LL;
	error->code[0] = '\0';
	for (int64_t left = wait_ms; !scan_done(scan) && left >= 0; left = (deadline - clock_monotonic_us()) / 1000) {
		rd_kafka_message_t *message = rd_kafka_consumer_poll(scan->client, (int)left);
		if (!message)
			return NULL;
		struct scan_partition *partition = partition_of(scan, message);
		if (!message->err && partition && record_take(scan, partition, message))
			return message;
		rd_kafka_resp_err_t code = message->err;
		if (code == RD_KAFKA_RESP_ERR__PARTITION_EOF && partition && partition->end != INT64_MAX)
			partition_finish(scan, partition);
		else if (code && code != RD_KAFKA_RESP_ERR__PARTITION_EOF && code != RD_KAFKA_RESP_ERR__TRANSPORT &&
			code != RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN && code != RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE) {
			connection_error(scan->client, code, partition ? partition->topic : scan->connection->servers, "Read",
				NULL, error);
			rd_kafka_message_destroy(message);
			return NULL;
		}
		rd_kafka_message_destroy(message);
	}
	return NULL;
}

int64_t scan_left(const struct scan *scan)
{
	int64_t left = 0;
	for (size_t i = 0; i < scan->partition_count; i++)
		if (!scan->partitions[i].done && scan->partitions[i].end != INT64_MAX)
			left += scan->partitions[i].end - scan->partitions[i].at;
	return left;
}

int64_t scan_total(const struct scan *scan)
{
	int64_t total = 0;
	for (size_t i = 0; i < scan->partition_count; i++)
		if (scan->partitions[i].end != INT64_MAX && scan->partitions[i].end > scan->partitions[i].start)
			total += scan->partitions[i].end - scan->partitions[i].start;
	return total;
}

struct slice message_header(const rd_kafka_message_t *message, const char *name)
{
	rd_kafka_headers_t *headers;
	struct slice found = SLICE_NONE;
	const char *each;
	const void *value;
	size_t size;
	if (rd_kafka_message_headers(message, &headers))
		return found;
	for (size_t i = 0; !rd_kafka_header_get_all(headers, i, &each, &value, &size); i++)
		if (slice_equal_nocase(slice_of(each), slice_of(name)))
			found = slice_make(value ? value : "", size);
	return found;
}

int64_t message_time(const rd_kafka_message_t *message)
{
	rd_kafka_timestamp_type_t type;
	int64_t time = rd_kafka_message_timestamp(message, &type);
	return type == RD_KAFKA_TIMESTAMP_NOT_AVAILABLE ? CLOCK_NONE : time;
}

const char *message_place(const rd_kafka_message_t *message, char out[300])
{
	snprintf(out, 300, "%s/%d/%lld", message->rkt ? rd_kafka_topic_name(message->rkt) : "?", (int)message->partition,
		(long long)message->offset);
	return out;
}

bool message_too_large(const rd_kafka_message_t *message, const char *to_be, struct error *error)
{
	char place[300];

	return error_set(error, "memory", "%s is too large %s", message_place(message, place), to_be);
}
