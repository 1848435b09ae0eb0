/* The ring: order, bounds, budgets, and no lost wake-ups. Meant for the tsan preset. */
#include "unit.h"

#include "run/options.h"
#include "run/tally.h"
#include "run/workers.h"
#include "toy.h"

#include <stdatomic.h>

static struct config *config_with(const char *workers)
{
	struct config *config = options_config(&TOY);
	struct error error;
	char pair[40];

	snprintf(pair, sizeof(pair), "workers=%s", workers);
	assert_true(config_set_pair(config, pair, &error));
	assert_true(config_set_pair(config, "message.max.cpu.ms=100", &error));
	assert_true(config_set_pair(config, "message.max.memory=8M", &error));
	return config;
}

static struct workers *ring(struct config *config)
{
	struct error error;
	struct workers *workers = workers_create(&TOY, NULL, config, &error);
	assert_non_null(workers);
	return workers;
}

/* A job whose value is a literal; NULL when the ring is full. */
static struct job *try_submit(struct workers *workers, const char *value, size_t number)
{
	struct job *job = workers_slot(workers);

	if (!job)
		return NULL;
	job->in.value = slice_of(value);
	job->source = (void *)(uintptr_t)number;
	workers_submit(workers, job);
	return job;
}

static struct job *submit(struct workers *workers, const char *value, size_t number)
{
	struct job *job = try_submit(workers, value, number);

	assert_non_null(job);
	return job;
}

static struct job *take(struct workers *workers)
{
	struct job *job = NULL;

	while (!job)
		job = workers_take(workers, 1000);
	return job;
}

static void workers_return_results_in_the_order_of_submission(void **state)
{
	struct config *config = config_with("4");
	struct workers *workers = ring(config);
	static const char *const VALUES[] = {"slow a", "echo b", "slow ccc", "drop", "bad", "slow q", "twice x"};
	size_t submitted = 0, taken = 0;

	(void)state;
	while (taken < 20000) {
		while (submitted < 20000 && try_submit(workers, VALUES[hash_mix(submitted) % 7], submitted))
			submitted++;
		struct job *job = take(workers);
		assert_int_equal((size_t)job->source, taken);
		taken++;
		workers_release(workers, job);
	}
	assert_int_equal(workers_busy(workers), 0);
	workers_destroy(&workers);
	assert_null(workers);
	config_destroy(&config);
}

static void workers_have_no_slot_when_the_ring_is_full(void **state)
{
	struct config *config = config_with("2");
	struct workers *workers = ring(config);

	(void)state;
	size_t filled = 0, limit;
	struct job *last;

	assert_int_equal(workers_count(workers), 2);
	while (try_submit(workers, "echo a", filled))
		filled++;
	limit = workers_capacity(workers);
	assert_in_range(filled, 2 * 16, limit); /* how far it goes depends on what a job costs */
	for (size_t i = 0; i < filled; i++) {
		last = take(workers);
		assert_int_equal(workers_busy(workers), filled - i);
		workers_release(workers, last);
	}
	assert_non_null(workers_slot(workers));
	workers_destroy(&workers);
	config_destroy(&config);
}

static void workers_take_gives_nothing_from_an_empty_ring(void **state)
{
	struct config *config = config_with("1");
	struct workers *workers = ring(config);

	(void)state;
	assert_null(workers_take(workers, 0));
	assert_null(workers_take(workers, 50));
	workers_destroy(&workers);
	config_destroy(&config);
}

static void workers_keep_a_lone_job_from_sleeping(void **state)
{
	struct config *config = config_with("3");
	struct workers *workers = ring(config);

	(void)state;
	for (size_t i = 0; i < 500; i++) {
		submit(workers, "echo a", i);
		struct job *job = take(workers);
		assert_int_equal(job->verdict, VERDICT_EMIT);
		workers_release(workers, job);
	}
	workers_destroy(&workers);
	config_destroy(&config);
}

static void workers_destroy_with_jobs_under_way(void **state)
{
	struct config *config = config_with("3");
	struct workers *workers = ring(config);

	(void)state;
	for (size_t i = 0; i < 20; i++)
		submit(workers, i % 3 ? "slow x" : "spin", i);
	workers_destroy(&workers);
	config_destroy(&config);
}

static void workers_keep_the_place_of_a_job_that_was_done_before(void **state)
{
	struct config *config = config_with("2");
	struct workers *workers = ring(config);

	(void)state;
	submit(workers, "slow x", 0);
	struct job *job = workers_slot(workers);
	job->source = (void *)1;
	job_dead(&TOY, job, "poison", "it ended the process 3 times");
	workers_submit_done(workers, job);
	submit(workers, "echo b", 2);
	for (size_t i = 0; i < 3; i++) {
		job = take(workers);
		assert_int_equal((size_t)job->source, i);
		if (i == 1) {
			assert_int_equal(job->verdict, VERDICT_REJECT);
			assert_string_equal(job->task.error.code, "poison");
		}
		workers_release(workers, job);
	}
	workers_destroy(&workers);
	config_destroy(&config);
}

static void workers_hold_each_job_to_its_budgets(void **state)
{
	struct config *config = config_with("2");
	struct workers *workers = ring(config);
	static const struct {
		const char *value, *code;
	} CASES[] = {{"spin", "cpu_budget"}, {"eat 99999999", "memory_budget"}, {"none", "stage_fault"}, {"echo fine", ""}};

	(void)state;
	for (size_t i = 0; i < 4; i++)
		submit(workers, CASES[i].value, i);
	for (size_t i = 0; i < 4; i++) {
		struct job *job = take(workers);
		assert_string_equal(job->task.error.code, CASES[i].code);
		assert_int_equal(job->verdict, i < 3 ? VERDICT_REJECT : VERDICT_EMIT);
		if (i == 0)
			assert_true(job->cpu_us >= 100000);
		workers_release(workers, job);
	}
	workers_destroy(&workers);
	config_destroy(&config);
}

static void job_larger_than_the_limit_is_not_run(void **state)
{
	struct job job;

	(void)state;
	job_init(&job, &TOY, NULL);
	job.max_bytes = 5;
	job.in.value = SLICE("echo a");
	assert_int_equal(job_run(&TOY, NULL, &job), VERDICT_REJECT);
	assert_string_equal(job.task.error.code, "message_too_large");
	job_reset(&job);
	job.in.value = SLICE("drop ");
	assert_int_equal(job_run(&TOY, NULL, &job), VERDICT_DROP);
	job_release(&job);
}

static void job_leaves_nothing_of_the_one_before(void **state)
{
	struct job job;

	(void)state;
	job_init(&job, &TOY, NULL);
	job.in.value = SLICE("bad x");
	job_run(&TOY, NULL, &job);
	job_reset(&job);
	job.in.value = SLICE("echo a");
	assert_int_equal(job_run(&TOY, NULL, &job), VERDICT_EMIT);
	assert_string_equal(job.task.error.code, "");
	assert_int_equal(job.task.counts[0], 1);
	assert_null(job.task.emissions->next);
	job_release(&job);
}

static void tally_adds_up_and_says_what_is_missing(void **state)
{
	static const char *const VALUES[] = {"echo a", "twice b", "drop", "bad", "bad", "none"};
	struct tally tally;
	struct error error;
	struct job job;

	(void)state;
	tally_init(&tally, &TOY);
	job_init(&job, &TOY, NULL);
	for (size_t i = 0; i < 6; i++) {
		job.in.value = slice_of(VALUES[i]);
		job_run(&TOY, NULL, &job);
		tally_in(&tally, job.in.value.len);
		tally_job(&tally, &job);
		job_reset(&job);
	}
	assert_true(tally_check(&tally, 0, &error));
	assert_int_equal(tally.emitted, 2);
	assert_int_equal(tally.dropped, 1);
	assert_int_equal(tally.dead, 3);
	assert_int_equal(tally.code_count, 2);
	assert_int_equal(tally.codes[0].n, 2);
	tally_in(&tally, 1);
	assert_false(tally_check(&tally, 0, &error));
	assert_string_equal(error.code, "conservation");
	assert_true(tally_check(&tally, 1, &error));
	tally_clear(&tally);
	assert_int_equal(tally.in, 0);
	assert_true(tally_check(&tally, 0, &error));
	job_release(&job);
}

static void tally_folds_too_many_codes_into_other(void **state)
{
	struct tally tally;
	char code[32];

	(void)state;
	tally_init(&tally, &TOY);
	for (int i = 0; i < TALLY_CODES + 10; i++) {
		snprintf(code, sizeof(code), "code_%d", i);
		tally_in(&tally, 1);
		tally_dead(&tally, code);
	}
	assert_int_equal(tally.code_count, TALLY_CODES);
	assert_string_equal(tally.codes[TALLY_CODES - 1].code, "other");
	assert_int_equal(tally.codes[TALLY_CODES - 1].n, 11);
	assert_int_equal(tally.dead, TALLY_CODES + 10);
}

static void task_header_is_found_without_regard_to_case(void **state)
{
	const struct header headers[] = {{SLICE_INIT("a"), SLICE_INIT("1")}, {SLICE_INIT("Content-Type"), SLICE_INIT("text/html")}};
	const struct message message = {.headers = headers, .header_count = 2};
	struct task task = {.in = &message};

	(void)state;
	assert_slice(task_header(&task, "content-type"), "text/html");
	assert_null(task_header(&task, "content").ptr);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(workers_return_results_in_the_order_of_submission),
		cmocka_unit_test(workers_have_no_slot_when_the_ring_is_full),
		cmocka_unit_test(workers_take_gives_nothing_from_an_empty_ring),
		cmocka_unit_test(workers_keep_a_lone_job_from_sleeping),
		cmocka_unit_test(workers_destroy_with_jobs_under_way),
		cmocka_unit_test(workers_keep_the_place_of_a_job_that_was_done_before),
		cmocka_unit_test(workers_hold_each_job_to_its_budgets),
		cmocka_unit_test(job_larger_than_the_limit_is_not_run),
		cmocka_unit_test(job_leaves_nothing_of_the_one_before),
		cmocka_unit_test(tally_adds_up_and_says_what_is_missing),
		cmocka_unit_test(tally_folds_too_many_codes_into_other),
		cmocka_unit_test(task_header_is_found_without_regard_to_case),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
