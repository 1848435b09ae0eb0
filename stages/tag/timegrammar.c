/* timegrammar: see timegrammar.h. Here stand what wraps other expressions ("early", "the end of") and the choice among rules. */
#include "tag/timerules.h"

typedef size_t (*rule)(const struct time_text *text, size_t at, struct time_expression *e);

/* now, right now, currently, recently, soon; the past, the future; a current … */
static size_t rule_reference(const struct time_text *text, size_t at, struct time_expression *e)
{
	e->form = FORM_REFERENCE;
	e->type = TIME_DATE;
	size_t i = at;
	const struct time_token *token = token_at(text, at);
	if (token->kind == TK_RIGHT && token_is(text, at + 1, SLICE("now"))) {
		e->reference = REFERENCE_PRESENT;
		return at + 2;
	}
	if (token->kind == TK_THE) {
		bool in = kind_before(text, at) == TK_PREPOSITION || kind_before(text, at) == TK_OF || kind_before(text, at) == TK_TO;
		i += token_is(text, i + 1, SLICE("near")) || token_is(text, i + 1, SLICE("distant")) ? 2 : 1;
		bool past = kind_at(text, i) == TK_RELATION && token_at(text, i)->value == RELATION_PAST;
		bool future = token_is(text, i, SLICE("future"));
		enum time_kind next = kind_at(text, i + 1);
		bool noun = next == TK_UNIT || next == TK_NUMBER || next == TK_CARDINAL || next == TK_VAGUE || next == TK_COUPLE || next == TK_SEASON ||
			next == TK_OF || next == TK_HALF || next == TK_HYPHEN || next == TK_MAGNITUDE ||
			(next == TK_RELATION && token_at(text, i + 1)->value != RELATION_THAT) ||
			(next == TK_WORD && past && !is_capital(text, i + 1) && token_at(text, i + 1)->end - token_at(text, i + 1)->start > 3);
		if ((past && !in) || noun || (!past && !future))
			return 0;
		e->reference = past ? REFERENCE_PAST : REFERENCE_FUTURE;
		return i + 1;
	}
	if (token->kind == TK_RELATION && (token->value == RELATION_CURRENT || token->value == RELATION_RECENT)) {
		if (kind_at(text, at + 1) != TK_WORD)
			return 0;
		e->reference = token->value == RELATION_CURRENT ? REFERENCE_PRESENT : REFERENCE_PAST;
		return at + 1;
	}
	if (token->kind != TK_REFERENCE || token_is(text, at, SLICE("future")))
		return 0;
	e->reference = (enum time_reference)token->value;
	bool most = kind_before(text, at) == TK_LEAST, as = at > 0 && token_is(text, at - 1, SLICE("as"));
	bool after = token_is(text, at + 1, SLICE("after")) || token_is(text, at + 1, SLICE("as")) || joins_at(text, at + 1);
	return most || as || after ? 0 : at + 1;
}

/* All rules, the more specific first: at equal length the earlier one wins. */
static const rule RULES[] = {
	rule_numeric, rule_fiscal, rule_clock, rule_set, rule_duration, rule_calendar, rule_quarter, rule_relation, rule_the_unit, rule_season,
	rule_decade, rule_holiday, rule_day_word, rule_daypart, rule_reference,
};
/* What "early", "late", "mid" and "the end of" can stand before. */
static const rule CORES[] = {
	rule_calendar, rule_quarter, rule_relation, rule_the_unit, rule_season, rule_decade, rule_holiday, rule_day_word, rule_daypart,
};

static size_t longest(const struct time_text *text, size_t at, const rule *rules, size_t count, struct time_expression *best)
{
	size_t furthest = 0;
	for (size_t i = 0; i < count; i++) {
		struct time_expression e = {.hour = -1};
		size_t next = rules[i](text, at, &e);
		if (next > furthest) {
			furthest = next;
			*best = e;
		}
	}
	return furthest;
}

static enum time_mod part_mod(enum time_part part)
{
	switch (part) {
	case PART_EARLY:
	case PART_EARLIER:
	case PART_BEGINNING: return MOD_START;
	case PART_MID:
	case PART_MIDDLE: return MOD_MID;
	case PART_LATE:
	case PART_LATER:
	case PART_END: return MOD_END;
	case PART_NONE:
	case PART_REST: break;
	}
	return MOD_NONE;
}

/* A decade without its article: "early 1990s", "mid-'90s"; a bare season: "late summer"; "mid-afternoon". */
static size_t bare_core(const struct time_text *text, size_t at, struct time_expression *e)
{
	if (kind_at(text, at) == TK_DAYPART && !is_plural(text, at)) {
		e->type = TIME_TIME;
		e->form = FORM_CLOCK;
		e->daypart = (int16_t)token_at(text, at)->value;
		size_t next = at + 1;
		struct time_expression day = {.hour = -1};
		size_t tail = kind_at(text, next) == TK_DAYWORD ? rule_day_word(text, next, &day) : 0;
		if (tail && !day.daypart) {
			e->form = day.form;
			e->shift = day.shift;
			return tail;
		}
		return next;
	}
	return 0;
}

/* early|late|mid|earlier|later CORE, with "the" before if the core takes one */
static size_t modified(const struct time_text *text, size_t at, struct time_expression *e)
{
	bool article = kind_at(text, at) == TK_THE;
	size_t part = at + article;
	if (kind_at(text, part) != TK_PART)
		return 0;
	enum time_part word = (enum time_part)token_at(text, part)->value;
	bool comparative = word == PART_EARLIER || word == PART_LATER;
	size_t core = skip_hyphen(text, part + 1);
	if (comparative && token_is(text, core, SLICE("in")) && kind_at(text, core + 1) == TK_THE && kind_at(text, core + 2) == TK_UNIT &&
		word == PART_EARLIER)
		core++; /* "earlier in the year" */
	size_t next = longest(text, core, CORES, sizeof(CORES) / sizeof(CORES[0]), e);
	size_t bare = 0;
	if (next == 0) {
		*e = (struct time_expression){.hour = -1};
		bare = comparative ? 0 : bare_core(text, core, e);
		next = bare;
	}
	bool relative = e->form == FORM_UNIT || e->form == FORM_DAY || e->type == TIME_TIME || e->weekday || e->form == FORM_SEASON;
	if (next == 0 || e->type == TIME_DURATION || e->type == TIME_SET || (comparative && (!relative || article)))
		return 0;
	if (article && (e->form == FORM_DAY || e->form == FORM_UNIT))
		return 0;
	if (bare && article && word != PART_MID)
		return 0;
	e->mod = part_mod(word);
	return next;
}

/* the beginning|end|middle of CORE */
static size_t edged(const struct time_text *text, size_t at, struct time_expression *e)
{
	size_t i = at + (kind_at(text, at) == TK_THE);
	if (kind_at(text, i) != TK_EDGE || kind_at(text, i + 1) != TK_OF)
		return 0;
	enum time_part part = (enum time_part)token_at(text, i)->value;
	size_t next = longest(text, i + 2, CORES, sizeof(CORES) / sizeof(CORES[0]), e);
	if (next == 0 || e->type != TIME_DATE || e->form == FORM_REFERENCE || e->weekday || e->day)
		return 0;
	e->mod = part_mod(part);
	return next;
}

static bool may_begin(enum time_kind kind)
{
	static const bool BEGINS[TK_KINDS] = {
		[TK_NUMBER] = true, [TK_DECADE] = true, [TK_MONTH] = true, [TK_WEEKDAY] = true, [TK_SEASON] = true, [TK_UNIT] = true,
		[TK_NOON] = true, [TK_CARDINAL] = true, [TK_ORDINAL] = true, [TK_VAGUE] = true, [TK_HALF] = true, [TK_COUPLE] = true,
		[TK_RELATION] = true, [TK_PART] = true, [TK_EDGE] = true, [TK_APPROX] = true, [TK_MORE] = true, [TK_LESS] = true,
		[TK_DAYWORD] = true, [TK_TONIGHT] = true, [TK_OVERNIGHT] = true, [TK_REFERENCE] = true, [TK_EVERY] = true,
		[TK_FREQUENCY] = true, [TK_HOLIDAY] = true, [TK_FEAST] = true, [TK_FISCAL] = true, [TK_RIGHT] = true, [TK_POST] = true,
		[TK_THE] = true, [TK_A] = true, [TK_PREPOSITION] = true, /* "at least" */ [TK_WORD] = true, /* "Q3" */
	};
	return BEGINS[kind];
}

/* Most words that may begin an expression do not; one look at what follows spares them the rules. */
static bool worth_trying(const struct time_text *text, size_t at)
{
	enum time_kind kind = kind_at(text, at), next = kind_at(text, at + 1);
	if (!may_begin(kind))
		return false;
	if (kind == TK_WORD)
		return (next == TK_NUMBER && is_glued(text, at + 1) && token_at(text, at)->end - token_at(text, at)->start == 1) ||
			(next == TK_NUMBER && slice_is(token_text(text, at), "FY")) ||
			(next == TK_UNIT && token_is(text, at, SLICE("financial")));
	if (kind == TK_PREPOSITION)
		return next == TK_LEAST;
	if (kind == TK_THE || kind == TK_A)
		return next != TK_WORD || token_is(text, at + 1, SLICE("near")) || token_is(text, at + 1, SLICE("financial"));
	return true;
}

bool time_match(const struct time_text *text, size_t at, struct time_expression *expression)
{
	if (!worth_trying(text, at))
		return false;
	struct time_expression best = {.hour = -1}, e = {.hour = -1};
	size_t furthest = longest(text, at, RULES, sizeof(RULES) / sizeof(RULES[0]), &best);
	size_t next = modified(text, at, &e);
	if (next > furthest) {
		furthest = next;
		best = e;
	}
	e = (struct time_expression){.hour = -1};
	next = edged(text, at, &e);
	if (next > furthest) {
		furthest = next;
		best = e;
	}
	if (furthest == 0)
		return false;
	best.first = (uint32_t)at;
	best.last = (uint32_t)furthest;
	*expression = best;
	return true;
}
