/* Any text as a date: what is found lies within the text and within the years that are believed. */
#include "base/utf8.h"
#include "extract/dates.h"
#include "fuzz.h"

static void find(struct arena *arena, struct slice input)
{
	struct instant instant = {.ms = CLOCK_NONE};
	size_t start = 0, end = 0;
	input = utf8_repair(arena, input);
	for (int order = DATE_DAY_FIRST; order <= DATE_MONTH_FIRST; order++)
		if (date_find(input, (enum date_order)order, &instant, &start, &end)) {
			fuzz_require(start < end && end <= input.len);
			fuzz_require(instant.ms > INT64_C(600000000000) && instant.ms < INT64_C(4200000000000));
		}
	date_parse(input, DATE_DAY_FIRST, &instant);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	fuzz_guarded(find, data, size);
	return 0;
}
