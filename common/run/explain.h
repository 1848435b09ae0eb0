/* explain: `copydesk-STAGE --explain`: what the stage makes of single records and why, without Kafka.
 *
 * Standard input: a record a line. Either the message's value itself, as for --in, or an envelope that can carry all of a Kafka
 * record:
 *     {"value" or "valueBase64", "key" or "keyBase64", "headers": [{"name", "value" or "valueBase64"}], "timestamp": ms,
 * "source": "topic/3/17",
 *      "context": true}
 * Standard output: a line for each record but those with "context": true, which only go before (they fill the index of a stage
 * that has one):
 *     {"stage", "version", "config", "source", "verdict": "emit"|"drop"|"dead"|"retry", "reason", "error": {"code", "message"},
 *      "cpuMs", "memoryBytes", "rounds", "counts": {…}, "outputs": [{"topic", "type", "key", "xxh3", "value"}], "trace":
 * [{"step", …}]} `xxh3` is the hash of the value's bytes (128 bits): equal to that of what is on a topic, or not. */
#ifndef COPYDESK_EXPLAIN_H
#define COPYDESK_EXPLAIN_H

#include "run/config.h"
#include "run/stage.h"

/* The exit code (sysexits.h), with the reason in `error` unless it is 0. */
int explain_run(const struct stage *stage, void *state, const struct config *config, struct error *error);

#endif
