/* deskstore: what the desk remembers of the topics: the newest articles, copies and dead letters, bounded in number and bytes.
 *
 * Only what is noted about letters and stories has no bound: 24 bytes a letter, about 100 a story, of the hours shown. One thread
 * adds (the feed), others ask (the web server): each call locks. Answers are written straight as JSON. */
#ifndef COPYDESK_DESKSTORE_H
#define COPYDESK_DESKSTORE_H

#include "json/writer.h"
#include "tools/handled.h"
#include "tools/record.h"

struct deskstore;

/* At most `articles` of them and `bytes` of their text; a tenth as many dead letters. Never NULL. */
struct deskstore *deskstore_create(size_t articles, size_t bytes);
void deskstore_destroy(struct deskstore **store);

/* A tagged article or a duplicate. One that isn't an article is ignored (false). A later one of the same id replaces the
 * earlier. */
bool deskstore_add_article(struct deskstore *store, struct arena *arena, const struct record *record);
void deskstore_add_letter(struct deskstore *store, const struct record *record);

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
/* What is noted about the letter at topic/partition/offset. The note may come before its letter. */
void deskstore_note_handled(struct deskstore *store, struct slice place, enum handled_as as);
/* {"mayRetry":…,"letters":[{stage,code,message,source,time,topic,partition,offset,handled?}]}, newest first. */
void deskstore_write_letters(struct deskstore *store, struct json_writer *out, bool may_retry, size_t limit);
/* Is this the place of a dead letter that is kept and not done with? Nothing else can be sent again. */
bool deskstore_has_letter(struct deskstore *store, const char *topic, int32_t partition, int64_t offset);
void deskstore_counts(struct deskstore *store, size_t *articles, size_t *letters);

#endif
