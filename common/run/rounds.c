/* rounds: see rounds.h. */
#include "run/rounds.h"

#include "kafka/exchange.h"

#include <stdlib.h>

bool rounds_init(struct rounds *rounds, size_t capacity)
{
	rounds->jobs = calloc(capacity, sizeof(struct job *));
	rounds->capacity = capacity;
	return rounds->jobs != NULL;
}

void rounds_release(struct rounds *rounds)
{
	free(rounds->jobs);
	*rounds = (struct rounds){0};
}

static struct job *job_at(const struct rounds *rounds, size_t i)
{
	return rounds->jobs[(rounds->head + i) % rounds->capacity];
}

bool rounds_open(const struct rounds *rounds)
{
	return !rounds->in_step || (!rounds->closed && rounds->submitted < ROUNDS_BATCH && rounds->bytes < ROUNDS_BATCH_BYTES);
}

void rounds_submitted(struct rounds *rounds, const struct job *job)
{
	rounds->submitted++;
	rounds->bytes += job->in.value.len;
}

void rounds_close(struct rounds *rounds) { rounds->closed = rounds->in_step && rounds->submitted > 0; }

void rounds_add(struct rounds *rounds, struct job *job)
{
	rounds->jobs[(rounds->head + rounds->count++) % rounds->capacity] = job;
	if (!rounds->in_step && job->verdict == VERDICT_ASK)
		exchange_ask(rounds->exchange, job);
}

struct job *rounds_abandon(struct rounds *rounds)
{
	if (rounds->count == 0)
		return NULL;
	struct job *job = job_at(rounds, 0);
	rounds->head = (rounds->head + 1) % rounds->capacity;
	rounds->count--;
	rounds->submitted--;
	if (rounds->submitted == 0) {
		rounds->bytes = 0;
		rounds->closed = rounds->asked = rounds->decided = false;
	}
	return job;
}

static bool is_final(const struct rounds *rounds, struct job *job)
{
	if (job->verdict != VERDICT_ASK)
		return true;
	if (rounds->wanted(rounds->context, job))
		return false;
	exchange_forget(rounds->exchange, job);
	return true;
}

static void decide_each(const struct rounds *rounds)
{
	for (size_t i = 0; i < rounds->count; i++) {
		struct job *job = job_at(rounds, i);
		if (!is_final(rounds, job))
			exchange_decide(rounds->exchange, job);
	}
}

static bool round_is_over(const struct rounds *rounds)
{
	for (size_t i = 0; i < rounds->count; i++) {
		struct job *job = job_at(rounds, i);
		if (!is_final(rounds, job) && !exchange_answered(rounds->exchange, job))
			return false;
	}
	return true;
}

static void begin_round(struct rounds *rounds)
{
	size_t asking = 0;

	for (size_t i = 0; i < rounds->count; i++) {
		struct job *job = job_at(rounds, i);
		if (is_final(rounds, job))
			continue;
		if (rounds->asked)
			exchange_decide(rounds->exchange, job);
		else
			exchange_ask(rounds->exchange, job);
		asking += job->verdict == VERDICT_ASK;
	}
	rounds->asked = true;
	rounds->decided = asking == 0;
}

void rounds_turn(struct rounds *rounds)
{
	if (!rounds->in_step)
		decide_each(rounds);
	else if (rounds->closed && !rounds->decided && rounds->count == rounds->submitted &&
		(!rounds->asked || round_is_over(rounds)))
		begin_round(rounds);
}

struct job *rounds_next(struct rounds *rounds)
{
	if (rounds->count == 0 || (rounds->in_step ? !rounds->decided : !is_final(rounds, job_at(rounds, 0))))
		return NULL;
	return rounds_abandon(rounds);
}
