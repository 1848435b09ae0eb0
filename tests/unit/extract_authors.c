#include "unit.h"

#include "extract/authors.h"

static struct arena arena;
static jmp_buf escape;
#define WITH_ARENA() \
	arena_init(&arena, (size_t)64 << 20); \
	if (ARENA_GUARD(&arena, &escape) != ESCAPE_NONE) \
		fail_msg("out of memory")

/* The names, parted by "; ", with <address> and (role). */
static void expect(const char *text, enum author_trust trust, const char *want)
{
	struct article article;
	struct buf got;
	WITH_ARENA();
	article_init(&article);
	authors_add(&arena, &article, slice_of(text), trust);
	buf_init_arena(&got, &arena, 4096);
	for (const struct author *a = article.authors; a; a = a->next) {
		buf_printf(&got, "%s%.*s", got.len ? "; " : "", SLICE_ARG(a->name));
		if (a->email.len)
			buf_printf(&got, " <%.*s>", SLICE_ARG(a->email));
		if (a->role.len)
			buf_printf(&got, " (%.*s)", SLICE_ARG(a->role));
	}
	assert_slice(buf_slice(&got), want);
	arena_release(&arena);
}

static void authors_are_parted_from_openers_jobs_and_addresses(void **state)
{
	(void)state;
	expect("By Ana Brandt and Tom Lind", AUTHOR_BYLINE, "Ana Brandt; Tom Lind");
	expect("Von Ana Brandt, Tom Lind und Eva Roth", AUTHOR_BYLINE, "Ana Brandt; Tom Lind; Eva Roth");
	expect("By Ana Brandt, Political Editor", AUTHOR_BYLINE, "Ana Brandt (Political Editor)");
	expect("Ana Brandt ana@paper.example", AUTHOR_BYLINE, "Ana Brandt <ana@paper.example>");
	expect("BY ANA BRANDT", AUTHOR_BYLINE, "Ana Brandt");
	expect("Ana Brandt (abr)", AUTHOR_NAMED, "Ana Brandt");
	expect("홍길동 기자", AUTHOR_NAMED, "홍길동");
	expect("Par Ana Brandt avec AFP", AUTHOR_NAMED, "Ana Brandt avec AFP");
}

static void authors_are_not_made_of_other_text(void **state)
{
	(void)state;
	expect("Read more about this", AUTHOR_BYLINE, "");
	expect("Photo: Ana Brandt/dpa", AUTHOR_BYLINE, "");
	expect("https://paper.example/ana", AUTHOR_NAMED, "");
	expect("admin", AUTHOR_NAMED, "");
}

static void authors_named_twice_are_one(void **state)
{
	(void)state;
	expect("Ana Brandt, ANA BRANDT", AUTHOR_NAMED, "Ana Brandt");
}

static void bylines_are_told_from_sentences(void **state)
{
	(void)state;
	assert_true(author_is_byline(SLICE("By Ana Brandt")));
	assert_true(author_is_byline(SLICE("Ana Brandt ana@paper.example")));
	assert_true(author_is_byline(SLICE("홍길동 기자")));
	assert_false(author_is_byline(SLICE("By the time they arrived it was over.")));
	assert_false(author_is_byline(SLICE("Ana Brandt")));
}

static void addresses_are_found_whole(void **state)
{
	(void)state;
	assert_slice(email_find(SLICE("(write to ana.brandt@mail.paper.example.)")), "ana.brandt@mail.paper.example");
	assert_slice(email_find(SLICE("follow @ana on x")), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(authors_are_parted_from_openers_jobs_and_addresses),
		cmocka_unit_test(authors_are_not_made_of_other_text),
		cmocka_unit_test(authors_named_twice_are_one),
		cmocka_unit_test(bylines_are_told_from_sentences),
		cmocka_unit_test(addresses_are_found_whole),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
