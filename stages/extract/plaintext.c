#include "extract/plaintext.h"

#include "base/hash.h"
#include "base/utf8.h"
#include "extract/authors.h"
#include "extract/captions.h"
#include "extract/datelabel.h"
#include "extract/dates.h"
#include "extract/furniture.h"
#include "extract/textglance.h"
#include "extract/textmodel.h"
#include "extract/titles.h"
#include "extract/wordscan.h"

/* How far around the body headline, byline, date and captions are looked for, in units. */
#define HEAD_REACH 40
#define TAIL_REACH 5
#define GUESS_WEIGHT 25 /* of the model's headline against the words that a line shares with the body */
#define HEADLINES_MIN 6
#define REPEAT_WORDS_MIN 8 /* shorter lines may come again */

struct reading {
	struct arena *arena;
	struct article *article;
	struct text_units units;
	struct text_features *rows;
	struct text_verdict verdict;
	size_t headline; /* SIZE_MAX: none */
	size_t images;   /* so far */
	enum removed_kind *why; /* a unit that was taken out of the body or read as something else; REMOVED_KINDS: nothing yet */
};

static const struct text_unit *unit_at(const struct reading *reading, size_t i) { return &reading->units.items[i]; }
static int16_t feature(const struct reading *reading, size_t i, enum text_feature name) { return reading->rows[i].values[name]; }
static int16_t topic(const struct reading *reading, size_t i, enum furniture_topic which) { return reading->rows[i].values[TEXT_HIT_SHARE + which]; }

/* --- captions ----------------------------------------------------------------------------------- */

static bool is_credit(struct slice s)
{
	struct furniture_hits hits = furniture_find(s);
	return agency_find(s).len > 0 || furniture_has(hits.any, FURNITURE_CREDIT);
}

/* The credit at the end of a caption. *text loses it. */
static struct slice take_credit(struct slice *text)
{
	struct slice caption, credit;
	caption_split(*text, &caption, &credit);
	if (credit.len)
		*text = caption;
	return credit;
}

static bool known_caption(const struct article *article, struct slice caption)
{
	for (const struct image *image = article->images; image; image = image->next)
		if (title_same(image->caption, caption))
			return true;
	return false;
}

static void add_caption(struct reading *reading, struct slice text)
{
	struct slice caption = text, credit = take_credit(&caption);
	if (!caption.len || reading->images == ARTICLE_IMAGES_MAX || known_caption(reading->article, caption))
		return;
	reading->images++;
	struct image *image = article_add_image(reading->arena, reading->article);
	image->caption = caption;
	image->credit = credit;
}

/* A picture's alternative text stands right before its caption: the same words, perhaps with a credit behind them. */
static bool doubles_next(const struct reading *reading, size_t i)
{
	if (i + 1 >= reading->units.count)
		return false;
	struct slice a = unit_at(reading, i)->text, b = unit_at(reading, i + 1)->text;
	if (a.len < 25 || unit_at(reading, i)->bullet || unit_at(reading, i + 1)->bullet || unit_at(reading, i)->heading)
		return false;
	return title_same(a, b) || (slice_starts(b, a) && b.len - a.len < 100);
}

static bool is_caption(const struct reading *reading, size_t i)
{
	const struct text_unit *unit = unit_at(reading, i);
	if (unit->columns < 25 || unit->columns > 700 || unit->heading || unit->bullet)
		return false;
	if (unit->image)
		return true;
	struct slice rest = unit->text, credit = take_credit(&rest);
	return credit.len && is_credit(credit) && rest.len > 20;
}

static void read_captions(struct reading *reading)
{
	size_t from = reading->headline == SIZE_MAX ? reading->verdict.first : reading->headline + 1;
	if (from > reading->verdict.first)
		from = reading->verdict.first;
	for (size_t i = from; i < reading->verdict.behind; i++) {
		arena_tick(reading->arena);
		if (doubles_next(reading, i)) {
			add_caption(reading, unit_at(reading, i + 1)->text);
			reading->why[i] = REMOVED_DUPLICATE;
			reading->why[i + 1] = REMOVED_CAPTION;
			i++;
		} else if (!reading->verdict.keep[i] && is_caption(reading, i)) {
			add_caption(reading, unit_at(reading, i)->text);
			reading->why[i] = REMOVED_CAPTION;
		}
	}
}

/* --- headline ------------------------------------------------------------------------------------ */

/* Words of the body's first units, to see which line speaks of the same. */
struct vocabulary {
	uint32_t slots[1024];
};

static bool vocabulary_meet(struct vocabulary *vocabulary, uint32_t hash, bool add)
{
	hash |= 1;
	size_t i = hash_mix(hash) % 1024;
	for (size_t tries = 0; vocabulary->slots[i] && tries < 1024; i = (i + 1) % 1024, tries++)
		if (vocabulary->slots[i] == hash)
			return true;
	if (add)
		vocabulary->slots[i] = hash;
	return false;
}

static int headline_score(struct reading *reading, struct vocabulary *vocabulary, size_t i, size_t guess)
{
	const struct text_unit *unit = unit_at(reading, i);
	struct word word;
	int words = 0, hits = 0;
	if (unit->columns < 8 || unit->columns > 260 || reading->why[i] != REMOVED_KINDS)
		return -100;
	for (size_t at = 0; word_next(unit->text, &at, &word);) {
		words++;
		hits += vocabulary_meet(vocabulary, word.hash, false);
	}
	int score = words >= 3 || feature(reading, i, TEXT_UNSPACED) ? 3 : -4;
	score += words ? hits * 10 / words : 0;
	score += unit->heading == 1 ? 8 : unit->heading ? 4 : 0;
	score += i == guess ? GUESS_WEIGHT : 0;
	score -= unit->bullet ? 6 : 0;
	score -= unit->cells ? 4 : 0;
	score -= (int)((reading->verdict.first - i) / 6);
	score -= text_ending_of(unit->text) == ENDING_STOP ? 4 : 0;
	score -= author_is_byline(unit->text) || is_caption(reading, i) ? 10 : 0;
	score -= topic(reading, i, FURNITURE_DATE_LABEL) >= 2 || topic(reading, i, FURNITURE_CREDIT) >= 2 ? 6 : 0;
	for (size_t k = 0; k < FURNITURE_TOPICS; k++)
		score -= reading->rows[i].values[TEXT_HIT_SHARE + k] == 3 ? 8 : 0;
	return score;
}

static void read_headline(struct reading *reading)
{
	struct vocabulary *vocabulary = arena_new(reading->arena, struct vocabulary);
	struct word word;
	size_t words = 0, first = reading->verdict.first;
	for (size_t i = first; i < reading->verdict.behind && words < 500; i++)
		for (size_t at = 0; words < 500 && word_next(unit_at(reading, i)->text, &at, &word);)
			if (word.letters >= 3 || word.unspaced)
				words++, vocabulary_meet(vocabulary, word.hash, true);
	size_t guess = reading->verdict.headline;
	int best = 4;
	for (size_t i = first > HEAD_REACH ? first - HEAD_REACH : 0; i < first; i++) {
		int score = headline_score(reading, vocabulary, i, guess);
		if (score > best)
			best = score, reading->headline = i;
	}
	if (guess != SIZE_MAX && guess < first && reading->headline == SIZE_MAX)
		reading->headline = guess;
	if (reading->headline == SIZE_MAX)
		return;
	if (!reading->article->headline.value.len)
		reading->article->headline = (struct sourced){unit_at(reading, reading->headline)->text, "text"};
}

/* --- byline and date ------------------------------------------------------------------------------ */

/* "By Ana Brandt | Valley Post": behind people the paper, by its address or name, is no author. */
static void drop_site(struct article *article)
{
	for (struct author *author = article->authors; author->next;) {
		if (title_names_site(author->next->name, &article->publisher.value, article->publisher.value.len > 0, article->url))
			author->next = author->next->next;
		else
			author = author->next;
	}
}

static void read_byline(struct reading *reading, size_t i)
{
	struct slice text = unit_at(reading, i)->text;
	if (unit_at(reading, i)->columns > 120 || !author_is_byline(text))
		return;
	if (!authors_add(reading->arena, reading->article, text, AUTHOR_BYLINE))
		return;
	drop_site(reading->article);
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
	for (size_t i = head > 6 ? head - 6 : 0; i < first + 1 && i < count; i++)
		read_date(reading, i, order);
	for (size_t i = behind; i < count && i < behind + TAIL_REACH; i++)
		read_date(reading, i, order);
}

/* --- body ------------------------------------------------------------------------------------------ */

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
	struct reading reading = {.arena = arena, .article = article, .headline = SIZE_MAX};
	reading.units = text_units_cut(arena, utf8_nfc(arena, text));
	reading.rows = text_features_measure(arena, &reading.units, article->url);
	reading.verdict = text_model_judge(arena, reading.rows, reading.units.count);
	reading.why = arena_alloc(arena, (reading.units.count + 1) * sizeof *reading.why);
	for (size_t i = 0; i < reading.units.count; i++)
		reading.why[i] = REMOVED_KINDS;
	read_headline(&reading);
	read_captions(&reading);
	read_lines_around(&reading);
	take_body(&reading);
	note_body(&reading);
	count_removed(&reading);
	article->mode = article->body.len ? "text" : "none";
	article->confidence = reading.verdict.confidence;
	set_type(&reading);
	return article->body.len > 0;
}
