/* The configuration as environment variables. */
#include "configcase.h"

#include "run/environment.h"

static void environment_sets_kafka_keys(void **state)
{
	struct fixture *f = *state;
	char *environment[] = {"COPYDESK_KAFKA_BOOTSTRAP_SERVERS=h:1", "COPYDESK_SOMETHING_SERVICE_HOST=10.0.0.1", NULL};

	assert_true(environment_read(f->config, environment, &f->error));
	assert_string_equal(config_text(f->config, "kafka.bootstrap.servers"), "h:1");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(environment_sets_kafka_keys),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
