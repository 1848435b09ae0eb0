/* Any text as JSON-LD: what is found points into trees that hold together. */
#include "extract/jsonld.h"
#include "fuzz.h"

static void read_script(struct arena *arena, struct slice input)
{
	struct jsonld jsonld;
	const struct slice urls[] = {SLICE_INIT("https://port.example/1")};
	jsonld_init(&jsonld, arena);
	if (!jsonld_add(&jsonld, input))
		return;
	jsonld_choose(&jsonld, urls, 1);
	jsonld_text(jsonld.article, "headline");
	jsonld_follow(&jsonld, json_get(jsonld.article, "author"));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	fuzz_guarded(read_script, data, size);
	return 0;
}
