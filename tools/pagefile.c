/* pagefile: see pagefile.h. */
#include "tools/pagefile.h"

#include "base/clock.h"
#include "json/reader.h"
#include "tools/httpbody.h"
#include "tools/warc.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

enum { PATH_SIZE = 4096 };

void pagefile_complain(struct source *source, const char *format, ...)
{
	char text[PATH_SIZE + 600];
	va_list list;
	source->broken++;
	va_start(list, format);
	vsnprintf(text, sizeof text, format, list);
	va_end(list);
	source->complain(source->context, text);
}

static bool page_emit(struct source *source, struct page *page)
{
	if (page->body.len > source->body_max) {
		pagefile_complain(source, "%s: %zu bytes are more than --max-bytes %zu: left out", page->origin, page->body.len,
			source->body_max);
		return true;
	}
	source->pages++;
	if (!source->emit(source->context, page))
		source->stopped = true;
	return !source->stopped;
}

/* The URL of a raw-page object, for the key; a page that is no JSON has none and goes out as it is: the stage judges it. */
static struct slice json_url(struct arena *arena, struct slice text)
{
	struct json_limits limits = JSON_LIMITS_DEFAULT;
	limits.allow_duplicates = true;
	jmp_buf jump;
	struct slice url = SLICE_NONE;
	if (ARENA_GUARD(arena, &jump) == ESCAPE_NONE)
		url = json_string(json_parse(arena, text, &limits, NULL), "url");
	arena->escape = NULL;
	return url;
}

static void json_page_emit(struct source *source, struct slice text, const char *origin)
{
	struct arena arena;
	arena_init(&arena, 64 << 20);
	struct page page = {.body = text, .json = true, .origin = origin, .key = json_url(&arena, text)};
	page_emit(source, &page);
	arena_release(&arena);
}

/* ---- NDJSON, also gzipped: zlib reads both ---- */

static void ndjson_read(struct source *source, gzFile file, const char *path)
{
	struct buf line;
	char piece[65536], origin[PATH_SIZE + 32];
	int64_t number = 0, before = gzoffset(file);
	bool over = false;
	int got;
	buf_init(&line, source->body_max + sizeof piece);
	while (!source->stopped && !over && (got = gzread(file, piece, sizeof piece)) >= 0) {
		struct slice rest = {piece, (size_t)got};
		over = got == 0;
		while (!source->stopped && (rest.len || over)) {
			size_t newline = slice_find_byte(rest, '\n');
			buf_append(&line, slice_sub(rest, 0, newline));
			if (newline == SLICE_NOT_FOUND && !over)
				break;
			rest = slice_sub(rest, newline == SLICE_NOT_FOUND ? rest.len : newline + 1, rest.len);
			snprintf(origin, sizeof origin, "%s:%lld", path, (long long)++number);
			if (line.failed)
				pagefile_complain(source, "%s: the line is longer than --max-bytes %zu: left out", origin,
					source->body_max);
			else if (slice_trim(buf_slice(&line)).len)
				json_page_emit(source, slice_trim(buf_slice(&line)), origin);
			buf_clear(&line);
			if (over)
				break;
		}
		source->read_bytes += gzoffset(file) - before;
		before = gzoffset(file);
	}
	int code;
	const char *why = gzerror(file, &code);
	if (code != Z_OK && code != Z_STREAM_END)
		pagefile_complain(source, "%s:%lld: %s: the rest is left out", path, (long long)number,
			code == Z_ERRNO ? strerror(errno) : why);
	buf_release(&line);
}

/* ---- WARC ---- */

struct warc_input {
	struct source *source;
	int fd;
};

static int64_t warc_input_read(void *context, void *bytes, size_t size)
{
	struct warc_input *input = context;
	ssize_t got;
	do
		got = read(input->fd, bytes, size);
	while (got < 0 && errno == EINTR);
	if (got > 0)
		input->source->read_bytes += got;
	return got;
}

static bool is_page_type(struct slice type)
{
	return type.len == 0 || slice_starts_nocase(type, SLICE("text/html")) || slice_starts_nocase(type, SLICE("text/plain")) ||
		slice_starts_nocase(type, SLICE("application/xhtml"));
}

static void warc_page(
	struct source *source, const struct warc_record *record, struct buf *scratch, const char *path, int64_t number)
{
	char origin[PATH_SIZE + 32];
	struct page page = {.origin = origin, .url = record->target, .key = record->target, .fetched_at = record->date};
	struct http_response response;
	struct error error;
	snprintf(origin, sizeof origin, "%s#%lld", path, (long long)number);
	if (record->cut) {
		pagefile_complain(source, "%s: %.200s is longer than --max-bytes %zu: left out", origin,
			record->target.len ? record->target.ptr : "a record", source->body_max);
		return;
	}
	if (slice_equal_nocase(record->type, SLICE("response")) &&
		slice_starts_nocase(record->content_type, SLICE("application/http"))) {
		if (!http_response_parse(record->block, scratch, &response, &error)) {
			pagefile_complain(source, "%s: %.*s: %s: left out", origin, SLICE_ARG(record->target), error.text);
			return;
		}
		if ((response.status != 200 && !source->all_statuses) || !is_page_type(response.content_type)) {
			source->skipped++;
			return;
		}
		page.body = response.body;
		page.content_type = response.content_type;
	} else if ((slice_equal_nocase(record->type, SLICE("resource")) || slice_equal_nocase(record->type, SLICE("response")) ||
			   slice_equal_nocase(record->type, SLICE("conversion"))) &&
		is_page_type(record->content_type)) {
		page.body = record->block;
		page.content_type = record->content_type;
	} else {
		source->skipped++;
		return;
	}
	page_emit(source, &page);
}

static bool warc_file_read(struct source *source, int fd, const char *path, struct error *error)
{
	struct warc_input input = {source, fd};
	struct warc_record record;
	struct buf scratch;
	struct warc *warc = warc_create(warc_input_read, &input, source->body_max + 65536);
	if (!warc)
		return error_set(error, "memory", "%s: no memory to read it", path);
	buf_init(&scratch, source->body_max);
	while (!source->stopped && warc_next(warc, &record))
		warc_page(source, &record, &scratch, path, warc_counts(warc).records);
	if (warc_counts(warc).damaged) {
		pagefile_complain(source, "%s: %lld damaged places, the records there are left out", path,
			(long long)warc_counts(warc).damaged);
		source->broken += warc_counts(warc).damaged - 1;
	}
	buf_release(&scratch);
	warc_destroy(&warc);
	return true;
}

/* ---- single pages ---- */

static bool ends_with(const char *path, const char *end)
{
	struct slice s = slice_of(path), e = slice_of(end);
	return s.len > e.len && slice_equal_nocase(slice_sub(s, s.len - e.len, s.len), e);
}

static const char *type_of_name(const char *path)
{
	if (ends_with(path, ".html") || ends_with(path, ".htm") || ends_with(path, ".xhtml"))
		return "text/html";
	if (ends_with(path, ".txt") || ends_with(path, ".text"))
		return "text/plain";
	return "";
}

bool pagefile_bytes(struct source *source, int fd, const char *path, struct buf *body, struct error *error)
{
	ssize_t got;
	while (buf_reserve(body, 65536) && (got = read(fd, body->ptr + body->len, body->capacity - body->len)) != 0) {
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return error_set(error, "io", "%s: %s", path, strerror(errno));
		body->len += (size_t)got;
		source->read_bytes += got;
	}
	return true;
}

bool pagefile_page(struct source *source, int fd, const char *path, struct slice url, struct slice fetched_at,
	struct slice content_type, struct error *error)
{
	struct buf body;
	struct stat status;
	char time[32] = "";
	buf_init(&body, source->body_max + 65536);
	if (!pagefile_bytes(source, fd, path, &body, error)) {
		buf_release(&body);
		return false;
	}
	if (!fetched_at.len && fd != STDIN_FILENO && fstat(fd, &status) == 0) {
		clock_format((int64_t)status.st_mtime * 1000, time);
		fetched_at = slice_of(time);
	}
	struct page page = {.origin = path, .body = buf_slice(&body), .url = url, .key = url, .fetched_at = fetched_at,
		.content_type = content_type.len ? content_type : slice_of(type_of_name(path))};
	if (body.failed)
		pagefile_complain(source, "%s: longer than --max-bytes %zu: left out", path, source->body_max);
	else if (content_type.len == 0 && ends_with(path, ".json"))
		json_page_emit(source, slice_trim(page.body), path);
	else
		page_emit(source, &page);
	buf_release(&body);
	return true;
}

/* ---- which of the three ---- */

/* From the name, else from the first bytes (which stay unread for a file; for a pipe only the name of the flag can tell). */
static enum source_format format_sniff(const char *path, int fd)
{
	unsigned char start[8] = {0};
	ssize_t got;
	if (ends_with(path, ".ndjson") || ends_with(path, ".jsonl") || ends_with(path, ".ndjson.gz") ||
		ends_with(path, ".jsonl.gz"))
		return SOURCE_NDJSON;
	if (ends_with(path, ".warc") || ends_with(path, ".warc.gz") || ends_with(path, ".wet") || ends_with(path, ".wet.gz"))
		return SOURCE_WARC;
	got = pread(fd, start, sizeof start, 0);
	if (got >= 5 && memcmp(start, "WARC/", 5) == 0)
		return SOURCE_WARC;
	if (got >= 2 && start[0] == 0x1f && start[1] == 0x8b)
		return SOURCE_WARC;
	if (got < 0 && errno == ESPIPE)
		return SOURCE_NDJSON;
	if (got > 0 && start[0] == '{' && !type_of_name(path)[0] && !ends_with(path, ".json"))
		return SOURCE_NDJSON; /* no page begins with a brace */
	return SOURCE_PAGE;
}

bool pagefile_read(struct source *source, int fd, const char *path, struct error *error)
{
	enum source_format format = source->format == SOURCE_AUTO ? format_sniff(path, fd) : source->format;
	if (format == SOURCE_WARC)
		return warc_file_read(source, fd, path, error);
	if (format == SOURCE_PAGE)
		return pagefile_page(source, fd, path, source->url, source->fetched_at, source->content_type, error);
	int copy = fcntl(fd, F_DUPFD_CLOEXEC, 3);
	gzFile file = copy < 0 ? NULL : gzdopen(copy, "rb");
	if (!file) {
		if (copy >= 0)
			close(copy);
		return error_set(error, "io", "%s: can't be read: %s", path, strerror(errno));
	}
	gzbuffer(file, 1 << 17);
	ndjson_read(source, file, path);
	gzclose(file);
	return true;
}
