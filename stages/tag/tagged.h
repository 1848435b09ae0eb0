/* tagged: the whole of tagging, from an article to the message that goes out. */
#ifndef COPYDESK_TAGGED_H
#define COPYDESK_TAGGED_H

#include "base/error.h"
#include "json/reader.h"
#include "run/trace.h"

struct tagger;

struct tagged_counts {
	size_t entities, mentions, times, quantities;
};

/* What is measured of the work (run/stopwatch.h); the names are in tag.c. */
enum tag_step { STEP_READ, STEP_NAMES, STEP_FIGURES, STEP_WRITE };

/* `model`: "news", "open", or a path (has a slash). `kb`: a path, or empty. NULL with an error. Constant from then on: any number of
 * threads may tag with it. */
struct tagger *tagger_create(const char *model, const char *kb, struct error *error);
void tagger_destroy(struct tagger **tagger);
/* The article's members as they were, and entities, times, quantities; arena memory. `trace`: NULL but for --explain. */
struct slice tagger_tag(const struct tagger *tagger, struct arena *arena, const struct json *article, struct tagged_counts *counts,
	struct trace *trace);

#endif
