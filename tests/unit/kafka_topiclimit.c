#include "unit.h"

#include "kafka/topiclimit.h"

static void a_batch_with_its_frame_stays_below_what_the_topic_takes(void **state)
{
	(void)state;
	for (size_t limit = 1 << 20; limit < 8 << 20; limit += 12345)
		assert_in_range(topiclimit_batch(limit), 1000000, limit - 61);
}

static void a_batch_is_at_most_four_mebibytes(void **state)
{
	(void)state;
	assert_int_equal(topiclimit_batch((size_t)32 << 20), 4 << 20);
}

static void small_and_silent_topics_leave_it_to_librdkafka(void **state)
{
	(void)state;
	assert_int_equal(topiclimit_batch(0), 0);
	assert_int_equal(topiclimit_batch(100000), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_batch_with_its_frame_stays_below_what_the_topic_takes),
		cmocka_unit_test(a_batch_is_at_most_four_mebibytes),
		cmocka_unit_test(small_and_silent_topics_leave_it_to_librdkafka),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
