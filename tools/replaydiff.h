/* replaydiff: what a replay made, beside what is live, message by message. Two messages are the same one if they come from the
 * same input (ce_id: topic/partition/offset and, of several, the number), whatever topic they went to: an article that was unique
 * and is a copy now is a changed one. Of several live versions the newest counts. About 400 bytes of memory a message. */
#ifndef COPYDESK_REPLAYDIFF_H
#define COPYDESK_REPLAYDIFF_H

#include "tools/keytable.h"
#include "tools/replayrun.h"

enum replay_outcome {
	REPLAY_NEW,     /* nothing live comes from its input, or only a dead letter */
	REPLAY_SAME,    /* byte for byte */
	REPLAY_CHANGED,
	REPLAY_MISSING, /* live has a message that the replay didn't make */
	REPLAY_DIED,    /* live it is a message, here a dead letter */
	REPLAY_DEAD,    /* a dead letter here, and live, too, or nothing */
	REPLAY_OUTCOMES
};

enum { REPLAY_PATHS = 128, REPLAY_PATH_TOPIC = 0, REPLAY_PATH_OTHER = 127 };

struct replay_place {
	uint32_t topic; /* index of stage->topics */
	int32_t partition;
	int64_t offset;
};

struct replay_entry {
	struct replay_place here, live; /* live.offset -1: none seen */
	uint64_t value;                 /* hash */
	uint64_t changed[REPLAY_PATHS / 64];
	uint64_t *fields;               /* path << 32 | hash */
	uint32_t field_count;
	uint8_t outcome;
	bool dead, in_place; /* a dead letter; live it lies on the same topic */
};

struct replay_diff {
	const struct replay_run *run;
	struct connection *connection;
	struct replay_entry *entries; /* one a message of the replay; then those that are missing */
	size_t count, capacity;
	struct keytable index; /* ce_id → entry + 1 */
	char paths[REPLAY_PATHS][64];
	size_t path_count;
	int64_t oldest_ms;     /* of the replay's messages */
	int64_t *committed;    /* how far the replay is, by partition */
	int64_t outcomes[REPLAY_OUTCOMES], by_path[REPLAY_PATHS];
	bool quiet;
};

/* Reads both sides. Release it in every case. */
bool replay_diff_make(struct replay_diff *diff, struct connection *connection, const struct replay_run *run,
	const int64_t *committed, bool quiet, struct error *error);
void replay_diff_release(struct replay_diff *diff);
/* The entry of a message of the replay; NULL if it isn't one that was compared. */
struct replay_entry *replay_diff_entry(const struct replay_diff *diff, const rd_kafka_message_t *message);
const char *replay_outcome_word(enum replay_outcome outcome);

#endif
