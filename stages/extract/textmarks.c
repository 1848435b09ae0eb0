/* textmarks: see textmarks.h. The hard thing is marks that pair with none, and brackets that open no link. */
#include "extract/textmarks.h"

#include "base/buf.h"
#include "base/utf8.h"

#define LEVELS 2
#define LINK_BYTES_MAX 2000
#define LINK_STEPS_LEAST 100000
#define LINK_STEPS_PER_BYTE 32

struct stripper {
	struct arena *arena;
	struct buf out;
	struct text_marks marks;
	size_t link_steps; /* what may still be spent on brackets of this text that open no link */
};

/* "[text](target)" at s.ptr[at] == '[': offsets of the text's end and of the end of all; false if it is not one. *end is then how far was read. */
static bool find_link(struct slice s, size_t at, size_t *text_end, size_t *end)
{
	size_t depth = 0, i = at, limit = at + LINK_BYTES_MAX < s.len ? at + LINK_BYTES_MAX : s.len;
	for (; i < limit; i++) {
		if (s.ptr[i] == '\\')
			i++;
		else if (s.ptr[i] == '[')
			depth++;
		else if (s.ptr[i] == ']' && --depth == 0)
			break;
	}
	*end = i;
	if (i + 1 >= limit || s.ptr[i + 1] != '(')
		return false;
	*text_end = i;
	size_t open = 0, first = i + 1;
	for (i = first; i < limit; i++) {
		if (s.ptr[i] == '(')
			open++;
		else if (s.ptr[i] == ')' && --open == 0)
			break;
	}
	*end = i;
	if (i >= limit)
		return false;
	struct slice target = slice_trim(slice_sub(s, first + 1, i));
	if (target.len && target.ptr[0] == '<')
		target = slice_sub(target, 1, target.len);
	bool looks = !target.len || memchr("/#.?", target.ptr[0], 4) || slice_find_byte(slice_sub(target, 0, 40), ':') != SLICE_NOT_FOUND ||
	             slice_find_byte(target, '/') != SLICE_NOT_FOUND ||
	             (slice_find_byte(target, '.') != SLICE_NOT_FOUND && slice_find_byte(target, ' ') == SLICE_NOT_FOUND);
	*end = i + 1;
	return looks;
}

/* Likewise, with an end to patience: brackets that open no link are read to the limit each, and a hostile line has nothing else. */
static bool link_at(struct stripper *stripper, struct slice s, size_t at, size_t *text_end, size_t *end)
{
	if (!stripper->link_steps)
		return false;
	if (find_link(s, at, text_end, end))
		return true;
	size_t steps = *end - at;
	stripper->link_steps -= steps < stripper->link_steps ? steps : stripper->link_steps;
	return false;
}

static bool is_escapable(char c) { return c && strchr("\\`*_{}[]()#+-.!>~|", c) != NULL; }

static bool is_word_byte(char c) { return byte_is_alpha(c) || byte_is_digit(c) || (c & 0x80); }

/* Whether the emphasis mark at `at` may open or close: it leans on a word at exactly one side. */
static bool is_emphasis(struct slice s, size_t at, size_t len)
{
	bool left = at > 0 && !byte_is_space(s.ptr[at - 1]), right = at + len < s.len && !byte_is_space(s.ptr[at + len]);
	if (s.ptr[at] == '_' && left && right)
		return !(is_word_byte(s.ptr[at - 1]) && is_word_byte(s.ptr[at + len]));
	return left || right;
}

/* Is the mark part of an address or a name ("@a_b_", "https://port.example/_a_")? */
static bool is_in_address(struct slice s, size_t at)
{
	for (size_t back = 0; back < 64 && at > 0 && !byte_is_space(s.ptr[at - 1]); back++, at--)
		if (s.ptr[at - 1] == '@' || (s.ptr[at - 1] == ':' && at < s.len && s.ptr[at] == '/'))
			return true;
	return false;
}

/* A mark that leans on text but pairs with none, as renderers write where emphasis starts or ends with a space ("_with: _", "read.__"). A single
 * one may be meant, and so may asterisks behind words ("CCI**"): their like must open somewhere in the line. */
static bool is_stray(struct slice s, size_t at, size_t run, bool opens)
{
	bool left = at > 0 && !byte_is_space(s.ptr[at - 1]), right = at + run < s.len && !byte_is_space(s.ptr[at + run]);
	if (s.ptr[at] == '*')
		return run == 2 && opens && (left || right || at == 0);
	if (left && right && is_word_byte(s.ptr[at - 1]) && is_word_byte(s.ptr[at + run]))
		return false;
	return left || right ? (run > 1 || opens) && !is_in_address(s, at) : opens;
}

/* Does a run of `mark` (of two for an asterisk) stand before a word, behind a space, a sign or nothing? */
static bool has_opening(struct slice s, char mark)
{
	size_t wanted = mark == '*' ? 2 : 1;
	for (size_t i = 0; i < s.len; i++) {
		size_t run = 0;
		while (i + run < s.len && s.ptr[i + run] == mark)
			run++;
		bool before = i == 0 || !is_word_byte(s.ptr[i - 1]);
		if (run >= wanted && before && i + run < s.len && (i == 0 || !byte_is_space(s.ptr[i + run])) && memchr(s.ptr + i + run, mark, s.len - i - run))
			return true;
		i += run;
	}
	return false;
}

/* Where what the run of marks at `at` emphasises ends, SLICE_NOT_FOUND if it pairs with none. */
static size_t emphasis_end(struct slice s, size_t at, size_t run)
{
	const char *close = is_emphasis(s, at, run) ? memchr(s.ptr + at + run, s.ptr[at], s.len - at - run) : NULL;
	if (!close)
		return SLICE_NOT_FOUND;
	size_t end = (size_t)(close - s.ptr), closing = 0;
	if (end == at + run || byte_is_space(s.ptr[at + run]) || byte_is_space(s.ptr[end - 1]))
		return SLICE_NOT_FOUND;
	while (closing < run && end + closing < s.len && s.ptr[end + closing] == s.ptr[at])
		closing++;
	return closing == run ? end : SLICE_NOT_FOUND;
}

static void strip(struct stripper *stripper, struct slice s, int level);

/* Takes the text of a link or an image; whole: nothing else stands in the line. */
static void take_link(struct stripper *stripper, struct slice text, int level, bool image, bool whole)
{
	struct buf *out = &stripper->out;
	size_t before = out->len;
	strip(stripper, text, level + 1);
	if (image)
		stripper->marks.image = whole;
	else if (level == 0 && out->len > before)
		stripper->marks.link_columns += (uint32_t)utf8_length(slice_make(out->ptr + before, out->len - before));
}

/* Takes the run of asterisks or bars at `at` and what it emphasises; returns what is behind, or `at` if the marks are text. */
static size_t take_emphasis(struct stripper *stripper, struct slice s, size_t at, bool opens)
{
	size_t run = 1;
	while (run < 3 && at + run < s.len && s.ptr[at + run] == s.ptr[at])
		run++;
	size_t end = emphasis_end(s, at, run);
	if (end == SLICE_NOT_FOUND)
		return is_stray(s, at, run, opens) ? at + run : at;
	if (at == 0 && end + run == s.len)
		stripper->marks.emphasis = true;
	strip(stripper, slice_sub(s, at + run, end), LEVELS);
	return end + run;
}

/* Appends `s` without its marks. Links nest at most once (an image in a link), so two levels are enough. */
static void strip(struct stripper *stripper, struct slice s, int level)
{
	bool bars = has_opening(s, '_'), stars = has_opening(s, '*');
	for (size_t i = 0; i < s.len;) {
		arena_tick(stripper->arena);
		char c = s.ptr[i];
		size_t text_end, end;
		if (c == '\\' && i + 1 < s.len && is_escapable(s.ptr[i + 1])) {
			buf_append_byte(&stripper->out, s.ptr[i + 1]);
			i += 2;
			continue;
		}
		bool image = c == '!' && i + 1 < s.len && s.ptr[i + 1] == '[';
		if ((image || c == '[') && level < LEVELS && link_at(stripper, s, i + image, &text_end, &end)) {
			take_link(stripper, slice_sub(s, i + 1 + image, text_end), level, image, i == 0 && end == s.len);
			i = end;
			continue;
		}
		if (c == '*' || c == '_') {
			size_t behind = take_emphasis(stripper, s, i, c == '_' ? bars : stars);
			if (behind > i) {
				i = behind;
				continue;
			}
		}
		buf_append_byte(&stripper->out, c);
		i++;
	}
}

struct slice text_strip_marks(struct arena *arena, struct slice text, struct text_marks *marks)
{
	struct stripper stripper = {.arena = arena, .link_steps = LINK_STEPS_LEAST + text.len * LINK_STEPS_PER_BYTE};
	buf_init_arena(&stripper.out, arena, SIZE_MAX);
	strip(&stripper, text, 0);
	*marks = stripper.marks;
	return utf8_squeeze(arena, buf_slice(&stripper.out));
}
