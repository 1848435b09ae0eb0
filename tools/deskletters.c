/* deskletters: see deskletters.h. A ring; a question walks it. */
#include "tools/deskletters.h"

#include "base/must.h"
#include "tools/keep.h"

#include <pthread.h>
#include <stdlib.h>

/* One allocation: the strings lie behind the struct. */
struct kept_letter {
	struct slice stage, code, message, source, time;
	char topic[250];
	int32_t partition;
	int64_t offset;
};

struct deskletters {
	pthread_mutex_t lock;
	struct kept_letter **ring; /* the newest is at (next - 1) */
	size_t capacity, next, count;
	struct handled handled;
};

struct deskletters *deskletters_create(size_t capacity)
{
	struct deskletters *letters = must(calloc(1, sizeof *letters));

	pthread_mutex_init(&letters->lock, NULL);
	letters->capacity = capacity;
	letters->ring = must(calloc(capacity, sizeof *letters->ring));
	return letters;
}

void deskletters_destroy(struct deskletters **letters)
{
	if (!*letters)
		return;
	for (size_t i = 0; i < (*letters)->capacity; i++)
		free((*letters)->ring[i]);
	free((*letters)->ring);
	handled_release(&(*letters)->handled);
	pthread_mutex_destroy(&(*letters)->lock);
	free(*letters);
	*letters = NULL;
}

/* The i-th newest, i < count. */
static const struct kept_letter *letter_at(const struct deskletters *letters, size_t i)
{
	return letters->ring[(letters->next + letters->capacity - 1 - i) % letters->capacity];
}

void deskletters_add(struct deskletters *letters, const struct record *record)
{
	struct slice stage = record_header(record, "copydesk-dead-stage"), code = record_header(record, "copydesk-dead-code");
	struct slice message = record_header(record, "copydesk-dead-message"),
		     source = record_header(record, "copydesk-dead-source");
	struct slice time = record_header(record, "copydesk-dead-time");
	struct kept_letter *letter = must(calloc(1, sizeof *letter + stage.len + code.len + message.len + source.len + time.len));
	char *at = (char *)(letter + 1);

	letter->stage = keep(&at, stage);
	letter->code = keep(&at, code);
	letter->message = keep(&at, message);
	letter->source = keep(&at, source);
	letter->time = keep(&at, time);
	memcpy(letter->topic, record->topic, sizeof letter->topic);
	letter->partition = record->partition;
	letter->offset = record->offset;
	pthread_mutex_lock(&letters->lock);
	free(letters->ring[letters->next]);
	letters->ring[letters->next] = letter;
	letters->next = (letters->next + 1) % letters->capacity;
	if (letters->count < letters->capacity)
		letters->count++;
	pthread_mutex_unlock(&letters->lock);
}

void deskletters_note(struct deskletters *letters, struct slice place, enum handled_as as)
{
	pthread_mutex_lock(&letters->lock);
	keytable_set(&letters->handled.places, hash_wide(place), as);
	pthread_mutex_unlock(&letters->lock);
}

static enum handled_as became(const struct deskletters *letters, const struct kept_letter *letter)
{
	return handled_find(&letters->handled, letter->topic, letter->partition, letter->offset);
}

void deskletters_write(struct deskletters *letters, struct json_writer *out, bool may_retry, size_t limit)
{
	pthread_mutex_lock(&letters->lock);
	json_open_object(out);
	json_add_bool(out, "mayRetry", may_retry);
	json_key(out, "letters");
	json_open_array(out);
	for (size_t i = 0; i < letters->count && i < limit; i++) {
		const struct kept_letter *letter = letter_at(letters, i);
		json_open_object(out);
		json_add_string(out, "stage", letter->stage);
		json_add_string(out, "code", letter->code);
		json_add_string(out, "message", letter->message);
		json_add_string(out, "source", letter->source);
		json_add_string(out, "time", letter->time);
		json_add_text(out, "handled", slice_of(handled_word(became(letters, letter))));
		json_add_string(out, "topic", slice_of(letter->topic));
		json_add_integer(out, "partition", letter->partition);
		json_add_integer(out, "offset", letter->offset);
		json_close_object(out);
	}
	json_close_array(out);
	json_close_object(out);
	pthread_mutex_unlock(&letters->lock);
}

bool deskletters_has(struct deskletters *letters, const char *topic, int32_t partition, int64_t offset)
{
	bool found = false;

	pthread_mutex_lock(&letters->lock);
	for (size_t i = 0; i < letters->count && !found; i++) {
		const struct kept_letter *letter = letter_at(letters, i);
		found = strcmp(letter->topic, topic) == 0 && letter->partition == partition && letter->offset == offset &&
			became(letters, letter) == HANDLED_NOT;
	}
	pthread_mutex_unlock(&letters->lock);
	return found;
}

size_t deskletters_count(struct deskletters *letters)
{
	pthread_mutex_lock(&letters->lock);
	size_t count = letters->count;
	pthread_mutex_unlock(&letters->lock);
	return count;
}
