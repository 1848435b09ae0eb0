/* Values behind the table, and their text in Prometheus' exposition format 0.0.4. */
#include "unit.h"

#include "run/metrics.h"
#include "run/tally.h"
#include "toy.h"

#include <ctype.h>
#include <pthread.h>

static struct slice render(struct metrics *metrics, struct buf *out)
{
	buf_init(out, 1 << 20);
	metrics_render(metrics, out);
	buf_append_byte(out, '\0');
	assert_false(out->failed);
	return buf_slice(out);
}

static void assert_rendered(struct metrics *metrics, const char *line)
{
	struct buf out;
	if (!slice_contains(render(metrics, &out), slice_of(line)))
		fail_msg("no \"%s\" in:\n%s", line, out.ptr);
	buf_release(&out);
}

static void assert_not_rendered(struct metrics *metrics, const char *line)
{
	struct buf out;
	if (slice_contains(render(metrics, &out), slice_of(line)))
		fail_msg("\"%s\" in:\n%s", line, out.ptr);
	buf_release(&out);
}

static void metrics_every_row_is_described_and_well_named(void **state)
{
	(void)state;
	for (size_t i = 0; i < METRIC_COUNT; i++) {
		const struct metric_row *row = &METRIC_ROWS[i];
		assert_non_null(row->name);
		assert_non_null(row->unit);
		assert_true(strlen(row->help) > 10 && row->help[strlen(row->help) - 1] == '.');
		assert_true(row->limit >= 1);
		assert_int_equal(row->kind == METRIC_KIND_COUNTER, slice_ends(slice_of(row->name), SLICE("_total")));
		assert_int_equal(row->kind == METRIC_KIND_HISTOGRAM, row->bounds != NULL);
		for (size_t j = 1; row->bounds && row->bounds[j] > 0; j++)
			assert_true(row->bounds[j] > row->bounds[j - 1]);
		for (size_t j = 0; j < i; j++)
			assert_string_not_equal(row->name, METRIC_ROWS[j].name);
	}
}

static void metrics_render_counters_gauges_and_the_stages_own(void **state)
{
	struct metrics *metrics = metrics_create(&TOY);

	(void)state;
	metrics_add(metrics, METRIC_MESSAGES_IN, 3);
	metrics_add(metrics, METRIC_MESSAGES_IN, 4);
	metrics_set(metrics, METRIC_WORKERS, 2.5);
	metrics_count(metrics, 1, 9);
	assert_rendered(metrics, "# TYPE copydesk_messages_in_total counter\ncopydesk_messages_in_total{stage=\"toy\"} 7\n");
	assert_rendered(metrics, "copydesk_workers{stage=\"toy\"} 2.5\n");
	assert_rendered(metrics, "# HELP copydesk_toy_bytes_total Bytes seen.\n");
	assert_rendered(metrics, "copydesk_toy_bytes_total{stage=\"toy\"} 9\n");
	assert_rendered(metrics, "# TYPE process_resident_memory_bytes gauge\n");
	metrics_destroy(&metrics);
}

static void metrics_histogram_buckets_are_cumulative(void **state)
{
	struct metrics *metrics = metrics_create(&TOY);

	(void)state;
	metrics_observe(metrics, METRIC_COMMIT_SECONDS, .001);
	metrics_observe(metrics, METRIC_COMMIT_SECONDS, .004);
	metrics_observe(metrics, METRIC_COMMIT_SECONDS, 1000);
	assert_rendered(metrics, "copydesk_commit_seconds_bucket{stage=\"toy\",le=\"0.001\"} 1\n");
	assert_rendered(metrics, "copydesk_commit_seconds_bucket{stage=\"toy\",le=\"0.005\"} 2\n");
	assert_rendered(metrics, "copydesk_commit_seconds_bucket{stage=\"toy\",le=\"60\"} 2\n");
	assert_rendered(metrics, "copydesk_commit_seconds_bucket{stage=\"toy\",le=\"+Inf\"} 3\n");
	assert_rendered(metrics, "copydesk_commit_seconds_sum{stage=\"toy\"} 1000.005000\n");
	assert_rendered(metrics, "copydesk_commit_seconds_count{stage=\"toy\"} 3\n");
	metrics_destroy(&metrics);
}

static void metrics_escape_label_values(void **state)
{
	struct metrics *metrics = metrics_create(&TOY);

	(void)state;
	series_add(metrics_series(metrics, METRIC_DEAD, "a\"b\\c\nd", NULL), 1);
	assert_rendered(metrics, "copydesk_dead_total{stage=\"toy\",code=\"a\\\"b\\\\c\\nd\"} 1\n");
	metrics_destroy(&metrics);
}

static void metrics_bound_the_number_of_series(void **state)
{
	struct metrics *metrics = metrics_create(&TOY);
	char code[20];

	(void)state;
	for (int i = 0; i < 1000; i++) {
		snprintf(code, sizeof(code), "c%d", i);
		series_add(metrics_series(metrics, METRIC_DEAD, code, NULL), 1);
	}
	assert_rendered(metrics, "code=\"c63\"} 1\n");
	assert_not_rendered(metrics, "code=\"c64\"");
	assert_rendered(metrics, "copydesk_dead_total{stage=\"toy\",code=\"other\"} 936\n");
	metrics_destroy(&metrics);
}

static void metrics_forgotten_series_are_hidden_until_looked_up_again(void **state)
{
	struct metrics *metrics = metrics_create(&TOY);
	struct series *series = metrics_series(metrics, METRIC_LAG, "t", "0");

	(void)state;
	series_set(series, 5);
	assert_rendered(metrics, "copydesk_lag_messages{stage=\"toy\",topic=\"t\",partition=\"0\"} 5\n");
	metrics_forget(metrics, METRIC_LAG, "t", "0");
	assert_not_rendered(metrics, "partition=\"0\"");
	assert_ptr_equal(metrics_series(metrics, METRIC_LAG, "t", "0"), series);
	assert_rendered(metrics, "partition=\"0\"} 5\n");
	metrics_destroy(&metrics);
}

static void metrics_tell_what_runs(void **state)
{
	struct metrics *metrics = metrics_create(&TOY);

	(void)state;
	metrics_info(metrics, "config", "0123");
	assert_rendered(metrics, "copydesk_info{stage=\"toy\",version=\"" COPYDESK_VERSION "\",config=\"0123\"} 1\n");
	metrics_destroy(&metrics);
}

static void metrics_take_a_tally(void **state)
{
	struct metrics *metrics = metrics_create(&TOY);
	struct tally tally;
	struct job job;

	(void)state;
	tally_init(&tally, &TOY);
	job_init(&job, &TOY, NULL);
	for (int i = 0; i < 3; i++) {
		job.in.value = i == 0 ? SLICE("twice a") : i == 1 ? SLICE("drop") : SLICE("bad");
		tally_in(&tally, job.in.value.len);
		job_run(&TOY, NULL, &job);
		tally_job(&tally, &job);
		job_reset(&job);
	}
	tally_publish(&tally, metrics);
	assert_rendered(metrics, "copydesk_messages_total{stage=\"toy\",outcome=\"emitted\"} 1\n");
	assert_rendered(metrics, "copydesk_messages_out_total{stage=\"toy\",output=\"topic.second\"} 1\n");
	assert_rendered(metrics, "copydesk_dropped_total{stage=\"toy\",reason=\"unwanted\"} 1\n");
	assert_rendered(metrics, "copydesk_dead_total{stage=\"toy\",code=\"toy_bad\"} 1\n");
	assert_rendered(metrics, "copydesk_toy_words_total{stage=\"toy\"} 3\n");
	job_release(&job);
	metrics_destroy(&metrics);
}

static enum verdict fielded_process(void *state, struct task *task)
{
	if (!slice_is(task->in->value, "plain"))
		task_fields(task, slice_is(task->in->value, "both") ? 3 : 2);
	return toy_process(state, task);
}

static void metrics_tell_how_well_fields_are_filled(void **state)
{
	static const char *const FIELDS[] = {"headline", "author", NULL};
	static const char *const VALUES[] = {"both", "second", "plain"};
	struct stage stage = TOY;
	struct tally tally;
	struct job job;

	(void)state;
	stage.fields = FIELDS;
	stage.process = fielded_process;
	struct metrics *metrics = metrics_create(&stage);
	tally_init(&tally, &stage);
	job_init(&job, &stage, NULL);
	for (int i = 0; i < 3; i++) {
		job.in.value = slice_of(VALUES[i]);
		tally_in(&tally, job.in.value.len);
		job_run(&stage, NULL, &job);
		tally_job(&tally, &job);
		job_reset(&job);
	}
	tally_publish(&tally, metrics);
	assert_rendered(metrics, "copydesk_field_messages_total{stage=\"toy\"} 2\n");
	assert_rendered(metrics, "copydesk_field_filled_total{stage=\"toy\",field=\"headline\"} 1\n");
	assert_rendered(metrics, "copydesk_field_filled_total{stage=\"toy\",field=\"author\"} 2\n");
	job_release(&job);
	metrics_destroy(&metrics);
}

/* name{labels} value, comments and nothing else; a TYPE before its samples. */
static void metrics_text_follows_the_grammar(void **state)
{
	struct metrics *metrics = metrics_create(&TOY);
	struct buf out;

	(void)state;
	series_set(metrics_series(metrics, METRIC_LAG, "t", "0"), 1e300);
	struct slice rest = render(metrics, &out), line;
	rest.len--; /* the NUL of render() */
	assert_int_equal(rest.ptr[rest.len - 1], '\n');
	while (slice_split(&rest, '\n', &line)) {
		if (slice_starts(line, SLICE("# HELP ")) || slice_starts(line, SLICE("# TYPE ")) || line.len == 0)
			continue;
		size_t at = 0, space = slice_find_last_byte(line, ' ');
		double value;
		while (at < line.len && (isalnum((unsigned char)line.ptr[at]) || line.ptr[at] == '_'))
			at++;
		assert_true(at > 0 && (line.ptr[at] == '{' || line.ptr[at] == ' '));
		assert_true(line.ptr[at] != '{' || line.ptr[space - 1] == '}');
		assert_true(slice_to_double(slice_sub(line, space + 1, line.len), &value));
	}
	buf_release(&out);
	metrics_destroy(&metrics);
}

static void *add_many(void *argument)
{
	struct metrics *metrics = argument;
	for (int i = 0; i < 10000; i++) {
		metrics_add(metrics, METRIC_MESSAGES_IN, 1);
		metrics_observe(metrics, METRIC_PROCESS_SECONDS, .001);
		series_add(metrics_series(metrics, METRIC_DEAD, i % 2 ? "a" : "b", NULL), 1);
	}
	return NULL;
}

static void metrics_lose_nothing_between_threads(void **state)
{
	struct metrics *metrics = metrics_create(&TOY);
	pthread_t threads[4];
	struct buf out;

	(void)state;
	for (int i = 0; i < 4; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, add_many, metrics), 0);
	for (int i = 0; i < 20; i++) {
		render(metrics, &out);
		buf_release(&out);
	}
	for (int i = 0; i < 4; i++)
		pthread_join(threads[i], NULL);
	assert_rendered(metrics, "copydesk_messages_in_total{stage=\"toy\"} 40000\n");
	assert_rendered(metrics, "copydesk_process_seconds_count{stage=\"toy\"} 40000\n");
	assert_int_equal((int)series_value(metrics_series(metrics, METRIC_DEAD, "a", NULL)), 20000);
	metrics_destroy(&metrics);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(metrics_every_row_is_described_and_well_named),
		cmocka_unit_test(metrics_render_counters_gauges_and_the_stages_own),
		cmocka_unit_test(metrics_histogram_buckets_are_cumulative),
		cmocka_unit_test(metrics_escape_label_values),
		cmocka_unit_test(metrics_bound_the_number_of_series),
		cmocka_unit_test(metrics_forgotten_series_are_hidden_until_looked_up_again),
		cmocka_unit_test(metrics_tell_what_runs),
		cmocka_unit_test(metrics_take_a_tally),
		cmocka_unit_test(metrics_tell_how_well_fields_are_filled),
		cmocka_unit_test(metrics_text_follows_the_grammar),
		cmocka_unit_test(metrics_lose_nothing_between_threads),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
