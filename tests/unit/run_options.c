/* Options that all stages have: what is filled in, what one row can't see, bounds. */
#include "configcase.h"

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
	} CASES[] = {{"topic.out=toy.in", "topic.in and topic.out"}, {"topic.in=a b", "no topic name"}, {"topic.dead=", "no topic name"}, {"group=a b", "is no group name"},
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(options_resolve_fills_in_what_the_machine_says),
		TEST(options_give_a_run_an_index_of_its_own),
		TEST(options_leave_the_live_index_and_topics_that_were_named),
		TEST(options_resolve_refuses_what_one_row_cannot_see),
		TEST(options_read_bounds),
		TEST(options_read_offsets_of_partitions),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
