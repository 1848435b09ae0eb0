/* reckoning: one stage's account over a stretch of its input: for every record its end, by the provenance headers of what the
 * stage wrote.
 *
 * in = emitted + dropped {reason} + dead {reason} + pending, or something is missing or repeated. Drops leave no trace on Kafka:
 * a record without any end is given to the stage again (rerun.h), and only its answer "drop" makes it a dropped one. */
#ifndef COPYDESK_RECKONING_H
#define COPYDESK_RECKONING_H

#include "json/writer.h"
#include "tools/ledger.h"
#include "tools/pipeline.h"
#include "tools/progress.h"
#include "tools/scan.h"

#define RECKONING_WORDS 48 /* reasons and codes told apart; the last takes the rest */
#define RECKONING_NAMED 10000 /* records named at most */

struct reckoning_request {
	struct scan_bound from, until;
	const char *prefix, *group; /* group NULL: the stage's own under the prefix */
	const char *bin, *folder;   /* see rerun.h */
	const char *const *settings;
	size_t setting_count;
	bool rerun, quiet;
};

struct word_counts {
	size_t count;
	struct {
		char word[40];
		int64_t n;
	} items[RECKONING_WORDS];
};

/* A record that is missing or repeated. */
struct odd_record {
	int32_t partition;
	int64_t offset, time;
	bool repeated;
	char answer[200]; /* what the stage said when it was asked again; empty: it wasn't */
};

struct reckoning {
	const struct pipeline_stage *stage;
	const struct reckoning_request *request;
	struct connection *connection;
	char topic[250], group[250];
	char outputs[LEDGER_OUTPUTS][250];
	int64_t written[LEDGER_OUTPUTS]; /* messages there that stem from the stretch */
	size_t output_count, dead_output; /* dead_output: index of the dead letters' topic */
	struct ledger ledger;
	struct ledger_sums sums;
	struct word_counts reasons, codes;
	struct odd_record *odd;
	size_t odd_count, odd_capacity;
	int64_t oldest;        /* time of the stretch's oldest record, CLOCK_NONE: unknown */
	char writer[200];      /* copydesk-stage of the newest output */
	char asked[200];       /* who was asked again */
	char note[400];        /* what a reader should know before believing the sums */
	struct progress progress;
	int64_t read, bytes;
	const int64_t *positions; /* while the input is read */
	struct asking *asking;    /* while the stage is asked again */
};

/* False only if Kafka can't be read. Release it in every case. */
bool reckoning_make(struct reckoning *reckoning, struct connection *connection, const struct pipeline_stage *stage,
	const struct reckoning_request *request, struct error *error);
void reckoning_release(struct reckoning *reckoning);
static inline bool reckoning_balances(const struct reckoning *r) { return r->sums.missing == 0 && r->sums.repeated == 0; }

#endif
