/* textunit: see textunit.h. Lines first, wrapped or not, then units. The hard thing is a page wrapped at a column: nothing says so, but in wrapped
 * text the next line's first word would not have fitted on the line before, nearly every time; in running lines that would be chance. */
#include "extract/textunit.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "extract/textmarks.h"

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

/* Whether `line` opens a unit of its own whatever came before: a list mark, a heading mark, a quote, a table row. Dashes other than "-" are left
 * out: in wrapped text a line that begins with one goes on with a sentence more often than it is an item. */
static bool opens_unit(struct slice line)
{
	static const struct slice marks[] = {SLICE_INIT("#"), SLICE_INIT(">"), SLICE_INIT("|"), SLICE_INIT("•"), SLICE_INIT("·"), SLICE_INIT("▪"),
		SLICE_INIT("●"), SLICE_INIT("‣"), SLICE_INIT("◦")};
	struct slice s = slice_trim(line);

	if (!s.len)
		return true;
	if (s.ptr[0] == '*' || s.ptr[0] == '-' || s.ptr[0] == '+')
		return s.len == 1 || s.ptr[1] == ' ';
	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
		if (slice_starts(s, marks[i]))
			return true;
	}
	return false;
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

static void add_unit(struct cutter *cutter, struct text_unit *unit, struct slice text)
{
	struct text_marks marks;
	unit->text = text_strip_marks(cutter->arena, text, &marks);
	if (!unit->text.len) {
		cutter->bare_bullets = (uint8_t)(cutter->bare_bullets < 9 ? cutter->bare_bullets + 1 : 9);
		return;
	}
	unit->columns = (uint32_t)utf8_length(unit->text);
	unit->link_columns = marks.link_columns;
	unit->image = marks.image;
	unit->emphasis = marks.emphasis;
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
