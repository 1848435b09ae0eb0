/* copydesk-extract: raw pages in, articles out.
 *
 * The files of this stage in the order in which a page meets them: rawpage decode repair parse segments metadata content plaintext
 * language pagetype article. All of them work on slices in the message's arena; none knows where the message came from. */
#include "extract/article.h"
#include "extract/page.h"
#include "extract/rawpage.h"

#include <stdlib.h>
#include <string.h>

enum nonarticle { NONARTICLE_EMIT, NONARTICLE_DROP, NONARTICLE_DEAD };

struct extract {
	struct parse_limits limits;
	enum nonarticle nonarticle;
};

static const struct option options[] = {
        {"extract.max.bytes", OPTION_SIZE, "16M", "bytes", 1024, 1 << 30, NULL,
                "A page with more bytes is rejected as too_large."},
        {"extract.max.nodes", OPTION_INTEGER, "1000000", NULL, 1000, 1e8, NULL,
                "A page with more elements, texts and attributes is rejected as too_many_nodes."},
        {"extract.nonarticle", OPTION_CHOICE, "emit", NULL, 0, 0, "emit|drop|dead",
                "What happens with pages that are no article: listings, consent walls, error pages and others without a body of "
                "their own."},
        {0},
};

enum counter { COUNT_ARTICLES, COUNT_NONARTICLES, COUNT_BODY_BYTES };
static const struct stage_counter counters[] = {
        [COUNT_ARTICLES] = {"extract_articles", "Pages that are articles, live blogs or the open part of paid articles."},
        [COUNT_NONARTICLES] = {"extract_nonarticles", "Pages of any other type."},
        [COUNT_BODY_BYTES] = {"extract_body_bytes", "Bytes of article bodies."},
        {0},
};

static const char *const reasons[] = {"not_an_article", NULL};
static const struct stage_output outputs[] = {{"topic.out", "news.article", "org.copydesk.article.v1"}, {0}};

static bool extract_init(const struct config *config, void **state, struct error *error)
{
	struct extract *extract = calloc(1, sizeof(*extract));
	if (!extract)
		return error_set(error, "no_memory", "no memory for the stage's state");
	parse_init();
	extract->limits = PARSE_LIMITS_DEFAULT;
	extract->limits.bytes = (size_t)config_integer(config, "extract.max.bytes");
	extract->limits.nodes = (size_t)config_integer(config, "extract.max.nodes");
	const char *nonarticle = config_text(config, "extract.nonarticle");
	extract->nonarticle = !strcmp(nonarticle, "drop")   ? NONARTICLE_DROP
	                      : !strcmp(nonarticle, "dead") ? NONARTICLE_DEAD
	                                                    : NONARTICLE_EMIT;
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

static enum verdict extract_process(void *state, struct task *task)
{
	const struct extract *extract = state;
	struct article *article = arena_new(task->arena, struct article);
	struct raw_page raw;
	struct error error;
	struct slice json;
	if (!raw_page_read(task, &raw, &error))
		return task_reject_error(task, &error);
	if (!page_extract(task->arena, &raw, &extract->limits, article, &error))
		return task_reject_error(task, &error);
	task_count(task, is_article(article->page_type) ? COUNT_ARTICLES : COUNT_NONARTICLES, 1);
	if (!is_article(article->page_type) && extract->nonarticle == NONARTICLE_DROP)
		return task_drop(task, "not_an_article");
	if (!is_article(article->page_type) && extract->nonarticle == NONARTICLE_DEAD)
		return task_reject(task, "not_an_article", "the page is a page of type %s", page_type_name(article->page_type));
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
        .init = extract_init,
        .process = extract_process,
        .close = extract_close,
};

int main(int argc, char **argv)
{
	return stage_main(&extract_stage, argc, argv);
}
