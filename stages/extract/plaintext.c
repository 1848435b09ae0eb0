/* plaintext: see plaintext.h. plaintext_extract() at the end names the steps; each reads units that no step before has taken. */
#include "extract/plaintext.h"

#include "base/hash.h"
#include "base/utf8.h"
#include "extract/authors.h"
#include "extract/datelabel.h"
#include "extract/dates.h"
#include "extract/furniture.h"
#include "extract/textcaptions.h"
#include "extract/textglance.h"
#include "extract/textheadline.h"
#include "extract/titles.h"
#include "extract/wordscan.h"

#define TAIL_REACH 5 /* units behind the body in which byline and date are looked for */
#define HEADLINES_MIN 6
#define REPEAT_WORDS_MIN 8 /* shorter lines may come again */

struct reading {
	struct arena *arena;
	struct article *article;
	struct text_units units;
	struct text_features *rows;
	struct text_verdict verdict;
	size_t headline; /* SIZE_MAX: none */
	enum removed_kind *why; /* a unit that was taken out of the body or read as something else; REMOVED_KINDS: nothing yet */
};

static const struct text_unit *unit_at(const struct reading *reading, size_t i) { return &reading->units.items[i]; }
static int16_t feature(const struct reading *reading, size_t i, enum text_feature name) { return reading->rows[i].values[name]; }
static int16_t topic(const struct reading *reading, size_t i, enum furniture_topic which) { return reading->rows[i].values[TEXT_HIT_SHARE + which]; }

static void read_byline(struct reading *reading, size_t i)
{
	struct slice text = unit_at(reading, i)->text;
	if (unit_at(reading, i)->columns > 120 || !author_is_byline(text))
		return;
	if (!authors_add(reading->arena, reading->article, text, AUTHOR_BYLINE))
		return;
	authors_drop_sites(reading->article->authors, &reading->article->publisher.value, reading->article->publisher.value.len > 0, reading->article->url);
	if (!reading->article->author_source)
		reading->article->author_source = "text";
	reading->why[i] = REMOVED_BYLINE;
}

static void read_date(struct reading *reading, size_t i, enum date_order order)
{
	struct slice text = unit_at(reading, i)->text;
	struct instant found = {.ms = CLOCK_NONE};
	size_t start, end;
	if (unit_at(reading, i)->columns > 140 || !date_find(text, order, &found, &start, &end))
		return;
	found.source = "text";
	bool update = date_label_of(slice_sub(text, 0, start)) == DATE_LABEL_CHANGED;
	struct instant *target = update ? &reading->article->modified : &reading->article->published;
	if (target->ms == CLOCK_NONE)
		*target = found;
}

static void read_lines_around(struct reading *reading)
{
	size_t first = reading->verdict.first, behind = reading->verdict.behind, count = reading->units.count;
	size_t head = reading->headline == SIZE_MAX ? (first > 12 ? first - 12 : 0) : reading->headline;
	enum date_order order = date_order_of(reading->article->hints.language);
	for (size_t i = head; i < first; i++)
		if (i != reading->headline)
			read_byline(reading, i);
	for (size_t i = first; i < behind && i < first + 2; i++)
		read_byline(reading, i);
	for (size_t i = behind > first + 4 ? behind - 2 : behind; i < count && i < behind + TAIL_REACH; i++)
		read_byline(reading, i);
	/* The last line of the story, or the first that the model left out. */
	for (size_t i = behind > first + 2 ? behind - 1 : behind; i < count && i <= behind; i++)
		if (author_take_contact(reading->article->authors, unit_at(reading, i)->text))
			reading->why[i] = REMOVED_BYLINE;
	for (size_t i = head > 6 ? head - 6 : 0; i < first + 1 && i < count; i++)
		read_date(reading, i, order);
	for (size_t i = behind; i < count && i < behind + TAIL_REACH; i++)
		read_date(reading, i, order);
}

static enum block_kind kind_of(const struct text_unit *unit)
{
	return unit->heading ? BLOCK_SUBHEADING : unit->quote ? BLOCK_QUOTE : unit->cells ? BLOCK_TABLE : unit->bullet ? BLOCK_LIST_ITEM : BLOCK_PARAGRAPH;
}

static struct slice cells_of(struct arena *arena, struct slice row)
{
	struct buf out;
	struct slice rest = row, cell;
	buf_init_arena(&out, arena, row.len + 16);
	if (slice_find_byte(row, '|') == SLICE_NOT_FOUND)
		return row;
	while (slice_split(&rest, '|', &cell)) {
		cell = slice_trim(cell);
		if (!cell.len)
			continue;
		if (out.len)
			buf_append_byte(&out, '\t');
		buf_append(&out, cell);
	}
	return out.len ? buf_slice(&out) : row;
}

static bool repeats_headline(const struct reading *reading, size_t i)
{
	return reading->headline != SIZE_MAX && i < reading->verdict.first + 3 && title_same(unit_at(reading, i)->text, reading->article->headline.value);
}

/* What the body holds already, by the hash of its words; a repetition elsewhere on the page (a teaser, a picture's text) is none. */
struct said {
	uint64_t *hashes; /* 0: free */
	size_t mask;
};

static struct said said_make(struct arena *arena, size_t units)
{
	struct said said = {.mask = 63};
	while (said.mask < units * 2)
		said.mask = said.mask * 2 + 1;
	said.hashes = arena_array(arena, uint64_t, said.mask + 1);
	return said;
}

static bool said_before(struct said *said, struct slice text)
{
	uint64_t hash = 0;
	struct word word;
	for (size_t at = 0; word_next(text, &at, &word);)
		hash = hash_mix(hash ^ word.hash);
	size_t i = (hash |= 1) & said->mask;
	for (; said->hashes[i]; i = (i + 1) & said->mask)
		if (said->hashes[i] == hash)
			return true;
	said->hashes[i] = hash;
	return false;
}

static void take_body(struct reading *reading)
{
	struct block_list blocks;
	struct said said = said_make(reading->arena, reading->units.count);
	block_list_init(&blocks, reading->arena);
	for (size_t i = reading->verdict.first; i < reading->verdict.behind; i++) {
		const struct text_unit *unit = unit_at(reading, i);
		arena_tick(reading->arena);
		if (!reading->verdict.keep[i] || reading->why[i] != REMOVED_KINDS)
			continue;
		bool again = feature(reading, i, TEXT_REPEATS) > 0 && feature(reading, i, TEXT_WORDS) >= REPEAT_WORDS_MIN && said_before(&said, unit->text);
		if (again || repeats_headline(reading, i)) {
			reading->why[i] = REMOVED_DUPLICATE;
			continue;
		}
		block_list_add(&blocks, kind_of(unit), unit->cells ? cells_of(reading->arena, unit->text) : unit->text);
	}
	if (blocks.count)
		article_set_blocks(reading->arena, reading->article, &blocks);
}

static enum removed_kind removed_as(const struct reading *reading, size_t i)
{
	static const struct {
		enum furniture_topic topic;
		enum removed_kind kind;
	} KINDS[] = {{FURNITURE_SHARE, REMOVED_SHARING}, {FURNITURE_COMMENT, REMOVED_COMMENTS}, {FURNITURE_NEWSLETTER, REMOVED_NEWSLETTER}, {FURNITURE_CONSENT, REMOVED_CONSENT},
		{FURNITURE_ADVERT, REMOVED_ADVERTISEMENT}, {FURNITURE_RELATED, REMOVED_RELATED}, {FURNITURE_READ_MORE, REMOVED_RELATED}, {FURNITURE_COPYRIGHT, REMOVED_BOILERPLATE},
		{FURNITURE_MEDIA, REMOVED_WIDGET}, {FURNITURE_BYLINE, REMOVED_BYLINE}, {FURNITURE_CREDIT, REMOVED_CAPTION}};
	for (size_t k = 0; k < sizeof KINDS / sizeof *KINDS; k++)
		if (topic(reading, i, KINDS[k].topic) >= 2)
			return KINDS[k].kind;
	return i < reading->verdict.first ? REMOVED_NAVIGATION : i >= reading->verdict.behind ? REMOVED_TRAILING : REMOVED_BOILERPLATE;
}

static void remove_unit(struct reading *reading, size_t i, enum removed_kind reason)
{
	reading->article->removed[reason]++;
	trace_note(reading->article->trace, "removed", LOG_STR("reason", removed_kind_name(reason)), LOG_SLICE("text", unit_at(reading, i)->text),
		LOG_INT("line", unit_at(reading, i)->line), LOG_INT("judgedBody", reading->verdict.keep[i]));
}

static void note_body(const struct reading *reading)
{
	size_t first = reading->verdict.first, behind = reading->verdict.behind;
	if (reading->headline != SIZE_MAX)
		trace_note(reading->article->trace, "anchor", LOG_SLICE("text", unit_at(reading, reading->headline)->text),
			LOG_INT("line", unit_at(reading, reading->headline)->line));
	if (first < behind)
		trace_note(reading->article->trace, "container", LOG_STR("mode", "text"), LOG_INT("firstLine", unit_at(reading, first)->line),
			LOG_INT("lastLine", unit_at(reading, behind - 1)->line), LOG_INT("lines", reading->units.count),
			LOG_INT("confidence", reading->verdict.confidence));
}

static bool in_body(const struct reading *reading, size_t i) { return reading->verdict.keep[i] && reading->why[i] == REMOVED_KINDS; }

static void count_removed(struct reading *reading)
{
	for (size_t i = 0; i < reading->units.count; i++) {
		if (!in_body(reading, i) && i != reading->headline)
			remove_unit(reading, i, reading->why[i] != REMOVED_KINDS ? reading->why[i] : removed_as(reading, i));
	}
	reading->article->removed[REMOVED_TRAILING] += (uint32_t)reading->units.unread;
}

/* Headlines one below the other: short lines of which hardly any ends like a sentence. Where there is no body, lines of three words and more. */
static bool is_headlines(const struct reading *reading)
{
	size_t lines = 0, open = 0, columns = 0;
	bool empty = !reading->article->body.len;
	for (size_t i = 0; i < reading->units.count; i++) {
		const struct text_unit *unit = unit_at(reading, i);
		if (empty ? feature(reading, i, TEXT_WORDS) < 3 : !in_body(reading, i))
			continue;
		lines++;
		columns += unit->columns;
		open += text_ending_of(unit->text) == ENDING_NONE && !unit->cells && feature(reading, i, TEXT_DIGIT_SHARE) < 300;
	}
	return lines >= HEADLINES_MIN && open * 10 >= lines * 9 && columns < lines * 80 && !feature(reading, 0, TEXT_UNSPACED);
}

/* A page whose lines are mostly short and whose body is next to nothing lists others' articles. */
static void set_type(struct reading *reading)
{
	struct article *article = reading->article;
	if (is_headlines(reading)) {
		article->page_type = PAGE_LISTING;
		article->page_type_confidence = 60;
	} else if (article->word_count >= 40 || (article->word_count >= 12 && reading->units.count < 60)) {
		article->page_type = PAGE_ARTICLE;
		article->page_type_confidence = article->confidence;
	} else if (reading->units.count >= 60) {
		article->page_type = PAGE_LISTING;
		article->page_type_confidence = 50;
	} else {
		article->page_type = PAGE_OTHER;
		article->page_type_confidence = 50;
	}
}

bool plaintext_extract(struct arena *arena, struct slice text, struct article *article)
{
	struct reading reading = {.arena = arena, .article = article};
	reading.units = text_units_cut(arena, utf8_nfc(arena, text));
	reading.rows = text_features_measure(arena, &reading.units, article->url);
	reading.verdict = text_model_judge(arena, reading.rows, reading.units.count);
	reading.why = arena_alloc(arena, (reading.units.count + 1) * sizeof *reading.why);
	for (size_t i = 0; i < reading.units.count; i++)
		reading.why[i] = REMOVED_KINDS;
	reading.headline = text_headline_find(arena, &reading.units, reading.rows, &reading.verdict);
	if (reading.headline != SIZE_MAX && !article->headline.value.len)
		article->headline = (struct sourced){unit_at(&reading, reading.headline)->text, "text"};
	text_captions_read(arena, &reading.units, &reading.verdict, reading.headline, reading.why, article);
	read_lines_around(&reading);
	take_body(&reading);
	note_body(&reading);
	count_removed(&reading);
	article->mode = article->body.len ? "text" : "none";
	article->confidence = reading.verdict.confidence;
	set_type(&reading);
	return article->body.len > 0;
}
