/* Any text, an anchor of any year, English and not: mentions in order, inside of the text, on code point borders, each with a value. */
#include "base/utf8.h"
#include "fuzz.h"
#include "tag/times.h"

static bool on_border(struct slice text, size_t at) { return at == text.len || ((unsigned char)text.ptr[at] & 0xC0) != 0x80; }

static void times(struct arena *arena, struct slice input)
{
	struct time_anchor anchor = {CLOCK_NONE, "datePublished"};
	struct time_mention *mentions;
	uint8_t first = input.len ? (uint8_t)input.ptr[0] : 0;
	if (first & 1)
		anchor.ms = clock_days_from_civil((int64_t)first * 36, 1 + first % 12, 1 + first % 28) * 86400000 + first * 300000;
	struct slice text = utf8_repair(arena, slice_sub(input, 1, input.len));
	size_t count = times_find(arena, text, first & 2 ? SLICE("de") : SLICE("en"), &anchor, &mentions), end = 0, point = 0;
	for (size_t i = 0; i < count; i++) {
		const struct time_mention *m = &mentions[i];
		fuzz_require(end <= m->start && m->start < m->end && m->end <= text.len);
		fuzz_require(on_border(text, m->start) && on_border(text, m->end));
		fuzz_require(m->start_point == point + utf8_length(slice_sub(text, end, m->start)));
		fuzz_require(m->value.text[0] && strlen(m->value.text) < sizeof(m->value.text) - 1);
		end = m->end;
		point = m->end_point;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	fuzz_guarded(times, data, size);
	return 0;
}
