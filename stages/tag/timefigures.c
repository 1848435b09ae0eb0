/* timefigures: dates that are safe in any language: in figures, or a day, a month's name and a year of four digits. A name that two
 * languages share means the same month in both (checked by a test). */
#include "tag/timerules.h"

struct month_name {
	const char *name; /* lower case */
	int month;
};

/* German, French, Spanish, Portuguese, Italian, Dutch, Swedish, Danish and Norwegian, Polish and Czech (genitive), Indonesian, Turkish,
 * Russian and Ukrainian (genitive), Romanian, Finnish (partitive), Swahili, Greek (genitive), Arabic (of Egypt and of the Levant, names of
 * one word), Hindi; English names are tokens already. Case of ASCII letters is ignored. */
static const struct month_name MONTHS[] = {
	{"januar", 1}, {"jänner", 1}, {"février", 2}, {"februar", 2}, {"märz", 3}, {"mai", 5}, {"juni", 6}, {"juli", 7}, {"oktober", 10},
	{"dezember", 12}, {"janvier", 1}, {"mars", 3}, {"avril", 4}, {"juin", 6}, {"juillet", 7}, {"août", 8}, {"septembre", 9},
	{"octobre", 10}, {"novembre", 11}, {"décembre", 12}, {"enero", 1}, {"febrero", 2}, {"marzo", 3}, {"abril", 4}, {"mayo", 5},
	{"junio", 6}, {"julio", 7}, {"agosto", 8}, {"septiembre", 9}, {"octubre", 10}, {"noviembre", 11}, {"diciembre", 12},
	{"janeiro", 1}, {"fevereiro", 2}, {"março", 3}, {"maio", 5}, {"junho", 6}, {"julho", 7}, {"setembro", 9}, {"outubro", 10},
	{"novembro", 11}, {"dezembro", 12}, {"gennaio", 1}, {"febbraio", 2}, {"aprile", 4}, {"maggio", 5}, {"giugno", 6}, {"luglio", 7},
	{"settembre", 9}, {"ottobre", 10}, {"dicembre", 12}, {"januari", 1}, {"februari", 2}, {"maart", 3}, {"mei", 5}, {"augustus", 8},
	{"maj", 5}, {"augusti", 8}, {"marts", 3}, {"desember", 12}, {"stycznia", 1}, {"lutego", 2}, {"marca", 3}, {"kwietnia", 4},
	{"maja", 5}, {"czerwca", 6}, {"lipca", 7}, {"sierpnia", 8}, {"września", 9}, {"października", 10}, {"listopada", 11},
	{"grudnia", 12}, {"ledna", 1}, {"února", 2}, {"března", 3}, {"dubna", 4}, {"května", 5}, {"června", 6}, {"července", 7},
	{"srpna", 8}, {"září", 9}, {"října", 10}, {"prosince", 12}, {"maret", 3}, {"agustus", 8}, {"ocak", 1}, {"şubat", 2}, {"mart", 3},
	{"nisan", 4}, {"mayıs", 5}, {"haziran", 6}, {"temmuz", 7}, {"ağustos", 8}, {"eylül", 9}, {"ekim", 10}, {"kasım", 11},
	{"aralık", 12}, {"января", 1}, {"февраля", 2}, {"марта", 3}, {"апреля", 4}, {"мая", 5}, {"июня", 6}, {"июля", 7},
	{"августа", 8}, {"сентября", 9}, {"октября", 10}, {"ноября", 11}, {"декабря", 12}, {"січня", 1}, {"лютого", 2}, {"березня", 3},
	{"квітня", 4}, {"травня", 5}, {"червня", 6}, {"липня", 7}, {"серпня", 8}, {"вересня", 9}, {"жовтня", 10}, {"листопада", 11},
	{"грудня", 12}, {"ianuarie", 1}, {"februarie", 2}, {"martie", 3}, {"aprilie", 4}, {"iunie", 6}, {"iulie", 7}, {"septembrie", 9},
	{"octombrie", 10}, {"noiembrie", 11}, {"decembrie", 12}, {"tammikuuta", 1}, {"helmikuuta", 2}, {"maaliskuuta", 3}, {"huhtikuuta", 4},
	{"toukokuuta", 5}, {"kesäkuuta", 6}, {"heinäkuuta", 7}, {"elokuuta", 8}, {"syyskuuta", 9}, {"lokakuuta", 10}, {"marraskuuta", 11},
	{"joulukuuta", 12}, {"machi", 3}, {"aprili", 4}, {"julai", 7}, {"agosti", 8}, {"septemba", 9}, {"oktoba", 10}, {"novemba", 11},
	{"desemba", 12}, {"Ιανουαρίου", 1}, {"Φεβρουαρίου", 2}, {"Μαρτίου", 3}, {"Απριλίου", 4}, {"Μαΐου", 5}, {"Ιουνίου", 6},
	{"Ιουλίου", 7}, {"Αυγούστου", 8}, {"Σεπτεμβρίου", 9}, {"Οκτωβρίου", 10}, {"Νοεμβρίου", 11}, {"Δεκεμβρίου", 12}, {"يناير", 1},
	{"فبراير", 2}, {"مارس", 3}, {"أبريل", 4}, {"إبريل", 4}, {"ابريل", 4}, {"مايو", 5}, {"يونيو", 6}, {"يوليو", 7}, {"أغسطس", 8},
	{"سبتمبر", 9}, {"أكتوبر", 10}, {"نوفمبر", 11}, {"ديسمبر", 12}, {"شباط", 2}, {"آذار", 3}, {"نيسان", 4}, {"أيار", 5}, {"حزيران", 6},
	{"تموز", 7}, {"آب", 8}, {"أيلول", 9}, {"जनवरी", 1}, {"फरवरी", 2}, {"फ़रवरी", 2}, {"मार्च", 3}, {"अप्रैल", 4}, {"मई", 5}, {"जून", 6},
	{"जुलाई", 7}, {"अगस्त", 8}, {"सितंबर", 9}, {"सितम्बर", 9}, {"अक्टूबर", 10}, {"अक्तूबर", 10}, {"नवंबर", 11}, {"नवम्बर", 11},
	{"दिसंबर", 12}, {"दिसम्बर", 12},
};

static int month_named(const struct time_text *text, size_t at)
{
	if (kind_at(text, at) == TK_MONTH)
		return token_at(text, at)->value;
	if (kind_at(text, at) != TK_WORD)
		return 0;
	struct slice word = token_text(text, at);
	for (size_t i = 0; i < sizeof(MONTHS) / sizeof(MONTHS[0]); i++)
		if (slice_equal_nocase(word, slice_of(MONTHS[i].name)))
			return MONTHS[i].month;
	return 0;
}

/* de, di, of, den: between the parts of a date. */
static size_t skip_particle(const struct time_text *text, size_t at)
{
	return token_is(text, at, SLICE("de")) || token_is(text, at, SLICE("del")) ? at + 1 : at;
}

/* 5. März 2026, 12 de marzo de 2026, 1er mai 2026 */
static size_t named_date(const struct time_text *text, size_t at, struct time_expression *e)
{
	const struct time_token *day = token_at(text, at);
	if (day->kind != TK_NUMBER || day->digits > 2 || day->value < 1 || day->value > 31)
		return 0;
	size_t i = at + 1;
	if (is_glued(text, i) && (slice_is(token_text(text, i), ".") || token_is(text, i, SLICE("er")) || slice_is(token_text(text, i), "º")))
		i++;
	i = skip_particle(text, i);
	e->month = (int16_t)month_named(text, i);
	if (e->month == 0)
		return 0;
	i++;
	if (kind_at(text, i) == TK_SLASH && is_glued(text, i) && month_named(text, i + 1) == e->month)
		i += 2; /* both of its Arabic names */
	i = skip_particle(text, i);
	if (!year_at(text, i))
		return 0;
	e->form = FORM_CALENDAR;
	e->type = TIME_DATE;
	e->day = (int16_t)day->value;
	e->year = (int16_t)token_at(text, i)->value;
	return civil_valid((struct civil){e->year, e->month, e->day}) ? i + 1 : 0;
}

static bool sign_at(const struct time_text *text, size_t at, const char *chinese, const char *korean)
{
	return is_glued(text, at) && (slice_is(token_text(text, at), chinese) || slice_is(token_text(text, at), korean));
}

/* 2026年4月11日, 2026년 4월 11일 */
static size_t east_asian(const struct time_text *text, size_t at, struct time_expression *e)
{
	if (!year_at(text, at) || !sign_at(text, at + 1, "年", "년") || kind_at(text, at + 2) != TK_NUMBER || !sign_at(text, at + 3, "月", "월") ||
		kind_at(text, at + 4) != TK_NUMBER || !sign_at(text, at + 5, "日", "일"))
		return 0;
	e->form = FORM_CALENDAR;
	e->type = TIME_DATE;
	e->year = (int16_t)token_at(text, at)->value;
	e->month = (int16_t)token_at(text, at + 2)->value;
	e->day = (int16_t)token_at(text, at + 4)->value;
	return civil_valid((struct civil){e->year, e->month, e->day}) ? at + 6 : 0;
}

static bool number_token(const struct time_text *text, size_t at, unsigned least, unsigned most)
{
	const struct time_token *token = token_at(text, at);
	return token->kind == TK_NUMBER && token->digits >= least && token->digits <= most && !(token->flags & (TIMETOKEN_MONEY | TIMETOKEN_GROUPED));
}

/* T10:35[:00][Z] behind an ISO date. */
static size_t iso_clock(const struct time_text *text, size_t at, struct time_expression *e)
{
	size_t i = at + 1;
	if (!token_is(text, at, SLICE("T")) || !is_glued(text, at) || !number_token(text, i, 2, 2) || kind_at(text, i + 1) != TK_COLON ||
		!number_token(text, i + 2, 2, 2) || token_at(text, i)->value > 24 || token_at(text, i + 2)->value > 59)
		return at;
	e->hour = (int16_t)token_at(text, i)->value;
	e->minute = (int16_t)token_at(text, i + 2)->value;
	e->type = TIME_TIME;
	i += 3;
	if (kind_at(text, i) == TK_COLON && number_token(text, i + 1, 2, 2) && token_at(text, i + 1)->value < 60) {
		e->second = (int16_t)token_at(text, i + 1)->value;
		i += 2;
	}
	if (token_is(text, i, SLICE("Z")) && is_glued(text, i)) {
		e->zone = token_text(text, i);
		i++;
	}
	return i;
}

/* A script without spaces, or anything as far up in Unicode. */
static bool is_unspaced(struct slice word) { return word.len >= 3 && (unsigned char)word.ptr[0] >= 0xE3; }

static bool same_separator(const struct time_text *text, size_t at, enum time_kind kind)
{
	for (size_t i = at + 1; i <= at + 4; i++)
		if (!is_glued(text, i))
			return false;
	if (kind == TK_STOP && !(slice_is(token_text(text, at + 1), ".") && slice_is(token_text(text, at + 3), ".")))
		return false;
	enum time_kind behind = kind_at(text, at + 5);
	bool more = is_glued(text, at + 5) && (behind == TK_NUMBER || behind == kind || behind == TK_WORD) && !token_is(text, at + 5, SLICE("T"));
	bool ends = kind == TK_STOP && behind == TK_STOP && (!is_glued(text, at + 6) || kind_at(text, at + 6) == TK_END);
	more = more && !(behind == TK_WORD && is_unspaced(token_text(text, at + 5)));
	return kind_at(text, at + 1) == kind && kind_at(text, at + 3) == kind && (!more || ends);
}

/* 2026-04-11 (ISO 8601), 2026/4/11; 11.4.2026 and 11. 4. 2026 are day first wherever they are written; 4/11/2026 is read only where
 * one order is possible, or in English text by neither: then it is left alone. */
size_t rule_numeric(const struct time_text *text, size_t at, struct time_expression *e)
{
	bool unspaced = false; /* behind a Chinese sentence's end */
	if (at > 0 && kind_before(text, at) == TK_WORD && is_glued(text, at)) {
		struct slice word = token_text(text, at - 1);
		unspaced = word.len >= 3 && is_unspaced(slice_sub(word, word.len - 3, word.len));
	}
	if (kind_at(text, at) != TK_NUMBER || (is_glued(text, at) && at > 0 && kind_before(text, at) != TK_OPEN && kind_before(text, at) != TK_OTHER && !unspaced))
		return 0;
	e->form = FORM_CALENDAR;
	e->type = TIME_DATE;
	int first = token_at(text, at)->value, second = token_at(text, at + 2)->value, third = token_at(text, at + 4)->value;
	if (year_at(text, at) && number_token(text, at + 2, 1, 2) && number_token(text, at + 4, 1, 2) &&
		(same_separator(text, at, TK_HYPHEN) || same_separator(text, at, TK_SLASH))) {
		e->year = (int16_t)first;
		e->month = (int16_t)second;
		e->day = (int16_t)third;
	} else if (number_token(text, at, 1, 2) && number_token(text, at + 2, 1, 2) && year_at(text, at + 4)) {
		bool stops = same_separator(text, at, TK_STOP);
		if (!stops && !same_separator(text, at, TK_SLASH) && !same_separator(text, at, TK_HYPHEN))
			return 0;
		bool day_leads = stops || first > 12 || first == second;
		if (!day_leads && second <= 12)
			return 0;
		e->year = (int16_t)third;
		e->month = (int16_t)(day_leads ? second : first);
		e->day = (int16_t)(day_leads ? first : second);
	} else {
		return 0;
	}
	if (!civil_valid((struct civil){e->year, e->month, e->day}))
		return 0;
	return iso_clock(text, at + 5, e);
}

bool time_match_figures(const struct time_text *text, size_t at, struct time_expression *expression)
{
	if (kind_at(text, at) != TK_NUMBER)
		return false;
	struct time_expression e = {.hour = -1};
	size_t next = rule_numeric(text, at, &e);
	if (next == 0) {
		e = (struct time_expression){.hour = -1};
		next = text->south_slavic ? 0 : named_date(text, at, &e);
	}
	if (next == 0) {
		e = (struct time_expression){.hour = -1};
		next = east_asian(text, at, &e);
	}
	if (next == 0)
		return false;
	e.first = (uint32_t)at;
	e.last = (uint32_t)next;
	*expression = e;
	return true;
}
