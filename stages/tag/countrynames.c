/* countrynames: see countrynames.h. */
#include "tag/countrynames.h"

#include "tag/placenames.h"

void country_names_find(const struct model *model, const struct document *document, uint8_t *labels)
{
	for (size_t i = 0; i < document->count; i++) {
		const struct word *word = &document->words[i];
		size_t end = i, count;
		uint64_t phrase = 0;
		if (word->token->flags & (TOKEN_SENTENCE | TOKEN_SHOUTED | TOKEN_TITLED) || word->token->text.len < 4 ||
			!(word->names & ((uint64_t)3 << (LEXICON_COUNTRY * 4))))
			continue;
		for (size_t j = i; j < document->count && j < i + LEXICON_LONGEST && !(j > i && document->words[j].token->flags & TOKEN_SENTENCE); j++) {
			phrase = lexicon_extend(phrase, document->words[j].form);
			const struct place_record *record = places_find(model, phrase, &count);
			if (record && count == 1 && record->kind == PLACE_COUNTRY)
				end = j + 1;
		}
		bool in_longer_name = (i > 0 && document->words[i - 1].token->flags & TOKEN_CAPITAL && !(word->token->flags & TOKEN_SENTENCE)) ||
			(end < document->count && document->words[end].token->flags & TOKEN_CAPITAL);
		if (end == i || in_longer_name)
			continue;
		for (size_t k = i; k < end; k++)
			labels[k] = label_within(k, i, end, NAME_PLACE);
		i = end - 1;
	}
}
