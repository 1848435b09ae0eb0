/* letter: one dead letter and the way back: to the topic it came from, byte for byte, with its attempts counted and capped. */
#ifndef COPYDESK_LETTER_H
#define COPYDESK_LETTER_H

#include "tools/connection.h"
#include "tools/record.h"

/* The attempts its header counts; 0 where there is none. */
int64_t letter_attempts(const struct record *letter);

struct letter_sender;

/* NULL with error. The connection must outlive the sender. */
struct letter_sender *letter_sender_create(struct connection *connection, struct error *error);
void letter_sender_destroy(struct letter_sender **sender);
/* Sends key, value, timestamp and the original headers to the topic of copydesk-dead-source and waits until the broker has them. The
 * count of attempts stays with the message, so that a letter which dies again goes on counting. One that was tried `most` times or more is
 * refused (code attempts), as is one whose value was cut when it was written (code truncated). */
bool letter_resend(struct letter_sender *sender, const struct record *letter, int64_t most, struct error *error);

#endif
