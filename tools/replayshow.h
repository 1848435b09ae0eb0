/* replayshow: replays as people and programs read them: the plan, the list, the comparison. */
#ifndef COPYDESK_REPLAYSHOW_H
#define COPYDESK_REPLAYSHOW_H

#include "tools/estimate.h"
#include "tools/replaydiff.h"

/* `rate_from` says where the estimate's rate is from, for people. */
void replay_plan_show(const struct replay_run *run, const struct estimate *estimate, const char *rate_from);
/* A line (or JSON object) a run, with how far it is. */
bool replay_list_show(struct connection *connection, const struct replay_run *runs, size_t count, bool json, struct error *error);
/* The summary and `samples` messages of each outcome but "same". */
bool replay_diff_show(const struct replay_diff *diff, int64_t samples, bool json, struct error *error);

#endif
