#include "extract/textunit.h"

#include "base/buf.h"
#include "base/utf8.h"

#define LINK_BYTES_MAX 2000
#define LINK_STEPS_LEAST 100000
#define LINK_STEPS_PER_BYTE 32

/* Lines first, wrapped or not, then units. The hard thing is a page wrapped at a column: nothing says so, but in wrapped text the next
 * line's first word would not have fitted on the line before, nearly every time; in running lines that would be chance. */
struct raw_line {
	struct slice text; /* trimmed at the end */
	uint32_t number;   /* of all lines, from 1 */
	uint32_t blanks;   /* empty lines before it */
	size_t columns;    /* never 0 */
	size_t first_word; /* columns of it */
};

struct cutter {
	struct arena *arena;
	struct text_units *units;
	size_t capacity;
	uint32_t line;
	uint8_t blanks, bare_bullets;
	bool rule;
	size_t link_steps; /* what may still be spent on brackets of this unit that open no link */
};

static size_t word_end(struct slice s, size_t at)
{
	while (at < s.len && !byte_is_space(s.ptr[at]))
		at++;
	return at;
}

static struct slice trim_end(struct slice s)
{
	while (s.len && byte_is_space(s.ptr[s.len - 1]))
		s.len--;
	return s;
}

/* Whether `line` opens a unit of its own whatever came before: a list mark, a heading mark, a quote, a table row. */
static bool opens_unit(struct slice line)
{
	struct slice s = slice_trim(line);
	if (!s.len || memchr("#>|•·▪●‣–", s.ptr[0], 5))
		return true;
	if ((s.ptr[0] == '*' || s.ptr[0] == '-' || s.ptr[0] == '+') && (s.len == 1 || s.ptr[1] == ' '))
		return true;
	return slice_starts(s, SLICE("•")) || slice_starts(s, SLICE("▪")) || slice_starts(s, SLICE("●")) || slice_starts(s, SLICE("‣")) ||
	       slice_starts(s, SLICE("◦"));
}

/* The column at which the lines were wrapped, or 0. Asks for enough joints to be sure, and nearly no line that sticks out. */
static size_t find_wrap(const struct raw_line *lines, size_t count)
{
	size_t histogram[131] = {0}, over = 0, filled = 0;
	for (size_t i = 0; i < count; i++) {
		filled++;
		if (lines[i].columns <= 130)
			histogram[lines[i].columns]++;
		else
			over++;
	}
	if (filled < 8 || over * 20 > filled)
		return 0;
	size_t width = 130; /* the widest line that is not a rare exception (a long address can't be broken) */
	while (width > 40 && over + histogram[width] <= filled / 50)
		over += histogram[width--];
	if (width > 120 || width <= 40)
		return 0;
	size_t full = 0, loose = 0;
	for (size_t i = 0; i + 1 < count; i++) {
		if (lines[i + 1].blanks || opens_unit(lines[i + 1].text) || lines[i].columns < 20)
			continue;
		if (lines[i].columns + 1 + lines[i + 1].first_word > width)
			full++;
		else
			loose++;
	}
	return full >= 6 && full >= loose * 2 ? width : 0;
}

static bool is_rule(struct slice s)
{
	size_t marks = 0;
	char mark = 0;
	for (size_t i = 0; i < s.len; i++) {
		char c = s.ptr[i];
		if (c == ' ' || c == '|')
			continue;
		if (c != '*' && c != '-' && c != '_' && c != '=' && c != '~')
			return false;
		if (mark && c != mark)
			return false;
		mark = c, marks++;
	}
	return marks >= 3;
}

static size_t bullet_length(struct slice s, bool *numbered)
{
	static const struct slice marks[] = {SLICE_INIT("*"), SLICE_INIT("-"), SLICE_INIT("+"), SLICE_INIT("•"), SLICE_INIT("·"),
		SLICE_INIT("▪"), SLICE_INIT("●"), SLICE_INIT("‣"), SLICE_INIT("◦"), SLICE_INIT("○"), SLICE_INIT("■"), SLICE_INIT("⁃")};
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
		if (!slice_starts(s, marks[i]))
			continue;
		size_t n = marks[i].len;
		if (n == s.len || byte_is_space(s.ptr[n]))
			return n;
		if (n > 1 && i != 4)
			return n; /* "•text" */
	}
	size_t n = 0;
	while (n < s.len && n < 3 && byte_is_digit(s.ptr[n]))
		n++;
	if (n && n + 1 < s.len && s.ptr[n] == '.' && s.ptr[n + 1] == ' ') {
		*numbered = true;
		return n + 1;
	}
	return 0;
}

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
static bool link_at(struct cutter *cutter, struct slice s, size_t at, size_t *text_end, size_t *end)
{
	if (!cutter->link_steps)
		return false;
	if (find_link(s, at, text_end, end))
		return true;
	size_t steps = *end - at;
	cutter->link_steps -= steps < cutter->link_steps ? steps : cutter->link_steps;
	return false;
}

static bool is_escapable(char c) { return c && strchr("\\`*_{}[]()#+-.!>~|", c) != NULL; }

/* Whether the emphasis mark at `at` may open or close: it leans on a word at exactly one side. */
static bool is_emphasis(struct slice s, size_t at, size_t len)
{
	bool left = at > 0 && !byte_is_space(s.ptr[at - 1]), right = at + len < s.len && !byte_is_space(s.ptr[at + len]);
	if (s.ptr[at] == '_' && left && right) {
		char a = s.ptr[at - 1], b = s.ptr[at + len];
		bool word_a = byte_is_alpha(a) || byte_is_digit(a) || (a & 0x80), word_b = byte_is_alpha(b) || byte_is_digit(b) || (b & 0x80);
		return !(word_a && word_b);
	}
	return left || right;
}

static bool is_word_byte(char c) { return byte_is_alpha(c) || byte_is_digit(c) || (c & 0x80); }

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

/* Appends `s` without Markdown's inline marks. Links nest at most once (an image in a link), so two levels are enough. */
static void strip_inline(struct cutter *cutter, struct buf *out, struct slice s, int level, struct text_unit *unit)
{
	bool bars = has_opening(s, '_'), stars = has_opening(s, '*');
	for (size_t i = 0; i < s.len;) {
		arena_tick(cutter->arena);
		char c = s.ptr[i];
		size_t text_end, end;
		if (c == '\\' && i + 1 < s.len && is_escapable(s.ptr[i + 1])) {
			buf_append_byte(out, s.ptr[i + 1]);
			i += 2;
			continue;
		}
		bool image = c == '!' && i + 1 < s.len && s.ptr[i + 1] == '[';
		if ((image || c == '[') && level < 2 && link_at(cutter, s, i + image, &text_end, &end)) {
			size_t before = out->len;
			strip_inline(cutter, out, slice_sub(s, i + 1 + image, text_end), level + 1, unit);
			size_t columns = out->len > before ? utf8_length(slice_make(out->ptr + before, out->len - before)) : 0;
			if (image)
				unit->image = i == 0 && end == s.len;
			else if (level == 0)
				unit->link_columns += (uint32_t)columns;
			i = end;
			continue;
		}
		if (c == '*' || c == '_') {
			size_t run = 1;
			while (run < 3 && i + run < s.len && s.ptr[i + run] == c)
				run++;
			if (is_emphasis(s, i, run) && memchr(s.ptr + i + run, c, s.len - i - run)) {
				const char *close = memchr(s.ptr + i + run, c, s.len - i - run);
				struct slice inner = slice_sub(s, i + run, (size_t)(close - s.ptr));
				if (inner.len && !byte_is_space(inner.ptr[0]) && !byte_is_space(inner.ptr[inner.len - 1])) {
					size_t closing = 0;
					while (closing < run && close + closing < s.ptr + s.len && close[closing] == c)
						closing++;
					if (closing == run) {
						if (i == 0 && (size_t)(close - s.ptr) + run == s.len)
							unit->emphasis = true;
						strip_inline(cutter, out, inner, 2, unit);
						i = (size_t)(close - s.ptr) + run;
						continue;
					}
				}
			}
			if (is_stray(s, i, run, c == '_' ? bars : stars)) {
				i += run;
				continue;
			}
		}
		buf_append_byte(out, c);
		i++;
	}
}

static void add_unit(struct cutter *cutter, struct text_unit *unit, struct slice text)
{
	struct buf out;
	buf_init_arena(&out, cutter->arena, SIZE_MAX);
	cutter->link_steps = LINK_STEPS_LEAST + text.len * LINK_STEPS_PER_BYTE;
	strip_inline(cutter, &out, text, 0, unit);
	unit->text = utf8_squeeze(cutter->arena, buf_slice(&out));
	if (!unit->text.len) {
		cutter->bare_bullets = (uint8_t)(cutter->bare_bullets < 9 ? cutter->bare_bullets + 1 : 9);
		return;
	}
	unit->columns = (uint32_t)utf8_length(unit->text);
	unit->line = cutter->line;
	unit->blanks = cutter->blanks;
	unit->rule = cutter->rule;
	unit->bare_bullets = cutter->bare_bullets;
	struct text_units *units = cutter->units;
	units->items = arena_grow(cutter->arena, units->items, &cutter->capacity, units->count + 1, sizeof *units->items);
	units->items[units->count++] = *unit;
	cutter->blanks = cutter->bare_bullets = 0;
	cutter->rule = false;
}

/* Takes the marks at the head of a line. A bullet may hold a bullet ("*   * text", an empty item before the next) or a heading. */
static struct slice take_marks(struct cutter *cutter, struct slice line, struct text_unit *unit)
{
	size_t at = 0;
	for (size_t column = 0; at < line.len; at++) {
		if (line.ptr[at] == ' ')
			column++;
		else if (line.ptr[at] == '\t')
			column = (column + 8) & ~(size_t)7;
		else if ((unsigned char)line.ptr[at] == 0xC2 && at + 1 < line.len && (unsigned char)line.ptr[at + 1] == 0xA0)
			column++, at++;
		else
			break;
		unit->indent = (uint16_t)(column < 999 ? column : 999);
	}
	struct slice s = slice_trim(slice_sub(line, at, line.len));
	for (;;) {
		size_t n = bullet_length(s, &unit->numbered);
		if (n && !(unit->numbered && !unit->bullet && s.len > 200)) {
			if (unit->numbered) { /* the number is part of what a reader sees */
				unit->bullet = true;
				break;
			}
			if (unit->bullet && cutter->bare_bullets < 9)
				cutter->bare_bullets++;
			unit->bullet = true;
			s = slice_trim(slice_sub(s, n, s.len));
		} else if (s.len && s.ptr[0] == '>') {
			unit->quote = true;
			s = slice_trim(slice_sub(s, 1, s.len));
		} else {
			break;
		}
	}
	size_t marks = 0;
	while (marks < s.len && s.ptr[marks] == '#')
		marks++;
	if (marks && marks <= 6 && (marks == s.len || s.ptr[marks] == ' ')) {
		unit->heading = (uint8_t)marks;
		s = slice_trim(slice_sub(s, marks, s.len));
		while (s.len && s.ptr[s.len - 1] == '#')
			s = trim_end(slice_sub(s, 0, s.len - 1));
	}
	return s;
}

static bool is_table_row(struct slice s)
{
	size_t cells = 0;
	for (size_t i = 0; i < s.len; i++)
		cells += s.ptr[i] == '\t' || (s.ptr[i] == '|' && i > 0 && s.ptr[i - 1] == ' ');
	return cells >= 2;
}

static void take_line(struct cutter *cutter, struct slice line)
{
	struct slice trimmed = slice_trim(line);
	if (is_rule(trimmed)) {
		struct text_units *units = cutter->units;
		bool underline = (trimmed.ptr[0] == '=' || trimmed.ptr[0] == '-') && !cutter->blanks && units->count &&
		                 slice_find_byte(trimmed, ' ') == SLICE_NOT_FOUND && units->items[units->count - 1].columns <= 200;
		if (underline && !units->items[units->count - 1].bullet)
			units->items[units->count - 1].heading = trimmed.ptr[0] == '=' ? 1 : 2;
		else
			cutter->rule = true;
		return;
	}
	struct text_unit unit = {0};
	struct slice s = take_marks(cutter, line, &unit);
	unit.cells = is_table_row(s);
	add_unit(cutter, &unit, s);
}

/* The lines with text, at most TEXT_LINES_MAX, and how many more there are. */
static struct raw_line *read_lines(struct arena *arena, struct slice text, size_t *count, size_t *unread)
{
	struct raw_line *lines = NULL;
	size_t capacity = 0;
	uint32_t number = 0, blanks = 0;
	struct slice rest = text, line;
	*count = *unread = 0;
	while (slice_next_line(&rest, &line)) {
		arena_tick(arena);
		number++;
		line = trim_end(line);
		struct slice body = slice_trim(line);
		if (!body.len) {
			blanks++;
			continue;
		}
		if (*count == TEXT_LINES_MAX) {
			++*unread;
			continue;
		}
		lines = arena_grow(arena, lines, &capacity, *count + 1, sizeof *lines);
		lines[(*count)++] = (struct raw_line){line, number, blanks, utf8_length(line), utf8_length(slice_sub(body, 0, word_end(body, 0)))};
		blanks = 0;
	}
	return lines;
}

struct text_units text_units_cut(struct arena *arena, struct slice text)
{
	struct text_units units = {0};
	size_t count;
	struct raw_line *lines = read_lines(arena, text, &count, &units.unread);
	units.wrapped_at = find_wrap(lines, count);
	struct cutter cutter = {.arena = arena, .units = &units};
	for (size_t i = 0; i < count; i++) {
		arena_tick(arena);
		cutter.line = lines[i].number;
		cutter.blanks = (uint8_t)(cutter.blanks + lines[i].blanks < 9 ? cutter.blanks + lines[i].blanks : 9);
		struct slice joined = lines[i].text;
		if (units.wrapped_at) {
			struct buf out;
			buf_init_arena(&out, arena, SIZE_MAX);
			buf_append(&out, joined);
			while (i + 1 < count && !lines[i + 1].blanks && !opens_unit(lines[i + 1].text) && !is_rule(slice_trim(lines[i + 1].text)) &&
				lines[i].columns + 1 + lines[i + 1].first_word > units.wrapped_at) {
				buf_append_byte(&out, ' ');
				buf_append(&out, slice_trim(lines[++i].text));
			}
			joined = buf_slice(&out);
		}
		take_line(&cutter, joined);
	}
	return units;
}
