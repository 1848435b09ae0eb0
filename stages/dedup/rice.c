/* rice: see rice.h. A set is its count (7 bits), the width of a gap's low part (5 bits), and the gaps: the high part in ones, a
 * zero, the low part. */
#include "dedup/rice.h"

#include <endian.h>

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
		uint32_t high = gap >> width;
		for (; high > 16; high -= 16)
			put_bits(writer, 0xFFFF, 16);
		put_bits(writer, ((uint32_t)1 << high) - 1, high + 1);
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
	const unsigned char *start = (const unsigned char *)(bytes.ptr != NULL ? bytes.ptr : "");

	return (struct rice_reader){start, start + bytes.len, 0, 0, false};
}

/* At least 57 bits in hand, as long as there are as many. */
static void fill(struct rice_reader *reader)
{
	if (reader->end - reader->ptr >= 8) {
		uint64_t next;
		memcpy(&next, reader->ptr, 8);
		unsigned bytes = (63 - reader->count) / 8;
		reader->bits |= le64toh(next) << reader->count;
		reader->ptr += bytes;
		reader->count += 8 * bytes;
		reader->bits &= UINT64_MAX >> (64 - reader->count);
		return;
	}
	for (; reader->count <= 56 && reader->ptr < reader->end; reader->count += 8)
		reader->bits |= (uint64_t)*reader->ptr++ << reader->count;
}

static uint32_t get_bits(struct rice_reader *reader, unsigned count)
{
	if (reader->count < count)
		fill(reader);
	if (reader->count < count) {
		reader->bad = true;
		return 0;
	}
	uint32_t value = (uint32_t)(reader->bits & (((uint64_t)1 << count) - 1));
	reader->bits >>= count;
	reader->count -= count;
	return value;
}

/* The ones before the next zero, and that. */
static uint64_t get_ones(struct rice_reader *reader)
{
	uint64_t ones = 0;

	for (;;) {
		if (reader->count < 32)
			fill(reader);
		unsigned run = (unsigned)__builtin_ctzll(~reader->bits | (uint64_t)1 << 63);
		if (run < reader->count) {
			reader->bits >>= run + 1;
			reader->count -= run + 1;
			return ones + run;
		}
		ones += reader->count;
		reader->bits = 0;
		reader->count = 0;
		if (reader->ptr == reader->end) {
			reader->bad = true;
			return 0;
		}
	}
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
		uint64_t high = get_ones(reader);
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
