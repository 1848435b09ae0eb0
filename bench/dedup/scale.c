/* scale: what an article costs and holds as the index fills: one process, made-up articles from a seed.
 *
 *     dedup-scale [ARTICLES [SEED [PARTITIONS]]]     default 1,000,000, 1 and 1
 *
 * One line for each 100,000 articles: CPU time an article in that stretch (parsing, all rounds and writing the output included); bytes
 * an article that the process has resident, that the index counts, and that its parts hold; unique so far; questions an article and their
 * bytes with those of the replies. A quarter of the articles are edited copies of one of the last
 * 50,000. Words follow Zipf's law over 60,000; an article has about 280, of which 12 numbers and 20 names, in six paragraphs; there are
 * 2,000 hosts. */
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
#define PARTITIONS_MAX 1024

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
		bool name = dice(&text) % 14 == 0;
		at += (size_t)snprintf(out + at, size - at, "%c%s%s", name ? w[0] - 'a' + 'A' : w[0], w + 1, i % 45 == 44 ? "\\n\\n" : i % 14 == 13 ? ". " : " ");
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
	void *partitions[PARTITIONS_MAX];
	size_t partition_count;
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
		dedup_stage.index->fold(scale->partitions[q->key % scale->partition_count], q->record, &scale->arena, &scale->bytes);
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

/* Of all partitions together; `articles`: those at home in one. */
static struct owner_size measure(const struct scale *scale)
{
	struct owner_size all = {.articles = 0};

	for (size_t i = 0; i < scale->partition_count; i++) {
		struct owner_size one = owner_measure(scale->partitions[i]);
		all.articles += one.articles;
		all.bytes += one.bytes;
		all.store_bytes += one.store_bytes;
		all.roster_bytes += one.roster_bytes;
		all.posting_bytes += one.posting_bytes;
		all.revision_bytes += one.revision_bytes;
		all.boilerplate_bytes += one.boilerplate_bytes;
	}
	return all;
}

static void report(const struct scale *scale, size_t done, int64_t spent, double held)
{
	struct owner_size size = measure(scale);
	double n = (double)size.articles;

	printf("%10zu%12.2f%9.0f%9.0f%8.0f%8.0f%10.0f%10.0f%13.0f%9.3f%11.2f%8.0f\n", done, (double)spent / STRETCH, held / n, (double)size.bytes / n,
		(double)size.store_bytes / n, (double)size.roster_bytes / n, (double)size.posting_bytes / n, (double)size.revision_bytes / n,
		(double)size.boilerplate_bytes / n, (double)scale->uniques / (double)done, (double)scale->questions / (double)done,
		(double)(scale->question_bytes + scale->reply_bytes) / (double)done);
	fflush(stdout);
}

int main(int argc, char **argv)
{
	static char text[65536];
	size_t articles = argc > 1 ? strtoull(argv[1], NULL, 10) : 1000000;
	uint64_t seed = argc > 2 ? strtoull(argv[2], NULL, 10) : 1;
	static struct scale scale;
	int64_t spent = 0;

	scale.partition_count = argc > 3 ? strtoull(argv[3], NULL, 10) : 1;
	if (scale.partition_count == 0 || scale.partition_count > PARTITIONS_MAX) {
		fprintf(stderr, "usage: dedup-scale [ARTICLES [SEED [PARTITIONS]]]\n");
		return 64;
	}
	scale.settings = settings_default();
	arena_init(&scale.arena, 64u << 20);
	buf_init(&scale.bytes, 64u << 20);
	job_init(&scale.job, &dedup_stage, NULL);
	make_words(seed);
	double before = resident();
	for (size_t i = 0; i < scale.partition_count; i++)
		scale.partitions[i] = dedup_stage.index->open(&scale.settings);
	printf("%10s%12s%9s%9s%8s%8s%10s%10s%13s%9s%11s%8s\n", "articles", "us/article", "rss B", "index B", "store", "roster", "postings", "revisions",
		"boilerplate", "unique", "questions", "sent B");
	for (size_t i = 0; i < articles; i++) {
		size_t len = make_article(text, sizeof(text), i, seed);
		spent += one_article(&scale, (struct slice){text, len});
		if ((i + 1) % STRETCH != 0)
			continue;
		report(&scale, i + 1, spent, resident() - before);
		spent = 0;
	}
	for (size_t i = 0; i < scale.partition_count; i++)
		dedup_stage.index->close(&scale.partitions[i]);
	job_release(&scale.job);
	arena_release(&scale.arena);
	buf_release(&scale.bytes);
	return 0;
}
