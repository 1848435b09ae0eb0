/* localindex: fold, reply, decide. */
#include "run/localindex.h"

#include "run/config.h"

#include <stdlib.h>

#define REPLIES_MAX (256u << 20)

struct local_index {
	const struct stage *stage;
	void *state, *partition;
	struct arena arena; /* of one fold */
	struct buf bytes;   /* the replies of one round, one behind the other */
	struct slice *replies;
	size_t capacity;
};

struct local_index *local_index_open(const struct stage *stage, void *state, const struct config *config)
{
	if (!stage->index)
		return NULL;
	struct local_index *index = calloc(1, sizeof(*index));
	if (!index)
		abort();
	index->stage = stage;
	index->state = state;
	index->partition = stage->index->open(state);
	arena_init(&index->arena, (size_t)config_integer(config, "message.max.memory"));
	buf_init(&index->bytes, REPLIES_MAX);
	return index;
}

void local_index_close(struct local_index **index)
{
	struct local_index *i = *index;

	if (!i)
		return;
	if (i->stage->index->close)
		i->stage->index->close(&i->partition);
	arena_release(&i->arena);
	buf_release(&i->bytes);
	free(i->replies);
	free(i);
	*index = NULL;
}

/* False if the record asks for more memory than a message may use. */
static __attribute__((noinline)) bool fold(struct local_index *index, struct slice record)
{
	jmp_buf jump;
	volatile bool good = false;

	if (ARENA_GUARD(&index->arena, &jump) == ESCAPE_NONE) {
		index->stage->index->fold(index->partition, record, &index->arena, &index->bytes);
		good = true;
	}
	index->arena.escape = NULL;
	arena_reset(&index->arena);
	return good && !index->bytes.failed;
}

static void need_replies(struct local_index *index, size_t count)
{
	if (count <= index->capacity)
		return;
	index->capacity = count * 2;
	index->replies = reallocarray(index->replies, index->capacity, sizeof(*index->replies));
	if (!index->replies)
		abort();
}

/* The number of replies; SIZE_MAX when one couldn't be had. */
static size_t ask(struct local_index *index, const struct task *task)
{
	size_t count = 0, at = 0;

	buf_clear(&index->bytes);
	for (const struct question *q = task->questions; q; q = q->next) {
		size_t before = index->bytes.len;
		if (!fold(index, q->record))
			return SIZE_MAX;
		need_replies(index, count + 1);
		index->replies[count++] = slice_make(NULL, index->bytes.len - before);
	}
	/* Only now has the buffer stopped moving. */
	for (size_t i = 0; i < count; at += index->replies[i++].len)
		index->replies[i].ptr = index->bytes.ptr + at;
	return count;
}

enum verdict local_index_settle(struct local_index *index, struct job *job)
{
	while (job->verdict == VERDICT_ASK) {
		size_t count = ask(index, &job->task);
		if (count == SIZE_MAX)
			return job_dead(index->stage, job, "memory_budget",
				"the index needs more memory for it than message.max.memory allows");
		job_decide(index->stage, index->state, job, index->replies, count);
	}
	return job->verdict;
}
