/* shortid: see shortid.h. */
#include "dedup/shortid.h"

#define MARK '\xFF'

static int digit_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

struct slice shortid_of(struct arena *arena, struct slice id)
{
	if (id.len < 4 || id.len % 2 != 0)
		return id;
	for (size_t i = 0; i < id.len; i++)
		if (digit_value(id.ptr[i]) < 0)
			return id;
	char *kept = arena_alloc(arena, id.len / 2 + 1);
	kept[0] = MARK;
	for (size_t i = 0; i < id.len; i += 2)
		kept[i / 2 + 1] = (char)(digit_value(id.ptr[i]) << 4 | digit_value(id.ptr[i + 1]));
	return (struct slice){kept, id.len / 2 + 1};
}

struct slice shortid_text(struct arena *arena, struct slice kept)
{
	static const char DIGITS[] = "0123456789abcdef";

	if (kept.len == 0 || kept.ptr[0] != MARK)
		return kept;
	char *id = arena_alloc(arena, kept.len * 2);
	for (size_t i = 1; i < kept.len; i++) {
		id[2 * i - 2] = DIGITS[(unsigned char)kept.ptr[i] >> 4];
		id[2 * i - 1] = DIGITS[(unsigned char)kept.ptr[i] & 15];
	}
	return (struct slice){id, 2 * kept.len - 2};
}
