#include "unit.h"

#include "tools/keytable.h"

static struct hash128 key_of(uint64_t i) { return (struct hash128){i % 7 == 0 ? 5 : hash_mix(i), i}; } /* every seventh collides */

static void keys_keep_their_values_while_the_table_grows(void **state)
{
	struct keytable table = KEYTABLE_INIT;
	(void)state;
	assert_int_equal(keytable_get(&table, key_of(1)), 0);
	for (uint64_t i = 1; i <= 5000; i++)
		keytable_set(&table, key_of(i), i);
	for (uint64_t i = 1; i <= 5000; i++)
		assert_int_equal(keytable_get(&table, key_of(i)), i);
	assert_int_equal(keytable_get(&table, key_of(5001)), 0);
	assert_int_equal(table.count, 5000);
	keytable_release(&table);
}

static void a_removed_key_leaves_its_neighbours_reachable(void **state)
{
	struct keytable table = KEYTABLE_INIT;
	(void)state;
	for (uint64_t i = 1; i <= 3000; i++)
		keytable_set(&table, key_of(i), i);
	for (uint64_t i = 1; i <= 3000; i += 3)
		keytable_set(&table, key_of(i), 0);
	for (uint64_t i = 1; i <= 3000; i++)
		assert_int_equal(keytable_get(&table, key_of(i)), i % 3 == 1 ? 0 : i);
	assert_int_equal(table.count, 2000);
	keytable_set(&table, key_of(1), 0); /* not there any more */
	assert_int_equal(table.count, 2000);
	keytable_release(&table);
}

static void a_later_value_replaces_the_earlier(void **state)
{
	struct keytable table = KEYTABLE_INIT;
	(void)state;
	keytable_set(&table, key_of(3), 1);
	keytable_set(&table, key_of(3), 2);
	assert_int_equal(keytable_get(&table, key_of(3)), 2);
	assert_int_equal(table.count, 1);
	keytable_release(&table);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(keys_keep_their_values_while_the_table_grows),
		cmocka_unit_test(a_removed_key_leaves_its_neighbours_reachable), cmocka_unit_test(a_later_value_replaces_the_earlier)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
