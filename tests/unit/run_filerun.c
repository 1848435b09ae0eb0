/* A stage on files: order, dead letters, long lines, determinism, conservation. */
#include "unit.h"

#include "run/filerun.h"
#include "run/options.h"
#include "toy.h"

#include <stdio.h>
#include <sysexits.h>
#include <unistd.h>

struct run {
	char folder[64], in[80], out[80], dead[80];
	struct config *config;
	struct file_paths paths;
	struct tally tally;
	struct error error;
	int code;
};

static void write_file(const char *path, struct slice bytes)
{
	FILE *file = fopen(path, "we");
	assert_non_null(file);
	assert_int_equal(fwrite(bytes.ptr, 1, bytes.len, file), bytes.len);
	assert_int_equal(fclose(file), 0);
}

static struct slice read_file(const char *path)
{
	FILE *file = fopen(path, "re");
	assert_non_null(file);
	fseek(file, 0, SEEK_END);
	size_t len = (size_t)ftell(file);
	rewind(file);
	char *bytes = malloc(len + 1);
	assert_int_equal(fread(bytes, 1, len, file), len);
	fclose(file);
	bytes[len] = '\0';
	return slice_make(bytes, len);
}

static void run_open(struct run *run, struct slice input)
{
	*run = (struct run){.folder = "/tmp/copydesk-filerun-XXXXXX"};
	assert_non_null(mkdtemp(run->folder));
	snprintf(run->in, sizeof(run->in), "%s/in", run->folder);
	snprintf(run->out, sizeof(run->out), "%s/out", run->folder);
	snprintf(run->dead, sizeof(run->dead), "%s/dead", run->folder);
	write_file(run->in, input);
	run->paths = (struct file_paths){run->in, run->out, run->dead};
	run->config = options_config(&TOY);
	assert_true(config_set_pair(run->config, "workers=1", &run->error));
	assert_true(config_set_pair(run->config, "message.max.cpu.ms=200", &run->error));
	assert_true(config_set_pair(run->config, "message.max.memory=8M", &run->error));
	run->error.code[0] = '\0';
}

static void run_set(struct run *run, const char *pair)
{
	struct error error;
	if (!config_set_pair(run->config, pair, &error))
		fail_msg("%s", error.text);
}

static void run_go(struct run *run)
{
	run->code = file_run(&TOY, NULL, run->config, &run->paths, &run->tally, &run->error);
}

static void run_close(struct run *run)
{
	config_destroy(&run->config);
	unlink(run->in);
	unlink(run->out);
	unlink(run->dead);
	rmdir(run->folder);
}

static void assert_file(const char *path, const char *expected)
{
	struct slice bytes = read_file(path);
	assert_string_equal(bytes.ptr, expected);
	free((void *)(uintptr_t)bytes.ptr);
}

static void filerun_writes_what_is_emitted_in_input_order(void **unused)
{
	struct run run;

	(void)unused;
	run_open(&run, SLICE("echo a\ntwice bc\n\necho d"));
	run_go(&run);
	assert_int_equal(run.code, EX_OK);
	assert_file(run.out, "echo 1 a\ntwice 2 bc\nbc\necho 1 d\n");
	assert_file(run.dead, "");
	assert_int_equal(run.tally.in, 3);
	assert_int_equal(run.tally.emitted, 3);
	assert_int_equal(run.tally.out[0], 3);
	assert_int_equal(run.tally.out[1], 1);
	assert_int_equal(run.tally.counters[0], 3);
	run_close(&run);
}

static void filerun_counts_drops_by_reason(void **unused)
{
	struct run run;

	(void)unused;
	run_open(&run, SLICE("drop\necho a\ndrop\n"));
	run_go(&run);
	assert_int_equal(run.code, EX_OK);
	assert_int_equal(run.tally.dropped, 2);
	assert_int_equal(run.tally.reasons[0], 2);
	assert_int_equal(run.tally.emitted, 1);
	run_close(&run);
}

static void filerun_writes_a_dead_letter_with_value_code_and_place(void **unused)
{
	struct run run;
	char expected[400];

	(void)unused;
	run_open(&run, SLICE("echo a\nbad \"x\"\necho b\n"));
	run_go(&run);
	assert_int_equal(run.code, EX_OK);
	assert_file(run.out, "echo 1 a\necho 1 b\n");
	snprintf(expected, sizeof(expected),
		"{\"code\":\"toy_bad\",\"message\":\"the line says so: \\\"x\\\"\",\"where\":\"%s:2\",\"value\":\"bad \\\"x\\\"\"}\n", run.in);
	assert_file(run.dead, expected);
	run_close(&run);
}

static void filerun_keeps_bytes_that_are_no_text_as_base64(void **unused)
{
	struct run run;

	(void)unused;
	run_open(&run, SLICE("bad \xff\xfe\n"));
	run_go(&run);
	struct slice dead = read_file(run.dead);
	assert_true(slice_contains(dead, SLICE("\"valueBase64\":\"YmFkIP/+\"")));
	free((void *)(uintptr_t)dead.ptr);
	run_close(&run);
}

static void filerun_without_dead_file_ends_with_dataerr(void **unused)
{
	struct run run;

	(void)unused;
	run_open(&run, SLICE("bad\n"));
	run.paths.dead = NULL;
	run_go(&run);
	assert_int_equal(run.code, EX_DATAERR);
	assert_string_equal(run.error.code, "dead_letters");
	run_close(&run);
}

static void filerun_turns_each_budget_into_a_dead_letter_and_goes_on(void **unused)
{
	struct run run;

	(void)unused;
	run_open(&run, SLICE("eat 100000000\nspin\nnone\necho b\n"));
	run_go(&run);
	assert_int_equal(run.code, EX_OK);
	assert_file(run.out, "echo 1 b\n");
	assert_int_equal(run.tally.dead, 3);
	assert_string_equal(run.tally.codes[0].code, "memory_budget");
	assert_string_equal(run.tally.codes[1].code, "cpu_budget");
	assert_string_equal(run.tally.codes[2].code, "stage_fault");
	run_close(&run);
}

/* A line of `len` bytes between two good ones. */
static struct slice with_long_line(size_t len)
{
	char *bytes = malloc(len + 64);
	size_t n = (size_t)sprintf(bytes, "echo a\n");

	for (size_t i = 0; i < len; i++)
		bytes[n++] = (char)('A' + i % 26);
	n += (size_t)sprintf(bytes + n, "\necho b\n");
	return slice_make(bytes, n);
}

static size_t decoded_length(struct slice dead)
{
	size_t start = slice_find(dead, SLICE("\"valueBase64\":\"")) + strlen("\"valueBase64\":\""), end = start, pad = 0;

	while (dead.ptr[end] != '"')
		pad += dead.ptr[end++] == '=';
	assert_int_equal((end - start) % 4, 0);
	return (end - start) / 4 * 3 - pad;
}

static void filerun_hands_a_line_past_the_limit_whole_to_the_dead_letters(void **unused)
{
	static const size_t LENGTHS[] = {4097, 300000, 3000001};

	(void)unused;
	for (size_t i = 0; i < 3; i++) {
		for (int workers = 1; workers <= 3; workers += 2) {
			struct run run;
			struct slice input = with_long_line(LENGTHS[i]);
			run_open(&run, input);
			run_set(&run, "message.max.bytes=4K");
			run_set(&run, workers == 1 ? "workers=1" : "workers=3");
			run_go(&run);
			assert_int_equal(run.code, EX_OK);
			assert_file(run.out, "echo 1 a\necho 1 b\n");
			assert_string_equal(run.tally.codes[0].code, "message_too_large");
			struct slice dead = read_file(run.dead);
			assert_int_equal(decoded_length(dead), LENGTHS[i]);
			assert_true(slice_contains(dead, SLICE(":2\"")));
			free((void *)(uintptr_t)dead.ptr);
			free((void *)(uintptr_t)input.ptr);
			run_close(&run);
		}
	}
}

static struct slice many_lines(size_t count)
{
	static const char *const WORDS[] = {"echo", "slow", "twice", "drop", "bad", "count", "slow", "count"};
	char *bytes = malloc(count * 64);
	size_t n = 0;

	for (size_t i = 0; i < count; i++)
		n += (size_t)sprintf(bytes + n, "%s %zu%.*s\n", WORDS[hash_mix(i) % 8], hash_mix(i) % 100, (int)(i % 5),
			"ssssssssssssssssssssssssssssss");
	return slice_make(bytes, n);
}

static void filerun_gives_the_same_bytes_with_1_and_4_workers(void **unused)
{
	struct run one, four;
	struct slice input = many_lines(20000);

	(void)unused;
	run_open(&one, input);
	run_open(&four, input);
	run_set(&four, "workers=4");
	run_go(&one);
	run_go(&four);
	assert_int_equal(one.code, EX_OK);
	assert_int_equal(four.code, EX_OK);
	struct slice a = read_file(one.out), b = read_file(four.out);
	assert_true(a.len > 90000);
	assert_true(slice_equal(a, b));
	assert_int_equal(one.tally.in, 20000);
	one.tally.stage = four.tally.stage;
	assert_memory_equal(&one.tally, &four.tally, sizeof(one.tally));
	free((void *)(uintptr_t)a.ptr);
	free((void *)(uintptr_t)b.ptr);
	free((void *)(uintptr_t)input.ptr);
	run_close(&one);
	run_close(&four);
}

static void filerun_asks_the_index_in_input_order(void **unused)
{
	struct run run;

	(void)unused;
	run_open(&run, SLICE("count a\ncount b\ncount a\ncount again\ncount forever\ncount huge\ncount a\n"));
	run_set(&run, "workers=3");
	run_go(&run);
	assert_int_equal(run.code, EX_OK);
	assert_file(run.out, "1 1 a\n1 1 b\n2 1 a\n2 2 again\n3 1 a\n");
	assert_int_equal(run.tally.dead, 2);
	assert_string_equal(run.tally.codes[0].code, "stage_fault");
	assert_string_equal(run.tally.codes[1].code, "memory_budget");
	run_close(&run);
}

static void filerun_stops_with_tempfail_when_the_world_stays_wrong(void **unused)
{
	struct run run;

	(void)unused;
	run_open(&run, SLICE("echo a\nretry\necho b\n"));
	run_go(&run);
	assert_int_equal(run.code, EX_TEMPFAIL);
	assert_string_equal(run.error.code, "toy_world");
	run_close(&run);
}

static void filerun_refuses_to_write_over_its_input(void **unused)
{
	struct run run;

	(void)unused;
	run_open(&run, SLICE("echo a\n"));
	run.paths.out = run.in;
	run_go(&run);
	assert_int_equal(run.code, EX_USAGE);
	assert_file(run.in, "echo a\n");
	run_close(&run);
}

static void filerun_says_what_it_cannot_read_or_write(void **unused)
{
	struct run run;

	(void)unused;
	run_open(&run, SLICE("echo a\n"));
	run.paths.in = "/nonexistent/in";
	run_go(&run);
	assert_int_equal(run.code, EX_NOINPUT);
	assert_true(slice_contains(slice_of(run.error.text), SLICE("/nonexistent/in")));
	run.paths.in = run.in;
	run.paths.out = "/nonexistent/out";
	run_go(&run);
	assert_int_equal(run.code, EX_CANTCREAT);
	run.paths.out = "/dev/full";
	run_go(&run);
	assert_int_equal(run.code, EX_IOERR);
	run_close(&run);
}

static void filerun_reads_crlf_and_a_byte_order_mark(void **unused)
{
	struct run run;

	(void)unused;
	run_open(&run, SLICE("\xEF\xBB\xBF" "echo a\r\n \r\necho b\r\n"));
	run_go(&run);
	assert_file(run.out, "echo 1 a\necho 1 b\n");
	assert_int_equal(run.tally.in, 2);
	run_close(&run);
}

static void filerun_refuses_a_packed_file(void **unused)
{
	struct run run;

	(void)unused;
	run_open(&run, SLICE("\x1F\x8B\x08" "\necho a\n"));
	run_go(&run);
	assert_int_equal(run.code, EX_DATAERR);
	assert_true(slice_contains(slice_of(run.error.text), SLICE("gzip")));
	assert_int_equal(run.tally.in, 0);
	run_close(&run);
}

static void filerun_takes_no_line_for_a_bare_value(void **unused)
{
	struct stage bare = TOY;
	struct run run;

	(void)unused;
	bare.takes_bare_values = true;
	for (int workers = 1; workers <= 2; workers++) {
		run_open(&run, SLICE("echo a\n{\"a\":1}\n  {}\n"));
		run_set(&run, workers == 1 ? "workers=1" : "workers=2");
		run.code = file_run(&bare, NULL, run.config, &run.paths, &run.tally, &run.error);
		assert_int_equal(run.code, EX_OK);
		assert_int_equal(run.tally.dead, 1);
		assert_int_equal(run.tally.emitted, 2);
		struct slice dead = read_file(run.dead);
		assert_true(slice_contains(dead, SLICE("\"json_syntax\"")) && slice_contains(dead, SLICE("/in:1\"")));
		free((char *)(uintptr_t)dead.ptr);
		run_close(&run);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(filerun_writes_what_is_emitted_in_input_order),
		cmocka_unit_test(filerun_counts_drops_by_reason),
		cmocka_unit_test(filerun_writes_a_dead_letter_with_value_code_and_place),
		cmocka_unit_test(filerun_keeps_bytes_that_are_no_text_as_base64),
		cmocka_unit_test(filerun_without_dead_file_ends_with_dataerr),
		cmocka_unit_test(filerun_turns_each_budget_into_a_dead_letter_and_goes_on),
		cmocka_unit_test(filerun_hands_a_line_past_the_limit_whole_to_the_dead_letters),
		cmocka_unit_test(filerun_gives_the_same_bytes_with_1_and_4_workers),
		cmocka_unit_test(filerun_asks_the_index_in_input_order),
		cmocka_unit_test(filerun_stops_with_tempfail_when_the_world_stays_wrong),
		cmocka_unit_test(filerun_refuses_to_write_over_its_input),
		cmocka_unit_test(filerun_says_what_it_cannot_read_or_write),
		cmocka_unit_test(filerun_reads_crlf_and_a_byte_order_mark),
		cmocka_unit_test(filerun_refuses_a_packed_file),
		cmocka_unit_test(filerun_takes_no_line_for_a_bare_value),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
