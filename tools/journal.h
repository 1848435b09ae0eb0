/* journal: small facts that commands keep in Kafka, so that any machine knows them: a topic of one compacted partition, key →
 * newest value. `news.dead.handled` says which dead letters are done with, `news.replay` which replays there are. */
#ifndef COPYDESK_JOURNAL_H
#define COPYDESK_JOURNAL_H

#include "tools/connection.h"
#include "tools/publisher.h"

/* Makes the topic if it isn't there. */
bool journal_ready(struct connection *connection, const char *topic, struct error *error);
/* Calls visit for each record, oldest first; an empty value takes the key's earlier ones back. A topic that isn't there has
 * none. */
bool journal_read(struct connection *connection, const char *topic,
	void (*visit)(void *context, struct slice key, struct slice value), void *context, struct error *error);
/* Puts one fact into the publisher's open batch; SLICE_NONE takes the key back. */
bool journal_put(struct publisher *publisher, const char *topic, struct slice key, struct slice value, struct error *error);

#endif
