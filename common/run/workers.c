/* workers: the ring and its threads. One mutex; a worker takes it once a claim (finish some, claim the next), the poll thread
 * once a submit and once a take. A context switch costs as much as a small message, so everything goes by what a job costs, a
 * running mean: cheap jobs are claimed by the handful, wait in a longer ring, and a sleeping worker is woken only for work worth
 * it or when the poll thread is about to look for results; the sleeping poll thread, when half of the ring is done or nothing is
 * left to start. Jobs of a millisecond go one by one. Free slots are taken last in, first out, so that few arenas stay warm in
 * the cache. */
#include "run/workers.h"

#include "base/clock.h"
#include "base/log.h"
#include "run/sandbox.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>

#define SLOTS_PER_WORKER 16
/* A message that asks the index is in hand for some round trips, not only for its CPU time. */
#define SLOTS_WITH_INDEX 256
/* The ring of a stage whose messages are cheap, and how much work it may hold beyond SLOTS_PER_WORKER. */
#define SLOTS_CHEAP 256
#define RING_US 5000
/* Work that is worth waking a worker, or taking the mutex, for. */
#define WAKE_US 50
#define CLAIM_US 50
#define CLAIM_MOST 16
#define COST_SHIFT 4 /* the mean is kept in sixteenths of a microsecond */
#define STACK_BYTES (8u << 20)

struct workers {
	const struct stage *stage;
	void *state;
	pthread_t *threads;
	size_t thread_count;

	/* the poll thread's */
	struct job *slots, **free_slots;
	size_t capacity, free_count, sure_slots; /* these many whatever a job costs */
	_Atomic uint32_t cost; /* of a job: mean in 1/16 µs, 0: not known; written with the mutex held */

	pthread_mutex_t mutex; /* what follows, and job.done, job.started_us */
	pthread_cond_t work, done;
	struct job **order;
	size_t head, next, tail; /* head ≤ next ≤ tail, modulo capacity in `order`: started from head on, not yet from next on */
	size_t finished;         /* done, not taken */
	size_t idle, woken;      /* workers asleep, and how many of them have been signalled */
	size_t wake_at;          /* jobs finished that are worth waking the poll thread; 0: it isn't asleep */
	bool stopping;
};

static struct job **slot_at(const struct workers *workers, size_t position)
{
	return &workers->order[position % workers->capacity];
}

/* Passes over jobs that were submitted as done. */
static bool has_work(struct workers *workers)
{
	while (workers->next != workers->tail && (*slot_at(workers, workers->next))->done)
		workers->next++;
	return workers->next != workers->tail;
}

static bool worth_waking(const struct workers *workers)
{
	if (workers->head == workers->tail || !(*slot_at(workers, workers->head))->done)
		return false;
	return workers->finished >= workers->wake_at || workers->next == workers->tail;
}

/* How many jobs make up so much work: at least one. */
static size_t jobs_in(const struct workers *workers, uint32_t us, size_t most)
{
	uint32_t cost = atomic_load_explicit(&workers->cost, memory_order_relaxed);
	size_t jobs = cost ? (us << COST_SHIFT) / cost : 1;

	return jobs < 1 ? 1 : jobs < most ? jobs : most;
}

static void finish(struct workers *workers, struct job *const *jobs, size_t count, int64_t spent_us)
{
	uint32_t cost = atomic_load_explicit(&workers->cost, memory_order_relaxed);
	int64_t mean = (spent_us << COST_SHIFT) / (int64_t)count;

	mean = mean > UINT32_MAX / 16 ? UINT32_MAX / 16 : mean;
	atomic_store_explicit(&workers->cost, cost ? (uint32_t)((cost * 7 + (uint64_t)mean) / 8) | 1 : (uint32_t)mean | 1,
		memory_order_relaxed);
	for (size_t i = 0; i < count; i++)
		jobs[i]->done = true;
	workers->finished += count;
	if (workers->wake_at && worth_waking(workers)) {
		workers->wake_at = 0;
		pthread_cond_signal(&workers->done);
	}
}

/* The others get their share: a handful is for when there is more than enough. */
static size_t claim(struct workers *workers, struct job **jobs)
{
	size_t most = jobs_in(workers, CLAIM_US, CLAIM_MOST), share = (workers->tail - workers->next) / workers->thread_count,
	       count = 0;
	int64_t now = clock_monotonic_us();

	most = most < share ? most : share;
	do {
		jobs[count] = *slot_at(workers, workers->next++);
		jobs[count++]->started_us = now;
	} while (count < most && has_work(workers));
	return count;
}

static void *worker_main(void *argument)
{
	struct workers *workers = argument;
	struct job *jobs[CLAIM_MOST];
	int64_t cpu = clock_thread_cpu_us(), begun;
	struct error error;
	size_t count;

	if (!sandbox_worker(&error))
		log_warn("no_sandbox", LOG_STR("why", error.text));
	pthread_mutex_lock(&workers->mutex);
	while (!workers->stopping) {
		if (!has_work(workers)) {
			workers->idle++;
			pthread_cond_wait(&workers->work, &workers->mutex);
			workers->idle--;
			if (workers->woken)
				workers->woken--;
			continue;
		}
		count = claim(workers, jobs);
		begun = cpu;
		pthread_mutex_unlock(&workers->mutex);
		for (size_t i = 0; i < count; i++)
			job_run_from(workers->stage, workers->state, jobs[i], &cpu);
		pthread_mutex_lock(&workers->mutex);
		finish(workers, jobs, count, cpu - begun);
	}
	pthread_mutex_unlock(&workers->mutex);
	return NULL;
}

/* Wakes a worker for each `batch` jobs that wait, as far as there are sleeping ones. */
static void wake_workers(struct workers *workers, size_t batch)
{
	size_t waiting = workers->tail - workers->next;

	while (workers->woken < workers->idle && waiting >= batch * (workers->woken + 1)) {
		workers->woken++;
		pthread_cond_signal(&workers->work);
	}
}

static bool start_threads(struct workers *workers, size_t count, struct error *error)
{
	pthread_attr_t attributes;
	sigset_t all, before;
	int failed = 0;

	/* Signals are the main thread's. */
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	pthread_attr_init(&attributes);
	pthread_attr_setstacksize(&attributes, STACK_BYTES);
	for (size_t i = 0; i < count && !failed; i++) {
		failed = pthread_create(&workers->threads[i], &attributes, worker_main, workers);
		if (!failed)
			workers->thread_count++;
	}
	pthread_attr_destroy(&attributes);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	if (failed) {
		return error_set(error, "no_threads",
			"can't start %zu worker threads: %s; lower workers or raise the process limit", count, strerror(failed));
	}
	return true;
}

struct workers *workers_create(const struct stage *stage, void *state, const struct config *config, struct error *error)
{
	struct workers *workers = calloc(1, sizeof(*workers));
	size_t count = (size_t)config_integer(config, "workers");
	pthread_condattr_t attributes;

	if (count < 1)
		count = 1;
	if (!workers) {
		error_set(error, "no_memory", "no memory for the workers");
		return NULL;
	}
	workers->stage = stage;
	workers->state = state;
	workers->sure_slots = stage->index ? SLOTS_WITH_INDEX * (count < 4 ? count : 4) : count * SLOTS_PER_WORKER;
	workers->capacity = workers->sure_slots > SLOTS_CHEAP ? workers->sure_slots : SLOTS_CHEAP;
	workers->slots = calloc(workers->capacity, sizeof(*workers->slots));
	workers->free_slots = calloc(workers->capacity, sizeof(struct job *));
	workers->order = calloc(workers->capacity, sizeof(struct job *));
	workers->threads = calloc(count, sizeof(*workers->threads));
	pthread_mutex_init(&workers->mutex, NULL);
	pthread_condattr_init(&attributes);
	pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
	pthread_cond_init(&workers->work, &attributes);
	pthread_cond_init(&workers->done, &attributes);
	pthread_condattr_destroy(&attributes);
	if (!workers->slots || !workers->free_slots || !workers->order || !workers->threads) {
		workers->capacity = 0;
		error_set(error, "no_memory", "no memory for %zu workers", count);
		workers_destroy(&workers);
		return NULL;
	}
	for (size_t i = 0; i < workers->capacity; i++) {
		job_init(&workers->slots[i], stage, config);
		workers->free_slots[workers->free_count++] = &workers->slots[workers->capacity - 1 - i];
	}
	if (!start_threads(workers, count, error))
		workers_destroy(&workers);
	return workers;
}

void workers_destroy(struct workers **workers)
{
	struct workers *w = *workers;

	if (!w)
		return;
	pthread_mutex_lock(&w->mutex);
	w->stopping = true;
	pthread_cond_broadcast(&w->work);
	pthread_mutex_unlock(&w->mutex);
	for (size_t i = 0; i < w->thread_count; i++)
		pthread_join(w->threads[i], NULL);
	for (size_t i = 0; i < w->capacity; i++)
		job_release(&w->slots[i]);
	pthread_cond_destroy(&w->work);
	pthread_cond_destroy(&w->done);
	pthread_mutex_destroy(&w->mutex);
	free(w->slots);
	free(w->free_slots);
	free(w->order);
	free(w->threads);
	free(w);
	*workers = NULL;
}

struct job *workers_slot(struct workers *workers)
{
	size_t busy = workers_busy(workers);

	if (busy == workers->capacity || (busy >= workers->sure_slots && busy >= jobs_in(workers, RING_US, workers->capacity)))
		return NULL;
	return workers->free_slots[--workers->free_count];
}

static void enter(struct workers *workers, struct job *job, bool done)
{
	job->submitted_us = clock_monotonic_us();
	job->started_us = 0;
	pthread_mutex_lock(&workers->mutex);
	job->done = done;
	workers->finished += done;
	*slot_at(workers, workers->tail++) = job;
	if (!done)
		wake_workers(workers, jobs_in(workers, WAKE_US, workers->capacity / 4));
	pthread_mutex_unlock(&workers->mutex);
}

void workers_submit(struct workers *workers, struct job *job) { enter(workers, job, false); }
void workers_submit_done(struct workers *workers, struct job *job) { enter(workers, job, true); }

/* Sleeps until the head is done and enough behind it, or `wait_ms` are over. */
static void sleep_for_results(struct workers *workers, int wait_ms)
{
	struct timespec until;
	size_t pending = workers->tail - workers->head;

	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec += wait_ms / 1000;
	until.tv_nsec += (wait_ms % 1000) * 1000000L;
	if (until.tv_nsec >= 1000000000L) {
		until.tv_sec++;
		until.tv_nsec -= 1000000000L;
	}
	do {
		workers->wake_at = (pending + 1) / 2;
		if (worth_waking(workers))
			break;
	} while (pthread_cond_timedwait(&workers->done, &workers->mutex, &until) != ETIMEDOUT);
	workers->wake_at = 0;
}

struct job *workers_take(struct workers *workers, int wait_ms)
{
	struct job *job = NULL;

	pthread_mutex_lock(&workers->mutex);
	if (has_work(workers))
		wake_workers(workers, 1);
	if (workers->head != workers->tail) {
		if (wait_ms > 0 && !(*slot_at(workers, workers->head))->done)
			sleep_for_results(workers, wait_ms);
		job = *slot_at(workers, workers->head);
		if (job->done) {
			workers->head++;
			if (workers->next < workers->head)
				workers->next = workers->head;
			workers->finished--;
		} else {
			job = NULL;
		}
	}
	pthread_mutex_unlock(&workers->mutex);
	return job;
}

void workers_release(struct workers *workers, struct job *job)
{
	job_reset(job);
	workers->free_slots[workers->free_count++] = job;
}

size_t workers_count(const struct workers *workers) { return workers->thread_count; }
size_t workers_capacity(const struct workers *workers) { return workers->capacity; }
size_t workers_busy(const struct workers *workers) { return workers->capacity - workers->free_count; }
