/* rawpage: see rawpage.h. */
#include "extract/rawpage.h"

#include "base/clock.h"
#include "json/reader.h"

/* Member names are a contract; a body may contain anything, so only its own string is large. */
static const struct json_limits raw_limits = {.bytes = (size_t)64 << 20, .depth = 64, .nodes = 100000};

static int base64_digit(char c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (byte_is_digit(c))
		return c - '0' + 52;
	if (c == '+' || c == '-')
		return 62;
	if (c == '/' || c == '_')
		return 63;
	return -1;
}

/* RFC 4648 §4 and §5; line breaks are skipped, padding may be missing. */
static bool base64_decode(struct arena *arena, struct slice text, struct slice *bytes, struct error *error)
{
	char *out = arena_alloc(arena, text.len / 4 * 3 + 4);
	size_t len = 0;
	uint32_t bits = 0;
	unsigned have = 0;
	for (size_t i = 0; i < text.len; i++) {
		int digit = base64_digit(text.ptr[i]);
		if (digit < 0) {
			if (byte_is_space(text.ptr[i]) || text.ptr[i] == '=')
				continue;
			return error_set(error, "bad_base64", "bodyBase64: byte %zu is not Base64 (RFC 4648)", i);
		}
		bits = bits << 6 | (uint32_t)digit;
		have += 6;
		if (have >= 8) {
			have -= 8;
			out[len++] = (char)(bits >> have & 0xff);
		}
	}
	*bytes = slice_make(out, len);
	return true;
}

static bool type_says(struct slice content_type, const char *word)
{
	return slice_find_nocase(content_type, slice_of(word)) != SLICE_NOT_FOUND;
}

/* Markup or plain text, where nobody says it: a page that opens with a tag, or has a few closing tags early on, is markup. */
static bool looks_like_html(struct slice body)
{
	struct slice head = slice_sub(body, 0, 4096);
	struct slice trimmed = slice_trim(slice_unmark(slice_trim(head)));
	if (trimmed.len > 1 && trimmed.ptr[0] == '<' &&
	        (byte_is_alpha(trimmed.ptr[1]) || trimmed.ptr[1] == '!' || trimmed.ptr[1] == '?'))
		return true;
	return slice_find_nocase(head, SLICE("<html")) != SLICE_NOT_FOUND ||
	       slice_find_nocase(head, SLICE("</p>")) != SLICE_NOT_FOUND ||
	       slice_find_nocase(head, SLICE("</div>")) != SLICE_NOT_FOUND ||
	       slice_find_nocase(head, SLICE("<body")) != SLICE_NOT_FOUND;
}

static bool body_kind(struct raw_page *page, struct error *error)
{
	if (type_says(page->content_type, "html"))
		page->is_html = true;
	else if (type_says(page->content_type, "text/plain") || type_says(page->content_type, "markdown"))
		page->is_html = false;
	else if (page->content_type.len == 0 || type_says(page->content_type, "octet-stream") ||
	         type_says(page->content_type, "xml"))
		page->is_html = looks_like_html(page->body);
	else
		return error_set(error, "unsupported_type", "a page of type %.*s can't be read: HTML and plain text can",
		        SLICE_ARG(page->content_type));
	return true;
}

static bool read_object(struct task *task, struct raw_page *page, struct error *error)
{
	const struct json *root = json_parse(task->arena, task->in->value, &raw_limits, error);
	if (!root)
		return error_context(error, "raw page");
	page->url = json_string(root, "url");
	page->id = json_string(root, "id");
	page->language = json_string(root, "language");
	page->publisher = json_string(root, "publisher");
	page->title = json_string(root, "title");
	page->content_type = json_string(root, "contentType");
	struct slice fetched = json_string(root, "fetchedAt");
	if (fetched.len && !clock_parse(fetched, &page->fetched_at))
		page->fetched_at = CLOCK_NONE;
	const struct json *html = json_get(root, "html"), *text = json_get(root, "text"), *bytes = json_get(root, "bodyBase64");
	page->is_unicode = true;
	if (html && html->kind == JSON_STRING) {
		page->body = html->text;
		page->is_html = true;
		return true;
	}
	if (text && text->kind == JSON_STRING) {
		page->body = text->text;
		return true;
	}
	if (!bytes || bytes->kind != JSON_STRING)
		return error_set(error, "empty_page", "the raw page has none of html, text, bodyBase64");
	page->is_unicode = false;
	return base64_decode(task->arena, bytes->text, &page->body, error) && body_kind(page, error);
}

static bool read_bare(struct task *task, struct raw_page *page, struct error *error)
{
	page->body = task->in->value;
	page->url = task_header(task, "url");
	page->id = task_header(task, "id");
	page->language = task_header(task, "language");
	page->publisher = task_header(task, "publisher");
	page->content_type = task_header(task, "content-type");
	struct slice fetched = task_header(task, "fetched-at");
	if (fetched.len && !clock_parse(fetched, &page->fetched_at))
		page->fetched_at = CLOCK_NONE;
	return body_kind(page, error);
}

bool raw_page_read(struct task *task, struct raw_page *page, struct error *error)
{
	*page = (struct raw_page){.fetched_at = CLOCK_NONE, .trace = task->trace};
	struct slice value = slice_trim(task->in->value);
	if (!value.len)
		return error_set(error, "empty_page", "the message has no value");
	struct slice type = task_header(task, "content-type");
	/* A bare page never starts with a brace unless someone sends a script; CloudEvents producers set application/json. */
	bool object = type_says(type, "json") || (value.ptr[0] == '{' && !type_says(type, "text/"));
	if (!(object ? read_object(task, page, error) : read_bare(task, page, error)))
		return false;
	if (!slice_trim(page->body).len)
		return error_set(error, "empty_page", "the page's body is empty");
	return true;
}
