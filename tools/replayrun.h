/* replayrun: one replay as it is noted on the journal news.replay, so that any machine can go on with it, compare, publish and
 * clean up. */
#ifndef COPYDESK_REPLAYRUN_H
#define COPYDESK_REPLAYRUN_H

#include "tools/replayplan.h"
#include "tools/stagesettings.h"
#include "tools/journal.h"

#define REPLAY_JOURNAL "news.replay"
#define REPLAY_PUBLISHER "copydesk-replay" /* transactional.id of who notes; one at a time */

struct replay_run {
	char id[64];
	struct stage_topics topics; /* the live ones */
	struct replay_plan plan;
	bool into_live;
	char from[64], until[64];   /* as the user wrote them */
	char settings[1024];        /* of the stage, as far as they can change what it makes: stage_settings_text() */
	double record_bytes;        /* mean size of an input record, as sampled */
	int64_t created_ms, finished_ms, promoted_ms; /* 0: not yet */
	int64_t work_ms;            /* that it took, without breaks */
};

void replay_run_release(struct replay_run *run);
/* The run's group: that of the stage, a dot, the id. */
void replay_run_group(const struct replay_run *run, char out[320]);
/* Where the run writes what goes to `topic` live: a topic of its own, unless it writes into live topics. Questions to an index
 * never go into the live one. */
void replay_run_topic(const struct replay_run *run, size_t index, char out[320]);
/* A topic that the run made and that goes with it. */
bool replay_run_owns(const struct replay_run *run, size_t index);

/* As a line of JSON and back. False for what no replay wrote. */
void replay_run_write(const struct replay_run *run, struct buf *out);
bool replay_run_parse(struct slice id, struct slice text, struct replay_run *run);

/* All runs on the journal, oldest first: heap, for replay_runs_free(). */
bool replay_runs_read(
	struct connection *connection, const char *journal, struct replay_run **runs, size_t *count, struct error *error);
void replay_runs_free(struct replay_run **runs, size_t count);
/* One of them, for the caller to release. Code no_run, which lists those there are. */
bool replay_run_find(
	struct connection *connection, const char *journal, const char *id, struct replay_run *run, struct error *error);
/* Notes the run, as `fresh` only if no other of its id is noted (code exists). */
bool replay_run_note(
	struct connection *connection, const char *journal, const struct replay_run *run, bool fresh, struct error *error);
bool replay_run_forget(struct connection *connection, const char *journal, const struct replay_run *run, struct error *error);

#endif
