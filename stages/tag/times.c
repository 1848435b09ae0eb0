/* times: see times.h. Matches from left to right, the longest expression at each place, then resolves in text order. */
#include "tag/times.h"

#include "base/utf8.h"
#include "tag/timeresolve.h"
#include "tag/timerules.h"
#include "tag/timezones.h"

#include <stdio.h>

/* How many tokens around an expression may tell its tense. */
#define TENSE_REACH 14
#define INFINITIVE_REACH 4

static bool clause_ends(const struct time_text *text, size_t at)
{
	enum time_kind kind = kind_at(text, at);
	return kind == TK_END || (kind == TK_STOP && !(is_glued(text, at + 1) && kind_at(text, at + 1) != TK_END));
}

static bool word_near_before(const struct time_text *text, size_t at, size_t reach, struct slice word)
{
	for (size_t i = at; i-- > 0 && i + reach >= at && !clause_ends(text, i);)
		if (token_is(text, i, word))
			return true;
	return false;
}

/* Words of the table that are infinitives behind "to". */
static bool is_base_verb(const struct time_text *text, size_t at)
{
	return token_is(text, at, SLICE("begin")) || token_is(text, at, SLICE("meet")) || token_is(text, at, SLICE("resume"));
}

/* "to resume Monday": an infinitive. */
static bool infinitive(const struct time_text *text, size_t at)
{
	return kind_at(text, at) == TK_TO && (kind_at(text, at + 1) == TK_WORD || is_base_verb(text, at + 1)) && !is_capital(text, at + 1) && !(token_at(text, at + 1)->flags & TIMETOKEN_PAST);
}

static bool is_auxiliary(const struct time_text *text, size_t at)
{
	return token_is(text, at, SLICE("is")) || token_is(text, at, SLICE("are")) || token_is(text, at, SLICE("be"));
}

/* "an unnamed day": in un-, it is mostly no verb. */
static bool is_adjective(const struct time_text *text, size_t at)
{
	struct slice word = token_text(text, at);
	return word.len > 5 && byte_lower(word.ptr[0]) == 'u' && byte_lower(word.ptr[1]) == 'n';
}

/* What one token says of its sentence's tense. A participle behind "will" or "be" looks ahead with it; "had been scheduled" looks back. */
static enum time_tense tense_at(const struct time_text *text, size_t at)
{
	const struct time_token *token = token_at(text, at);
	enum time_tense tense = TENSE_NONE;
	if (at > 0 && (token_is(text, at, SLICE("set")) || token_is(text, at, SLICE("due"))) && is_auxiliary(text, at - 1))
		tense = TENSE_FUTURE; /* "is set for May" */
	else if (token->kind == TK_TENSE && !(at > 0 && kind_at(text, at - 1) == TK_TO && is_base_verb(text, at)))
		tense = (enum time_tense)token->value;
	else if (token->kind == TK_WORD && (token->flags & TIMETOKEN_PAST) && !is_adjective(text, at))
		tense = TENSE_PAST;
	else if (infinitive(text, at))
		tense = TENSE_FUTURE;
	if (tense == TENSE_PAST && at > 0 && kind_at(text, at - 1) == TK_TENSE && token_at(text, at - 1)->value == TENSE_FUTURE)
		tense = TENSE_FUTURE;
	if (tense == TENSE_FUTURE && word_near_before(text, at, 4, SLICE("had")))
		tense = TENSE_PAST;
	return tense;
}

/* until, by, since …, "as early as": what a preposition says of the date behind it. */
static enum time_tense hinted_tense(const struct time_text *text, size_t first)
{
	if (first < 2 || kind_at(text, first - 1) != TK_PREPOSITION || clause_ends(text, first - 2))
		return TENSE_NONE;
	if (token_is(text, first - 1, SLICE("as")) && (token_is(text, first - 2, SLICE("early")) || token_is(text, first - 2, SLICE("soon"))))
		return TENSE_FUTURE;
	return (enum time_tense)token_at(text, first - 1)->value;
}

/* "Wednesday's vote": what is known by its day has mostly happened; only "will" before it says otherwise, no plan and no condition. */
static enum time_tense possessive_tense(const struct time_text *text, size_t at)
{
	for (size_t i = at, left = 0; i > 0 && left < TENSE_REACH && !clause_ends(text, i - 1); i--, left++) {
		if (token_is(text, i - 1, SLICE("will")) || (left < 3 && token_is(text, i - 1, SLICE("ahead"))))
			return TENSE_FUTURE;
		if (tense_at(text, i - 1) == TENSE_PAST)
			return TENSE_PAST;
	}
	return TENSE_NONE;
}

/* The tense that the sentence gives to the expression: its preposition's, else that of the nearest verb; one behind it must stand
 * nearer than one before. An infinitive reaches less far than a verb. */
static enum time_tense sentence_tense(const struct time_text *text, const struct time_expression *e)
{
	enum time_tense before = hinted_tense(text, e->first), behind = TENSE_NONE;
	if (before != TENSE_NONE)
		return before;
	if (e->weekday && kind_at(text, e->last) == TK_POSSESSIVE)
		return possessive_tense(text, e->first);
	size_t left = 0, right = 0;
	for (size_t i = e->first; i > 0 && left < TENSE_REACH && before == TENSE_NONE && !clause_ends(text, i - 1); i--, left++)
		if (kind_at(text, i - 1) != TK_TO || left < INFINITIVE_REACH)
			before = tense_at(text, i - 1);
	size_t reach = before == TENSE_NONE ? TENSE_REACH : left > 2 ? left - 2 : 0;
	for (size_t i = e->last; right < reach && behind == TENSE_NONE && !clause_ends(text, i); i++, right++)
		if (kind_at(text, i) != TK_TO)
			behind = tense_at(text, i);
	return behind != TENSE_NONE ? behind : before;
}

struct finder {
	struct arena *arena;
	const struct time_text *text;
	struct time_expression *expressions;
	size_t count, capacity;
};

static void finder_add(struct finder *finder, const struct time_expression *e)
{
	if (finder->count == finder->capacity)
		finder->expressions = arena_grow(finder->arena, finder->expressions, &finder->capacity, finder->count + 1, sizeof(*finder->expressions));
	finder->expressions[finder->count++] = *e;
}

/* "2011-16": the second year. */
static bool second_year(const struct finder *finder, size_t at, struct time_expression *e)
{
	if (finder->count == 0)
		return false;
	const struct time_text *text = finder->text;
	const struct time_expression *before = &finder->expressions[finder->count - 1];
	const struct time_token *token = token_at(text, at + 1);
	if (before->last != at || before->form != FORM_CALENDAR || before->month || !year_at(text, before->last - 1) || !joins_at(text, at) ||
		token->kind != TK_NUMBER || token->digits != 2 || token->value <= before->year % 100 || joins_at(text, at + 2))
		return false;
	*e = *before;
	e->year = (int16_t)(before->year / 100 * 100 + token->value);
	e->mod = MOD_NONE;
	e->first = (uint32_t)at + 1;
	e->last = (uint32_t)at + 2;
	return true;
}

/* "3-5 March", "from 3 to 5 May 2026", "between 3 and 5 May": the first day, of the month that follows. */
static bool first_day(const struct time_text *text, size_t at, struct time_expression *e)
{
	const struct time_token *token = token_at(text, at);
	enum time_kind link = kind_at(text, at + 1);
	bool spanned = at > 0 && (token_is(text, at - 1, SLICE("from")) || token_is(text, at - 1, SLICE("between")));
	if (token->kind != TK_NUMBER || token->digits > 2 || token->value < 1 || (token->flags & (TIMETOKEN_MONEY | TIMETOKEN_FRACTION)) ||
		!(joins_at(text, at + 1) || (spanned && (link == TK_TO || link == TK_AND))) || kind_at(text, at + 2) != TK_NUMBER)
		return false;
	*e = (struct time_expression){.hour = -1};
	if (rule_calendar(text, at + 2, e) == 0 || !e->month || !e->day || token->value >= e->day)
		return false;
	e->day = (int16_t)token->value;
	e->first = (uint32_t)at;
	e->last = (uint32_t)at + 1;
	return true;
}

static bool only_weekday(const struct time_expression *e)
{
	return e->form == FORM_CALENDAR && e->type == TIME_DATE && e->weekday && !e->month && e->relation == RELATION_NONE;
}

/* "Monday to Friday", "Monday-Friday": the end lies behind the start. */
static bool ends_range(const struct finder *finder, const struct time_expression *e)
{
	if (finder->count == 0 || !only_weekday(e))
		return false;
	const struct time_expression *before = &finder->expressions[finder->count - 1];
	size_t link = before->last;
	return only_weekday(before) && e->first == link + 1 &&
		(kind_at(finder->text, link) == TK_TO || kind_at(finder->text, link) == TK_HYPHEN || token_is(finder->text, link, SLICE("through")));
}

/* "the quarter ended Sept. 30": which one the date tells. */
static void end_quarter(const struct time_text *text, struct time_expression *e)
{
	bool open = e->form == FORM_QUARTER && e->number == 0 && !e->year && !e->year_relation && e->relation == RELATION_NONE;
	struct time_expression date = {.hour = -1};
	if (!open || !(token_is(text, e->last, SLICE("ended")) || token_is(text, e->last, SLICE("ending"))) ||
		rule_calendar(text, e->last + 1, &date) == 0 || !date.month)
		return;
	e->month = date.month;
	e->day = date.day;
	e->year = date.year;
}

/* "Nov. 7-8", "April 11 to 13, 2026": the second day, of the same month. */
static bool second_day(const struct finder *finder, size_t at, struct time_expression *e)
{
	if (finder->count == 0)
		return false;
	const struct time_text *text = finder->text;
	const struct time_expression *before = &finder->expressions[finder->count - 1];
	const struct time_token *token = token_at(text, at + 1);
	bool joined = kind_at(text, at) == TK_HYPHEN && is_glued(text, at) == is_glued(text, at + 1);
	if (before->last != at || before->form != FORM_CALENDAR || !before->day || before->year || !joined || token->kind != TK_NUMBER ||
		token->digits > 2 || token->value <= before->day || token->value > 31 || kind_at(text, before->last - 1) != TK_NUMBER)
		return false;
	*e = *before;
	e->weekday = 0;
	e->day = (int16_t)token->value;
	e->first = (uint32_t)at + 1;
	e->last = (uint32_t)rule_year_tail(text, at + 2, e);
	return true;
}

/* "around Nov. 1": what weakens a day belongs to it. */
static bool about_day(const struct time_text *text, size_t at, struct time_expression *e)
{
	*e = (struct time_expression){.hour = -1};
	if (kind_at(text, at) != TK_APPROX || token_at(text, at)->value != MOD_APPROX || kind_at(text, at + 1) != TK_MONTH)
		return false;
	size_t next = rule_calendar(text, at + 1, e);
	if (next == 0 || !e->day)
		return false;
	e->mod = MOD_APPROX;
	e->first = (uint32_t)at;
	e->last = (uint32_t)next;
	return true;
}

/* "1994 or later", "1990 and beyond", "at least the past year", "a three-year period": words around that belong to the extent. */
static void widen(const struct finder *finder, struct time_expression *e)
{
	const struct time_text *text = finder->text;
	size_t floor = finder->count ? finder->expressions[finder->count - 1].last : 0;
	bool year = e->form == FORM_CALENDAR && e->year && !e->month && year_at(text, e->last - 1);
	bool or_part = kind_at(text, e->last) == TK_OR && kind_at(text, e->last + 1) == TK_PART;
	bool and_on = kind_at(text, e->last) == TK_AND &&
		(token_is(text, e->last + 1, SLICE("beyond")) || token_is(text, e->last + 1, SLICE("thereafter")));
	if (year && (or_part || and_on))
		e->last += 2;
	if (e->type != TIME_DURATION)
		return;
	if (kind_at(text, e->first) == TK_THE && e->first >= floor + 2 && kind_at(text, e->first - 1) == TK_LEAST && token_is(text, e->first - 2, SLICE("at"))) {
		e->first -= 2;
		e->mod = token_at(text, e->first + 1)->value ? MOD_EQUAL_OR_LESS : MOD_EQUAL_OR_MORE;
	}
	bool joined = kind_at(text, e->last) == TK_PERIOD && kind_at(text, e->last - 1) == TK_UNIT && joins_at(text, e->last - 2);
	if (joined && e->first > floor && kind_at(text, e->first - 1) == TK_A) {
		e->first--;
		e->last++;
	}
}

/* What of the matched is no mention after all. */
static bool unwanted(const struct time_text *text, const struct time_expression *e)
{
	/* "soon" in a tale of the past is a turn of phrase */
	return e->form == FORM_REFERENCE && e->reference == REFERENCE_FUTURE && kind_at(text, e->first) == TK_REFERENCE &&
		sentence_tense(text, e) == TENSE_PAST;
}

static void find_expressions(struct finder *finder)
{
	const struct time_text *text = finder->text;
	for (size_t at = 0; at + 1 < text->count;) {
		struct time_expression e;
		arena_tick(finder->arena);
		bool ranged = kind_at(text, at) == TK_HYPHEN ? second_day(finder, at, &e) || second_year(finder, at, &e)
			: text->english && (kind_at(text, at) == TK_NUMBER ? first_day(text, at, &e) : about_day(text, at, &e));
		if (ranged) {
			finder_add(finder, &e);
			at = e.last;
			continue;
		}
		bool found = text->english ? time_match(text, at, &e) : time_match_figures(text, at, &e);
		if (!found) {
			at++;
			continue;
		}
		e.ranged = ends_range(finder, &e);
		end_quarter(text, &e);
		widen(finder, &e);
		if (!unwanted(text, &e))
			finder_add(finder, &e);
		at = e.last;
	}
}

/* The day that a time of day without one belongs to: of a date close behind in the sentence ("10:35 a.m. (0735 GMT) Friday"), else of
 * the date that the sentence or the one before named, else the anchor's. */
static void place_clock(const struct finder *finder, size_t index, struct time_context *context)
{
	const struct time_text *text = finder->text;
	const struct time_expression *e = &finder->expressions[index];
	context->clock_basis = context->anchored ? BASIS_ANCHOR : BASIS_NONE;
	context->clock_day = context->anchor;
	size_t ahead_of = index + 1;
	if (ahead_of < finder->count && finder->expressions[ahead_of].form == FORM_CLOCK)
		ahead_of++; /* the same time in another zone */
	if (ahead_of < finder->count) {
		const struct time_expression *next = &finder->expressions[ahead_of];
		bool dated = (next->form == FORM_CALENDAR && (next->day || next->weekday)) || next->form == FORM_DAY;
		bool near = dated && next->first - e->last <= 8 && next->type == TIME_DATE;
		for (size_t i = e->last; near && i < next->first; i++)
			near = !clause_ends(text, i);
		if (near) {
			struct time_context ahead = *context;
			struct time_value value;
			time_resolve(next, sentence_tense(text, next), &ahead, &value);
			if (ahead.day_referred && value.text[0] != 'X') {
				context->clock_day = ahead.day_reference;
				context->clock_basis = BASIS_TEXT;
				return;
			}
		}
	}
	if (index > 0 && context->day_referred) {
		const struct time_expression *before = &finder->expressions[index - 1];
		bool dated = (before->form == FORM_CALENDAR && (before->day || before->weekday)) || before->form == FORM_DAY || before->form == FORM_CLOCK;
		if (dated && e->first - before->last < 40) {
			context->clock_day = context->day_reference;
			context->clock_basis = BASIS_TEXT;
		}
	}
}

size_t times_find(struct arena *arena, struct slice text, struct slice language, const struct time_anchor *anchor, struct time_mention **out)
{
	struct time_text scanned = {.text = text};
	scanned.english = language.len == 0 || slice_is(language, "und") || slice_starts_nocase(language, SLICE("en"));
	scanned.south_slavic = slice_starts_nocase(language, SLICE("hr")) || slice_starts_nocase(language, SLICE("bs"));
	scanned.tokens = time_tokens(arena, text, &scanned.count);
	struct finder finder = {.arena = arena, .text = &scanned};
	find_expressions(&finder);

	struct time_context context = {.anchored = anchor->ms != CLOCK_NONE};
	if (context.anchored) {
		int64_t minutes = anchor->ms >= 0 ? anchor->ms / 60000 : -((59999 - anchor->ms) / 60000);
		context.anchor = minutes >= 0 ? minutes / 1440 : -((1439 - minutes) / 1440);
		context.anchor_minute = (int)(minutes - context.anchor * 1440);
	}
	struct time_mention *mentions = arena_array(arena, struct time_mention, finder.count + 1);
	size_t byte = 0, point = 0;
	for (size_t i = 0; i < finder.count; i++) {
		const struct time_expression *e = &finder.expressions[i];
		struct time_mention *mention = &mentions[i];
		if (e->form == FORM_CLOCK)
			place_clock(&finder, i, &context);
		time_resolve(e, sentence_tense(&scanned, e), &context, &mention->value);
		mention->type = e->type;
		mention->mod = e->mod;
		int offset = time_zone_offset(e->zone);
		mention->zoned = offset != TIME_ZONE_OPEN && e->hour >= 0;
		mention->utc_offset = (int16_t)(mention->zoned ? offset : 0);
		mention->start = scanned.tokens[e->first].start;
		mention->end = scanned.tokens[e->last - 1].end;
		point += utf8_length(slice_sub(text, byte, mention->start));
		mention->start_point = point;
		point += utf8_length(slice_sub(text, mention->start, mention->end));
		mention->end_point = point;
		byte = mention->end;
	}
	*out = mentions;
	return finder.count;
}

void times_write(struct json_writer *writer, struct slice text, const char *field, int64_t image, const struct time_anchor *anchor,
	const struct time_mention *mentions, size_t count)
{
	static const char *const TYPES[] = {"DATE", "TIME", "DURATION", "SET"};
	static const char *const MODS[] = {"", "START", "MID", "END", "APPROX", "MORE_THAN", "LESS_THAN", "EQUAL_OR_MORE", "EQUAL_OR_LESS"};
	for (size_t i = 0; i < count; i++) {
		const struct time_mention *mention = &mentions[i];
		json_open_object(writer);
		json_add_string(writer, "text", slice_sub(text, mention->start, mention->end));
		json_add_integer(writer, "start", (int64_t)mention->start_point);
		json_add_integer(writer, "end", (int64_t)mention->end_point);
		json_add_string(writer, "field", slice_of(field));
		if (image >= 0)
			json_add_integer(writer, "image", image);
		json_add_string(writer, "type", slice_of(TYPES[mention->type]));
		json_add_string(writer, "value", slice_of(mention->value.text));
		if (mention->zoned) {
			int minutes = mention->utc_offset < 0 ? -mention->utc_offset : mention->utc_offset;
			char offset[16];
			int length = snprintf(offset, sizeof offset, "%c%02d:%02d", mention->utc_offset < 0 ? '-' : '+', minutes / 60, minutes % 60);
			json_add_string(writer, "utcOffset", slice_make(offset, (size_t)length));
		}
		if (mention->mod)
			json_add_string(writer, "mod", slice_of(MODS[mention->mod]));
		if (mention->value.basis != BASIS_NONE)
			json_add_string(writer, "anchor", mention->value.basis == BASIS_TEXT ? SLICE("text") : slice_of(anchor->name));
		json_close_object(writer);
	}
}
