/* marks: see marks.h. */
#include "tools/marks.h"

#include "base/utf8.h"

#include <stdlib.h>

static int mark_order(const void *a, const void *b)
{
	const struct mark *x = a, *y = b;
	if (x->start != y->start)
		return x->start < y->start ? -1 : 1;
	return (x->end < y->end) - (x->end > y->end);
}

/* Where printing stands. A word is measured before it is printed, so that lines break before it. */
struct printer {
	const struct terminal *terminal;
	struct slice text;
	const struct mark *marks;
	size_t count, next; /* the mark that comes or is open */
	bool open;
	size_t at;          /* byte */
	int64_t codepoint;
	int column, indent, width, line, lines;
	bool cut;
};

static bool line_break(struct printer *printer, bool blank)
{
	if (printer->lines && printer->line == printer->lines) {
		printer->cut = true;
		return false;
	}
	if (printer->line++) {
		if (printer->open)
			fputs(terminal_off(printer->terminal, printer->marks[printer->next].style), printer->terminal->file);
		fputc('\n', printer->terminal->file);
	}
	if (!blank)
		fprintf(printer->terminal->file, "%*s", printer->indent, "");
	if (printer->open)
		fputs(terminal_on(printer->terminal, printer->marks[printer->next].style), printer->terminal->file);
	printer->column = 0;
	return true;
}

static void marks_close(struct printer *printer)
{
	while (printer->next < printer->count && printer->marks[printer->next].end <= printer->codepoint) {
		const struct mark *mark = &printer->marks[printer->next++];
		if (!printer->open)
			continue;
		printer->open = false;
		fputs(terminal_off(printer->terminal, mark->style), printer->terminal->file);
		if (!printer->terminal->colours)
			printer->column +=
				fprintf(printer->terminal->file, "%s%s]", mark->label ? "|" : "", mark->label ? mark->label : "");
	}
}

static void marks_open(struct printer *printer)
{
	while (!printer->open && printer->next < printer->count && printer->marks[printer->next].start < printer->codepoint)
		printer->next++; /* began inside an earlier one */
	if (printer->open || printer->next == printer->count || printer->marks[printer->next].start != printer->codepoint)
		return;
	printer->open = true;
	fputs(terminal_on(printer->terminal, printer->marks[printer->next].style), printer->terminal->file);
	if (!printer->terminal->colours) {
		fputc('[', printer->terminal->file);
		printer->column++;
	}
}

/* Columns up to the next place where a line may break. */
static int word_width(const struct printer *printer)
{
	int width = 0;
	for (size_t at = printer->at; at < printer->text.len && width < printer->width;) {
		uint32_t c = utf8_next(printer->text, &at);
		if (utf8_is_space(c) || (width && utf8_is_unspaced(c)))
			break;
		width += codepoint_width(c);
		if (utf8_is_unspaced(c))
			break;
	}
	return width;
}

static void put_codepoint(struct printer *printer)
{
	size_t start = printer->at;
	uint32_t c = utf8_next(printer->text, &printer->at);
	if (c == UTF8_INVALID || codepoint_is_control(c))
		fputs("\xEF\xBF\xBD", printer->terminal->file);
	else
		fwrite(printer->text.ptr + start, 1, printer->at - start, printer->terminal->file);
	printer->column += c == UTF8_INVALID ? 1 : codepoint_width(c);
	printer->codepoint++;
}

/* White space between words: how many line ends it holds decides. Marks may end or begin inside it. */
static bool space_skip(struct printer *printer)
{
	int newlines = 0;
	bool any = false;
	while (printer->at < printer->text.len) {
		size_t at = printer->at;
		uint32_t c = utf8_next(printer->text, &at);
		if (c == UTF8_INVALID || !utf8_is_space(c))
			break;
		newlines += c == '\n';
		any = true;
		marks_close(printer);
		marks_open(printer);
		printer->at = at;
		printer->codepoint++;
	}
	marks_close(printer);
	if (printer->at == printer->text.len)
		return true;
	if (newlines > 1 && printer->lines && printer->line + 1 >= printer->lines)
		printer->cut = true; /* no room for the gap and a line behind it */
	if (printer->cut || (newlines > 1 && !line_break(printer, true)))
		return false;
	if (newlines || printer->column + 1 + word_width(printer) > printer->width)
		return line_break(printer, false);
	if (any && printer->column) {
		fputc(' ', printer->terminal->file);
		printer->column++;
	}
	return true;
}

bool marks_print(const struct terminal *terminal, struct slice text, struct mark *marks, size_t count, int indent, int lines)
{
	struct printer printer = {.terminal = terminal, .text = text, .marks = marks, .count = count, .indent = indent,
		.width = (terminal->width > 110 ? 110 : terminal->width) - indent, .lines = lines};
	if (count)
		qsort(marks, count, sizeof *marks, mark_order);
	if (text.len == 0)
		return true;
	line_break(&printer, false);
	while (printer.at < text.len) {
		size_t at = printer.at;
		uint32_t c = utf8_next(text, &at);
		if (utf8_is_space(c)) {
			if (!space_skip(&printer))
				break;
			continue;
		}
		marks_close(&printer);
		if (printer.column && utf8_is_unspaced(c) && printer.column + codepoint_width(c) > printer.width &&
			!line_break(&printer, false))
			break;
		marks_open(&printer);
		put_codepoint(&printer);
	}
	if (printer.cut && printer.open)
		fputs(terminal_off(terminal, marks[printer.next].style), terminal->file);
	if (!printer.cut)
		marks_close(&printer);
	fputs(printer.cut ? " …\n" : "\n", terminal->file);
	return !printer.cut;
}
