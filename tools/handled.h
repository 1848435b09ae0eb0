/* handled: which dead letters are done with. A letter stays on its topic, for it is the only copy; that it was sent again or
 * dropped is noted on the journal news.dead.handled under its place, topic/partition/offset, in the same transaction as what was
 * done. */
#ifndef COPYDESK_HANDLED_H
#define COPYDESK_HANDLED_H

#include "tools/journal.h"
#include "tools/keytable.h"

#define HANDLED_TOPIC "news.dead.handled"

enum handled_as { HANDLED_NOT, HANDLED_RETRIED, HANDLED_DROPPED };

struct handled {
	char topic[250];
	struct keytable places;
};

/* Reads all notes. Release it in every case. */
bool handled_read(struct handled *handled, struct connection *connection, const char *topic, struct error *error);
void handled_release(struct handled *handled);
enum handled_as handled_find(const struct handled *handled, const char *topic, int32_t partition, int64_t offset);
/* Puts a note into the publisher's open batch; HANDLED_NOT takes it back (the letter itself is gone). */
bool handled_note(struct publisher *publisher, const char *journal, const char *topic, int32_t partition, int64_t offset,
	enum handled_as as, struct error *error);
/* What a note's value says: HANDLED_NOT for one that takes it back. */
enum handled_as handled_parse(struct slice value);
/* "", "retried", "dropped" */
const char *handled_word(enum handled_as as);

#endif
