/* quantities: see quantities.h.
 *
 *   amount   := figures | number words, "half a", "and a half"; then magnitudes ("million", "bn", "crore")
 *   quantity := sign amount | amount unit | sign? amount (- | to) sign? amount unit? | ordinal
 *
 * What stands around an amount decides; a number with nothing around it is none. */
#include "tag/quantities.h"

#include "tag/currencies.h"
#include "tag/wordlist.h"

#define UNIT_TOKENS 4

struct unit {
	const char *word, *symbol; /* singular, lower case */
	enum quantity_type type;
};

static const struct unit units[] = {
	{"%", "percent", QUANTITY_PERCENT}, {"basis point", "basis point", QUANTITY_PERCENT}, {"pc", "percent", QUANTITY_PERCENT},
	{"pct", "percent", QUANTITY_PERCENT}, {"per cent", "percent", QUANTITY_PERCENT}, {"per-cent", "percent", QUANTITY_PERCENT},
	{"percent", "percent", QUANTITY_PERCENT}, {"percentage point", "percentage point", QUANTITY_PERCENT},
	{"acre", "acre", QUANTITY_MEASURE}, {"barrel", "bbl", QUANTITY_MEASURE}, {"bushel", "bushel", QUANTITY_MEASURE},
	{"carat", "carat", QUANTITY_MEASURE}, {"centimeter", "cm", QUANTITY_MEASURE}, {"centimetre", "cm", QUANTITY_MEASURE},
	{"cm", "cm", QUANTITY_MEASURE}, {"cubic feet", "ft3", QUANTITY_MEASURE}, {"cubic foot", "ft3", QUANTITY_MEASURE},
	{"cubic meter", "m3", QUANTITY_MEASURE}, {"cubic metre", "m3", QUANTITY_MEASURE}, {"degree", "degree", QUANTITY_MEASURE},
	{"degree celsius", "°C", QUANTITY_MEASURE}, {"degree centigrade", "°C", QUANTITY_MEASURE}, {"degree fahrenheit", "°F", QUANTITY_MEASURE},
	{"degrees celsius", "°C", QUANTITY_MEASURE}, {"degrees centigrade", "°C", QUANTITY_MEASURE},
	{"degrees fahrenheit", "°F", QUANTITY_MEASURE}, {"feet", "ft", QUANTITY_MEASURE}, {"foot", "ft", QUANTITY_MEASURE},
	{"ft", "ft", QUANTITY_MEASURE}, {"gallon", "gal", QUANTITY_MEASURE}, {"gb", "GB", QUANTITY_MEASURE},
	{"gigabyte", "GB", QUANTITY_MEASURE}, {"gigawatt", "GW", QUANTITY_MEASURE}, {"gram", "g", QUANTITY_MEASURE},
	{"gw", "GW", QUANTITY_MEASURE}, {"gwh", "GWh", QUANTITY_MEASURE}, {"ha", "ha", QUANTITY_MEASURE}, {"hectare", "ha", QUANTITY_MEASURE},
	{"horsepower", "hp", QUANTITY_MEASURE}, {"inch", "in", QUANTITY_MEASURE}, {"inches", "in", QUANTITY_MEASURE},
	{"kg", "kg", QUANTITY_MEASURE}, {"kilo", "kg", QUANTITY_MEASURE}, {"kilogram", "kg", QUANTITY_MEASURE},
	{"kilogramme", "kg", QUANTITY_MEASURE}, {"kilometer", "km", QUANTITY_MEASURE}, {"kilometers an hour", "km/h", QUANTITY_MEASURE},
	{"kilometers per hour", "km/h", QUANTITY_MEASURE}, {"kilometre", "km", QUANTITY_MEASURE},
	{"kilometres an hour", "km/h", QUANTITY_MEASURE}, {"kilometres per hour", "km/h", QUANTITY_MEASURE}, {"kilowatt", "kW", QUANTITY_MEASURE},
	{"km", "km", QUANTITY_MEASURE}, {"km/h", "km/h", QUANTITY_MEASURE}, {"kmh", "km/h", QUANTITY_MEASURE}, {"knot", "kn", QUANTITY_MEASURE},
	{"kph", "km/h", QUANTITY_MEASURE}, {"kw", "kW", QUANTITY_MEASURE}, {"kwh", "kWh", QUANTITY_MEASURE}, {"lb", "lb", QUANTITY_MEASURE},
	{"light year", "ly", QUANTITY_MEASURE}, {"light-year", "ly", QUANTITY_MEASURE}, {"liter", "l", QUANTITY_MEASURE},
	{"litre", "l", QUANTITY_MEASURE}, {"magnitude", "magnitude", QUANTITY_MEASURE}, {"mb", "MB", QUANTITY_MEASURE},
	{"megabyte", "MB", QUANTITY_MEASURE}, {"megawatt", "MW", QUANTITY_MEASURE}, {"meter", "m", QUANTITY_MEASURE},
	{"metre", "m", QUANTITY_MEASURE}, {"metric ton", "t", QUANTITY_MEASURE}, {"mile", "mi", QUANTITY_MEASURE},
	{"miles an hour", "mph", QUANTITY_MEASURE}, {"miles per hour", "mph", QUANTITY_MEASURE}, {"milligram", "mg", QUANTITY_MEASURE},
	{"millimeter", "mm", QUANTITY_MEASURE}, {"millimetre", "mm", QUANTITY_MEASURE}, {"mm", "mm", QUANTITY_MEASURE},
	{"mph", "mph", QUANTITY_MEASURE}, {"mw", "MW", QUANTITY_MEASURE}, {"mwh", "MWh", QUANTITY_MEASURE},
	{"nautical mile", "nmi", QUANTITY_MEASURE}, {"ounce", "oz", QUANTITY_MEASURE}, {"sq ft", "ft2", QUANTITY_MEASURE},
	{"sq km", "km2", QUANTITY_MEASURE}, {"square feet", "ft2", QUANTITY_MEASURE}, {"square foot", "ft2", QUANTITY_MEASURE},
	{"square kilometer", "km2", QUANTITY_MEASURE}, {"square kilometre", "km2", QUANTITY_MEASURE},
	{"square meter", "m2", QUANTITY_MEASURE}, {"square metre", "m2", QUANTITY_MEASURE}, {"square mile", "mi2", QUANTITY_MEASURE},
	{"terabyte", "TB", QUANTITY_MEASURE}, {"terawatt", "TW", QUANTITY_MEASURE}, {"ton", "ton", QUANTITY_MEASURE},
	{"tonne", "t", QUANTITY_MEASURE}, {"twh", "TWh", QUANTITY_MEASURE}, {"watt", "W", QUANTITY_MEASURE}, {"yard", "yd", QUANTITY_MEASURE},
	{"°", "degree", QUANTITY_MEASURE}, {"°c", "°C", QUANTITY_MEASURE}, {"°f", "°F", QUANTITY_MEASURE},
};

enum number_kind { NUMBER_ONES, NUMBER_TENS, NUMBER_HUNDRED, NUMBER_MAGNITUDE, NUMBER_ORDINAL };

/* Words that count, sorted. */
static const struct number_word {
	const char *word;
	enum number_kind kind;
	double value;
} number_words[] = {{"b", NUMBER_MAGNITUDE, 1e9}, {"billion", NUMBER_MAGNITUDE, 1e9}, {"billionth", NUMBER_ORDINAL, 1e9},
	{"bln", NUMBER_MAGNITUDE, 1e9}, {"bn", NUMBER_MAGNITUDE, 1e9}, {"crore", NUMBER_MAGNITUDE, 1e7}, {"crores", NUMBER_MAGNITUDE, 1e7},
	{"dozen", NUMBER_MAGNITUDE, 12}, {"eight", NUMBER_ONES, 8}, {"eighteen", NUMBER_ONES, 18}, {"eighteenth", NUMBER_ORDINAL, 18},
	{"eighth", NUMBER_ORDINAL, 8}, {"eightieth", NUMBER_ORDINAL, 80}, {"eighty", NUMBER_TENS, 80}, {"eleven", NUMBER_ONES, 11},
	{"eleventh", NUMBER_ORDINAL, 11}, {"fifteen", NUMBER_ONES, 15}, {"fifteenth", NUMBER_ORDINAL, 15}, {"fifth", NUMBER_ORDINAL, 5},
	{"fiftieth", NUMBER_ORDINAL, 50}, {"fifty", NUMBER_TENS, 50}, {"first", NUMBER_ORDINAL, 1}, {"five", NUMBER_ONES, 5},
	{"fortieth", NUMBER_ORDINAL, 40}, {"forty", NUMBER_TENS, 40}, {"four", NUMBER_ONES, 4}, {"fourteen", NUMBER_ONES, 14},
	{"fourteenth", NUMBER_ORDINAL, 14}, {"fourth", NUMBER_ORDINAL, 4}, {"hundred", NUMBER_HUNDRED, 100}, {"hundredth", NUMBER_ORDINAL, 100},
	{"k", NUMBER_MAGNITUDE, 1e3}, {"lakh", NUMBER_MAGNITUDE, 1e5}, {"lakhs", NUMBER_MAGNITUDE, 1e5}, {"m", NUMBER_MAGNITUDE, 1e6},
	{"million", NUMBER_MAGNITUDE, 1e6}, {"millionth", NUMBER_ORDINAL, 1e6}, {"mln", NUMBER_MAGNITUDE, 1e6}, {"mn", NUMBER_MAGNITUDE, 1e6},
	{"nine", NUMBER_ONES, 9}, {"nineteen", NUMBER_ONES, 19}, {"nineteenth", NUMBER_ORDINAL, 19}, {"ninetieth", NUMBER_ORDINAL, 90},
	{"ninety", NUMBER_TENS, 90}, {"ninth", NUMBER_ORDINAL, 9}, {"one", NUMBER_ONES, 1}, {"second", NUMBER_ORDINAL, 2},
	{"seven", NUMBER_ONES, 7}, {"seventeen", NUMBER_ONES, 17}, {"seventeenth", NUMBER_ORDINAL, 17}, {"seventh", NUMBER_ORDINAL, 7},
	{"seventieth", NUMBER_ORDINAL, 70}, {"seventy", NUMBER_TENS, 70}, {"six", NUMBER_ONES, 6}, {"sixteen", NUMBER_ONES, 16},
	{"sixteenth", NUMBER_ORDINAL, 16}, {"sixth", NUMBER_ORDINAL, 6}, {"sixtieth", NUMBER_ORDINAL, 60}, {"sixty", NUMBER_TENS, 60},
	{"ten", NUMBER_ONES, 10}, {"tenth", NUMBER_ORDINAL, 10}, {"third", NUMBER_ORDINAL, 3}, {"thirteen", NUMBER_ONES, 13},
	{"thirteenth", NUMBER_ORDINAL, 13}, {"thirtieth", NUMBER_ORDINAL, 30}, {"thirty", NUMBER_TENS, 30}, {"thousand", NUMBER_MAGNITUDE, 1e3},
	{"thousandth", NUMBER_ORDINAL, 1e3}, {"three", NUMBER_ONES, 3}, {"tn", NUMBER_MAGNITUDE, 1e12}, {"trillion", NUMBER_MAGNITUDE, 1e12},
	{"trn", NUMBER_MAGNITUDE, 1e12}, {"twelfth", NUMBER_ORDINAL, 12}, {"twelve", NUMBER_ONES, 12}, {"twentieth", NUMBER_ORDINAL, 20},
	{"twenty", NUMBER_TENS, 20}, {"two", NUMBER_ONES, 2}, {"zero", NUMBER_ONES, 0}};

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* What is read, and how far. */
struct reading {
	const struct tokens *tokens;
	const struct quantity_places *places;
	size_t floor; /* no quantity may begin before it */
};

/* A number and the tokens that it takes. */
struct amount {
	size_t first, last;
	double value, factor; /* factor: of the magnitudes behind it, 1 without */
	bool figures;
};

static struct slice text_at(const struct tokens *tokens, size_t index)
{
	return index < tokens->count ? tokens->items[index].text : SLICE_NONE;
}

static bool is_at(const struct tokens *tokens, size_t index, const char *word)
{
	return slice_equal_nocase(text_at(tokens, index), slice_of(word));
}

static bool is_glued(const struct tokens *tokens, size_t index)
{
	return index < tokens->count && tokens->items[index].flags & TOKEN_GLUED;
}

static bool same_sentence(const struct tokens *tokens, size_t a, size_t b)
{
	return b < tokens->count && tokens->items[a].sentence == tokens->items[b].sentence;
}

/* A hyphen or dash that touches what stands on both its sides. */
static bool joins_at(const struct tokens *tokens, size_t index)
{
	struct slice text = text_at(tokens, index);

	return is_glued(tokens, index) && is_glued(tokens, index + 1) && (slice_is(text, "-") || slice_is(text, "–") || slice_is(text, "‑"));
}

static const struct number_word *number_word(struct slice text)
{
	char lower[12];
	size_t low = 0, high = COUNT(number_words);

	if (text.len == 0 || text.len >= sizeof lower || !strchr("bcdefhklmnostzBCDEFHKLMNOSTZ", text.ptr[0]))
		return NULL;
	for (size_t i = 0; i < text.len; i++)
		lower[i] = byte_lower(text.ptr[i]);
	lower[text.len] = '\0';
	while (low < high) {
		size_t middle = (low + high) / 2;
		int order = strcmp(lower, number_words[middle].word);
		if (order == 0)
			return &number_words[middle];
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}

static bool figures(struct slice text, double *value)
{
	char digits[40];
	size_t length = 0;

	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] == ',')
			continue;
		if (text.ptr[i] == ':' || length + 1 >= sizeof digits)
			return false;
		digits[length++] = text.ptr[i];
	}
	return slice_to_double((struct slice){digits, length}, value);
}

/* --- amounts ------------------------------------------------------------------------------- */

static bool is_figures(const struct tokens *tokens, size_t at, size_t least, size_t most)
{
	struct slice text = text_at(tokens, at);

	for (size_t i = 0; i < text.len; i++)
		if (!byte_is_digit(text.ptr[i]))
			return false;
	return text.len >= least && text.len <= most;
}

/* "10 000": thousands parted by a space. */
static void add_groups(const struct tokens *tokens, struct amount *amount)
{
	if (!is_figures(tokens, amount->first, 1, 3))
		return;
	while (same_sentence(tokens, amount->first, amount->last) && is_figures(tokens, amount->last, 3, 3) && !is_glued(tokens, amount->last)) {
		double thousandths = 0;
		if (!figures(text_at(tokens, amount->last), &thousandths))
			return;
		amount->value = amount->value * 1000 + thousandths;
		amount->last++;
	}
}

/* "½" that touches its figure, " 1/2", "and a half": adds it. */
static void add_fraction(const struct tokens *tokens, struct amount *amount)
{
	static const struct {
		const char *sign;
		double value;
	} signs[] = {{"½", 0.5}, {"¼", 0.25}, {"¾", 0.75}};
	size_t at = amount->last;
	double lower, upper;

	for (size_t i = 0; i < COUNT(signs); i++)
		if (amount->figures && is_glued(tokens, at) && slice_is(text_at(tokens, at), signs[i].sign)) {
			amount->value += signs[i].value;
			amount->last++;
			return;
		}
	if (!same_sentence(tokens, amount->first, at + 2))
		return;
	if (slice_is(text_at(tokens, at + 1), "/") && is_glued(tokens, at + 1) && is_glued(tokens, at + 2) && !is_glued(tokens, at) &&
		figures(text_at(tokens, at), &lower) && figures(text_at(tokens, at + 2), &upper) && lower < upper && amount->figures) {
		amount->value += lower / upper;
		amount->last += 3;
	} else if (is_at(tokens, at, "and") && is_at(tokens, at + 1, "a") && is_at(tokens, at + 2, "half")) {
		amount->value += 0.5;
		amount->last += 3;
	}
}

/* Magnitudes behind a number; one of a letter or two must touch its figure. */
static void multiply(const struct tokens *tokens, struct amount *amount)
{
	for (;;) {
		size_t at = amount->last, skip = joins_at(tokens, at);
		if (!same_sentence(tokens, amount->first, at + skip))
			return;
		const struct number_word *word = number_word(text_at(tokens, at + skip));
		if (!word || (word->kind != NUMBER_MAGNITUDE && word->kind != NUMBER_HUNDRED))
			return;
		size_t letters = text_at(tokens, at + skip).len;
		if (letters < 3 && (skip || !amount->figures || (letters == 1 && !is_glued(tokens, at))))
			return;
		amount->value *= word->value;
		amount->factor *= word->value;
		amount->last = at + skip + 1;
	}
}

/* "two hundred and fifty thousand", "twenty-five", "a million" (from "million" on). */
static bool spelled(const struct tokens *tokens, size_t at, struct amount *amount)
{
	double total = 0, current = 0;
	bool any = false, after_article = at > 0 && (is_at(tokens, at - 1, "a") || is_at(tokens, at - 1, "an"));
	enum number_kind last = NUMBER_MAGNITUDE;

	amount->last = at;
	for (size_t i = at; same_sentence(tokens, at, i); i++) {
		size_t skip = any && joins_at(tokens, i) ? 1 : any && last >= NUMBER_HUNDRED && is_at(tokens, i, "and") ? 1 : 0;
		const struct number_word *word = same_sentence(tokens, at, i + skip) ? number_word(text_at(tokens, i + skip)) : NULL;
		if (!word || word->kind == NUMBER_ORDINAL || (text_at(tokens, i + skip).len < 3 && word->kind == NUMBER_MAGNITUDE))
			break;
		if (any && word->kind <= NUMBER_TENS && (last == NUMBER_ONES || (last == NUMBER_TENS && word->value > 9)))
			break; /* "five ten": two numbers */
		if (!any && word->kind >= NUMBER_HUNDRED) {
			if (!after_article)
				return false;
			current = 1;
		}
		if (word->kind <= NUMBER_TENS) {
			current += word->value;
		} else if (word->kind == NUMBER_HUNDRED) {
			current = (current > 0 ? current : 1) * 100;
		} else {
			total += current * word->value;
			amount->factor = word->value;
			current = 0;
		}
		last = word->kind;
		any = true;
		i += skip;
		amount->last = i + 1;
	}
	amount->value = total + current;
	return any;
}

/* "half a million", "half-million"; without a magnitude a unit must follow ("half a mile"). */
static bool halved(const struct tokens *tokens, size_t at, struct amount *amount)
{
	size_t next = at + 1;

	if (!is_at(tokens, at, "half") || !same_sentence(tokens, at, at + 2))
		return false;
	if (!is_at(tokens, next, "a") && !is_at(tokens, next, "an") && !joins_at(tokens, next))
		return false;
	amount->value = 0.5;
	amount->last = next + 1;
	const struct number_word *word = number_word(text_at(tokens, next + 1));
	if (word && word->kind >= NUMBER_HUNDRED && word->kind <= NUMBER_MAGNITUDE && text_at(tokens, next + 1).len > 2) {
		amount->value *= word->value;
		amount->factor = word->value;
		amount->last++;
	}
	return true;
}

static bool read_amount(const struct tokens *tokens, size_t at, struct amount *amount)
{
	*amount = (struct amount){.first = at, .last = at + 1, .factor = 1};
	if (at >= tokens->count)
		return false;
	if (tokens->items[at].flags & TOKEN_NUMBER) {
		if (!figures(text_at(tokens, at), &amount->value))
			return false;
		amount->figures = true;
		add_groups(tokens, amount);
		add_fraction(tokens, amount);
		multiply(tokens, amount);
		return true;
	}
	if (halved(tokens, at, amount))
		return true;
	if (!spelled(tokens, at, amount))
		return false;
	add_fraction(tokens, amount);
	multiply(tokens, amount);
	return true;
}

/* --- what stands around -------------------------------------------------------------------- */

/* The code of a name that countries share: as the word before it tells ("Kenyan shillings"), else as the article's countries do, if
 * they agree. */
static const char *shared_code(const struct reading *r, const struct currency_name *name, size_t beside)
{
	const char *code = NULL;

	if (!r->places || !name->shared)
		return name->code;
	if (r->places->tokens && beside < r->tokens->count && r->places->tokens[beside].letters[0])
		return currency_in(name, r->places->tokens[beside].letters);
	if (name->plain == 2 || slice_is(slice_of(name->word), "dollar"))
		return name->code; /* abroad, too, they are mostly these */
	for (size_t i = 0; i < r->places->article_count; i++) {
		const char *own = currency_in(name, r->places->article[i].letters);
		if (own && code && strcmp(own, code) != 0)
			return name->code;
		code = own ? own : code;
	}
	return code ? code : name->code;
}

static bool weighs(const struct tokens *tokens, size_t at)
{
	for (size_t i = at; i > 0 && i + 5 > at && same_sentence(tokens, at, i - 1); i--) {
		struct slice text = text_at(tokens, i - 1);
		if (slice_starts_nocase(text, SLICE("weigh")) || slice_is(text, "lost") || slice_is(text, "gained"))
			return true;
	}
	return false;
}

/* "dollars", "Kenyan shillings", behind the amount and perhaps a hyphen; the tokens it takes. */
static size_t currency_behind(const struct reading *r, const struct amount *amount, struct quantity *found)
{
	const struct tokens *tokens = r->tokens;
	size_t skip = joins_at(tokens, amount->last), at = amount->last + skip, words = 0, beside = SIZE_MAX;

	if (!same_sentence(tokens, amount->first, at))
		return 0;
	while (words < 3 && r->places && r->places->tokens && same_sentence(tokens, at, at + words) &&
		(r->places->tokens[at + words].letters[0] || is_at(tokens, at + words, "CFA")))
		beside = at + words++;
	if (words == 0 && (is_at(tokens, at, "US") || is_at(tokens, at, "U.S.")) && currency_named(text_at(tokens, at + 1)))
		words = 1;
	bool region = (is_at(tokens, at, "West") || is_at(tokens, at, "Central")) && is_at(tokens, at + 1, "African") && is_at(tokens, at + 2, "CFA");
	if (region)
		words = 3;
	if (!same_sentence(tokens, at, at + words))
		return 0;
	struct slice text = text_at(tokens, at + words);
	const struct currency_name *name = currency_named(text);
	if (region && name) {
		found->unit = is_at(tokens, at, "West") ? "XOF" : "XAF";
		return skip + words + 1;
	}
	if (!name) {
		bool code = words == 0 && (found->unit = currency_of_code(text));
		bool pence = words == 0 && !skip && slice_is(text, "p") && is_glued(tokens, at) && amount->figures && amount->value < 200;
		found->unit = pence ? "penny" : found->unit;
		return code || pence ? skip + 1 : 0;
	}
	bool counted = (amount->figures && amount->value >= 100) || amount->factor >= 1000;
	if (name->plain == 1 && !counted && words == 0)
		return 0;
	if (name->plain == 2 && words == 0 && amount->factor < 1000 &&
		((skip && !slice_equal_nocase(text, SLICE("pounds"))) || is_at(tokens, at + 1, "of") || weighs(tokens, amount->first))) {
		found->type = QUANTITY_MEASURE;
		found->unit = "lb";
		return skip + 1;
	}
	found->unit = shared_code(r, name, beside);
	return skip + words + 1 + (slice_is(slice_of(name->word), "pound") && is_at(tokens, at + words + 1, "sterling"));
}

/* A unit of up to four words behind the amount, perhaps behind a hyphen; the tokens it takes. */
static size_t unit_behind(const struct tokens *tokens, const struct amount *amount, struct quantity *found)
{
	size_t skip = joins_at(tokens, amount->last), at = amount->last + skip;

	if (!same_sentence(tokens, amount->first, at))
		return 0;
	char first = byte_lower(text_at(tokens, at).ptr[0]);
	for (size_t words = UNIT_TOKENS; words > 0; words--) {
		if (!same_sentence(tokens, amount->first, at + words - 1))
			continue;
		struct slice text = tokens_span(tokens, at, at + words - 1);
		bool plural = text.len > 3 && byte_lower(text.ptr[text.len - 1]) == 's';
		for (size_t i = 0; i < COUNT(units); i++) {
			if (units[i].word[0] != first)
				continue;
			if (!slice_equal_nocase(text, slice_of(units[i].word)) &&
				!(plural && slice_equal_nocase(slice_sub(text, 0, text.len - 1), slice_of(units[i].word))))
				continue;
			found->type = units[i].type;
			found->unit = units[i].symbol;
			return skip + words;
		}
	}
	if (amount->figures && is_glued(tokens, at) && (slice_is(text_at(tokens, at), "C") || slice_is(text_at(tokens, at), "F"))) {
		found->type = QUANTITY_MEASURE;
		found->unit = slice_is(text_at(tokens, at), "C") ? "°C" : "°F";
		return skip + 1;
	}
	return 0;
}

/* "10 inches" behind feet, as "10in", "-10", "-10-inch": adds them. */
static void add_inches(const struct tokens *tokens, struct quantity *found)
{
	size_t skip = joins_at(tokens, found->last), at = found->last + skip;
	double inches;

	if (!slice_is(slice_of(found->unit), "ft") || !same_sentence(tokens, found->first, at) ||
		!(tokens->items[at].flags & TOKEN_NUMBER) || !figures(text_at(tokens, at), &inches) || inches >= 12)
		return;
	size_t mark = at + 1 + joins_at(tokens, at + 1);
	bool unit = is_at(tokens, mark, "in") || is_at(tokens, mark, "ins") || is_at(tokens, mark, "inch") || is_at(tokens, mark, "inches");
	if (unit && is_at(tokens, mark, "in") && !is_glued(tokens, mark))
		unit = false; /* "6ft 2 in the air" */
	if (!unit && !skip)
		return;
	found->value += inches / 12;
	found->last = (uint32_t)(unit ? mark + 1 : at + 1);
}

/* The sign or the letters right before an amount; the tokens they take. */
static size_t sign_before(const struct reading *r, size_t at, const char **code)
{
	const struct tokens *tokens = r->tokens;
	const struct currency_name *name;

	if (at <= r->floor)
		return 0;
	const struct token *sign = &tokens->items[at - 1];
	bool stop = slice_is(sign->text, ".") && sign->flags & TOKEN_GLUED; /* "Rs. 500" */
	if (stop && (at < r->floor + 2 || !same_sentence(tokens, at, at - 1)))
		return 0;
	if (stop)
		sign--;
	size_t taken = stop ? 2 : 1;
	if (!same_sentence(tokens, at, at - taken))
		return 0;
	if (!stop && (*code = currency_of_sign(sign->text)) && *code[0] != 'c') {
		if (sign->text.ptr[0] != '$' || at < r->floor + 2 || !(sign->flags & TOKEN_GLUED) || !same_sentence(tokens, at, at - 2))
			return 1;
		const char *other = currency_of_dollar(sign[-1].text);
		*code = other ? other : *code;
		return other ? 2 : 1;
	}
	if (sign->flags & TOKEN_GLUED && at > taken && slice_is(sign->text, "¢") && is_at(tokens, at - 2, "GH")) {
		*code = "GHS";
		return 2;
	}
	if (!(sign->flags & TOKEN_CAPITAL) || tokens->items[at].flags & TOKEN_SHOUTED || !currency_of_letters(sign->text, code, &name))
		return 0;
	if (name)
		*code = shared_code(r, name, SIZE_MAX);
	return taken;
}

/* "RM300", "EUR50m", "N45,000": letters and figures in one token. A single letter wants a large sum. */
static bool glued_money(const struct reading *r, size_t at, struct quantity *found)
{
	static const struct {
		char letter;
		const char *code;
	} singles[] = {{'N', "NGN"}, {'R', "ZAR"}, {'K', NULL}, {'P', NULL}};
	const struct tokens *tokens = r->tokens;
	struct slice text = text_at(tokens, at);
	size_t letters = 0, digits, end;
	const struct currency_name *name;
	char number[48];

	if ((tokens->items[at].flags & (TOKEN_WORD | TOKEN_CAPITAL | TOKEN_SHOUTED)) != (TOKEN_WORD | TOKEN_CAPITAL))
		return false;
	while (letters < text.len && letters < 5 && byte_is_alpha(text.ptr[letters]))
		letters++;
	for (digits = letters; digits < text.len && (byte_is_digit(text.ptr[digits]) || (text.ptr[digits] == '.' && digits > letters));)
		digits++;
	if (letters == 0 || digits == letters || digits - letters > 15)
		return false;
	struct slice rest = slice_sub(text, digits, text.len);
	size_t length = digits - letters;
	memcpy(number, text.ptr + letters, length);
	bool grouped = false;
	for (end = at + 1; rest.len == 0 && is_glued(tokens, end) && is_glued(tokens, end + 1) && tokens->items[end + 1].flags & TOKEN_NUMBER &&
		text_at(tokens, end + 1).len + length + 2 < sizeof number;
		end += 2) {
		bool comma = slice_is(text_at(tokens, end), ",");
		if (!comma && !slice_is(text_at(tokens, end), "."))
			break;
		grouped |= comma;
		if (!comma)
			number[length++] = '.';
		struct slice more = text_at(tokens, end + 1);
		memcpy(number + length, more.ptr, more.len);
		length += more.len;
	}
	struct amount amount = {.first = at, .last = end, .factor = 1, .figures = true};
	if (!figures((struct slice){number, length}, &amount.value))
		return false;
	const struct number_word *word = rest.len ? number_word(rest) : NULL;
	if (rest.len && (!word || word->kind != NUMBER_MAGNITUDE))
		return false;
	if (word)
		amount.value *= amount.factor = word->value;
	else
		multiply(tokens, &amount);
	*found = (struct quantity){.first = (uint32_t)at, .last = (uint32_t)amount.last, .type = QUANTITY_MONEY, .value = amount.value,
		.most = amount.value};
	struct slice prefix = slice_sub(text, 0, letters);
	if (letters == 1) {
		for (size_t i = 0; i < COUNT(singles); i++)
			if (singles[i].letter == prefix.ptr[0] && (amount.factor >= 1000 || (grouped && amount.value >= 1000))) {
				found->unit = singles[i].code;
				return true;
			}
		return false;
	}
	if (!currency_of_letters(prefix, &found->unit, &name))
		return false;
	if (name)
		found->unit = shared_code(r, name, SIZE_MAX);
	return true;
}

/* --- quantities ---------------------------------------------------------------------------- */

/* Words that count time when "second" is one of them: "per second", "one second", "a second later". */
static bool is_unit_of_time(const struct tokens *tokens, size_t at)
{
	struct slice next = text_at(tokens, at + 1);

	if (!is_at(tokens, at, "second"))
		return false;
	if (at > 0 && (is_at(tokens, at - 1, "per") || is_at(tokens, at - 1, "split") || is_at(tokens, at - 1, "one") || is_at(tokens, at - 1, "-")))
		return !(is_at(tokens, at - 1, "-") && at > 1 && number_word(text_at(tokens, at - 2)) && number_word(text_at(tokens, at - 2))->kind == NUMBER_TENS);
	return at > 0 && is_at(tokens, at - 1, "a") &&
	       (next.len == 0 || is_at(tokens, at + 1, "later") || is_at(tokens, at + 1, "or") || tokens->items[at + 1].flags & TOKEN_PUNCT);
}

/* "a third of", "one-fifth", "two thirds": shares, not ranks. */
static bool is_fraction(const struct tokens *tokens, size_t at)
{
	size_t before = at > 0 && slice_is(text_at(tokens, at - 1), "-") ? at - 1 : at;

	if (before == 0 || !same_sentence(tokens, at, before - 1))
		return false;
	const struct number_word *word = number_word(text_at(tokens, before - 1));
	if (word && (word->kind == NUMBER_ONES || word->kind == NUMBER_MAGNITUDE))
		return true;
	bool article = is_at(tokens, before - 1, "a") || is_at(tokens, before - 1, "an");
	return (article && (is_at(tokens, at + 1, "of") || (before > 1 && is_at(tokens, before - 2, "by")))) || is_at(tokens, before - 1, "by");
}

/* "third", "twenty-first", "14th", "No. 1". */
static bool ordinal_at(const struct tokens *tokens, size_t at, struct quantity *found)
{
	struct slice next = text_at(tokens, at + 1);
	const struct number_word *word = number_word(text_at(tokens, at));
	double tens = 0;

	*found = (struct quantity){.first = (uint32_t)at, .last = (uint32_t)at + 1, .type = QUANTITY_ORDINAL};
	if (word && word->kind == NUMBER_TENS && joins_at(tokens, at + 1)) {
		const struct number_word *ones = number_word(text_at(tokens, at + 2));
		if (!ones || ones->kind != NUMBER_ORDINAL || ones->value > 9)
			return false;
		tens = word->value;
		word = ones;
		found->last += 2;
	}
	if (word && word->kind == NUMBER_ORDINAL) {
		found->value = found->most = tens + word->value;
		return tens > 0 || !(is_unit_of_time(tokens, at) || is_fraction(tokens, at));
	}
	bool number = tokens->items[at].flags & TOKEN_CAPITAL && (slice_is(text_at(tokens, at), "No") || slice_is(text_at(tokens, at), "Nos"));
	if (number && slice_is(next, ".") && is_glued(tokens, at + 1) && same_sentence(tokens, at, at + 2) &&
		tokens->items[at + 2].flags & TOKEN_NUMBER && text_at(tokens, at + 2).len < 5) {
		found->last += 2;
		return figures(text_at(tokens, at + 2), &found->value) && (found->most = found->value) > 0;
	}
	if (!(tokens->items[at].flags & TOKEN_NUMBER) || !is_glued(tokens, at + 1))
		return false;
	if (!slice_is(next, "st") && !slice_is(next, "nd") && !slice_is(next, "rd") && !slice_is(next, "th"))
		return false;
	found->last++;
	return figures(text_at(tokens, at), &found->value) && (found->most = found->value) > 0;
}

/* "5-7", "2 to 3", "between 5 and 7": the amount behind, if the two make a range. */
static bool range_behind(const struct reading *r, const struct amount *low, bool sign, struct amount *high)
{
	const struct tokens *tokens = r->tokens;
	size_t at = low->last;
	bool between = low->first > sign && is_at(tokens, low->first - sign - 1, "between");

	if (low->factor != 1 || !same_sentence(tokens, low->first, at + 1))
		return false;
	if (!joins_at(tokens, at) && !is_at(tokens, at, "to") && !(between && is_at(tokens, at, "and")))
		return false;
	at++;
	if (sign && currency_of_sign(text_at(tokens, at)) && slice_equal(text_at(tokens, at), text_at(tokens, low->first - 1)))
		at++;
	if (!same_sentence(tokens, low->first, at) || !read_amount(tokens, at, high))
		return false;
	return high->value > low->value;
}

/* "magnitude 6.1", "magnitude-6.1" */
static bool magnitude_before(const struct reading *r, size_t at, struct quantity *found)
{
	size_t skip = at > r->floor && slice_is(text_at(r->tokens, at - 1), "-");

	if (at < r->floor + 1 + skip || !same_sentence(r->tokens, at, at - skip - 1) || !is_at(r->tokens, at - skip - 1, "magnitude") || found->value >= 11)
		return false;
	found->first = (uint32_t)(at - skip - 1);
	found->type = QUANTITY_MEASURE;
	found->unit = "magnitude";
	return true;
}

/* "In 2019 euros were scarce": four bare figures behind such a word are a year. */
static bool is_year(const struct tokens *tokens, const struct amount *amount)
{
	static const char *const before[] = {"by", "during", "in", "since", "until"};

	return amount->last == amount->first + 1 && is_figures(tokens, amount->first, 4, 4) && amount->value >= 1900 && amount->value < 2100 &&
	       amount->first > 0 && wordlist_has(WORDLIST(before), text_at(tokens, amount->first - 1));
}

/* "-5%", "minus 5 degrees": the sign belongs to it. */
static void add_minus(const struct reading *r, struct quantity *found)
{
	const struct tokens *tokens = r->tokens;
	size_t at = found->first;

	if (at <= r->floor || found->most > found->value || !same_sentence(tokens, at, at - 1))
		return;
	struct slice sign = text_at(tokens, at - 1);
	bool mark = (slice_is(sign, "-") || slice_is(sign, "−")) && is_glued(tokens, at) && !is_glued(tokens, at - 1);
	if (!mark && !(slice_is(sign, "minus") && !is_glued(tokens, at)))
		return;
	found->first--;
	found->value = found->most = -found->value;
}

static bool quantity_at(const struct reading *r, size_t at, struct quantity *found)
{
	const struct tokens *tokens = r->tokens;
	const char *code = NULL;
	struct amount low, high;

	if (ordinal_at(tokens, at, found))
		return true;
	if (tokens->items[at].text.len > 1 && tokens->items[at].flags & TOKEN_CAPITAL && glued_money(r, at, found))
		return true;
	if (!read_amount(tokens, at, &low))
		return false;
	size_t signs = sign_before(r, at, &code);
	if (!signs && is_year(tokens, &low))
		return false;
	bool range = range_behind(r, &low, signs > 0, &high);
	const struct amount *amount = range ? &high : &low;
	*found = (struct quantity){.first = (uint32_t)(at - signs), .type = QUANTITY_MONEY, .value = low.value, .most = amount->value};
	size_t behind = currency_behind(r, amount, found);
	if (!behind && !signs)
		behind = unit_behind(tokens, amount, found);
	bool two_signs = range && currency_of_sign(text_at(tokens, high.first - 1));
	if (range && !behind && (!signs || (two_signs && high.factor == 1))) {
		range = false; /* "52-48": nothing; "$20 to $25": two sums */
		amount = &low;
		found->most = low.value;
		behind = currency_behind(r, amount, found);
		if (!behind && !signs)
			behind = unit_behind(tokens, amount, found);
	}
	if (signs && behind && found->type != QUANTITY_MONEY)
		behind = 0;
	if (signs) {
		found->type = QUANTITY_MONEY;
		found->unit = code;
	}
	found->last = (uint32_t)(amount->last + behind);
	if (range && high.factor != 1) {
		found->value *= high.factor;
		if (found->value >= found->most)
			return false;
	}
	if (!signs && !behind)
		return magnitude_before(r, at, found);
	if (found->unit && found->type == QUANTITY_MEASURE && !range) {
		add_inches(tokens, found);
		found->most = found->value;
	}
	if (found->type != QUANTITY_MONEY)
		add_minus(r, found);
	return true;
}

size_t quantities_find(struct arena *arena, const struct tokens *tokens, const struct quantity_places *places, struct quantity **out)
{
	struct reading reading = {.tokens = tokens, .places = places};
	size_t count = 0, capacity = 0;

	*out = NULL;
	for (size_t at = 0; at < tokens->count; at++) {
		struct quantity found;
		arena_tick(arena);
		if (!quantity_at(&reading, at, &found))
			continue;
		if (count == capacity)
			*out = arena_grow(arena, *out, &capacity, count + 1, sizeof **out);
		(*out)[count++] = found;
		reading.floor = found.last;
		at = found.last - 1;
	}
	return count;
}

void quantities_write(struct json_writer *writer, const struct tokens *tokens, const char *field, int64_t image, const struct quantity *items,
	size_t count)
{
	static const char *const types[] = {"money", "percent", "quantity", "ordinal"};

	for (size_t i = 0; i < count; i++) {
		json_open_object(writer);
		json_add_string(writer, "text", tokens_span(tokens, items[i].first, items[i].last - 1));
		json_add_integer(writer, "start", tokens->items[items[i].first].start);
		json_add_integer(writer, "end", tokens->items[items[i].last - 1].end);
		json_add_string(writer, "field", slice_of(field));
		if (image >= 0)
			json_add_integer(writer, "image", image);
		json_add_string(writer, "type", slice_of(types[items[i].type]));
		json_add_number(writer, "value", items[i].value, 6);
		if (items[i].most > items[i].value)
			json_add_number(writer, "maxValue", items[i].most, 6);
		if (items[i].unit)
			json_add_string(writer, "unit", slice_of(items[i].unit));
		json_close_object(writer);
	}
}
