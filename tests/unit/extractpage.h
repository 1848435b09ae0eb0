/* extractpage: a page in, an article out, for the tests of the extract stage. */
#ifndef COPYDESK_EXTRACTPAGE_H
#define COPYDESK_EXTRACTPAGE_H

#include "unit.h"

#include "extract/page.h"

/* An arena with a guard for one test: using up 256 MiB fails it. */
#define with_arena(name)                                                                                                         \
	struct arena name;                                                                                                       \
	jmp_buf name##_jump;                                                                                                     \
	arena_init(&name, (size_t)256 << 20);                                                                                    \
	if (ARENA_GUARD(&name, &name##_jump) != ESCAPE_NONE)                                                                     \
		fail_msg("the arena was used up");

static inline struct article *article_of_html(struct arena *arena, const char *html)
{
	struct raw_page raw = {.body = slice_of(html),
	        .is_html = true,
	        .is_unicode = true,
	        .fetched_at = CLOCK_NONE,
	        .url = SLICE("https://gazette.example/a")};
	struct article *article = arena_new(arena, struct article);
	struct error error;
	if (!page_extract(arena, &raw, &PARSE_LIMITS_DEFAULT, article, &error))
		fail_msg("%s: %s", error.code, error.text);
	return article;
}

static inline void assert_body_has(const struct article *article, const char *text)
{
	if (!slice_contains(article->body, slice_of(text)))
		fail_msg("the body lacks \"%s\": \"%.*s\"", text, SLICE_ARG(article->body));
}

static inline void assert_body_lacks(const struct article *article, const char *text)
{
	if (slice_contains(article->body, slice_of(text)))
		fail_msg("the body holds \"%s\": \"%.*s\"", text, SLICE_ARG(article->body));
}

/* Three paragraphs of news to put between what a test is about. */
#define NEWS_ONE                                                                                                                 \
	"The harbour bridge reopened on Monday after eleven weeks of repairs, the city council said, two weeks earlier than "    \
	"planned."
#define NEWS_TWO                                                                                                                 \
	"Engineers replaced forty-two cables and the whole of the northern deck, which had been closed since a lorry hit a "     \
	"pylon in March."
#define NEWS_THREE                                                                                                               \
	"Tolls stay suspended until June, and the ferry that carried commuters in the meantime keeps running at weekends, "      \
	"officials said."
#define NEWS "<p>" NEWS_ONE "</p><p>" NEWS_TWO "</p><p>" NEWS_THREE "</p>"
#define PAGE(body) "<html><head><title>Harbour bridge reopens early | Gazette</title></head><body>" body "</body></html>"

#endif
