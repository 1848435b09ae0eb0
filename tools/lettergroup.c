/* lettergroup: see lettergroup.h. */
#include "tools/lettergroup.h"

#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>

enum { TEMPLATE_MAX = 256 };

static const struct slice ELLIPSIS = SLICE_INIT("…");

struct template {
	char *out;
	size_t len, size;
};

static void put(struct template *template, struct slice text)
{
	if (template->len + text.len < template->size) {
		memcpy(template->out + template->len, text.ptr, text.len);
		template->len += text.len;
	}
}

/* A hash or an id: eight hex digits or more, one of them a decimal one. */
static bool is_hex(struct slice word)
{
	bool decimal = false;

	for (size_t i = 0; i < word.len; i++) {
		if (byte_hex(word.ptr[i]) < 0)
			return false;
		decimal |= byte_is_digit(word.ptr[i]);
	}
	return word.len >= 8 && decimal;
}

static void put_word(struct template *template, struct slice word)
{
	size_t end = word.len;

	while (end && strchr(".,:;)", word.ptr[end - 1]))
		end--;
	struct slice bare = slice_sub(word, 0, end), tail = slice_sub(word, end, word.len);
	if (slice_find_byte(bare, '/') != SLICE_NOT_FOUND) {
		put(template, ELLIPSIS);
	} else if (is_hex(bare)) {
		put(template, SLICE("#"));
	} else {
		for (size_t i = 0; i < bare.len; i++) {
			if (!byte_is_digit(bare.ptr[i]))
				put(template, slice_sub(bare, i, i + 1));
			else if (i == 0 || !byte_is_digit(bare.ptr[i - 1]))
				put(template, SLICE("#"));
		}
	}
	put(template, tail);
}

size_t letter_template(struct slice message, char *out, size_t size)
{
	struct template template = {out, 0, size};

	for (size_t at = 0; at < message.len;) {
		size_t end = at;
		char c = message.ptr[at];
		size_t close = c == '"' ? slice_find_byte(slice_sub(message, at + 1, message.len), '"') : SLICE_NOT_FOUND;
		if (close != SLICE_NOT_FOUND) {
			put(&template, ELLIPSIS);
			at += close + 2;
			continue;
		}
		while (end < message.len && !byte_is_space(message.ptr[end]) && (message.ptr[end] != '"' || end == at))
			end++;
		if (end > at)
			put_word(&template, slice_sub(message, at, end));
		else
			put(&template, slice_sub(message, at, ++end));
		at = end;
	}
	return template.len;
}

static uint64_t fingerprint(struct slice stage, struct slice code, struct slice message)
{
	char template[TEMPLATE_MAX];
	size_t len = letter_template(message, template, sizeof template);

	return hash64_seeded(slice_make(template, len), hash64_seeded(code, hash64(stage)));
}

void letter_fingerprint(struct slice stage, struct slice code, struct slice message, char out[FINGERPRINT_SIZE])
{
	snprintf(out, FINGERPRINT_SIZE, "%08x", (unsigned)(fingerprint(stage, code, message) >> 32));
}

static struct letter_group *group_new(struct letter_groups *groups, const struct letter_facts *facts)
{
	if (groups->count == groups->capacity) {
		groups->capacity = groups->capacity ? groups->capacity * 2 : 64;
		groups->items = reallocarray(groups->items, groups->capacity, sizeof *groups->items);
		if (!groups->items) {
			fprintf(stderr, "copydesk: no memory for %zu kinds of dead letters\n", groups->count);
			exit(EX_OSERR);
		}
	}
	struct letter_group *group = &groups->items[groups->count++];
	*group = (struct letter_group){.first = INT64_MAX, .last = INT64_MIN};
	snprintf(group->stage, sizeof group->stage, "%.*s", SLICE_ARG(facts->stage));
	snprintf(group->code, sizeof group->code, "%.*s", SLICE_ARG(facts->code));
	snprintf(group->fingerprint, sizeof group->fingerprint, "%s", facts->fingerprint);
	return group;
}

void letter_groups_add(struct letter_groups *groups, const struct letter_facts *facts, const char *place, bool handled)
{
	/* the shown fingerprint has 32 bits: letters that a user can't tell apart by it are one group */
	struct hash128 key = {hash64(slice_of(facts->fingerprint)), hash64_seeded(facts->code, hash64(facts->stage))};
	uint64_t index = keytable_get(&groups->index, key);
	struct letter_group *group = index ? &groups->items[index - 1] : group_new(groups, facts);

	if (!index)
		keytable_set(&groups->index, key, groups->count);
	group->count++;
	group->handled += handled;
	if (facts->died < group->first)
		group->first = facts->died;
	if (facts->died >= group->last) {
		group->last = facts->died;
		snprintf(group->sample, sizeof group->sample, "%.*s", SLICE_ARG(facts->message));
		snprintf(group->place, sizeof group->place, "%s", place);
	}
}

static int compare(const void *a, const void *b)
{
	const struct letter_group *one = a, *other = b;

	if (one->count != other->count)
		return one->count < other->count ? 1 : -1;
	int order = strcmp(one->stage, other->stage);
	return order ? order : strcmp(one->fingerprint, other->fingerprint);
}

void letter_groups_sort(struct letter_groups *groups)
{
	if (groups->count)
		qsort(groups->items, groups->count, sizeof *groups->items, compare);
	keytable_release(&groups->index); /* its numbers are no longer true */
}

void letter_groups_release(struct letter_groups *groups)
{
	free(groups->items);
	keytable_release(&groups->index);
	*groups = (struct letter_groups)LETTER_GROUPS_INIT;
}
