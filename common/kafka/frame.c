/* frame: see frame.h. The whole frame is checked when it is opened, so that half of it is never folded. */
#include "kafka/frame.h"

#define MAGIC 0x31464443u /* "CDF1" */
#define HEAD 16
#define ITEM 12

static void put(struct buf *buf, uint64_t value, size_t width)
{
	for (size_t i = 0; i < width; i++)
		buf_append_byte(buf, (char)(value >> (8 * i) & 0xFF));
}

static uint64_t get(const char *at, size_t width)
{
	uint64_t value = 0;

	for (size_t i = width; i > 0; i--)
		value = value << 8 | (unsigned char)at[i - 1];
	return value;
}

void frame_begin(struct buf *buf, const struct frame_head *head)
{
	put(buf, MAGIC, 4);
	put(buf, head->asker, 8);
	put(buf, head->reply_partition, 4);
}

void frame_add(struct buf *buf, uint64_t question, struct slice bytes)
{
	put(buf, question, 8);
	put(buf, bytes.len, 4);
	buf_append(buf, bytes);
}

bool frame_open(struct slice bytes, struct frame_head *head, struct slice *rest)
{
	uint64_t question;
	struct slice item, walk;

	if (bytes.len < HEAD || get(bytes.ptr, 4) != MAGIC)
		return false;
	*head = (struct frame_head){get(bytes.ptr + 4, 8), (uint32_t)get(bytes.ptr + 12, 4)};
	*rest = walk = slice_sub(bytes, HEAD, bytes.len);
	while (frame_next(&walk, &question, &item))
		;
	return walk.len == 0;
}

bool frame_next(struct slice *rest, uint64_t *question, struct slice *item)
{
	if (rest->len < ITEM)
		return false;
	size_t len = (size_t)get(rest->ptr + 8, 4);
	if (len > rest->len - ITEM)
		return false;
	*question = get(rest->ptr, 8);
	*item = slice_sub(*rest, ITEM, ITEM + len);
	*rest = slice_sub(*rest, ITEM + len, rest->len);
	return true;
}
