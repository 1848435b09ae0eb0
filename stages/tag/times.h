/* times: the dates, times, durations and recurrences that a text names, as TIMEX3 (TimeML 1.2.1; ISO 24617-1): extent, type and value.
 *
 * English by grammar; in other languages (and in English too) dates in figures, and day, month name and four-digit year, which are safe
 * anywhere. Values are resolved against the article's date; see timeresolve.h. Linear, deterministic, without state. */
#ifndef COPYDESK_TIMES_H
#define COPYDESK_TIMES_H

#include "base/clock.h"
#include "json/writer.h"
#include "tag/timevalue.h"

struct time_anchor {
	int64_t ms;       /* CLOCK_NONE: none known */
	const char *name; /* the field it is from: "datePublished", "fetchedAt" */
};

struct time_mention {
	size_t start, end;              /* bytes, exclusive end */
	size_t start_point, end_point;  /* code points */
	enum time_type type;
	enum time_mod mod;
	struct time_value value;
	bool zoned; /* the text names the zone */
	int16_t utc_offset; /* minutes east of Greenwich, if zoned */
};

/* The mentions in `text` (valid UTF-8), in order, not overlapping; *out is arena memory. `language` is a BCP-47 tag, empty if unknown
 * (then read as English). */
size_t times_find(struct arena *arena, struct slice text, struct slice language, const struct time_anchor *anchor, struct time_mention **out);

/* One object a mention into the array that is open in the writer: text, start, end (code points), field, image (of a
 * caption; −1: none), type, value, and where they are: utcOffset of a time of day; mod; anchor, which is the name of the anchor's field, or "text" for a value completed from another date in the text. */
void times_write(struct json_writer *writer, struct slice text, const char *field, int64_t image, const struct time_anchor *anchor,
	const struct time_mention *mentions, size_t count);

#endif
