/* chain: the records that one article left on its way: back along the provenance headers to the page it came as, forward to what
 * each stage made of it. */
#ifndef COPYDESK_CHAIN_H
#define COPYDESK_CHAIN_H

#include "tools/pipeline.h"
#include "tools/record.h"
#include "tools/scan.h"

#define CHAIN_RECORDS 16

struct chain_link {
	struct record record;
	int from;                           /* the link it was made of, -1: none */
	const struct pipeline_stage *stage; /* that reads it, NULL: nobody does */
	bool dead;                          /* a dead letter */
	char missing[200];                  /* why the record itself can't be had any more; it holds only its place then */
};

struct chain {
	struct connection *connection;
	const char *prefix; /* of topic names */
	rd_kafka_t *reader;
	struct scan scan; /* while it searches */
	struct arena *arena; /* of the records; an escape from it leaves what chain_release() gives back */
	struct chain_link links[CHAIN_RECORDS];
	size_t count; /* in the order of the pipeline, the first is the oldest that is left */
};

/* `prefix` is that of the topics' names ("" for none). False with the codes of record_reader(). */
bool chain_init(struct chain *chain, struct connection *connection, const char *prefix, struct arena *arena, struct error *error);
void chain_release(struct chain *chain);
/* Follows the headers from these coordinates both ways. False with codes record_gone (there is no such record), kafka…, chain
 * (too long). */
bool chain_follow(struct chain *chain, const char *topic, int32_t partition, int64_t offset, struct error *error);

#endif
