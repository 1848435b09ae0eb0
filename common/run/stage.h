/* stage: what the author of a stage writes, and nothing of what surrounds it. A stage never sees Kafka, threads or files.
 *
 *     static const struct stage extract = {.name = "extract", …, .process = extract_process};
 *     int main(int argc, char **argv) { return stage_main(&extract, argc, argv); }
 *
 * `process` is pure: the same message and configuration give the same bytes: no clock, no randomness, no locale, no network. It
 * runs on any worker thread; `state` is shared and constant there. Results leave in input order. */
#ifndef COPYDESK_STAGE_H
#define COPYDESK_STAGE_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "run/option.h"
#include "run/trace.h"

struct header {
	struct slice name, value;
};

struct message {
	struct slice key, value; /* ptr NULL: null on the wire */
	int64_t timestamp;       /* ms UTC, CLOCK_NONE if the broker has none */
	const struct header *headers;
	size_t header_count;
};

/* How a message ends. Every message ends in exactly one of emitted, dropped, dead. */
enum verdict {
	VERDICT_EMIT,   /* what task_emit() collected goes out; at least one message */
	VERDICT_DROP,   /* nothing goes out, for the reason given: task_drop() */
	VERDICT_REJECT, /* this message is wrong: dead letter, the partition goes on: task_reject() */
	VERDICT_RETRY,  /* the world is wrong: back off, the offset stays: task_retry() */
	VERDICT_ASK,    /* the index is to be asked: decide() is called with the replies (see struct stage_index) */
};

struct emission {
	size_t output; /* index into stage.outputs */
	struct slice key, value;
	struct emission *next;
};

/* One partition's worth of a question to the index. */
struct question {
	uint64_t key; /* decides the partition that is asked */
	struct slice record;
	struct question *next;
};

/* One message on its way through a stage. What hangs on it lives in `arena`. */
struct task {
	struct arena *arena;
	const struct message *in;
	void *scratch; /* the stage's own, from process() to decide() */

	struct emission *emissions, **emission_tail;
	struct question *questions, **question_tail;
	const char *reason; /* of a drop: a constant word with underscores, one of stage.reasons */
	struct error error; /* of a rejection or retry */
	uint64_t *counts;   /* one a row of stage.counters */
	bool has_fields;    /* task_fields() was called */
	uint64_t fields;    /* bits: rows of stage.fields that this message has */
	struct trace *trace; /* for trace_note(); NULL but for --explain */
};

/* Key and value must be arena memory or constant; they are not copied. */
void task_emit(struct task *task, size_t output, struct slice key, struct slice value);
enum verdict task_drop(struct task *task, const char *reason);
enum verdict task_reject(struct task *task, const char *code, const char *format, ...) __attribute__((format(printf, 3, 4)));
enum verdict task_reject_error(struct task *task, const struct error *error);
enum verdict task_retry(struct task *task, const char *code, const char *format, ...) __attribute__((format(printf, 3, 4)));
void task_ask(struct task *task, uint64_t key, struct slice record);
void task_count(struct task *task, size_t counter, uint64_t n);
/* Which of stage.fields this article has, as bits: how well fields are filled is the first thing that shows that a publisher
 * changed its pages. */
void task_fields(struct task *task, uint64_t bits);
/* A header of the input, SLICE_NONE if absent. Names compare without case. */
struct slice task_header(const struct task *task, const char *name);

struct stage_output {
	const char *option; /* "topic.out" */
	const char *topic;  /* its default, "news.article" */
	const char *type;   /* ce_type, "org.copydesk.article.v1" */
	const char *help;   /* one sentence for --help, or NULL */
};

struct stage_counter {
	const char *name; /* becomes copydesk_<name>_total */
	const char *help;
};

/* State spread over processes: an index in partitions, each the fold over its own log, each owned by one process. Optional.
 * process() asks with task_ask(); the record of each question is appended to the partition of its key; the owner folds it and its
 * reply travels back; when all replies of a round are in, decide() is called. It may ask again, for several rounds. Each task
 * goes through its rounds on its own: one that waits for replies holds back the emissions of those behind it, never their
 * questions, else every article would cost all its round trips. What is emitted leaves in input order. Without a broker there is
 * one partition, in the process, and a task is decided before the next one asks. fold() must be a pure function of the log so
 * far, and repeating a record must give the same reply. decide() touches nothing but its task; process()'s scratch and arena are
 * still there. */
struct stage_index {
	void *(*open)(void *state); /* an empty partition */
	void (*close)(void **partition);
	/* Appends the reply to `reply`. `arena` is reset after each record. */
	void (*fold)(void *partition, struct slice record, struct arena *arena, struct buf *reply);
	/* replies[i] answers the i-th question of this round. */
	enum verdict (*decide)(void *state, struct task *task, const struct slice *replies, size_t count);
	/* A partition as bytes and back, for local snapshots. load() fails on damage, never trusts it. */
	bool (*save)(const void *partition, struct buf *out);
	bool (*load)(void *partition, struct slice bytes, struct error *error);
	int64_t (*window_ms)(const void *state); /* how far back the log must be read to rebuild a partition */
};

struct stage {
	const char *name;    /* "extract": the program is copydesk-extract */
	const char *summary; /* one sentence for --help */
	const char *topic_in;   /* default of topic.in */
	const char *topic_dead; /* default of topic.dead */
	const struct stage_output *outputs; /* ends with a NULL option */
	const struct option *options;       /* the stage's own rows, or NULL */
	const struct stage_counter *counters; /* ends with a NULL name, or NULL */
	const char *const *reasons;         /* all drop reasons, NULL-terminated, or NULL */
	const char *const *fields;          /* for task_fields(), at most 64, NULL-terminated, or NULL */
	const char *const *steps;           /* for step_begin() (run/stopwatch.h), at most 12, NULL-terminated, or NULL */
	const struct stage_index *index;    /* or NULL */
	/* Some values that are no JSON object are messages too, told by their headers. A line of a file has none: such a line is a dead
	 * letter, not a message. */
	bool takes_bare_values;
	bool (*init)(const struct config *config, void **state, struct error *error); /* or NULL */
	enum verdict (*process)(void *state, struct task *task);
	void (*close)(void **state); /* or NULL */
};

/* The whole program: options, signals, logging, metrics, health, threads, Kafka or files. Returns main's exit code
 * (sysexits.h). */
int stage_main(const struct stage *stage, int argc, char **argv);

#endif
