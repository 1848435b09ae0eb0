/* Tests of tools/source.c: what becomes a page, in which order, and what is only counted. */
#include "unit.h"

#include "base/buf.h"
#include "tools/source.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

struct collected {
	struct buf pages; /* "url|type|json|body;" */
	int complaints;
	int stop_after;
	int count;
	char folder[64];
	struct source source;
};

static bool on_page(void *context, const struct page *page)
{
	struct collected *collected = context;
	buf_printf(&collected->pages, "%.*s|%.*s|%d|%.*s;", SLICE_ARG(page->key), SLICE_ARG(page->content_type), page->json, SLICE_ARG(page->body));
	return ++collected->count != collected->stop_after;
}

static void on_complaint(void *context, const char *text)
{
	struct collected *collected = context;
	assert_non_null(strstr(text, collected->folder)); /* says where */
	collected->complaints++;
}

static void begin(struct collected *collected)
{
	*collected = (struct collected){.folder = "/tmp/copydesk-source-XXXXXX"};
	assert_non_null(mkdtemp(collected->folder));
	buf_init(&collected->pages, 1 << 20);
	collected->source = (struct source){.body_max = 1000, .emit = on_page, .complain = on_complaint, .context = collected};
}

static void file_put(const struct collected *collected, const char *name, const char *text)
{
	char path[200];
	snprintf(path, sizeof path, "%s/%s", collected->folder, name);
	FILE *file = fopen(path, "w");
	assert_non_null(file);
	fputs(text, file);
	fclose(file);
}

static void end(struct collected *collected)
{
	char command[200];
	snprintf(command, sizeof command, "rm -r '%s'", collected->folder);
	assert_int_equal(system(command), 0);
	buf_release(&collected->pages);
}

static void a_folder_is_read_in_byte_order(void **state)
{
	struct collected collected;
	struct error error;
	(void)state;
	begin(&collected);
	file_put(&collected, "b.txt", "text");
	file_put(&collected, "a.html", "<p>");
	file_put(&collected, ".hidden", "no");
	file_put(&collected, "c.ndjson", "{\"url\":\"u1\"}\n\n{\"no\":1}\r\nnot json\n");
	assert_true(source_read(&collected.source, collected.folder, &error));
	assert_slice(buf_slice(&collected.pages), "|text/html|0|<p>;|text/plain|0|text;u1||1|{\"url\":\"u1\"};||1|{\"no\":1};||1|not json;");
	assert_int_equal(collected.complaints, 0);
	end(&collected);
}

static void a_manifest_names_files_and_order(void **state)
{
	struct collected collected;
	struct error error;
	(void)state;
	begin(&collected);
	file_put(&collected, "a.html", "A");
	file_put(&collected, "b.html", "B");
	file_put(&collected, "manifest.ndjson", "{\"file\":\"b.html\",\"url\":\"ub\",\"contentType\":\"text/html; charset=x\"}\n{\"file\":\"a.html\",\"url\":\"ua\"}\n"
						"{\"file\":\"../etc\"}\n{\"file\":\"gone.html\"}\nrubbish\n");
	assert_true(source_read(&collected.source, collected.folder, &error));
	assert_slice(buf_slice(&collected.pages), "ub|text/html; charset=x|0|B;ua|text/html|0|A;");
	assert_int_equal(collected.complaints, 3);
	assert_int_equal(collected.source.broken, 3);
	end(&collected);
}

static void a_file_of_objects_is_ndjson_whatever_it_is_called(void **state)
{
	struct collected c;
	struct error error;
	char path[100];

	(void)state;
	begin(&c);
	file_put(&c, "pages.dat", "{\"url\":\"a\"}\n{\"url\":\"b\"}\n");
	snprintf(path, sizeof path, "%s/pages.dat", c.folder);
	assert_true(source_read(&c.source, path, &error));
	assert_int_equal(c.count, 2);
	end(&c);
}

static void what_is_too_long_is_left_out_and_counted(void **state)
{
	struct collected collected;
	struct error error;
	(void)state;
	begin(&collected);
	collected.source.body_max = 5;
	file_put(&collected, "a.txt", "12345");
	file_put(&collected, "b.txt", "123456");
	assert_true(source_read(&collected.source, collected.folder, &error));
	assert_slice(buf_slice(&collected.pages), "|text/plain|0|12345;");
	assert_int_equal(collected.source.broken, 1);
	end(&collected);
}

static void a_last_line_without_end_is_a_line(void **state)
{
	struct collected collected;
	struct error error;
	(void)state;
	begin(&collected);
	file_put(&collected, "a.ndjson", "{\"a\":1}\n{\"b\":2}");
	assert_true(source_read(&collected.source, collected.folder, &error));
	assert_int_equal(collected.source.pages, 2);
	end(&collected);
}

static void emit_can_stop_it(void **state)
{
	struct collected collected;
	struct error error;
	(void)state;
	begin(&collected);
	collected.stop_after = 2;
	file_put(&collected, "a.ndjson", "{}\n{}\n{}\n{}\n");
	assert_true(source_read(&collected.source, collected.folder, &error));
	assert_int_equal(collected.count, 2);
	assert_true(collected.source.stopped);
	end(&collected);
}

static void warc_responses_that_are_no_pages_are_skipped(void **state)
{
	struct collected collected;
	struct error error;
	static const char *const blocks[] = {"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>a", "HTTP/1.1 404 No\r\nContent-Type: text/html\r\n\r\n<p>b",
		"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\nPNG"};
	struct buf file;
	(void)state;
	begin(&collected);
	buf_init(&file, 1 << 20);
	for (int i = 0; i < 3; i++)
		buf_printf(&file, "WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http; msgtype=response\r\nWARC-Target-URI: u%d\r\nContent-Length: %zu\r\n\r\n%s\r\n\r\n",
			i, strlen(blocks[i]), blocks[i]);
	buf_append_byte(&file, '\0');
	file_put(&collected, "x.warc", file.ptr);
	assert_true(source_read(&collected.source, collected.folder, &error));
	assert_slice(buf_slice(&collected.pages), "u0|text/html|0|<p>a;");
	assert_int_equal(collected.source.skipped, 2);
	assert_int_equal(collected.source.broken, 0);
	buf_release(&file);
	end(&collected);
}

static void a_missing_path_is_an_error(void **state)
{
	struct collected collected;
	struct error error;
	(void)state;
	begin(&collected);
	assert_false(source_read(&collected.source, "/nowhere/at/all", &error));
	assert_non_null(strstr(error.text, "/nowhere/at/all"));
	end(&collected);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(a_folder_is_read_in_byte_order), cmocka_unit_test(a_manifest_names_files_and_order),
		cmocka_unit_test(a_file_of_objects_is_ndjson_whatever_it_is_called), cmocka_unit_test(a_last_line_without_end_is_a_line),
		cmocka_unit_test(what_is_too_long_is_left_out_and_counted), cmocka_unit_test(a_last_line_without_end_is_a_line),
		cmocka_unit_test(emit_can_stop_it), cmocka_unit_test(warc_responses_that_are_no_pages_are_skipped),
		cmocka_unit_test(a_missing_path_is_an_error)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
