/* What each word of an annotated article may be, as the trainer reads it. */
#include "unit.h"

#include "tag/train/corpus.h"

#include <stdlib.h>
#include <unistd.h>
#include <zlib.h>

static struct corpus corpus;

/* The only article of a file with this line, as of the source; allowed sets are then in corpus.items[0]. */
static const struct example *article(const char *line, int source)
{
	static const struct lexicon lexicon;
	char path[] = "/tmp/copydesk-corpus-XXXXXX";
	struct error error;

	close(mkstemp(path));
	gzFile file = gzopen(path, "wb");
	gzputs(file, line);
	gzclose(file);
	corpus_release(&corpus);
	corpus_init(&corpus);
	if (!corpus_add(&corpus, &lexicon, path, source, &error))
		fail_msg("%s", error.text);
	unlink(path);
	assert_int_equal(corpus.count, 1);
	return &corpus.items[0];
}

static int source_named(const char *name)
{
	for (int i = 0; i < SOURCE_COUNT; i++)
		if (strcmp(SOURCES[i].name, name) == 0)
			return i;
	fail_msg("no source %s", name);
	return -1;
}

static void a_name_has_its_words(void **state)
{
	const struct example *example =
		article("{\"id\":\"a\",\"text\":\"the Amber Bank of Tovia paid\",\"entities\":[{\"start\":0,\"end\":14,\"type\":\"Organization\"},"
			"{\"start\":4,\"end\":9,\"type\":\"Person\"},{\"start\":18,\"end\":23,\"type\":\"LOC\"}]}\n", -1);
	const uint32_t want[] = {1u << LABEL_O, 1u << (LABEL_B + NAME_ORGANIZATION), 1u << (LABEL_E + NAME_ORGANIZATION), 1u << LABEL_O,
		1u << (LABEL_S + NAME_PLACE) | 1u << (LABEL_S + NAME_FACILITY), 1u << LABEL_O};

	(void)state;
	assert_int_equal(example->tokens.count, 6);
	assert_memory_equal(example->allowed, want, sizeof want);
	assert_int_equal(example->gold[4], LABEL_S + NAME_PLACE);
}

static void what_a_source_leaves_out_may_be(void **state)
{
	const struct example *example = article("{\"id\":\"a\",\"text\":\"a Tovian paid\",\"entities\":[]}\n", source_named("wnut17"));

	(void)state;
	assert_int_equal(example->allowed[0], 1u << LABEL_O);
	assert_true(example->allowed[1] & 1u << (LABEL_S + NAME_NATIONALITY));
	assert_true(example->allowed[1] & 1u << LABEL_O);
	assert_false(example->allowed[1] & 1u << (LABEL_S + NAME_PERSON));
}

static void unsure_words_may_be_anything(void **state)
{
	const struct example *example = article("{\"id\":\"a\",\"text\":\"so Amber Bank paid Ana\",\"entities\":[{\"start\":19,\"end\":22,\"type\":\"Person\"}],"
						"\"unsure\":[{\"start\":3,\"end\":13}]}\n", -1);

	(void)state;
	assert_int_equal(example->allowed[0], 1u << LABEL_O);
	assert_int_equal(example->allowed[1], (1u << LABELS) - 1);
	assert_int_equal(example->allowed[2], (1u << LABELS) - 1);
	assert_int_equal(example->allowed[3], 1u << LABEL_O);
	assert_int_equal(example->allowed[4], 1u << (LABEL_S + NAME_PERSON));
}

static int open_group(void **state)
{
	(void)state;
	corpus_init(&corpus);
	return 0;
}

static int close_group(void **state)
{
	(void)state;
	corpus_release(&corpus);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_name_has_its_words),
		cmocka_unit_test(what_a_source_leaves_out_may_be),
		cmocka_unit_test(unsure_words_may_be_anything),
	};
	return cmocka_run_group_tests(tests, open_group, close_group);
}
