/* estimate: how large the messages of a range are and how fast a stage works on them, from a sample of them on this machine. */
#ifndef COPYDESK_ESTIMATE_H
#define COPYDESK_ESTIMATE_H

#include "tools/connection.h"
#include "tools/replayplan.h"

struct estimate {
	int64_t sampled;     /* records looked at */
	double record_bytes; /* their mean size, 0 without any */
	double rate;         /* messages a second, 0: not measured */
};

/* Reads some records out of the middle of each partition's range, and, if `program` isn't NULL, runs the stage over them without
 * a broker: once with them and once with nothing, so that its start doesn't count. `settings` are arguments for it (-X…,
 * --config…), NULL-terminated. An estimate that can't be had is no error: the fields stay 0. False only if the sample can't be
 * read. */
bool estimate_make(struct estimate *estimate, struct connection *connection, const char *topic, const struct replay_plan *plan,
	const char *program, const char *const *settings, struct error *error);

#endif
