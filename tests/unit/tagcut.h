/* tagcut: a text as its tokens and sentences, for tests of either. */
#ifndef COPYDESK_TAGCUT_H
#define COPYDESK_TAGCUT_H

#include "grouparena.h"

#include "base/buf.h"
#include "tag/tokens.h"

static int setup(void **state)
{
	(void)state;
	open_arena(64 << 20);
	return 0;
}

static struct tokens read(const char *text)
{
	struct tokens tokens;

	tokens_read(&arena, slice_of(text), &tokens);
	return tokens;
}

/* The tokens of `text`, parted by "|", with "‖" where a sentence begins. */
static const char *cut(const char *text)
{
	struct tokens tokens = read(text);
	struct buf out;

	buf_init_arena(&out, &arena, 1 << 20);
	for (size_t i = 0; i < tokens.count; i++) {
		if (i > 0)
			buf_append_cstr(&out, tokens.items[i].flags & TOKEN_SENTENCE ? " ‖ " : "|");
		buf_append(&out, tokens.items[i].text);
	}
	buf_append_byte(&out, '\0');
	return out.ptr;
}

#endif
