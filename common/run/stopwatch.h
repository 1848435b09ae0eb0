/* stopwatch: how long each step of one message took. It hangs on the message's arena, so that a stage can say what it begins
 * without carrying anything; nothing a stage can read comes of it, so process() stays pure. For metrics (step_seconds) and
 * spans. */
#ifndef COPYDESK_STOPWATCH_H
#define COPYDESK_STOPWATCH_H

#include "base/arena.h"

#define STOPWATCH_STEPS 12

struct stopwatch {
	int64_t begun_us[STOPWATCH_STEPS]; /* of the first time, monotonic; 0: never begun */
	int64_t spent_us[STOPWATCH_STEPS]; /* of all times */
	size_t running; /* STOPWATCH_STEPS: none */
	int64_t since_us;
};

void stopwatch_clear(struct stopwatch *watch);
/* The step `step` of stage.steps begins, and the one before ends. Costs a clock reading; nothing where the runner doesn't
 * measure. */
void stopwatch_begin(struct stopwatch *watch, size_t step);
/* The last step ends. */
void stopwatch_stop(struct stopwatch *watch);

/* What a stage calls. */
static inline void step_begin(struct arena *arena, size_t step)
{
	if (arena->watch)
		stopwatch_begin(arena->watch, step);
}

#endif
