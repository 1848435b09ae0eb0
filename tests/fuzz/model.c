/* model: a file of any bytes is refused or safe to decode with. The checksum is made right first, or no input would pass it. */
#include "fuzz.h"

#include "base/hash.h"
#include "tag/decode.h"
#include "tag/features.h"

static void body(struct arena *arena, struct slice input)
{
	struct model model;
	struct error error;
	struct model_header header;
	struct tokens tokens;
	struct document document;
	size_t covered = offsetof(struct model_header, checksum) + sizeof header.checksum;

	if (input.len < sizeof header)
		return;
	char *bytes = arena_alloc(arena, input.len);
	memcpy(bytes, input.ptr, input.len);
	memcpy(&header, bytes, sizeof header);
	memcpy(header.magic, MODEL_MAGIC, sizeof header.magic);
	header.version = MODEL_VERSION;
	header.features = FEATURES_VERSION;
	header.bytes = input.len;
	if (!(header.scale > 0 && header.scale < 1)) /* most inputs would end here */
		header.scale = 1.0f / 24;
	if (!(header.temperature >= MODEL_TEMPERATURE_LEAST && header.temperature <= MODEL_TEMPERATURE_MOST))
		header.temperature = 1;
	memcpy(bytes, &header, sizeof header);
	header.checksum = hash64(slice_make(bytes + covered, input.len - covered));
	memcpy(bytes, &header, sizeof header);
	if (!model_read(&model, slice_make(bytes, input.len), &error))
		return;
	tokens_read(arena, SLICE("Mayor Ana Ruiz of Lund met the Harbour Board in New York on Monday."), &tokens);
	document_read(arena, &model.lexicon, &tokens, 1, &document);
	uint8_t *labels = arena_array(arena, uint8_t, document.count);
	decode_document(arena, &model, &document, labels, NULL);
	model_close(&model);
	for (size_t i = 0; i < document.count; i++)
		fuzz_require(labels[i] < LABELS && (i == 0 || label_allows(labels[i - 1], labels[i])));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	fuzz_guarded(body, data, size);
	return 0;
}
