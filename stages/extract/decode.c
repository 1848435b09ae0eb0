#include "extract/decode.h"

#include "base/utf8.h"
#include "extract/encodings.h"

#include <errno.h>
#include <iconv.h>
#include <uchardet.h>

/* Browsers look for <meta> in the first 1024 bytes; pages of the press put it later, and none is hurt by a longer look. */
#define PRESCAN_BYTES 8192
#define DETECT_BYTES 65536

static const char *encoding_of_bom(struct slice bytes, size_t *skip)
{
	*skip = 2;
	if (slice_starts(bytes, SLICE("\xFE\xFF")))
		return "utf-16be";
	if (slice_starts(bytes, SLICE("\xFF\xFE")))
		return "utf-16le";
	*skip = 3;
	if (slice_starts(bytes, SLICE("\xEF\xBB\xBF")))
		return "utf-8";
	*skip = 0;
	return NULL;
}

/* The value behind "charset=", quoted or not. */
static const char *encoding_of_charset(struct slice text)
{
	size_t at = slice_find_nocase(text, SLICE("charset"));
	if (at == SLICE_NOT_FOUND)
		return NULL;
	at += 7;
	while (at < text.len && byte_is_space(text.ptr[at]))
		at++;
	if (at >= text.len || text.ptr[at] != '=')
		return NULL;
	at++;
	while (at < text.len && (byte_is_space(text.ptr[at]) || text.ptr[at] == '"' || text.ptr[at] == '\''))
		at++;
	size_t start = at;
	while (at < text.len && !byte_is_space(text.ptr[at]) && text.ptr[at] != '"' && text.ptr[at] != '\'' &&
	        text.ptr[at] != ';' && text.ptr[at] != '>' && text.ptr[at] != '/')
		at++;
	return encoding_of_label(slice_sub(text, start, at));
}

/* <meta charset> or <meta http-equiv content>, or an XML declaration (WHATWG HTML §13.2.3.2, without the comments' fine print). */
static const char *encoding_of_meta(struct slice bytes)
{
	struct slice rest = slice_sub(bytes, 0, PRESCAN_BYTES);
	if (slice_starts(rest, SLICE("<?xml"))) {
		size_t end = slice_find(rest, SLICE("?>")), at = slice_find(rest, SLICE("encoding="));
		if (end != SLICE_NOT_FOUND && at != SLICE_NOT_FOUND && at + 10 < end) {
			struct slice label = slice_sub(rest, at + 10, end);
			size_t quote = slice_find_byte(label, rest.ptr[at + 9]);
			const char *encoding = encoding_of_label(slice_sub(label, 0, quote));
			if (encoding)
				return encoding;
		}
	}
	size_t at;
	while ((at = slice_find_nocase(rest, SLICE("<meta"))) != SLICE_NOT_FOUND) {
		rest = slice_sub(rest, at + 5, rest.len);
		size_t end = slice_find_byte(rest, '>');
		const char *encoding = encoding_of_charset(slice_sub(rest, 0, end));
		if (encoding) /* a page that could be read so far is in no 16-bit encoding */
			return strncmp(encoding, "utf-16", 6) == 0 ? "utf-8" : encoding;
	}
	return NULL;
}

static size_t first_high_byte(struct slice bytes)
{
	size_t i = 0;
	while (i < bytes.len && !(bytes.ptr[i] & 0x80))
		i++;
	return i;
}

static const char *encoding_by_looks(struct slice bytes)
{
	size_t start = first_high_byte(bytes);
	start = start > 1024 ? start - 1024 : 0;
	uchardet_t detector = uchardet_new();
	const char *encoding = NULL;
	if (!detector)
		return NULL;
	if (uchardet_handle_data(
	            detector, bytes.ptr + start, bytes.len - start < DETECT_BYTES ? bytes.len - start : DETECT_BYTES) == 0) {
		uchardet_data_end(detector);
		encoding = encoding_of_label(slice_of(uchardet_get_charset(detector)));
	}
	uchardet_delete(detector);
	return encoding;
}

/* How well bytes that aren't all ASCII read as UTF-8. */
struct fit {
	size_t good, bad; /* sequences of more than one byte; bytes in none */
};

static struct fit utf8_fit(struct slice bytes)
{
	struct fit fit = {0, 0};
	for (size_t at = first_high_byte(bytes); at < bytes.len;) {
		bool high = bytes.ptr[at] & 0x80;
		uint32_t c = utf8_next(bytes, &at);
		if (c == UTF8_INVALID)
			fit.bad++;
		else if (high)
			fit.good++;
	}
	return fit;
}

/* windows-1252 (Encoding Standard, index windows-1252): 0x80–0x9F; the rest is Latin-1. */
static const uint16_t windows_1252[32] = {0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
        0x2039, 0x0152, 0x8D, 0x017D, 0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161,
        0x203A, 0x0153, 0x9D, 0x017E, 0x0178};

/* UTF-8 with a few stray bytes of another encoding pasted in. A lone high byte between ASCII letters is windows-1252 (quotes and dashes from
 * a word processor); anything else ill-formed is lost. */
static struct slice mend_utf8(struct arena *arena, struct slice bytes, size_t *replaced)
{
	char *out = arena_alloc(arena, bytes.len * 3 + 4);
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
		if (alone && byte >= 0x80) {
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

static void choose(struct slice bytes, struct slice content_type, bool is_html, struct decoded *decoded)
{
	decoded->encoding = encoding_of_charset(content_type);
	decoded->source = "transport";
	if (!decoded->encoding && is_html) {
		decoded->encoding = encoding_of_meta(bytes);
		decoded->source = "meta";
	}
	bool declared = decoded->encoding != NULL;
	bool says_utf8 = declared && !strcmp(decoded->encoding, "utf-8");
	if (says_utf8 && utf8_valid(bytes))
		return;
	if (declared && !strncmp(decoded->encoding, "utf-16", 6))
		return;
	if (declared && !strcmp(decoded->encoding, "iso-2022-jp"))
		return;
	struct fit fit = utf8_fit(bytes);
	/* Bytes that read as UTF-8 throughout are UTF-8, whatever the label: no other encoding looks so by accident. A page that says UTF-8
	 * and mostly is has stray bytes; one that mostly isn't is mislabelled. */
	if (fit.good && (!fit.bad || fit.good > fit.bad * (says_utf8 ? 1 : 8))) {
		if (!says_utf8)
			decoded->source = "detected";
		decoded->encoding = "utf-8";
		return;
	}
	if (declared && !says_utf8)
		return;
	const char *seen = fit.bad ? encoding_by_looks(bytes) : NULL;
	decoded->source = seen ? "detected" : "default";
	decoded->encoding = seen ? seen : fit.bad ? "windows-1252" : "utf-8";
}

void page_decode(struct arena *arena, struct slice bytes, struct slice content_type, bool is_html, struct decoded *decoded)
{
	size_t skip;
	*decoded = (struct decoded){.encoding = encoding_of_bom(bytes, &skip), .source = "bom"};
	bytes = slice_sub(bytes, skip, bytes.len);
	if (!decoded->encoding)
		choose(bytes, content_type, is_html, decoded);
	if (!strcmp(decoded->encoding, "utf-8"))
		decoded->text = utf8_valid(bytes) ? bytes : mend_utf8(arena, bytes, &decoded->replaced);
	else if (!strcmp(decoded->encoding, "windows-1252"))
		decoded->text = from_windows_1252(arena, bytes);
	else
		decoded->text = convert(arena, bytes, decoded->encoding, &decoded->replaced);
	decoded->text = utf8_repair(arena, decoded->text);
}
