/* Batches of a run in step: what they hold, and when their jobs meet their ends. What is asked meanwhile is tests/broker/test_order.py's. */
#include "run/rounds.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static bool all_wanted(void *context, const struct job *job)
{
	(void)context, (void)job;
	return true;
}

static struct rounds in_step(bool yes)
{
	struct rounds rounds = {.in_step = yes, .wanted = all_wanted};

	assert_true(rounds_init(&rounds, 2 * ROUNDS_BATCH));
	return rounds;
}

static void submit(struct rounds *rounds, struct job *job, size_t bytes)
{
	*job = (struct job){.verdict = VERDICT_EMIT, .in = {.value = {NULL, bytes}}};
	rounds_submitted(rounds, job);
}

static struct job *after_turn(struct rounds *rounds)
{
	rounds_turn(rounds);
	return rounds_next(rounds);
}

static void rounds_end_a_batch_by_its_messages_alone(void **state)
{
	struct rounds many = in_step(true), large = in_step(true), live = in_step(false);
	struct job job;
	(void)state;

	for (int i = 0; i < ROUNDS_BATCH; i++) {
		assert_true(rounds_open(&many));
		submit(&many, &job, 100);
		submit(&live, &job, ROUNDS_BATCH_BYTES);
	}
	assert_false(rounds_open(&many));
	assert_true(rounds_open(&live));
	submit(&large, &job, ROUNDS_BATCH_BYTES - 1);
	assert_true(rounds_open(&large));
	submit(&large, &job, 1);
	assert_false(rounds_open(&large));
	rounds_release(&many);
	rounds_release(&large);
	rounds_release(&live);
}

static void rounds_hold_a_batch_back_until_all_of_it_is_there(void **state)
{
	struct rounds rounds = in_step(true);
	struct job jobs[3], next;
	(void)state;

	rounds_close(&rounds); /* of nothing: none has begun */
	assert_true(rounds_open(&rounds));
	for (int i = 0; i < 3; i++)
		submit(&rounds, &jobs[i], 100);
	rounds_add(&rounds, &jobs[0]);
	rounds_add(&rounds, &jobs[1]);
	assert_null(after_turn(&rounds));
	rounds_close(&rounds);
	assert_false(rounds_open(&rounds));
	assert_null(after_turn(&rounds)); /* the workers have one of it still */
	rounds_add(&rounds, &jobs[2]);
	for (int i = 0; i < 3; i++) {
		assert_ptr_equal(after_turn(&rounds), &jobs[i]);
		assert_true(rounds_open(&rounds) == (i == 2)); /* and nothing comes between */
	}
	submit(&rounds, &next, 100);
	rounds_add(&rounds, &next);
	assert_null(after_turn(&rounds));
	rounds_release(&rounds);
}

static void rounds_let_each_go_that_goes_for_itself(void **state)
{
	struct rounds rounds = in_step(false);
	struct job jobs[2];
	(void)state;

	submit(&rounds, &jobs[0], 100);
	submit(&rounds, &jobs[1], 100);
	rounds_add(&rounds, &jobs[0]);
	assert_ptr_equal(rounds_next(&rounds), &jobs[0]);
	assert_null(rounds_next(&rounds));
	rounds_add(&rounds, &jobs[1]);
	assert_ptr_equal(rounds_abandon(&rounds), &jobs[1]);
	rounds_release(&rounds);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rounds_end_a_batch_by_its_messages_alone),
		cmocka_unit_test(rounds_hold_a_batch_back_until_all_of_it_is_there),
		cmocka_unit_test(rounds_let_each_go_that_goes_for_itself),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
