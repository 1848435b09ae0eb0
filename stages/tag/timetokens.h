/* timetokens: text as the time grammar reads it. A scan of its own, because "a.m.", "'80s", "1,500" and "3rd" are one token each here
 * and hyphens part words; it knows nothing of sentences but where they may end. Byte offsets. */
#ifndef COPYDESK_TIMETOKENS_H
#define COPYDESK_TIMETOKENS_H

#include "base/arena.h"
#include "tag/timewords.h"

enum {
	TIMETOKEN_GLUED = 1,    /* no space before it */
	TIMETOKEN_CAPITAL = 2,  /* begins with a capital letter */
	TIMETOKEN_PAST = 4,     /* an unknown word in -ed */
	TIMETOKEN_MONEY = 8,    /* a number behind a currency sign */
	TIMETOKEN_FRACTION = 16, /* a number with a decimal point: 2.5 */
	TIMETOKEN_GROUPED = 32, /* a number with thousands separators */
};

struct time_token {
	uint32_t start, end;
	int32_t value; /* by kind, see enum time_kind */
	uint8_t kind, word_flags, flags, digits;
};

/* At most UINT32_MAX bytes are read. The array ends with a TK_END behind the text; a TK_END also stands at each paragraph's end.
 * `*count` counts the last one in. */
struct time_token *time_tokens(struct arena *arena, struct slice text, size_t *count);

#endif
