/* dateclock: see dateclock.h. The hard thing is that a point parts hours from minutes, days from months and seconds from their
 * fractions. */
#include "extract/dateclock.h"

struct reading {
	int64_t hour, minute, second, millisecond;
	bool before_noon, after_noon;
};

/* 140509; behind a single letter ("T") also 1405. */
static bool read_compact(const struct date_tokens *tokens, size_t *at, struct reading *r)
{
	const struct date_token *figures = token_at(tokens, *at);
	bool lettered = *at > 0 && token_at(tokens, *at - 1)->kind == TOKEN_WORD && token_bytes(token_at(tokens, *at - 1)) == 1;

	if (!token_is_number(figures, 6, 6) && !(lettered && token_is_number(figures, 4, 4)))
		return false;
	int64_t value = figures->digits == 4 ? figures->value * 100 : figures->value;
	r->hour = value / 10000;
	r->minute = value / 100 % 100;
	r->second = value % 100;
	*at += 1;
	return true;
}

/* 14:05, 14.05, 14h05, 14 h 05; 14:05:09. */
static bool read_parted(const struct date_tokens *tokens, size_t *at, struct reading *r)
{
	const struct date_token *hour = token_at(tokens, *at), *sign = token_at(tokens, *at + 1),
				*minute = token_at(tokens, *at + 2);
	bool point = token_is_sign(sign, '.');

	if (!token_is_number(hour, 1, 2) || !token_is_number(minute, 2, 2) || (minute->spaced && !token_means(sign, WORD_HOUR)))
		return false;
	if (!point && !token_is_sign(sign, ':') && !token_is_sign(sign, 0xFF1A) && !token_means(sign, WORD_HOUR))
		return false;
	if (point && (token_is_sign(token_at(tokens, *at + 3), '.') || token_is_number(token_at(tokens, *at + 4), 4, 4)))
		return false; /* 12.05.2024 */
	r->hour = hour->value;
	r->minute = minute->value;
	*at += 3;
	const struct date_token *second_sign = token_at(tokens, *at), *second = token_at(tokens, *at + 1);
	if ((token_is_sign(second_sign, ':') || (point && token_is_sign(second_sign, '.'))) && token_is_number(second, 2, 2) &&
		!second->spaced) {
		r->second = second->value;
		*at += 2;
	}
	if (token_means(token_at(tokens, *at), WORD_MINUTE))
		*at += 1;
	return true;
}

/* 14時05分. */
static bool read_units(const struct date_tokens *tokens, size_t *at, struct reading *r)
{
	const struct date_token *hour = token_at(tokens, *at), *minute = token_at(tokens, *at + 2);

	if (!token_is_number(hour, 1, 2) || !token_means(token_at(tokens, *at + 1), WORD_HOUR) ||
		!token_is_number(minute, 1, 2) || !token_means(token_at(tokens, *at + 3), WORD_MINUTE))
		return false;
	r->hour = hour->value;
	r->minute = minute->value;
	*at += 4;
	return true;
}

/* 2 pm; the half itself is read by read_half(). */
static bool read_full_hour(const struct date_tokens *tokens, size_t *at, struct reading *r)
{
	const struct date_token *hour = token_at(tokens, *at), *half = token_at(tokens, *at + 1);

	if (!token_is_number(hour, 1, 2) || hour->value < 1 || hour->value > 12)
		return false;
	if (!token_means(half, WORD_AM) && !token_means(half, WORD_PM))
		return false;
	r->hour = hour->value;
	r->minute = 0;
	*at += 1;
	return true;
}

static void read_fraction(const struct date_tokens *tokens, size_t *at, struct reading *r)
{
	const struct date_token *sign = token_at(tokens, *at), *fraction = token_at(tokens, *at + 1);

	if ((!token_is_sign(sign, '.') && !token_is_sign(sign, ',')) || !token_is_number(fraction, 1, 9) || fraction->spaced ||
		sign->spaced || *at < 5)
		return;
	r->millisecond = fraction->value;
	for (int digits = fraction->digits; digits > 3; digits--)
		r->millisecond /= 10;
	for (int digits = fraction->digits; digits < 3; digits++)
		r->millisecond *= 10;
	*at += 2;
}

/* a.m., p. m., π.μ., μ.μ., and a letter alone with its point. */
static void read_half_letters(const struct date_tokens *tokens, size_t *at, struct reading *r)
{
	const struct date_token *half = token_at(tokens, *at);
	struct slice letter = slice_sub(tokens->text, half->start, half->end);
	bool before = slice_equal_nocase(letter, SLICE("a")) || slice_is(letter, "π");

	if ((!before && !slice_equal_nocase(letter, SLICE("p")) && !slice_is(letter, "μ")) || !token_is_sign(token_at(tokens, *at + 1), '.'))
		return;
	r->before_noon = before;
	r->after_noon = !before;
	*at += 2;
	if (token_at(tokens, *at)->kind != TOKEN_WORD || token_at(tokens, *at)->spaced)
		return;
	*at += 1;
	if (token_is_sign(token_at(tokens, *at), '.'))
		*at += 1;
}

static void read_half(const struct date_tokens *tokens, size_t *at, struct reading *r)
{
	const struct date_token *half = token_at(tokens, *at);

	if (slice_equal_nocase(slice_sub(tokens->text, half->start, half->end), SLICE("am"))) { /* elsewhere the German "am" */
		r->before_noon = true;
		*at += 1;
	} else if (token_means(half, WORD_AM) || token_means(half, WORD_PM)) {
		r->before_noon = token_means(half, WORD_AM);
		r->after_noon = !r->before_noon;
		*at += 1;
	} else if (half->kind == TOKEN_WORD && token_bytes(half) <= 2) {
		read_half_letters(tokens, at, r);
	}
}

bool dateclock_read(const struct date_tokens *tokens, size_t at, struct date_match *match, size_t *last)
{
	struct reading r = {.before_noon = token_means(token_at(tokens, at), WORD_AM),
		.after_noon = token_means(token_at(tokens, at), WORD_PM)};

	if (r.before_noon || r.after_noon)
		at++;
	if (!read_compact(tokens, &at, &r) && !read_parted(tokens, &at, &r) && !read_units(tokens, &at, &r) &&
		!read_full_hour(tokens, &at, &r))
		return false;
	read_fraction(tokens, &at, &r);
	read_half(tokens, &at, &r);
	if (r.after_noon && r.hour < 12)
		r.hour += 12;
	else if (r.before_noon && r.hour == 12)
		r.hour = 0;
	if (r.hour > 23 || r.minute > 59 || r.second > 60)
		return false;
	match->has_time = true;
	match->hour = (int)r.hour;
	match->minute = (int)r.minute;
	match->second = (int)(r.second < 60 ? r.second : 59);
	match->millisecond = (int)r.millisecond;
	*last = at;
	return true;
}

/* +02:00, -0330, +2. */
static bool read_offset(const struct date_tokens *tokens, size_t at, int *minutes, size_t *last)
{
	const struct date_token *sign = token_at(tokens, at), *hours = token_at(tokens, at + 1), *rest = token_at(tokens, at + 3);
	bool minus = token_is_sign(sign, '-') || token_is_sign(sign, 0x2212);
	size_t end = at + 2;

	if ((!minus && !token_is_sign(sign, '+')) || !token_is_number(hours, 1, 4) || hours->spaced)
		return false;
	int value = (int)(hours->digits >= 3 ? hours->value / 100 * 60 + hours->value % 100 : hours->value * 60);
	if (hours->digits < 3 && token_is_sign(token_at(tokens, at + 2), ':') && token_is_number(rest, 2, 2)) {
		value += (int)rest->value;
		end = at + 4;
	}
	if (value > 15 * 60)
		return false;
	*minutes = minus ? -value : value;
	*last = end;
	return true;
}

static void find_zone(const struct date_tokens *tokens, size_t at, struct date_match *match)
{
	int offset;
	size_t last;

	if (token_is_sign(token_at(tokens, at), '(') || token_is_sign(token_at(tokens, at), ','))
		at++;
	if (token_means(token_at(tokens, at), WORD_HOUR) ||
		(token_means(token_at(tokens, at), WORD_PARTICLE) && at + 1 < tokens->count))
		at++;
	const struct date_token *zone = token_at(tokens, at);
	if (token_means(zone, WORD_ZONE)) {
		last = at + 1;
		match->offset = zone->word->value;
		if (match->offset == 0 && !token_at(tokens, last)->spaced &&
			read_offset(tokens, last, &offset, &last)) /* GMT+2 */
			match->offset = offset;
	} else if (read_offset(tokens, at, &offset, &last)) {
		match->offset = offset;
	} else {
		return;
	}
	match->has_offset = true;
	match->last = last;
}

static bool parts_date_from_time(const struct date_token *token)
{
	static const uint32_t SIGNS[] = {',', '-', '|', '/', '(', ')', '.', ':', 0x2013, 0x2014, 0xB7, 0x2022, 0};

	if (token->kind == TOKEN_SIGN)
		return token_is_one_of(token, SIGNS);
	return token->kind == TOKEN_WORD &&
		(token_bytes(token) <= 1 || token_means(token, WORD_PARTICLE) || token_means(token, WORD_WEEKDAY) ||
			token_means(token, WORD_DAY));
}

static bool parts_time_from_date(const struct date_token *token)
{
	return token->kind == TOKEN_SIGN || token_means(token, WORD_ZONE) || token_means(token, WORD_WEEKDAY) ||
	       token_means(token, WORD_PARTICLE) || token_means(token, WORD_HOUR);
}

static bool find_behind(const struct date_tokens *tokens, struct date_match *match)
{
	size_t at = match->last;

	for (int i = 0; i < 5 && at < tokens->count; i++, at++) {
		if (dateclock_read(tokens, at, match, &match->last))
			return true;
		if (!parts_date_from_time(token_at(tokens, at)))
			return false;
	}
	return false;
}

/* A time that begins at `start` and ends where the date begins, but for what parts them. */
static bool read_before(const struct date_tokens *tokens, size_t start, struct date_match *match)
{
	struct date_match trial = *match;
	size_t last;

	if (start > 0 && token_is_sign(token_at(tokens, start - 1), ':'))
		return false;
	if (!dateclock_read(tokens, start, &trial, &last) || last > match->first)
		return false;
	for (size_t i = last; i < match->first; i++) {
		const struct date_token *token = token_at(tokens, i);
		if (!parts_time_from_date(token))
			return false;
		if (token_means(token, WORD_ZONE)) {
			trial.has_offset = true;
			trial.offset = token->word->value;
		}
	}
	*match = trial;
	match->first = start;
	return true;
}

void dateclock_find(const struct date_tokens *tokens, struct date_match *match)
{
	if (match->has_time || find_behind(tokens, match)) {
		find_zone(tokens, match->last, match);
		return;
	}
	for (size_t back = 3; back <= 8 && back <= match->first; back++)
		if (read_before(tokens, match->first - back, match))
			return;
}
