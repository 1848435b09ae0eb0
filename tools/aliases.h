/* aliases: what news.alias tells about an article: the story that its own turned out to be part of, and what it proved about
 * others. */
#ifndef COPYDESK_ALIASES_H
#define COPYDESK_ALIASES_H

#include "base/arena.h"
#include "tools/scan.h"

#define ALIASES_MAX 32

struct alias {
	struct slice place; /* topic/partition/offset */
	int64_t time;       /* of the article that proved it; may be CLOCK_NONE */
	struct slice id, story, by; /* story `id` is part of `story`, as the article `by` proved */
};

/* Of an article's id and story, and of the stories that its story became, in the order of their times. The whole topic is read,
 * once more for each step of a story that became one that became another. Text lies in the arena; `scan` is closed on return, or
 * is the caller's to close when the arena escapes. Returns their number, at most ALIASES_MAX; -1 with the codes of scan.h. A
 * topic that isn't there has none. */
int aliases_find(struct connection *connection, const char *prefix, struct slice id, struct slice story, struct arena *arena,
	struct scan *scan, struct alias found[ALIASES_MAX], struct error *error);

#endif
