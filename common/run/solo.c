/* solo: see solo.h. */
#include "run/solo.h"

#include "base/log.h"

static void end_solo(struct pump *pump)
{
	if (pump->solo == NO_PARTITION)
		return;
	pump->solo = NO_PARTITION;
	for assignment_each(partition, &pump->assignment) {
		if (!partition->resume_us)
			consumer_resume(pump->consumer, partition);
	}
}

bool solo_begin(struct pump *pump, struct partition *partition)
{
	if (pump->solo != NO_PARTITION || !pump_idle(pump))
		return false;
	log_warn("careful", LOG_STR("topic", pump->transaction.topic), LOG_INT("partition", partition->id),
		LOG_INT("offset", partition->position), LOG_INT("messages", partition->attempts.left),
		LOG_INT("attempts", partition->attempts.count),
		LOG_STR("text", "a process ended with these messages in hand: they go one at a time"));
	pump->solo = partition->id;
	for assignment_each(other, &pump->assignment) {
		if (other != partition && !consumer_in_order(pump->consumer))
			consumer_pause(pump->consumer, other);
	}
	if (!attempts_condemned(&partition->attempts, pump->max_attempts)) {
		attempts_solo(&partition->attempts);
		partition->marked = false;
	}
	return true;
}

bool solo_interrupt(struct pump *pump)
{
	struct partition *partition = assignment_find(&pump->assignment, pump->solo);

	if (!pump_idle(pump) || (partition && partition->finished))
		return false;
	if (partition && partition->attempts.mode == ATTEMPTS_SOLO) {
		attempts_yield(&partition->attempts);
		partition->marked = false;
	}
	end_solo(pump);
	return !partition || partition->marked;
}

void solo_watch(struct pump *pump)
{
	for assignment_each(partition, &pump->assignment) {
		bool suspected = partition->attempts.mode == ATTEMPTS_SUSPECT || partition->attempts.mode == ATTEMPTS_SOLO;
		bool at_end = partition->in_flight == 0 && partition->end >= partition->position && partition->end != OFFSET_NONE;
		if (suspected && at_end && (pump->solo == NO_PARTITION || pump->solo == partition->id)) {
			/* It has no message that could be the one. */
			attempts_clear(&partition->attempts);
			partition->marked = false;
		}
		if (pump->solo == partition->id && !suspected)
			end_solo(pump);
	}
	if (pump->solo != NO_PARTITION && !assignment_find(&pump->assignment, pump->solo))
		end_solo(pump);
}
