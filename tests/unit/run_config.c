/* Options: where a value comes from, what is refused and how that is told. */
#include "unit.h"

#include "run/options.h"
#include "toy.h"

#include <unistd.h>

struct fixture {
	struct config *config;
	struct error error;
	char path[64];
};

static int setup(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));
	f->config = options_config(&TOY);
	snprintf(f->path, sizeof(f->path), "/tmp/copydesk-config-XXXXXX");
	close(mkstemp(f->path));
	*state = f;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *f = *state;
	config_destroy(&f->config);
	unlink(f->path);
	free(f);
	return 0;
}

static void put_file(const char *path, const char *text)
{
	FILE *file = fopen(path, "we");
	assert_non_null(file);
	fputs(text, file);
	fclose(file);
}

static bool read_text(struct fixture *f, const char *text)
{
	put_file(f->path, text);
	return config_read_file(f->config, f->path, &f->error);
}

#define assert_told(f, part)                                                                                                             \
	do {                                                                                                                                 \
		if (!strstr((f)->error.text, part))                                                                                              \
			fail_msg("\"%s\" doesn't say \"%s\"", (f)->error.text, part);                                                                \
	} while (0)

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
	assert_true(config_read_environment(f->config, environment, &f->error));
	assert_true(read_text(f, "run = file\ngroup = file\ninstance = file\n"));
	assert_string_equal(config_text(f->config, "run"), "line");
	assert_string_equal(config_text(f->config, "group"), "env");
	assert_string_equal(config_text(f->config, "instance"), "file");
	assert_string_equal(config_where(f->config, "run"), "-X");
	assert_string_equal(config_where(f->config, "group"), "COPYDESK_GROUP");
	assert_non_null(strstr(config_where(f->config, "instance"), ":3"));
}

static void config_file_allows_comments_quotes_and_spaces(void **state)
{
	struct fixture *f = *state;
	assert_true(read_text(f, "# head\n\n  run=a  # why\n group = \" b # \\\"c\\\\\" # tail\r\ntoy.suffix = x#y\ninstance =\n"));
	assert_string_equal(config_text(f->config, "run"), "a");
	assert_string_equal(config_text(f->config, "group"), " b # \"c\\");
	assert_string_equal(config_text(f->config, "toy.suffix"), "x#y");
	assert_string_equal(config_text(f->config, "instance"), "");
}

static void config_file_errors_name_the_line(void **state)
{
	struct fixture *f = *state;
	char place[100];
	static const char *const WRONG[] = {"run\n", "= x\n", "run = \"x\n", "run = \"x\" y\n", "commit.messages = many\n", "nothing = 1\n"};

	for (size_t i = 0; i < sizeof(WRONG) / sizeof(WRONG[0]); i++) {
		char text[100];
		snprintf(text, sizeof(text), "# one\nrun = a\n%s", WRONG[i]);
		assert_false(read_text(f, text));
		snprintf(place, sizeof(place), "%s:3", f->path);
		assert_told(f, place);
	}
	assert_false(config_read_file(f->config, "/nonexistent/file", &f->error));
	assert_string_equal(f->error.code, "config_file");
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

static void config_edit_distance_counts_inserts_deletes_replacements_and_swaps(void **state)
{
	(void)state;
	assert_int_equal(config_edit_distance(SLICE(""), SLICE("abc")), 3);
	assert_int_equal(config_edit_distance(SLICE("abc"), SLICE("abc")), 0);
	assert_int_equal(config_edit_distance(SLICE("abc"), SLICE("acb")), 1);
	assert_int_equal(config_edit_distance(SLICE("kitten"), SLICE("sitting")), 3);
	assert_int_equal(config_edit_distance(SLICE("abcd"), SLICE("bacde")), 2);
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
	config_print(f->config, out);
	fclose(out);
	assert_null(strstr(text, "s3cr3t"));
	assert_non_null(strstr(text, "kafka.sasl.password = ********"));
	assert_non_null(strstr(text, "toy.password = ********"));
	assert_false(config_set_pair(f->config, "toy.password=@/nonexistent/file", &f->error));
	assert_string_equal(f->error.code, "config_secret");
	assert_told(f, "/nonexistent/file");
}

static void config_print_reads_back(void **state)
{
	struct fixture *f = *state;
	struct config *again = options_config(&TOY);
	const char *odd = " a # \"b\\\" ";

	assert_true(config_set(f->config, SLICE("toy.suffix"), slice_of(odd), CONFIG_COMMAND_LINE, "-X", &f->error));
	assert_true(config_set_pair(f->config, "kafka.client.id=me", &f->error));
	FILE *out = fopen(f->path, "we");
	config_print(f->config, out);
	fclose(out);
	if (!config_read_file(again, f->path, &f->error))
		fail_msg("%s", f->error.text);
	assert_string_equal(config_text(again, "toy.suffix"), odd);
	assert_string_equal(config_text(again, "kafka.client.id"), "me");
	config_destroy(&again);
}

static void config_takes_kafka_keys_from_the_environment(void **state)
{
	struct fixture *f = *state;
	char *environment[] = {"COPYDESK_KAFKA_BOOTSTRAP_SERVERS=h:1", "COPYDESK_SOMETHING_SERVICE_HOST=10.0.0.1", NULL};

	assert_true(config_read_environment(f->config, environment, &f->error));
	assert_string_equal(config_text(f->config, "kafka.bootstrap.servers"), "h:1");
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

static void options_resolve_fills_in_what_the_machine_says(void **state)
{
	struct fixture *f = *state;

	assert_true(options_resolve(f->config, &TOY, &f->error));
	assert_int_equal(config_integer(f->config, "workers"), options_cores());
	assert_true(options_cores() >= 1);
	assert_true(config_integer(f->config, "memory.limit") >= 64 << 20);
	assert_true(config_text(f->config, "instance")[0] != '\0');
	assert_string_equal(config_where(f->config, "workers"), "default: cores");
}

static void options_give_a_run_an_index_of_its_own(void **state)
{
	struct fixture *f = *state;

	assert_true(config_set_pair(f->config, "run=2026-03-01T08:00", &f->error));
	assert_true(options_resolve(f->config, &TOY, &f->error));
	assert_string_equal(config_text(f->config, "topic.probe"), "news.toy.probe.2026-03-01T08-00");
	assert_string_equal(config_text(f->config, "topic.match"), "news.toy.match.2026-03-01T08-00");
	assert_string_equal(config_text(f->config, "topic.in"), "toy.in");
}

static void options_leave_the_live_index_and_topics_that_were_named(void **state)
{
	struct fixture *f = *state;

	assert_true(options_resolve(f->config, &TOY, &f->error));
	assert_string_equal(config_text(f->config, "topic.probe"), "news.toy.probe");
	assert_true(config_set_pair(f->config, "run=second", &f->error));
	assert_true(config_set_pair(f->config, "topic.probe=my.questions", &f->error));
	assert_true(options_resolve(f->config, &TOY, &f->error));
	assert_string_equal(config_text(f->config, "topic.probe"), "my.questions");
	assert_string_equal(config_text(f->config, "topic.match"), "news.toy.match.second");
}

static void options_resolve_refuses_what_one_row_cannot_see(void **state)
{
	struct fixture *f = *state;
	static const struct {
		const char *pair, *told;
	} CASES[] = {{"topic.out=toy.in", "topic.in and topic.out"}, {"topic.in=a b", "no topic name"}, {"topic.dead=", "no topic name"},
		{"from=yesterday", "earliest, latest, a time"}, {"until=latest", "end, a time"}, {"from=end", "earliest"},
		{"run=a/b", "without spaces"}, {"http=9108", "HOST:PORT"}, {"http=h:99999", "HOST:PORT"}};

	for (size_t i = 0; i < sizeof(CASES) / sizeof(CASES[0]); i++) {
		struct config *config = options_config(&TOY);
		assert_true(config_set_pair(config, CASES[i].pair, &f->error));
		if (options_resolve(config, &TOY, &f->error))
			fail_msg("%s was taken", CASES[i].pair);
		assert_told(f, CASES[i].told);
		config_destroy(&config);
	}
}

static void options_read_bounds(void **state)
{
	struct fixture *f = *state;
	struct bound bound;

	assert_true(options_from(f->config, &bound, &f->error) && bound.kind == BOUND_NONE);
	assert_true(config_set_pair(f->config, "from=earliest", &f->error));
	assert_true(options_from(f->config, &bound, &f->error) && bound.kind == BOUND_EARLIEST);
	assert_true(config_set_pair(f->config, "until=end", &f->error));
	assert_true(options_until(f->config, &bound, &f->error) && bound.kind == BOUND_END);
	assert_true(config_set_pair(f->config, "until=1970-01-01T00:00:01Z", &f->error));
	assert_true(options_until(f->config, &bound, &f->error) && bound.kind == BOUND_TIME && bound.ms == 1000);
}

static void options_read_offsets_of_partitions(void **state)
{
	struct fixture *f = *state;
	struct bound bound;
	int64_t offset;

	assert_true(config_set_pair(f->config, "from=0:1200,12:0", &f->error));
	assert_true(options_from(f->config, &bound, &f->error) && bound.kind == BOUND_OFFSETS);
	assert_true(bound_offset(&bound, 0, &offset) && offset == 1200);
	assert_true(bound_offset(&bound, 12, &offset) && offset == 0);
	assert_false(bound_offset(&bound, 1, &offset));
	for (size_t i = 0; i < 5; i++) {
		static const char *const BAD[] = {"until=0", "until=0:", "until=:7", "until=0:1;1:2", "until=0:-1"};
		assert_true(config_set_pair(f->config, BAD[i], &f->error));
		assert_false(options_until(f->config, &bound, &f->error));
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(config_has_the_stages_topics_and_group_as_defaults),
		TEST(config_command_line_wins_over_environment_over_file_in_any_order),
		TEST(config_file_allows_comments_quotes_and_spaces),
		TEST(config_file_errors_name_the_line),
		TEST(config_unknown_key_names_the_nearest),
		TEST(config_edit_distance_counts_inserts_deletes_replacements_and_swaps),
		TEST(config_refuses_values_of_the_wrong_kind_or_range),
		TEST(config_reads_sizes_and_durations),
		TEST(config_reads_secrets_from_files_and_never_shows_them),
		TEST(config_print_reads_back),
		TEST(config_takes_kafka_keys_from_the_environment),
		TEST(config_each_visits_a_prefix_until_told_to_stop),
		TEST(config_digest_changes_only_with_what_can_change_the_output),
		TEST(options_resolve_fills_in_what_the_machine_says),
		TEST(options_give_a_run_an_index_of_its_own),
		TEST(options_leave_the_live_index_and_topics_that_were_named),
		TEST(options_resolve_refuses_what_one_row_cannot_see),
		TEST(options_read_bounds),
		TEST(options_read_offsets_of_partitions),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
