/* letter: one dead letter and the way back: to the topic it came from, byte for byte, with its attempts counted and capped. */
#ifndef COPYDESK_LETTER_H
#define COPYDESK_LETTER_H

#include "tools/handled.h"
#include "tools/record.h"

/* All who send letters again share this transactional.id, with the prefix of the topics before it: two of them can't send one
 * letter twice. */
#define LETTER_PUBLISHER "copydesk-dead"

/* The attempts its header counts; 0 where there is none. */
int64_t letter_attempts(const struct record *letter);
/* The topic and the partition that it would be sent to again; false with the reason why it can't be. Codes: no_source; attempts
 * (it was tried `most` times or more); truncated (its value was cut when it was written). */
bool letter_target(const struct record *letter, int64_t most, char topic[250], int32_t *partition, struct error *error);
/* Puts key, value, timestamp and the original headers into the publisher's open batch, for the topic and partition of
 * copydesk-dead-source, and the note that it was. The count of attempts stays with the message, so that a letter which dies again
 * goes on counting. */
bool letter_resend(
	struct publisher *publisher, const char *journal, const struct record *letter, int64_t most, struct error *error);
/* The original message: without the headers of its death. Arena memory. */
void letter_original(struct arena *arena, const struct record *letter, bool keep_attempts, struct message *original);

#endif
