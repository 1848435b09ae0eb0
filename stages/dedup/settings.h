/* settings: the stage's options as numbers. */
#ifndef COPYDESK_SETTINGS_H
#define COPYDESK_SETTINGS_H

#include "dedup/outcome.h"
#include "run/option.h"

struct settings {
	int64_t window, lateness; /* s */
	bool registrable_host;    /* boilerplate is learned per registrable domain, not per host */
	int bias;                 /* added to every score, 1/1000 */
	struct emit_rules emit;
};

extern const struct option SETTINGS_OPTIONS[];

/* The defaults of the table, for tests and benchmarks; and what a configuration says. */
struct settings settings_default(void);
struct settings settings_read(const struct config *config);

#endif
