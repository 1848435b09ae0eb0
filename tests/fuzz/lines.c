/* Lines of any bytes under any ceiling: cut as a plain loop over the whole input cuts them. The first byte chooses the ceiling. */
#include "run/lines.h"

#include "fuzz.h"

#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

/* The line that begins at *at, as lines.h promises it; false at the end. */
static bool plain_line(struct slice input, size_t *at, size_t ceiling, uint64_t *number, struct slice *line, bool *is_long)
{
	while (*at < input.len) {
		struct slice rest = slice_sub(input, *at, input.len);
		size_t len = slice_find_byte(rest, '\n');
		if (len == SLICE_NOT_FOUND)
			len = rest.len;
		*at += len + (len < rest.len);
		*line = slice_sub(rest, 0, len);
		*is_long = len > ceiling;
		++*number;
		if (*is_long)
			return true;
		if (line->len && line->ptr[line->len - 1] == '\r')
			line->len--;
		if (*number == 1 && slice_starts(*line, SLICE("\xEF\xBB\xBF")))
			*line = slice_sub(*line, 3, line->len);
		if (slice_trim(*line).len)
			return true;
	}
	return false;
}

static void compare_long(struct lines *lines, struct line *line, enum line_kind kind, struct slice expected)
{
	struct error error;
	size_t at = 0;

	for (;;) {
		fuzz_require(slice_equal(line->text, slice_sub(expected, at, at + line->text.len)));
		at += line->text.len;
		if (kind == LINE_PART_END)
			break;
		kind = lines_next(lines, line, &error);
		fuzz_require(kind == LINE_PART || kind == LINE_PART_END);
	}
	fuzz_require(at == expected.len);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice input = slice_make((const char *)data + (size > 0), size - (size > 0)), expected;
	size_t ceiling = size ? 1u + data[0] : 1, at = 0;
	struct line line;
	struct error error;
	enum line_kind kind;
	uint64_t number = 0;
	char path[64];
	bool is_long;
	int fd = memfd_create("fuzz", MFD_CLOEXEC);

	fuzz_require(fd >= 0 && write(fd, input.ptr, input.len) == (ssize_t)input.len);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	struct lines *lines = lines_open(path, ceiling, &error);
	fuzz_require(lines != NULL);
	while ((kind = lines_next(lines, &line, &error)) != LINE_END) {
		fuzz_require(plain_line(input, &at, ceiling, &number, &expected, &is_long));
		fuzz_require(line.number == number && is_long == (kind != LINE_WHOLE));
		if (is_long) {
			compare_long(lines, &line, kind, expected);
		} else {
			fuzz_require(slice_equal(line.text, expected));
			lines_release(lines, line.block);
		}
	}
	fuzz_require(!plain_line(input, &at, ceiling, &number, &expected, &is_long));
	lines_close(&lines);
	close(fd);
	return 0;
}
