/* accept: see accept.h. */
#include "run/accept.h"

#include "base/clock.h"
#include "run/solo.h"

#include <stdio.h>

#define POLL_BURST 64
/* Pausing throws away what was fetched and fetches it again: a ring that is full for the moment isn't worth it. */
#define HELD_PATIENCE_US 1000000

static void submit_held(struct pump *pump, struct partition *partition, struct job *job)
{
	struct delivery *delivery = arena_try_alloc(&job->arena, sizeof(*delivery));
	char text[160];

	if (!delivery || !delivery_message(&pump->held, &job->arena, &job->in)) {
		struct error error;
		error_set(&error, "memory", "no memory for a message's headers (message.max.memory)");
		pump_fail(pump, &error);
		workers_release(pump->workers, job);
		return;
	}
	*delivery = pump->held;
	pump->held.raw = NULL;
	job->source = delivery;
	_Static_assert(sizeof(job->source_name) >= COORDINATES_TEXT, "coordinates fit");
	coordinates_text(&delivery->from, job->source_name);
	partition->in_flight++;
	pump->bytes_in_hand += job->in.value.len;
	rounds_submitted(&pump->rounds, job);
	if (attempts_condemned(&partition->attempts, pump->max_attempts)) {
		snprintf(text, sizeof(text), "the process ended %u times with this message in hand (message.max.attempts)",
			partition->attempts.count);
		job_dead(pump->stage, job, "poison", text);
		metrics_add(pump->metrics, METRIC_POISON, 1);
		workers_submit_done(pump->workers, job);
	} else {
		workers_submit(pump->workers, job);
	}
}

/* Not in this turn: it will be fetched again when the partition is resumed. */
static void send_back(struct pump *pump, struct partition *partition)
{
	struct error error;

	pump_drop_held(pump);
	consumer_pause(pump->consumer, partition);
	if (partition->in_flight == 0 && !consumer_rewind_one(pump->consumer, partition, &error))
		pump_fail(pump, &error);
}

/* Hands the held message over if it may go. True when nothing is held any more. */
static bool place_held(struct pump *pump)
{
	struct partition *partition = pump_partition(pump, &pump->held);
	struct job *job;

	if (!pump->held.raw || !partition) {
		pump_drop_held(pump);
		return true;
	}
	if (pump->held.from.offset >= partition->until) {
		consumer_pause(pump->consumer, partition);
		partition->end = partition->until;
		pump_drop_held(pump);
		return true;
	}
	if (pump->solo != NO_PARTITION && pump->solo != partition->id) {
		if (consumer_in_order(pump->consumer))
			return solo_interrupt(pump) && place_held(pump);
		send_back(pump, partition);
		return true;
	}
	if (!partition->marked)
		return false;
	if (partition->attempts.mode == ATTEMPTS_SUSPECT && pump->solo != partition->id && !solo_begin(pump, partition))
		return false;
	if (!partition->marked)
		return false;
	bool condemned = attempts_condemned(&partition->attempts, pump->max_attempts);
	size_t room = condemned ? 1 : attempts_room(&partition->attempts);
	if (partition->in_flight + partition->finished >= room || !rounds_open(&pump->rounds))
		return false;
	if (pump->bytes_in_hand && pump->bytes_in_hand + delivery_bytes(&pump->held) > pump->bytes_budget)
		return false;
	job = workers_slot(pump->workers);
	if (!job)
		return false;
	submit_held(pump, partition, job);
	return true;
}

/* Nothing more can be taken in, and not for a moment only: a slow page heads a full ring, or the index has no answer yet. All
 * partitions are paused and polling goes on, so that this member stays in the group and the others' rebalances don't wait for
 * it. */
static void poll_while_held(struct pump *pump)
{
	int64_t now = clock_monotonic_us();
	struct delivery other;
	struct error error;

	if (consumer_in_order(pump->consumer)) { /* polling takes no message then */
		if (consumer_serve(pump->consumer, &error) == CONSUMER_FATAL)
			pump_fail(pump, &error);
		return;
	}
	if (!pump->held_since_us)
		pump->held_since_us = now;
	if (now - pump->held_since_us < HELD_PATIENCE_US)
		return;
	for assignment_each(partition, &pump->assignment) {
		if (partition->paused)
			continue;
		consumer_pause(pump->consumer, partition);
		partition->held_back = true;
	}
	switch (consumer_poll(pump->consumer, 0, &other, &error)) {
	case CONSUMER_MESSAGE: {
		/* It was under way when its partition was paused: it is fetched again. */
		struct partition *partition = pump_partition(pump, &other);
		delivery_release(&other);
		if (partition && !consumer_rewind_one(pump->consumer, partition, &error))
			pump_fail(pump, &error);
		break;
	}
	case CONSUMER_FATAL:
		pump_fail(pump, &error);
		break;
	case CONSUMER_EVENT:
	case CONSUMER_NOTHING:
		break;
	}
}

static void end_holding(struct pump *pump)
{
	if (!pump->held_since_us)
		return;
	pump->held_since_us = 0;
	for assignment_each(partition, &pump->assignment) {
		if (partition->held_back && !partition->resume_us && (pump->solo == NO_PARTITION || pump->solo == partition->id))
			consumer_resume(pump->consumer, partition);
		partition->held_back = false;
	}
}

size_t accept_messages(struct pump *pump, int wait_ms)
{
	struct error error;
	size_t received = 0;

	while (received < POLL_BURST && !pump_failed(pump)) {
		if (!place_held(pump)) {
			rounds_close(&pump->rounds);
			poll_while_held(pump);
			return received;
		}
		end_holding(pump);
		switch (consumer_poll(pump->consumer, received ? 0 : wait_ms, &pump->held, &error)) {
		case CONSUMER_MESSAGE:
			received++;
			break;
		case CONSUMER_EVENT:
			wait_ms = 0;
			break;
		case CONSUMER_FATAL:
			pump_fail(pump, &error);
			return received;
		case CONSUMER_NOTHING:
			return received;
		}
	}
	return received;
}
