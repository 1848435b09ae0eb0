/* utf8: see utf8.h. Fast paths for ASCII everywhere: most bytes of the world's news pages are markup. */
#include "base/utf8.h"

#include "base/buf.h"

#include <stdlib.h>
#include <utf8proc.h>

/* Bytes that continue the sequence begun by `lead`, and the range of the first of them (Unicode table 3-7). 0: not a lead. */
static size_t sequence_tail(unsigned char lead, unsigned char *low, unsigned char *high)
{
	*low = 0x80;
	*high = 0xBF;
	if (lead >= 0xC2 && lead <= 0xDF)
		return 1;
	if (lead >= 0xE0 && lead <= 0xEF) {
		if (lead == 0xE0)
			*low = 0xA0;
		if (lead == 0xED)
			*high = 0x9F;
		return 2;
	}
	if (lead >= 0xF0 && lead <= 0xF4) {
		if (lead == 0xF0)
			*low = 0x90;
		if (lead == 0xF4)
			*high = 0x8F;
		return 3;
	}
	return 0;
}

uint32_t utf8_next(struct slice s, size_t *at)
{
	unsigned char lead = (unsigned char)s.ptr[(*at)++], low, high;

	if (lead < 0x80)
		return lead;
	size_t tail = sequence_tail(lead, &low, &high);
	if (tail == 0 || s.len - *at < tail)
		return UTF8_INVALID;
	uint32_t c = lead & (0x3Fu >> tail);
	for (size_t i = 0; i < tail; i++) {
		unsigned char byte = (unsigned char)s.ptr[*at + i];
		if (byte < low || byte > high)
			return UTF8_INVALID;
		c = c << 6 | (byte & 0x3Fu);
		low = 0x80;
		high = 0xBF;
	}
	*at += tail;
	return c;
}

uint32_t utf8_previous(struct slice s, size_t *at)
{
	size_t start = *at - 1;

	while (start > 0 && ((unsigned char)s.ptr[start] & 0xC0) == 0x80)
		start--;
	*at = start;
	return utf8_next(s, &start);
}

size_t utf8_encode(uint32_t c, char out[4])
{
	if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
		c = 0xFFFD;
	if (c < 0x80) {
		out[0] = (char)c;
		return 1;
	}
	size_t len = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
	for (size_t i = len - 1; i > 0; i--, c >>= 6)
		out[i] = (char)(0x80 | (c & 0x3F));
	out[0] = (char)((0xF00u >> len & 0xFF) | c);
	return len;
}

/* Offset of the first byte that isn't ASCII, from `at` on. */
static size_t skip_ascii(struct slice s, size_t at)
{
	while (at + 8 <= s.len) {
		uint64_t word;
		memcpy(&word, s.ptr + at, 8);
		if (word & 0x8080808080808080u)
			break;
		at += 8;
	}
	while (at < s.len && (unsigned char)s.ptr[at] < 0x80)
		at++;
	return at;
}

/* Offset of the first ill-formed byte, s.len if there is none. */
static size_t valid_until(struct slice s)
{
	for (size_t at = skip_ascii(s, 0); at < s.len;) {
		size_t start = at;
		if (utf8_next(s, &at) == UTF8_INVALID)
			return start;
		if (at < s.len && (unsigned char)s.ptr[at] < 0x80)
			at = skip_ascii(s, at);
	}
	return s.len;
}

bool utf8_valid(struct slice s) { return valid_until(s) == s.len; }

size_t utf8_length(struct slice s)
{
	size_t count = 0;

	for (size_t i = 0; i < s.len; i++)
		count += ((unsigned char)s.ptr[i] & 0xC0) != 0x80;
	return count;
}

/* After an ill-formed byte: skips the rest of its maximal subpart (Unicode 3.9, "U+FFFD Substitution of Maximal Subparts"). */
static size_t skip_subpart(struct slice s, size_t start)
{
	unsigned char low, high;
	size_t tail = sequence_tail((unsigned char)s.ptr[start], &low, &high), at = start + 1;

	for (; tail > 0 && at < s.len && (unsigned char)s.ptr[at] >= low && (unsigned char)s.ptr[at] <= high; tail--, at++) {
		low = 0x80;
		high = 0xBF;
	}
	return at;
}

struct slice utf8_repair(struct arena *arena, struct slice s)
{
	bool nul = slice_find_byte(s, '\0') != SLICE_NOT_FOUND;
	struct buf clean;

	if (!nul && utf8_valid(s))
		return s;
	buf_init_arena(&clean, arena, SIZE_MAX / 4);
	buf_reserve(&clean, s.len + 16);
	for (size_t at = 0; at < s.len;) {
		size_t start = at;
		uint32_t c = utf8_next(s, &at);
		if (c == UTF8_INVALID) {
			at = skip_subpart(s, start);
			buf_append_codepoint(&clean, 0xFFFD);
		} else if (c != 0) {
			buf_append_bytes(&clean, s.ptr + start, at - start);
		}
	}
	return buf_slice(&clean);
}

/* utf8proc allocates with malloc: copy at once, free at once, then let the arena escape if it must. */
static struct slice map(struct arena *arena, struct slice s, utf8proc_option_t options)
{
	utf8proc_uint8_t *mapped = NULL;
	utf8proc_ssize_t len = utf8proc_map((const utf8proc_uint8_t *)s.ptr, (utf8proc_ssize_t)s.len, &mapped, options);

	if (len < 0)
		return s;
	char *copy = arena_try_alloc(arena, (size_t)len);
	if (copy && len)
		memcpy(copy, mapped, (size_t)len);
	free(mapped);
	if (!copy)
		arena_escape(arena, ESCAPE_MEMORY);
	return (struct slice){copy, (size_t)len};
}

/* Ranges whose members are NFC_QC=Yes with combining class 0: letters, marks of punctuation, symbols, ideographs, syllables,
 * emoji of most pages. A text of these only is its own NFC. (base_utf8.c holds each of them to utf8proc's tables.) */
static bool surely_nfc(uint32_t c)
{
	static const struct {
		uint32_t first, last;
	} ranges[] = {
		{0x0000, 0x02FF}, {0x0388, 0x03FF}, {0x0400, 0x0482}, {0x048A, 0x0586}, {0x05D0, 0x05EA}, {0x0620, 0x064A}, {0x0660, 0x066F},
		{0x2002, 0x20CF}, {0x2100, 0x2125}, {0x2190, 0x2328}, {0x232B, 0x2ADB}, {0x3001, 0x3029}, {0x3041, 0x3098}, {0x309B, 0x312F}, {0x4E00, 0x9FFF},
		{0xAC00, 0xD7A3}, {0xFE00, 0xFE0F}, {0xFF00, 0xFFEF}, {0x1F000, 0x1FAFF},
	};

	for (size_t i = 0; i < sizeof(ranges) / sizeof(*ranges) && c >= ranges[i].first; i++)
		if (c <= ranges[i].last)
			return true;
	return false;
}

struct slice utf8_nfc(struct arena *arena, struct slice s)
{
	for (size_t at = skip_ascii(s, 0); at < s.len;) {
		if (!surely_nfc(utf8_next(s, &at)))
			return map(arena, s, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
		if (at < s.len && (unsigned char)s.ptr[at] < 0x80)
			at = skip_ascii(s, at);
	}
	return s;
}

struct slice utf8_fold(struct arena *arena, struct slice s)
{
	if (skip_ascii(s, 0) < s.len)
		return map(arena, s, UTF8PROC_STABLE | UTF8PROC_CASEFOLD | UTF8PROC_COMPOSE);
	struct slice folded = arena_copy(arena, s);
	char *bytes = (char *)(uintptr_t)folded.ptr;
	for (size_t i = 0; i < folded.len; i++)
		bytes[i] = byte_lower(bytes[i]);
	return folded;
}

bool utf8_is_space(uint32_t c)
{
	if (c < 0x80)
		return c == ' ' || (c >= '\t' && c <= '\r');
	return c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200B) || c == 0x2028 || c == 0x2029 ||
		c == 0x202F || c == 0x205F || c == 0x3000 || c == 0xFEFF || c == 0x2060;
}

struct slice utf8_squeeze(struct arena *arena, struct slice s)
{
	char *out = arena_alloc(arena, s.len);
	size_t len = 0;
	bool gap = false;

	for (size_t at = 0; at < s.len;) {
		size_t start = at;
		if (utf8_is_space(utf8_next(s, &at))) {
			gap = len > 0;
			continue;
		}
		if (gap)
			out[len++] = ' ';
		gap = false;
		memcpy(out + len, s.ptr + start, at - start);
		len += at - start;
	}
	return (struct slice){out, len};
}

static utf8proc_category_t category(uint32_t c) { return utf8proc_category((utf8proc_int32_t)c); }

bool utf8_is_letter(uint32_t c)
{
	if (c < 0x80)
		return byte_is_alpha((char)c);
	utf8proc_category_t k = category(c);
	return k >= UTF8PROC_CATEGORY_LU && k <= UTF8PROC_CATEGORY_ME;
}

bool utf8_is_digit(uint32_t c) { return c < 0x80 ? byte_is_digit((char)c) : category(c) == UTF8PROC_CATEGORY_ND; }

bool utf8_is_upper(uint32_t c)
{
	if (c < 0x80)
		return c >= 'A' && c <= 'Z';
	utf8proc_category_t k = category(c);
	return k == UTF8PROC_CATEGORY_LU || k == UTF8PROC_CATEGORY_LT;
}

bool utf8_is_lower(uint32_t c) { return c < 0x80 ? c >= 'a' && c <= 'z' : category(c) == UTF8PROC_CATEGORY_LL; }

uint32_t utf8_to_lower(uint32_t c)
{
	return c < 0x80 ? (uint32_t)byte_lower((char)c) : (uint32_t)utf8proc_tolower((utf8proc_int32_t)c);
}

size_t utf8_begins(struct slice s, const char *word)
{
	struct slice want = slice_of(word);
	size_t at = 0, k = 0;
	while (k < want.len)
		if (at >= s.len || utf8_to_lower(utf8_next(s, &at)) != utf8_next(want, &k))
			return 0;
	return at;
}

char utf8_lead(struct slice s)
{
	char lead[4] = {0};
	size_t at = 0;
	if (s.len)
		utf8_encode(utf8_to_lower(utf8_next(s, &at)), lead);
	return *lead;
}

uint32_t utf8_plain(uint32_t c)
{
	static const struct {
		uint32_t from, to;
	} strokes[] = {{0x00D8, 'O'}, {0x00F8, 'o'}, {0x0110, 'D'}, {0x0111, 'd'}, {0x0131, 'i'}, {0x0141, 'L'}, {0x0142, 'l'}}; /* no marks to Unicode */
	utf8proc_int32_t parts[8];

	if (c < 0x80)
		return c;
	for (size_t i = 0; i < sizeof strokes / sizeof *strokes; i++)
		if (strokes[i].from == c)
			return strokes[i].to;
	if (category(c) == UTF8PROC_CATEGORY_MN)
		return 0;
	int last_bound = 0;
	utf8proc_ssize_t count = utf8proc_decompose_char((utf8proc_int32_t)c, parts, 8, UTF8PROC_DECOMPOSE, &last_bound);
	return count > 1 && count <= 8 && category((uint32_t)parts[1]) == UTF8PROC_CATEGORY_MN ? (uint32_t)parts[0] : c;
}

uint32_t utf8_to_upper(uint32_t c)
{
	if (c < 0x80)
		return c >= 'a' && c <= 'z' ? c - 32 : c;
	return (uint32_t)utf8proc_toupper((utf8proc_int32_t)c);
}

bool utf8_is_unspaced(uint32_t c)
{
	return (c >= 0x3400 && c <= 0x9FFF) || (c >= 0x3041 && c <= 0x30FF) || (c >= 0x0E00 && c <= 0x0EFF) ||
		(c >= 0x1000 && c <= 0x109F) || (c >= 0x1780 && c <= 0x17FF) || (c >= 0xF900 && c <= 0xFAFF) ||
		(c >= 0x20000 && c <= 0x3FFFF) || (c >= 0x31F0 && c <= 0x31FF);
}
