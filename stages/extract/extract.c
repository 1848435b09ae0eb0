/* copydesk-extract: raw pages in, articles out.
 *
 * The files of this stage in the order in which a page meets them: rawpage decode repair parse segments metadata content
 * plaintext language pagetype article. All of them work on slices in the message's arena; none knows where the message came
 * from. */
#include "extract/article.h"
#include "extract/page.h"
#include "extract/rawpage.h"
#include "extract/steps.h"

#include <stdlib.h>
#include <string.h>

enum fate { FATE_EMIT, FATE_DROP, FATE_DEAD };

struct extract {
	struct parse_limits limits;
	enum fate fates[PAGE_TYPES];
};

static const struct option options[] = {
        {"extract.max.bytes", OPTION_SIZE, "16M", "bytes", 1024, 1 << 30, NULL,
                "A page with more bytes is rejected as too_large."},
        {"extract.max.nodes", OPTION_INTEGER, "1000000", NULL, 1000, 1e8, NULL,
                "A page with more elements, texts and attributes is rejected as too_many_nodes."},
        {"extract.nonarticle", OPTION_CHOICE, "emit", NULL, 0, 0, "emit|drop|dead",
                "What happens with pages that are no article: listings, consent walls, error pages and others without a body of "
                "their own."},
        {"extract.nonarticle.listing", OPTION_CHOICE, "default", NULL, 0, 0, "default|emit|drop|dead",
                "What happens with listings: front pages, sections, results of a search; default: as extract.nonarticle says."},
        {"extract.nonarticle.gallery", OPTION_CHOICE, "default", NULL, 0, 0, "default|emit|drop|dead",
                "What happens with galleries without a story around the pictures; default: as extract.nonarticle says."},
        {"extract.nonarticle.video", OPTION_CHOICE, "default", NULL, 0, 0, "default|emit|drop|dead",
                "What happens with pages of a film or recording and little else; default: as extract.nonarticle says."},
        {"extract.nonarticle.consent", OPTION_CHOICE, "default", NULL, 0, 0, "default|emit|drop|dead",
                "What happens with walls that ask for consent; default: as extract.nonarticle says."},
        {"extract.nonarticle.error", OPTION_CHOICE, "default", NULL, 0, 0, "default|emit|drop|dead",
                "What happens with pages that say that they are not there, or not for this reader; default: as extract.nonarticle says."},
        {"extract.nonarticle.other", OPTION_CHOICE, "default", NULL, 0, 0, "default|emit|drop|dead",
                "What happens with pages of no other type: logins, imprints, forms; default: as extract.nonarticle says."},
        {"extract.paywall", OPTION_CHOICE, "emit", NULL, 0, 0, "emit|drop|dead",
                "What happens with the open part of paid articles."},
        {0},
};

enum counter { COUNT_ARTICLES, COUNT_NONARTICLES, COUNT_BODY_BYTES };
static const struct stage_counter counters[] = {
        [COUNT_ARTICLES] = {"extract_articles", "Pages that are articles, live blogs or the open part of paid articles."},
        [COUNT_NONARTICLES] = {"extract_nonarticles", "Pages of any other type."},
        [COUNT_BODY_BYTES] = {"extract_body_bytes", "Bytes of article bodies."},
        {0},
};

static const char *const reasons[] = {"not_an_article", "paywall", NULL};
static const char *const steps[] = {
        [STEP_READ] = "read",
        [STEP_DECODE] = "decode",
        [STEP_PARSE] = "parse",
        [STEP_METADATA] = "metadata",
        [STEP_CONTENT] = "content",
        [STEP_CLASSIFY] = "classify",
        [STEP_WRITE] = "write",
        NULL,
};

enum field {
	FIELD_HEADLINE,
	FIELD_BODY,
	FIELD_PUBLISHED,
	FIELD_MODIFIED,
	FIELD_AUTHOR,
	FIELD_CREDIT,
	FIELD_PUBLISHER,
	FIELD_SECTION,
	FIELD_KEYWORDS,
	FIELD_IMAGE,
	FIELD_LANGUAGE,
	FIELD_CANONICAL,
};
static const char *const fields[] = {
        [FIELD_HEADLINE] = "headline",
        [FIELD_BODY] = "articleBody",
        [FIELD_PUBLISHED] = "datePublished",
        [FIELD_MODIFIED] = "dateModified",
        [FIELD_AUTHOR] = "author",
        [FIELD_CREDIT] = "creditText",
        [FIELD_PUBLISHER] = "publisher",
        [FIELD_SECTION] = "articleSection",
        [FIELD_KEYWORDS] = "keywords",
        [FIELD_IMAGE] = "image",
        [FIELD_LANGUAGE] = "inLanguage",
        [FIELD_CANONICAL] = "canonicalUrl",
        NULL,
};

static const struct stage_output outputs[] = {{"topic.out", "news.article", "org.copydesk.article.v1"}, {0}};

static enum fate fate_of(const char *word)
{
	return !strcmp(word, "drop") ? FATE_DROP : !strcmp(word, "dead") ? FATE_DEAD : FATE_EMIT;
}

static void read_fates(const struct config *config, enum fate *fates)
{
	static const struct {
		enum page_type type;
		const char *option;
	} OWN[] = {{PAGE_LISTING, "extract.nonarticle.listing"}, {PAGE_GALLERY, "extract.nonarticle.gallery"}, {PAGE_VIDEO, "extract.nonarticle.video"},
		{PAGE_CONSENT, "extract.nonarticle.consent"}, {PAGE_ERROR, "extract.nonarticle.error"}, {PAGE_OTHER, "extract.nonarticle.other"}};
	fates[PAGE_PAYWALL] = fate_of(config_text(config, "extract.paywall"));
	for (size_t i = 0; i < sizeof(OWN) / sizeof(*OWN); i++) {
		const char *own = config_text(config, OWN[i].option);
		fates[OWN[i].type] = fate_of(strcmp(own, "default") ? own : config_text(config, "extract.nonarticle"));
	}
}

static bool extract_init(const struct config *config, void **state, struct error *error)
{
	struct extract *extract = calloc(1, sizeof(*extract));
	if (!extract)
		return error_set(error, "no_memory", "no memory for the stage's state");
	parse_init();
	extract->limits = PARSE_LIMITS_DEFAULT;
	extract->limits.bytes = (size_t)config_integer(config, "extract.max.bytes");
	extract->limits.nodes = (size_t)config_integer(config, "extract.max.nodes");
	read_fates(config, extract->fates);
	*state = extract;
	return true;
}

static void extract_close(void **state)
{
	free(*state);
	*state = NULL;
}

static bool is_article(enum page_type type)
{
	return type == PAGE_ARTICLE || type == PAGE_LIVEBLOG || type == PAGE_PAYWALL;
}

static uint64_t filled_fields(const struct article *a)
{
	return (uint64_t)(a->headline.value.len > 0) << FIELD_HEADLINE | (uint64_t)(a->body.len > 0) << FIELD_BODY |
		(uint64_t)(a->published.ms != CLOCK_NONE) << FIELD_PUBLISHED |
		(uint64_t)(a->modified.ms != CLOCK_NONE) << FIELD_MODIFIED | (uint64_t)(a->authors != NULL) << FIELD_AUTHOR |
		(uint64_t)(a->credit_text.value.len > 0) << FIELD_CREDIT |
		(uint64_t)(a->publisher.value.len > 0) << FIELD_PUBLISHER |
		(uint64_t)(a->section.value.len > 0) << FIELD_SECTION | (uint64_t)(a->keywords != NULL) << FIELD_KEYWORDS |
		(uint64_t)(a->images != NULL) << FIELD_IMAGE | (uint64_t)(a->language.len > 0) << FIELD_LANGUAGE |
		(uint64_t)(a->canonical_url.value.len > 0) << FIELD_CANONICAL;
}

static enum verdict extract_process(void *state, struct task *task)
{
	const struct extract *extract = state;
	struct article *article = arena_new(task->arena, struct article);
	struct raw_page raw;
	struct error error;
	struct slice json;
	step_begin(task->arena, STEP_READ);
	if (!raw_page_read(task, &raw, &error))
		return task_reject_error(task, &error);
	if (!page_extract(task->arena, &raw, &extract->limits, article, &error))
		return task_reject_error(task, &error);
	task_count(task, is_article(article->page_type) ? COUNT_ARTICLES : COUNT_NONARTICLES, 1);
	const char *reason = is_article(article->page_type) ? "paywall" : "not_an_article";
	if (extract->fates[article->page_type] == FATE_DROP)
		return task_drop(task, reason);
	if (extract->fates[article->page_type] == FATE_DEAD)
		return task_reject(task, reason, "the page is a page of type %s", page_type_name(article->page_type));
	if (is_article(article->page_type))
		task_fields(task, filled_fields(article));
	step_begin(task->arena, STEP_WRITE);
	if (!article_write(task->arena, article, &json, &error))
		return task_reject_error(task, &error);
	task_count(task, COUNT_BODY_BYTES, article->body.len);
	task_emit(task, 0, article->id, json);
	return VERDICT_EMIT;
}

static const struct stage extract_stage = {
        .name = "extract",
        .summary = "Turns raw news pages, HTML or plain text, into clean articles.",
        .topic_in = "news.page",
        .topic_dead = "news.page.dead",
        .outputs = outputs,
        .options = options,
        .counters = counters,
        .reasons = reasons,
        .fields = fields,
        .steps = steps,
        .takes_bare_values = true,
        .init = extract_init,
        .process = extract_process,
        .close = extract_close,
};

int main(int argc, char **argv)
{
	return stage_main(&extract_stage, argc, argv);
}
