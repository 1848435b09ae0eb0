/* textfeature: what can be told about each unit of a plain-text page, as small integers for the model that finds the body.
 *
 * TEXT_FEATURES is the one table of names: the array's order, the trainer's columns and the model's card come from it. */
#ifndef COPYDESK_TEXTFEATURE_H
#define COPYDESK_TEXTFEATURE_H

#include "extract/textunit.h"

#define TEXT_TOPIC_FEATURES(X, PREFIX) \
	X(PREFIX##_SHARE) X(PREFIX##_COMMENT) X(PREFIX##_RELATED) X(PREFIX##_READ_MORE) X(PREFIX##_NEWSLETTER) X(PREFIX##_CONSENT) \
	X(PREFIX##_COPYRIGHT) X(PREFIX##_NAVIGATION) X(PREFIX##_ACCOUNT) X(PREFIX##_ADVERT) X(PREFIX##_CREDIT) X(PREFIX##_BYLINE) \
	X(PREFIX##_DATE_LABEL) X(PREFIX##_TAGS) X(PREFIX##_ABOUT) X(PREFIX##_MEDIA)

#define TEXT_FEATURES(X) \
	X(COLUMNS) X(WORDS) X(WORD_LENGTH) X(FUNCTION_SHARE) X(FUNCTION_COUNT) X(ENDING) X(COMMAS) X(SENTENCES) X(UPPER_SHARE) \
	X(CAPITALS_SHARE) X(DIGIT_SHARE) X(BEGINNING) X(BULLET) X(HEADING) X(QUOTE) X(CELLS) X(EMPHASIS) X(LINK_SHARE) X(IMAGE) X(INDENT) \
	X(BLANKS_BEFORE) X(BLANKS_AFTER) X(RULE) X(BARE_BEFORE) X(BARE_AFTER) X(BARS) X(COPYRIGHT_SIGN) X(EMAIL) X(ADDRESS) X(HANDLE) \
	X(CLOCK) X(YEAR) X(QUOTE_MARKS) X(BRACKETED) X(REPEATS) X(REPEAT_BEFORE) X(PREFIX_OF_NEXT) X(UNITS) X(PROSE_TOTAL) X(UNSPACED) \
	X(PLACE) X(COLUMNS_PLACE) X(TITLE_DISTANCE) X(TITLE_OVERLAP) X(SLUG_OVERLAP) X(PROSE_BEFORE) X(PROSE_DISTANCE_BEFORE) \
	X(PROSE_DISTANCE_AFTER) X(PROSE_NEAR) X(PROSE_WIDE) X(SHORT_RUN) X(SHORT_RUN_PLACE) X(BULLET_RUN) X(BULLET_RUN_MEAN) X(SAME_SHAPE) \
	X(ON_TOPIC) X(KNOWN_WORDS) X(CLUSTER_DISTANCE) X(CLUSTER_PLACE) \
	TEXT_TOPIC_FEATURES(X, HIT) TEXT_TOPIC_FEATURES(X, SINCE) TEXT_TOPIC_FEATURES(X, UNTIL) \
	X(COLUMNS_M2) X(COLUMNS_M1) X(COLUMNS_P1) X(COLUMNS_P2) X(ENDING_M1) X(ENDING_P1) X(BULLET_M1) X(BULLET_P1) X(HEADING_M1) \
	X(HEADING_P1) X(FUNCTION_M1) X(FUNCTION_P1) X(ON_TOPIC_M1) X(ON_TOPIC_P1) X(BLANKS_P2) X(HEADING_SINCE) X(HEADING_LEVEL_SINCE)

enum text_feature {
#define TEXT_ENUM(name) TEXT_##name,
	TEXT_FEATURES(TEXT_ENUM)
#undef TEXT_ENUM
	TEXT_FEATURE_COUNT
};
extern const char *const TEXT_FEATURE_NAMES[TEXT_FEATURE_COUNT];

struct text_features {
	int16_t values[TEXT_FEATURE_COUNT];
};

/* How numbers become features. FEATURE_FAR stands for "not at all" in distances; shares are in thousandths. */
#define FEATURE_FAR 99
static inline int16_t feature_at_most(size_t value, size_t most) { return (int16_t)(value < most ? value : most); }
static inline int16_t feature_share(size_t part, size_t whole) { return (int16_t)(whole ? part * 1000 / whole : 0); }

/* One row a unit. `url` (may be empty) tells the words of the headline. Linear. */
struct text_features *text_features_measure(struct arena *arena, const struct text_units *units, struct slice url);

#endif
