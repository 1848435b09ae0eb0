/* quantities: see quantities.h. number := figures | number word+; amount := number magnitude?; then what stands around it decides. */
#include "tag/quantities.h"

struct unit {
	const char *word, *symbol;
	enum quantity_type type;
};

static const struct unit units[] = {
	{"percent", "percent", QUANTITY_PERCENT}, {"per cent", "percent", QUANTITY_PERCENT}, {"%", "percent", QUANTITY_PERCENT},
	{"pct", "percent", QUANTITY_PERCENT}, {"percentage points", "percentage point", QUANTITY_PERCENT},
	{"dollars", "USD", QUANTITY_MONEY}, {"dollar", "USD", QUANTITY_MONEY}, {"dlrs", "USD", QUANTITY_MONEY}, {"dlr", "USD", QUANTITY_MONEY},
	{"usd", "USD", QUANTITY_MONEY}, {"euros", "EUR", QUANTITY_MONEY}, {"euro", "EUR", QUANTITY_MONEY}, {"eur", "EUR", QUANTITY_MONEY},
	{"pounds", "GBP", QUANTITY_MONEY}, {"stg", "GBP", QUANTITY_MONEY}, {"gbp", "GBP", QUANTITY_MONEY}, {"yen", "JPY", QUANTITY_MONEY},
	{"yuan", "CNY", QUANTITY_MONEY}, {"renminbi", "CNY", QUANTITY_MONEY}, {"rupees", "INR", QUANTITY_MONEY}, {"rubles", "RUB", QUANTITY_MONEY},
	{"roubles", "RUB", QUANTITY_MONEY}, {"naira", "NGN", QUANTITY_MONEY}, {"rand", "ZAR", QUANTITY_MONEY}, {"shekels", "ILS", QUANTITY_MONEY},
	{"won", "KRW", QUANTITY_MONEY}, {"francs", NULL, QUANTITY_MONEY}, {"pesos", NULL, QUANTITY_MONEY}, {"marks", "DEM", QUANTITY_MONEY},
	{"cents", "cent", QUANTITY_MONEY}, {"pence", "penny", QUANTITY_MONEY}, {"baht", "THB", QUANTITY_MONEY}, {"dirhams", "AED", QUANTITY_MONEY},
	{"riyals", "SAR", QUANTITY_MONEY}, {"lira", "TRY", QUANTITY_MONEY}, {"ringgit", "MYR", QUANTITY_MONEY}, {"rupiah", "IDR", QUANTITY_MONEY},
	{"kilometers", "km", QUANTITY_MEASURE}, {"kilometres", "km", QUANTITY_MEASURE}, {"kilometer", "km", QUANTITY_MEASURE},
	{"kilometre", "km", QUANTITY_MEASURE}, {"km", "km", QUANTITY_MEASURE}, {"meters", "m", QUANTITY_MEASURE}, {"metres", "m", QUANTITY_MEASURE},
	{"miles", "mi", QUANTITY_MEASURE}, {"mile", "mi", QUANTITY_MEASURE}, {"feet", "ft", QUANTITY_MEASURE}, {"foot", "ft", QUANTITY_MEASURE},
	{"inches", "in", QUANTITY_MEASURE}, {"cm", "cm", QUANTITY_MEASURE}, {"mm", "mm", QUANTITY_MEASURE}, {"yards", "yd", QUANTITY_MEASURE},
	{"kilograms", "kg", QUANTITY_MEASURE}, {"kg", "kg", QUANTITY_MEASURE}, {"kilos", "kg", QUANTITY_MEASURE}, {"grams", "g", QUANTITY_MEASURE},
	{"tonnes", "t", QUANTITY_MEASURE}, {"tonne", "t", QUANTITY_MEASURE}, {"tons", "ton", QUANTITY_MEASURE}, {"ounces", "oz", QUANTITY_MEASURE},
	{"litres", "l", QUANTITY_MEASURE}, {"liters", "l", QUANTITY_MEASURE}, {"gallons", "gal", QUANTITY_MEASURE}, {"barrels", "bbl", QUANTITY_MEASURE},
	{"hectares", "ha", QUANTITY_MEASURE}, {"acres", "acre", QUANTITY_MEASURE}, {"square kilometers", "km2", QUANTITY_MEASURE},
	{"square kilometres", "km2", QUANTITY_MEASURE}, {"square miles", "mi2", QUANTITY_MEASURE}, {"square meters", "m2", QUANTITY_MEASURE},
	{"square metres", "m2", QUANTITY_MEASURE}, {"square feet", "ft2", QUANTITY_MEASURE}, {"cubic meters", "m3", QUANTITY_MEASURE},
	{"megawatts", "MW", QUANTITY_MEASURE}, {"mw", "MW", QUANTITY_MEASURE}, {"gigawatts", "GW", QUANTITY_MEASURE}, {"gw", "GW", QUANTITY_MEASURE},
	{"kilowatts", "kW", QUANTITY_MEASURE}, {"mph", "mph", QUANTITY_MEASURE}, {"kph", "km/h", QUANTITY_MEASURE}, {"km/h", "km/h", QUANTITY_MEASURE},
	{"knots", "kn", QUANTITY_MEASURE}, {"bushels", "bushel", QUANTITY_MEASURE}, {"carats", "carat", QUANTITY_MEASURE},
	{"light years", "ly", QUANTITY_MEASURE}, {"nautical miles", "nmi", QUANTITY_MEASURE}, {"degrees celsius", "°C", QUANTITY_MEASURE},
	{"degrees fahrenheit", "°F", QUANTITY_MEASURE}, {"°c", "°C", QUANTITY_MEASURE}, {"°f", "°F", QUANTITY_MEASURE},
};

/* Before the number: signs and codes. */
static const struct unit signs[] = {
	{"$", "USD", QUANTITY_MONEY}, {"€", "EUR", QUANTITY_MONEY}, {"£", "GBP", QUANTITY_MONEY}, {"¥", "JPY", QUANTITY_MONEY},
	{"₹", "INR", QUANTITY_MONEY}, {"₦", "NGN", QUANTITY_MONEY}, {"₩", "KRW", QUANTITY_MONEY}, {"₽", "RUB", QUANTITY_MONEY},
	{"₱", "PHP", QUANTITY_MONEY}, {"₪", "ILS", QUANTITY_MONEY}, {"₺", "TRY", QUANTITY_MONEY}, {"usd", "USD", QUANTITY_MONEY},
	{"eur", "EUR", QUANTITY_MONEY}, {"gbp", "GBP", QUANTITY_MONEY}, {"rs", "INR", QUANTITY_MONEY}, {"rs.", "INR", QUANTITY_MONEY},
	{"sh", "KES", QUANTITY_MONEY}, {"ksh", "KES", QUANTITY_MONEY}, {"rmb", "CNY", QUANTITY_MONEY}, {"rm", "MYR", QUANTITY_MONEY},
	{"n", "NGN", QUANTITY_MONEY}, {"gh¢", "GHS", QUANTITY_MONEY},
};

static const struct {
	const char *prefix, *code;
} dollars[] = {{"us", "USD"}, {"u.s.", "USD"}, {"a", "AUD"}, {"au", "AUD"}, {"c", "CAD"}, {"ca", "CAD"}, {"nz", "NZD"}, {"hk", "HKD"},
	{"s", "SGD"}, {"nt", "TWD"}, {"r", "BRL"}, {"tt", "TTD"}};

static const struct {
	const char *word;
	double value;
} numbers[] = {{"zero", 0}, {"one", 1}, {"two", 2}, {"three", 3}, {"four", 4}, {"five", 5}, {"six", 6}, {"seven", 7}, {"eight", 8}, {"nine", 9},
	{"ten", 10}, {"eleven", 11}, {"twelve", 12}, {"thirteen", 13}, {"fourteen", 14}, {"fifteen", 15}, {"sixteen", 16}, {"seventeen", 17},
	{"eighteen", 18}, {"nineteen", 19}, {"twenty", 20}, {"thirty", 30}, {"forty", 40}, {"fifty", 50}, {"sixty", 60}, {"seventy", 70},
	{"eighty", 80}, {"ninety", 90}},
  magnitudes[] = {{"hundred", 1e2}, {"thousand", 1e3}, {"million", 1e6}, {"mln", 1e6}, {"m", 1e6}, {"mn", 1e6}, {"billion", 1e9}, {"bn", 1e9},
	  {"bln", 1e9}, {"b", 1e9}, {"trillion", 1e12}, {"tn", 1e12}, {"trn", 1e12}, {"crore", 1e7}, {"lakh", 1e5}, {"k", 1e3}},
  ordinals[] = {{"first", 1}, {"second", 2}, {"third", 3}, {"fourth", 4}, {"fifth", 5}, {"sixth", 6}, {"seventh", 7}, {"eighth", 8},
	  {"ninth", 9}, {"tenth", 10}, {"eleventh", 11}, {"twelfth", 12}, {"thirteenth", 13}, {"fourteenth", 14}, {"fifteenth", 15},
	  {"sixteenth", 16}, {"seventeenth", 17}, {"eighteenth", 18}, {"nineteenth", 19}, {"twentieth", 20}, {"thirtieth", 30}};

#define COUNT(array) (sizeof(array) / sizeof *(array))


static struct slice text_at(const struct tokens *tokens, size_t index)
{
	return index < tokens->count ? tokens->items[index].text : SLICE_NONE;
}

static bool same_sentence(const struct tokens *tokens, size_t a, size_t b)
{
	return b < tokens->count && tokens->items[a].sentence == tokens->items[b].sentence;
}

#define LOOK_UP(table, text, value) \
	do { \
		char first = (text).len > 0 ? byte_lower((text).ptr[0]) : '\0'; \
		for (size_t n = 0; n < COUNT(table); n++) \
			if (first == (table)[n].word[0] && slice_equal_nocase((text), slice_of((table)[n].word))) { \
				*(value) = (table)[n].value; \
				return true; \
			} \
		return false; \
	} while (0)

static bool number_word(struct slice text, double *value)
{
	if (text.len < 3 || text.len > 9)
		return false;
	LOOK_UP(numbers, text, value);
}
static bool magnitude(struct slice text, double *value)
{
	if (text.len > 8)
		return false;
	LOOK_UP(magnitudes, text, value);
}
static bool ordinal_word(struct slice text, double *value)
{
	if (text.len < 5 || text.len > 11)
		return false;
	LOOK_UP(ordinals, text, value);
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

/* number magnitude*: the tokens it takes, 0 if there is no number at `at`. A one-letter magnitude must touch its figure. */
static size_t amount(const struct tokens *tokens, size_t at, double *value)
{
	size_t end = at;
	double part = 0, factor;
	bool words = false;

	if (at >= tokens->count)
		return 0;
	if (tokens->items[at].flags & TOKEN_NUMBER) {
		if (!figures(text_at(tokens, at), value))
			return 0;
		end = at + 1;
	} else {
		*value = 0;
		while (same_sentence(tokens, at, end) && number_word(text_at(tokens, end), &part)) {
			*value += part;
			end++;
			words = true;
			if (same_sentence(tokens, at, end + 1) && slice_is(text_at(tokens, end), "-") && number_word(text_at(tokens, end + 1), &part))
				end++;
		}
		if (!words && same_sentence(tokens, at, at + 1) &&
			(slice_equal_nocase(text_at(tokens, at), SLICE("a")) || slice_equal_nocase(text_at(tokens, at), SLICE("half"))) &&
			magnitude(text_at(tokens, at + 1), &factor) && text_at(tokens, at + 1).len > 2) {
			*value = byte_lower(text_at(tokens, at).ptr[0]) == 'a' ? 1 : 0.5;
			end = at + 1;
		}
	}
	if (end == at)
		return 0;
	while (same_sentence(tokens, at, end) && magnitude(text_at(tokens, end), &factor) &&
		(text_at(tokens, end).len > 2 || tokens->items[end].flags & TOKEN_GLUED)) {
		*value *= factor;
		end++;
	}
	if (same_sentence(tokens, at, end + 1) && slice_is(text_at(tokens, end), "-") && magnitude(text_at(tokens, end + 1), &factor) &&
		text_at(tokens, end + 1).len > 2) {
		*value *= factor;
		end += 2;
	}
	return end - at;
}

/* A unit of one or two words behind an amount, perhaps behind a hyphen; the tokens it takes. */
static size_t unit_behind(const struct tokens *tokens, size_t first, size_t at, const struct unit **unit)
{
	size_t skip = same_sentence(tokens, first, at + 1) && slice_is(text_at(tokens, at), "-") && tokens->items[at].flags & TOKEN_GLUED &&
		tokens->items[at + 1].flags & TOKEN_GLUED;

	if (!same_sentence(tokens, first, at + skip))
		return 0;
	for (size_t words = 2; words > 0; words--) {
		if (!same_sentence(tokens, first, at + skip + words - 1))
			continue;
		struct slice text = tokens_span(tokens, at + skip, at + skip + words - 1);
		for (size_t i = 0; i < COUNT(units); i++)
			if (slice_equal_nocase(text, slice_of(units[i].word))) {
				*unit = &units[i];
				return skip + words;
			}
	}
	return 0;
}

/* The sign right before an amount; the tokens it takes, with the letters of "US$". */
static size_t sign_before(const struct tokens *tokens, size_t at, size_t floor, const char **code)
{
	if (at <= floor || !same_sentence(tokens, at, at - 1))
		return 0;
	struct slice sign = text_at(tokens, at - 1);
	for (size_t i = 0; i < COUNT(signs); i++) {
		if (!slice_equal_nocase(sign, slice_of(signs[i].word)))
			continue;
		bool letters = byte_is_alpha(sign.ptr[0]);
		if (letters && (!(tokens->items[at - 1].flags & TOKEN_CAPITAL) || (sign.len < 2 && !(tokens->items[at].flags & TOKEN_GLUED))))
			return 0;
		*code = signs[i].symbol;
		if (sign.ptr[0] == '$' && at >= floor + 2 && same_sentence(tokens, at, at - 2) && tokens->items[at - 1].flags & TOKEN_GLUED)
			for (size_t d = 0; d < COUNT(dollars); d++)
				if (slice_equal_nocase(text_at(tokens, at - 2), slice_of(dollars[d].prefix))) {
					*code = dollars[d].code;
					return 2;
				}
		return 1;
	}
	return 0;
}

static bool ordinal_at(const struct tokens *tokens, size_t at, struct quantity *found)
{
	struct slice next = text_at(tokens, at + 1);

	*found = (struct quantity){.first = (uint32_t)at, .last = (uint32_t)at + 1, .type = QUANTITY_ORDINAL};
	if (ordinal_word(text_at(tokens, at), &found->value))
		return !(slice_equal_nocase(text_at(tokens, at), SLICE("second")) && slice_is(next, "s"));
	if (!(tokens->items[at].flags & TOKEN_NUMBER) || at + 1 >= tokens->count || !(tokens->items[at + 1].flags & TOKEN_GLUED))
		return false;
	if (!slice_is(next, "st") && !slice_is(next, "nd") && !slice_is(next, "rd") && !slice_is(next, "th"))
		return false;
	found->last++;
	return figures(text_at(tokens, at), &found->value);
}

static bool quantity_at(const struct tokens *tokens, size_t at, size_t floor, struct quantity *found)
{
	const struct unit *unit = NULL;
	const char *code = NULL;
	double value;

	if (ordinal_at(tokens, at, found))
		return true;
	size_t taken = amount(tokens, at, &value);
	if (taken == 0)
		return false;
	size_t signs_taken = sign_before(tokens, at, floor, &code);
	size_t units_taken = unit_behind(tokens, at, at + taken, &unit);
	if (!code && !unit)
		return false;
	if (code && unit && unit->type != QUANTITY_MONEY)
		units_taken = 0; /* "$5 percent" is none; "$60 barrels" stays money */
	*found = (struct quantity){.first = (uint32_t)(at - signs_taken), .last = (uint32_t)(at + taken + units_taken),
		.type = code ? QUANTITY_MONEY : unit->type, .value = value, .unit = code ? code : unit->symbol};
	return true;
}

size_t quantities_find(struct arena *arena, const struct tokens *tokens, struct quantity **out)
{
	size_t count = 0, capacity = 0, floor = 0;

	*out = NULL;
	for (size_t at = 0; at < tokens->count; at++) {
		struct quantity found;
		arena_tick(arena);
		if (!quantity_at(tokens, at, floor, &found))
			continue;
		if (count == capacity)
			*out = arena_grow(arena, *out, &capacity, count + 1, sizeof **out);
		(*out)[count++] = found;
		floor = found.last;
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
		if (items[i].unit)
			json_add_string(writer, "unit", slice_of(items[i].unit));
		json_close_object(writer);
	}
}
