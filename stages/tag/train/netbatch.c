/* netbatch: see netbatch.h. */
#include "tag/train/netbatch.h"

#include "tag/train/need.h"

#include <stdlib.h>
#include <string.h>

void net_batch_clear(struct net_batch *batch) { batch->count = batch->sentence_count = batch->group_count = 0; }

void net_batch_release(struct net_batch *batch)
{
	free(batch->starts);
	free(batch->rows);
	free(batch->groups);
	free(batch->allowed);
	free(batch->sentences);
	free(batch->weights);
	free(batch->kinds);
	memset(batch, 0, sizeof *batch);
}

/* Room for one more word, and for a sentence that begins with it. */
static void fit(struct net_batch *batch)
{
	if (batch->count < batch->room && batch->sentence_count < batch->room)
		return;
	size_t room = batch->room = batch->room * 2 + 1024;
	batch->starts = need(realloc(batch->starts, (room + 1) * sizeof *batch->starts));
	batch->groups = need(realloc(batch->groups, room * sizeof *batch->groups));
	batch->allowed = need(realloc(batch->allowed, room * sizeof *batch->allowed));
	batch->sentences = need(realloc(batch->sentences, room * sizeof *batch->sentences));
	batch->weights = need(realloc(batch->weights, room * sizeof *batch->weights));
	batch->kinds = need(realloc(batch->kinds, room * sizeof *batch->kinds));
}

void net_batch_begin_sentence(struct net_batch *batch, float weight, int kind)
{
	fit(batch);
	batch->sentences[batch->sentence_count] = (struct layers_run){(uint32_t)batch->count, (uint32_t)batch->count};
	batch->weights[batch->sentence_count] = weight;
	batch->kinds[batch->sentence_count++] = kind;
}

void net_batch_add_word(struct net_batch *batch, const uint32_t *rows, size_t count, uint32_t group, uint32_t allowed)
{
	fit(batch);
	size_t at = batch->count == 0 ? 0 : batch->starts[batch->count];
	if (at + count > batch->rows_room) {
		batch->rows_room = (at + count) * 2 + 4096;
		batch->rows = need(realloc(batch->rows, batch->rows_room * sizeof *batch->rows));
	}
	memcpy(batch->rows + at, rows, count * sizeof *rows);
	batch->groups[batch->count] = group;
	batch->allowed[batch->count] = allowed;
	batch->starts[batch->count] = (uint32_t)at;
	batch->starts[++batch->count] = (uint32_t)(at + count);
	batch->sentences[batch->sentence_count - 1].last = (uint32_t)batch->count;
}

/* A form's occurrences are a group if they are written with a capital that tells something. */
static bool is_grouped(const struct word *word)
{
	return (word->token->flags & (TOKEN_CAPITAL | TOKEN_SHOUTED)) == TOKEN_CAPITAL;
}

void net_batch_add(struct net_batch *batch, const struct net_article *article)
{
	const struct document *document = article->document;
	uint32_t rows[VIEWS_MAX], base = (uint32_t)batch->group_count;

	for (size_t s = 0; s < document->sentence_count; s++) {
		struct sentence sentence = document->sentences[s];
		net_batch_begin_sentence(batch, article->weight, article->kind);
		for (size_t i = sentence.first; i < sentence.last; i++) {
			const struct word *word = &document->words[i];
			net_batch_add_word(batch, rows, views_read(document, i, rows), is_grouped(word) ? base + word->entry : LAYERS_ALONE,
				article->allowed ? article->allowed[i] : 1);
		}
	}
	batch->group_count += document->form_count;
}
