/* rice: see rice.h. A set is its count (7 bits), the width of a gap's low part (5 bits), and the gaps: the high part in ones, a zero, the low part. */
#include "dedup/rice.h"

#define COUNT_BITS 7
#define WIDTH_BITS 5

static void put_bits(struct rice_writer *writer, uint32_t value, unsigned count)
{
	writer->bits |= (uint64_t)value << writer->count;
	writer->count += count;
	for (; writer->count >= 8; writer->count -= 8, writer->bits >>= 8)
		buf_append_byte(writer->out, (char)writer->bits);
}

/* The largest whose power is at most 3/4 of the mean gap: within .03 bits of the best. */
static unsigned width_of(const uint32_t *items, size_t count)
{
	uint64_t span = items[count - 1] + 1 - count;
	unsigned width = 0;

	while (((uint64_t)2 << width) * 4 * count <= span * 3)
		width++;
	return width;
}

void rice_put(struct rice_writer *writer, const uint32_t *items, size_t count)
{
	uint32_t next = 0;

	put_bits(writer, (uint32_t)count, COUNT_BITS);
	if (count == 0)
		return;
	unsigned width = width_of(items, count);
	put_bits(writer, width, WIDTH_BITS);
	for (size_t i = 0; i < count; i++) {
		uint32_t gap = items[i] - next;
		for (uint32_t high = gap >> width; high > 0; high--)
			put_bits(writer, 1, 1);
		put_bits(writer, 0, 1);
		put_bits(writer, gap & (((uint32_t)1 << width) - 1), width);
		next = items[i] + 1;
	}
}

void rice_end(struct rice_writer *writer)
{
	if (writer->count > 0)
		put_bits(writer, 0, 8 - writer->count);
}

struct rice_reader rice_open(struct slice bytes)
{
	const unsigned char *start = (const unsigned char *)bytes.ptr;

	return (struct rice_reader){start, start + bytes.len, 0, 0, false};
}

static uint32_t get_bits(struct rice_reader *reader, unsigned count)
{
	for (; reader->count < count; reader->count += 8) {
		if (reader->ptr == reader->end) {
			reader->bad = true;
			return 0;
		}
		reader->bits |= (uint64_t)*reader->ptr++ << reader->count;
	}
	uint32_t value = (uint32_t)(reader->bits & (((uint64_t)1 << count) - 1));
	reader->bits >>= count;
	reader->count -= count;
	return value;
}

size_t rice_get(struct rice_reader *reader, uint32_t *items, size_t most, unsigned width)
{
	size_t count = get_bits(reader, COUNT_BITS);
	uint64_t next = 0;

	if (count == 0)
		return 0;
	unsigned low = get_bits(reader, WIDTH_BITS);
	reader->bad = reader->bad || count > most || low > width;
	for (size_t i = 0; i < count && !reader->bad; i++) {
		uint64_t high = 0;
		while (get_bits(reader, 1) != 0)
			high++;
		next += (high << low) + get_bits(reader, low);
		reader->bad = reader->bad || next >> width != 0;
		items[i] = (uint32_t)next++;
	}
	return reader->bad ? 0 : count;
}

bool rice_finished(const struct rice_reader *reader)
{
	return !reader->bad && reader->ptr == reader->end && reader->count < 8 && reader->bits == 0;
}
