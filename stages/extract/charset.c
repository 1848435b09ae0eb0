/* Labels lie in known ways. Servers and crawlers that were told nothing say ISO-8859-1; templates keep the charset of the system
 * before; pages put together from two sources hold both. So a label is believed as far as the bytes read like what it says: that
 * is all that is decided here. The detector (uchardet) is asked last, because it guesses without a word of doubt. */
#include "extract/charset.h"

#include "base/utf8.h"
#include "extract/encodings.h"

#include <errno.h>
#include <iconv.h>
#include <uchardet.h>

/* Browsers look for <meta> in the first 1024 bytes; pages of the press put it later, and none is hurt by a longer look. */
#define PRESCAN_BYTES 8192
#define DETECT_BYTES 65536
#define HIGH_BYTES_MIN 20 /* less says nothing about a label */

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

#define PAIRS_LOOKED_AT 4096
#define PAIRS_MIN 12 /* of ASCII in 16 bits; stray NULs are fewer */

/* Markup, figures and spaces of a page in 16-bit units: each has a NUL on one side, always the same. NULL: it is none. */
static const char *encoding_of_nuls(struct slice bytes)
{
	size_t little = 0, big = 0, pairs = 0;
	for (size_t i = 0; i + 1 < bytes.len && pairs < PAIRS_LOOKED_AT; i += 2, pairs++) {
		little += bytes.ptr[i] && !(bytes.ptr[i] & 0x80) && !bytes.ptr[i + 1];
		big += !bytes.ptr[i] && bytes.ptr[i + 1] && !(bytes.ptr[i + 1] & 0x80);
	}
	size_t most = little > big ? little : big, least = little > big ? big : little;
	if (most < PAIRS_MIN || most * 16 < pairs || least * 8 > most)
		return NULL;
	return little > big ? "utf-16le" : "utf-16be";
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

/* <meta charset> or <meta http-equiv content>, or an XML declaration (WHATWG HTML §13.2.3.2, without the comments' fine
 * print). */
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

/* The part of a page that is looked at. */
static struct slice sample_of(struct slice bytes)
{
	size_t start = first_high_byte(bytes);
	start = start > 1024 ? start - 1024 : 0;
	return slice_sub(bytes, start, start + DETECT_BYTES);
}

static bool has_c1(struct slice sample)
{
	for (size_t i = 0; i < sample.len; i++)
		if ((unsigned char)sample.ptr[i] >= 0x80 && (unsigned char)sample.ptr[i] < 0xA0)
			return true;
	return false;
}

/* 0x80–0x9F are control characters in ISO 8859, which no text has: a page that holds them is in the Windows encoding of the same
 * languages. */
static const char *with_c1(struct slice sample, const char *encoding)
{
	static const struct {
		const char *iso, *windows;
	} rows[] = {{"iso-8859-2", "windows-1250"}, {"iso-8859-7", "windows-1253"}, {"iso-8859-8", "windows-1255"}, {"iso-8859-13", "windows-1257"},
		{"iso-8859-15", "windows-1252"}};
	bool c1 = has_c1(sample);
	for (size_t i = 0; c1 && i < sizeof(rows) / sizeof(*rows); i++)
		if (!strcmp(rows[i].iso, encoding))
			return rows[i].windows;
	return encoding;
}

/* What the detector calls otherwise than the Encoding Standard. KOI8-U is KOI8-R with the letters of Ukraine for frames that no
 * page draws. */
static const char *encoding_of_detector(struct slice name)
{
	if (slice_equal_nocase(name, SLICE("UHC")))
		return "euc-kr";
	if (slice_equal_nocase(name, SLICE("MAC-CYRILLIC")))
		return "x-mac-cyrillic";
	if (slice_equal_nocase(name, SLICE("KOI8-R")))
		return "koi8-u";
	return encoding_of_label(name);
}

/* windows-1250 has š, ž and ť among the bytes that ISO 8859-2 leaves to controls; Czech, Slovak, Croatian or Polish text without
 * any of them, but with the bytes where ISO 8859-2 has them, is in that. */
static bool is_latin2(struct slice sample)
{
	static const unsigned char letters[] = {0xA9, 0xAB, 0xAE, 0xB9, 0xBB, 0xBE, 0xA6, 0xB6, 0xAC, 0xBC, 0xB1};
	size_t hits = 0;
	for (size_t i = 1; i < sample.len; i++) {
		unsigned char byte = (unsigned char)sample.ptr[i];
		if (byte >= 0x80 && byte < 0xA0)
			return false;
		hits += memchr(letters, byte, sizeof letters) && byte_is_alpha(sample.ptr[i - 1]);
	}
	return hits > 0;
}

static const char *encoding_by_looks(struct slice sample)
{
	uchardet_t detector = uchardet_new();
	const char *encoding = NULL;
	if (!detector)
		return NULL;
	if (uchardet_handle_data(detector, sample.ptr, sample.len) == 0) {
		uchardet_data_end(detector);
		encoding = encoding_of_detector(slice_of(uchardet_get_charset(detector)));
	}
	uchardet_delete(detector);
	if (encoding && !strcmp(encoding, "windows-1250") && is_latin2(sample))
		return "iso-8859-2";
	return encoding ? with_c1(sample, encoding) : NULL;
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

enum script { SCRIPT_OTHER, SCRIPT_LATIN, SCRIPT_CYRILLIC, SCRIPT_MULTIBYTE };

static enum script script_of(const char *encoding)
{
	static const struct {
		const char *encoding;
		enum script script;
	} rows[] = {{"windows-1252", SCRIPT_LATIN}, {"iso-8859-15", SCRIPT_LATIN}, {"windows-1250", SCRIPT_LATIN}, {"iso-8859-2", SCRIPT_LATIN},
		{"windows-1254", SCRIPT_LATIN}, {"windows-1257", SCRIPT_LATIN}, {"iso-8859-13", SCRIPT_LATIN}, {"macintosh", SCRIPT_LATIN},
		{"windows-1251", SCRIPT_CYRILLIC}, {"koi8-r", SCRIPT_CYRILLIC}, {"koi8-u", SCRIPT_CYRILLIC}, {"iso-8859-5", SCRIPT_CYRILLIC},
		{"shift_jis", SCRIPT_MULTIBYTE}, {"euc-jp", SCRIPT_MULTIBYTE}, {"euc-kr", SCRIPT_MULTIBYTE}, {"gbk", SCRIPT_MULTIBYTE},
		{"gb18030", SCRIPT_MULTIBYTE}, {"big5", SCRIPT_MULTIBYTE}};
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (!strcmp(rows[i].encoding, encoding))
			return rows[i].script;
	return SCRIPT_OTHER;
}

/* Bytes above ASCII, and those of them in runs of three and more: words of a script whose letters all lie there. Latin ones are
 * mixed. */
static void count_runs(struct slice sample, size_t *high, size_t *in_runs)
{
	size_t run = 0;
	*high = *in_runs = 0;
	for (size_t i = 0; i <= sample.len; i++) {
		if (i < sample.len && (sample.ptr[i] & 0x80)) {
			run++;
			continue;
		}
		*high += run;
		*in_runs += run >= 3 ? run : 0;
		run = 0;
	}
}

/* Do capitals prevail? Then the letters are those of another encoding: KOI8 has the small ones where windows-1251 has the
 * capitals. */
static bool shouts(struct slice sample, const char *encoding)
{
	unsigned char upper = !strcmp(encoding, "windows-1251") ? 0xC0 : !strcmp(encoding, "iso-8859-5") ? 0xB0 : 0xE0;
	unsigned char lower = !strcmp(encoding, "windows-1251") ? 0xE0 : !strcmp(encoding, "iso-8859-5") ? 0xD0 : 0xC0;
	size_t capitals = 0, small = 0;
	for (size_t i = 0; i < sample.len; i++) {
		unsigned char byte = (unsigned char)sample.ptr[i];
		capitals += byte >= upper && byte - upper < 0x20;
		small += byte >= lower && byte - lower < 0x20;
	}
	return capitals > small;
}

/* Sequences that the encoding doesn't have. */
static size_t ill_formed(struct slice sample, const char *encoding)
{
	char out[4096], *from = (char *)(uintptr_t)sample.ptr;
	size_t left = sample.len, bad = 0;
	iconv_t converter = iconv_open("UTF-8", encoding_converter(encoding));
	if (converter == (iconv_t)-1)
		return 0;
	while (left) {
		char *to = out;
		size_t room = sizeof out;
		if (iconv(converter, &from, &left, &to, &room) != (size_t)-1 || errno == E2BIG)
			continue;
		from++;
		left--;
		bad++;
	}
	iconv_close(converter);
	return bad;
}

/* Can the bytes be what the label says? Shift_JIS has its kana behind 0x82 and 0x83: without any, it is EUC-JP read as katakana
 * of half width. */
static bool misfits(struct slice sample, const char *encoding)
{
	size_t high, in_runs;
	count_runs(sample, &high, &in_runs);
	if (high < HIGH_BYTES_MIN)
		return false;
	switch (script_of(encoding)) {
	case SCRIPT_LATIN: return in_runs * 2 > high;
	case SCRIPT_CYRILLIC: return shouts(sample, encoding);
	case SCRIPT_MULTIBYTE:
		return ill_formed(sample, encoding) * 20 > high || (!strcmp(encoding, "shift_jis") && !has_c1(sample));
	case SCRIPT_OTHER: break;
	}
	return false;
}

static void say(struct charset *charset, const char *encoding, const char *source)
{
	charset->encoding = encoding;
	charset->source = source;
}

/* ISO-2022-JP keeps to seven bits and shifts by escapes. */
static bool has_japanese_shifts(struct slice bytes)
{
	return slice_contains(bytes, SLICE("\x1B$B")) || slice_contains(bytes, SLICE("\x1B$@"));
}

/* A label of an encoding other than UTF-8, as far as it holds. */
static void weigh_label(struct slice bytes, const char *meta, struct charset *charset)
{
	struct slice sample = sample_of(bytes);
	bool is_default = !strcmp(charset->encoding, "windows-1252") && !strcmp(charset->source, "transport");
	if (is_default && meta && strcmp(meta, "utf-8") && !misfits(sample, meta))
		say(charset, meta, "meta");
	if (!strcmp(charset->encoding, "windows-1252") && has_japanese_shifts(bytes))
		say(charset, "iso-2022-jp", "detected");
	if (misfits(sample, charset->encoding)) {
		const char *seen = encoding_by_looks(sample);
		if (seen && strcmp(seen, charset->encoding) && !misfits(sample, seen))
			say(charset, seen, "detected");
	}
	charset->encoding = with_c1(sample, charset->encoding);
}

void charset_choose(struct slice bytes, struct slice content_type, bool is_html, struct charset *charset)
{
	const char *transport = encoding_of_charset(content_type), *meta = is_html ? encoding_of_meta(bytes) : NULL;
	*charset = (struct charset){.source = "bom"};
	charset->encoding = encoding_of_bom(bytes, &charset->skip);
	if (charset->encoding)
		return;
	const char *wide = encoding_of_nuls(bytes);
	if (wide) {
		bool said = transport && !strncmp(transport, "utf-16", 6);
		say(charset, wide, said ? "transport" : "detected");
		return;
	}
	if (transport && !strncmp(transport, "utf-16", 6) && utf8_valid(bytes)) /* the page could not be read in 16 bits */
		transport = NULL;
	say(charset, transport ? transport : meta, transport ? "transport" : "meta");
	bool says_utf8 = charset->encoding && !strcmp(charset->encoding, "utf-8");
	if (says_utf8 && utf8_valid(bytes) && !has_japanese_shifts(bytes))
		return;
	if (charset->encoding && !strncmp(charset->encoding, "utf-16", 6))
		return;
	if (charset->encoding && !strcmp(charset->encoding, "iso-2022-jp") && first_high_byte(bytes) == bytes.len)
		return;
	struct fit fit = utf8_fit(bytes);
	/* Bytes that read as UTF-8 throughout are UTF-8, whatever the label: no other encoding looks so by accident. A page that
	 * says UTF-8 and mostly is has pieces of another encoding in it; one that mostly isn't is mislabelled. */
	if (fit.good && (!fit.bad || fit.good > fit.bad * (says_utf8 ? 1 : 8))) {
		if (charset->encoding && !says_utf8)
			charset->pieces = charset->encoding;
		else if (meta && strcmp(meta, "utf-8"))
			charset->pieces = meta;
		say(charset, "utf-8", says_utf8 ? charset->source : "detected");
	} else if (charset->encoding && !says_utf8) {
		weigh_label(bytes, meta, charset);
	} else if (says_utf8 && meta && strcmp(meta, "utf-8") && !misfits(sample_of(bytes), meta)) {
		say(charset, meta, "meta");
	} else if (!fit.bad) {
		bool shifts = has_japanese_shifts(bytes);
		say(charset, shifts ? "iso-2022-jp" : "utf-8", shifts ? "detected" : says_utf8 ? charset->source : "default");
	} else {
		const char *seen = encoding_by_looks(sample_of(bytes));
		say(charset, seen ? seen : "windows-1252", seen ? "detected" : "default");
	}
}
