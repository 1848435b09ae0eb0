#include "witharena.h"

#include "extract/authors.h"

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
	expect("By Ana Brandt and Tom Lind, Science Correspondents", AUTHOR_BYLINE, "Ana Brandt; Tom Lind (Science Correspondents)");
	expect("By Science Editor Ana Brandt", AUTHOR_BYLINE, "Ana Brandt (Science Editor)");
	expect("Von unserer Redakteurin Ana Brandt", AUTHOR_BYLINE, "Ana Brandt");
	expect("Ana Brandt for Valley Post", AUTHOR_NAMED, "Ana Brandt");
	expect("Ana Brandt ana@paper.example, Tom Lind tom@paper.example", AUTHOR_BYLINE, "Ana Brandt <ana@paper.example>; Tom Lind <tom@paper.example>");
	expect("Ana Brandt, Tom Lind, ana.brandt@paper.example", AUTHOR_BYLINE, "Ana Brandt <ana.brandt@paper.example>; Tom Lind");
	expect("โดย สุชาดา วงศ์ไทย", AUTHOR_BYLINE, "สุชาดา วงศ์ไทย");
	expect("【記者陳雨桐／台北報導】", AUTHOR_BYLINE, "陳雨桐");
	expect("BY ANA BRANDT AND TOM LIND", AUTHOR_BYLINE, "Ana Brandt; Tom Lind");
	expect("By Se\u00E1n O'Neill and Jean-Luc d'Arcy", AUTHOR_BYLINE, "Se\u00E1n O'Neill; Jean-Luc d'Arcy");
	expect("By Ana Brandt in Velmstadt", AUTHOR_BYLINE, "Ana Brandt");
	expect("By Ana Brandt at Holt Park", AUTHOR_BYLINE, "Ana Brandt");
	expect("By ANA BRANDT, TOM LIND and EVA ROTH", AUTHOR_BYLINE, "Ana Brandt; Tom Lind; Eva Roth");
	expect("By ANA BRANDT/Staff Writer", AUTHOR_BYLINE, "Ana Brandt (Staff Writer)");
	expect("By Dr. Ana Brandt, M.D., Ph.D., and Tom Lind Jr.", AUTHOR_BYLINE, "Dr. Ana Brandt; Tom Lind Jr.");
	expect("Analysis by Ana Brandt, CNN", AUTHOR_BYLINE, "Ana Brandt");
	expect("Ana Brandt @anabrandt", AUTHOR_BYLINE, "Ana Brandt");
	expect("By Ana Brandt \U0001F4F7 Eva Roth", AUTHOR_BYLINE, "Ana Brandt");
	expect("Brandt, Ana; Lind, Tom", AUTHOR_NAMED, "Ana Brandt; Tom Lind");
	expect("Par Ana Brandt avec AFP", AUTHOR_NAMED, "Ana Brandt; AFP");
}

static void authors_keep_names_that_look_like_openers(void **state)
{
	(void)state;
	expect("Theo Walker", AUTHOR_NAMED, "Theo Walker");
	expect("Von Trapp, Maria", AUTHOR_NAMED, "Maria Von Trapp");
	expect("Di Stefano", AUTHOR_NAMED, "Di Stefano");
	expect("di Carla Di Stefano", AUTHOR_BYLINE, "Carla Di Stefano");
	expect("De Ștefania Munteanu și Radu Țurcan", AUTHOR_BYLINE, "Ștefania Munteanu; Radu Țurcan");
}

static void authors_are_parted_from_dates(void **state)
{
	(void)state;
	expect("By Ana Brandt, Thursday, May 2, 2024", AUTHOR_BYLINE, "Ana Brandt");
	expect("Ana Brandt Published 2 May 2024 | Updated 3 May 2024", AUTHOR_BYLINE, "Ana Brandt");
	expect("2 May 2024 | By Ana Brandt and Tom Lind", AUTHOR_BYLINE, "Ana Brandt; Tom Lind");
	expect("Ana Brandt 2 hours ago", AUTHOR_BYLINE, "Ana Brandt");
}

static void authors_name_agencies(void **state)
{
	(void)state;
	expect("Ana Brandt/AFP", AUTHOR_BYLINE, "Ana Brandt; AFP");
	expect("By Reuters Staff", AUTHOR_BYLINE, "Reuters");
	expect("Ana Brandt mit dpa", AUTHOR_BYLINE, "Ana Brandt; dpa");
}

static void authors_are_not_made_of_other_text(void **state)
{
	(void)state;
	expect("Staff Reporter", AUTHOR_NAMED, "");
	expect("News Desk", AUTHOR_NAMED, "");
	expect("5 min read", AUTHOR_BYLINE, "");
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
	assert_true(author_is_byline(SLICE("By Ana Brandt at Holt Park")));
	assert_true(author_is_byline(SLICE("By Ana Brandt in Velmstadt")));
	assert_true(author_is_byline(SLICE("Par Ana Brandt (avec AFP)")));
	assert_false(author_is_byline(SLICE("By the time they arrived it was over.")));
	assert_true(author_is_byline(SLICE("Posted by Ana Brandt on May 2, 2024 at 2:05 pm")));
	assert_true(author_is_byline(SLICE("Published 2 May 2024 by Ana Brandt")));
	assert_false(author_is_byline(SLICE("Published 2 May 2024")));
	assert_false(author_is_byline(SLICE("Ana Brandt")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(authors_are_parted_from_openers_jobs_and_addresses),
		cmocka_unit_test(authors_keep_names_that_look_like_openers),
		cmocka_unit_test(authors_are_parted_from_dates),
		cmocka_unit_test(authors_name_agencies),
		cmocka_unit_test(authors_are_not_made_of_other_text),
		cmocka_unit_test(authors_named_twice_are_one),
		cmocka_unit_test(bylines_are_told_from_sentences),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
