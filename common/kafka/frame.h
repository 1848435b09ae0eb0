/* frame: one Kafka record that carries many questions, or many replies, between the processes of a stage.
 *
 * A frame names who asks (a number drawn at start, and the reply partition it listens on), then lists items: the question's
 * number and its bytes. Little endian, fixed sizes; a frame that doesn't add up is refused as a whole. */
#ifndef COPYDESK_FRAME_H
#define COPYDESK_FRAME_H

#include "base/buf.h"

#define FRAME_BYTES (768u << 10) /* below the default message.max.bytes; one larger item makes a larger frame */

/* First byte of a reply: it was folded, or that took more memory than a message may use. */
enum frame_status { FRAME_GOOD, FRAME_FAILED };

struct frame_head {
	uint64_t asker;
	uint32_t reply_partition;
};

/* Begins a frame in an empty buffer. */
void frame_begin(struct buf *buf, const struct frame_head *head);
void frame_add(struct buf *buf, uint64_t question, struct slice bytes);

/* False: not a frame. *rest is then what frame_next() walks. */
bool frame_open(struct slice bytes, struct frame_head *head, struct slice *rest);
/* The next item; false at the end. */
bool frame_next(struct slice *rest, uint64_t *question, struct slice *item);

#endif
