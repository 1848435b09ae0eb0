#include "unit.h"

#include "tools/articlediff.h"

static struct arena arena;
static jmp_buf jump;

static int setup(void **state)
{
	(void)state;
	arena_init(&arena, 1 << 20);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

static const struct json *parse(const char *text) { return json_parse(&arena, slice_of(text), NULL, NULL); }

static size_t changes_of(const char *before, const char *after, struct field_change **changes)
{
	if (ARENA_GUARD(&arena, &jump) != ESCAPE_NONE)
		fail_msg("no memory");
	return article_changes(&arena, parse(before), parse(after), changes);
}

static void equal_articles_have_no_changes(void **state)
{
	struct field_change *changes;
	(void)state;
	assert_int_equal(changes_of("{\"a\":1,\"b\":{\"c\":[1,2]}}", "{\"a\":1,\"b\":{\"c\":[1,2]}}", &changes), 0);
	assert_int_equal(changes_of("{\"a\":1,\"b\":2}", "{\"b\":2,\"a\":1}", &changes), 0); /* order is form */
}

static void a_changed_field_is_told_with_both_values(void **state)
{
	struct field_change *changes;
	(void)state;
	assert_int_equal(changes_of("{\"headline\":\"Old\",\"n\":1}", "{\"headline\":\"New\",\"n\":1}", &changes), 1);
	assert_slice(changes[0].path, "headline");
	assert_slice(changes[0].before, "\"Old\"");
	assert_slice(changes[0].after, "\"New\"");
}

static void a_member_of_a_member_is_a_field(void **state)
{
	struct field_change *changes;
	(void)state;
	assert_int_equal(changes_of("{\"inLanguage\":{\"tag\":\"en\",\"confidence\":0.9}}", "{\"inLanguage\":{\"tag\":\"de\",\"confidence\":0.9}}", &changes), 1);
	assert_slice(changes[0].path, "inLanguage.tag");
	assert_int_equal(changes_of("{\"a\":{\"b\":{\"c\":1,\"d\":2}}}", "{\"a\":{\"b\":{\"c\":1,\"d\":3}}}", &changes), 1);
	assert_slice(changes[0].path, "a.b"); /* deeper: whole */
}

static void absent_fields_are_told_on_either_side(void **state)
{
	struct field_change *changes;
	(void)state;
	assert_int_equal(changes_of("{\"gone\":1,\"stays\":2}", "{\"stays\":2,\"new\":null}", &changes), 2);
	assert_slice(changes[0].path, "gone");
	assert_null(changes[0].after.ptr);
	assert_slice(changes[1].path, "new");
	assert_null(changes[1].before.ptr);
	assert_slice(changes[1].after, "null");
	assert_int_equal(changes_of("{\"a\":{}}", "{}", &changes), 1);
}

static void what_is_no_object_has_no_fields(void **state)
{
	struct field_change *changes;
	(void)state;
	assert_int_equal(changes_of("[1]", "[2]", &changes), 0);
	assert_int_equal(changes_of("no json", "{\"a\":1}", &changes), 1);
}

static void a_long_value_is_shown_from_where_it_differs(void **state)
{
	struct slice before = SLICE("[{\"id\":\"e1\",\"type\":\"person\",\"name\":\"Ilse Brandvold\",\"salience\":1}]"),
		     after = SLICE("[{\"id\":\"e1\",\"type\":\"person\",\"name\":\"Ilse Brandvold\",\"salience\":0.5}]");
	struct slice accented = SLICE("ééééééééééééééééééééééééééééééééx"), plain = SLICE("ééééééééééééééééééééééééééééééééy");
	(void)state;
	assert_slice(article_change_part(&arena, before, after), "…e Brandvold\",\"salience\":1}]");
	assert_slice(article_change_part(&arena, after, before), "…e Brandvold\",\"salience\":0.5}]");
	assert_slice(article_change_part(&arena, accented, plain), "…ééééééééééééx");
	assert_slice(article_change_part(&arena, SLICE("[\"a\"]"), SLICE("[\"b\"]")), "[\"a\"]");
	assert_slice(article_change_part(&arena, before, SLICE_NONE), before.ptr);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test_setup_teardown(equal_articles_have_no_changes, setup, teardown),
		cmocka_unit_test_setup_teardown(a_changed_field_is_told_with_both_values, setup, teardown),
		cmocka_unit_test_setup_teardown(a_member_of_a_member_is_a_field, setup, teardown),
		cmocka_unit_test_setup_teardown(absent_fields_are_told_on_either_side, setup, teardown),
		cmocka_unit_test_setup_teardown(what_is_no_object_has_no_fields, setup, teardown),
		cmocka_unit_test_setup_teardown(a_long_value_is_shown_from_where_it_differs, setup, teardown)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
