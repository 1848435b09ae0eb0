/* timerules: what the files of the time grammar share. A rule takes the token where it begins and answers the token behind what it
 * matched, 0 if it does not match; it may leave marks in the expression when it fails, so callers hand in a fresh one. No rule calls
 * itself. */
#ifndef COPYDESK_TIMERULES_H
#define COPYDESK_TIMERULES_H

#include "tag/timegrammar.h"

static inline const struct time_token *token_at(const struct time_text *text, size_t at)
{
	return &text->tokens[at < text->count ? at : text->count - 1];
}
static inline enum time_kind kind_at(const struct time_text *text, size_t at) { return (enum time_kind)token_at(text, at)->kind; }
/* The kind before `at`; TK_END at the start. */
static inline enum time_kind kind_before(const struct time_text *text, size_t at) { return at ? kind_at(text, at - 1) : TK_END; }
static inline bool is_capital(const struct time_text *text, size_t at) { return token_at(text, at)->flags & TIMETOKEN_CAPITAL; }
static inline bool is_glued(const struct time_text *text, size_t at) { return token_at(text, at)->flags & TIMETOKEN_GLUED; }
static inline bool is_plural(const struct time_text *text, size_t at) { return token_at(text, at)->word_flags & WORD_PLURAL; }
static inline struct slice token_text(const struct time_text *text, size_t at)
{
	return slice_sub(text->text, token_at(text, at)->start, token_at(text, at)->end);
}
static inline bool token_is(const struct time_text *text, size_t at, struct slice word)
{
	return slice_equal_nocase(token_text(text, at), word);
}
/* A hyphen that joins: "third-quarter". */
static inline bool joins_at(const struct time_text *text, size_t at)
{
	return kind_at(text, at) == TK_HYPHEN && is_glued(text, at) && is_glued(text, at + 1);
}
/* Behind a joining hyphen or, without one, `at` itself. */
static inline size_t skip_hyphen(const struct time_text *text, size_t at) { return joins_at(text, at) ? at + 1 : at; }
/* "second" is an ordinal in the table and a unit where one is wanted. */
static inline enum time_unit unit_at(const struct time_text *text, size_t at)
{
	const struct time_token *token = token_at(text, at);
	if (token->kind == TK_UNIT)
		return (enum time_unit)token->value;
	if (token->kind == TK_DAYPART && token->value == DAYPART_NIGHT)
		return UNIT_NIGHT;
	return UNIT_NONE;
}

/* timespans.c */
size_t rule_amount(const struct time_text *text, size_t at, struct time_amount *amount);
size_t rule_duration(const struct time_text *text, size_t at, struct time_expression *e); /* durations, and shifts: "a year ago" */
size_t rule_set(const struct time_text *text, size_t at, struct time_expression *e);

/* timeclock.c */
size_t rule_clock(const struct time_text *text, size_t at, struct time_expression *e);
size_t rule_daypart(const struct time_text *text, size_t at, struct time_expression *e);

/* timedates.c: dates by name and number */
size_t rule_calendar(const struct time_text *text, size_t at, struct time_expression *e);
size_t rule_day_word(const struct time_text *text, size_t at, struct time_expression *e);
size_t rule_decade(const struct time_text *text, size_t at, struct time_expression *e);
/* A year of four digits, as a number that stands for nothing else. */
bool year_at(const struct time_text *text, size_t at);
/* "of 1990", "last year" behind a month, season or quarter: fills year or year_relation; `at` itself if nothing follows. */
size_t rule_year_tail(const struct time_text *text, size_t at, struct time_expression *e);

/* timefigures.c: dates in figures, of any language */
size_t rule_numeric(const struct time_text *text, size_t at, struct time_expression *e);

/* timefeasts.c */
size_t rule_holiday(const struct time_text *text, size_t at, struct time_expression *e);

/* timefiscal.c: fiscal years, quarters, halves */
size_t rule_fiscal(const struct time_text *text, size_t at, struct time_expression *e);
size_t rule_quarter(const struct time_text *text, size_t at, struct time_expression *e);
/* Behind "this year" or "last year": the possessive and a quarter or half of it; `at` itself if none follows. */
size_t rule_of_that_year(const struct time_text *text, size_t at, struct time_expression *e);
/* "-26", "/27", "-2026" behind e->year: makes it the year in which it ends; `at` itself if none follows. */
size_t rule_year_end(const struct time_text *text, size_t at, struct time_expression *e);

/* timeperiods.c: days to centuries, from where the speaker stands */
size_t rule_relation(const struct time_text *text, size_t at, struct time_expression *e);
size_t rule_the_unit(const struct time_text *text, size_t at, struct time_expression *e);
size_t rule_season(const struct time_text *text, size_t at, struct time_expression *e);

#endif
