/* option: one table row per configuration key. The table makes parsing, environment names, --help, the man page and the docs.
 *
 * A key `commit.interval.ms` is set by a line `commit.interval.ms = 50` of the configuration file, by `-X commit.interval.ms=50`,
 * or by COPYDESK_COMMIT_INTERVAL_MS; the command line wins over the environment, which wins over the file. A value `@/path` of an
 * OPTION_SECRET or of a kafka.* key is read from that file. Keys under `kafka.` go to librdkafka, which checks them. */
#ifndef COPYDESK_OPTION_H
#define COPYDESK_OPTION_H

#include "base/error.h"
#include "base/slice.h"

enum option_kind { OPTION_TEXT, OPTION_BOOL, OPTION_INTEGER, OPTION_NUMBER, OPTION_SIZE, OPTION_DURATION, OPTION_CHOICE, OPTION_SECRET };

struct option {
	const char *name; /* NULL ends a table */
	enum option_kind kind;
	const char *otherwise; /* default, in the form a user writes; "" = none */
	const char *unit;      /* "messages", …; NULL where there is none. OPTION_SIZE accepts K, M, G (1024); OPTION_DURATION is
	                          milliseconds and accepts ms, s, m, h, d */
	double min, max;       /* of numbers; both 0: unbounded */
	const char *choices;   /* "a|b|c" of OPTION_CHOICE */
	const char *help;      /* one sentence */
	bool neutral;          /* can't change what is emitted (threads, paths of caches): left out of the configuration hash */
};

struct config;

/* The values in force. Asking for a key that no table has is a program error and aborts. Text lives as long as the config. */
const char *config_text(const struct config *config, const char *name);
int64_t config_integer(const struct config *config, const char *name);
double config_number(const struct config *config, const char *name);
bool config_bool(const struct config *config, const char *name);

#endif
