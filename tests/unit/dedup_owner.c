/* What the index remembers, and for how long: late and early articles, expiry, hot keys, snapshots. Through the whole stage. */
#include "unit.h"

#include "base/clock.h"
#include "dedupindex.h"

#include <string.h>

#define DAY ((int64_t)86400)
#define BEGIN 1772323200 /* 2026-03-01T00:00:00Z */
#define SEGMENT 4096

static const char *const WORDS[] = {"harbour", "council", "ferry", "budget", "winter", "engine", "teacher", "market", "river", "signal", "bridge",
	"doctor", "summer", "window", "letter", "garden", "police", "village", "station", "painter", "captain", "kitchen", "forest", "minister",
	"library", "island", "orchard", "railway", "concert", "factory", "student", "weather", "tunnel", "lawyer", "pension", "glacier"};

/* Article `id` with the text of `story`, `count` words, at `time` (s UTC), on a site of its own. */
static void judge(struct index *index, struct flight *flight, const char *id, unsigned story, size_t count, int64_t time)
{
	char body[8192], when[32], site[64], headline[64];
	uint64_t words = 5000 + story;
	size_t at = 0;

	for (size_t i = 0; i < count; i++)
		at += (size_t)snprintf(body + at, sizeof(body) - at, "%s ", WORDS[dice(&words) % (sizeof(WORDS) / sizeof(*WORDS))]);
	clock_format(time * 1000, when);
	snprintf(site, sizeof(site), "site-%s.example/story/%s", id, id);
	snprintf(headline, sizeof(headline), "Story number %u of many", story);
	index_judge_at(index, flight, id, site, when, headline, body);
}

static void says(struct index *index, const char *id, unsigned story, size_t count, int64_t time, char out[96])
{
	struct flight flight;

	judge(index, &flight, id, story, count, time);
	struct slice status = flight_says(&flight, "status"), of = flight_says(&flight, "of");
	snprintf(out, 96, "%.*s%s%.*s", SLICE_ARG(status), of.len > 0 ? " " : "", SLICE_ARG(of));
	flight_end(&flight);
}

#define assert_says(index, id, story, time, want)                                                                                        \
	do {                                                                                                                                 \
		char got_[96];                                                                                                                   \
		says(index, id, story, 60, time, got_);                                                                                          \
		if (strcmp(got_, want) != 0)                                                                                                     \
			fail_msg("%s is %s, not %s", id, got_, want);                                                                                \
	} while (0)

/* `count` short articles of stories of their own, from `story` on, all at `time`. */
static void pass_by(struct index *index, unsigned story, size_t count, int64_t time)
{
	for (unsigned i = 0; i < count; i++) {
		struct flight flight;
		char id[32];
		snprintf(id, sizeof(id), "by%u", story + i);
		judge(index, &flight, id, story + i, 12, time);
		flight_end(&flight);
	}
}

static size_t articles_in(const struct index *index)
{
	return owner_measure(index->partitions[0]).articles;
}

static void owner_takes_articles_out_of_order(void **state)
{
	(void)state;
	struct index index;

	index_begin(&index, 3);
	assert_says(&index, "noon", 1, BEGIN + DAY / 2, "unique");
	assert_says(&index, "morning", 1, BEGIN + DAY / 3, "exact noon"); /* who is judged first is the first, whatever the times */
	assert_says(&index, "evening", 1, BEGIN + DAY, "exact noon");
	index_end(&index);
}

static void owner_does_not_compare_beyond_the_window(void **state)
{
	(void)state;
	struct settings settings = settings_default();
	struct index index;

	settings.window = 3 * DAY;
	index_begin_with(&index, 2, settings);
	assert_says(&index, "first", 1, BEGIN, "unique");
	assert_says(&index, "within", 1, BEGIN + 3 * DAY, "exact first");
	assert_says(&index, "other", 2, BEGIN, "unique");
	assert_says(&index, "beyond", 2, BEGIN + 3 * DAY + 60, "unique");
	index_end(&index);
}

static void owner_judges_a_late_article_as_if_in_time(void **state)
{
	(void)state;
	struct settings settings = settings_default();
	struct index index;

	settings.window = 2 * DAY;
	settings.lateness = DAY;
	index_begin_with(&index, 1, settings);
	assert_says(&index, "old", 1, BEGIN, "unique");
	pass_by(&index, 1000, SEGMENT, BEGIN + DAY / 2);
	for (int64_t day = 1; day <= 5; day++) /* "old" is 3 days old less a minute: beyond the window of now, within that of a late article */
		pass_by(&index, (unsigned)(10000 + day), 1, BEGIN + day * (3 * DAY - 60) / 5);
	assert_says(&index, "late", 1, BEGIN + 2 * DAY, "exact old");
	index_end(&index);
}

static void owner_drops_segments_whose_articles_are_all_past(void **state)
{
	(void)state;
	struct settings settings = settings_default();
	struct index index;

	settings.window = 2 * DAY;
	settings.lateness = DAY;
	index_begin_with(&index, 1, settings);
	assert_says(&index, "old", 1, BEGIN, "unique");
	pass_by(&index, 1000, SEGMENT, BEGIN + 60);
	assert_int_equal(articles_in(&index), SEGMENT + 1);
	size_t names = owner_measure(index.partitions[0]).roster_bytes;
	for (int64_t day = 1; day <= 5; day++)
		pass_by(&index, (unsigned)(10000 + day), 1, BEGIN + day * DAY * 7 / 10);
	assert_int_equal(articles_in(&index), 6);
	assert_true(owner_measure(index.partitions[0]).roster_bytes < names);
	assert_says(&index, "too-late", 1, BEGIN + 60, "unique"); /* what it is a copy of is forgotten: shown twice, never lost */
	index_end(&index);
}

static void owner_is_not_moved_by_one_article_from_the_future(void **state)
{
	(void)state;
	struct index index;

	index_begin(&index, 1);
	pass_by(&index, 1, 20, BEGIN);
	assert_says(&index, "kept", 900, BEGIN, "unique");
	pass_by(&index, 1000, SEGMENT, BEGIN + 60);
	for (unsigned i = 0; i < 15; i++)
		pass_by(&index, 10000 + i, 1, BEGIN + 400 * DAY);
	assert_true(articles_in(&index) > SEGMENT);
	assert_says(&index, "copy", 900, BEGIN + 120, "exact kept");
	for (unsigned i = 0; i < 16; i++)
		pass_by(&index, 20000 + i, 1, BEGIN + 400 * DAY);
	assert_true(articles_in(&index) < SEGMENT);
	index_end(&index);
}

/* A release on 5,000 sites: each finds the first, and none costs more than the twentieth did (but for a step from a copy to its story). */
static void owner_bounds_what_a_hot_key_costs(void **state)
{
	(void)state;
	struct index index;
	size_t questions = 0, postings = 0;

	index_begin(&index, 1);
	for (unsigned i = 0; i < 5000; i++) {
		struct flight flight;
		char id[32];
		snprintf(id, sizeof(id), "site%u", i);
		judge(&index, &flight, id, 7, 80, BEGIN + i);
		if (i == 20)
			questions = flight.question_total;
		if (i > 0 && (!slice_is(flight_says(&flight, "status"), "exact") || !slice_is(flight_says(&flight, "story"), "site0")))
			fail_msg("copy %u isn't one of site0", i);
		if (i > 20)
			assert_true(flight.question_total <= questions + 2);
		if (i == 20)
			postings = owner_measure(index.partitions[0]).posting_bytes;
		flight_end(&flight);
	}
	assert_int_equal(owner_measure(index.partitions[0]).posting_bytes, postings);
	index_end(&index);
}

static void restart_from_snapshot(struct index *index)
{
	for (size_t i = 0; i < index->count; i++) {
		struct buf bytes;
		struct error error;
		buf_init(&bytes, 64 << 20);
		assert_true(dedup_stage.index->save(index->partitions[i], &bytes));
		dedup_stage.index->close(&index->partitions[i]);
		index->partitions[i] = dedup_stage.index->open(&index->settings);
		assert_true(dedup_stage.index->load(index->partitions[i], buf_slice(&bytes), &error));
		buf_release(&bytes);
	}
}

static void some_of_everything(struct index *index)
{
	assert_says(index, "one", 1, BEGIN, "unique");
	assert_says(index, "0a1b2c3d4e5f60718293a4b5c6d7e8f9", 2, BEGIN + 60, "unique");
	assert_says(index, "two", 2, BEGIN + 120, "exact 0a1b2c3d4e5f60718293a4b5c6d7e8f9");
	pass_by(index, 1000, 300, BEGIN + 180);
}

static void owner_goes_on_from_a_snapshot_as_if_it_had_never_stopped(void **state)
{
	(void)state;
	struct index index;

	index_begin(&index, 2);
	some_of_everything(&index);
	restart_from_snapshot(&index);
	assert_says(&index, "two", 2, BEGIN + 120, "exact 0a1b2c3d4e5f60718293a4b5c6d7e8f9"); /* delivered again: the old verdict */
	assert_says(&index, "three", 2, BEGIN + 240, "exact 0a1b2c3d4e5f60718293a4b5c6d7e8f9");
	assert_says(&index, "four", 1, BEGIN + 240, "exact one");
	assert_says(&index, "five", 5555, BEGIN + 300, "unique");
	index_end(&index);
}

static void owner_makes_the_same_snapshot_of_a_restored_state(void **state)
{
	(void)state;
	struct index index;
	struct buf before, after;

	index_begin(&index, 1);
	some_of_everything(&index);
	buf_init(&before, 64 << 20);
	buf_init(&after, 64 << 20);
	restart_from_snapshot(&index);
	assert_true(dedup_stage.index->save(index.partitions[0], &before));
	restart_from_snapshot(&index);
	assert_true(dedup_stage.index->save(index.partitions[0], &after));
	assert_int_equal(before.len, after.len);
	buf_release(&before);
	buf_release(&after);
	index_end(&index);
}

static void owner_refuses_a_damaged_snapshot(void **state)
{
	(void)state;
	struct index index;
	struct buf bytes;
	struct error error;

	index_begin(&index, 1);
	assert_says(&index, "one", 1, BEGIN, "unique");
	buf_init(&bytes, 64 << 20);
	assert_true(dedup_stage.index->save(index.partitions[0], &bytes));
	for (size_t i = 0; i < bytes.len; i += 7) {
		void *fresh = dedup_stage.index->open(&index.settings);
		bytes.ptr[i] ^= 0x40;
		if (dedup_stage.index->load(fresh, buf_slice(&bytes), &error))
			fail_msg("a snapshot with byte %zu turned was taken", i);
		bytes.ptr[i] ^= 0x40;
		dedup_stage.index->close(&fresh);
	}
	for (size_t len = 0; len < bytes.len; len += 97) {
		void *fresh = dedup_stage.index->open(&index.settings);
		assert_false(dedup_stage.index->load(fresh, slice_sub(buf_slice(&bytes), 0, len), &error));
		dedup_stage.index->close(&fresh);
	}
	buf_release(&bytes);
	index_end(&index);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(owner_takes_articles_out_of_order),
		cmocka_unit_test(owner_does_not_compare_beyond_the_window),
		cmocka_unit_test(owner_judges_a_late_article_as_if_in_time),
		cmocka_unit_test(owner_drops_segments_whose_articles_are_all_past),
		cmocka_unit_test(owner_is_not_moved_by_one_article_from_the_future),
		cmocka_unit_test(owner_bounds_what_a_hot_key_costs),
		cmocka_unit_test(owner_goes_on_from_a_snapshot_as_if_it_had_never_stopped),
		cmocka_unit_test(owner_makes_the_same_snapshot_of_a_restored_state),
		cmocka_unit_test(owner_refuses_a_damaged_snapshot),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
