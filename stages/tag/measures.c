/* measures: see measures.h. */
#include "tag/measures.h"

#include "tag/wordlist.h"

#define LENGTH(array) (sizeof(array) / sizeof *(array))

static const struct measure measures[] = {
	{"%", "percent", MEASURE_SHARE}, {"basis point", "basis point", MEASURE_SHARE}, {"pc", "percent", MEASURE_SHARE},
	{"pct", "percent", MEASURE_SHARE}, {"per cent", "percent", MEASURE_SHARE}, {"per-cent", "percent", MEASURE_SHARE},
	{"percent", "percent", MEASURE_SHARE}, {"percentage point", "percentage point", MEASURE_SHARE},
	{"acre", "acre", MEASURE_SIZE}, {"barrel", "bbl", MEASURE_SIZE}, {"bushel", "bushel", MEASURE_SIZE},
	{"carat", "carat", MEASURE_SIZE}, {"centimeter", "cm", MEASURE_SIZE}, {"centimetre", "cm", MEASURE_SIZE},
	{"cm", "cm", MEASURE_SIZE}, {"cubic feet", "ft3", MEASURE_SIZE}, {"cubic foot", "ft3", MEASURE_SIZE},
	{"cubic meter", "m3", MEASURE_SIZE}, {"cubic metre", "m3", MEASURE_SIZE}, {"degree", "degree", MEASURE_SIZE},
	{"degree celsius", "°C", MEASURE_SIZE}, {"degree centigrade", "°C", MEASURE_SIZE}, {"degree fahrenheit", "°F", MEASURE_SIZE},
	{"degrees celsius", "°C", MEASURE_SIZE}, {"degrees centigrade", "°C", MEASURE_SIZE},
	{"degrees fahrenheit", "°F", MEASURE_SIZE}, {"feet", "ft", MEASURE_SIZE}, {"foot", "ft", MEASURE_SIZE},
	{"ft", "ft", MEASURE_SIZE}, {"gallon", "gal", MEASURE_SIZE}, {"gb", "GB", MEASURE_SIZE},
	{"gigabyte", "GB", MEASURE_SIZE}, {"gigawatt", "GW", MEASURE_SIZE}, {"gram", "g", MEASURE_SIZE},
	{"gw", "GW", MEASURE_SIZE}, {"gwh", "GWh", MEASURE_SIZE}, {"ha", "ha", MEASURE_SIZE}, {"hectare", "ha", MEASURE_SIZE},
	{"horsepower", "hp", MEASURE_SIZE}, {"inch", "in", MEASURE_SIZE}, {"inches", "in", MEASURE_SIZE},
	{"kg", "kg", MEASURE_SIZE}, {"kilo", "kg", MEASURE_SIZE}, {"kilogram", "kg", MEASURE_SIZE},
	{"kilogramme", "kg", MEASURE_SIZE}, {"kilometer", "km", MEASURE_SIZE}, {"kilometers an hour", "km/h", MEASURE_SIZE},
	{"kilometers per hour", "km/h", MEASURE_SIZE}, {"kilometre", "km", MEASURE_SIZE},
	{"kilometres an hour", "km/h", MEASURE_SIZE}, {"kilometres per hour", "km/h", MEASURE_SIZE}, {"kilowatt", "kW", MEASURE_SIZE},
	{"km", "km", MEASURE_SIZE}, {"km/h", "km/h", MEASURE_SIZE}, {"kmh", "km/h", MEASURE_SIZE}, {"knot", "kn", MEASURE_SIZE},
	{"kph", "km/h", MEASURE_SIZE}, {"kw", "kW", MEASURE_SIZE}, {"kwh", "kWh", MEASURE_SIZE}, {"lb", "lb", MEASURE_SIZE},
	{"light year", "ly", MEASURE_SIZE}, {"light-year", "ly", MEASURE_SIZE}, {"liter", "l", MEASURE_SIZE},
	{"litre", "l", MEASURE_SIZE}, {"magnitude", "magnitude", MEASURE_SIZE}, {"mb", "MB", MEASURE_SIZE},
	{"megabyte", "MB", MEASURE_SIZE}, {"megawatt", "MW", MEASURE_SIZE}, {"meter", "m", MEASURE_SIZE},
	{"metre", "m", MEASURE_SIZE}, {"metric ton", "t", MEASURE_SIZE}, {"mile", "mi", MEASURE_SIZE},
	{"miles an hour", "mph", MEASURE_SIZE}, {"miles per hour", "mph", MEASURE_SIZE}, {"milligram", "mg", MEASURE_SIZE},
	{"millimeter", "mm", MEASURE_SIZE}, {"millimetre", "mm", MEASURE_SIZE}, {"mm", "mm", MEASURE_SIZE},
	{"mph", "mph", MEASURE_SIZE}, {"mw", "MW", MEASURE_SIZE}, {"mwh", "MWh", MEASURE_SIZE},
	{"nautical mile", "nmi", MEASURE_SIZE}, {"ounce", "oz", MEASURE_SIZE}, {"sq ft", "ft2", MEASURE_SIZE},
	{"sq km", "km2", MEASURE_SIZE}, {"square feet", "ft2", MEASURE_SIZE}, {"square foot", "ft2", MEASURE_SIZE},
	{"square kilometer", "km2", MEASURE_SIZE}, {"square kilometre", "km2", MEASURE_SIZE},
	{"square meter", "m2", MEASURE_SIZE}, {"square metre", "m2", MEASURE_SIZE}, {"square mile", "mi2", MEASURE_SIZE},
	{"terabyte", "TB", MEASURE_SIZE}, {"terawatt", "TW", MEASURE_SIZE}, {"ton", "ton", MEASURE_SIZE},
	{"tonne", "t", MEASURE_SIZE}, {"twh", "TWh", MEASURE_SIZE}, {"watt", "W", MEASURE_SIZE}, {"yard", "yd", MEASURE_SIZE},
	{"°", "degree", MEASURE_SIZE}, {"°c", "°C", MEASURE_SIZE}, {"°f", "°F", MEASURE_SIZE},
};

/* Words that count, sorted. */
static const struct count_word count_words[] = {{"b", COUNT_MAGNITUDE, 1e9}, {"billion", COUNT_MAGNITUDE, 1e9}, {"billionth", COUNT_ORDINAL, 1e9},
	{"bln", COUNT_MAGNITUDE, 1e9}, {"bn", COUNT_MAGNITUDE, 1e9}, {"crore", COUNT_MAGNITUDE, 1e7}, {"crores", COUNT_MAGNITUDE, 1e7},
	{"dozen", COUNT_MAGNITUDE, 12}, {"eight", COUNT_ONES, 8}, {"eighteen", COUNT_ONES, 18}, {"eighteenth", COUNT_ORDINAL, 18},
	{"eighth", COUNT_ORDINAL, 8}, {"eightieth", COUNT_ORDINAL, 80}, {"eighty", COUNT_TENS, 80}, {"eleven", COUNT_ONES, 11},
	{"eleventh", COUNT_ORDINAL, 11}, {"fifteen", COUNT_ONES, 15}, {"fifteenth", COUNT_ORDINAL, 15}, {"fifth", COUNT_ORDINAL, 5},
	{"fiftieth", COUNT_ORDINAL, 50}, {"fifty", COUNT_TENS, 50}, {"first", COUNT_ORDINAL, 1}, {"five", COUNT_ONES, 5},
	{"fortieth", COUNT_ORDINAL, 40}, {"forty", COUNT_TENS, 40}, {"four", COUNT_ONES, 4}, {"fourteen", COUNT_ONES, 14},
	{"fourteenth", COUNT_ORDINAL, 14}, {"fourth", COUNT_ORDINAL, 4}, {"hundred", COUNT_HUNDRED, 100}, {"hundredth", COUNT_ORDINAL, 100},
	{"k", COUNT_MAGNITUDE, 1e3}, {"lakh", COUNT_MAGNITUDE, 1e5}, {"lakhs", COUNT_MAGNITUDE, 1e5}, {"m", COUNT_MAGNITUDE, 1e6},
	{"million", COUNT_MAGNITUDE, 1e6}, {"millionth", COUNT_ORDINAL, 1e6}, {"mln", COUNT_MAGNITUDE, 1e6}, {"mn", COUNT_MAGNITUDE, 1e6},
	{"nine", COUNT_ONES, 9}, {"nineteen", COUNT_ONES, 19}, {"nineteenth", COUNT_ORDINAL, 19}, {"ninetieth", COUNT_ORDINAL, 90},
	{"ninety", COUNT_TENS, 90}, {"ninth", COUNT_ORDINAL, 9}, {"one", COUNT_ONES, 1}, {"second", COUNT_ORDINAL, 2},
	{"seven", COUNT_ONES, 7}, {"seventeen", COUNT_ONES, 17}, {"seventeenth", COUNT_ORDINAL, 17}, {"seventh", COUNT_ORDINAL, 7},
	{"seventieth", COUNT_ORDINAL, 70}, {"seventy", COUNT_TENS, 70}, {"six", COUNT_ONES, 6}, {"sixteen", COUNT_ONES, 16},
	{"sixteenth", COUNT_ORDINAL, 16}, {"sixth", COUNT_ORDINAL, 6}, {"sixtieth", COUNT_ORDINAL, 60}, {"sixty", COUNT_TENS, 60},
	{"ten", COUNT_ONES, 10}, {"tenth", COUNT_ORDINAL, 10}, {"third", COUNT_ORDINAL, 3}, {"thirteen", COUNT_ONES, 13},
	{"thirteenth", COUNT_ORDINAL, 13}, {"thirtieth", COUNT_ORDINAL, 30}, {"thirty", COUNT_TENS, 30}, {"thousand", COUNT_MAGNITUDE, 1e3},
	{"thousandth", COUNT_ORDINAL, 1e3}, {"three", COUNT_ONES, 3}, {"tn", COUNT_MAGNITUDE, 1e12}, {"trillion", COUNT_MAGNITUDE, 1e12},
	{"trn", COUNT_MAGNITUDE, 1e12}, {"twelfth", COUNT_ORDINAL, 12}, {"twelve", COUNT_ONES, 12}, {"twentieth", COUNT_ORDINAL, 20},
	{"twenty", COUNT_TENS, 20}, {"two", COUNT_ONES, 2}, {"zero", COUNT_ONES, 0}};

const struct measure *measure_named(struct slice text)
{
	if (text.len == 0)
		return NULL;
	char first = byte_lower(text.ptr[0]);
	bool plural = text.len > 3 && byte_lower(text.ptr[text.len - 1]) == 's';
	for (size_t i = 0; i < LENGTH(measures); i++) {
		if (measures[i].word[0] != first)
			continue;
		struct slice word = slice_of(measures[i].word);
		if (slice_equal_nocase(text, word) || (plural && slice_equal_nocase(slice_sub(text, 0, text.len - 1), word)))
			return &measures[i];
	}
	return NULL;
}

const struct count_word *count_word(struct slice text)
{
	size_t low = 0, high = text.len > 0 ? LENGTH(count_words) : 0;

	while (low < high) {
		size_t middle = (low + high) / 2;
		int order = word_order(text, count_words[middle].word);
		if (order == 0)
			return &count_words[middle];
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}
