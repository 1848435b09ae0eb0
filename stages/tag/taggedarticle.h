/* taggedarticle: one article while it is tagged: its texts and what was found in them. All in the arena of its message. */
#ifndef COPYDESK_TAGGEDARTICLE_H
#define COPYDESK_TAGGEDARTICLE_H

#include "tag/entities.h"
#include "tag/places.h"
#include "tag/quantities.h"
#include "tag/times.h"

/* A text that mentions point into. */
struct field {
	const char *name;
	int64_t image; /* index into image[], of captions; -1 */
	struct slice text;
	struct time_mention *times;
	size_t time_count;
	struct quantity *quantities;
	size_t quantity_count;
	uint32_t first_word; /* of the document */
};

struct article {
	struct arena *arena;
	struct field *fields;
	struct tokens *tokens; /* by field */
	size_t field_count;
	struct time_anchor anchor;
	struct slice language;
	struct place_origin origin;
	struct document document;
	struct mentions mentions;
	struct entities entities;
	const struct place_record **places; /* by entity */
	struct trace *trace;
};

/* The field that a word of the document stands in. */
static inline const struct field *article_field_of(const struct article *article, uint32_t word)
{
	size_t f = 0;

	while (f + 1 < article->field_count && article->fields[f + 1].first_word <= word)
		f++;
	return &article->fields[f];
}

#endif
