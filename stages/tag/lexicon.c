/* lexicon: see lexicon.h. All tables probe linearly; their builder leaves a part of the slots empty and load checks that one is. */
#include "tag/lexicon.h"

#include "base/hash.h"

uint64_t lexicon_hash(struct slice form) { return hash64(form); }

uint16_t lexicon_classes(const struct lexicon *lexicon, uint64_t phrase)
{
	if (!lexicon->names)
		return 0;
	for (uint32_t at = (uint32_t)phrase & lexicon->name_mask;; at = (at + 1) & lexicon->name_mask) {
		uint32_t slot = lexicon->names[at];
		if (slot == 0)
			return 0;
		if (slot >> 10 == (uint32_t)(phrase >> 42))
			return lexicon->sets[slot & 0x3FF];
	}
}

const struct cluster_slot *lexicon_cluster(const struct lexicon *lexicon, uint64_t form)
{
	if (!lexicon->clusters)
		return NULL;
	for (uint32_t at = (uint32_t)form & lexicon->cluster_mask;; at = (at + 1) & lexicon->cluster_mask) {
		const struct cluster_slot *slot = &lexicon->clusters[at];
		if (slot->coarse == 0)
			return NULL;
		if (slot->hash == (uint32_t)(form >> 32))
			return slot;
	}
}

static const uint8_t *codes_of(const struct lexicon *lexicon, uint32_t slot)
{
	const struct lexicon_coded *coded = lexicon->coded ? &lexicon->coded[slot / 32] : NULL;
	uint32_t mark = 1u << slot % 32;

	if (!coded || !(coded->marks & mark))
		return NULL;
	return lexicon->codes + (size_t)(coded->before + (uint32_t)__builtin_popcount(coded->marks & (mark - 1))) * LEXICON_PARTS;
}

uint32_t lexicon_family(const struct lexicon *lexicon, uint64_t form, const uint8_t **codes)
{
	*codes = NULL;
	if (!lexicon->members)
		return 0;
	for (uint32_t at = (uint32_t)form & lexicon->member_mask;; at = (at + 1) & lexicon->member_mask) {
		uint32_t slot = lexicon->members[at];
		if (slot == 0)
			return 0;
		if (slot >> 11 != (uint32_t)(form >> 43))
			continue;
		*codes = codes_of(lexicon, at);
		return slot & (LEXICON_FAMILIES - 1);
	}
}
