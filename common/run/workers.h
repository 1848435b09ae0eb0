/* workers: threads that run a stage. One bounded ring; jobs enter at the tail, any free worker takes the oldest unstarted one,
 * and results leave at the head, so the order of submission is kept for all partitions at once. One slow message holds back at
 * most a ring. Only one thread (the poll thread) submits and takes. */
#ifndef COPYDESK_WORKERS_H
#define COPYDESK_WORKERS_H

#include "run/stage.h"
#include "run/stopwatch.h"

struct workers;

/* A slot of the ring: the task with its memory. Owned by the ring; valid from workers_slot() to workers_release(). */
struct job {
	struct task task;
	struct message in;
	struct arena arena;
	unsigned rounds; /* of VERDICT_ASK */
	enum verdict verdict;
	void *source;       /* the caller's: a Kafka message, a line of a file */
	int64_t wall_us, cpu_us; /* spent in process() and decide() */
	int64_t submitted_us;            /* monotonic: given to the ring */
	int64_t processed_us, decided_us; /* … process() ended, the last decide() ended (or process() again); 0: neither ran */
	struct stopwatch watch;
	size_t max_bytes;   /* budgets, set by the ring; 0: none */
	int64_t max_cpu_us;
	bool done;          /* the ring's own */
	int64_t started_us;
	uint32_t ticket;    /* of its round of questions; the asker's own */
	char source_name[300]; /* "news.page/3/1234" or "FILE:12", for messages */
};

/* Budgets of one message (bytes, nodes and CPU time) come from config: message.max.bytes, message.max.memory, message.max.cpu.ms.
 * NULL with `error` if threads or memory can't be had. */
struct workers *workers_create(const struct stage *stage, void *state, const struct config *config, struct error *error);
void workers_destroy(struct workers **workers);
/* A free slot with a reset arena to fill in (in, source, source_name), or NULL when the ring is full: at 16 slots a thread for
 * costly jobs, at workers_capacity() for cheap ones. */
struct job *workers_slot(struct workers *workers);
void workers_submit(struct workers *workers, struct job *job);
/* A job that isn't to be run, because its verdict is known already (job_dead()): it only keeps its place in the order. */
void workers_submit_done(struct workers *workers, struct job *job);
/* The oldest job if it is done (verdict set), else NULL. Waits at most `wait_ms` (0: not at all). */
struct job *workers_take(struct workers *workers, int wait_ms);
/* Gives the slot of a taken job back. Jobs are released in the order taken. */
void workers_release(struct workers *workers, struct job *job);
size_t workers_count(const struct workers *workers); /* threads */
size_t workers_capacity(const struct workers *workers); /* slots at most */
size_t workers_busy(const struct workers *workers); /* submitted and not yet released */
/* Runs the stage on one job in the calling thread; also what a worker does. Used by tests and fuzz targets. */
enum verdict job_run(const struct stage *stage, void *state, struct job *job);
/* Likewise, when the thread's CPU clock was just read; *cpu is moved on. Saves a system call a message. */
enum verdict job_run_from(const struct stage *stage, void *state, struct job *job, int64_t *cpu);
/* Makes it a rejected job without running the stage (a poison message, a line too long). */
enum verdict job_dead(const struct stage *stage, struct job *job, const char *code, const char *text);
/* The second half of a job that ended in VERDICT_ASK, in the calling thread, under the same budgets: the stage's decide() with
 * the replies to task.questions in their order. VERDICT_ASK again means another round; at most JOB_MAX_ROUNDS, then it is
 * rejected. */
enum verdict job_decide(const struct stage *stage, void *state, struct job *job, const struct slice *replies, size_t count);
#define JOB_MAX_ROUNDS 64
/* A job outside a ring (tests, fuzz targets, one-thread runs). config NULL: the defaults' budgets. */
void job_init(struct job *job, const struct stage *stage, const struct config *config);
void job_reset(struct job *job);
void job_release(struct job *job);

#endif
