#include "unit.h"

#include "json/writer.h"

#include <math.h>

static struct arena arena;
static struct buf out;
static struct json_writer writer;

static struct slice finish(void)
{
	assert_true(json_finish(&writer));
	return buf_slice(&out);
}

static void number(double value, int decimals, const char *want)
{
	buf_clear(&out);
	json_begin(&writer, &arena, &out);
	json_put_number(&writer, value, decimals);
	assert_slice(finish(), want);
}

static void json_numbers_are_short_and_exact(void **state)
{
	(void)state;
	number(0.1, 6, "0.1");
	number(1.0, 4, "1");
	number(100, 0, "100");
	number(-0.00001, 3, "0");
	number(0.98765, 3, "0.988");
	number(NAN, 3, "null");
	number(INFINITY, 3, "null");
}

static void json_text_is_escaped_and_always_utf8(void **state)
{
	(void)state;
	json_open_object(&writer);
	json_add_string(&writer, "a\"", SLICE("x\"\\\n\x01/\xE2\x82\xAC\xFF"));
	json_add_text(&writer, "left out", SLICE(""));
	json_add_bool(&writer, "b", true);
	json_add_integer(&writer, "i", INT64_MIN);
	json_close_object(&writer);
	assert_slice(finish(), "{\"a\\\"\":\"x\\\"\\\\\\n\\u0001/\xE2\x82\xAC\xEF\xBF\xBD\",\"b\":true,\"i\":-9223372036854775808}");
}

static void json_put_value_writes_what_was_read(void **state)
{
	const char *text = "{\"a\":[1,2.50,[],{},[[\"x\"],null]],\"b\":{\"c\":{\"d\":false}},\"e\":\"\"}";
	const struct json *root = json_parse(&arena, slice_of(text), NULL, NULL);
	(void)state;
	json_put_value(&writer, root);
	assert_slice(finish(), text);
}

static void json_finish_refuses_half_a_text(void **state)
{
	(void)state;
	json_open_object(&writer);
	assert_false(json_finish(&writer));
	buf_clear(&out);
	json_begin(&writer, &arena, &out);
	json_open_array(&writer);
	json_close_object(&writer);
	assert_false(json_finish(&writer));
}

static void json_finish_refuses_what_did_not_fit(void **state)
{
	struct buf small;
	(void)state;
	buf_init(&small, 8);
	json_begin(&writer, &arena, &small);
	json_put_string(&writer, SLICE("more than eight bytes"));
	assert_false(json_finish(&writer));
	buf_release(&small);
}

static int set_up(void **state)
{
	(void)state;
	arena_init(&arena, (size_t)1 << 20);
	buf_init(&out, (size_t)1 << 20);
	json_begin(&writer, &arena, &out);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	buf_release(&out);
	arena_release(&arena);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(json_numbers_are_short_and_exact, set_up, tear_down),
		cmocka_unit_test_setup_teardown(json_text_is_escaped_and_always_utf8, set_up, tear_down),
		cmocka_unit_test_setup_teardown(json_put_value_writes_what_was_read, set_up, tear_down),
		cmocka_unit_test_setup_teardown(json_finish_refuses_half_a_text, set_up, tear_down),
		cmocka_unit_test_setup_teardown(json_finish_refuses_what_did_not_fit, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
