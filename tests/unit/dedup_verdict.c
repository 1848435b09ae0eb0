/* What must hold of verdicts however many partitions there are and in whatever order questions reach them (docs/dedup.md). */
#include "unit.h"

#include "dedupindex.h"

#include <stdio.h>
#include <string.h>

#define TEXT_MAX 8192

static const char *const WORDS[] = {"harbour", "council", "ferry", "budget", "winter", "engine", "teacher", "market", "river", "signal", "bridge",
	"doctor", "summer", "window", "letter", "garden", "police", "village", "station", "painter", "captain", "kitchen", "forest", "minister",
	"library", "island", "orchard", "railway", "concert", "factory", "student", "weather", "tunnel", "lawyer", "pension", "glacier"};

struct text {
	char text[TEXT_MAX];
};

/* A body of `count` words of story `story` with `changed` of them replaced, as an article; times run on by a minute. */
static const char *article(struct text *message, unsigned story, unsigned copy, size_t count, size_t changed, const char *url)
{
	uint64_t words = 1000 + story, edits = 77 * story + copy;
	bool edit[1024] = {false};
	size_t at = (size_t)snprintf(message->text, TEXT_MAX,
		"{\"id\":\"s%uc%u\",\"url\":\"%s\",\"fetchedAt\":\"2026-03-01T10:%02u:%02uZ\",\"headline\":\"Story number %u of the day\",\"articleBody\":\"",
		story, copy, url, copy / 60 % 60, copy % 60, story);

	for (size_t i = 0; i < changed; i++)
		edit[dice(&edits) % count] = true;
	for (size_t i = 0; i < count; i++) {
		uint64_t word = dice(&words), other = dice(&edits);
		const char *w = WORDS[(edit[i] ? other : word) % (sizeof(WORDS) / sizeof(*WORDS))];
		at += (size_t)snprintf(message->text + at, TEXT_MAX - at, "%s%s%s", w, i % 11 == 10 ? "." : "", i % 40 == 39 ? "\\n\\n" : " ");
	}
	snprintf(message->text + at, TEXT_MAX - at, "\"}");
	return message->text;
}

static const char *url_of(unsigned story, unsigned copy)
{
	static char url[80];

	snprintf(url, sizeof(url), "https://host%u.example/story/%u", copy, story);
	return url;
}

/* `count` near copies of one story, together, on `partitions`; returns how many were unique. Every other must name a story
 * that leads, through announcements, to the unique one. */
static size_t uniques_of_copies(size_t count, size_t changed, size_t partitions, uint64_t seed)
{
	static struct text messages[INDEX_ARTICLES];
	static struct flight flights[INDEX_ARTICLES];
	struct index index;
	size_t uniques = 0, unique = 0;

	index_begin(&index, partitions);
	for (size_t i = 0; i < count; i++)
		flight_begin(&index, &flights[i], article(&messages[i], 1, (unsigned)i, 150, changed, url_of(1, (unsigned)i)));
	index_run_together(&index, flights, count, seed);
	for (size_t i = 0; i < count; i++)
		if (slice_is(flight_says(&flights[i], "status"), "unique")) {
			uniques++;
			unique = i;
		}
	struct slice story = flight_says(&flights[unique], "story");
	for (size_t i = 0; i < count && uniques == 1; i++) {
		struct slice named = flight_says(&flights[i], "story");
		for (size_t hops = 0; !slice_equal(named, story) && hops < count; hops++)
			for (size_t j = 0; j < count; j++)
				if (slice_equal(flights[j].job.in.value.ptr ? json_string(flight_outcome(&flights[j]), "id") : SLICE_NONE, named)) {
					named = flight_says(&flights[j], "story");
					break;
				}
		assert_true(slice_equal(named, story));
	}
	for (size_t i = 0; i < count; i++)
		job_release(&flights[i].job);
	index_end(&index);
	return uniques;
}

static void verdict_of_copies_that_arrive_together_exactly_one_is_unique(void **state)
{
	(void)state;
	static const size_t PARTITIONS[] = {1, 2, 3, 7, 16};

	for (size_t p = 0; p < 5; p++)
		for (uint64_t seed = 1; seed <= 60; seed++)
			for (size_t copies = 2; copies <= 8; copies += 2)
				if (uniques_of_copies(copies, 8, PARTITIONS[p], seed) != 1)
					fail_msg("%zu copies on %zu partitions, seed %llu: not exactly one unique", copies, PARTITIONS[p],
						(unsigned long long)seed);
}

static void verdict_of_equal_copies_that_arrive_together_exactly_one_is_unique(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= 100; seed++)
		assert_int_equal(uniques_of_copies(6, 0, 5, seed), 1);
}

static void verdict_holds_when_a_crowd_arrives_together(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= 5; seed++)
		assert_int_equal(uniques_of_copies(50, 6, 8, seed), 1);
}

/* All verdicts of a stream of copies, revisions and strangers, one after the other. */
static void stream_verdicts(size_t partitions, struct buf *out)
{
	static struct text message;
	struct index index;

	index_begin(&index, partitions);
	for (unsigned copy = 0; copy < 5; copy++)
		for (unsigned story = 0; story < 12; story++) {
			struct flight flight;
			const char *url = copy == 3 ? url_of(story, 1) : url_of(story, copy);
			index_run(&index, &flight, article(&message, story, copy, 120, copy * 4, url));
			for (const struct emission *e = flight.job.task.emissions; e; e = e->next)
				buf_append(out, e->value);
			job_release(&flight.job);
		}
	index_end(&index);
}

static void verdict_does_not_depend_on_the_number_of_partitions(void **state)
{
	(void)state;
	struct buf one, many;

	buf_init(&one, 1 << 22);
	stream_verdicts(1, &one);
	assert_true(one.len > 1000);
	for (size_t partitions = 2; partitions <= INDEX_PARTITIONS; partitions += 7) {
		buf_init(&many, 1 << 22);
		stream_verdicts(partitions, &many);
		assert_true(slice_equal(buf_slice(&one), buf_slice(&many)));
		buf_release(&many);
	}
	buf_release(&one);
}

static void verdict_of_an_article_that_comes_again_is_the_old_one(void **state)
{
	(void)state;
	static struct text messages[6];
	static struct flight first[6], again[6];
	struct index index;

	index_begin(&index, 4);
	for (unsigned i = 0; i < 6; i++)
		index_run(&index, &first[i], article(&messages[i], i / 3, i, 120, i * 3, url_of(i / 3, i)));
	for (unsigned i = 0; i < 6; i++) {
		index_run(&index, &again[i], messages[i].text);
		assert_true(slice_equal(first[i].job.task.emissions->value, again[i].job.task.emissions->value));
		job_release(&first[i].job);
		job_release(&again[i].job);
	}
	index_end(&index);
}

/* A front dies with some of its questions delivered; its article is delivered again, among copies. */
static void verdict_survives_a_front_that_dies_between_rounds(void **state)
{
	(void)state;
	static struct text messages[4];

	for (uint64_t seed = 1; seed <= 200; seed++) {
		struct flight flights[4];
		struct index index;
		uint64_t luck = seed;
		size_t uniques = 0;
		index_begin(&index, 5);
		for (unsigned i = 0; i < 4; i++)
			flight_begin(&index, &flights[i], article(&messages[i], 1, i, 150, 6, url_of(1, i)));
		for (size_t steps = dice(&luck) % 40; steps > 0 && flights[0].waiting > 0; steps--) {
			struct flight *flight = &flights[dice(&luck) % 2];
			for (size_t q = 0; q < flight->asked && flight->waiting > 0; q++)
				if (!flight->answered[q]) {
					flight_deliver(&index, flight, q);
					break;
				}
		}
		for (size_t q = 0; q < flights[0].asked; q++)
			if (flights[0].answered[q] && flights[0].waiting > 0)
				buf_release(&flights[0].replies[q]);
		job_release(&flights[0].job);
		flight_begin(&index, &flights[0], messages[0].text);
		index_run_together(&index, flights, 4, seed);
		for (size_t i = 0; i < 4; i++) {
			uniques += slice_is(flight_says(&flights[i], "status"), "unique");
			job_release(&flights[i].job);
		}
		if (uniques != 1)
			fail_msg("seed %llu: %zu uniques", (unsigned long long)seed, uniques);
		index_end(&index);
	}
}

static void verdict_numbers_the_revisions_of_a_url_without_a_gap(void **state)
{
	(void)state;
	static struct text messages[4];
	struct flight flights[4];
	struct index index;

	index_begin(&index, 3);
	for (unsigned i = 0; i < 4; i++) {
		index_run(&index, &flights[i], article(&messages[i], 7, i, 120, i * 5, "https://paper.example/news/7"));
		const struct json *duplicate = json_object(flight_outcome(&flights[i]), "duplicate");
		assert_int_equal(json_integer(duplicate, "revision", 0), i);
		assert_slice(json_string(duplicate, "story"), "s7c0");
		if (i > 0) {
			assert_slice(json_string(duplicate, "status"), "revision");
			assert_true(slice_equal(json_string(duplicate, "of"), json_string(flight_outcome(&flights[i - 1]), "id")));
		}
	}
	for (unsigned i = 0; i < 4; i++)
		job_release(&flights[i].job);
	index_end(&index);
}

/* The first or second half of the body of `whole`, as copy `copy`. */
static const char *half(struct text *message, const struct text *whole, unsigned copy, bool second)
{
	const char *body = strstr(whole->text, "articleBody") + strlen("articleBody\":\"");
	const char *middle = strchr(body + strlen(body) / 2, ' ') + 1;

	snprintf(message->text, TEXT_MAX,
		"{\"id\":\"half%u\",\"url\":\"https://half%u.example/a/b\",\"fetchedAt\":\"2026-03-01T09:%02u:00Z\",\"headline\":\"Story number 3 of the day\","
		"\"articleBody\":\"%.*s%s",
		copy, copy, copy, (int)(second ? strlen(middle) : (size_t)(middle - body)), second ? middle : body, second ? "" : "\"}");
	return message->text;
}

static void verdict_announces_that_two_stories_are_one(void **state)
{
	(void)state;
	static struct text whole, messages[2];
	struct flight flights[3];
	struct index index;

	index_begin(&index, 3);
	article(&whole, 3, 0, 200, 0, url_of(3, 0));
	index_run(&index, &flights[0], half(&messages[0], &whole, 1, false));
	index_run(&index, &flights[1], half(&messages[1], &whole, 2, true));
	assert_slice(flight_says(&flights[1], "status"), "unique");
	index_run(&index, &flights[2], whole.text);
	assert_slice(flight_says(&flights[2], "story"), "half1");
	assert_slice(flight_alias(&flights[2]),
		"{\"id\":\"half2\",\"duplicate\":{\"status\":\"alias\",\"of\":\"half1\",\"story\":\"half1\",\"by\":\"s3c0\"}}");
	for (size_t i = 0; i < 3; i++)
		job_release(&flights[i].job);
	index_end(&index);
}

static void verdict_rejects_what_is_no_article(void **state)
{
	(void)state;
	static const char *const CASES[][2] = {{"[1]", "not_an_article"}, {"{\"headline\":\"x\"}", "missing_id"}, {"{\"id\":\"a\"}", "no_text"},
		{"{\"id\":", "json_syntax"}, {"{\"id\":\"a\",\"headline\":5,\"articleBody\":7}", NULL}};
	struct index index;

	index_begin(&index, 1);
	for (size_t i = 0; i < 5; i++) {
		struct flight flight;
		index_run(&index, &flight, CASES[i][0]);
		if (CASES[i][1] != NULL) {
			assert_int_equal(flight.job.verdict, VERDICT_REJECT);
			assert_string_equal(flight.job.task.error.code, CASES[i][1]);
		} else {
			assert_int_equal(flight.job.verdict, VERDICT_EMIT);
		}
		job_release(&flight.job);
	}
	index_end(&index);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(verdict_of_copies_that_arrive_together_exactly_one_is_unique),
		cmocka_unit_test(verdict_of_equal_copies_that_arrive_together_exactly_one_is_unique),
		cmocka_unit_test(verdict_holds_when_a_crowd_arrives_together),
		cmocka_unit_test(verdict_does_not_depend_on_the_number_of_partitions),
		cmocka_unit_test(verdict_of_an_article_that_comes_again_is_the_old_one),
		cmocka_unit_test(verdict_survives_a_front_that_dies_between_rounds),
		cmocka_unit_test(verdict_numbers_the_revisions_of_a_url_without_a_gap),
		cmocka_unit_test(verdict_announces_that_two_stories_are_one),
		cmocka_unit_test(verdict_rejects_what_is_no_article),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
