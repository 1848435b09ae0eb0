/* httpbody: see httpbody.h. */
#include "tools/httpbody.h"

#include <zlib.h>

/* Chunked coding (RFC 9112 §7.1) appended to out; false if the bytes aren't chunked or are cut inside. */
static bool chunks_join(struct slice body, struct buf *out)
{
	for (;;) {
		size_t size = 0, digits = 0;
		while (digits < body.len && digits < 15) {
			char c = byte_lower(body.ptr[digits]);
			if (!byte_is_digit(c) && !(c >= 'a' && c <= 'f'))
				break;
			size = size * 16 + (size_t)(c <= '9' ? c - '0' : c - 'a' + 10);
			digits++;
		}
		size_t line_end = slice_find_byte(body, '\n');
		if (digits == 0 || line_end == SLICE_NOT_FOUND || line_end > digits + 256)
			return false;
		body = slice_sub(body, line_end + 1, body.len);
		if (size == 0)
			return true;
		if (size > body.len)
			return false;
		buf_append(out, slice_sub(body, 0, size));
		body = slice_sub(body, size, body.len);
		if (slice_starts(body, SLICE("\r\n")))
			body = slice_sub(body, 2, body.len);
		else if (slice_starts(body, SLICE("\n")))
			body = slice_sub(body, 1, body.len);
	}
}

/* gzip and zlib by their header; `raw`: deflate without one. False on damage or past the ceiling. */
static bool inflate_all(struct slice body, int window_bits, struct buf *out)
{
	z_stream stream = {.next_in = (unsigned char *)(uintptr_t)body.ptr, .avail_in = (unsigned)body.len};
	unsigned char piece[16384];
	int code = Z_OK;
	if (body.len > UINT32_MAX || inflateInit2(&stream, window_bits) != Z_OK)
		return false;
	while (code == Z_OK && !out->failed) {
		stream.next_out = piece;
		stream.avail_out = sizeof piece;
		code = inflate(&stream, Z_NO_FLUSH);
		if (code == Z_OK || code == Z_STREAM_END)
			buf_append_bytes(out, piece, sizeof piece - stream.avail_out);
	}
	inflateEnd(&stream);
	return code == Z_STREAM_END && !out->failed;
}

/* Inflates the body into a buffer of its own, which becomes the scratch: the body may stand in the old one. */
static bool body_inflate(struct http_response *response, int window_bits, struct buf *scratch)
{
	struct buf plain;
	buf_init(&plain, scratch->ceiling);
	if (!inflate_all(response->body, window_bits, &plain)) {
		buf_release(&plain);
		return false;
	}
	buf_release(scratch);
	*scratch = plain;
	response->body = buf_slice(scratch);
	return true;
}

static bool looks_like_markup(struct slice body)
{
	return slice_contains(slice_sub(body, 0, 2048), SLICE("<")) && slice_contains(slice_sub(body, 0, 65536), SLICE("</"));
}

static bool coding_remove(struct slice coding, struct buf *scratch, struct http_response *response, struct error *error)
{
	struct slice body = response->body;
	bool gzipped = body.len > 2 && (unsigned char)body.ptr[0] == 0x1f && (unsigned char)body.ptr[1] == 0x8b;
	if (coding.len == 0 || slice_equal_nocase(coding, SLICE("identity")))
		return true;
	if (slice_equal_nocase(coding, SLICE("gzip")) || slice_equal_nocase(coding, SLICE("x-gzip"))) {
		if (!gzipped || body_inflate(response, 15 + 16, scratch)) /* not gzipped: stored plain */
			return true;
	} else if (slice_equal_nocase(coding, SLICE("deflate"))) {
		/* means zlib, is sent without its header by some servers, and may be stored plain */
		if (body_inflate(response, 15, scratch) || body_inflate(response, -15, scratch) || looks_like_markup(body))
			return true;
	} else if (looks_like_markup(body)) {
		return true; /* a crawl that has the decoder stored it plain */
	} else {
		return error_set(error, "http_coding", "content coding %.*s isn't known", SLICE_ARG(coding));
	}
	return error_set(
		error, "http_coding", "the %.*s body is damaged or larger than %zu bytes", SLICE_ARG(coding), scratch->ceiling);
}

bool http_response_parse(struct slice block, struct buf *scratch, struct http_response *response, struct error *error)
{
	struct slice rest = block, line, name, coding = SLICE_NONE;
	int64_t status;
	bool chunked = false;
	memset(response, 0, sizeof *response);
	if (!slice_next_line(&rest, &line) || !slice_starts(line, SLICE("HTTP/")))
		return error_set(error, "http_syntax", "doesn't begin with an HTTP status line");
	slice_split(&line, ' ', &name);
	line = slice_trim(line);
	if (!slice_to_int64(slice_sub(line, 0, 3), &status) || status < 100 || status > 999)
		return error_set(error, "http_syntax", "the HTTP status line has no status");
	response->status = (int)status;
	while (slice_next_line(&rest, &line) && line.len) {
		if (!slice_split(&line, ':', &name))
			continue;
		struct slice value = slice_trim(line);
		name = slice_trim(name);
		if (slice_equal_nocase(name, SLICE("content-type")))
			response->content_type = value;
		else if (slice_equal_nocase(name, SLICE("content-encoding")))
			coding = value;
		else if (slice_equal_nocase(name, SLICE("transfer-encoding")))
			chunked = slice_find_nocase(value, SLICE("chunked")) != SLICE_NOT_FOUND;
	}
	response->body = rest;
	buf_clear(scratch);
	if (chunked && chunks_join(rest, scratch) && !scratch->failed)
		response->body = buf_slice(scratch);
	else
		buf_clear(scratch);
	return coding_remove(coding, scratch, response, error);
}
