/* scale: what an article costs and holds as the index fills: one process, one partition, made-up articles from a seed.
 *
 *     dedup-scale [ARTICLES [SEED]]     default 1,000,000 and 1
 *
 * One line for each 100,000 articles: CPU time an article in that stretch (parsing, all rounds and writing the output included), bytes
 * resident an article by the index's own count and by the kernel's. A quarter of the articles are edited copies of one of the last
 * 50,000. Words follow Zipf's law over 60,000; an article has about 280. */
#include "base/clock.h"
#include "dedup/front.h"
#include "dedup/owner.h"
#include "dedup/settings.h"
#include "run/workers.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define VOCABULARY 60000
#define STRETCH 100000
#define RECENT 50000

static uint64_t dice(uint64_t *state)
{
	uint64_t z = *state += 0x9E3779B97F4A7C15u; /* SplitMix64 (Steele, Lea and Flood, 2014) */

	z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
	z = (z ^ z >> 27) * 0x94D049BB133111EBu;
	return z ^ z >> 31;
}

static char words[VOCABULARY][12];

static void make_words(uint64_t seed)
{
	for (size_t i = 0; i < VOCABULARY; i++) {
		size_t len = 2 + dice(&seed) % 8;
		for (size_t j = 0; j < len; j++)
			words[i][j] = (char)('a' + dice(&seed) % 26);
	}
}

/* Zipf by inversion: rank ≈ V^u. */
static const char *word(uint64_t *state)
{
	double u = (double)(dice(state) >> 11) / 9007199254740992.0;

	return words[(size_t)pow(VOCABULARY, u) % VOCABULARY];
}

static size_t make_article(char *out, size_t size, size_t number, uint64_t seed)
{
	uint64_t state = seed + number * 0x51ED27u, text = state, edit = state ^ 0xED17u;
	bool copy = number > 0 && dice(&state) % 4 == 0;
	char when[32];

	if (copy) {
		size_t back = 1 + dice(&state) % (number < RECENT ? number : RECENT);
		text = seed + (number - back) * 0x51ED27u;
	}
	dice(&text);
	dice(&text);
	clock_format((int64_t)1767225600000 + (int64_t)number * 400, when);
	size_t at = (size_t)snprintf(out, size, "{\"id\":\"%016llx%016zx\",\"url\":\"https://site%llu.example/news/%zu\",\"fetchedAt\":\"%s\",\"headline\":\"",
		(unsigned long long)dice(&state), number, (unsigned long long)(dice(&state) % 2000), number, when);
	for (size_t i = 0; i < 8; i++)
		at += (size_t)snprintf(out + at, size - at, "%s ", word(&text));
	at += (size_t)snprintf(out + at, size - at, "\",\"articleBody\":\"");
	size_t count = 120 + dice(&text) % 320;
	for (size_t i = 0; i < count; i++) {
		const char *w = word(&text);
		if (copy && dice(&edit) % 20 == 0)
			w = word(&edit);
		if (i % 23 == 7)
			at += (size_t)snprintf(out + at, size - at, "%llu ", (unsigned long long)(dice(&text) % 5000));
		at += (size_t)snprintf(out + at, size - at, "%s%s", w, i % 45 == 44 ? "\\n\\n" : i % 14 == 13 ? ". " : " ");
	}
	return at + (size_t)snprintf(out + at, size - at, "\"}");
}

static double resident(void)
{
	FILE *file = fopen("/proc/self/statm", "r");
	unsigned long pages = 0;

	if (file == NULL || fscanf(file, "%*u %lu", &pages) != 1)
		pages = 0;
	if (file != NULL)
		fclose(file);
	return (double)pages * (double)sysconf(_SC_PAGESIZE);
}

struct scale {
	struct settings settings;
	void *partition;
	struct arena arena;
	struct job job;
	struct buf bytes;
	size_t questions, question_bytes, reply_bytes, uniques;
};

static void answer(struct scale *scale)
{
	struct slice replies[64];
	size_t count = 0, at = 0;
	jmp_buf jump;

	buf_clear(&scale->bytes);
	for (const struct question *q = scale->job.task.questions; q != NULL && count < 64; q = q->next) {
		size_t before = scale->bytes.len;
		if (ARENA_GUARD(&scale->arena, &jump) != ESCAPE_NONE)
			abort();
		dedup_stage.index->fold(scale->partition, q->record, &scale->arena, &scale->bytes);
		scale->arena.escape = NULL;
		arena_reset(&scale->arena);
		scale->question_bytes += q->record.len;
		replies[count++].len = scale->bytes.len - before;
	}
	scale->questions += count;
	scale->reply_bytes += scale->bytes.len;
	for (size_t i = 0; i < count; at += replies[i++].len)
		replies[i].ptr = scale->bytes.ptr + at;
	job_decide(&dedup_stage, &scale->settings, &scale->job, replies, count);
}

static int64_t one_article(struct scale *scale, struct slice message)
{
	int64_t begun = clock_thread_cpu_us();

	job_reset(&scale->job);
	scale->job.in.value = message;
	job_run(&dedup_stage, &scale->settings, &scale->job);
	while (scale->job.verdict == VERDICT_ASK)
		answer(scale);
	if (scale->job.verdict != VERDICT_EMIT) {
		fprintf(stderr, "article rejected: %s\n", scale->job.task.error.text);
		exit(1);
	}
	scale->uniques += scale->job.task.emissions->output == 0;
	return clock_thread_cpu_us() - begun;
}

int main(int argc, char **argv)
{
	static char text[65536];
	size_t articles = argc > 1 ? strtoull(argv[1], NULL, 10) : 1000000;
	uint64_t seed = argc > 2 ? strtoull(argv[2], NULL, 10) : 1;
	static struct scale scale;
	int64_t spent = 0;

	scale.settings = settings_default();
	scale.partition = dedup_stage.index->open(&scale.settings);
	arena_init(&scale.arena, 64u << 20);
	buf_init(&scale.bytes, 64u << 20);
	job_init(&scale.job, &dedup_stage, NULL);
	make_words(seed);
	double before = resident();
	printf("%12s%12s%16s%16s%10s%14s%14s\n", "articles", "us/article", "index B/article", "rss B/article", "unique", "questions", "asked+told B");
	for (size_t i = 0; i < articles; i++) {
		size_t len = make_article(text, sizeof(text), i, seed);
		spent += one_article(&scale, (struct slice){text, len});
		if ((i + 1) % STRETCH != 0)
			continue;
		struct owner_size size = owner_measure(scale.partition);
		printf("%12zu%12.2f%16.0f%16.0f%10.3f%14.2f%14.0f\n", i + 1, (double)spent / STRETCH, (double)size.bytes / (double)size.articles,
			(resident() - before) / (double)size.articles, (double)scale.uniques / (double)(i + 1),
			(double)scale.questions / (double)(i + 1), (double)(scale.question_bytes + scale.reply_bytes) / (double)(i + 1));
		fflush(stdout);
		spent = 0;
		if (i + 1 == articles)
			printf("of an article's bytes: store %.0f, postings %.0f, revisions %.0f, boilerplate %.0f\n",
				(double)size.store_bytes / (double)size.articles, (double)size.posting_bytes / (double)size.articles,
				(double)size.revision_bytes / (double)size.articles, (double)size.boilerplate_bytes / (double)size.articles);
	}
	dedup_stage.index->close(&scale.partition);
	job_release(&scale.job);
	arena_release(&scale.arena);
	buf_release(&scale.bytes);
	return 0;
}
