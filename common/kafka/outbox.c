/* outbox: see outbox.h. */
#include "kafka/outbox.h"

#define FRAME_CEILING (64u << 20)

void outbox_init(struct outbox *outbox, rd_kafka_t *producer, const char *topic, int32_t partition, const struct frame_head *head)
{
	*outbox = (struct outbox){.producer = producer, .topic = topic, .partition = partition, .head = *head};
	buf_init(&outbox->frame, FRAME_CEILING);
}

void outbox_release(struct outbox *outbox) { buf_release(&outbox->frame); }

void outbox_send(struct outbox *outbox)
{
	if (outbox->frame.len == 0)
		return;
	while (rd_kafka_producev(outbox->producer, RD_KAFKA_V_TOPIC(outbox->topic), RD_KAFKA_V_PARTITION(outbox->partition),
		       RD_KAFKA_V_VALUE(outbox->frame.ptr, outbox->frame.len), RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY),
		       RD_KAFKA_V_END) == RD_KAFKA_RESP_ERR__QUEUE_FULL)
		rd_kafka_poll(outbox->producer, 10);
	buf_clear(&outbox->frame);
}

void outbox_add(struct outbox *outbox, uint64_t question, struct slice item)
{
	if (outbox->frame.len && outbox->frame.len + item.len > FRAME_BYTES)
		outbox_send(outbox);
	if (outbox->frame.len == 0)
		frame_begin(&outbox->frame, &outbox->head);
	frame_add(&outbox->frame, question, item);
}
