/* examine: the part of `copydesk doctor` that looks at the cluster and at all stages together: brokers, topics that belong
 * together, groups with their lag, open transactions. What one stage needs, it says itself (copydesk-STAGE --check --live). */
#ifndef COPYDESK_EXAMINE_H
#define COPYDESK_EXAMINE_H

#include "run/finding.h"
#include "tools/connection.h"

struct examination;

/* First look; NULL with error if Kafka doesn't answer. `stages`: which (NULL ends), all if empty. */
struct examination *examination_begin(struct connection *connection, const char *prefix, char **stages, size_t stage_count,
	struct findings *findings, struct error *error);
/* False: no broker can be reached, so there is no point in asking stages. */
bool examination_reached(const struct examination *examination);
/* Second look, some seconds later: what has moved meanwhile is well. Transactions that stand still are watched for up to
 * `patience_ms`. */
void examination_end(struct examination **examination, int64_t patience_ms);

#endif
