#include "unit.h"

#include "extract/email.h"

static void addresses_are_found_whole(void **state)
{
	(void)state;
	assert_slice(email_find(SLICE("(write to ana.brandt@mail.paper.example.)")), "ana.brandt@mail.paper.example");
	assert_slice(email_find(SLICE("follow @ana on x")), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(addresses_are_found_whole),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
