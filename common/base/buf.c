/* buf: see buf.h. Growth doubles up to the ceiling. */
#include "base/buf.h"

#include "base/utf8.h"

#include <stdio.h>
#include <stdlib.h>

void buf_init(struct buf *buf, size_t ceiling)
{
	*buf = (struct buf){.ceiling = ceiling};
}

void buf_init_arena(struct buf *buf, struct arena *arena, size_t ceiling)
{
	*buf = (struct buf){.ceiling = ceiling, .arena = arena};
}

void buf_release(struct buf *buf)
{
	if (!buf->arena)
		free(buf->ptr);
	*buf = (struct buf){.ceiling = buf->ceiling, .arena = buf->arena};
}

void buf_clear(struct buf *buf)
{
	buf->len = 0;
	buf->failed = false;
}

void buf_truncate(struct buf *buf, size_t len)
{
	if (len < buf->len)
		buf->len = len;
}

bool buf_reserve(struct buf *buf, size_t more)
{
	if (buf->failed)
		return false;
	if (more <= buf->capacity - buf->len)
		return true;
	if (more > buf->ceiling || buf->len > buf->ceiling - more) {
		buf->failed = true;
		return false;
	}
	size_t capacity = buf->capacity ? buf->capacity : 128;
	do
		capacity = capacity > buf->ceiling / 2 ? buf->ceiling : capacity * 2;
	while (capacity < buf->len + more);
	char *larger;
	if (buf->arena) {
		larger = arena_alloc(buf->arena, capacity);
		if (buf->len)
			memcpy(larger, buf->ptr, buf->len);
	} else {
		larger = realloc(buf->ptr, capacity);
	}
	if (!larger) {
		buf->failed = true;
		return false;
	}
	buf->ptr = larger;
	buf->capacity = capacity;
	return true;
}

void buf_append_bytes(struct buf *buf, const void *ptr, size_t len)
{
	if (len == 0 || !buf_reserve(buf, len))
		return;
	memcpy(buf->ptr + buf->len, ptr, len);
	buf->len += len;
}

void buf_append(struct buf *buf, struct slice s)
{
	buf_append_bytes(buf, s.ptr, s.len);
}

void buf_append_cstr(struct buf *buf, const char *cstr)
{
	buf_append_bytes(buf, cstr, strlen(cstr));
}

void buf_append_codepoint(struct buf *buf, uint32_t codepoint)
{
	char bytes[4];

	buf_append_bytes(buf, bytes, utf8_encode(codepoint, bytes));
}

void buf_printf(struct buf *buf, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	int len = vsnprintf(NULL, 0, format, args);
	va_end(args);
	if (len < 0 || !buf_reserve(buf, (size_t)len + 1))
		return;
	va_start(args, format);
	vsnprintf(buf->ptr + buf->len, (size_t)len + 1, format, args);
	va_end(args);
	buf->len += (size_t)len;
}
