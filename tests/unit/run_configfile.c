/* The configuration as a file: what it may look like, how an error is told, that what is printed reads back. */
#include "configcase.h"

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
	assert_false(configfile_read(f->config, "/nonexistent/file", &f->error));
	assert_string_equal(f->error.code, "config_file");
}

static void config_print_reads_back(void **state)
{
	struct fixture *f = *state;
	struct config *again = options_config(&TOY);
	const char *odd = " a # \"b\\\" ";

	assert_true(config_set(f->config, SLICE("toy.suffix"), slice_of(odd), CONFIG_COMMAND_LINE, "-X", &f->error));
	assert_true(config_set_pair(f->config, "kafka.client.id=me", &f->error));
	FILE *out = fopen(f->path, "we");
	configfile_print(f->config, out);
	fclose(out);
	if (!configfile_read(again, f->path, &f->error))
		fail_msg("%s", f->error.text);
	assert_string_equal(config_text(again, "toy.suffix"), odd);
	assert_string_equal(config_text(again, "kafka.client.id"), "me");
	config_destroy(&again);
}

static void configfile_reads_a_file_with_a_byte_order_mark(void **state)
{
	struct fixture *f = *state;
	assert_true(read_text(f, "\xEF\xBB\xBFtopic.in = marked\r\nrun = x\r\n"));
	assert_string_equal(config_text(f->config, "topic.in"), "marked");
	assert_string_equal(config_text(f->config, "run"), "x");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(config_file_allows_comments_quotes_and_spaces),
		TEST(config_file_errors_name_the_line),
		TEST(config_print_reads_back),
		TEST(configfile_reads_a_file_with_a_byte_order_mark),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
