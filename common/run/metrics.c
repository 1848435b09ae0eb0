/* metrics: values behind the table, and their text. Series are found by their labels under a lock and never move or die, so that
 * a pointer to one stays good; forgetting only hides. */
#include "run/metrics.h"

#include "run/procinfo.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

#define MAX_INFO 8

struct series {
	const struct metric_row *row;
	struct series *next;
	char *first, *second; /* label values, NULL: none */
	_Atomic bool shown;
	_Atomic uint64_t n;    /* a counter's value, a histogram's count */
	_Atomic uint64_t bits; /* a gauge's double */
	_Atomic uint64_t sum;  /* a histogram's sum in millionths */
	_Atomic uint64_t buckets[];
};

struct family {
	const struct metric_row *row;
	struct series *series, *plain, *other;
	size_t count;
};

struct metrics {
	const struct stage *stage;
	struct family families[METRIC_COUNT];
	struct metric_row *counter_rows; /* the stage's own */
	struct series **counters;
	size_t counter_count;
	char *info_names[MAX_INFO], *info_values[MAX_INFO];
	size_t info_count;
	pthread_mutex_t mutex; /* lists of series, info */
};

static void *checked(void *memory)
{
	if (!memory)
		abort();
	return memory;
}

static size_t bound_count(const struct metric_row *row)
{
	size_t n = 0;

	while (row->bounds && row->bounds[n] > 0)
		n++;
	return n;
}

static struct series *series_make(const struct metric_row *row, const char *first, const char *second)
{
	struct series *series = checked(calloc(1, sizeof(*series) + bound_count(row) * sizeof(uint64_t)));

	series->row = row;
	series->first = first ? checked(strdup(first)) : NULL;
	series->second = second ? checked(strdup(second)) : NULL;
	series->shown = true;
	return series;
}

struct metrics *metrics_create(const struct stage *stage)
{
	struct metrics *metrics = checked(calloc(1, sizeof(*metrics)));
	const struct stage_counter *counters = stage ? stage->counters : NULL;

	metrics->stage = stage;
	pthread_mutex_init(&metrics->mutex, NULL);
	for (size_t i = 0; i < METRIC_COUNT; i++) {
		struct family *family = &metrics->families[i];
		family->row = &METRIC_ROWS[i];
		if (!family->row->labels)
			family->plain = family->series = series_make(family->row, NULL, NULL);
	}
	while (counters && counters[metrics->counter_count].name)
		metrics->counter_count++;
	metrics->counter_rows = checked(calloc(metrics->counter_count + 1, sizeof(struct metric_row)));
	metrics->counters = checked(calloc(metrics->counter_count + 1, sizeof(struct series *)));
	for (size_t i = 0; i < metrics->counter_count; i++) {
		char name[128];
		snprintf(name, sizeof(name), "%s_total", counters[i].name);
		metrics->counter_rows[i] = (struct metric_row){
			.name = checked(strdup(name)), .kind = METRIC_KIND_COUNTER, .limit = 1, .help = counters[i].help};
		metrics->counters[i] = series_make(&metrics->counter_rows[i], NULL, NULL);
	}
	return metrics;
}

static void series_free(struct series *series)
{
	while (series) {
		struct series *next = series->next;
		free(series->first);
		free(series->second);
		free(series);
		series = next;
	}
}

void metrics_destroy(struct metrics **metrics)
{
	struct metrics *m = *metrics;

	if (!m)
		return;
	for (size_t i = 0; i < METRIC_COUNT; i++)
		series_free(m->families[i].series);
	for (size_t i = 0; i < m->counter_count; i++) {
		series_free(m->counters[i]);
		free((void *)(uintptr_t)m->counter_rows[i].name);
	}
	for (size_t i = 0; i < m->info_count; i++) {
		free(m->info_names[i]);
		free(m->info_values[i]);
	}
	free(m->counter_rows);
	free(m->counters);
	pthread_mutex_destroy(&m->mutex);
	free(m);
	*metrics = NULL;
}

static bool same(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

static struct series *family_find(const struct family *family, const char *first, const char *second)
{
	for (struct series *series = family->series; series; series = series->next) {
		if (same(series->first, first) && same(series->second, second))
			return series;
	}
	return NULL;
}

static struct series *family_add(struct family *family, const char *first, const char *second)
{
	struct series *series = series_make(family->row, first, second), **tail = &family->series;

	while (*tail)
		tail = &(*tail)->next;
	family->count++;
	return *tail = series;
}

struct series *metrics_series(struct metrics *metrics, enum metric metric, const char *first, const char *second)
{
	struct family *family = &metrics->families[metric];

	pthread_mutex_lock(&metrics->mutex);
	struct series *series = family_find(family, first, second);
	if (!series && family->count < family->row->limit) {
		series = family_add(family, first, second);
	} else if (!series) {
		if (!family->other)
			family->other = family_add(family, "other", second ? "other" : NULL);
		series = family->other;
	}
	series->shown = true;
	pthread_mutex_unlock(&metrics->mutex);
	return series;
}

void metrics_forget(struct metrics *metrics, enum metric metric, const char *first, const char *second)
{
	pthread_mutex_lock(&metrics->mutex);
	struct series *series = family_find(&metrics->families[metric], first, second);
	if (series)
		series->shown = false;
	pthread_mutex_unlock(&metrics->mutex);
}

static uint64_t bits_of(double value)
{
	uint64_t bits;
	memcpy(&bits, &value, sizeof(bits));
	return bits;
}

static double double_of(uint64_t bits)
{
	double value;
	memcpy(&value, &bits, sizeof(value));
	return value;
}

void series_add(struct series *series, uint64_t n) { atomic_fetch_add_explicit(&series->n, n, memory_order_relaxed); }
void series_set(struct series *series, double value)
{
	atomic_store_explicit(&series->bits, bits_of(value), memory_order_relaxed);
}

void series_observe(struct series *series, double value)
{
	const double *bounds = series->row->bounds;

	if (!(value >= 0))
		value = 0;
	for (size_t i = 0; bounds[i] > 0; i++) {
		if (value <= bounds[i]) {
			atomic_fetch_add_explicit(&series->buckets[i], 1, memory_order_relaxed);
			break;
		}
	}
	atomic_fetch_add_explicit(&series->sum, (uint64_t)(value * 1e6 + .5), memory_order_relaxed);
	atomic_fetch_add_explicit(&series->n, 1, memory_order_relaxed);
}

double series_value(const struct series *series)
{
	if (series->row->kind == METRIC_KIND_GAUGE)
		return double_of(atomic_load_explicit(&series->bits, memory_order_relaxed));
	return (double)atomic_load_explicit(&series->n, memory_order_relaxed);
}

/* A row with labels has no single series: asking for it is a program error. */
static struct series *plain(struct metrics *metrics, enum metric metric)
{
	if (!metrics->families[metric].plain) {
		fprintf(stderr, "copydesk: program error: metric %s has labels\n", METRIC_ROWS[metric].name);
		abort();
	}
	return metrics->families[metric].plain;
}

void metrics_add(struct metrics *metrics, enum metric metric, uint64_t n) { series_add(plain(metrics, metric), n); }
void metrics_set(struct metrics *metrics, enum metric metric, double value) { series_set(plain(metrics, metric), value); }
void metrics_observe(struct metrics *metrics, enum metric metric, double value) { series_observe(plain(metrics, metric), value); }
void metrics_count(struct metrics *metrics, size_t counter, uint64_t n) { series_add(metrics->counters[counter], n); }

void metrics_info(struct metrics *metrics, const char *name, const char *value)
{
	pthread_mutex_lock(&metrics->mutex);
	if (metrics->info_count < MAX_INFO) {
		metrics->info_names[metrics->info_count] = checked(strdup(name));
		metrics->info_values[metrics->info_count++] = checked(strdup(value));
	}
	pthread_mutex_unlock(&metrics->mutex);
}

/* name="value", escaped as the exposition format wants it. */
static void put_label(struct buf *out, struct slice name, const char *value)
{
	buf_append(out, name);
	buf_append_cstr(out, "=\"");
	for (; *value; value++) {
		if (*value == '\n') {
			buf_append_cstr(out, "\\n");
			continue;
		}
		if (*value == '"' || *value == '\\')
			buf_append_byte(out, '\\');
		buf_append_byte(out, *value);
	}
	buf_append_byte(out, '"');
}

/* {stage="…",labels…} with an `le` where there is one. */
static void put_labels(struct buf *out, const struct metrics *metrics, const struct series *series, const char *le)
{
	struct slice names = slice_of(series->row->labels), name;
	bool any = false;

	if (!metrics->stage && !names.len && !le)
		return;
	buf_append_byte(out, '{');
	if (metrics->stage) {
		put_label(out, SLICE("stage"), metrics->stage->name);
		any = true;
	}
	for (int i = 0; slice_split(&names, ',', &name); i++) {
		if (any)
			buf_append_byte(out, ',');
		put_label(out, name, (i == 0 ? series->first : series->second) ?: "");
		any = true;
	}
	if (le) {
		if (any)
			buf_append_byte(out, ',');
		put_label(out, SLICE("le"), le);
	}
	buf_append_byte(out, '}');
}

static void put_name(struct buf *out, const struct metric_row *row, const char *suffix)
{
	buf_append_cstr(out, "copydesk_");
	buf_append_cstr(out, row->name);
	buf_append_cstr(out, suffix);
}

static void put_histogram(struct buf *out, const struct metrics *metrics, const struct series *series)
{
	const struct metric_row *row = series->row;
	/* The count is read first: buckets may only be ahead of it, and are held down to it. */
	uint64_t n = atomic_load(&series->n), below = 0;
	char le[32];

	for (size_t i = 0; row->bounds[i] > 0; i++) {
		below += atomic_load(&series->buckets[i]);
		snprintf(le, sizeof(le), "%.10g", row->bounds[i]);
		put_name(out, row, "_bucket");
		put_labels(out, metrics, series, le);
		buf_printf(out, " %llu\n", (unsigned long long)(below < n ? below : n));
	}
	put_name(out, row, "_bucket");
	put_labels(out, metrics, series, "+Inf");
	buf_printf(out, " %llu\n", (unsigned long long)n);
	put_name(out, row, "_sum");
	put_labels(out, metrics, series, NULL);
	buf_printf(out, " %.6f\n", (double)atomic_load(&series->sum) / 1e6);
	put_name(out, row, "_count");
	put_labels(out, metrics, series, NULL);
	buf_printf(out, " %llu\n", (unsigned long long)n);
}

static void put_series(struct buf *out, const struct metrics *metrics, const struct series *series)
{
	if (!series->shown)
		return;
	if (series->row->kind == METRIC_KIND_HISTOGRAM) {
		put_histogram(out, metrics, series);
		return;
	}
	put_name(out, series->row, "");
	put_labels(out, metrics, series, NULL);
	if (series->row->kind == METRIC_KIND_COUNTER)
		buf_printf(out, " %llu\n", (unsigned long long)atomic_load(&series->n));
	else
		buf_printf(out, " %.15g\n", series_value(series));
}

static void put_family(struct buf *out, const struct metrics *metrics, const struct metric_row *row, const struct series *series)
{
	static const char *const KINDS[] = {"counter", "gauge", "histogram"};

	buf_printf(out, "# HELP copydesk_%s %s\n# TYPE copydesk_%s %s\n", row->name, row->help, row->name, KINDS[row->kind]);
	for (; series; series = series->next)
		put_series(out, metrics, series);
}

static void put_info(struct buf *out, const struct metrics *metrics)
{
	buf_append_cstr(out, "# HELP copydesk_info What runs here.\n# TYPE copydesk_info gauge\ncopydesk_info{");
	if (metrics->stage) {
		put_label(out, SLICE("stage"), metrics->stage->name);
		buf_append_byte(out, ',');
	}
	put_label(out, SLICE("version"), COPYDESK_VERSION);
	for (size_t i = 0; i < metrics->info_count; i++) {
		buf_append_byte(out, ',');
		put_label(out, slice_of(metrics->info_names[i]), metrics->info_values[i]);
	}
	buf_append_cstr(out, "} 1\n");
}

void metrics_render(struct metrics *metrics, struct buf *out)
{
	pthread_mutex_lock(&metrics->mutex);
	put_info(out, metrics);
	for (size_t i = 0; i < METRIC_COUNT; i++) {
		if (metrics->families[i].series)
			put_family(out, metrics, &METRIC_ROWS[i], metrics->families[i].series);
	}
	for (size_t i = 0; i < metrics->counter_count; i++)
		put_family(out, metrics, &metrics->counter_rows[i], metrics->counters[i]);
	pthread_mutex_unlock(&metrics->mutex);
	procinfo_render(out);
}
