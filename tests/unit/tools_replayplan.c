#include "unit.h"

#include "tools/replayplan.h"
#include "tools/replayrun.h"

#include <stdlib.h>
#include <string.h>

static struct replay_range RANGES[] = {{100, 200}, {50, 50}, {0, 1000}};
static const struct replay_plan PLAN = {RANGES, 3};

static void partitions_are_numbers_and_ranges(void **state)
{
	bool chosen[6];
	struct error error;
	(void)state;
	assert_true(replay_partitions("0,3-5", 6, chosen, &error));
	for (int i = 0; i < 6; i++)
		assert_int_equal(chosen[i], i == 0 || i >= 3);
	assert_true(replay_partitions(NULL, 6, chosen, &error) && chosen[0] && chosen[5]);
	static const char *const BAD[] = {"6", "x", "3-", "-3", "5-3", "0-6", "1,,2", "99999999999999999999"};
	for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
		assert_false(replay_partitions(BAD[i], 6, chosen, &error));
		assert_string_equal(error.code, "usage");
	}
}

static void done_counts_within_the_ranges_only(void **state)
{
	(void)state;
	assert_int_equal(replay_plan_total(&PLAN), 1100);
	assert_int_equal(replay_plan_done(&PLAN, (const int64_t[]){-1, -1, -1}), 0);
	assert_int_equal(replay_plan_done(&PLAN, (const int64_t[]){90, 50, 0}), 0);
	assert_int_equal(replay_plan_done(&PLAN, (const int64_t[]){150, 50, 400}), 450);
	assert_int_equal(replay_plan_done(&PLAN, (const int64_t[]){200, 50, 1000}), 1100);
	assert_int_equal(replay_plan_done(&PLAN, (const int64_t[]){5000, 70, 1001}), 1100);
}

static void a_plan_covers_its_offsets(void **state)
{
	(void)state;
	assert_true(replay_plan_covers(&PLAN, 0, 100) && replay_plan_covers(&PLAN, 0, 199));
	assert_false(replay_plan_covers(&PLAN, 0, 99) || replay_plan_covers(&PLAN, 0, 200));
	assert_false(replay_plan_covers(&PLAN, 1, 50) || replay_plan_covers(&PLAN, 3, 0) || replay_plan_covers(&PLAN, -1, 0));
}

static void offsets_are_written_as_the_stages_read_them(void **state)
{
	struct buf text;
	(void)state;
	buf_init(&text, 1000);
	replay_plan_offsets(&PLAN, false, &text);
	assert_slice(buf_slice(&text), "0:100,1:50,2:0");
	buf_clear(&text);
	replay_plan_offsets(&PLAN, true, &text);
	assert_slice(buf_slice(&text), "0:200,1:50,2:1000");
	buf_release(&text);
}

static void ids_fit_into_the_names_of_topics(void **state)
{
	struct error error;
	char id[48];
	(void)state;
	assert_true(replay_id_check("charset-fix_2", &error));
	static const char *const BAD[] = {"", "a.b", "a b", "dead", "live", "../x", "12345678901234567890123456789012345678901"};
	for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++)
		assert_false(replay_id_check(BAD[i], &error));
	replay_id_make(1795545005123, id);
	assert_string_equal(id, "20261124-183005");
	assert_true(replay_id_check(id, &error));
}

static struct replay_run run_make(bool into_live)
{
	struct replay_run run = {.id = "fix", .into_live = into_live, .from = "earliest", .until = "end", .record_bytes = 54321.5, .created_ms = 5,
		.work_ms = 77, .plan = PLAN};
	run.topics.stage = pipeline_stage("dedup");
	for (size_t i = 0; run.topics.stage->topics[i][0]; i++)
		snprintf(run.topics.names[run.topics.count++], 250, "p.%s", run.topics.stage->topics[i][1]);
	snprintf(run.topics.group, sizeof run.topics.group, "p.copydesk-dedup");
	return run;
}

static size_t index_of(const struct replay_run *run, const char *key)
{
	size_t i = 0;
	while (strcmp(run->topics.stage->topics[i][0], key) != 0)
		i++;
	return i;
}

static void a_replay_writes_beside_what_is_live(void **state)
{
	struct replay_run side = run_make(false), live = run_make(true);
	char name[320];
	(void)state;
	replay_run_topic(&side, index_of(&side, "topic.in"), name);
	assert_string_equal(name, "p.news.article");
	replay_run_topic(&side, index_of(&side, "topic.out"), name);
	assert_string_equal(name, "p.news.unique.fix");
	replay_run_topic(&live, index_of(&live, "topic.out"), name);
	assert_string_equal(name, "p.news.unique");
	replay_run_topic(&live, index_of(&live, "topic.probe"), name); /* never the live index */
	assert_string_equal(name, "p.news.dedup.probe.fix");
	replay_run_group(&live, name);
	assert_string_equal(name, "p.copydesk-dedup.fix");
}

static void a_note_reads_back_as_it_was_written(void **state)
{
	struct replay_run run = run_make(true), back;
	struct buf first, second;
	(void)state;
	buf_init(&first, 10000);
	buf_init(&second, 10000);
	replay_run_write(&run, &first);
	assert_true(replay_run_parse(SLICE("fix"), buf_slice(&first), &back));
	assert_string_equal(back.id, "fix");
	assert_true(back.into_live);
	assert_int_equal(back.plan.partitions, 3);
	assert_int_equal(back.plan.ranges[2].end, 1000);
	replay_run_write(&back, &second);
	assert_true(slice_equal(buf_slice(&first), buf_slice(&second)));
	replay_run_release(&back);
	static const char *const BAD[] = {"", "{}", "[]", "{\"stage\":\"dedup\"}", "{\"stage\":\"dedup\",\"topics\":{\"topic.in\":\"a\"},\"ranges\":[[5,1]]}",
		"{\"stage\":\"none\",\"topics\":{\"topic.in\":\"a\"},\"ranges\":[[0,1]]}"};
	for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++)
		assert_false(replay_run_parse(SLICE("fix"), slice_of(BAD[i]), &back));
	buf_release(&first);
	buf_release(&second);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(partitions_are_numbers_and_ranges), cmocka_unit_test(done_counts_within_the_ranges_only),
		cmocka_unit_test(a_plan_covers_its_offsets), cmocka_unit_test(offsets_are_written_as_the_stages_read_them),
		cmocka_unit_test(ids_fit_into_the_names_of_topics), cmocka_unit_test(a_replay_writes_beside_what_is_live),
		cmocka_unit_test(a_note_reads_back_as_it_was_written)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
