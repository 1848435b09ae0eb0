/* verdict: one article's way through the index: the rounds of questions, and what follows from the replies.
 *
 *   host    which paragraphs are boilerplate          fetch   the sketches of those who share keys: who is alike?
 *   put     the sketch goes to its home               story   the chain behind the chosen one, to its root
 *   keys    who shares a content key, the text, the URL   point, follow   only among undecided articles (see walk.h)
 *   alias   two stories proved one                    done    the verdict is entered, then emitted
 *
 * A unique article takes five rounds (host, put, keys, fetch, done), often four. */
#ifndef COPYDESK_VERDICT_H
#define COPYDESK_VERDICT_H

#include "dedup/outcome.h"
#include "dedup/settings.h"

/* Reads the article and asks the first question. */
enum verdict verdict_begin(const struct settings *settings, struct task *task);
/* Takes the replies of a round. */
enum verdict verdict_step(const struct settings *settings, struct task *task, const struct slice *replies, size_t count);

#endif
