/* deskletters: the dead letters that the desk remembers: the newest so many, and what became of each.
 *
 * What is noted about letters has no bound: 24 bytes each, of the hours shown; a note may come before its letter. Each call locks
 * (see deskstore.h). */
#ifndef COPYDESK_DESKLETTERS_H
#define COPYDESK_DESKLETTERS_H

#include "json/writer.h"
#include "tools/handled.h"
#include "tools/record.h"

struct deskletters;

/* Never NULL. */
struct deskletters *deskletters_create(size_t capacity);
void deskletters_destroy(struct deskletters **letters);

void deskletters_add(struct deskletters *letters, const struct record *record);
/* What became of the letter at `place`, topic/partition/offset. */
void deskletters_note(struct deskletters *letters, struct slice place, enum handled_as as);
/* {"mayRetry":…,"letters":[{stage,code,message,source,time,topic,partition,offset,handled?}]}, newest first. */
void deskletters_write(struct deskletters *letters, struct json_writer *out, bool may_retry, size_t limit);
/* Is this the place of a letter that is kept and not done with? Nothing else can be sent again. */
bool deskletters_has(struct deskletters *letters, const char *topic, int32_t partition, int64_t offset);
size_t deskletters_count(struct deskletters *letters);

#endif
