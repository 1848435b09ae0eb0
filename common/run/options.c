/* options: the common table, the topic rows of a stage, and what depends on the machine. */
#include "run/options.h"

#include "base/clock.h"
#include "run/endpoint.h"
#include "run/options_table.h"

#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

const struct option OPTIONS_COMMON[] = {
	{.name = "instance", .kind = OPTION_TEXT, .otherwise = "", .neutral = true,
		.help = "Stable name of this process in its group: part of transactional.id and group.instance.id; the host's name if empty."},
	{.name = "guarantee", .kind = OPTION_CHOICE, .otherwise = "exactly-once", .choices = "exactly-once|at-least-once", .neutral = true,
		.help = "Exactly once works in Kafka transactions; at least once may repeat messages after a crash."},
	{.name = "commit.interval.ms", .kind = OPTION_DURATION, .otherwise = "100", .min = 1, .max = 60000, .neutral = true,
		.help = "Commit at the latest this long after the first message of a transaction."},
	{.name = "commit.messages", .kind = OPTION_INTEGER, .otherwise = "1000", .unit = "messages", .min = 1, .max = 1000000, .neutral = true,
		.help = "Commit at the latest after so many messages."},
	{.name = "workers", .kind = OPTION_INTEGER, .otherwise = "", .unit = "threads", .min = 1, .max = 512, .neutral = true,
		.help = "Threads that run the stage; the cores this process may use if empty."},
	{.name = "memory.limit", .kind = OPTION_SIZE, .otherwise = "", .min = 64 * 1048576.0, .max = 16e12, .neutral = true,
		.help = "Memory the process plans with: buffers are sized from it; the cgroup's limit or the machine's memory if empty."},
	{.name = "from", .kind = OPTION_TEXT, .otherwise = "", .neutral = true,
		.help = "Where to begin: earliest, latest, a time (RFC 3339) or partition:offset,…; a stored offset of the group wins. Empty: earliest."},
	{.name = "until", .kind = OPTION_TEXT, .otherwise = "", .neutral = true,
		.help = "Where to stop: end (the ends the input has at the start), a time (RFC 3339) or partition:offset,… (partitions left out: "
			"nothing); never if empty. What isn't ahead is read as one sequence of all partitions, by time."},
	{.name = "run", .kind = OPTION_TEXT, .otherwise = "live", .neutral = true,
		.help = "Run id in the provenance headers; a replay has its own. Other than live, an index is the run's own: RUN is added to the default topic.probe."},
	{.name = "message.max.bytes", .kind = OPTION_SIZE, .otherwise = "16M", .min = 1024, .max = 1073741824.0,
		.help = "Largest message that is processed; a larger one becomes a dead letter."},
	{.name = "message.max.memory", .kind = OPTION_SIZE, .otherwise = "512M", .min = 1048576.0, .max = 64e9,
		.help = "Memory one message may use while it is processed; past it, it becomes a dead letter."},
	{.name = "message.max.cpu.ms", .kind = OPTION_DURATION, .otherwise = "10s", .min = 1, .max = 3600000,
		.help = "CPU time one message may use; past it, it becomes a dead letter."},
	{.name = "message.max.attempts", .kind = OPTION_INTEGER, .otherwise = "3", .unit = "attempts", .min = 1, .max = 100, .neutral = true,
		.help = "A message that ended the process becomes a dead letter at this attempt."},
	{.name = "watchdog.ms", .kind = OPTION_DURATION, .otherwise = "60s", .max = 86400000, .neutral = true,
		.help = "With work to do and nothing finished for so long, the process reports its state and ends for the supervisor to restart it; 0: never."},
	{.name = "index.snapshots", .kind = OPTION_TEXT, .otherwise = "", .neutral = true,
		.help = "Folder for snapshots of a stage's index, which shorten a restart; without one the window is read again from topic.probe."},
	{.name = "drain.ms", .kind = OPTION_DURATION, .otherwise = "10s", .min = 100, .max = 600000, .neutral = true,
		.help = "After SIGTERM, finish and commit what is in hand within this time."},
	{.name = "leave", .kind = OPTION_BOOL, .otherwise = "true", .neutral = true,
		.help = "After SIGTERM, leave the group, so that others take over at once. false: the partitions wait for this instance until "
			"kafka.session.timeout.ms is over, so that a restart (a rolling upgrade) moves none."},
	{.name = "http", .kind = OPTION_TEXT, .otherwise = "127.0.0.1:9108", .neutral = true,
		.help = "Address and port of /metrics, /livez and /readyz; port 0 takes any and logs it; none turns it off."},
	{.name = "spans.file", .kind = OPTION_TEXT, .otherwise = "", .neutral = true,
		.help = "File that gets a span of each record and of each of its steps, as lines of OTLP/JSON; it is appended to; none if empty."},
	{.name = "spans.share", .kind = OPTION_NUMBER, .otherwise = "1", .min = 0, .max = 1, .neutral = true,
		.help = "Share of the traces that are written; the same ones in every stage."},
	{.name = "log.level", .kind = OPTION_CHOICE, .otherwise = "info", .choices = "debug|info|warn|error", .neutral = true,
		.help = "What is logged."},
	{.name = "log.format", .kind = OPTION_CHOICE, .otherwise = "logfmt", .choices = "logfmt|json", .neutral = true,
		.help = "How it is logged, one line an event on standard error."},
	{0},
};

/* Rows made from a struct stage live as long as the process: one stage is one program. Tests make more; each stage once. */
#define MAX_STAGES 16
#define MAX_TOPICS 12
static struct {
	const struct stage *stage;
	struct option rows[MAX_TOPICS + 1];
	char group[64], probe[80], match[80];
} made[MAX_STAGES];

static void topic_row(struct option *row, const char *name, const char *topic, const char *help)
{
	*row = (struct option){.name = name, .kind = OPTION_TEXT, .otherwise = topic, .help = help, .neutral = true};
}

const struct option *options_of_topics(const struct stage *stage)
{
	size_t slot = 0, n = 0;

	while (slot < MAX_STAGES && made[slot].stage && made[slot].stage != stage)
		slot++;
	if (slot == MAX_STAGES)
		abort();
	struct option *rows = made[slot].rows;
	if (made[slot].stage)
		return rows;
	made[slot].stage = stage;
	topic_row(&rows[n++], "topic.in", stage->topic_in, "Topic that is read.");
	for (const struct stage_output *output = stage->outputs; output && output->option && n < MAX_TOPICS - 4; output++)
		topic_row(&rows[n++], output->option, output->topic, output->help ? output->help : "Topic that is written.");
	if (stage->index) {
		snprintf(made[slot].probe, sizeof(made[slot].probe), "news.%s.probe", stage->name);
		snprintf(made[slot].match, sizeof(made[slot].match), "news.%s.match", stage->name);
		topic_row(&rows[n++], "topic.probe", made[slot].probe,
			"Questions to the index; this log is the index. Its partitions must not change in number. With a run of its own, .RUN is added to the default.");
		topic_row(&rows[n++], "topic.match", made[slot].match,
			"Answers of the index. With a run of its own, .RUN is added to the default.");
	}
	topic_row(
		&rows[n++], "topic.dead", stage->topic_dead, "Topic of what can't be processed, with the reason in its headers.");
	snprintf(made[slot].group, sizeof(made[slot].group), "copydesk-%s", stage->name);
	topic_row(&rows[n++], "group", made[slot].group, "Consumer group; processes of one group share the partitions.");
	return rows;
}

struct config *options_config(const struct stage *stage)
{
	const struct option *tables[] = {options_of_topics(stage), OPTIONS_COMMON, stage->options};
	return config_create(tables, 3);
}

bool options_neutral(struct slice name)
{
	for (const struct option *row = OPTIONS_COMMON; row->name; row++) {
		if (slice_is(name, row->name))
			return row->neutral;
	}
	/* the rows that options_of_topics() makes for each stage */
	return slice_is(name, "group") || slice_starts(name, SLICE("topic.")) || slice_starts(name, SLICE("kafka."));
}

/* Up to `count` whole numbers at the begin of a file; how many there are ("max" is none). */
static int read_numbers(const char *path, long long *numbers, int count)
{
	FILE *file = fopen(path, "re");
	int n = 0;

	if (!file)
		return 0;
	while (n < count && fscanf(file, "%lld", &numbers[n]) == 1)
		n++;
	fclose(file);
	return n;
}

/* Folders of this process's cgroup, from its own up to the root: `visit` is called for each. In a container the root is its
 * own. */
static void each_cgroup(const char *controller, void (*visit)(const char *folder, void *context), void *context)
{
	char line[1024], folder[1200], *end;
	FILE *file = fopen("/proc/self/cgroup", "re");

	while (file && fgets(line, sizeof(line), file)) {
		char *names = strchr(line, ':'), *path = names ? strchr(names + 1, ':') : NULL;
		if (!path)
			continue;
		line[strcspn(line, "\n")] = '\0';
		*path++ = '\0';
		/* v2: "0::/path"; v1: "4:memory:/path" or "3:cpu,cpuacct:/path". */
		if (names[1] && !strstr(names + 1, controller))
			continue;
		snprintf(folder, sizeof(folder), "/sys/fs/cgroup%s%s%s", names[1] ? "/" : "", names + 1,
			strcmp(path, "/") == 0 ? "" : path);
		size_t root = strlen("/sys/fs/cgroup") + (names[1] ? 1 + strlen(names + 1) : 0);
		for (;;) {
			visit(folder, context);
			end = strrchr(folder, '/');
			if (!end || (size_t)(end - folder) < root)
				break;
			*end = '\0';
		}
	}
	if (file)
		fclose(file);
}

static void least_cpu(const char *folder, void *context)
{
	char path[1300];
	long long numbers[2];
	int *cores = context;

	snprintf(path, sizeof(path), "%s/cpu.max", folder);
	if (read_numbers(path, numbers, 2) != 2) {
		snprintf(path, sizeof(path), "%s/cpu.cfs_quota_us", folder);
		if (read_numbers(path, &numbers[0], 1) != 1)
			return;
		snprintf(path, sizeof(path), "%s/cpu.cfs_period_us", folder);
		if (read_numbers(path, &numbers[1], 1) != 1)
			return;
	}
	if (numbers[0] > 0 && numbers[1] > 0 && (numbers[0] + numbers[1] - 1) / numbers[1] < *cores)
		*cores = (int)((numbers[0] + numbers[1] - 1) / numbers[1]);
}

int options_cores(void)
{
	cpu_set_t set;
	int cores = 1;

	if (sched_getaffinity(0, sizeof(set), &set) == 0)
		cores = CPU_COUNT(&set);
	each_cgroup("cpu", least_cpu, &cores);
	return cores < 1 ? 1 : cores > 512 ? 512 : cores;
}

static void least_memory(const char *folder, void *context)
{
	static const char *const FILES[] = {"memory.max", "memory.high", "memory.limit_in_bytes"};
	int64_t *memory = context;
	char path[1300];
	long long limit;

	for (size_t i = 0; i < sizeof(FILES) / sizeof(FILES[0]); i++) {
		snprintf(path, sizeof(path), "%s/%s", folder, FILES[i]);
		if (read_numbers(path, &limit, 1) == 1 && limit > 0 && limit < *memory)
			*memory = limit;
	}
}

int64_t options_memory(void)
{
	int64_t memory = (int64_t)sysconf(_SC_PHYS_PAGES) * sysconf(_SC_PAGESIZE);

	each_cgroup("memory", least_memory, &memory);
	return memory;
}

static bool offsets_next(struct slice *rest, int64_t *partition, int64_t *offset)
{
	struct slice item, number;

	return slice_split(rest, ',', &item) && slice_split(&item, ':', &number) && slice_to_int64(number, partition) &&
		slice_to_int64(item, offset) && *partition >= 0 && *partition <= INT32_MAX && *offset >= 0;
}

bool bound_offset(const struct bound *bound, int32_t partition, int64_t *offset)
{
	struct slice rest = bound->offsets;
	int64_t of;

	while (offsets_next(&rest, &of, offset)) {
		if (of == partition)
			return true;
	}
	return false;
}

static bool are_offsets(struct slice text)
{
	int64_t partition, offset;

	while (text.len) {
		if (!offsets_next(&text, &partition, &offset))
			return false;
	}
	return true;
}

/* `words` are those that are allowed, by enum bound_kind. */
static bool parse_bound(const struct config *config, const char *name, const char *const *words, struct bound *bound,
	struct error *error)
{
	struct slice text = slice_of(config_text(config, name));

	*bound = (struct bound){BOUND_NONE, CLOCK_NONE, SLICE_NONE};
	if (text.len == 0)
		return true;
	for (int kind = BOUND_EARLIEST; kind <= BOUND_END; kind++) {
		if (words[kind] && slice_is(text, words[kind])) {
			bound->kind = (enum bound_kind)kind;
			return true;
		}
	}
	if (clock_parse(text, &bound->ms)) {
		bound->kind = BOUND_TIME;
		return true;
	}
	if (are_offsets(text)) {
		bound->kind = BOUND_OFFSETS;
		bound->offsets = text;
		return true;
	}
	return error_set(error, "config_bad_value",
		"%s: %s must be %sa time such as 2026-11-24T09:30:00Z, or partition:offset,…, not \"%.*s\"",
		config_where(config, name), name, words[BOUND_END] ? "end, " : "earliest, latest, ", SLICE_ARG(text));
}

bool options_from(const struct config *config, struct bound *from, struct error *error)
{
	static const char *const WORDS[] = {[BOUND_EARLIEST] = "earliest", [BOUND_LATEST] = "latest", [BOUND_END] = NULL};
	return parse_bound(config, "from", WORDS, from, error);
}

bool options_until(const struct config *config, struct bound *until, struct error *error)
{
	static const char *const WORDS[] = {[BOUND_EARLIEST] = NULL, [BOUND_LATEST] = NULL, [BOUND_END] = "end"};
	return parse_bound(config, "until", WORDS, until, error);
}

static bool check_topic(const struct config *config, const char *name, struct error *error)
{
	struct slice topic = slice_of(config_text(config, name));
	bool good = topic.len > 0 && topic.len <= 249 && !slice_is(topic, ".") && !slice_is(topic, "..");

	for (size_t i = 0; good && i < topic.len; i++)
		good = byte_is_alpha(topic.ptr[i]) || byte_is_digit(topic.ptr[i]) || strchr("._-", topic.ptr[i]) != NULL;
	if (good)
		return true;
	return error_set(error, "config_bad_value", "%s: %s = \"%.*s\" is no %s name (1 to 249 of a-z A-Z 0-9 . _ -)",
		config_where(config, name), name, SLICE_ARG(topic), strcmp(name, "group") == 0 ? "group" : "topic");
}

static bool check_topics(const struct config *config, const struct stage *stage, struct error *error)
{
	const struct option *rows = options_of_topics(stage);

	for (size_t i = 0; rows[i].name; i++) {
		if (!check_topic(config, rows[i].name, error))
			return false;
		for (size_t j = 0; j < i; j++) {
			if (strcmp(config_text(config, rows[i].name), config_text(config, rows[j].name)) == 0) {
				return error_set(error, "config_bad_value", "%s and %s are both \"%s\": each needs its own",
					rows[j].name, rows[i].name, config_text(config, rows[i].name));
			}
		}
	}
	return true;
}

static bool check_http(const struct config *config, struct error *error)
{
	char host[256];
	int port;

	if (strcmp(config_text(config, "http"), "none") == 0 ||
		endpoint_parse(slice_of(config_text(config, "http")), host, &port, error))
		return true;
	return error_context(error, "%s", config_where(config, "http"));
}

static bool check_words(const struct config *config, struct error *error)
{
	static const char *const NAMES[] = {"instance", "run"};

	for (size_t i = 0; i < 2; i++) {
		const char *text = config_text(config, NAMES[i]);
		if (!*text || strlen(text) > 200 || strpbrk(text, " \t/\"\\")) {
			return error_set(error, "config_bad_value",
				"%s: %s must be 1 to 200 characters without spaces, slashes and quotes",
				config_where(config, NAMES[i]), NAMES[i]);
		}
	}
	return true;
}

/* A run of its own has an index of its own: what it asks must not enter the log of the live one. Topics that somebody named
 * stay. */
static void give_run_an_index(struct config *config, const struct stage *stage)
{
	static const char *const NAMES[] = {"topic.probe", "topic.match"};
	const char *run = config_text(config, "run");
	char topic[256];

	for (size_t i = 0; stage->index && strcmp(run, "live") != 0 && i < 2; i++) {
		if (config_is_set(config, NAMES[i]))
			continue;
		int len = snprintf(topic, sizeof(topic), "%s.", config_text(config, NAMES[i]));
		for (const char *c = run; *c && len < 250; c++)
			topic[len++] = byte_is_alpha(*c) || byte_is_digit(*c) || strchr("._-", *c) ? *c : '-';
		topic[len] = '\0';
		config_fill(config, NAMES[i], topic, "default: of this run");
	}
}

bool options_resolve(struct config *config, const struct stage *stage, struct error *error)
{
	char text[256];
	struct bound bound;

	if (!*config_text(config, "workers")) {
		snprintf(text, sizeof(text), "%d", options_cores());
		config_fill(config, "workers", text, "default: cores");
	}
	if (!*config_text(config, "memory.limit")) {
		int64_t memory = options_memory();
		snprintf(text, sizeof(text), "%lld", (long long)(memory < 64 * 1048576 ? 64 * 1048576 : memory));
		config_fill(config, "memory.limit", text, "default: cgroup or machine");
	}
	if (!*config_text(config, "instance")) {
		if (gethostname(text, sizeof(text)) != 0 || !*text)
			return error_set(error, "config_bad_value", "the host has no name: set instance");
		text[sizeof(text) - 1] = '\0';
		config_fill(config, "instance", text, "default: host name");
	}
	if (!check_words(config, error))
		return false;
	give_run_an_index(config, stage);
	return check_topics(config, stage, error) && check_http(config, error) &&
		options_from(config, &bound, error) &&
		options_until(config, &bound, error);
}
