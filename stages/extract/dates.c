/* dates: see dates.h. The text becomes a row of tokens (datetokens.c), and each form of a date is tried at each of them; the time
 * of day is looked for around a date that was found (dateclock.c). The hard thing is to take no number for a date: each form asks
 * for a year of four digits, or for two digits everywhere. */
#include "extract/dates.h"

#include "extract/dateclock.h"

static bool plausible(int64_t year, int64_t month, int64_t day)
{
	return year >= 1990 && year <= 2099 && month >= 1 && month <= 12 && day >= 1 &&
		day <= clock_days_in_month(year, (int)month);
}

static bool set_date(struct date_match *match, int64_t year, int64_t month, int64_t day)
{
	if (year >= 2533 && year <= 2642) /* Thai Buddhist era */
		year -= 543;
	if (!plausible(year, month, day))
		return false;
	match->year = year, match->month = (int)month, match->day = (int)day;
	return true;
}

/* A day of the Iranian calendar, whose years of 365 and 366 days come again in cycles of 33 (true from 1925 to 2087). */
static bool set_solar_date(struct date_match *match, int64_t year, int64_t month, int64_t day)
{
	static const int64_t NEW_YEAR_1403 = 19802; /* 2024-03-20, in days since 1970 */
	int month_in_year;
	if (year < 1369 || year > 1478 || month < 1 || month > 12 || day < 1 || day > (month <= 6 ? 31 : 30))
		return false;
	int64_t leap_days = (8 * year + 21) / 33 - (8 * 1403 + 21) / 33;
	int64_t days = NEW_YEAR_1403 + (year - 1403) * 365 + leap_days + (month <= 7 ? (month - 1) * 31 : (month - 7) * 30 + 186) + day - 1;
	clock_civil_from_days(days, &match->year, &month_in_year, &match->day);
	match->month = month_in_year;
	return plausible(match->year, match->month, match->day);
}

static int64_t full_year(const struct date_token *token)
{
	return token->digits == 2 ? 2000 + token->value : token->value;
}

/* 2024-05-02, 2024/5/2, 2024. 5. 2., 2024年5月2日, 2024년 5월 2일; 20240502. */
static bool match_year_first(const struct date_tokens *tokens, size_t at, struct date_match *match)
{
	const struct date_token *year = token_at(tokens, at), *s1 = token_at(tokens, at + 1), *month = token_at(tokens, at + 2),
	                   *s2 = token_at(tokens, at + 3), *day = token_at(tokens, at + 4);
	if (token_is_number(year, 8, 8)) {
		match->last = at + 1;
		return set_date(match, year->value / 10000, year->value / 100 % 100, year->value % 100);
	}
	if (token_is_number(year, 14, 14)) {
		int64_t date = year->value / 1000000, clock = year->value % 1000000;
		match->last = at + 1;
		match->has_time = clock / 10000 < 24 && clock / 100 % 100 < 60 && clock % 100 < 60;
		match->hour = (int)(clock / 10000), match->minute = (int)(clock / 100 % 100), match->second = (int)(clock % 100);
		return set_date(match, date / 10000, date / 100 % 100, date % 100);
	}
	if (!token_is_number(year, 4, 4) || !token_is_number(month, 1, 2))
		return false;
	bool cjk = token_means(s1, WORD_YEAR);
	bool sign = token_is_sign(s1, '-') || token_is_sign(s1, '/') || token_is_sign(s1, '.') || token_is_sign(s1, 0x2010) ||
		token_is_sign(s1, 0x2011);
	if (!cjk && !(sign && s2->kind == TOKEN_SIGN && s2->sign == s1->sign))
		return false;
	if (!token_is_number(day, 1, 2))
		return false;
	match->last = at + 5;
	if (cjk && token_at(tokens, at + 5)->kind == TOKEN_WORD)
		match->last++; /* 日 */
	else if (token_is_sign(token_at(tokens, at + 5), '.'))
		match->last++;
	if (year->value <= 1410) /* an Iranian year; one of the lunar calendar would be higher */
		return set_solar_date(match, year->value, month->value, day->value);
	return set_date(match, year->value, month->value, day->value);
}

/* Over at most so many signs and words that stand between the parts of a date. */
static size_t skip_fill(const struct date_tokens *tokens, size_t at, int most)
{
	static const uint32_t SIGNS[] = {',', '.', '-', '/', '\'', 0x60C, 0xBA, 0x2013, 0x200C, 0};

	for (int i = 0; i < most; i++, at++) {
		const struct date_token *token = token_at(tokens, at);
		if (!token_is_one_of(token, SIGNS) && !token_means(token, WORD_PARTICLE) && !token_means(token, WORD_ORDINAL))
			break;
	}
	return at;
}

/* 令和6年5月2日, 民國113年5月2日. */
static bool match_era(const struct date_tokens *tokens, size_t at, struct date_match *match)
{
	const struct date_token *era = token_at(tokens, at), *year = token_at(tokens, at + 1), *month = token_at(tokens, at + 3),
				*day = token_at(tokens, at + 5);
	if (!token_means(era, WORD_ERA) || !token_is_number(year, 1, 3) || !token_means(token_at(tokens, at + 2), WORD_YEAR) ||
		!token_is_number(month, 1, 2) || !token_is_number(day, 1, 2))
		return false;
	match->last = at + 6 + (token_at(tokens, at + 6)->kind == TOKEN_WORD);
	return set_date(match, era->word->value + year->value, month->value, day->value);
}

/* "ngày 2 tháng 5 năm 2024", "2 tháng 5, 2024". */
static bool match_named_unit(const struct date_tokens *tokens, size_t at, struct date_match *match)
{
	const struct date_token *day = token_at(tokens, at), *month = token_at(tokens, at + 2);
	if (!token_is_number(day, 1, 2) || !token_means(token_at(tokens, at + 1), WORD_MONTH_UNIT) || !token_is_number(month, 1, 2))
		return false;
	size_t i = skip_fill(tokens, at + 3, 2);
	if (!token_is_number(token_at(tokens, i), 4, 4))
		return false;
	match->last = i + 1;
	return set_date(match, token_at(tokens, i)->value, month->value, day->value);
}

/* 2.5.2024, 02/05/2024, 5-2-24. */
static bool match_numbers(const struct date_tokens *tokens, size_t at, enum date_order order, struct date_match *match)
{
	const struct date_token *a = token_at(tokens, at), *s1 = token_at(tokens, at + 1), *b = token_at(tokens, at + 2),
				*s2 = token_at(tokens, at + 3), *year = token_at(tokens, at + 4);
	if (!token_is_number(a, 1, 2) || !token_is_number(b, 1, 2) || s1->kind != TOKEN_SIGN || s2->kind != TOKEN_SIGN ||
		s1->sign != s2->sign)
		return false;
	if (!(token_is_number(year, 4, 4) || (token_is_number(year, 2, 2) && a->digits == 2 && b->digits == 2)))
		return false;
	if (s1->sign != '.' && s1->sign != '/' && s1->sign != '-')
		return false;
	if (year->digits == 2 && (s1->sign == '-' || year->value < 5 || token_is_sign(token_at(tokens, at + 5), s1->sign)))
		return false;
	bool month_first = s1->sign != '.' && order == DATE_MONTH_FIRST;
	int64_t day = month_first ? b->value : a->value, month = month_first ? a->value : b->value;
	if (month > 12 && s1->sign != '.') {
		int64_t swap = day;
		day = month, month = swap;
	}
	match->last = at + 5;
	return set_date(match, full_year(year), month, day);
}

/* "2 May 2024", "2. Mai 2024", "2 de mayo de 2024", "2nd of May, 2024", "02-May-2024". */
static bool match_day_month(const struct date_tokens *tokens, size_t at, struct date_match *match)
{
	const struct date_token *day = token_at(tokens, at);
	if (!token_is_number(day, 1, 2))
		return false;
	size_t i = skip_fill(tokens, at + 1, 3);
	const struct date_token *name = token_at(tokens, i);
	bool solar = token_means(name, WORD_SOLAR_MONTH);
	if (!solar && !token_means(name, WORD_MONTH))
		return false;
	i = skip_fill(tokens, i + 1, 3);
	const struct date_token *year = token_at(tokens, i);
	bool short_thai = token_is_number(year, 2, 2) && slice_starts(slice_sub(tokens->text, name->start, name->end), SLICE("\xE0\xB8"));
	if (!token_is_number(year, 4, 4) && !short_thai)
		return false;
	match->last = i + 1;
	if (solar)
		return set_solar_date(match, year->value, name->word->value, day->value);
	return set_date(match, short_thai ? 2500 + year->value : year->value, name->word->value, day->value);
}

/* "May 2, 2024", "May 2nd 2024"; "Thu May 02 20:53:56 +0000 2024" has the time inside. */
static bool match_month_day(const struct date_tokens *tokens, size_t at, struct date_match *match)
{
	if (!token_means(token_at(tokens, at), WORD_MONTH))
		return false;
	int month = token_at(tokens, at)->word->value;
	size_t i = skip_fill(tokens, at + 1, 1);
	const struct date_token *day = token_at(tokens, i);
	if (!token_is_number(day, 1, 2))
		return false;
	i = skip_fill(tokens, i + 1, 3);
	size_t after = i;
	if (!token_is_number(token_at(tokens, i), 4, 4) && dateclock_read(tokens, i, match, &after)) {
		const struct date_token *zone = token_at(tokens, after);
		if (token_means(zone, WORD_ZONE) || token_is_sign(zone, '+'))
			after += token_is_sign(zone, '+') ? 2 : 1;
		i = after;
	}
	if (!token_is_number(token_at(tokens, i), 4, 4)) {
		match->has_time = false;
		return false;
	}
	match->last = i + 1;
	return set_date(match, token_at(tokens, i)->value, month, day->value);
}

/* "2024. május 2.", "2024 m. gegužės 2 d.", "2024 May 2"; the day first: "2024. gada 2. maijs". */
static bool match_year_month(const struct date_tokens *tokens, size_t at, struct date_match *match)
{
	const struct date_token *year = token_at(tokens, at);
	if (!token_is_number(year, 4, 4))
		return false;
	size_t i = skip_fill(tokens, at + 1, 2);
	if (token_at(tokens, i)->kind == TOKEN_WORD && !token_means(token_at(tokens, i), WORD_MONTH) &&
		token_bytes(token_at(tokens, i)) <= 4)
		i = skip_fill(tokens, i + 1, 1);
	const struct date_token *first = token_at(tokens, i);
	i = skip_fill(tokens, i + 1, 1);
	const struct date_token *second = token_at(tokens, i);
	bool day_first = token_is_number(first, 1, 2) && i > at + 2;
	const struct date_token *month = day_first ? second : first, *day = day_first ? first : second;
	if (!token_means(month, WORD_MONTH) || !token_is_number(day, 1, 2))
		return false;
	match->last = i + 1 + (!day_first && token_is_sign(token_at(tokens, i + 1), '.'));
	return set_date(match, year->value, month->word->value, day->value);
}

/* The second Sunday of March to the first of November, by day: exact but for one night's hours. */
static bool us_daylight_saving(int64_t year, int month, int day)
{
	int64_t days = clock_days_from_civil(year, month, day);
	int64_t march = clock_days_from_civil(year, 3, 8), november = clock_days_from_civil(year, 11, 1);
	march += (10 - march % 7) % 7; /* 1970-01-01 was a Thursday: day 3 of the epoch is a Sunday */
	november += (10 - november % 7) % 7;
	return days >= march && days < november;
}

static struct instant instant_of(const struct date_match *match)
{
	struct instant instant = {.has_time = match->has_time, .has_offset = match->has_time && match->has_offset};
	int offset = instant.has_offset ? match->offset : 0;
	if (offset >= ZONE_OF_SEASONS - 12 * 60)
		offset = offset - ZONE_OF_SEASONS + (us_daylight_saving(match->year, match->month, match->day) ? 60 : 0);
	int64_t ms = clock_days_from_civil(match->year, match->month, match->day) * 86400000;
	if (match->has_time)
		ms += ((int64_t)match->hour * 3600 + match->minute * 60 + match->second - offset * 60) * 1000 +
			match->millisecond;
	instant.ms = ms;
	instant.offset_minutes = offset;
	return instant;
}

static bool match_at(const struct date_tokens *tokens, size_t at, enum date_order order, struct date_match *match)
{
	*match = (struct date_match){.first = at, .last = at};
	bool found = match_year_first(tokens, at, match) || match_numbers(tokens, at, order, match) ||
		match_era(tokens, at, match) || match_named_unit(tokens, at, match) || match_day_month(tokens, at, match) || match_month_day(tokens, at, match) || match_year_month(tokens, at, match);
	if (found)
		dateclock_find(tokens, match);
	return found;
}

static bool parse_epoch(struct slice text, struct instant *instant)
{
	int64_t value;
	if (!slice_to_int64(text, &value))
		return false;
	if (text.len == 10)
		value *= 1000;
	else if (text.len != 13)
		return false;
	*instant = (struct instant){.ms = value, .has_time = true, .has_offset = true};
	return value > INT64_C(631152000000) && value < INT64_C(4102444800000);
}

bool date_find(struct slice text, enum date_order order, struct instant *instant, size_t *start, size_t *end)
{
	struct date_tokens tokens;
	struct date_match match;
	text = slice_sub(text, 0, 600);
	while (text.len && text.len == 600 && ((unsigned char)text.ptr[text.len - 1] & 0x80))
		text.len--; /* no half code point */
	date_tokenize(&tokens, text);
	for (size_t at = 0; at < tokens.count; at++) {
		if (tokens.items[at].kind == TOKEN_SIGN)
			continue;
		if (at > 1 && tokens.items[at].kind == TOKEN_NUMBER && !tokens.items[at].spaced &&
			token_is_sign(&tokens.items[at - 1], '.') && tokens.items[at - 2].kind == TOKEN_NUMBER)
			continue; /* inside 1.2.3.2004 */
		if (!match_at(&tokens, at, order, &match))
			continue;
		const char *source = instant->source;
		*instant = instant_of(&match);
		instant->source = source;
		*start = tokens.items[match.first].start;
		*end = tokens.items[match.last - 1].end;
		return true;
	}
	return false;
}

bool date_parse(struct slice text, enum date_order order, struct instant *instant)
{
	size_t start, end;
	struct instant found = {.source = instant->source};
	text = slice_trim(text);
	if (text.len < 8)
		return false;
	const char *source = instant->source;
	if (parse_epoch(text, &found)) {
		*instant = found;
		instant->source = source;
		return true;
	}
	if (!date_find(text, order, &found, &start, &end) || start > 40)
		return false;
	*instant = found;
	instant->source = source;
	return true;
}

enum date_order date_order_of(struct slice language)
{
	if (language.len >= 5 && slice_starts_nocase(language, SLICE("en")))
		return slice_equal_nocase(slice_sub(language, 3, 5), SLICE("us")) ||
				slice_equal_nocase(slice_sub(language, 3, 5), SLICE("ph"))
			? DATE_MONTH_FIRST
			: DATE_DAY_FIRST;
	return slice_equal_nocase(language, SLICE("en")) ? DATE_MONTH_FIRST : DATE_DAY_FIRST;
}
