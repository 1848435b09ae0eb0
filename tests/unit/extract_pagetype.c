#include "extractpage.h"

static void page_type_of_an_article_is_article(void **state)
{
	(void)state;
	with_arena(arena);
	struct article *a = article_of_html(&arena, PAGE("<article><h1>Harbour bridge reopens early</h1>" NEWS "</article>"));
	assert_int_equal(a->page_type, PAGE_ARTICLE);
	assert_true(a->confidence >= 50);
	arena_release(&arena);
}

static void page_type_of_a_not_found_page_is_error(void **state)
{
	(void)state;
	with_arena(arena);
	struct article *a = article_of_html(&arena,
	        "<html><head><title>404 - Page not found</title></head><body><h1>Page not found</h1><p>The page you are "
	        "looking for does not exist.</p></body></html>");
	assert_int_equal(a->page_type, PAGE_ERROR);
	arena_release(&arena);
}

static void page_type_of_a_wall_of_cookies_is_consent(void **state)
{
	(void)state;
	with_arena(arena);
	struct article *a = article_of_html(&arena,
	        "<html><head><title>Your cookie choices - Gazette</title></head><body><h1>Your cookie choices</h1><p>With your "
	        "agreement, we and our partners store information on your device and read it.</p></body></html>");
	assert_int_equal(a->page_type, PAGE_CONSENT);
	arena_release(&arena);
}

static void page_type_of_a_list_of_headlines_is_listing(void **state)
{
	struct buf html;
	(void)state;
	with_arena(arena);
	buf_init_arena(&html, &arena, 1 << 20);
	buf_append(&html, SLICE("<html><head><title>World news - Gazette</title></head><body><h1>World news</h1>"));
	for (int i = 0; i < 40; i++)
		buf_printf(&html,
		        "<div class=item><h3><a href=/%d>Ministers of %d countries meet to talk about fishing "
		        "rights</a></h3></div>",
		        i, i + 2);
	buf_append_byte(&html, '\0');
	struct article *a = article_of_html(&arena, html.ptr);
	assert_int_equal(a->page_type, PAGE_LISTING);
	arena_release(&arena);
}

static void page_type_of_a_teased_article_is_paywall(void **state)
{
	(void)state;
	with_arena(arena);
	struct article *a = article_of_html(
	        &arena, PAGE("<article><h1>Harbour bridge reopens early</h1><p>" NEWS_ONE
	                     "</p><div class=paywall><p>Subscribe to continue reading this article.</p></div></article>"));
	assert_int_equal(a->page_type, PAGE_PAYWALL);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(page_type_of_an_article_is_article),
	        cmocka_unit_test(page_type_of_a_not_found_page_is_error),
	        cmocka_unit_test(page_type_of_a_wall_of_cookies_is_consent),
	        cmocka_unit_test(page_type_of_a_list_of_headlines_is_listing),
	        cmocka_unit_test(page_type_of_a_teased_article_is_paywall),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
