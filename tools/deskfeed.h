/* deskfeed: follows the topics that the desk shows (tagged articles, duplicates, dead letters and what became of them) from some
 * hours ago on, into its stores. */
#ifndef COPYDESK_DESKFEED_H
#define COPYDESK_DESKFEED_H

#include "tools/connection.h"
#include "tools/deskletters.h"
#include "tools/deskstore.h"

struct deskfeed;

/* Starts the thread that reads, read_committed, without a group: nothing of the pipeline notices. NULL with error. */
struct deskfeed *deskfeed_create(struct connection *connection, struct deskstore *store, struct deskletters *letters, int hours,
	struct error *error);
void deskfeed_destroy(struct deskfeed **feed);
/* "following 12 partitions on kafka:9092"; copied to out. */
void deskfeed_describe(struct deskfeed *feed, char *out, size_t size);

#endif
