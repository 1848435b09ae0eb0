/* concept: see concept.h. Looked up once for each name of a page: pages repeat theirs, and the memory of them is what makes it
 * cheap. */
#include "extract/concept.h"

#include "base/hash.h"
#include "extract/conceptwords.h"

#define WORD_MAX 24
#define WORDS_MAX 12

/* The words of one name, in lower case. */
struct name_words {
	char text[WORDS_MAX][WORD_MAX];
	size_t len[WORDS_MAX];
	size_t count;
};

/* Splits at what isn't a letter or digit and where lower case turns to upper ("relatedStories"). */
static void split_name(struct slice name, struct name_words *out)
{
	out->count = 0;
	size_t len = 0;
	for (size_t i = 0; i <= name.len && out->count < WORDS_MAX; i++) {
		char c = i < name.len ? name.ptr[i] : '-';
		bool alnum = byte_is_alpha(c) || byte_is_digit(c);
		bool hump = alnum && c >= 'A' && c <= 'Z' && len && i && name.ptr[i - 1] >= 'a' && name.ptr[i - 1] <= 'z';
		if (len && (!alnum || hump)) {
			out->len[out->count++] = len;
			len = 0;
		}
		if (alnum && len < WORD_MAX && out->count < WORDS_MAX)
			out->text[out->count][len++] = byte_lower(c);
	}
}

static struct slice word_at(const struct name_words *w, size_t i)
{
	return i < w->count ? slice_make(w->text[i], w->len[i]) : SLICE_NONE;
}

static bool word_is(const struct name_words *w, size_t i, struct slice want) { return slice_equal(word_at(w, i), want); }

/* Themes mark articles with what they are about ("tag-privacy", "category-related") and layouts with what they lack. */
static bool describes_something_else(const struct name_words *w)
{
	static const struct slice openers[] = {SLICE_INIT("tag"), SLICE_INIT("category"), SLICE_INIT("no"), SLICE_INIT("has"), SLICE_INIT("with"),
		SLICE_INIT("without"), SLICE_INIT("hide"), SLICE_INIT("is"), SLICE_INIT("js"), SLICE_INIT("show"), SLICE_INIT("non"), SLICE_INIT("not")};
	if (w->count < 2)
		return false;
	for (size_t i = 0; i < sizeof(openers) / sizeof(*openers); i++)
		if (word_is(w, 0, openers[i]))
			return !(i == 0 && (word_is(w, 1, SLICE("list")) || word_is(w, 1, SLICE("links"))));
	return false;
}

static uint32_t concepts_of_name(struct slice name)
{
	struct name_words w;
	uint32_t found = 0;
	split_name(name, &w);
	if (describes_something_else(&w))
		return 0;
	for (size_t i = 0; i < w.count; i++) {
		uint32_t pair = concept_of_pair(word_at(&w, i), word_at(&w, i + 1));
		found |= pair ? pair : concept_of_word(word_at(&w, i));
	}
	if (found & CONCEPT_BODY) /* "entry-content-read-more": the body, folded */
		found &= ~(uint32_t)CONCEPT_RELATED;
	if (w.count == 1 || (w.count == 2 && (word_is(&w, 1, SLICE("wrapper")) || word_is(&w, 1, SLICE("container"))))) {
		if (word_is(&w, 0, SLICE("article")) || word_is(&w, 0, SLICE("story")) || word_is(&w, 0, SLICE("post")) ||
			word_is(&w, 0, SLICE("entry")))
			found |= CONCEPT_ARTICLE;
		if (word_is(&w, 0, SLICE("main")) || word_is(&w, 0, SLICE("content")))
			found |= CONCEPT_MAIN;
	}
	return found;
}

/* Whole class names by which the common style sheets hide things from everybody. A part of a name says nothing ("label-hidden"), nor do
 * the names that hide on some screens only ("hidden-xs"). */
static bool name_hides(struct slice name)
{
	static const struct slice hiding[] = {SLICE_INIT("hidden"), SLICE_INIT("is-hidden"), SLICE_INIT("visually-hidden"), SLICE_INIT("visuallyhidden"),
		SLICE_INIT("u-visually-hidden"), SLICE_INIT("sr-only"), SLICE_INIT("screen-reader-text"), SLICE_INIT("screen-reader"),
		SLICE_INIT("screenreader"), SLICE_INIT("element-invisible"), SLICE_INIT("visually_hidden"), SLICE_INIT("assistive-text"), SLICE_INIT("offscreen"),
		SLICE_INIT("u-hidden"), SLICE_INIT("invisible"), SLICE_INIT("a11y-hidden"), SLICE_INIT("print-only"), SLICE_INIT("printonly"), SLICE_INIT("only-print")};
	for (size_t i = 0; i < sizeof(hiding) / sizeof(*hiding); i++)
		if (slice_equal_nocase(name, hiding[i]))
			return true;
	return false;
}

static uint32_t read_names(struct slice names)
{
	uint32_t found = 0;
	size_t at = 0;
	while (at < names.len) {
		while (at < names.len && byte_is_space(names.ptr[at]))
			at++;
		size_t start = at;
		while (at < names.len && !byte_is_space(names.ptr[at]))
			at++;
		if (at > start)
			found |= name_hides(slice_sub(names, start, at)) ? CONCEPT_HIDDEN
									 : concepts_of_name(slice_sub(names, start, at));
	}
	return found;
}

static uint32_t concepts_of_names(struct slice names, struct concept_memory *memory)
{
	uint64_t hash = hash64(names) | 1;
	size_t slot = hash / 2 % CONCEPT_MEMORY_SLOTS;
	if (memory->hash[slot] != hash) {
		memory->concepts[slot] = read_names(names);
		memory->hash[slot] = hash;
	}
	return memory->concepts[slot];
}

static uint32_t concepts_of_tag(enum tag tag)
{
	switch (tag) {
	case TAG_NAV: case TAG_MENU: return CONCEPT_NAVIGATION;
	case TAG_FOOTER: return CONCEPT_FOOTER;
	case TAG_ASIDE: return CONCEPT_SIDEBAR;
	case TAG_HEADER: return CONCEPT_HEADER;
	case TAG_FIGCAPTION: return CONCEPT_CAPTION;
	case TAG_BUTTON: case TAG_SELECT: case TAG_TEXTAREA: case TAG_DIALOG: case TAG_OPTION: return CONCEPT_WIDGET;
	case TAG_ARTICLE: return CONCEPT_ARTICLE;
	case TAG_MAIN: return CONCEPT_MAIN;
	default: return 0;
	}
}

static uint32_t concepts_of_item(struct slice itemprop)
{
	if (tokens_contain(itemprop, "articleBody"))
		return CONCEPT_BODY;
	if (tokens_contain(itemprop, "author"))
		return CONCEPT_AUTHOR;
	if (tokens_contain(itemprop, "caption"))
		return CONCEPT_CAPTION;
	if (tokens_contain(itemprop, "headline"))
		return CONCEPT_HEADLINE;
	if (tokens_contain(itemprop, "datePublished") || tokens_contain(itemprop, "dateModified"))
		return CONCEPT_META;
	return 0;
}

static uint32_t concepts_of_role(struct slice role)
{
	if (slice_is(role, "navigation") || slice_is(role, "menu") || slice_is(role, "menubar"))
		return CONCEPT_NAVIGATION;
	if (slice_is(role, "complementary"))
		return CONCEPT_SIDEBAR;
	if (slice_is(role, "contentinfo"))
		return CONCEPT_FOOTER;
	if (slice_is(role, "banner"))
		return CONCEPT_HEADER;
	if (slice_is(role, "dialog") || slice_is(role, "search") || slice_is(role, "button") || slice_is(role, "alertdialog"))
		return CONCEPT_WIDGET;
	if (slice_is(role, "main"))
		return CONCEPT_MAIN;
	if (slice_is(role, "article"))
		return CONCEPT_ARTICLE;
	return 0;
}

/* display:none and visibility:hidden, spaces or not. */
static bool style_hides(struct slice style)
{
	for (size_t at = 0; at < style.len;) {
		struct slice rest = slice_sub(style, at, style.len);
		size_t semicolon = slice_find_byte(rest, ';');
		size_t end = semicolon == SLICE_NOT_FOUND ? rest.len : semicolon;
		struct slice rule = slice_sub(rest, 0, end);
		size_t colon = slice_find_byte(rule, ':');
		if (colon != SLICE_NOT_FOUND) {
			struct slice key = slice_trim(slice_sub(rule, 0, colon)),
				     value = slice_trim(slice_sub(rule, colon + 1, rule.len));
			if (slice_equal_nocase(key, SLICE("display")) && slice_starts_nocase(value, SLICE("none")))
				return true;
			if (slice_equal_nocase(key, SLICE("visibility")) && slice_starts_nocase(value, SLICE("hidden")))
				return true;
		}
		at += end + 1;
	}
	return false;
}

static uint32_t concepts_of_attribute(const struct attribute *a, struct concept_memory *memory)
{
	static const struct slice NAMED[] = {SLICE_INIT("class"), SLICE_INIT("id"), SLICE_INIT("data-testid"), SLICE_INIT("data-qa"), SLICE_INIT("data-name"),
		SLICE_INIT("data-module"), SLICE_INIT("data-component")};

	for (size_t i = 0; i < sizeof NAMED / sizeof *NAMED; i++)
		if (slice_equal(a->name, NAMED[i]))
			return concepts_of_names(a->value, memory);
	if (slice_is(a->name, "role"))
		return concepts_of_role(a->value);
	if (slice_is(a->name, "itemprop"))
		return concepts_of_item(a->value);
	bool hides = slice_is(a->name, "hidden") || (slice_is(a->name, "style") && style_hides(a->value)) ||
		     (slice_is(a->name, "aria-hidden") && slice_is(a->value, "true"));
	return hides ? CONCEPT_HIDDEN : 0;
}

uint32_t concept_of(const struct node *node, struct concept_memory *memory)
{
	uint32_t found = concepts_of_tag(node->tag);

	for (const struct attribute *a = node->attributes; a; a = a->next)
		found |= concepts_of_attribute(a, memory);
	if (node->tag == TAG_TR || node->tag == TAG_TD || node->tag == TAG_TH) /* "player", "author": what the row is about */
		found &= ~(uint32_t)(CONCEPT_MEDIA | CONCEPT_WIDGET | CONCEPT_QUOTE | CONCEPT_AUTHOR | CONCEPT_HEADER);
	return found;
}
