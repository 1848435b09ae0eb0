/* dateline: see dateline.h. The hard thing is a sentence that opens with a place; a dateline needs its mark, and prose behind it.
 * */
#include "extract/dateline.h"

#include "base/utf8.h"
#include "extract/authors.h"
#include "extract/wordscan.h"

#define HEAD_BYTES_MAX 90
#define AGENCY_BYTES_MAX 40
#define PLACE_WORDS_MAX 8
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
		if (words == 0 && (number || word.unspaced))
			return has_agency && word.unspaced;
		if (words == 0 && !has_agency && !(word.all_upper && word.letters >= 4))
			return false;
		if (!word.upper && !number && !particle)
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

struct slice dateline_find(struct slice text, struct slice *agency)
{
	struct slice head = slice_sub(text, 0, HEAD_BYTES_MAX);
	*agency = SLICE_NONE;
	size_t open = slice_find_byte(head, '('), close = slice_find_byte(head, ')');
	if (open != SLICE_NOT_FOUND && close != SLICE_NOT_FOUND && open < close && close - open <= AGENCY_BYTES_MAX) {
		struct slice place = slice_trim(slice_sub(head, 0, open));
		struct slice named = agency_of(slice_sub(head, open + 1, close));
		if (named.len && (!place.len || is_place(place, true))) {
			*agency = named;
			return slice_sub(text, 0, close + 1);
		}
	}
	size_t best = SLICE_NOT_FOUND;
	for (size_t i = 0; i < sizeof MARKS / sizeof *MARKS; i++) {
		size_t at = slice_find(head, MARKS[i]);
		if (at != SLICE_NOT_FOUND && (best == SLICE_NOT_FOUND || at < best))
			best = at;
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
