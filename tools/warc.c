/* warc: see warc.h. Two layers: bytes (file or inflated members, with gaps where data was bad) and records. */
#include "tools/warc.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum { RAW_SIZE = 1 << 16, HEADER_MAX = 1 << 16, WINDOW_MIN = 1 << 17 };

struct warc {
	warc_read read;
	void *context;
	size_t ceiling;
	/* bytes as they are in the file */
	unsigned char raw[RAW_SIZE];
	size_t raw_at, raw_end;
	bool raw_over;
	/* gzip */
	bool sniffed, gzip, inflating;
	z_stream stream;
	bool gap; /* data is missing right behind the window: whatever is being read is lost */
	/* decoded bytes not yet used */
	char *window;
	size_t at, end, capacity;
	bool over;
	char header[HEADER_MAX];
	char *block;
	size_t block_capacity;
	struct warc_counts counts;
};

struct warc *warc_create(warc_read read, void *context, size_t block_ceiling)
{
	struct warc *warc = calloc(1, sizeof *warc);
	if (!warc)
		return NULL;
	warc->read = read;
	warc->context = context;
	warc->ceiling = block_ceiling;
	warc->capacity = WINDOW_MIN;
	warc->window = malloc(warc->capacity);
	if (!warc->window || inflateInit2(&warc->stream, 15 + 16) != Z_OK) {
		free(warc->window);
		free(warc);
		return NULL;
	}
	return warc;
}

void warc_destroy(struct warc **pointer)
{
	struct warc *warc = *pointer;
	if (!warc)
		return;
	inflateEnd(&warc->stream);
	free(warc->window);
	free(warc->block);
	free(warc);
	*pointer = NULL;
}

struct warc_counts warc_counts(const struct warc *warc) { return warc->counts; }

/* Moves what is left to the front and reads on; false at the end of the file. */
static bool raw_more(struct warc *warc)
{
	if (warc->raw_over)
		return false;
	memmove(warc->raw, warc->raw + warc->raw_at, warc->raw_end - warc->raw_at);
	warc->raw_end -= warc->raw_at;
	warc->raw_at = 0;
	int64_t got = warc->read(warc->context, warc->raw + warc->raw_end, RAW_SIZE - warc->raw_end);
	if (got <= 0) {
		warc->raw_over = true;
		return false;
	}
	warc->raw_end += (size_t)got;
	return true;
}

/* Puts raw_at at the next gzip header (RFC 1952 §2.3); false if there is none. `exact`: it was right there. */
static bool member_find(struct warc *warc, bool *exact)
{
	*exact = true;
	for (;;) {
		while (warc->raw_end - warc->raw_at < 3)
			if (!raw_more(warc))
				return false;
		if (memcmp(warc->raw + warc->raw_at, "\x1f\x8b\x08", 3) == 0)
			return true;
		if (warc->raw[warc->raw_at] != 0) /* zero padding between members is no damage */
			*exact = false;
		warc->raw_at++;
	}
}

/* Inflates into out; 0 at a gap or the end. */
static size_t gzip_read(struct warc *warc, char *out, size_t size)
{
	for (;;) {
		if (!warc->inflating) {
			bool exact;
			if (!member_find(warc, &exact)) {
				if (warc->raw_end - warc->raw_at > 0)
					warc->gap = true;
				warc->raw_at = warc->raw_end;
				warc->over = true;
				return 0;
			}
			inflateReset(&warc->stream);
			warc->inflating = true;
			if (!exact) {
				warc->gap = true;
				return 0;
			}
		}
		if (warc->raw_at == warc->raw_end && !raw_more(warc)) {
			warc->inflating = false; /* the file ends inside a member */
			warc->gap = warc->over = true;
			return 0;
		}
		warc->stream.next_in = warc->raw + warc->raw_at;
		warc->stream.avail_in = (unsigned)(warc->raw_end - warc->raw_at);
		warc->stream.next_out = (unsigned char *)out;
		warc->stream.avail_out = (unsigned)size;
		int code = inflate(&warc->stream, Z_NO_FLUSH);
		size_t got = size - warc->stream.avail_out;
		warc->raw_at = warc->raw_end - warc->stream.avail_in;
		if (code == Z_STREAM_END) {
			warc->inflating = false;
		} else if (code != Z_OK && code != Z_BUF_ERROR) {
			warc->inflating = false;
			warc->gap = true;
			return 0; /* what this call inflated is worth nothing: its record is damaged */
		}
		if (got)
			return got;
	}
}

static size_t plain_read(struct warc *warc, char *out, size_t size)
{
	if (warc->raw_at == warc->raw_end && !raw_more(warc)) {
		warc->over = true;
		return 0;
	}
	size_t got = warc->raw_end - warc->raw_at < size ? warc->raw_end - warc->raw_at : size;
	memcpy(out, warc->raw + warc->raw_at, got);
	warc->raw_at += got;
	return got;
}

/* More decoded bytes into the window; false at a gap, at the end, or when the window is full. */
static bool window_more(struct warc *warc)
{
	if (warc->over || warc->gap)
		return false;
	if (warc->at) {
		memmove(warc->window, warc->window + warc->at, warc->end - warc->at);
		warc->end -= warc->at;
		warc->at = 0;
	}
	if (warc->end == warc->capacity)
		return false;
	if (!warc->sniffed) {
		while (warc->raw_end < 2 && raw_more(warc))
			;
		warc->gzip = warc->raw_end >= 2 && warc->raw[0] == 0x1f && warc->raw[1] == 0x8b;
		warc->sniffed = true;
	}
	size_t size = warc->capacity - warc->end;
	size_t got =
		warc->gzip ? gzip_read(warc, warc->window + warc->end, size) : plain_read(warc, warc->window + warc->end, size);
	warc->end += got;
	return got > 0;
}

static bool window_has(struct warc *warc, size_t count)
{
	while (warc->end - warc->at < count)
		if (!window_more(warc))
			return false;
	return true;
}

/* Drops what is being read: at a gap everything before it, else what stands before the next "WARC/" that begins a line. */
static void resync(struct warc *warc)
{
	warc->counts.damaged++;
	if (warc->gap) {
		warc->at = warc->end;
		warc->gap = false;
	}
}

/* Puts `at` on "WARC/" at the start of a line. Line ends before it are the end of the record before; anything else is damage. */
static bool record_find(struct warc *warc)
{
	bool line_start = true, stray = false;
	for (;;) {
		if (!window_has(warc, 5)) {
			if (!warc->gap) {
				stray |= warc->end != warc->at &&
					!(warc->end - warc->at <= 4 &&
						strspn(warc->window + warc->at, "\r\n") >= warc->end - warc->at);
				warc->at = warc->end;
				warc->counts.damaged += stray;
				return false;
			}
			resync(warc);
			line_start = true;
			stray = false;
			continue;
		}
		const char *here = warc->window + warc->at;
		if (line_start && memcmp(here, "WARC/", 5) == 0) {
			warc->counts.damaged += stray;
			return true;
		}
		line_start = *here == '\n';
		stray |= *here != '\n' && *here != '\r';
		warc->at++;
	}
}

/* The header, blank line included, into warc->header; its length, or 0 if it is cut or too long. */
static size_t header_read(struct warc *warc)
{
	size_t len = 0;
	while (len < HEADER_MAX - 1 && window_has(warc, 1)) {
		warc->header[len++] = warc->window[warc->at++];
		if (warc->header[len - 1] != '\n')
			continue;
		if (len >= 2 && warc->header[len - 2] == '\n')
			return len;
		if (len >= 3 && warc->header[len - 2] == '\r' && warc->header[len - 3] == '\n')
			return len;
	}
	return 0;
}

static struct slice without_brackets(struct slice value)
{
	if (value.len >= 2 && value.ptr[0] == '<' && value.ptr[value.len - 1] == '>')
		return slice_sub(value, 1, value.len - 1);
	return value;
}

/* Fills the record's fields; the block's length, or -1 if none is given. */
static int64_t header_parse(struct slice header, struct warc_record *record)
{
	struct slice line, name;
	int64_t length = -1;
	slice_next_line(&header, &line); /* WARC/1.0 */
	while (slice_next_line(&header, &line)) {
		if (!slice_split(&line, ':', &name))
			continue;
		struct slice value = slice_trim(line);
		name = slice_trim(name);
		if (slice_equal_nocase(name, SLICE("content-length"))) {
			if (!slice_to_int64(value, &length) || length < 0)
				return -1;
		} else if (slice_equal_nocase(name, SLICE("warc-type"))) {
			record->type = value;
		} else if (slice_equal_nocase(name, SLICE("warc-target-uri"))) {
			record->target = without_brackets(value);
		} else if (slice_equal_nocase(name, SLICE("warc-date"))) {
			record->date = value;
		} else if (slice_equal_nocase(name, SLICE("warc-record-id"))) {
			record->id = without_brackets(value);
		} else if (slice_equal_nocase(name, SLICE("content-type"))) {
			record->content_type = value;
		}
	}
	return length;
}

static bool block_reserve(struct warc *warc, size_t need)
{
	size_t capacity = warc->block_capacity ? warc->block_capacity : 1 << 16;
	if (need <= warc->block_capacity)
		return true;
	while (capacity < need)
		capacity *= 2;
	char *grown = realloc(warc->block, capacity);
	if (!grown)
		return false;
	warc->block = grown;
	warc->block_capacity = capacity;
	return true;
}

/* Copies up to the ceiling and skips the rest; memory grows with what is there, not with what the length claims. */
static bool block_read(struct warc *warc, int64_t length, struct warc_record *record)
{
	size_t kept = 0;
	for (int64_t left = length; left > 0;) {
		if (!window_has(warc, 1))
			return false;
		size_t here = warc->end - warc->at;
		if ((int64_t)here > left)
			here = (size_t)left;
		size_t keep = here < warc->ceiling - kept ? here : warc->ceiling - kept;
		if (keep && !block_reserve(warc, kept + keep))
			return false;
		if (keep)
			memcpy(warc->block + kept, warc->window + warc->at, keep);
		kept += keep;
		warc->at += here;
		left -= (int64_t)here;
	}
	record->block = slice_make(warc->block, kept);
	record->cut = (int64_t)kept < length;
	return true;
}

bool warc_next(struct warc *warc, struct warc_record *record)
{
	while (record_find(warc)) {
		memset(record, 0, sizeof *record);
		size_t header = header_read(warc);
		int64_t length = header ? header_parse(slice_make(warc->header, header), record) : -1;
		if (length >= 0 && block_read(warc, length, record)) {
			warc->counts.records++;
			return true;
		}
		resync(warc);
	}
	return false;
}
