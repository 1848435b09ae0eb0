/* choice: see choice.h. */
#include "extract/choice.h"

#include "base/utf8.h"
#include "extract/reference.h"

struct slice choice_clean(struct choice *choice, struct slice text)
{
	return utf8_squeeze(choice->arena, utf8_nfc(choice->arena, reference_decode(choice->arena, text)));
}

struct slice choice_strip_tags(struct choice *choice, struct slice text)
{
	struct buf out;
	buf_init_arena(&out, choice->arena, text.len + 64);
	for (size_t i = 0; i < text.len; i++) {
		arena_tick(choice->arena);
		char next = i + 1 < text.len ? text.ptr[i + 1] : 0;
		if (text.ptr[i] != '<' || !(byte_is_alpha(next) || next == '/' || next == '!')) {
			buf_append_byte(&out, text.ptr[i]);
			continue;
		}
		const char *close = memchr(text.ptr + i, '>', text.len - i);
		if (!close) {
			buf_append_byte(&out, text.ptr[i]);
			continue;
		}
		struct slice tag = slice_sub(text, i + 1 + (next == '/'), (size_t)(close - text.ptr));
		size_t name = 0;
		while (name < tag.len && (byte_is_alpha(tag.ptr[name]) || byte_is_digit(tag.ptr[name])))
			name++;
		if (tag_flags(tag_of(slice_sub(tag, 0, name))) & TAG_BLOCK ||
			slice_equal_nocase(slice_sub(tag, 0, name), SLICE("br")))
			buf_append_byte(&out, '\n');
		i = (size_t)(close - text.ptr);
	}
	return reference_decode(choice->arena, buf_slice(&out));
}

void choice_set(struct sourced *field, struct slice value, enum origin origin)
{
	if (!field->value.len && value.len)
		*field = (struct sourced){value, origin_name(origin)};
}
