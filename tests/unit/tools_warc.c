/* Tests of tools/warc.c and tools/httpbody.c: records out of whole and damaged files. */
#include "unit.h"

#include "tools/httpbody.h"
#include "tools/warc.h"

#include <stdlib.h>
#include <zlib.h>

struct input {
	struct slice bytes;
	size_t step; /* bytes handed out at once */
};

static int64_t input_read(void *context, void *bytes, size_t size)
{
	struct input *input = context;
	size_t got = input->bytes.len < size ? input->bytes.len : size;
	if (input->step && got > input->step)
		got = input->step;
	memcpy(bytes, input->bytes.ptr, got);
	input->bytes = slice_sub(input->bytes, got, input->bytes.len);
	return (int64_t)got;
}

static void record_append(struct buf *file, const char *target, const char *block)
{
	buf_printf(file, "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: <%s>\r\nWARC-Date: 2026-11-01T00:00:00Z\r\nContent-Length: %zu\r\n\r\n%s\r\n\r\n", target,
		strlen(block), block);
}

static void gzip_append(struct buf *out, struct slice bytes)
{
	z_stream stream = {0};
	unsigned char piece[8192];
	assert_int_equal(deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
	stream.next_in = (unsigned char *)(uintptr_t)bytes.ptr;
	stream.avail_in = (unsigned)bytes.len;
	stream.next_out = piece;
	stream.avail_out = sizeof piece;
	assert_int_equal(deflate(&stream, Z_FINISH), Z_STREAM_END);
	buf_append_bytes(out, piece, sizeof piece - stream.avail_out);
	deflateEnd(&stream);
}

/* The targets and blocks of all records, as "target=block;". */
static void read_all(struct slice bytes, size_t step, size_t ceiling, struct buf *seen, struct warc_counts *counts)
{
	struct input input = {bytes, step};
	struct warc_record record;
	struct warc *warc = warc_create(input_read, &input, ceiling);
	buf_clear(seen);
	while (warc_next(warc, &record))
		buf_printf(seen, "%.*s=%.*s%s;", SLICE_ARG(record.target), SLICE_ARG(record.block), record.cut ? "…" : "");
	*counts = warc_counts(warc);
	warc_destroy(&warc);
	assert_null(warc);
}

static void warc_reads_plain_records(void **state)
{
	struct buf file, seen;
	struct warc_counts counts;
	(void)state;
	buf_init(&file, 1 << 20);
	buf_init(&seen, 1 << 20);
	record_append(&file, "http://a.example/", "one");
	record_append(&file, "http://b.example/", "");
	record_append(&file, "http://c.example/", "WARC/1.0 inside\r\n\r\na block");
	for (size_t step = 0; step < 4; step++) {
		read_all(buf_slice(&file), step, 1000, &seen, &counts);
		assert_slice(buf_slice(&seen), "http://a.example/=one;http://b.example/=;http://c.example/=WARC/1.0 inside\r\n\r\na block;");
		assert_int_equal(counts.records, 3);
		assert_int_equal(counts.damaged, 0);
	}
	buf_release(&file);
	buf_release(&seen);
}

static void members_make(struct buf *file, size_t ends[3])
{
	for (int i = 0; i < 3; i++) {
		struct buf record;
		char target[32], block[400];
		snprintf(target, sizeof target, "u%d", i);
		for (size_t k = 0; k < sizeof block - 1; k++)
			block[k] = (char)('a' + (k * 7 + (size_t)i * 3 + k * k) % 26);
		block[sizeof block - 1] = '\0';
		buf_init(&record, 1 << 20);
		record_append(&record, target, block);
		gzip_append(file, buf_slice(&record));
		ends[i] = file->len;
		buf_release(&record);
	}
}

static void warc_reads_a_gzip_member_a_record(void **state)
{
	struct buf file, seen;
	struct warc_counts counts;
	size_t ends[3];
	(void)state;
	buf_init(&file, 1 << 20);
	buf_init(&seen, 1 << 20);
	members_make(&file, ends);
	for (size_t step = 0; step < 3; step++) {
		read_all(buf_slice(&file), step, 1000, &seen, &counts);
		assert_int_equal(counts.records, 3);
		assert_int_equal(counts.damaged, 0);
	}
	buf_release(&file);
	buf_release(&seen);
}

static void warc_loses_only_the_broken_member(void **state)
{
	struct buf file, seen;
	struct warc_counts counts;
	size_t ends[3];
	(void)state;
	buf_init(&file, 1 << 20);
	buf_init(&seen, 1 << 20);
	members_make(&file, ends);
	for (size_t k = ends[0] + 40; k < ends[0] + 60; k++)
		file.ptr[k] = (char)~file.ptr[k];
	read_all(buf_slice(&file), 0, 1000, &seen, &counts);
	assert_int_equal(counts.records, 2);
	assert_true(counts.damaged >= 1);
	assert_true(slice_contains(buf_slice(&seen), SLICE("u0=")));
	assert_false(slice_contains(buf_slice(&seen), SLICE("u1=")));
	assert_true(slice_contains(buf_slice(&seen), SLICE("u2=")));
	buf_release(&file);
	buf_release(&seen);
}

static void warc_tells_of_a_cut_file(void **state)
{
	struct buf file, seen;
	struct warc_counts counts;
	size_t ends[3];
	(void)state;
	buf_init(&file, 1 << 20);
	buf_init(&seen, 1 << 20);
	members_make(&file, ends);
	read_all(slice_sub(buf_slice(&file), 0, ends[2] - 30), 0, 1000, &seen, &counts);
	assert_int_equal(counts.records, 2);
	assert_int_equal(counts.damaged, 1);
	buf_release(&file);
	buf_release(&seen);
}

static void warc_goes_on_after_a_wrong_length(void **state)
{
	struct buf file, seen;
	struct warc_counts counts;
	(void)state;
	buf_init(&file, 1 << 20);
	buf_init(&seen, 1 << 20);
	buf_append_cstr(&file, "WARC/1.0\r\nWARC-Target-URI: u0\r\nContent-Length: 2\r\n\r\nlonger than two\r\n\r\n");
	buf_append_cstr(&file, "WARC/1.0\r\nWARC-Target-URI: u1\r\nContent-Length: minus\r\n\r\nx\r\n\r\n");
	record_append(&file, "u2", "fine");
	read_all(buf_slice(&file), 0, 1000, &seen, &counts);
	assert_slice(buf_slice(&seen), "u0=lo;u2=fine;");
	assert_true(counts.damaged >= 2);
	buf_release(&file);
	buf_release(&seen);
}

static void warc_bounds_memory_whatever_the_length_claims(void **state)
{
	struct buf file, seen;
	struct warc_counts counts;
	(void)state;
	buf_init(&file, 1 << 20);
	buf_init(&seen, 1 << 20);
	record_append(&file, "u0", "0123456789");
	buf_append_cstr(&file, "WARC/1.0\r\nWARC-Target-URI: u1\r\nContent-Length: 9000000000000000000\r\n\r\nabc");
	read_all(buf_slice(&file), 0, 4, &seen, &counts);
	assert_slice(buf_slice(&seen), "u0=0123…;");
	assert_int_equal(counts.damaged, 1);
	buf_release(&file);
	buf_release(&seen);
}

static void http_takes_chunks_and_gzip_off(void **state)
{
	struct buf zipped, block, scratch;
	struct http_response response;
	struct error error;
	(void)state;
	buf_init(&zipped, 1 << 20);
	buf_init(&block, 1 << 20);
	buf_init(&scratch, 1 << 20);
	gzip_append(&zipped, SLICE("<p>hello</p>"));
	buf_printf(&block, "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n%zx\r\n", zipped.len);
	buf_append(&block, buf_slice(&zipped));
	buf_append_cstr(&block, "\r\n0\r\n\r\n");
	assert_true(http_response_parse(buf_slice(&block), &scratch, &response, &error));
	assert_int_equal(response.status, 200);
	assert_slice(response.content_type, "text/html; charset=utf-8");
	assert_slice(response.body, "<p>hello</p>");
	buf_release(&zipped);
	buf_release(&block);
	buf_release(&scratch);
}

static void http_leaves_a_body_that_is_stored_plain(void **state)
{
	struct buf scratch;
	struct http_response response;
	struct error error;
	(void)state;
	buf_init(&scratch, 1 << 20);
	assert_true(http_response_parse(SLICE("HTTP/1.1 200 OK\nContent-Encoding: gzip\nTransfer-Encoding: chunked\n\n<p>plain</p>"), &scratch, &response, &error));
	assert_slice(response.body, "<p>plain</p>");
	assert_true(http_response_parse(SLICE("HTTP/1.1 200 OK\nContent-Encoding: br\n\n<p>plain</p>"), &scratch, &response, &error));
	assert_slice(response.body, "<p>plain</p>");
	buf_release(&scratch);
}

static void http_refuses_a_bomb(void **state)
{
	struct buf zeros, block, scratch;
	struct http_response response;
	struct error error;
	(void)state;
	buf_init(&zeros, 1 << 20);
	buf_init(&block, 1 << 20);
	buf_init(&scratch, 4096);
	for (int i = 0; i < 100000; i++)
		buf_append_byte(&zeros, 0);
	buf_append_cstr(&block, "HTTP/1.1 200 OK\nContent-Encoding: gzip\n\n");
	gzip_append(&block, buf_slice(&zeros));
	assert_false(http_response_parse(buf_slice(&block), &scratch, &response, &error));
	assert_string_equal(error.code, "http_coding");
	buf_release(&zeros);
	buf_release(&block);
	buf_release(&scratch);
}

static void http_says_what_is_no_response(void **state)
{
	struct buf scratch;
	struct http_response response;
	struct error error;
	(void)state;
	buf_init(&scratch, 4096);
	assert_false(http_response_parse(SLICE("GET / HTTP/1.1\n\n"), &scratch, &response, &error));
	assert_string_equal(error.code, "http_syntax");
	assert_false(http_response_parse(SLICE("HTTP/1.1 what\n\n"), &scratch, &response, &error));
	assert_false(http_response_parse(SLICE_NONE, &scratch, &response, &error));
	buf_release(&scratch);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(warc_reads_plain_records), cmocka_unit_test(warc_reads_a_gzip_member_a_record),
		cmocka_unit_test(warc_loses_only_the_broken_member), cmocka_unit_test(warc_tells_of_a_cut_file),
		cmocka_unit_test(warc_goes_on_after_a_wrong_length), cmocka_unit_test(warc_bounds_memory_whatever_the_length_claims),
		cmocka_unit_test(http_takes_chunks_and_gzip_off), cmocka_unit_test(http_leaves_a_body_that_is_stored_plain),
		cmocka_unit_test(http_refuses_a_bomb), cmocka_unit_test(http_says_what_is_no_response)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
