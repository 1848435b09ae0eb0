/* lines: reads blocks and cuts them into lines. The hard part is the line that crosses blocks: its beginning is copied to the
 * next block, which is made large enough, so that a line is always one piece. */
#include "run/lines.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define BLOCK_BYTES (256u << 10)

struct block {
	size_t references, size, fill;
	struct block *next; /* in the list of free blocks */
	char bytes[];
};

struct lines {
	int fd;
	char *name;
	bool regular, ended, in_long, close_fd;
	size_t ceiling;
	uint64_t number;
	struct block *block; /* being read; holds a reference */
	size_t at, scanned;  /* begin of the line, and how far it is known to have no end */
	struct block *spare; /* free blocks of the usual size */
};

struct lines *lines_open(const char *path, size_t ceiling, struct error *error)
{
	bool standard = strcmp(path, "-") == 0;
	int fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
	struct stat status;

	if (fd < 0 || fstat(fd, &status) != 0) {
		error_set(error, "no_input", "can't read %s: %s", path, strerror(errno));
		return NULL;
	}
	if (S_ISDIR(status.st_mode)) {
		error_set(error, "no_input", "can't read %s: it is a folder", path);
		if (!standard)
			close(fd);
		return NULL;
	}
	struct lines *lines = calloc(1, sizeof(*lines));
	char *name = strdup(standard ? "standard input" : path);
	if (!lines || !name)
		abort();
	*lines = (struct lines){.fd = fd, .name = name, .regular = S_ISREG(status.st_mode), .ceiling = ceiling, .close_fd = !standard};
	if (lines->regular)
		posix_fadvise(fd, 0, 0, POSIX_FADV_SEQUENTIAL);
	return lines;
}

void lines_release(struct lines *lines, struct block *block)
{
	if (--block->references)
		return;
	if (block->size == BLOCK_BYTES) {
		block->next = lines->spare;
		lines->spare = block;
	} else {
		free(block);
	}
}

void lines_close(struct lines **lines)
{
	struct lines *l = *lines;

	if (!l)
		return;
	if (l->block)
		lines_release(l, l->block);
	while (l->spare) {
		struct block *block = l->spare;
		l->spare = block->next;
		free(block);
	}
	if (l->close_fd)
		close(l->fd);
	free(l->name);
	free(l);
	*lines = NULL;
}

static struct block *block_make(struct lines *lines, size_t size)
{
	struct block *block = lines->spare;

	if (size <= BLOCK_BYTES && block) {
		lines->spare = block->next;
	} else {
		if (size < BLOCK_BYTES)
			size = BLOCK_BYTES;
		block = malloc(sizeof(*block) + size);
		if (!block)
			return NULL;
		block->size = size;
	}
	block->references = 1;
	block->fill = 0;
	block->next = NULL;
	return block;
}

/* Room behind what is there: a new block that begins with the unfinished line, unless the block has some. */
static bool make_room(struct lines *lines, struct error *error)
{
	struct block *old = lines->block;
	size_t kept = old ? old->fill - lines->at : 0;

	if (old && old->fill < old->size)
		return true;
	struct block *block = block_make(lines, kept * 2);
	if (!block)
		return error_set(
			error, "no_memory", "%s: no memory for line %llu", lines->name, (unsigned long long)lines->number + 1);
	if (old) {
		memcpy(block->bytes, old->bytes + lines->at, kept);
		block->fill = kept;
		lines->scanned -= lines->at;
		lines_release(lines, old);
	}
	lines->at = 0;
	lines->block = block;
	return true;
}

static bool would_block(const struct lines *lines)
{
	struct pollfd poll_fd = {.fd = lines->fd, .events = POLLIN};

	return !lines->regular && poll(&poll_fd, 1, 0) == 0;
}

/* What a file that begins so is packed with, by its first bytes, or NULL. */
static const char *packing(struct slice begin)
{
	static const struct {
		const char *magic, *name;
	} ROWS[] = {{"\x1F\x8B", "gzip"}, {"\x28\xB5\x2F\xFD", "zstd"}, {"BZh", "bzip2"}, {"\xFD" "7zXZ", "xz"}, {"PK\x03\x04", "zip"}};

	for (size_t i = 0; i < sizeof(ROWS) / sizeof(ROWS[0]); i++) {
		if (slice_starts(begin, slice_of(ROWS[i].magic)))
			return ROWS[i].name;
	}
	return NULL;
}

/* Reads once. LINE_WHOLE means that there is more in the block. */
static enum line_kind fill(struct lines *lines, struct error *error)
{
	if (would_block(lines))
		return LINE_WOULD_BLOCK;
	if (!make_room(lines, error))
		return LINE_FAILED;
	struct block *block = lines->block;
	ssize_t n = read(lines->fd, block->bytes + block->fill, block->size - block->fill);
	if (n < 0 && (errno == EINTR || errno == EAGAIN))
		return LINE_WOULD_BLOCK;
	if (n < 0) {
		error_set(error, "read_failed", "%s: can't read behind line %llu: %s", lines->name,
			(unsigned long long)lines->number, strerror(errno));
		return LINE_FAILED;
	}
	if (n == 0)
		lines->ended = true;
	block->fill += (size_t)n;
	const char *packed = lines->number == 0 && lines->at == 0 ? packing(slice_make(block->bytes, block->fill)) : NULL;
	if (packed) {
		error_set(error, "packed", "%s is packed with %s: unpack it first, or into --in -", lines->name, packed);
		return LINE_FAILED;
	}
	return LINE_WHOLE;
}

/* The rest of a line past the ceiling, as far as it is there. */
static enum line_kind long_part(struct lines *lines, struct line *line, const char *end)
{
	struct block *block = lines->block;
	size_t stop = end ? (size_t)(end - block->bytes) : block->fill;

	line->text = slice_make(block->bytes + lines->at, stop - lines->at);
	line->number = lines->number;
	lines->at = lines->scanned = end ? stop + 1 : stop;
	lines->in_long = !end && !lines->ended;
	return lines->in_long ? LINE_PART : LINE_PART_END;
}

static bool is_blank(struct slice text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (!byte_is_space(text.ptr[i]))
			return false;
	}
	return true;
}

/* False: the line is blank. */
static bool whole_line(struct lines *lines, struct line *line, size_t stop, bool terminated)
{
	struct block *block = lines->block;
	struct slice text = slice_make(block->bytes + lines->at, stop - lines->at);

	lines->at = lines->scanned = terminated ? stop + 1 : stop;
	lines->number++;
	if (text.len && text.ptr[text.len - 1] == '\r')
		text.len--;
	if (lines->number == 1)
		text = slice_unmark(text);
	if (is_blank(text))
		return false;
	block->references++;
	*line = (struct line){.text = text, .block = block, .number = lines->number};
	return true;
}

enum line_kind lines_next(struct lines *lines, struct line *line, struct error *error)
{
	for (;;) {
		struct block *block = lines->block;
		size_t left = block ? block->fill - lines->scanned : 0;
		const char *end = left ? memchr(block->bytes + lines->scanned, '\n', left) : NULL;
		size_t len = block ? (end ? (size_t)(end - block->bytes) : block->fill) - lines->at : 0;

		if (lines->in_long && (left || lines->ended))
			return long_part(lines, line, end);
		if (len > lines->ceiling) {
			lines->number++;
			return long_part(lines, line, end);
		}
		if (end || (lines->ended && len)) {
			if (whole_line(lines, line, end ? (size_t)(end - block->bytes) : block->fill, end != NULL))
				return LINE_WHOLE;
			continue;
		}
		if (lines->ended)
			return LINE_END;
		lines->scanned += left;
		enum line_kind read = fill(lines, error);
		if (read != LINE_WHOLE)
			return read;
	}
}

void lines_wait(struct lines *lines, int wake_fd)
{
	struct pollfd fds[2] = {{.fd = lines->fd, .events = POLLIN}, {.fd = wake_fd, .events = POLLIN}};

	poll(fds, 2, -1);
}

const char *lines_name(const struct lines *lines) { return lines->name; }
int lines_fd(const struct lines *lines) { return lines->fd; }
