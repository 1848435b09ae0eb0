/* shard: see shard.h. */
#include "kafka/shard.h"

#include "base/clock.h"
#include "base/log.h"
#include "kafka/snapshot.h"

static struct snapshot_name name_of(const struct shard_kind *kind, int32_t partition)
{
	return (struct snapshot_name){kind->folder, kind->topic, kind->digest, partition};
}

/* A state, filled from this host's snapshot if that fits the log: the offset to go on at, -1 if there is none. */
static int64_t open_state(struct shard *shard, const struct shard_kind *kind, int32_t partition, const struct shard_log *log)
{
	struct snapshot_name name = name_of(kind, partition);
	struct error error;
	int64_t next = -1;

	shard->state = kind->index->open(kind->stage_state);
	if (!*kind->folder)
		return -1;
	if (snapshot_read(&name, kind->index, shard->state, &next, &error) && next >= log->begin && next <= log->end)
		return next;
	if (next < 0 && strcmp(error.code, "snapshot_damaged") == 0)
		log_warn("index_snapshot", LOG_STR("text", error.text));
	kind->index->close(&shard->state);
	shard->state = kind->index->open(kind->stage_state);
	return -1;
}

bool shard_open(struct shard *shard, const struct shard_kind *kind, int32_t partition, const struct shard_log *log)
{
	int64_t saved = open_state(shard, kind, partition, log);

	shard->next = saved >= 0 ? saved : log->since >= log->begin ? log->since : log->begin;
	shard->past = log->end;
	shard->saved_us = clock_monotonic_us();
	shard->saved_next = saved;
	return saved >= 0;
}

void shard_save(struct shard *shard, const struct shard_kind *kind, int32_t partition)
{
	struct snapshot_name name = name_of(kind, partition);
	struct error error;

	if (!*kind->folder || shard->next < shard->past || shard->next == shard->saved_next)
		return;
	shard->saved_us = clock_monotonic_us();
	if (snapshot_write(&name, kind->index, shard->state, shard->next, &error))
		shard->saved_next = shard->next;
	else
		log_warn("index_not_saved", LOG_STR("text", error.text));
}

void shard_close(struct shard *shard, const struct shard_kind *kind, int32_t partition)
{
	if (!shard->state)
		return;
	shard_save(shard, kind, partition);
	kind->index->close(&shard->state);
	*shard = (struct shard){0};
}
