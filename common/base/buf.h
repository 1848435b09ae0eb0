/* buf: a growing byte buffer that takes its ceiling at init and has one error path.
 *
 * Appending past the ceiling, or without memory, sets `failed`; further appends do nothing. The user checks once, at the end.
 * Heap buffers are released; arena buffers are not (their old storage stays in the arena until it is reset). */
#ifndef COPYDESK_BUF_H
#define COPYDESK_BUF_H

#include "base/arena.h"

struct buf {
	char *ptr;
	size_t len, capacity, ceiling;
	struct arena *arena; /* NULL: heap */
	bool failed;
};

void buf_init(struct buf *buf, size_t ceiling);
void buf_init_arena(struct buf *buf, struct arena *arena, size_t ceiling);
void buf_release(struct buf *buf);
void buf_clear(struct buf *buf); /* keeps the storage, clears `failed` */
void buf_truncate(struct buf *buf, size_t len);
bool buf_reserve(struct buf *buf, size_t more);
void buf_append(struct buf *buf, struct slice s);
void buf_append_bytes(struct buf *buf, const void *ptr, size_t len);
void buf_append_cstr(struct buf *buf, const char *cstr);
void buf_append_codepoint(struct buf *buf, uint32_t codepoint);
void buf_printf(struct buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
static inline void buf_append_byte(struct buf *buf, char byte)
{
	if (buf->len < buf->capacity || buf_reserve(buf, 1))
		buf->ptr[buf->len++] = byte;
}
/* What it holds; valid until the next append. */
static inline struct slice buf_slice(const struct buf *buf) { return (struct slice){buf->ptr, buf->len}; }

#endif
