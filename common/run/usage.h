/* usage: --help and the tables in machine-readable form, both made from the option tables. */
#ifndef COPYDESK_USAGE_H
#define COPYDESK_USAGE_H

#include "run/stage.h"

#include <stdio.h>

void usage_help(const struct stage *stage, FILE *out);
/* --print-options: JSON with the options, outputs, counters, drop reasons and metrics; man pages, completion and docs are made of
 * it. */
void usage_json(const struct stage *stage, FILE *out);

/* The command line, for getopt and for the texts. */
enum usage_flag { FLAG_CONFIG, FLAG_SET, FLAG_IN, FLAG_OUT, FLAG_DEAD, FLAG_CHECK, FLAG_LIVE, FLAG_EXPLAIN, FLAG_PRINT_CONFIG, FLAG_PRINT_OPTIONS,
	FLAG_HELP, FLAG_VERSION, FLAG_COUNT };
struct usage_row {
	const char *name;     /* "config"; one letter: -X */
	const char *argument; /* "FILE", NULL: none */
	const char *help;     /* NULL: not shown */
};
extern const struct usage_row USAGE_ROWS[FLAG_COUNT];

#endif
