/* textglance: the first look at each unit of a plain-text page: its words, how it ends, whether it is prose, and how many of its words the page's
 * prose has. What several features need. */
#ifndef COPYDESK_TEXTGLANCE_H
#define COPYDESK_TEXTGLANCE_H

#include "extract/furniture.h"
#include "extract/textunit.h"

/* How a unit's text ends. */
enum text_ending { ENDING_NONE, ENDING_STOP, ENDING_MARK, ENDING_QUOTE, ENDING_COLON, ENDING_ELLIPSIS, ENDING_COMMA, ENDING_BRACKET };
enum text_ending text_ending_of(struct slice text);

struct text_glance {
	uint64_t hash; /* of the folded words */
	uint32_t words, upper, capitals, digits; /* words: all, with a capital first, in capitals, of digits alone */
	uint32_t letters;                        /* of all words */
	uint32_t unspaced;                       /* words that are characters of a script without spaces */
	uint32_t function;                       /* words of the page's language without which no sentence is made */
	uint32_t content, known, on_topic;       /* words of its matter; of them in a unit of prose elsewhere; in two and more */
	uint32_t sentences, commas;
	struct furniture_hits hits;
	enum text_ending ending;
	bool prose, shorty; /* shorty: a short line that doesn't end like a sentence */
};

struct text_glances {
	struct text_glance *items; /* one a unit */
	uint64_t language_bit;     /* of the page's language in language_word_mask(); 0: unknown */
	bool unspaced_page;        /* most of its words are characters of a script without spaces */
};

/* Arena memory. Linear. */
struct text_glances text_glances_take(struct arena *arena, const struct text_units *units);

#endif
