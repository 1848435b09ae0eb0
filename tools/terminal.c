/* terminal: see terminal.h. */
#include "tools/terminal.h"

#include "base/utf8.h"

#include <math.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <wchar.h>

void terminal_init(struct terminal *terminal, FILE *file)
{
	const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");
	terminal->file = file;
	terminal->is_tty = isatty(fileno(file)) == 1;
	terminal->colours = terminal->is_tty && !(no_color && *no_color) && !(term && strcmp(term, "dumb") == 0);
	terminal_measure(terminal);
}

void terminal_measure(struct terminal *terminal)
{
	struct winsize size;
	const char *columns = getenv("COLUMNS");
	terminal->width = 100;
	if (terminal->is_tty && ioctl(fileno(terminal->file), TIOCGWINSZ, &size) == 0 && size.ws_col)
		terminal->width = size.ws_col;
	else if (columns && atoi(columns) > 0)
		terminal->width = atoi(columns);
	if (terminal->width < 40)
		terminal->width = 40;
}

const char *terminal_on(const struct terminal *terminal, enum style style)
{
	static const char *const on[] = {"", "\033[1m", "\033[2m", "\033[31m", "\033[32m", "\033[33m", "\033[34m", "\033[35m", "\033[36m", "\033[4m"};
	return terminal->colours ? on[style] : "";
}

const char *terminal_off(const struct terminal *terminal, enum style style)
{
	return terminal->colours && style != STYLE_PLAIN ? "\033[0m" : "";
}

int codepoint_width(uint32_t codepoint)
{
	int width = wcwidth((wchar_t)codepoint);
	return width < 0 ? 1 : width;
}

bool codepoint_is_control(uint32_t c)
{
	return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) ||
		c == 0x200E || c == 0x200F || c == 0x061C || c == 0x2028 || c == 0x2029 || c == 0xFEFF ||
		(c >= 0xE0000 && c <= 0xE007F);
}

void terminal_put(const struct terminal *terminal, enum style style, struct slice text, int columns)
{
	int used = 0;
	fputs(terminal_on(terminal, style), terminal->file);
	for (size_t at = 0; at < text.len;) {
		size_t start = at;
		uint32_t c = utf8_next(text, &at);
		if (c == UTF8_INVALID)
			c = 0xFFFD;
		else if (codepoint_is_control(c))
			c = c == '\n' || c == '\t' || c == '\r' ? ' ' : 0xFFFD;
		int width = codepoint_width(c);
		if (columns && used + width > columns - (at < text.len)) {
			fputs("…", terminal->file);
			break;
		}
		used += width;
		if (c == 0xFFFD || c == ' ')
			fputs(c == ' ' ? " " : "\xEF\xBF\xBD", terminal->file);
		else
			fwrite(text.ptr + start, 1, at - start, terminal->file);
	}
	fputs(terminal_off(terminal, style), terminal->file);
}

const char *format_count(int64_t n, char out[32])
{
	char digits[24];
	int len = snprintf(digits, sizeof digits, "%lld", (long long)(n < 0 ? -n : n)), at = 0;
	if (n < 0)
		out[at++] = '-';
	for (int i = 0; i < len; i++) {
		if (i && (len - i) % 3 == 0)
			out[at++] = ',';
		out[at++] = digits[i];
	}
	out[at] = '\0';
	return out;
}

const char *format_bytes(double n, char out[32])
{
	static const char *const units[] = {"B", "kB", "MB", "GB", "TB"};
	size_t unit = 0;
	while (n >= 999.5 && unit < 4) {
		n /= 1000;
		unit++;
	}
	snprintf(out, 32, unit && n < 99.95 ? "%.1f %s" : "%.0f %s", n, units[unit]);
	return out;
}

const char *format_seconds(double seconds, char out[32])
{
	if (!(seconds >= 0) || seconds > 359999)
		return strcpy(out, "–");
	long all = lround(seconds), hours = all / 3600;
	if (hours)
		snprintf(out, 32, "%ld:%02ld:%02ld", hours, all / 60 % 60, all % 60);
	else
		snprintf(out, 32, "%ld:%02ld", all / 60, all % 60);
	return out;
}
