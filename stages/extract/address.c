/* address: see address.h. */
#include "extract/address.h"

#include "base/buf.h"

bool address_is_absolute(struct slice text)
{
	return slice_starts_nocase(text, SLICE("http://")) || slice_starts_nocase(text, SLICE("https://"));
}

/* Addresses have no white space; pages write some. */
static struct slice escape_blanks(struct arena *arena, struct slice link)
{
	struct buf out;
	bool blank = false;
	for (size_t i = 0; i < link.len && !blank; i++)
		blank = byte_is_space(link.ptr[i]);
	if (!blank)
		return link;
	buf_init_arena(&out, arena, link.len * 3);
	for (size_t i = 0; i < link.len; i++)
		buf_append(&out, byte_is_space(link.ptr[i]) ? SLICE("%20") : slice_sub(link, i, i + 1));
	return buf_slice(&out);
}

/* RFC 3986, section 3.1. */
static bool has_scheme(struct slice text)
{
	size_t at = 0;
	while (at < text.len && (byte_is_alpha(text.ptr[at]) || (at > 0 && (byte_is_digit(text.ptr[at]) || memchr("+.-", text.ptr[at], 3)))))
		at++;
	return at > 0 && at < text.len && text.ptr[at] == ':';
}

struct slice address_clean(struct arena *arena, struct slice text)
{
	text = escape_blanks(arena, slice_trim(text));
	return has_scheme(text) && text.ptr[text.len - 1] != ':' ? text : SLICE_NONE;
}

/* Where the folder of the page at `base` ends; `host`: where its path begins. */
static size_t folder_of(struct slice base, size_t host)
{
	size_t folder = host;
	for (size_t i = host; i < base.len && !strchr("?#", base.ptr[i]); i++)
		if (base.ptr[i] == '/')
			folder = i + 1;
	return folder;
}

struct slice address_absolute(struct arena *arena, struct slice base, struct slice link)
{
	link = escape_blanks(arena, slice_trim(link));
	if (address_is_absolute(link))
		return link;
	if (!address_is_absolute(base) || !link.len || has_scheme(link))
		return SLICE_NONE;
	size_t name = slice_find(base, SLICE("://")) + 3, host = name;
	while (host < base.len && !strchr("/?#", base.ptr[host]))
		host++;
	if (slice_starts(link, SLICE("//")))
		return arena_printf(arena, "%.*s%.*s", (int)(name - 2), base.ptr, SLICE_ARG(link));
	if (link.ptr[0] == '/')
		return arena_printf(arena, "%.*s%.*s", (int)host, base.ptr, SLICE_ARG(link));
	size_t folder = folder_of(base, host);
	while (slice_starts(link, SLICE("./")))
		link = slice_sub(link, 2, link.len);
	if (!link.len || strchr("?#.", link.ptr[0]))
		return SLICE_NONE;
	return arena_printf(arena, "%.*s%s%.*s", (int)folder, base.ptr, folder == host ? "/" : "", SLICE_ARG(link));
}
