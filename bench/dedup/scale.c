/* scale: what an article costs and holds as the index fills: one process, made-up articles from a seed.
 *
 *     dedup-scale [ARTICLES [SEED [PARTITIONS [beside]]]]     default 1,000,000, 1 and 1
 *
 * With the word `beside`, a second index judges the same stream in turn with the first, article by article, but remembers only the last 200,000 or so:
 * whatever else keeps the machine busy slows both alike, and the last column says how much dearer an article is in the full one.
 *
 * One line for each 100,000 articles: CPU time an article in that stretch (parsing, all rounds and writing the output included); bytes
 * an article that the process has resident, that the index counts, and that its parts hold; the share of uniques, questions an article and their
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
#define STEP_MS 400 /* between two articles */
#define REMEMBERED 200000

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
	clock_format((int64_t)1767225600000 + (int64_t)number * STEP_MS, when);
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

struct world {
	struct settings settings;
	void *partitions[PARTITIONS_MAX];
	size_t partition_count;
	struct arena arena;
	struct job job;
	struct buf bytes;
	size_t questions, question_bytes, reply_bytes, uniques;
	int64_t spent; /* us in this stretch */
};

static void answer(struct world *world)
{
	struct slice replies[64];
	size_t count = 0, at = 0;
	jmp_buf jump;

	buf_clear(&world->bytes);
	for (const struct question *q = world->job.task.questions; q != NULL && count < 64; q = q->next) {
		size_t before = world->bytes.len;
		if (ARENA_GUARD(&world->arena, &jump) != ESCAPE_NONE)
			abort();
		dedup_stage.index->fold(world->partitions[q->key % world->partition_count], q->record, &world->arena, &world->bytes);
		world->arena.escape = NULL;
		arena_reset(&world->arena);
		world->question_bytes += q->record.len;
		replies[count++].len = world->bytes.len - before;
	}
	world->questions += count;
	world->reply_bytes += world->bytes.len;
	for (size_t i = 0; i < count; at += replies[i++].len)
		replies[i].ptr = world->bytes.ptr + at;
	job_decide(&dedup_stage, &world->settings, &world->job, replies, count);
}

static void one_article(struct world *world, struct slice message)
{
	int64_t begun = clock_thread_cpu_us();

	job_reset(&world->job);
	world->job.in.value = message;
	job_run(&dedup_stage, &world->settings, &world->job);
	while (world->job.verdict == VERDICT_ASK)
		answer(world);
	if (world->job.verdict != VERDICT_EMIT) {
		fprintf(stderr, "article rejected: %s\n", world->job.task.error.text);
		exit(1);
	}
	world->uniques += world->job.task.emissions->output == 0;
	world->spent += clock_thread_cpu_us() - begun;
}

static void world_open(struct world *world, size_t partitions, int64_t window)
{
	world->settings = settings_default();
	if (window > 0) {
		world->settings.window = window;
		world->settings.lateness = 0;
	}
	world->partition_count = partitions;
	arena_init(&world->arena, 64u << 20);
	buf_init(&world->bytes, 64u << 20);
	job_init(&world->job, &dedup_stage, NULL);
	for (size_t i = 0; i < partitions; i++)
		world->partitions[i] = dedup_stage.index->open(&world->settings);
}

static void world_close(struct world *world)
{
	for (size_t i = 0; i < world->partition_count; i++)
		dedup_stage.index->close(&world->partitions[i]);
	job_release(&world->job);
	arena_release(&world->arena);
	buf_release(&world->bytes);
}

/* Of all partitions together; `articles`: those at home in one. */
static struct owner_size measure(const struct world *world)
{
	struct owner_size all = {.articles = 0};

	for (size_t i = 0; i < world->partition_count; i++) {
		struct owner_size one = owner_measure(world->partitions[i]);
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

static void report(struct world *world, struct world *beside, size_t done, double held)
{
	struct owner_size size = measure(world);
	double n = (double)size.articles;

	if (beside != NULL)
		held -= (double)measure(beside).bytes;
	printf("%10zu%12.2f%9.0f%9.0f%8.0f%8.0f%10.0f%10.0f%13.0f%9.3f%11.2f%8.0f", done, (double)world->spent / STRETCH, held / n, (double)size.bytes / n,
		(double)size.store_bytes / n, (double)size.roster_bytes / n, (double)size.posting_bytes / n, (double)size.revision_bytes / n,
		(double)size.boilerplate_bytes / n, (double)world->uniques / STRETCH, (double)world->questions / STRETCH,
		(double)(world->question_bytes + world->reply_bytes) / STRETCH);
	if (beside != NULL)
		printf("%10.2f%8.3f", (double)beside->spent / STRETCH, (double)world->spent / (double)beside->spent);
	printf("\n");
	fflush(stdout);
	world->spent = 0;
	world->uniques = world->questions = world->question_bytes = world->reply_bytes = 0;
	if (beside != NULL)
		beside->spent = 0;
}

int main(int argc, char **argv)
{
	static char text[65536];
	size_t articles = argc > 1 ? strtoull(argv[1], NULL, 10) : 1000000, partitions = argc > 3 ? strtoull(argv[3], NULL, 10) : 1;
	uint64_t seed = argc > 2 ? strtoull(argv[2], NULL, 10) : 1;
	static struct world full, recent;
	struct world *beside = argc > 4 && strcmp(argv[4], "beside") == 0 ? &recent : NULL;

	if (partitions == 0 || partitions > PARTITIONS_MAX || (argc > 4 && beside == NULL)) {
		fprintf(stderr, "usage: dedup-scale [ARTICLES [SEED [PARTITIONS [beside]]]]\n");
		return 64;
	}
	make_words(seed);
	double before = resident();
	world_open(&full, partitions, 0);
	world_open(&recent, partitions, REMEMBERED * STEP_MS / 1000);
	printf("%10s%12s%9s%9s%8s%8s%10s%10s%13s%9s%11s%8s%s\n", "articles", "us/article", "rss B", "index B", "store", "roster", "postings", "revisions",
		"boilerplate", "unique", "questions", "sent B", beside != NULL ? "    beside   ratio" : "");
	for (size_t i = 0; i < articles; i++) {
		struct slice message = {text, make_article(text, sizeof(text), i, seed)};
		if (beside != NULL && i % 2 == 0) /* who goes second finds the message in the cache */
			one_article(beside, message);
		one_article(&full, message);
		if (beside != NULL && i % 2 != 0)
			one_article(beside, message);
		if ((i + 1) % STRETCH == 0)
			report(&full, beside, i + 1, resident() - before);
	}
	world_close(&full);
	world_close(&recent);
	return 0;
}
