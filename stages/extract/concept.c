/* concept: see concept.h. Looked up once for each name of a page: pages repeat theirs, and the memory of them is what makes it
 * cheap. */
#include "extract/concept.h"

#include "base/hash.h"

#define WORD_MAX 24
#define WORDS_MAX 12

struct meaning {
	struct slice word;
	uint32_t concepts;
};

#define NAV CONCEPT_NAVIGATION
#define SHARE CONCEPT_SHARING
#define RELATED CONCEPT_RELATED
#define AD CONCEPT_ADVERTISEMENT
#define COMMENT CONCEPT_COMMENTS
#define CONSENT CONCEPT_CONSENT
#define LETTER CONCEPT_NEWSLETTER
#define AUTHOR CONCEPT_AUTHOR
#define META CONCEPT_META
#define CAPTION CONCEPT_CAPTION
#define WIDGET CONCEPT_WIDGET
#define SIDEBAR CONCEPT_SIDEBAR
#define FOOTER CONCEPT_FOOTER
#define HIDDEN CONCEPT_HIDDEN
#define MEDIA CONCEPT_MEDIA
#define HEADER CONCEPT_HEADER
#define PAYWALL CONCEPT_PAYWALL
#define LIVE CONCEPT_LIVE
#define HEADLINE CONCEPT_HEADLINE
#define SUMMARY CONCEPT_SUMMARY
#define W(text, concepts) {SLICE_INIT(text), concepts}

/* Sorted by bytes: looked up by bisection. */
static const struct meaning words[] = {
	/* clang-format off */
	W("abstract", SUMMARY), W("ad", AD), W("addthis", SHARE), W("addtoany", SHARE), W("adinner", AD), W("ads", AD),
	W("adsbygoogle", AD), W("adslot", AD), W("adtech", AD), W("adunit", AD), W("advert", AD), W("advertisement", AD),
	W("advertising", AD), W("advertorial", AD), W("adverts", AD), W("adwrapper", AD), W("affiliate", AD), W("anons", SUMMARY),
	W("anzeige", AD), W("articleauthor", AUTHOR), W("articleintro", SUMMARY), W("articlelead", SUMMARY), W("author", AUTHOR),
	W("authorbio", AUTHOR), W("authorbox", AUTHOR), W("authorinfo", AUTHOR), W("authors", AUTHOR), W("autor", AUTHOR),
	W("autoren", AUTHOR), W("bajada", SUMMARY), W("banner", AD), W("billboard", AD), W("bio", AUTHOR), W("biography", AUTHOR),
	W("breadcrumb", NAV), W("breadcrumbs", NAV), W("btn", WIDGET), W("button", WIDGET), W("buttons", WIDGET),
	W("byline", AUTHOR), W("bylines", AUTHOR), W("caption", CAPTION), W("captions", CAPTION), W("captiontext", CAPTION),
	W("carousel", MEDIA | RELATED), W("chapeau", SUMMARY), W("chapo", SUMMARY), W("comment", COMMENT),
	W("commentlist", COMMENT), W("comments", COMMENT), W("commercial", AD), W("consent", CONSENT), W("contributor", AUTHOR),
	W("contributors", AUTHOR), W("cookie", CONSENT), W("cookiebar", CONSENT), W("cookies", CONSENT), W("copete", SUMMARY),
	W("copyright", FOOTER), W("credit", CAPTION), W("credits", CAPTION), W("crumb", NAV), W("crumbs", NAV), W("cta", WIDGET),
	W("date", META), W("dateline", META), W("datetime", META), W("deck", SUMMARY), W("dek", SUMMARY), W("dialog", WIDGET),
	W("disclaimer", FOOTER), W("disclosure", FOOTER), W("disqus", COMMENT), W("donate", LETTER), W("donation", LETTER),
	W("dropdown", NAV), W("einleitung", SUMMARY), W("entradilla", SUMMARY), W("excerpt", SUMMARY), W("facebook", SHARE),
	W("factbox", WIDGET), W("figcaption", CAPTION), W("follow", SHARE), W("followus", SHARE), W("foot", FOOTER),
	W("footer", FOOTER), W("fotogalerie", MEDIA), W("galeria", MEDIA), W("galerie", MEDIA), W("gallery", MEDIA),
	W("gdpr", CONSENT), W("headline", HEADLINE), W("imagecaption", CAPTION), W("infobox", WIDGET), W("ingress", SUMMARY),
	W("intro", SUMMARY), W("introtext", SUMMARY), W("jwplayer", MEDIA), W("kommentar", COMMENT), W("kommentare", COMMENT),
	W("latest", RELATED), W("lead", SUMMARY), W("leadtext", SUMMARY), W("lede", SUMMARY), W("legal", FOOTER),
	W("lightbox", MEDIA), W("login", WIDGET), W("manchet", SUMMARY), W("mashsb", SHARE), W("masthead", HEADER), W("menu", NAV),
	W("meta", META), W("metadata", META), W("modal", WIDGET), W("mostpopular", RELATED), W("mostread", RELATED), W("nav", NAV),
	W("navbar", NAV), W("navi", NAV), W("navigation", NAV), W("newsletter", LETTER), W("newsletters", LETTER),
	W("noprint", WIDGET), W("ob", RELATED), W("occhiello", SUMMARY), W("onetrust", CONSENT), W("opening", SUMMARY),
	W("optanon", CONSENT), W("outbrain", RELATED), W("overlay", WIDGET), W("pager", NAV), W("pagination", NAV),
	W("paging", NAV), W("partner", AD), W("paywall", PAYWALL), W("perex", SUMMARY), W("piano", PAYWALL), W("player", MEDIA),
	W("poll", WIDGET), W("popular", RELATED), W("popup", WIDGET), W("postmeta", META), W("preamble", SUMMARY),
	W("preface", SUMMARY), W("premium", PAYWALL), W("print", SHARE), W("privacy", CONSENT), W("promo", RELATED), W("promobox", RELATED),
	W("promos", RELATED), W("promoted", AD), W("promotion", RELATED), W("pubdate", META), W("publicite", AD),
	W("quiz", WIDGET), W("rail", SIDEBAR), W("rating", WIDGET), W("ratings", WIDGET), W("readmore", RELATED),
	W("recirc", RELATED), W("recirculation", RELATED), W("recommend", RELATED), W("recommendation", RELATED),
	W("recommendations", RELATED), W("recommended", RELATED), W("register", WIDGET), W("registration", WIDGET),
	W("relacionadas", RELATED), W("relacionados", RELATED), W("related", RELATED), W("relatedarticles", RELATED),
	W("relatedcontent", RELATED), W("relatedlinks", RELATED), W("relatedposts", RELATED), W("reply", COMMENT),
	W("respond", COMMENT), W("resumo", SUMMARY), W("sapo", SUMMARY), W("search", WIDGET), W("searchbox", WIDGET),
	W("share", SHARE), W("sharebar", SHARE), W("sharebutton", SHARE), W("sharebuttons", SHARE), W("sharedaddy", SHARE),
	W("sharer", SHARE), W("shares", SHARE), W("sharethis", SHARE), W("sharing", SHARE), W("shoutbox", COMMENT),
	W("sidebar", SIDEBAR), W("sidecol", SIDEBAR), W("signin", WIDGET), W("signup", LETTER), W("sitemap", NAV), W("skip", NAV),
	W("skiplink", NAV), W("slider", MEDIA | RELATED), W("slideshow", MEDIA), W("sociable", SHARE), W("social", SHARE),
	W("socialmedia", SHARE), W("sottotitolo", SUMMARY), W("sponsor", AD), W("sponsored", AD), W("sponsors", AD),
	W("spot", SUMMARY), W("standfirst", SUMMARY), W("strapline", SUMMARY), W("subhead", SUMMARY), W("subheadline", SUMMARY),
	W("submenu", NAV), W("subnav", NAV), W("subscribe", LETTER), W("subscription", LETTER), W("subscriptions", LETTER),
	W("subtitle", SUMMARY), W("subtitles", SUMMARY), W("subtitulo", SUMMARY), W("suggested", RELATED),
	W("suggestions", RELATED), W("sumario", SUMMARY), W("summary", SUMMARY), W("syndication", SHARE), W("taboola", RELATED),
	W("tagcloud", META), W("tagline", SUMMARY), W("taglist", META), W("tags", META), W("teaser", RELATED),
	W("teasers", RELATED), W("teasertext", SUMMARY), W("timestamp", META), W("toolbar", SHARE), W("toolbox", SHARE),
	W("tools", SHARE), W("topics", META), W("trending", RELATED), W("upnext", RELATED), W("vcard", AUTHOR),
	W("volanta", SUMMARY), W("vorspann", SUMMARY), W("warenkorb", WIDGET), W("weather", WIDGET), W("werbung", AD),
	W("widget", WIDGET), W("widgets", WIDGET), W("zergnet", RELATED),
	/* clang-format on */
};
#define WORD_COUNT (sizeof(words) / sizeof(*words))

/* Two words in a row, or one word that contains both. */
static const struct {
	struct slice first, second;
	uint32_t concepts;
} pairs[] = {
	{SLICE_INIT("read"), SLICE_INIT("more"), RELATED},
	{SLICE_INIT("read"), SLICE_INIT("also"), RELATED},
	{SLICE_INIT("read"), SLICE_INIT("next"), RELATED},
	{SLICE_INIT("see"), SLICE_INIT("also"), RELATED},
	{SLICE_INIT("more"), SLICE_INIT("stories"), RELATED},
	{SLICE_INIT("more"), SLICE_INIT("news"), RELATED},
	{SLICE_INIT("more"), SLICE_INIT("articles"), RELATED},
	{SLICE_INIT("more"), SLICE_INIT("from"), RELATED},
	{SLICE_INIT("more"), SLICE_INIT("links"), RELATED},
	{SLICE_INIT("most"), SLICE_INIT("read"), RELATED},
	{SLICE_INIT("most"), SLICE_INIT("viewed"), RELATED},
	{SLICE_INIT("up"), SLICE_INIT("next"), RELATED},
	{SLICE_INIT("next"), SLICE_INIT("post"), NAV},
	{SLICE_INIT("next"), SLICE_INIT("article"), NAV},
	{SLICE_INIT("prev"), SLICE_INIT("next"), NAV},
	{SLICE_INIT("sign"), SLICE_INIT("up"), LETTER},
	{SLICE_INIT("email"), SLICE_INIT("alert"), LETTER},
	{SLICE_INIT("live"), SLICE_INIT("blog"), LIVE},
	{SLICE_INIT("list"), SLICE_INIT("tags"), META},
	{SLICE_INIT("tag"), SLICE_INIT("list"), META},
	{SLICE_INIT("tag"), SLICE_INIT("links"), META},
	{SLICE_INIT("article"), SLICE_INIT("tags"), META},
	{SLICE_INIT("post"), SLICE_INIT("tags"), META},
	{SLICE_INIT("entry"), SLICE_INIT("tags"), META},
	{SLICE_INIT("article"), SLICE_INIT("info"), META},
	{SLICE_INIT("article"), SLICE_INIT("infos"), META},
	{SLICE_INIT("about"), SLICE_INIT("author"), AUTHOR},
	{SLICE_INIT("jp"), SLICE_INIT("relatedposts"), RELATED},
	{SLICE_INIT("pull"), SLICE_INIT("quote"), CONCEPT_QUOTE},
	{SLICE_INIT("tooltip"), SLICE_INIT("text"), CONCEPT_HOVER},
	{SLICE_INIT("tooltip"), SLICE_INIT("content"), CONCEPT_HOVER},
	{SLICE_INIT("tooltip"), SLICE_INIT("inner"), CONCEPT_HOVER},
	{SLICE_INIT("popover"), SLICE_INIT("content"), CONCEPT_HOVER},
	{SLICE_INIT("popover"), SLICE_INIT("body"), CONCEPT_HOVER},
	{SLICE_INIT("rollover"), SLICE_INIT("block"), CONCEPT_HOVER},
	{SLICE_INIT("hover"), SLICE_INIT("card"), CONCEPT_HOVER},
	{SLICE_INIT("article"), SLICE_INIT("body"), CONCEPT_BODY},
	{SLICE_INIT("article"), SLICE_INIT("content"), CONCEPT_BODY},
	{SLICE_INIT("article"), SLICE_INIT("text"), CONCEPT_BODY},
	{SLICE_INIT("article"), SLICE_INIT("main"), CONCEPT_MAIN},
	{SLICE_INIT("story"), SLICE_INIT("body"), CONCEPT_BODY},
	{SLICE_INIT("story"), SLICE_INIT("content"), CONCEPT_BODY},
	{SLICE_INIT("story"), SLICE_INIT("text"), CONCEPT_BODY},
	{SLICE_INIT("post"), SLICE_INIT("body"), CONCEPT_BODY},
	{SLICE_INIT("post"), SLICE_INIT("content"), CONCEPT_BODY},
	{SLICE_INIT("post"), SLICE_INIT("text"), CONCEPT_BODY},
	{SLICE_INIT("post"), SLICE_INIT("entry"), CONCEPT_BODY},
	{SLICE_INIT("entry"), SLICE_INIT("content"), CONCEPT_BODY},
	{SLICE_INIT("entry"), SLICE_INIT("text"), CONCEPT_BODY},
	{SLICE_INIT("entry"), SLICE_INIT("body"), CONCEPT_BODY},
	{SLICE_INIT("news"), SLICE_INIT("body"), CONCEPT_BODY},
	{SLICE_INIT("news"), SLICE_INIT("text"), CONCEPT_BODY},
	{SLICE_INIT("news"), SLICE_INIT("content"), CONCEPT_BODY},
	{SLICE_INIT("content"), SLICE_INIT("body"), CONCEPT_BODY},
	{SLICE_INIT("body"), SLICE_INIT("content"), CONCEPT_BODY},
	{SLICE_INIT("body"), SLICE_INIT("text"), CONCEPT_BODY},
	{SLICE_INIT("body"), SLICE_INIT("copy"), CONCEPT_BODY},
	{SLICE_INIT("text"), SLICE_INIT("content"), CONCEPT_BODY},
	{SLICE_INIT("text"), SLICE_INIT("body"), CONCEPT_BODY},
	{SLICE_INIT("rich"), SLICE_INIT("text"), CONCEPT_BODY},
	{SLICE_INIT("main"), SLICE_INIT("content"), CONCEPT_MAIN},
	{SLICE_INIT("sub"), SLICE_INIT("title"), SUMMARY},
	{SLICE_INIT("header"), SLICE_INIT("dek"), SUMMARY},
	{SLICE_INIT("ai"), SLICE_INIT("summary"), CONCEPT_WIDGET},
	{SLICE_INIT("click"), SLICE_INIT("tweet"), SHARE},
	{SLICE_INIT("affiliate"), SLICE_INIT("disclaimer"), AD},
};

static const struct meaning *find_word(const char *word, size_t len)
{
	size_t low = 0, high = WORD_COUNT;
	struct slice want = slice_make(word, len);
	while (low < high) {
		size_t middle = (low + high) / 2;
		int order = slice_compare(want, words[middle].word);
		if (order == 0)
			return &words[middle];
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}

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

static bool word_is(const struct name_words *w, size_t i, struct slice want)
{
	return i < w->count && slice_equal(slice_make(w->text[i], w->len[i]), want);
}

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

static uint32_t concepts_of_pair(const struct name_words *w, size_t i)
{
	for (size_t k = 0; k < sizeof(pairs) / sizeof(*pairs); k++) {
		if (w->text[i][0] != pairs[k].first.ptr[0])
			continue;
		if (word_is(w, i, pairs[k].first) && word_is(w, i + 1, pairs[k].second))
			return pairs[k].concepts;
		if (w->len[i] == pairs[k].first.len + pairs[k].second.len &&
			memcmp(w->text[i], pairs[k].first.ptr, pairs[k].first.len) == 0 &&
			memcmp(w->text[i] + pairs[k].first.len, pairs[k].second.ptr, pairs[k].second.len) == 0)
			return pairs[k].concepts;
	}
	return 0;
}

static uint32_t concepts_of_name(struct slice name)
{
	struct name_words w;
	uint32_t found = 0;
	split_name(name, &w);
	if (describes_something_else(&w))
		return 0;
	for (size_t i = 0; i < w.count; i++) {
		uint32_t pair = concepts_of_pair(&w, i);
		found |= pair;
		const struct meaning *meaning = pair ? NULL : find_word(w.text[i], w.len[i]);
		if (meaning)
			found |= meaning->concepts;
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
