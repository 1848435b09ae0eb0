#include "unit.h"

#include "base/base64.h"

static struct arena arena;

/* The vectors of RFC 4648 §10. */
static const char *const VECTORS[][2] = {
	{"", ""}, {"f", "Zg=="}, {"fo", "Zm8="}, {"foo", "Zm9v"}, {"foob", "Zm9vYg=="}, {"fooba", "Zm9vYmE="}, {"foobar", "Zm9vYmFy"}};

static void base64_gives_the_vectors_of_the_rfc_both_ways(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(VECTORS) / sizeof(*VECTORS); i++) {
		struct slice plain = slice_of(VECTORS[i][0]), back;
		struct buf out;
		buf_init_arena(&out, &arena, 100);
		base64_append(&out, plain);
		assert_slice(buf_slice(&out), VECTORS[i][1]);
		assert_int_equal(BASE64_SIZE(plain.len), out.len);
		assert_true(base64_decode(&arena, slice_of(VECTORS[i][1]), &back));
		assert_true(slice_equal(back, plain));
	}
}

static void base64_brings_back_every_byte(void **state)
{
	char bytes[256];
	struct slice back;
	struct buf out;
	(void)state;
	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = (char)i;
	buf_init_arena(&out, &arena, 1000);
	base64_append(&out, slice_make(bytes, sizeof(bytes)));
	assert_true(base64_decode(&arena, buf_slice(&out), &back));
	assert_true(slice_equal(back, slice_make(bytes, sizeof(bytes))));
}

static void base64_refuses_what_it_could_not_have_written(void **state)
{
	struct slice back;
	(void)state;
	assert_false(base64_decode(&arena, SLICE("Zm9v!"), &back));
	assert_false(base64_decode(&arena, SLICE("Z"), &back));
	assert_false(base64_decode(&arena, SLICE("Zg==Zg=="), &back));
	assert_true(base64_decode(&arena, SLICE("Zm9v\r\nYmFy"), &back));
	assert_slice(back, "foobar");
}

static int set_up(void **state)
{
	(void)state;
	arena_init(&arena, (size_t)1 << 20);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(base64_gives_the_vectors_of_the_rfc_both_ways),
		cmocka_unit_test(base64_brings_back_every_byte),
		cmocka_unit_test(base64_refuses_what_it_could_not_have_written),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
