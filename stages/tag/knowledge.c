/* knowledge: see knowledge.h. */
#include "tag/knowledge.h"

#include "base/hash.h"
#include "base/utf8.h"
#include "tag/mentions.h"

#include <errno.h>
#include <stdio.h>
#include <setjmp.h>
#include <stdlib.h>

#define FILE_MAX ((size_t)1 << 30)

struct fact {
	uint64_t hash; /* of the folded name */
	struct slice name, id, type;
	size_t line;
};

struct knowledge {
	struct arena arena;
	struct fact *facts; /* by hash, then line */
	size_t count;
};

static int by_hash(const void *a, const void *b)
{
	const struct fact *x = a, *y = b;

	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	return x->line < y->line ? -1 : x->line > y->line;
}

static bool read_whole(struct arena *arena, const char *path, struct slice *text, struct error *error)
{
	FILE *file = fopen(path, "rb");
	size_t capacity = 0, length = 0, got = 1;
	char *bytes = NULL;

	if (!file)
		return error_set(error, "kb_missing", "kb %s: %s", path, strerror(errno));
	while (got > 0 && length < FILE_MAX) {
		bytes = arena_grow(arena, bytes, &capacity, length + 65536, 1);
		got = fread(bytes + length, 1, 65536, file);
		length += got;
	}
	bool good = !ferror(file);
	if (!good)
		error_set(error, "kb_missing", "kb %s: %s", path, strerror(errno));
	fclose(file);
	*text = slice_make(bytes, length);
	return good;
}

/* Or nothing, which stands for every type. */
static bool is_type(struct slice text)
{
	for (size_t i = 0; i < ENTITY_TYPES; i++) {
		if (slice_is(text, ENTITY_TYPE_NAMES[i]))
			return true;
	}
	return text.len == 0;
}

static bool read_facts(struct knowledge *knowledge, const char *path, struct slice text, struct error *error)
{
	size_t capacity = 0, number = 0;
	struct slice line;

	while (slice_next_line(&text, &line)) {
		struct fact fact = {.line = ++number};
		if (line.len == 0 || line.ptr[0] == '#')
			continue;
		if (!utf8_valid(line))
			return error_set(error, "kb_syntax", "kb %s:%zu: the line isn't UTF-8", path, number);
		if (!slice_split(&line, '\t', &fact.name) || !slice_split(&line, '\t', &fact.id) || fact.name.len == 0 || fact.id.len == 0)
			return error_set(error, "kb_syntax", "kb %s:%zu: a line is `name TAB id` and perhaps `TAB type`", path, number);
		slice_split(&line, '\t', &fact.type);
		if (!is_type(fact.type))
			return error_set(error, "kb_syntax", "kb %s:%zu: there is no entity type \"%.*s\"; `copydesk-tag --help` has them under kb", path, number, SLICE_ARG(fact.type));
		fact.name = utf8_fold(&knowledge->arena, utf8_squeeze(&knowledge->arena, fact.name));
		fact.hash = hash64(fact.name);
		if (knowledge->count == capacity)
			knowledge->facts = arena_grow(&knowledge->arena, knowledge->facts, &capacity, knowledge->count + 1, sizeof *knowledge->facts);
		knowledge->facts[knowledge->count++] = fact;
	}
	qsort(knowledge->facts, knowledge->count, sizeof *knowledge->facts, by_hash);
	return true;
}

struct knowledge *knowledge_open(const char *path, struct error *error)
{
	struct knowledge *knowledge = calloc(1, sizeof *knowledge);
	struct slice text;
	jmp_buf jump;

	if (!knowledge) {
		error_set(error, "no_memory", "no memory for kb %s", path);
		return NULL;
	}
	arena_init(&knowledge->arena, (size_t)8 << 30);
	if (ARENA_GUARD(&knowledge->arena, &jump) != ESCAPE_NONE)
		error_set(error, "no_memory", "no memory for kb %s", path);
	else if (read_whole(&knowledge->arena, path, &text, error) && read_facts(knowledge, path, text, error))
		goto out;
	knowledge_close(&knowledge);
out:
	if (knowledge)
		knowledge->arena.escape = NULL;
	return knowledge;
}

void knowledge_close(struct knowledge **knowledge)
{
	if (!*knowledge)
		return;
	arena_release(&(*knowledge)->arena);
	free(*knowledge);
	*knowledge = NULL;
}

struct slice knowledge_find(const struct knowledge *knowledge, struct arena *arena, struct slice name, const char *type)
{
	if (!knowledge)
		return SLICE_NONE;
	struct slice folded = utf8_fold(arena, utf8_squeeze(arena, name));
	uint64_t hash = hash64(folded);
	size_t low = 0, high = knowledge->count;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (knowledge->facts[middle].hash < hash)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < knowledge->count && knowledge->facts[low].hash == hash; low++)
		if (slice_equal(knowledge->facts[low].name, folded) &&
			(knowledge->facts[low].type.len == 0 || slice_is(knowledge->facts[low].type, type)))
			return knowledge->facts[low].id;
	return SLICE_NONE;
}
