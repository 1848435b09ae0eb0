/* conceptwords: see conceptwords.h. */
#include "extract/conceptwords.h"

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

uint32_t concept_of_word(struct slice word)
{
	size_t low = 0, high = WORD_COUNT;
	while (low < high) {
		size_t middle = (low + high) / 2;
		int order = slice_compare(word, words[middle].word);
		if (order == 0)
			return words[middle].concepts;
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return 0;
}

uint32_t concept_of_pair(struct slice word, struct slice next)
{
	for (size_t i = 0; i < sizeof(pairs) / sizeof(*pairs); i++) {
		if (*word.ptr != *pairs[i].first.ptr)
			continue;
		if (slice_equal(word, pairs[i].first) && slice_equal(next, pairs[i].second))
			return pairs[i].concepts;
		if (word.len == pairs[i].first.len + pairs[i].second.len && slice_starts(word, pairs[i].first) && slice_ends(word, pairs[i].second))
			return pairs[i].concepts;
	}
	return 0;
}
