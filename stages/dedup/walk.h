/* walk: following the pointers of articles whose verdicts are still being found, until it is clear whose story they are.
 *
 * Copies that arrive together may each see the other first. Each then writes, into its own register in the index, whose duplicate
 * it means to be, and only then follows that pointer. A slot of a register is written once, and reading an empty one leaves the
 * reader's mark in it. So all who see a circle of pointers see the same one, with the same marks, and agree who of it is not a
 * duplicate after all: its oldest member that has not contented itself with an empty slot on the way round. That one moves on to
 * its next candidate, in the next slot of its register, or is unique if it has none; the others follow it there. Nobody ever
 * waits. docs/dedup.md has the proof.
 *
 * This file is the pure part: it is fed the registers one by one and says which to read next. */
#ifndef COPYDESK_WALK_H
#define COPYDESK_WALK_H

#include "dedup/probe.h"

#define WALK_MAX 64 /* slots read on one walk; a longer one ends in WALK_LOST */

enum walk_state {
	WALK_READ,  /* read the register `next`, slot `slot` */
	WALK_STORY, /* ends at `next`: its story is this article's */
	WALK_ELECTED, /* this article is the one of its circle that must move on */
	WALK_LOST,  /* no end found: give up */
};

/* A slot of an article's register, as read. */
struct walk_node {
	uint64_t article, pointer;
	int64_t time;
	uint8_t slot;
	bool final; /* the article is decided, this is its story: it takes part in no election */
};

struct walk_place {
	uint64_t article;
	uint8_t slot;
};

struct walk {
	uint64_t me, next;
	uint8_t slot; /* of `next` to be read */
	struct walk_node read[WALK_MAX];      /* all slots read; what is written doesn't change */
	size_t read_count;
	const struct walk_node *path[WALK_MAX];
	size_t length;
	struct walk_place stopped[2 * WALK_MAX]; /* who contented itself with an empty slot, and where in its own register it was then */
	size_t stopped_count;
	uint64_t losers[WALK_MAX]; /* of elections so far */
	size_t loser_count;
	struct walk_place moved[WALK_MAX]; /* where the winners are now */
	size_t moved_count;
};

/* Begins at this article, whose register (slot `slot`) now points somewhere. */
enum walk_state walk_begin(struct walk *walk, uint64_t me, int64_t time, uint8_t slot, const struct notes *mine);
/* Goes on with what the register `next` says. */
enum walk_state walk_step(struct walk *walk, const struct held *held, int64_t time);
/* True if the article is part of this article's circle so far. */
bool walk_knows(const struct walk *walk, uint64_t article);

#endif
