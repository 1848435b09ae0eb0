/* decode: see decode.h. */
#include "extract/decode.h"

#include "base/utf8.h"
#include "extract/charset.h"
#include "extract/encodings.h"

#include <errno.h>
#include <iconv.h>

/* windows-1252 (Encoding Standard, index windows-1252): 0x80–0x9F; the rest is Latin-1. */
static const uint16_t windows_1252[32] = {0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
        0x2039, 0x0152, 0x8D, 0x017D, 0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161,
        0x203A, 0x0153, 0x9D, 0x017E, 0x0178};

#define NO_CONVERTER ((iconv_t)-1)

/* The run of bytes above ASCII at `start`, from the converter's encoding to `out` (room for three bytes each). Returns the bytes
 * written and moves *at behind the run; 0: it is no text of that encoding. */
static size_t piece_convert(iconv_t converter, struct slice bytes, size_t start, size_t *at, char *out)
{
	size_t end = start;
	while (end < bytes.len && (bytes.ptr[end] & 0x80))
		end++;
	char *from = (char *)(uintptr_t)bytes.ptr + start, *to = out;
	size_t left = end - start, room = left * 3;
	if (iconv(converter, &from, &left, &to, &room) == (size_t)-1 || left) {
		iconv(converter, NULL, NULL, NULL, NULL);
		return 0;
	}
	*at = end;
	return (size_t)(to - out);
}

/* UTF-8 with pieces of another encoding pasted in. A lone high byte between ASCII letters is windows-1252 (quotes and dashes from
 * a word processor); a run of them is in the encoding that the page is labelled with; anything else ill-formed is lost. `out`:
 * three bytes for each. */
static struct slice mend_utf8(struct slice bytes, iconv_t pieces, char *out, size_t *replaced)
{
	size_t len = 0, at = 0;
	while (at < bytes.len) {
		size_t start = at;
		uint32_t c = utf8_next(bytes, &at);
		if (c != UTF8_INVALID) {
			if (c) {
				memcpy(out + len, bytes.ptr + start, at - start);
				len += at - start;
			}
			continue;
		}
		unsigned char byte = (unsigned char)bytes.ptr[start];
		bool alone = (start == 0 || !(bytes.ptr[start - 1] & 0x80)) && (at >= bytes.len || !(bytes.ptr[at] & 0x80));
		size_t written;
		if (pieces != NO_CONVERTER && (written = piece_convert(pieces, bytes, start, &at, out + len))) {
			len += written;
		} else if (alone && byte >= 0x80) {
			len += utf8_encode(byte < 0xA0 ? windows_1252[byte - 0x80] : byte, out + len);
		} else {
			len += utf8_encode(0xFFFD, out + len);
			++*replaced;
		}
	}
	return slice_make(out, len);
}

static struct slice from_windows_1252(struct arena *arena, struct slice bytes)
{
	char *out = arena_alloc(arena, bytes.len * 3 + 4);
	size_t len = 0;
	for (size_t i = 0; i < bytes.len; i++) {
		unsigned char byte = (unsigned char)bytes.ptr[i];
		if (byte < 0x80)
			out[len++] = (char)byte;
		else
			len += utf8_encode(byte < 0xA0 ? windows_1252[byte - 0x80] : byte, out + len);
	}
	return slice_make(out, len);
}

/* All memory is had before iconv holds any: at most three bytes of UTF-8 come of one byte of any encoding here. */
static struct slice convert(struct arena *arena, struct slice bytes, const char *encoding, size_t *replaced)
{
	size_t room = bytes.len * 3 + 64;
	char *out = arena_alloc(arena, room), *to = out, *from = (char *)(uintptr_t)bytes.ptr;
	size_t left = bytes.len;
	iconv_t converter = iconv_open("UTF-8", encoding_converter(encoding));
	if (converter == (iconv_t)-1)
		return from_windows_1252(arena, bytes);
	while (left) {
		if (iconv(converter, &from, &left, &to, &room) != (size_t)-1)
			break;
		if (errno == E2BIG || room < 4)
			break;
		/* EILSEQ, or EINVAL at the end: one byte is lost */
		size_t len = utf8_encode(0xFFFD, to);
		to += len;
		room -= len;
		from++;
		left--;
		++*replaced;
	}
	iconv_close(converter);
	return slice_make(out, (size_t)(to - out));
}

/* All memory is had before iconv holds any, as in convert(). */
static struct slice mend_with_pieces(struct arena *arena, struct slice bytes, const char *pieces, size_t *replaced)
{
	char *out = arena_alloc(arena, bytes.len * 3 + 4);
	iconv_t converter = pieces ? iconv_open("UTF-8", encoding_converter(pieces)) : NO_CONVERTER;
	struct slice text = mend_utf8(bytes, converter, out, replaced);
	if (converter != NO_CONVERTER)
		iconv_close(converter);
	return text;
}

void page_decode(struct arena *arena, struct slice bytes, struct slice content_type, bool is_html, struct decoded *decoded)
{
	struct charset charset;
	charset_choose(bytes, content_type, is_html, &charset);
	*decoded = (struct decoded){.encoding = charset.encoding, .source = charset.source};
	bytes = slice_sub(bytes, charset.skip, bytes.len);
	if (!strcmp(decoded->encoding, "utf-8"))
		decoded->text = utf8_valid(bytes) ? bytes : mend_with_pieces(arena, bytes, charset.pieces, &decoded->replaced);
	else if (!strcmp(decoded->encoding, "windows-1252"))
		decoded->text = from_windows_1252(arena, bytes);
	else
		decoded->text = convert(arena, bytes, decoded->encoding, &decoded->replaced);
	decoded->text = utf8_repair(arena, decoded->text);
}
