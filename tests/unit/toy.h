/* toy: a stage for tests of the runner. Each line is a word and the rest:
 *
 *     echo TEXT     emitted as it is
 *     twice TEXT    emitted twice, the second time to output 1
 *     drop          dropped, reason "unwanted"
 *     bad           rejected, code "toy_bad"
 *     eat BYTES     allocates so much
 *     spin          ticks for ever
 *     slow          as echo, but takes a while that differs by line
 *     count TEXT    asks the index how often TEXT was seen, emits "n TEXT"
 *     none          answers EMIT and emits nothing (a faulty stage) */
#ifndef COPYDESK_TOY_H
#define COPYDESK_TOY_H

#include "base/hash.h"
#include "run/stage.h"

#include <stdlib.h>

static const struct stage_output TOY_OUTPUTS[] = {
	{"topic.out", "toy.out", "org.copydesk.toy.v1", NULL}, {"topic.second", "toy.second", "org.copydesk.toy.v1", NULL}, {0}};
static const struct stage_counter TOY_COUNTERS[] = {{"toy_words", "Words seen."}, {"toy_bytes", "Bytes seen."}, {0}};
static const char *const TOY_REASONS[] = {"unwanted", "unused", NULL};
static const struct option TOY_OPTIONS[] = {
	{.name = "toy.suffix", .kind = OPTION_TEXT, .otherwise = "", .help = "Put behind each text."},
	{.name = "toy.password", .kind = OPTION_SECRET, .otherwise = "", .help = "Not told to anybody."},
	{.name = "toy.cache", .kind = OPTION_TEXT, .otherwise = "", .help = "Changes nothing.", .neutral = true},
	{.name = "toy.ratio", .kind = OPTION_NUMBER, .otherwise = "0.5", .min = 0, .max = 1, .help = "A share."},
	{0},
};

static inline enum verdict toy_word(struct task *task, struct slice word, struct slice rest)
{
	int64_t bytes;

	if (slice_is(word, "drop"))
		return task_drop(task, "unwanted");
	if (slice_is(word, "bad"))
		return task_reject(task, "toy_bad", "the line says so: %.*s", SLICE_ARG(rest));
	if (slice_is(word, "none"))
		return VERDICT_EMIT;
	if (slice_is(word, "retry"))
		return task_retry(task, "toy_world", "the world is wrong");
	if (slice_is(word, "eat") && slice_to_int64(rest, &bytes))
		memset(arena_alloc(task->arena, (size_t)bytes), 1, (size_t)bytes);
	while (slice_is(word, "spin"))
		arena_tick(task->arena);
	if (slice_is(word, "slow")) {
		volatile uint64_t value = hash64(rest);
		for (uint64_t i = value % 20000; i; i--)
			value = hash_mix(value + i);
	}
	if (slice_is(word, "count")) {
		task_ask(task, 1, rest);
		return VERDICT_ASK;
	}
	task_emit(task, 0, SLICE_NONE, arena_printf(task->arena, "%.*s %zu %.*s", SLICE_ARG(word), rest.len, SLICE_ARG(rest)));
	if (slice_is(word, "twice"))
		task_emit(task, 1, SLICE_NONE, rest);
	return VERDICT_EMIT;
}

static inline enum verdict toy_process(void *state, struct task *task)
{
	struct slice rest = task->in->value, word = {0};

	(void)state;
	slice_split(&rest, ' ', &word);
	task_count(task, 0, 1);
	task_count(task, 1, task->in->value.len);
	return toy_word(task, word, rest);
}

/* The index: how often each text was seen, by a small table of hashes. */
struct toy_partition {
	uint64_t hashes[1024];
	uint64_t seen[1024];
};

static inline void *toy_open(void *state)
{
	(void)state;
	return calloc(1, sizeof(struct toy_partition));
}

static inline void toy_close(void **partition)
{
	free(*partition);
	*partition = NULL;
}

static inline void toy_fold(void *partition, struct slice record, struct arena *arena, struct buf *reply)
{
	struct toy_partition *toy = partition;
	uint64_t hash = hash64(record) | 1, i = hash % 1024;

	if (slice_is(record, "huge"))
		arena_alloc(arena, SIZE_MAX / 4);
	while (toy->hashes[i] && toy->hashes[i] != hash)
		i = (i + 1) % 1024;
	toy->hashes[i] = hash;
	buf_printf(reply, "%llu", (unsigned long long)++toy->seen[i]);
}

static inline enum verdict toy_decide(void *state, struct task *task, const struct slice *replies, size_t count)
{
	struct slice rest = task->in->value, word = {0};

	(void)state;
	slice_split(&rest, ' ', &word);
	if (slice_is(rest, "forever")) {
		task_ask(task, 1, rest);
		return VERDICT_ASK;
	}
	if (slice_starts(rest, SLICE("again")) && count == 1) {
		task_ask(task, 1, rest);
		task_ask(task, 2, SLICE("other"));
		return VERDICT_ASK;
	}
	task_emit(task, 0, SLICE_NONE, arena_printf(task->arena, "%.*s %zu %.*s", SLICE_ARG(replies[0]), count, SLICE_ARG(rest)));
	return VERDICT_EMIT;
}

static const struct stage_index TOY_INDEX = {.open = toy_open, .close = toy_close, .fold = toy_fold, .decide = toy_decide};

static const struct stage TOY = {
	.name = "toy", .summary = "A stage for tests.", .topic_in = "toy.in", .topic_dead = "toy.in.dead", .outputs = TOY_OUTPUTS,
	.options = TOY_OPTIONS, .counters = TOY_COUNTERS, .reasons = TOY_REASONS, .index = &TOY_INDEX, .process = toy_process,
};

#endif
