#include "grouparena.h"

#include "tag/recase.h"

/* A lexicon of a few words: "Lumo" has a capital wherever it stands, "nice" and "bay" don't; Nice is a city, and so is Alta Bay. */
static struct cluster_slot clusters[64];
static uint32_t names[64];
static uint16_t sets[LEXICON_SETS];
static struct lexicon lexicon;

static void add_cluster(const char *form)
{
	uint64_t hash = lexicon_hash(slice_of(form));
	size_t at = (size_t)hash & 63;

	while (clusters[at].coarse)
		at = (at + 1) & 63;
	clusters[at] = (struct cluster_slot){(uint32_t)(hash >> 32), 1, 1, 1};
}

static uint64_t add_name(uint64_t before, const char *form, uint32_t set)
{
	uint64_t hash = lexicon_extend(before, lexicon_hash(slice_of(form)));
	size_t at = (size_t)(uint32_t)hash & 63;

	while (names[at])
		at = (at + 1) & 63;
	names[at] = (uint32_t)(hash >> 42) << 10 | set;
	return hash;
}

static int setup(void **state)
{
	(void)state;
	sets[1] = 1u << LEXICON_CITY;
	sets[2] = LEXICON_MORE;
	sets[3] = 1u << LEXICON_COUNTRY;
	add_cluster("Lumo");
	add_cluster("nice");
	add_cluster("Nice");
	add_cluster("bay");
	add_cluster("china");
	add_name(0, "nice", 1);
	add_name(0, "kordova", 1);
	add_name(0, "china", 3);
	add_name(add_name(0, "alta", 2), "bay", 1);
	lexicon = (struct lexicon){.clusters = clusters, .cluster_mask = 63, .names = names, .name_mask = 63, .sets = sets};
	open_arena((size_t)16 << 20);
	return 0;
}

/* The words that a document has in capitals, a space behind each. */
static const char *capitals(const char *text)
{
	static char out[256];
	struct tokens tokens;
	struct document document;
	size_t length = 0;

	tokens_read(&arena, slice_of(text), &tokens);
	document_read(&arena, &lexicon, &tokens, 1, &document);
	for (size_t i = 0; i < document.count; i++)
		if (document.words[i].token->flags & TOKEN_CAPITAL)
			length += (size_t)snprintf(out + length, sizeof out - length, "%.*s ", SLICE_ARG(document.words[i].token->text));
	out[length] = '\0';
	return out;
}

static void recase_finds_names_that_a_careless_writer_left_small(void **state)
{
	(void)state;
	assert_string_equal(capitals("i moved from kordova to alta bay, is lumo hiring? in china too?"), "kordova alta bay lumo china ");
}

static void recase_leaves_ordinary_words_small(void **state)
{
	(void)state;
	assert_string_equal(capitals("i saw a nice bay there"), "");
}

static void recase_leaves_edited_text_alone(void **state)
{
	(void)state;
	assert_string_equal(capitals("Mayor Ruiz spoke of kordova. She left. The rest, including alta bay, stayed."), "Mayor Ruiz She The ");
}

static void recase_gives_the_features_of_the_word_with_its_capital(void **state)
{
	(void)state;
	struct tokens tokens;
	struct document small, large;

	tokens_read(&arena, SLICE("i like lumo"), &tokens);
	document_read(&arena, &lexicon, &tokens, 1, &small);
	assert_int_equal(tokens.items[2].flags & TOKEN_CAPITAL, 0); /* the field's own token stays as it is */
	tokens_read(&arena, SLICE("i like Lumo"), &tokens);
	document_read(&arena, &lexicon, &tokens, 1, &large);
	assert_int_equal(small.words[2].exact, large.words[2].exact);
	assert_int_equal(small.words[2].shape, large.words[2].shape);
	assert_int_equal(small.words[2].coarse, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(recase_finds_names_that_a_careless_writer_left_small),
		cmocka_unit_test(recase_leaves_ordinary_words_small),
		cmocka_unit_test(recase_leaves_edited_text_alone),
		cmocka_unit_test(recase_gives_the_features_of_the_word_with_its_capital),
	};
	return cmocka_run_group_tests(tests, setup, close_arena);
}
