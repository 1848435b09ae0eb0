/* quantities: money, percentages, measures and ordinal numbers, by grammar. English units and number words; figures and symbols of any
 * language. A quantity is a run of tokens; its value is in the unit given, with "million" and the like multiplied out. A range of one
 * unit ("2 to 3 per cent", "$20-25 million") is one quantity. */
#ifndef COPYDESK_QUANTITIES_H
#define COPYDESK_QUANTITIES_H

#include "json/writer.h"
#include "tag/tokens.h"

enum quantity_type { QUANTITY_MONEY, QUANTITY_PERCENT, QUANTITY_MEASURE, QUANTITY_ORDINAL };

struct quantity {
	uint32_t first, last; /* tokens, last exclusive */
	enum quantity_type type;
	double value;         /* of a range: the lower one */
	double most;          /* of a range: the upper one; else value */
	const char *unit;     /* ISO 4217 code, "percent", or a unit's symbol ("km"); NULL: none or not known */
};

/* Which countries a field's tokens name (ISO 3166-1, NULs elsewhere) and which the article names at all: they tell "rupees" from
 * "rupees". NULL members: nothing is known. */
struct country_code {
	char letters[2];
};
struct quantity_places {
	const struct country_code *tokens;
	const struct country_code *article;
	size_t article_count;
};

/* The quantities of a field, in order, not overlapping, in arena memory; returns their number. */
size_t quantities_find(struct arena *arena, const struct tokens *tokens, const struct quantity_places *places, struct quantity **out);
/* One object a quantity into the array that is open in the writer; `image` is the index of a caption's picture, −1 elsewhere. */
void quantities_write(struct json_writer *writer, const struct tokens *tokens, const char *field, int64_t image, const struct quantity *items,
	size_t count);

#endif
