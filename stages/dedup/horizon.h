/* horizon: the time of one partition of the index, and from when on it keeps articles.
 *
 * Time moves by the articles' event times. A single article from the future doesn't move it, sixteen of them do: they can't all
 * be wrong, and the partition would stand still otherwise. All times are seconds UTC. */
#ifndef COPYDESK_HORIZON_H
#define COPYDESK_HORIZON_H

#include "base/error.h"
#include "dedup/pack.h"

#define HORIZON_AHEAD 16 /* articles that must agree on a jump of more than a day */

struct horizon {
	int64_t window, lateness; /* articles further apart aren't compared; how late one may come and still be judged in time */
	int64_t now;              /* the newest event time that is believed; INT64_MIN before the first */
	int64_t ahead_from;       /* the oldest of the articles that are more than a day ahead of it */
	uint64_t ahead_articles[HORIZON_AHEAD];
	int64_t swept; /* `now` when a sweep was last due */
	uint32_t ahead;
};

void horizon_init(struct horizon *horizon, int64_t window, int64_t lateness);
/* An article asks at its event time; 0 if the question doesn't say which article: that is no witness of a jump. True if time has
 * moved: what horizon_first() says is another instant then. */
bool horizon_advance(struct horizon *horizon, int64_t time, uint64_t article);
/* Articles before it may go. Not to be asked before the first advance. */
int64_t horizon_first(const struct horizon *horizon);
/* True once per day of event time: for what is dear to sweep. */
bool horizon_sweep(struct horizon *horizon);
/* When an article of that event time may go at the earliest: one from the future isn't kept longer than its contemporaries. */
int64_t horizon_latest(const struct horizon *horizon, int64_t time);
/* Are two articles near enough in time to be compared? */
bool horizon_near(const struct horizon *horizon, int64_t a, int64_t b);

/* For snapshots. Loading takes what saving wrote off `in`, into a horizon of the same window and lateness. Codes:
 * snapshot_other_window, snapshot_damaged. */
void horizon_save(const struct horizon *horizon, struct buf *out);
bool horizon_load(struct horizon *horizon, struct unpack *in, struct error *error);

#endif
