/* walk: following the pointers of articles whose verdicts are still being found, until it is clear whose story they are.
 *
 * Copies that arrive together may each see the other first. Each then writes, into its own register in the index, whose duplicate it
 * means to be, and only then follows that pointer. Registers are written once and reading an empty one leaves a mark in it, so all who
 * see a circle of pointers see the same one, and agree which of its members is not a duplicate after all: the oldest of those that are still
 * undecided and have not contented themselves with an empty register on the way. That one moves on to its next candidate, in the next
 * slot of its register, or is unique if it has none. Nobody ever waits. docs/dedup.md has the proof.
 *
 * This file is the pure part: it is fed the registers one by one and says which to read next. */
#ifndef COPYDESK_WALK_H
#define COPYDESK_WALK_H

#include "dedup/probe.h"

#define WALK_MAX 40 /* registers on a path; a longer one ends in WALK_LOST */

enum walk_state {
	WALK_READ,  /* read the register `next`, slot `slot` */
	WALK_STORY, /* ends at `next`: its story is this article's */
	WALK_ELECTED, /* this article is the one of its circle that must move on */
	WALK_LOST,  /* no end found: give up */
};

struct walk_node {
	uint64_t article, pointer;
	int64_t time;
	bool open; /* undecided */
};

struct walk {
	uint64_t me, next;
	uint8_t slot; /* of `next` to be read */
	struct walk_node path[WALK_MAX];
	size_t length;
	uint64_t stopped[2 * WALK_MAX], losers[WALK_MAX]; /* out of the running: stopped at an empty register; lost an election */
	size_t stopped_count, loser_count;
	struct {
		uint64_t article;
		uint8_t slot;
	} slots[WALK_MAX]; /* where those who moved on are now */
	size_t slot_count;
	size_t reads;
};

/* Begins at this article, whose register (slot `slot`) now points somewhere. */
enum walk_state walk_begin(struct walk *walk, uint64_t me, int64_t time, uint8_t slot, const struct notes *mine);
/* Goes on with what the register `next` says. */
enum walk_state walk_step(struct walk *walk, const struct held *held, int64_t time);
/* True if the article is part of this article's circle so far. */
bool walk_knows(const struct walk *walk, uint64_t article);

#endif
