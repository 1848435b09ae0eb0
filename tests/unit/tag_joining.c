/* How well gold mentions of real articles are joined: B³ (Bagga and Baldwin 1998) against the coreference ids of GUM. The articles lie
 * outside the repository: $COPYDESK_SHARED or ../shared; without them the test is skipped. */
#include "unit.h"

#include "json/reader.h"
#include "tag/entities.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static enum name_type type_of(struct slice name)
{
	return slice_is(name, "PER") ? NAME_PERSON : slice_is(name, "ORG") ? NAME_ORGANIZATION : slice_is(name, "LOC") ? NAME_PLACE :
		slice_is(name, "PRODUCT") ? NAME_PRODUCT : NAME_OTHER;
}

/* Labels for one gold name; false if it isn't made of whole tokens or something is there already. */
static bool mark(const struct tokens *tokens, const struct json *entity, uint8_t *labels, size_t *first)
{
	uint32_t start = (uint32_t)json_integer(entity, "start", 0), end = (uint32_t)json_integer(entity, "end", 0);
	size_t i = 0, last;

	while (i < tokens->count && tokens->items[i].start < start)
		i++;
	for (last = i; last < tokens->count && tokens->items[last].end <= end; last++)
		if (labels[last] != LABEL_O)
			return false;
	if (i == last || tokens->items[i].start != start)
		return false;
	for (size_t k = i; k < last; k++)
		labels[k] = label_within(k, i, last, type_of(json_string(entity, "type")));
	*first = i;
	return true;
}

/* B³ F1 over the mentions of a file, by article. */
static double b_cubed(const char *path, size_t *mentions_seen)
{
	static const struct lexicon no_lexicon = {0};
	FILE *file = fopen(path, "r");
	char *line = NULL;
	size_t room = 0;
	double precision = 0, recall = 0, total = 0;

	assert_non_null(file);
	while (getline(&line, &room, file) > 0) {
		struct arena arena;
		struct error error;
		jmp_buf jump;
		struct tokens tokens;
		struct document document;
		struct mentions mentions;
		struct entities entities;
		arena_init(&arena, (size_t)256 << 20);
		arena.escape = &jump;
		const struct json *row = json_parse(&arena, slice_of(line), &JSON_LIMITS_DEFAULT, &error);
		tokens_read(&arena, json_string(row, "text"), &tokens);
		document_read(&arena, &no_lexicon, &tokens, 1, &document);
		uint8_t *labels = arena_array(&arena, uint8_t, tokens.count + 1);
		float *scores = arena_array(&arena, float, tokens.count + 1);
		struct slice *gold = arena_array(&arena, struct slice, tokens.count + 1);
		for json_each(entity, json_array(row, "entities")) {
			size_t first;
			const struct json *eid = json_get(entity, "eid");
			if (eid && mark(&tokens, entity, labels, &first))
				gold[first] = eid->text;
		}
		for (size_t i = 0; i < tokens.count; i++)
			scores[i] = 1;
		mentions_read(&arena, &document, labels, scores, &mentions);
		entities_join(&arena, &document, &mentions, 0, &entities);
		for (size_t a = 0; a < mentions.count; a++) {
			size_t both = 0, same_gold = 0, same_found = 0;
			struct slice id = SLICE_NONE; /* a title may have been cut off in front */
			for (size_t w = mentions.items[a].first + 1; w-- > 0 && id.len == 0 && labels[w] != LABEL_O;)
				id = gold[w];
			for (size_t b = 0; b < mentions.count; b++) {
				struct slice other = SLICE_NONE;
				for (size_t w = mentions.items[b].first + 1; w-- > 0 && other.len == 0 && labels[w] != LABEL_O;)
					other = gold[w];
				bool g = slice_equal(id, other), f = mentions.items[a].entity == mentions.items[b].entity;
				both += g && f;
				same_gold += g;
				same_found += f;
			}
			precision += (double)both / (double)same_found;
			recall += (double)both / (double)same_gold;
			total++;
		}
		arena.escape = NULL;
		arena_release(&arena);
	}
	free(line);
	fclose(file);
	*mentions_seen += (size_t)total;
	precision /= total;
	recall /= total;
	print_message("%s: %.0f mentions, B3 precision %.4f, recall %.4f\n", strrchr(path, '/') + 1, total, precision, recall);
	return 2 * precision * recall / (precision + recall);
}

static void joining_reaches_its_mark_on_gold_mentions(void **state)
{
	(void)state;
	const char *shared = getenv("COPYDESK_SHARED");
	char path[4096];
	size_t mentions = 0;

	snprintf(path, sizeof path, "%s/exam/tag/gum_news.jsonl", shared ? shared : "../shared");
	if (access(path, R_OK) != 0) {
		print_message("skipped: %s isn't there\n", path);
		skip();
	}
	double score = b_cubed(path, &mentions);
	assert_true(mentions > 50);
	assert_true(score >= 0.95);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(joining_reaches_its_mark_on_gold_mentions)};
	size_t mentions = 0;

	for (int i = 1; i < argc; i++) /* by hand, on other files of the form */
		print_message("%s: B3 F1 %.4f\n", argv[i], b_cubed(argv[i], &mentions));
	return argc > 1 ? 0 : cmocka_run_group_tests(tests, NULL, NULL);
}
