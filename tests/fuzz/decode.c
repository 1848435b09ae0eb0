/* Any bytes, any declared charset (the first line): always valid UTF-8. */
#include "base/utf8.h"
#include "extract/decode.h"
#include "fuzz.h"

static void decode(struct arena *arena, struct slice input)
{
	struct decoded decoded;
	struct slice type = SLICE("");
	bool html = input.len && (input.ptr[0] & 1);
	slice_next_line(&input, &type);
	page_decode(arena, input, type, html, &decoded);
	fuzz_require(utf8_valid(decoded.text));
	fuzz_require(decoded.encoding && decoded.source);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	fuzz_guarded(decode, data, size);
	return 0;
}
