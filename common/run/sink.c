/* sink: one buffer, written when it is full; what is larger goes past it. */
#include "run/sink.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#define BUFFER_BYTES (256u << 10)

struct sink {
	int fd, failed; /* errno of the first failure */
	bool close_fd;
	char *name;
	size_t fill;
	char buffer[BUFFER_BYTES];
};

struct sink *sink_open(const char *path, struct error *error)
{
	bool standard = strcmp(path, "-") == 0;
	int fd = standard ? STDOUT_FILENO : open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0666);

	if (fd < 0) {
		error_set(error, "no_output", "can't write %s: %s", path, strerror(errno));
		return NULL;
	}
	struct sink *sink = malloc(sizeof(*sink));
	char *name = strdup(standard ? "standard output" : path);
	if (!sink || !name)
		abort();
	sink->fd = fd;
	sink->failed = 0;
	sink->close_fd = !standard;
	sink->name = name;
	sink->fill = 0;
	return sink;
}

bool sink_is_file(const struct sink *sink, int fd)
{
	struct stat a, b;

	return fstat(sink->fd, &a) == 0 && fstat(fd, &b) == 0 && S_ISREG(a.st_mode) && a.st_dev == b.st_dev &&
		a.st_ino == b.st_ino;
}

bool sink_empty(struct sink *sink, struct error *error)
{
	struct stat status;

	if (!sink->close_fd || fstat(sink->fd, &status) != 0 || !S_ISREG(status.st_mode) || ftruncate(sink->fd, 0) == 0)
		return true;
	return error_set(error, "no_output", "can't empty %s: %s", sink->name, strerror(errno));
}

static void write_all(struct sink *sink, struct slice more)
{
	struct iovec parts[2] = {{sink->buffer, sink->fill}, {(void *)(uintptr_t)more.ptr, more.len}};

	while (!sink->failed && parts[0].iov_len + parts[1].iov_len) {
		ssize_t n = writev(sink->fd, parts, 2);
		if (n < 0 && errno != EINTR)
			sink->failed = errno;
		for (int i = 0; i < 2 && n > 0; i++) {
			size_t part = (size_t)n < parts[i].iov_len ? (size_t)n : parts[i].iov_len;
			parts[i].iov_base = (char *)parts[i].iov_base + part;
			parts[i].iov_len -= part;
			n -= (ssize_t)part;
		}
	}
	sink->fill = 0;
}

void sink_put(struct sink *sink, struct slice bytes)
{
	if (bytes.len > BUFFER_BYTES - sink->fill) {
		write_all(sink, bytes);
	} else if (bytes.len) {
		memcpy(sink->buffer + sink->fill, bytes.ptr, bytes.len);
		sink->fill += bytes.len;
	}
}

void sink_put_byte(struct sink *sink, char byte)
{
	if (sink->fill == BUFFER_BYTES)
		write_all(sink, SLICE_NONE);
	sink->buffer[sink->fill++] = byte;
}

bool sink_good(const struct sink *sink, struct error *error)
{
	if (!sink->failed)
		return true;
	return error_set(error, "write_failed", "can't write %s: %s", sink->name,
		sink->failed == EPIPE ? "its reader has gone away" : strerror(sink->failed));
}

bool sink_flush(struct sink *sink, struct error *error)
{
	write_all(sink, SLICE_NONE);
	return sink_good(sink, error);
}

bool sink_close(struct sink **sink, struct error *error)
{
	struct sink *s = *sink;

	if (!s)
		return true;
	write_all(s, SLICE_NONE);
	if (s->close_fd && close(s->fd) != 0 && !s->failed)
		s->failed = errno;
	bool good = sink_good(s, error);
	free(s->name);
	free(s);
	*sink = NULL;
	return good;
}
