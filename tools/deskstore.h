/* deskstore: what the desk remembers of the articles on the topics: the newest, and their copies, bounded in number and bytes.
 *
 * Only what is noted about stories has no bound: about 100 bytes a story, of the hours shown. One thread adds (the feed), others
 * ask (the web server): each call locks. Answers are written straight as JSON. */
#ifndef COPYDESK_DESKSTORE_H
#define COPYDESK_DESKSTORE_H

#include "json/writer.h"
#include "tools/record.h"

struct deskstore;

/* At most `articles` of them and `bytes` of their text. Never NULL. */
struct deskstore *deskstore_create(size_t articles, size_t bytes);
void deskstore_destroy(struct deskstore **store);

/* A tagged article or a duplicate. One that isn't an article is ignored (false). A later one of the same id replaces the
 * earlier. */
bool deskstore_add_article(struct deskstore *store, struct arena *arena, const struct record *record);

/* Story `id` turned out to be part of `story`: from now on they are one. The note may come before its articles. */
void deskstore_note_alias(struct deskstore *store, struct slice id, struct slice story);

/* {"stories":[{id,copies,revisions,members:[{id,status,headline,url,time,entities}]}]}, newest first, at most `limit`; `query` is
 * looked for in headlines and entity names, case folded. */
void deskstore_write_stories(struct deskstore *store, struct json_writer *out, struct slice query, size_t limit);
/* {"article":…,"at":{topic,partition,offset}}; false (nothing written) if it isn't kept. */
bool deskstore_write_article(struct deskstore *store, struct json_writer *out, struct slice id);
/* Where the kept record of this id lies. */
bool deskstore_locate(struct deskstore *store, struct slice id, char topic[250], int32_t *partition, int64_t *offset);
/* {"hours":h,"entities":[{name,type,articles,buckets:[…]}]}: the most named in the last hours of the news kept (by fetch
 * time). */
void deskstore_write_entities(struct deskstore *store, struct json_writer *out, int hours, size_t limit);
size_t deskstore_count(struct deskstore *store);

#endif
