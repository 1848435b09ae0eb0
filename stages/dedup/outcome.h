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

/* Emits the article; VERDICT_EMIT, or VERDICT_DROP where the rules leave its kind out. */
enum verdict outcome_emit(
	struct task *task, const struct intake *intake, const struct emit_rules *rules, const struct finding *finding);
/* Announces that story `story` is part of story `of`, as article `by` proved. Both as shortid.h keeps them. */
void outcome_alias(struct task *task, struct slice story, struct slice of, struct slice by);

#endif
