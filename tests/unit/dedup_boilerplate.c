/* Paragraphs that a host repeats, through the whole stage: what counts as repeated, for whom, and that nothing else matters. */
#include "unit.h"

#include "dedup/counters.h"
#include "dedupindex.h"

#include <string.h>

#define BIO "Ines Holloway has covered the county for the Brookmere Courier since 2011. Write to her at the newsroom on Mill Lane."

static const char *const NEWS[] = {
	"The council of Brookmere voted on Tuesday to buy the old paper mill and turn it into a library and a museum of printing for the whole county.",
	"A ferry with forty passengers ran aground off Cape Lunn on Wednesday morning; nobody was hurt, and tugs pulled it free at the next high water.",
	"Teachers at three schools in Gravenford will strike on Friday over class sizes after talks with the district broke off late on Monday night.",
	"The orchard festival drew nine thousand visitors this year, more than ever before, although rain closed the parade an hour after it had begun.",
	"Engineers found cracks in two pillars of the railway bridge at Ashgrove, and trains will be rerouted over Dunmore until the end of next month.",
};

/* How many paragraphs of an article of `host` were left out: news `n`, then `tail` unless that is empty. */
static unsigned left_out(struct index *index, const char *host, unsigned id, unsigned n, const char *tail)
{
	struct flight flight;
	char name[32], site[96], body[1024];

	snprintf(name, sizeof(name), "%.8s-%u", host, id);
	snprintf(site, sizeof(site), "%s/%u", host, id);
	snprintf(body, sizeof(body), "%s%s%s", NEWS[n], *tail ? "\\n\\n" : "", tail);
	index_judge(index, &flight, name, site, "02T10:00", "News of the day", body);
	unsigned count = (unsigned)flight.job.task.counts[COUNTER_BOILERPLATE];
	flight_end(&flight);
	return count;
}

static void boilerplate_is_what_two_other_articles_of_the_host_had(void **state)
{
	(void)state;
	struct index index;

	index_begin(&index, 3);
	assert_int_equal(left_out(&index, "courier.example", 1, 0, BIO), 0);
	assert_int_equal(left_out(&index, "courier.example", 2, 1, BIO), 0);
	assert_int_equal(left_out(&index, "courier.example", 3, 2, BIO), 1);
	assert_int_equal(left_out(&index, "courier.example", 4, 3, BIO), 1);
	assert_int_equal(left_out(&index, "gazette.example", 5, 4, BIO), 0); /* another host's readers haven't seen it */
	index_end(&index);
}

static void boilerplate_is_not_learned_from_copies_of_one_article(void **state)
{
	(void)state;
	struct index index;

	index_begin(&index, 3);
	for (unsigned i = 0; i < 6; i++)
		assert_int_equal(left_out(&index, "courier.example", i, 0, BIO), 0);
	index_end(&index);
}

static void boilerplate_follows_the_option_of_what_one_host_is(void **state)
{
	(void)state;
	struct settings settings = settings_default();
	struct index index;

	for (int registrable = 0; registrable < 2; registrable++) {
		settings.registrable_host = registrable != 0;
		index_begin_with(&index, 2, settings);
		left_out(&index, "north.courier.example", 1, 0, BIO);
		left_out(&index, "south.courier.example", 2, 1, BIO);
		assert_int_equal(left_out(&index, "east.courier.example", 3, 2, BIO), registrable);
		index_end(&index);
	}
}

static void boilerplate_of_an_article_that_is_nothing_else_counts(void **state)
{
	(void)state;
	struct index index;
	struct flight flight;

	index_begin(&index, 1);
	for (unsigned i = 0; i < 3; i++)
		left_out(&index, "courier.example", i, i, NEWS[4]);
	index_judge(&index, &flight, "alone", "courier.example/alone", "02T11:00", "Cracks in the bridge", NEWS[4]);
	assert_slice(flight_says(&flight, "status"), "unique");
	flight_end(&flight);
	index_judge(&index, &flight, "again", "gazette.example/again", "02T12:00", "Cracks in the bridge", NEWS[4]);
	assert_slice(flight_says(&flight, "of"), "alone");
	flight_end(&flight);
	index_end(&index);
}

/* What is left out of each of five articles, with other hosts' articles between them or not. */
static void learn(size_t partitions, bool noise, unsigned counts[5])
{
	struct index index;

	index_begin(&index, partitions);
	for (unsigned i = 0; i < 5; i++) {
		counts[i] = left_out(&index, "courier.example", i, i, BIO);
		for (unsigned j = 0; noise && j < 3; j++) {
			char host[32];
			snprintf(host, sizeof(host), "other%u.example", j);
			left_out(&index, host, i, (i + j) % 5, j == 0 ? BIO : "");
		}
	}
	index_end(&index);
}

static void boilerplate_depends_on_the_hosts_own_articles_alone(void **state)
{
	(void)state;
	static const unsigned WANT[5] = {0, 0, 1, 1, 1};
	unsigned counts[5];

	for (size_t partitions = 1; partitions <= INDEX_PARTITIONS; partitions += 5) {
		learn(partitions, false, counts);
		assert_memory_equal(counts, WANT, sizeof(WANT));
		learn(partitions, true, counts);
		assert_memory_equal(counts, WANT, sizeof(WANT));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(boilerplate_is_what_two_other_articles_of_the_host_had),
		cmocka_unit_test(boilerplate_is_not_learned_from_copies_of_one_article),
		cmocka_unit_test(boilerplate_follows_the_option_of_what_one_host_is),
		cmocka_unit_test(boilerplate_of_an_article_that_is_nothing_else_counts),
		cmocka_unit_test(boilerplate_depends_on_the_hosts_own_articles_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
