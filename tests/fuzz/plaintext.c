/* Any text as a page: the body is valid UTF-8 and its blocks cover it in order. */
#include "base/utf8.h"
#include "extract/plaintext.h"
#include "fuzz.h"

static void extract(struct arena *arena, struct slice input)
{
	struct article article;
	article_init(&article);
	plaintext_extract(arena, utf8_repair(arena, input), &article);
	fuzz_require(utf8_valid(article.body));
	size_t at = 0;
	for (size_t i = 0; i < article.block_count; i++) {
		fuzz_require(article.blocks[i].start >= at && article.blocks[i].end > article.blocks[i].start);
		at = article.blocks[i].end;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	fuzz_guarded(extract, data, size);
	return 0;
}
