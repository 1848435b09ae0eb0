/* Any bytes as a page, HTML or text: an article whose offsets fit its body, or a stated reason. The same bytes again give the same message. */
#include "base/utf8.h"
#include "extract/page.h"
#include "fuzz.h"

static void check_article(const struct article *article)
{
	fuzz_require(article->id.len);
	fuzz_require(utf8_valid(article->body));
	size_t length = utf8_length(article->body), at = 0;
	for (size_t i = 0; i < article->block_count; i++) {
		const struct block *block = &article->blocks[i];
		fuzz_require(block->text.len && block->start >= at && block->end > block->start && block->end <= length);
		at = block->end;
	}
	for (const struct image *image = article->images; image; image = image->next)
		fuzz_require(utf8_valid(image->caption) && utf8_valid(image->credit));
}

static bool extract(struct arena *arena, struct slice input, bool html, struct slice *json)
{
	struct raw_page raw = {
	        .body = input, .is_html = html, .fetched_at = CLOCK_NONE, .url = SLICE("https://gazette.example/a")};
	struct article *article = arena_new(arena, struct article);
	struct error error;
	if (!page_extract(arena, &raw, &PARSE_LIMITS_DEFAULT, article, &error)) {
		fuzz_require(error.code[0]);
		return false;
	}
	check_article(article);
	fuzz_require(article_write(arena, article, json, &error));
	return true;
}

static void page(struct arena *arena, struct slice input)
{
	bool html = input.len && input.ptr[0] != 't';
	struct slice first = SLICE(""), second = SLICE("");
	bool one = extract(arena, input, html, &first), two = extract(arena, input, html, &second);
	fuzz_require(one == two && slice_equal(first, second));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	fuzz_guarded(page, data, size);
	return 0;
}
