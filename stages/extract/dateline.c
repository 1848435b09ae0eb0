/* dateline: see dateline.h. The hard thing is a sentence that opens with a place; a dateline needs its mark, and prose behind it.
 * */
#include "extract/dateline.h"

#include "base/utf8.h"
#include "extract/authors.h"
#include "extract/wordscan.h"

#define HEAD_BYTES_MAX 90
#define AGENCY_BYTES_MAX 40
#define PLACE_WORDS_MAX 8
#define CASELESS_WORDS_MAX 4
#define PARAGRAPHS_MAX 3
#define PROSE_BYTES_MIN 100 /* a heading may look like a place */

/* What parts a dateline from the sentence. A hyphen needs its spaces. */
static const struct slice MARKS[] = {SLICE_INIT(" - "), SLICE_INIT(" -- "), SLICE_INIT("—"), SLICE_INIT("–")};

/* "dpa/lno", "Xinhua English", "AFP)": the agency that the text in brackets starts with. */
static struct slice agency_of(struct slice text)
{
	struct slice agency = agency_find(text), part = text;
	for (size_t i = 1; i < text.len && !agency.len; i++)
		if (strchr("/,;", text.ptr[i]))
			agency = agency_find(slice_sub(part, 0, i));
	return agency;
}

/* Is it a place and perhaps a day: "SEOUL, Nov. 17", "São Paulo, Brazil"? All words capitalised or numbers; without an agency
 * behind it, the first in capitals throughout, because "Monday – a day like others" is none. */
static bool is_place(struct slice text, bool has_agency)
{
	struct word word;
	size_t words = 0;
	for (size_t at = 0; word_next(text, &at, &word); words++) {
		bool number = !word.letters;
		bool particle = words && word.letters <= 3; /* Rio de Janeiro, 17. Mai */
		bool caseless = (unsigned char)*word.text.ptr >= 0xD6; /* Hebrew, Arabic, … */
		if (caseless && !word.unspaced && has_agency && words < CASELESS_WORDS_MAX)
			continue;
		if (words == 0 && (number || word.unspaced))
			return has_agency && word.unspaced;
		if (words == 0 && !has_agency && !(word.all_upper && word.letters >= 4))
			return false;
		if (caseless || (!word.upper && !number && !particle))
			return false;
	}
	return words > 0 && words <= PLACE_WORDS_MAX && slice_find_byte(text, ':') == SLICE_NOT_FOUND;
}

/* Without an agency everything before the mark must be in capitals, a day apart: "TOKYO, Nov. 17", but not "NATO summit". */
static bool is_bare_place(struct slice text)
{
	struct word word;
	bool comma = false;
	size_t last = 0;
	for (size_t at = 0; word_next(text, &at, &word); last = at) {
		comma = comma || slice_find_byte(slice_sub(text, last, at), ',') != SLICE_NOT_FOUND;
		if (!comma && !word.all_upper)
			return false;
	}
	return is_place(text, false);
}

/* What a wide head of at most `most` bytes ends with: 【…】, （…）, "新华社北京5月5日电 ". The bytes, 0 if there is none. */
static size_t wide_head(struct slice text, struct slice *inside)
{
	static const struct slice OPEN[] = {SLICE_INIT("【"), SLICE_INIT("（"), SLICE_INIT("[")}, CLOSE[] = {SLICE_INIT("】"), SLICE_INIT("）"), SLICE_INIT("]")};
	static const struct slice WIRED[] = {SLICE_INIT("电 "), SLICE_INIT("電 "), SLICE_INIT("电　"), SLICE_INIT("電　"), SLICE_INIT("讯 "), SLICE_INIT("訊 ")};
	struct slice head = slice_sub(text, 0, HEAD_BYTES_MAX);
	for (size_t i = 0; i < sizeof OPEN / sizeof *OPEN; i++) {
		size_t close = slice_starts(head, OPEN[i]) ? slice_find(head, CLOSE[i]) : SLICE_NOT_FOUND;
		if (close == SLICE_NOT_FOUND)
			continue;
		*inside = slice_sub(head, OPEN[i].len, close);
		return close + CLOSE[i].len;
	}
	for (size_t i = 0; i < sizeof WIRED / sizeof *WIRED; i++) {
		size_t mark = slice_find(head, WIRED[i]);
		if (mark == SLICE_NOT_FOUND)
			continue;
		*inside = slice_sub(head, 0, mark);
		return mark + strlen("电");
	}
	return 0;
}

static struct slice find_wide(struct slice text, struct slice *agency)
{
	struct slice inside;
	size_t bytes = (unsigned char)*text.ptr >= 0xE3 || *text.ptr == '[' ? wide_head(text, &inside) : 0;
	*agency = bytes ? agency_in_wide(inside) : SLICE_NONE;
	return agency->len ? slice_sub(text, 0, bytes) : SLICE_NONE;
}

/* "(Reuters)", "SEOUL, Nov. 17 (AP)", "(서울=연합뉴스)". */
static struct slice find_in_brackets(struct slice text, struct slice head, struct slice *agency)
{
	size_t open = slice_find_byte(head, '('), close = slice_find_byte(head, ')');
	if (open == SLICE_NOT_FOUND || close == SLICE_NOT_FOUND || open >= close || close - open > AGENCY_BYTES_MAX)
		return SLICE_NONE;
	struct slice place = slice_trim(slice_sub(head, 0, open)), inner = slice_sub(head, open + 1, close);
	size_t equals = slice_find_byte(inner, '=');
	*agency = agency_of(equals == SLICE_NOT_FOUND ? inner : slice_sub(inner, equals + 1, inner.len));
	if (!agency->len || (place.len && !is_place(place, true))) {
		*agency = SLICE_NONE;
		return SLICE_NONE;
	}
	if (!place.len && slice_starts(slice_sub(head, close + 1, head.len), SLICE(" - "))) { /* "(ANSA) - KARSHOLM, 05 MAG - " */
		size_t start = close + 4, end = slice_find(slice_sub(head, start, head.len), SLICE(" - "));
		if (end != SLICE_NOT_FOUND && is_place(slice_sub(head, start, start + end), false))
			return slice_sub(text, 0, start + end);
	}
	return slice_sub(text, 0, close + 1);
}

/* "КАРСХОЛЬМ, 5 мая. /ТАСС/." */
static struct slice find_in_slashes(struct slice head, struct slice *agency)
{
	size_t open = slice_find_byte(head, '/'), length;
	if (open == SLICE_NOT_FOUND || !open || (length = slice_find_byte(slice_sub(head, open + 1, head.len), '/')) == SLICE_NOT_FOUND)
		return SLICE_NONE;
	struct slice named = agency_of(slice_sub(head, open + 1, open + 1 + length));
	if (!named.len || !is_place(slice_sub(head, 0, open), true))
		return SLICE_NONE;
	*agency = named;
	return slice_sub(head, 0, open + length + 2);
}

/* "КАРСХОЛЬМ, 5 мая - РИА Новости. ": the agency behind the mark, up to its stop. SLICE_NONE: none follows. */
static struct slice agency_behind(struct slice rest, size_t *bytes)
{
	size_t end = 0;
	while (end < rest.len && end <= AGENCY_BYTES_MAX && !strchr(".,:", rest.ptr[end]))
		end++;
	*bytes = end;
	return end <= AGENCY_BYTES_MAX && end < rest.len ? agency_find(slice_sub(rest, 0, end)) : SLICE_NONE;
}

struct slice dateline_find(struct slice text, struct slice *agency)
{
	struct slice head = slice_sub(text, 0, HEAD_BYTES_MAX), found;
	*agency = SLICE_NONE;
	if (!text.len)
		return SLICE_NONE;
	if ((found = find_wide(text, agency)).len || (found = find_in_brackets(text, head, agency)).len ||
		(found = find_in_slashes(head, agency)).len)
		return found;
	size_t best = SLICE_NOT_FOUND, behind = 0;
	for (size_t i = 0; i < sizeof MARKS / sizeof *MARKS; i++) {
		size_t at = slice_find(head, MARKS[i]);
		if (at != SLICE_NOT_FOUND && (best == SLICE_NOT_FOUND || at < best))
			best = at, behind = at + MARKS[i].len;
	}
	if (best == SLICE_NOT_FOUND)
		return SLICE_NONE;
	struct slice place = slice_trim(slice_sub(head, 0, best));
	struct slice tail = place;
	size_t slash = slice_find_last_byte(place, '/'); /* "PARIS/Reuters", "NEW DELHI/AFP" */
	if (slash != SLICE_NOT_FOUND && (tail = agency_find(slice_sub(place, slash + 1, place.len)), tail.len) &&
		is_place(slice_sub(place, 0, slash), true)) {
		*agency = tail;
		return place;
	}
	size_t bytes;
	tail = agency_behind(slice_sub(text, behind, text.len), &bytes);
	if (tail.len && is_place(place, true)) {
		*agency = tail;
		return slice_sub(text, 0, behind + bytes);
	}
	return text.len >= PROSE_BYTES_MIN && is_bare_place(place) ? place : SLICE_NONE;
}

static void set_credit(struct article *article, struct slice agency, const char *source)
{
	if (agency.len && !article->credit_text.value.len)
		article->credit_text = (struct sourced){agency, source};
}

void dateline_read(struct article *article)
{
	size_t paragraphs = 0;
	for (size_t i = 0; i < article->block_count && paragraphs < PARAGRAPHS_MAX && !article->dateline.value.len; i++) {
		struct slice agency;
		if (article->blocks[i].kind != BLOCK_PARAGRAPH)
			continue;
		paragraphs++;
		struct slice found = dateline_find(article->blocks[i].text, &agency);
		if (!found.len)
			continue;
		article->dateline = (struct sourced){found, "text"};
		set_credit(article, agency, "text");
	}
	for (const struct author *author = article->authors; author; author = author->next)
		set_credit(article, agency_find(author->name), article->author_source);
	if (article->block_count > 1) {
		struct slice last = article->blocks[article->block_count - 1].text;
		if (last.len > 2 && last.ptr[0] == '(' && last.ptr[last.len - 1] == ')')
			set_credit(article, agency_of(slice_sub(last, 1, last.len - 1)), "text");
	}
}
