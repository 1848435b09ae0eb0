/* pack: fixed-width little-endian fields, for the records between front and owner and for snapshots.
 *
 * Reading never runs past the end: it yields zeros and sets `bad`, which the reader checks once, at the end. */
#ifndef COPYDESK_PACK_H
#define COPYDESK_PACK_H

#include "base/buf.h"

struct unpack {
	const unsigned char *ptr, *end;
	bool bad;
};

static inline struct unpack unpack_begin(struct slice s)
{
	const unsigned char *start = (const unsigned char *)(s.ptr != NULL ? s.ptr : "");

	return (struct unpack){start, start + s.len, false};
}

static inline uint64_t unpack_uint(struct unpack *in, size_t bytes)
{
	uint64_t value = 0;

	if ((size_t)(in->end - in->ptr) < bytes) {
		in->bad = true;
		in->ptr = in->end;
		return 0;
	}
	for (size_t i = 0; i < bytes; i++)
		value |= (uint64_t)in->ptr[i] << (8 * i);
	in->ptr += bytes;
	return value;
}

static inline struct slice unpack_bytes(struct unpack *in, size_t len)
{
	if ((size_t)(in->end - in->ptr) < len) {
		in->bad = true;
		in->ptr = in->end;
		return SLICE_NONE;
	}
	struct slice bytes = {(const char *)in->ptr, len};
	in->ptr += len;
	return bytes;
}

/* What is left. */
static inline struct slice unpack_rest(const struct unpack *in)
{
	return (struct slice){(const char *)in->ptr, (size_t)(in->end - in->ptr)};
}

static inline void pack_uint(struct buf *out, uint64_t value, size_t bytes)
{
	char field[8];

	for (size_t i = 0; i < bytes; i++)
		field[i] = (char)(value >> (8 * i));
	buf_append_bytes(out, field, bytes);
}

/* Seconds UTC in five bytes: from 2^39 seconds before 1970 to 2^39 behind. */
static inline void pack_time(struct buf *out, int64_t time)
{
	pack_uint(out, (uint64_t)time, 5);
}

static inline int64_t unpack_time(struct unpack *in)
{
	return (int64_t)(unpack_uint(in, 5) << 24) >> 24;
}

/* At most 255 bytes; what is longer is cut. */
static inline void pack_text(struct buf *out, struct slice text)
{
	size_t len = text.len > 255 ? 255 : text.len;

	pack_uint(out, len, 1);
	buf_append_bytes(out, text.ptr, len);
}

static inline struct slice unpack_text(struct unpack *in)
{
	size_t len = (size_t)unpack_uint(in, 1);

	return unpack_bytes(in, len);
}

#endif
