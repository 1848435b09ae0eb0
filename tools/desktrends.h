/* desktrends: which entities are named most in the news of some hours, and when. Everything lies in an arena. */
#ifndef COPYDESK_DESKTRENDS_H
#define COPYDESK_DESKTRENDS_H

#include "json/writer.h"

#define DESKTRENDS_BUCKETS 12 /* equal parts of the time shown, the oldest first */

struct desktrends {
	struct arena *arena;
	struct desktrend *rows; /* one an article and entity; added up when written */
	size_t count, capacity;
};

#define DESKTRENDS_INIT(arena_) {.arena = (arena_)}

/* An article of that part of the time names it. The texts are not copied. */
void desktrends_add(struct desktrends *trends, struct slice name, struct slice type, size_t bucket);
/* [{name,type,articles,buckets:[…]}]: the most named first, at most `limit`. Nothing can be added any more. */
void desktrends_write(struct desktrends *trends, struct json_writer *out, size_t limit);

#endif
