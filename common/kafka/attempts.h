/* attempts: how a message that kills its process is found after the restart, and only that one is blamed.
 *
 * Nothing can be written down while a process dies, so it is written before: each offset commit carries a mark in its metadata
 * that says what is in flight behind it. Whoever is assigned the partition next reads it:
 *
 *     (empty)      the last owner left in good order
 *     try W        at most W messages from this offset on were in flight
 *     run          any number was
 *     solo N LEFT  only the message at this offset was, for the N-th known time; LEFT messages are under suspicion, this one
 * included
 *
 * A partition begins with `try 1`; each commit with progress doubles W until it is `run` (about ten commits: 100–200 ms after an
 * assignment, nothing after that). Who finds `run` begins with `try 1` again. Who finds `try W` knows that one of W messages may
 * have killed the process and takes them `solo`, one at a time in the whole process, each marked before it is handed to the
 * stage. Who finds `solo N` with N at the limit makes it a dead letter. So a crash for any other reason costs some commits and
 * blames nobody until it hits the same message, alone in flight, again. */
#ifndef COPYDESK_ATTEMPTS_H
#define COPYDESK_ATTEMPTS_H

#include "base/slice.h"

enum attempts_mode { ATTEMPTS_TRY, ATTEMPTS_RUN, ATTEMPTS_SUSPECT, ATTEMPTS_SOLO };

struct attempts {
	enum attempts_mode mode;
	uint32_t window; /* TRY: messages that may be in flight */
	uint32_t left;   /* SUSPECT, SOLO: messages still under suspicion */
	uint32_t count;  /* SUSPECT, SOLO: attempts that the next message has had */
};

#define ATTEMPTS_MARK_SIZE 48
#define ATTEMPTS_WINDOW_MAX 512

/* From the mark that was committed with the offset where the partition begins now. Unknown text counts as empty. */
void attempts_restore(struct attempts *attempts, struct slice mark);
/* SUSPECT → SOLO, when it is this partition's turn: the mark must be committed before the message is handed over. */
void attempts_solo(struct attempts *attempts);
/* SOLO → SUSPECT without progress: nothing was in flight after all. */
void attempts_yield(struct attempts *attempts);
/* True if the next message has had its attempts: it is to be made a dead letter without being tried. */
bool attempts_condemned(const struct attempts *attempts, uint32_t limit);
/* How many messages may be in flight before the next commit: 0 for SUSPECT. */
size_t attempts_room(const struct attempts *attempts);
/* n messages were finished and are about to be committed: to be called before attempts_mark(). */
void attempts_progress(struct attempts *attempts, size_t n);
/* The partition has no more messages: whatever was under suspicion is done with. */
void attempts_clear(struct attempts *attempts);
/* The mark to commit with the next offset. */
void attempts_mark(const struct attempts *attempts, char out[ATTEMPTS_MARK_SIZE]);

#endif
