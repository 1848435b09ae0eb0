/* stopwatch: see stopwatch.h. */
#include "run/stopwatch.h"

#include "base/clock.h"

void stopwatch_clear(struct stopwatch *watch) { *watch = (struct stopwatch){.running = STOPWATCH_STEPS}; }

static void change(struct stopwatch *watch, size_t step)
{
	int64_t now = clock_monotonic_us();

	if (watch->running < STOPWATCH_STEPS)
		watch->spent_us[watch->running] += now - watch->since_us;
	if (step < STOPWATCH_STEPS && !watch->begun_us[step])
		watch->begun_us[step] = now;
	watch->running = step;
	watch->since_us = now;
}

void stopwatch_begin(struct stopwatch *watch, size_t step) { change(watch, step < STOPWATCH_STEPS ? step : STOPWATCH_STEPS); }

void stopwatch_stop(struct stopwatch *watch)
{
	if (watch->running < STOPWATCH_STEPS)
		change(watch, STOPWATCH_STEPS);
}
