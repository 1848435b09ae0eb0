/* live: not built in yet; says so. */
#include "run/live.h"

#include <sysexits.h>

int live_run(const struct stage *stage, void *state, const struct config *config, struct health *health, struct metrics *metrics,
	struct error *error)
{
	(void)state, (void)config, (void)health, (void)metrics;
	error_set(error, "no_kafka", "copydesk-%s can't reach Kafka in this build; use --in FILE --out FILE", stage->name);
	return EX_UNAVAILABLE;
}

bool live_check(const struct stage *stage, const struct config *config, bool connect, struct error *error)
{
	(void)stage, (void)config;
	return !connect || error_set(error, "no_kafka", "this build can't reach Kafka");
}

const char *live_library_version(void) { return "none"; }
