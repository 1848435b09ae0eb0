/* outcome: a verdict as the messages that leave: the article untouched with its `duplicate` member, and announcements that two
 * stories are one. */
#ifndef COPYDESK_OUTCOME_H
#define COPYDESK_OUTCOME_H

#include "dedup/intake.h"
#include "dedup/probe.h"

enum outcome_output { OUTPUT_UNIQUE, OUTPUT_DUPLICATE, OUTPUT_ALIAS };

struct emit_rules {
	bool revisions_out, exact, near; /* where revisions go; whether duplicates are written at all */
};

/* Emits the article with `finding`, and announces what it proved: that another story is part of its own (finding->merged), or that
 * it isn't the beginning of a story, where others took it for one (`notes`, as its home has them). Counts and traces it.
 * VERDICT_EMIT, or VERDICT_DROP where the rules leave its kind out and nothing is announced. */
enum verdict outcome_emit(struct task *task, const struct intake *intake, const struct emit_rules *rules,
	const struct notes *notes, const struct finding *finding);

#endif
