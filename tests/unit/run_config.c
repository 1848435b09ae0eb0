/* Options: where a value comes from, what is refused and how that is told. */
#include "configcase.h"

#include "run/environment.h"

static void config_has_the_stages_topics_and_group_as_defaults(void **state)
{
	struct fixture *f = *state;
	assert_string_equal(config_text(f->config, "topic.in"), "toy.in");
	assert_string_equal(config_text(f->config, "topic.out"), "toy.out");
	assert_string_equal(config_text(f->config, "topic.second"), "toy.second");
	assert_string_equal(config_text(f->config, "topic.dead"), "toy.in.dead");
	assert_string_equal(config_text(f->config, "group"), "copydesk-toy");
	assert_int_equal(config_integer(f->config, "commit.interval.ms"), 100);
	assert_int_equal(config_integer(f->config, "message.max.bytes"), 16 << 20);
	assert_false(config_is_set(f->config, "topic.in"));
}

static void config_command_line_wins_over_environment_over_file_in_any_order(void **state)
{
	struct fixture *f = *state;
	char *environment[] = {"COPYDESK_RUN=env", "COPYDESK_GROUP=env", "OTHER=x", NULL};
	assert_true(config_set_pair(f->config, "run=line", &f->error));
	assert_true(environment_read(f->config, environment, &f->error));
	assert_true(read_text(f, "run = file\ngroup = file\ninstance = file\n"));
	assert_string_equal(config_text(f->config, "run"), "line");
	assert_string_equal(config_text(f->config, "group"), "env");
	assert_string_equal(config_text(f->config, "instance"), "file");
	assert_string_equal(config_where(f->config, "run"), "-X");
	assert_string_equal(config_where(f->config, "group"), "COPYDESK_GROUP");
	assert_non_null(strstr(config_where(f->config, "instance"), ":3"));
}

static void config_unknown_key_names_the_nearest(void **state)
{
	struct fixture *f = *state;
	static const struct {
		const char *pair, *told;
	} CASES[] = {{"topic.im=x", "\"topic.in\""}, {"comit.messages=1", "\"commit.messages\""}, {"log.levle=info", "\"log.level\""},
		{"bootstrap.servers=x", "\"kafka.bootstrap.servers\""}, {"toy.sufix=x", "\"toy.suffix\""}};

	for (size_t i = 0; i < sizeof(CASES) / sizeof(CASES[0]); i++) {
		assert_false(config_set_pair(f->config, CASES[i].pair, &f->error));
		assert_string_equal(f->error.code, "config_unknown_key");
		assert_told(f, CASES[i].told);
	}
	assert_false(config_set_pair(f->config, "zzzzzzzzzz=1", &f->error));
	assert_null(strstr(f->error.text, "did you mean"));
	assert_false(config_set_pair(f->config, "run", &f->error));
	assert_string_equal(f->error.code, "config_syntax");
}

static void config_refuses_values_of_the_wrong_kind_or_range(void **state)
{
	struct fixture *f = *state;
	static const char *const WRONG[] = {"commit.messages=0", "commit.messages=1.5", "commit.messages=", "workers=0", "workers=513",
		"workers=-1", "commit.interval.ms=2h", "commit.interval.ms=10x", "guarantee=twice", "toy.ratio=1.01", "toy.ratio=nan",
		"message.max.bytes=1", "message.max.bytes=16Q", "message.max.bytes=99999999999999999999G", "log.level=loud"};

	for (size_t i = 0; i < sizeof(WRONG) / sizeof(WRONG[0]); i++) {
		if (config_set_pair(f->config, WRONG[i], &f->error))
			fail_msg("%s was taken", WRONG[i]);
		assert_string_equal(f->error.code, "config_bad_value");
		assert_told(f, "-X");
	}
	assert_int_equal(config_integer(f->config, "commit.messages"), 1000);
}

static void config_reads_sizes_and_durations(void **state)
{
	struct fixture *f = *state;
	int64_t value;

	assert_true(config_set_pair(f->config, "message.max.bytes=1.5M", &f->error));
	assert_int_equal(config_integer(f->config, "message.max.bytes"), 1572864);
	assert_true(config_set_pair(f->config, "watchdog.ms= 2 m ", &f->error));
	assert_int_equal(config_integer(f->config, "watchdog.ms"), 120000);
	assert_true(config_parse_duration(SLICE("250"), &value) && value == 250);
	assert_true(config_parse_duration(SLICE("7d"), &value) && value == 604800000);
	assert_true(config_parse_size(SLICE("64KiB"), &value) && value == 65536);
	assert_false(config_parse_size(SLICE("0.3"), &value));
	assert_false(config_parse_size(SLICE("M"), &value));
	assert_false(config_parse_size(SLICE("1.2.3K"), &value));
}

static void config_reads_secrets_from_files_and_never_shows_them(void **state)
{
	struct fixture *f = *state;
	char pair[100], text[8192] = "";

	put_file(f->path, "s3cr3t-word\n");
	snprintf(pair, sizeof(pair), "kafka.sasl.password=@%s", f->path);
	assert_true(config_set_pair(f->config, pair, &f->error));
	assert_string_equal(config_text(f->config, "kafka.sasl.password"), "s3cr3t-word");
	assert_true(config_set_pair(f->config, "toy.password=s3cr3t-word", &f->error));
	assert_true(config_set_pair(f->config, "kafka.ssl.key.pem=s3cr3t-word", &f->error));
	FILE *out = fmemopen(text, sizeof(text) - 1, "w");
	configfile_print(f->config, out);
	fclose(out);
	assert_null(strstr(text, "s3cr3t"));
	assert_non_null(strstr(text, "kafka.sasl.password = ********"));
	assert_non_null(strstr(text, "toy.password = ********"));
	assert_false(config_set_pair(f->config, "toy.password=@/nonexistent/file", &f->error));
	assert_string_equal(f->error.code, "config_secret");
	assert_told(f, "/nonexistent/file");
}

static bool collect(void *context, const char *name, const char *value)
{
	char *text = context;
	sprintf(text + strlen(text), "%s=%s;", name, value);
	return strcmp(name, "kafka.b") != 0;
}

static void config_each_visits_a_prefix_until_told_to_stop(void **state)
{
	struct fixture *f = *state;
	char text[200] = "";

	assert_true(config_set_pair(f->config, "kafka.a=1", &f->error));
	assert_true(config_set_pair(f->config, "kafka.b=2", &f->error));
	assert_true(config_set_pair(f->config, "kafka.c=3", &f->error));
	assert_false(config_each(f->config, "kafka.", collect, text));
	assert_string_equal(text, "kafka.a=1;kafka.b=2;");
}

static void digest_with(char out[17], const char *pair)
{
	struct config *config = options_config(&TOY);
	struct error error;

	if (pair && !config_set_pair(config, pair, &error))
		fail_msg("%s", error.text);
	config_digest(config, "toy", out);
	config_destroy(&config);
}

static void config_digest_changes_only_with_what_can_change_the_output(void **state)
{
	static const char *const NEUTRAL[] = {"workers=7", "toy.password=x", "toy.cache=/x", "kafka.client.id=x", "topic.out=x", "log.level=warn",
		"message.max.bytes=16384K", "toy.ratio=0.50"};
	static const char *const TELLING[] = {"toy.suffix=x", "toy.ratio=0.6", "message.max.bytes=8M"};
	char plain[17], other[17];

	(void)state;
	digest_with(plain, NULL);
	assert_int_equal(strlen(plain), 16);
	for (size_t i = 0; i < sizeof(NEUTRAL) / sizeof(NEUTRAL[0]); i++) {
		digest_with(other, NEUTRAL[i]);
		assert_string_equal(plain, other);
	}
	for (size_t i = 0; i < sizeof(TELLING) / sizeof(TELLING[0]); i++) {
		digest_with(other, TELLING[i]);
		assert_string_not_equal(plain, other);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(config_has_the_stages_topics_and_group_as_defaults),
		TEST(config_command_line_wins_over_environment_over_file_in_any_order),
		TEST(config_unknown_key_names_the_nearest),
		TEST(config_refuses_values_of_the_wrong_kind_or_range),
		TEST(config_reads_sizes_and_durations),
		TEST(config_reads_secrets_from_files_and_never_shows_them),
		TEST(config_each_visits_a_prefix_until_told_to_stop),
		TEST(config_digest_changes_only_with_what_can_change_the_output),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
