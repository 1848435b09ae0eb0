/* evidence: what a decision of this stage rests on, as notes for --explain (see run/trace.h). Nothing here decides anything, and
 * nothing here runs in normal work. */
#ifndef COPYDESK_EVIDENCE_H
#define COPYDESK_EVIDENCE_H

#include "extract/candidates.h"
#include "extract/segments.h"

/* What the page says about itself, field by field: notes "candidate". */
void evidence_candidates(struct trace *trace, const struct candidates *candidates, const struct json *ld);
/* What was taken, and where from: notes "field". */
void evidence_fields(struct trace *trace, const struct article *article);
/* An element as a reader of the markup would name it: "div#story.article-body". */
struct slice evidence_element(struct arena *arena, const struct node *node);
/* Every segment in the container that is no body: notes "removed"; what is kept and what stands outside, in numbers: "kept",
 * "outside". */
void evidence_segments(struct trace *trace, struct arena *arena, const struct outline *outline, uint32_t against);

#endif
