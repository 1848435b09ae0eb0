/* assignment: an array by partition number; there are few enough to walk. */
#include "kafka/assignment.h"

#include "base/clock.h"

#include <stdio.h>
#include <stdlib.h>

void assignment_release(struct assignment *assignment)
{
	for (size_t i = 0; i < assignment->capacity; i++)
		free(assignment->items[i]);
	free(assignment->items);
	*assignment = (struct assignment){0};
}

static void make_room(struct assignment *assignment, size_t need)
{
	size_t capacity = assignment->capacity ? assignment->capacity : 16;

	if (need <= assignment->capacity)
		return;
	while (capacity < need)
		capacity *= 2;
	struct partition **items = realloc(assignment->items, capacity * sizeof(*items));
	if (!items)
		abort();
	memset(items + assignment->capacity, 0, (capacity - assignment->capacity) * sizeof(*items));
	assignment->items = items;
	assignment->capacity = capacity;
}

struct partition *assignment_add(struct assignment *assignment, int32_t id, int64_t start, struct slice mark)
{
	struct partition *partition = calloc(1, sizeof(*partition));

	if (!partition)
		abort();
	*partition = (struct partition){.id = id, .epoch = ++assignment->last_epoch, .start = start, .position = start,
		.committed = start, .end = OFFSET_NONE, .until = INT64_MAX, .newest_ms = CLOCK_NONE, .high = OFFSET_NONE};
	attempts_restore(&partition->attempts, mark);
	partition->attempts_committed = partition->attempts;
	assignment_remove(assignment, id);
	make_room(assignment, (size_t)id + 1);
	assignment->items[id] = partition;
	assignment->count++;
	return partition;
}

void assignment_remove(struct assignment *assignment, int32_t id)
{
	struct partition *partition = assignment_find(assignment, id);

	if (!partition)
		return;
	assignment->items[id] = NULL;
	assignment->count--;
	free(partition);
}

struct partition *assignment_find(const struct assignment *assignment, int32_t id)
{
	return id >= 0 && (size_t)id < assignment->capacity ? assignment->items[id] : NULL;
}

struct partition *assignment_current(const struct assignment *assignment, int32_t id, uint64_t epoch)
{
	struct partition *partition = assignment_find(assignment, id);

	return partition && partition->epoch == epoch ? partition : NULL;
}

void assignment_rewind(struct assignment *assignment, struct partition *partition)
{
	partition->epoch = ++assignment->last_epoch;
	partition->position = partition->committed;
	partition->in_flight = partition->finished = 0;
	partition->end = OFFSET_NONE;
	partition->attempts = partition->attempts_committed;
}

struct partition *assignment_next(const struct assignment *assignment, const struct partition *previous)
{
	for (size_t i = previous ? (size_t)previous->id + 1 : 0; i < assignment->capacity; i++) {
		if (assignment->items[i])
			return assignment->items[i];
	}
	return NULL;
}

int64_t partition_lag(const struct partition *partition)
{
	if (partition->high == OFFSET_NONE)
		return -1;
	int64_t goal = partition->high < partition->until ? partition->high : partition->until;
	return goal > partition->position ? goal - partition->position : 0;
}

bool partition_complete(const struct partition *partition)
{
	return partition->position >= partition->until && partition->in_flight == 0;
}

bool partition_dirty(const struct partition *partition)
{
	return !partition->marked || partition->position != partition->committed;
}
