/* option: reads one value by its table row: kinds, units, ranges. */
#include "run/option_value.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* A number with a suffix out of a table; a fraction is allowed ("1.5G"). */
struct suffix {
	const char *name;
	double factor;
};

static bool parse_suffixed(struct slice text, const struct suffix *suffixes, int64_t *value)
{
	size_t digits = 0;
	double number;

	while (digits < text.len && (byte_is_digit(text.ptr[digits]) || text.ptr[digits] == '.'))
		digits++;
	struct slice rest = slice_trim(slice_sub(text, digits, text.len));
	if (digits == 0 || !slice_to_double(slice_sub(text, 0, digits), &number))
		return false;
	for (; suffixes->name; suffixes++) {
		if (!slice_equal_nocase(rest, slice_of(suffixes->name)))
			continue;
		number *= suffixes->factor;
		if (!(number < 9e18) || number != floor(number))
			return false;
		*value = (int64_t)number;
		return true;
	}
	return false;
}

bool config_parse_duration(struct slice text, int64_t *ms)
{
	static const struct suffix SUFFIXES[] = {
		{"", 1}, {"ms", 1}, {"s", 1000}, {"m", 60000}, {"h", 3600000}, {"d", 86400000}, {NULL, 0}};
	return parse_suffixed(text, SUFFIXES, ms);
}

bool config_parse_size(struct slice text, int64_t *bytes)
{
	static const struct suffix SUFFIXES[] = {{"", 1}, {"K", 1024}, {"KB", 1024}, {"KiB", 1024}, {"M", 1048576}, {"MB", 1048576},
		{"MiB", 1048576}, {"G", 1073741824}, {"GB", 1073741824}, {"GiB", 1073741824}, {NULL, 0}};
	return parse_suffixed(text, SUFFIXES, bytes);
}

static bool parse_bool(struct slice text, int64_t *value)
{
	static const char *const WORDS[] = {"false", "true", "no", "yes", "off", "on", "0", "1"};

	for (size_t i = 0; i < sizeof(WORDS) / sizeof(WORDS[0]); i++) {
		if (slice_equal_nocase(text, slice_of(WORDS[i]))) {
			*value = i & 1;
			return true;
		}
	}
	return false;
}

static bool is_choice(const char *choices, struct slice text)
{
	struct slice rest = slice_of(choices), one;

	while (slice_split(&rest, '|', &one)) {
		if (slice_equal(one, text))
			return true;
	}
	return false;
}

static const char *wanted(enum option_kind kind)
{
	switch (kind) {
	case OPTION_BOOL: return "true or false";
	case OPTION_INTEGER: return "a whole number";
	case OPTION_NUMBER: return "a number";
	case OPTION_SIZE: return "a size such as 65536, 64K, 16M or 2G";
	case OPTION_DURATION: return "a duration such as 250 (ms), 10s, 5m, 2h or 7d";
	default: return "text";
	}
}

static bool in_range(const struct option *row, double number, struct error *error)
{
	if (row->min == 0 && row->max == 0)
		return true;
	if (number >= row->min && number <= row->max)
		return true;
	return error_set(error, "config_bad_value", "%s must be between %.15g and %.15g%s%s", row->name, row->min, row->max,
		row->kind == OPTION_DURATION ? " ms" : row->kind == OPTION_SIZE ? " bytes" : row->unit ? " " : "",
		row->kind == OPTION_DURATION || row->kind == OPTION_SIZE || !row->unit ? "" : row->unit);
}

bool option_parse(const struct option *row, struct slice text, struct option_value *value, struct error *error)
{
	bool good = true;

	*value = (struct option_value){0, 0};
	if (row->kind == OPTION_TEXT || row->kind == OPTION_SECRET)
		return true;
	if (row->kind == OPTION_CHOICE) {
		if (is_choice(row->choices, text))
			return true;
		return error_set(error, "config_bad_value", "%s must be one of %s, not \"%.*s\"", row->name, row->choices,
			SLICE_ARG(text));
	}
	if (text.len == 0 && row->otherwise[0] == '\0')
		return true;
	switch (row->kind) {
	case OPTION_BOOL: good = parse_bool(text, &value->integer); break;
	case OPTION_INTEGER: good = slice_to_int64(text, &value->integer); break;
	case OPTION_SIZE: good = config_parse_size(text, &value->integer); break;
	case OPTION_DURATION: good = config_parse_duration(text, &value->integer); break;
	default: good = slice_to_double(text, &value->number) && isfinite(value->number); break;
	}
	if (!good) {
		return error_set(
			error, "config_bad_value", "%s must be %s, not \"%.*s\"", row->name, wanted(row->kind), SLICE_ARG(text));
	}
	if (row->kind == OPTION_BOOL)
		return true;
	if (row->kind == OPTION_NUMBER)
		value->integer = (int64_t)fmax(-9e18, fmin(9e18, value->number));
	else
		value->number = (double)value->integer;
	return in_range(row, value->number, error);
}

void option_environment_name(const char *name, char *out, size_t size)
{
	size_t n = (size_t)snprintf(out, size, "COPYDESK_%s", name);

	for (size_t i = 0; i < n && i < size; i++) {
		char c = out[i];
		out[i] = c == '.' || c == '-' ? '_' : c >= 'a' && c <= 'z' ? (char)(c - 32) : c;
	}
}
