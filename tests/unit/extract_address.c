#include "witharena.h"

#include "extract/address.h"

static void addresses_are_resolved_against_the_page(void **state)
{
	static const struct {
		const char *base, *link, *want;
	} samples[] = {{"https://a.example/news/1.html?x=/y", "dome.html", "https://a.example/news/dome.html"}, {"https://a.example", "dome.html", "https://a.example/dome.html"},
		{"https://a.example/news/", "/dome", "https://a.example/dome"}, {"http://a.example/1", "//b.example/dome", "http://b.example/dome"}, {"https://a.example/1", "./dome", "https://a.example/dome"},
		{"https://a.example/1", "https://b.example/a dome", "https://b.example/a%20dome"}, {"", "HTTPS://b.example/1", "HTTPS://b.example/1"}, {"", "dome.html", ""},
		{"https://a.example/1", "javascript:void(0)", ""}, {"https://a.example/1", "#top", ""}, {"https://a.example/1", "../dome", ""}, {"https://a.example/1", "", ""}};
	(void)state;
	WITH_ARENA();
	for (size_t i = 0; i < sizeof samples / sizeof *samples; i++)
		assert_slice(address_absolute(&arena, slice_of(samples[i].base), slice_of(samples[i].link)), samples[i].want);
	arena_release(&arena);
}

static void addresses_of_messages_are_cleaned(void **state)
{
	(void)state;
	WITH_ARENA();
	assert_slice(address_clean(&arena, SLICE(" https://a.example/1 \n")), "https://a.example/1");
	assert_slice(address_clean(&arena, SLICE("https://a.example/a dome")), "https://a.example/a%20dome");
	assert_slice(address_clean(&arena, SLICE("urn:nbn:1")), "urn:nbn:1");
	assert_slice(address_clean(&arena, SLICE("a.example/1")), "");
	assert_slice(address_clean(&arena, SLICE("")), "");
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(addresses_are_resolved_against_the_page),
		cmocka_unit_test(addresses_of_messages_are_cleaned),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
