/* progress: see progress.h. */
#include "tools/progress.h"

#include "base/clock.h"

#include <inttypes.h>

enum { BAR_COLUMNS = 24, DRAW_TTY_US = 100000, DRAW_PLAIN_US = 5000000 };

void progress_init(struct progress *progress, const char *verb, const char *noun, int64_t total, bool quiet)
{
	*progress = (struct progress){.verb = verb, .noun = noun, .total = total, .quiet = quiet};
	terminal_init(&progress->terminal, stderr);
	progress->started_us = clock_monotonic_us();
	progress->drawn_us = progress->started_us;
}

static void bar_draw(const struct progress *progress, double share)
{
	static const char *const eighths[] = {" ", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
	int filled = (int)(share * BAR_COLUMNS * 8);
	fputs(terminal_on(&progress->terminal, STYLE_CYAN), stderr);
	for (int i = 0; i < BAR_COLUMNS; i++)
		fputs(filled >= (i + 1) * 8 ? "█" : filled <= i * 8 ? "·" : eighths[filled - i * 8], stderr);
	fputs(terminal_off(&progress->terminal, STYLE_CYAN), stderr);
}

void progress_update(struct progress *progress, int64_t done, int64_t count, int64_t bytes)
{
	int64_t now = clock_monotonic_us();
	char rate[32], size[32], left[32], number[32];
	if (progress->quiet || now - progress->drawn_us < (progress->terminal.is_tty ? DRAW_TTY_US : DRAW_PLAIN_US))
		return;
	double seconds = (double)(now - progress->started_us) / 1e6;
	double share = progress->total > 0 ? (double)done / (double)progress->total : -1;
	share = share > 1 ? 1 : share;
	progress->drawn_us = now;
	if (progress->terminal.is_tty) {
		fputs("\r\033[K", stderr);
		if (share >= 0)
			bar_draw(progress, share);
	} else {
		fputs(progress->verb, stderr);
	}
	if (share >= 0)
		fprintf(stderr, " %3.0f %%", share * 100);
	fprintf(stderr, "  %s %s  %s/s  %s/s", format_count(count, number), progress->noun,
		format_count((int64_t)((double)count / seconds), rate), format_bytes((double)bytes / seconds, size));
	if (share > 0)
		fprintf(stderr, "  %s left", format_seconds(seconds / share - seconds, left));
	if (!progress->terminal.is_tty)
		fputc('\n', stderr);
	fflush(stderr);
	progress->drawn = true;
}

void progress_clear(struct progress *progress)
{
	if (progress->drawn && progress->terminal.is_tty)
		fputs("\r\033[K", stderr);
	progress->drawn = false;
}

void progress_finish(struct progress *progress, int64_t count, int64_t bytes, const char *more)
{
	char rate[32], size[32], took[32], number[32];
	double seconds = (double)(clock_monotonic_us() - progress->started_us) / 1e6;
	progress_clear(progress);
	if (progress->quiet)
		return;
	fprintf(stderr, "%s %s %s, %s, in %s", progress->verb, format_count(count, number), progress->noun,
		format_bytes((double)bytes, size), format_seconds(seconds, took));
	if (seconds > 0.5)
		fprintf(stderr, " (%s/s)", format_count((int64_t)((double)count / seconds), rate));
	fprintf(stderr, "%s%s\n", more && *more ? "; " : "", more ? more : "");
}
