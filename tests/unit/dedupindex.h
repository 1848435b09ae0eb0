/* dedupindex: the deduplication stage with an index of any number of partitions in memory, and with questions that arrive in any order:
 * what Kafka, many processes and bad luck can do, without them. */
#ifndef COPYDESK_TEST_DEDUPINDEX_H
#define COPYDESK_TEST_DEDUPINDEX_H

#include "dedup/front.h"
#include "dedup/owner.h"
#include "dedup/settings.h"
#include "json/reader.h"
#include "run/workers.h"

#include <stdio.h>
#include <stdlib.h>

#define INDEX_PARTITIONS 16
#define INDEX_ARTICLES 64
#define INDEX_QUESTIONS 32

static inline uint64_t dice(uint64_t *state)
{
	uint64_t z = *state += 0x9E3779B97F4A7C15u; /* SplitMix64 (Steele, Lea and Flood, 2014) */

	z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
	z = (z ^ z >> 27) * 0x94D049BB133111EBu;
	return z ^ z >> 31;
}

struct index {
	struct settings settings;
	void *partitions[INDEX_PARTITIONS];
	size_t count;
	struct arena arena; /* of a fold */
	char **messages;    /* made by index_judge() */
	size_t message_count;
};

/* An article on its way: which of its questions have been answered. */
struct flight {
	struct job job;
	struct buf replies[INDEX_QUESTIONS];
	const struct question *questions[INDEX_QUESTIONS];
	bool answered[INDEX_QUESTIONS];
	size_t asked, waiting, question_total;
};

static inline void index_begin_with(struct index *index, size_t partitions, struct settings settings)
{
	*index = (struct index){.settings = settings, .count = partitions};
	for (size_t i = 0; i < partitions; i++)
		index->partitions[i] = dedup_stage.index->open(&index->settings);
	arena_init(&index->arena, 64 << 20);
}

static inline void index_begin(struct index *index, size_t partitions)
{
	index_begin_with(index, partitions, settings_default());
}

static inline void index_end(struct index *index)
{
	for (size_t i = 0; i < index->message_count; i++)
		free(index->messages[i]);
	free(index->messages);
	for (size_t i = 0; i < index->count; i++)
		dedup_stage.index->close(&index->partitions[i]);
	arena_release(&index->arena);
}

static inline void index_fold_one(struct index *index, const struct question *q, struct buf *reply)
{
	jmp_buf jump;

	buf_init(reply, 1 << 20);
	if (ARENA_GUARD(&index->arena, &jump) != ESCAPE_NONE)
		fail_msg("a fold ran out of memory");
	dedup_stage.index->fold(index->partitions[q->key % index->count], q->record, &index->arena, reply);
	index->arena.escape = NULL;
	arena_reset(&index->arena);
}

static inline void flight_collect(struct flight *flight)
{
	flight->asked = flight->waiting = 0;
	if (flight->job.verdict != VERDICT_ASK)
		return;
	for (const struct question *q = flight->job.task.questions; q; q = q->next) {
		assert_true(flight->asked < INDEX_QUESTIONS);
		flight->answered[flight->asked] = false;
		flight->questions[flight->asked++] = q;
	}
	flight->waiting = flight->asked;
	flight->question_total += flight->asked;
}

static inline void flight_begin(struct index *index, struct flight *flight, const char *message)
{
	job_init(&flight->job, &dedup_stage, NULL);
	flight->question_total = 0;
	flight->job.in.value = slice_of(message);
	job_run(&dedup_stage, &index->settings, &flight->job);
	flight_collect(flight);
}

/* Question `n` reaches its partition now; with the last reply of the round the stage decides. */
static inline void flight_deliver(struct index *index, struct flight *flight, size_t n)
{
	struct slice replies[INDEX_QUESTIONS];

	index_fold_one(index, flight->questions[n], &flight->replies[n]);
	flight->answered[n] = true;
	if (--flight->waiting > 0)
		return;
	size_t asked = flight->asked;
	for (size_t i = 0; i < asked; i++)
		replies[i] = buf_slice(&flight->replies[i]);
	job_decide(&dedup_stage, &index->settings, &flight->job, replies, asked);
	for (size_t i = 0; i < asked; i++)
		buf_release(&flight->replies[i]);
	flight_collect(flight);
}

/* Runs articles at once: each step delivers one question, chosen by `seed`, of one of them. */
static inline void index_run_together(struct index *index, struct flight *flights, size_t count, uint64_t seed)
{
	for (;;) {
		size_t open[INDEX_ARTICLES], n = 0;
		for (size_t i = 0; i < count; i++)
			if (flights[i].waiting > 0)
				open[n++] = i;
		if (n == 0)
			return;
		struct flight *flight = &flights[open[dice(&seed) % n]];
		size_t skip = dice(&seed) % flight->waiting, q = 0;
		while (flight->answered[q] || skip-- > 0)
			q++;
		flight_deliver(index, flight, q);
	}
}

/* One article, alone, to its end. */
static inline void index_run(struct index *index, struct flight *flight, const char *message)
{
	flight_begin(index, flight, message);
	index_run_together(index, flight, 1, 1);
}

/* The article's message (not an alias), parsed in its own arena. */
static inline const struct json *flight_outcome(struct flight *flight)
{
	jmp_buf jump;
	struct error error;

	if (flight->job.verdict != VERDICT_EMIT)
		fail_msg("it ended in %d: %s", (int)flight->job.verdict, flight->job.task.error.text);
	const struct json *root = ARENA_GUARD(&flight->job.arena, &jump) == ESCAPE_NONE
					  ? json_parse(&flight->job.arena, flight->job.task.emissions->value, &JSON_LIMITS_DEFAULT, &error)
					  : NULL;
	flight->job.arena.escape = NULL;
	assert_non_null(root);
	return root;
}

static inline struct slice flight_says(struct flight *flight, const char *member)
{
	return json_string(json_object(flight_outcome(flight), "duplicate"), member);
}

/* One article to its end, made of its parts, which hold no quotes; `site` becomes its URL, `when` is RFC 3339. Released by flight_end(). */
static inline void index_judge_at(struct index *index, struct flight *flight, const char *id, const char *site, const char *when,
	const char *headline, const char *body)
{
	char *text = NULL;

	if (asprintf(&text, "{\"id\":\"%s\",\"url\":\"https://%s\",\"fetchedAt\":\"%s\",\"headline\":\"%s\",\"articleBody\":\"%s\"}", id, site, when,
			headline, body) < 0)
		abort();
	index->messages = realloc(index->messages, (index->message_count + 1) * sizeof(char *));
	index->messages[index->message_count++] = text;
	index_run(index, flight, text);
}

/* The same at a time of March 2026: "01T10:00". */
static inline void index_judge(struct index *index, struct flight *flight, const char *id, const char *site, const char *when,
	const char *headline, const char *body)
{
	char time[64];

	snprintf(time, sizeof(time), "2026-03-%s:00Z", when);
	index_judge_at(index, flight, id, site, time, headline, body);
}

static inline void flight_end(struct flight *flight)
{
	job_release(&flight->job);
}

/* The announcement among the article's messages, empty if there is none. */
static inline struct slice flight_alias(const struct flight *flight)
{
	for (const struct emission *e = flight->job.task.emissions; e; e = e->next)
		if (e->output == 2)
			return e->value;
	return SLICE_NONE;
}

#endif
