/* filerun: a stage without a broker: NDJSON in, NDJSON out, in input order, in bounded memory. The bytes of a value are the same
 * as through Kafka. */
#ifndef COPYDESK_FILERUN_H
#define COPYDESK_FILERUN_H

#include "run/config.h"
#include "run/tally.h"

struct file_paths {
	const char *in, *out; /* "-": standard input, output */
	const char *dead;     /* NULL: dead letters are only logged, and the exit code is EX_DATAERR if there are any */
};

/* The exit code (sysexits.h), with the reason in `error` unless it is 0 or 128 + signal. `total`, if given, is what became of the
 * messages. */
int file_run(const struct stage *stage, void *state, const struct config *config, const struct file_paths *paths,
	struct tally *total, struct error *error);

#endif
