/* network: any numbers in a network of any shape are refused or safe to reckon with. The first bytes tell the shape, the rest is said over and
 * over until the section is full. */
#include "fuzz.h"

#include "tag/kernels.h"

static struct network_header header_of(const unsigned char *shape)
{
	struct network_header header = {.rows = VIEWS_ROWS, .labels = NETWORK_LABELS, .width = shape[0] & 1 ? 64 : 32, .layers = 1u + (shape[0] >> 1 & 3)};

	memcpy(&header.table_scale, shape + 1, sizeof header.table_scale);
	for (uint32_t l = 0; l < header.layers; l++)
		header.layer[l].reach = shape[0] >> (4 + l) & 1 ? 4 : 1;
	header.layer[header.layers - 1].pool = shape[0] >> 3 & 1;
	return header;
}

static void body(struct arena *arena, struct slice input)
{
	static const struct lexicon no_lexicon = {0};
	struct network network;
	struct tokens tokens;
	struct document document;
	const char *what;
	const struct kernels *forms[KERNEL_FORMS];

	if (input.len < 9)
		return;
	struct network_header header = header_of((const unsigned char *)input.ptr);
	struct slice rest = slice_sub(input, 5, input.len);
	size_t size = network_bytes(&header);
	char *bytes = arena_alloc(arena, size);
	memcpy(bytes, &header, sizeof header);
	for (size_t i = sizeof header; i < size; i++)
		bytes[i] = rest.ptr[i % rest.len];
	if (!network_read(&network, slice_make(bytes, size), &what))
		return;
	tokens_read(arena, SLICE("Mayor Ana Ruiz of Lund met the Harbour Board in New York on Monday. Ruiz left New York on Monday."), &tokens);
	document_read(arena, &no_lexicon, &tokens, 1, &document);
	int32_t(*scores)[LABELS] = arena_zalloc(arena, document.count, sizeof *scores), (*plain)[LABELS] = arena_zalloc(arena, document.count, sizeof *plain);
	network_add(arena, &network, &document, scores);
	network.kernels = forms[kernels_list(forms) - 1];
	network_add(arena, &network, &document, plain);
	network_release(&network);
	fuzz_require(memcmp(scores, plain, document.count * sizeof *scores) == 0);
	for (size_t i = 0; i < document.count; i++)
		for (size_t y = 0; y < LABELS; y++)
			fuzz_require(scores[i][y] >= -NETWORK_SCORE_MAX && scores[i][y] <= NETWORK_SCORE_MAX);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	fuzz_guarded(body, data, size);
	return 0;
}
