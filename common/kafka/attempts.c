/* attempts: pure logic, no Kafka. */
#include "kafka/attempts.h"

#include <stdio.h>

#define PREFIX "copydesk-1 "

static bool take_number(struct slice *rest, uint32_t *number)
{
	struct slice part;
	int64_t value;

	if (!slice_split(rest, ' ', &part) || !slice_to_int64(part, &value) || value < 1 || value > INT32_MAX)
		return false;
	*number = (uint32_t)value;
	return true;
}

void attempts_restore(struct attempts *attempts, struct slice mark)
{
	struct slice word, rest;
	uint32_t count, left, window;

	attempts_clear(attempts);
	if (!slice_starts(mark, SLICE(PREFIX)))
		return;
	rest = slice_sub(mark, sizeof(PREFIX) - 1, mark.len);
	if (!slice_split(&rest, ' ', &word))
		return;
	if (slice_is(word, "try") && take_number(&rest, &window))
		*attempts = (struct attempts){.mode = ATTEMPTS_SUSPECT, .left = window, .count = 1};
	else if (slice_is(word, "solo") && take_number(&rest, &count) && take_number(&rest, &left))
		*attempts = (struct attempts){.mode = ATTEMPTS_SUSPECT, .left = left, .count = count};
}

void attempts_solo(struct attempts *attempts)
{
	if (attempts->mode != ATTEMPTS_SUSPECT)
		return;
	attempts->mode = ATTEMPTS_SOLO;
	attempts->count++;
}

void attempts_yield(struct attempts *attempts)
{
	if (attempts->mode != ATTEMPTS_SOLO)
		return;
	attempts->mode = ATTEMPTS_SUSPECT;
	attempts->count--;
}

bool attempts_condemned(const struct attempts *attempts, uint32_t limit)
{
	/* A count of 1 is the window's, not this message's alone. */
	return attempts->mode == ATTEMPTS_SUSPECT && attempts->count >= 2 && attempts->count >= limit;
}

size_t attempts_room(const struct attempts *attempts)
{
	switch (attempts->mode) {
	case ATTEMPTS_TRY:
		return attempts->window;
	case ATTEMPTS_RUN:
		return SIZE_MAX;
	case ATTEMPTS_SOLO:
		return 1;
	case ATTEMPTS_SUSPECT:
		break;
	}
	return 0;
}

void attempts_progress(struct attempts *attempts, size_t n)
{
	if (n == 0)
		return;
	if (attempts->mode == ATTEMPTS_TRY) {
		attempts->window *= 2;
		if (attempts->window > ATTEMPTS_WINDOW_MAX)
			*attempts = (struct attempts){.mode = ATTEMPTS_RUN};
	} else if (attempts->mode != ATTEMPTS_RUN) {
		if (n >= attempts->left)
			attempts_clear(attempts);
		else
			*attempts = (struct attempts){.mode = ATTEMPTS_SUSPECT, .left = attempts->left - (uint32_t)n, .count = 1};
	}
}

void attempts_clear(struct attempts *attempts) { *attempts = (struct attempts){.mode = ATTEMPTS_TRY, .window = 1}; }

void attempts_mark(const struct attempts *attempts, char out[ATTEMPTS_MARK_SIZE])
{
	switch (attempts->mode) {
	case ATTEMPTS_TRY:
		snprintf(out, ATTEMPTS_MARK_SIZE, PREFIX "try %u", attempts->window);
		break;
	case ATTEMPTS_RUN:
		snprintf(out, ATTEMPTS_MARK_SIZE, PREFIX "run");
		break;
	case ATTEMPTS_SOLO:
		snprintf(out, ATTEMPTS_MARK_SIZE, PREFIX "solo %u %u", attempts->count, attempts->left);
		break;
	case ATTEMPTS_SUSPECT:
		/* Not in flight: what is known is passed on as it was found. */
		if (attempts->count >= 2)
			snprintf(out, ATTEMPTS_MARK_SIZE, PREFIX "solo %u %u", attempts->count, attempts->left);
		else
			snprintf(out, ATTEMPTS_MARK_SIZE, PREFIX "try %u", attempts->left);
		break;
	}
}
