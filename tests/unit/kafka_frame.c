#include "unit.h"

#include "kafka/frame.h"

static struct buf frame;

static void frame_gives_back_what_was_put_in(void **state)
{
	const struct frame_head head = {0xFEDCBA9876543210u, 7};
	struct frame_head got;
	struct slice rest, item;
	uint64_t question;
	(void)state;
	buf_clear(&frame);
	frame_begin(&frame, &head);
	frame_add(&frame, 1, SLICE("first"));
	frame_add(&frame, UINT64_MAX, SLICE(""));
	assert_true(frame_open(buf_slice(&frame), &got, &rest));
	assert_true(got.asker == head.asker && got.reply_partition == 7);
	assert_true(frame_next(&rest, &question, &item) && question == 1);
	assert_slice(item, "first");
	assert_true(frame_next(&rest, &question, &item) && question == UINT64_MAX);
	assert_slice(item, "");
	assert_false(frame_next(&rest, &question, &item));
}

static void frame_that_is_cut_anywhere_is_refused_as_a_whole(void **state)
{
	const struct frame_head head = {1, 2};
	struct frame_head got;
	struct slice rest;
	(void)state;
	buf_clear(&frame);
	frame_begin(&frame, &head);
	size_t empty = frame.len;
	frame_add(&frame, 1, SLICE("record"));
	size_t whole = frame.len;
	for (size_t len = 0; len < whole; len++)
		assert_int_equal(frame_open(slice_make(frame.ptr, len), &got, &rest), len == empty);
	frame.ptr[whole - 7] = '\xFF'; /* a length past the end */
	assert_false(frame_open(buf_slice(&frame), &got, &rest));
	assert_false(frame_open(SLICE("something else was written there"), &got, &rest));
}

static int set_up(void **state)
{
	(void)state;
	buf_init(&frame, 4096);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	buf_release(&frame);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(frame_gives_back_what_was_put_in),
		cmocka_unit_test(frame_that_is_cut_anywhere_is_refused_as_a_whole),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
