/* tokens, words, quantities: whatever the text, tokens are in order, don't overlap, cover all that isn't white space, and count code
 * points rightly. */
#include "fuzz.h"

#include "base/utf8.h"
#include "tag/quantities.h"
#include "tag/words.h"

static void body(struct arena *arena, struct slice input)
{
	static const struct lexicon no_lexicon = {0};
	struct slice text = utf8_repair(arena, input);
	struct tokens tokens;
	struct document document;
	struct quantity *quantities;
	size_t byte = 0, point = 0;

	tokens_read(arena, text, &tokens);
	for (size_t i = 0; i < tokens.count; i++) {
		const struct token *token = &tokens.items[i];
		fuzz_require(token->byte_start >= byte && token->byte_end > token->byte_start && token->byte_end <= text.len);
		for (size_t at = byte; at < token->byte_start;)
			fuzz_require(utf8_is_space(utf8_next(text, &at)));
		fuzz_require(token->start - point == utf8_length(slice_sub(text, byte, token->byte_start)));
		fuzz_require(token->end - token->start == utf8_length(token->text));
		fuzz_require(token->sentence < tokens.sentence_count);
		byte = token->byte_end;
		point = token->end;
	}
	document_read(arena, &no_lexicon, &tokens, 1, &document);
	fuzz_require(document.count == tokens.count);
	size_t count = quantities_find(arena, &tokens, NULL, &quantities);
	for (size_t i = 0; i < count; i++)
		fuzz_require(quantities[i].first < quantities[i].last && quantities[i].last <= tokens.count &&
			(i == 0 || quantities[i].first >= quantities[i - 1].last));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	fuzz_guarded(body, data, size);
	return 0;
}
