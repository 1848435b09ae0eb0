/* deskoriginal: see deskoriginal.h. */
#include "tools/deskoriginal.h"

#include "base/base64.h"
#include "json/reader.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#define HOPS 8 /* stages in a row; more is a loop of headers */
#define FETCH_MS 8000

struct deskoriginal {
	pthread_mutex_t lock;
	rd_kafka_t *consumer;
};

struct deskoriginal *deskoriginal_create(struct connection *connection, struct error *error)
{
	struct deskoriginal *original = calloc(1, sizeof *original);

	if (!original) {
		error_set(error, "memory", "no memory for reading originals");
		return NULL;
	}
	original->consumer = record_reader(connection, error);
	if (!original->consumer) {
		free(original);
		return NULL;
	}
	pthread_mutex_init(&original->lock, NULL);
	return original;
}

void deskoriginal_destroy(struct deskoriginal **original)
{
	if (!*original)
		return;
	rd_kafka_destroy((*original)->consumer);
	pthread_mutex_destroy(&(*original)->lock);
	free(*original);
	*original = NULL;
}

/* A raw page is a JSON object with html, text or bodyBase64, or the body itself with its type in a header
 * (schemas/rawpage.json). */
static bool open_page(
	const struct record *record, struct arena *arena, struct slice *body, struct slice *content_type, struct error *error)
{
	struct slice value = slice_trim(record->message.value);

	if (value.len == 0 || value.ptr[0] != '{') {
		struct slice given = record_header(record, "content-type");
		*body = record->message.value;
		*content_type = given.len ? given : SLICE("text/html");
		return true;
	}
	const struct json *page = json_parse(arena, value, NULL, error);
	if (!page)
		return false;
	struct slice html = json_string(page, "html"), text = json_string(page, "text"), packed = json_string(page, "bodyBase64");
	struct slice type = json_string(page, "contentType");
	*body = html.len ? html : text;
	*content_type = html.len ? SLICE("text/html; charset=utf-8") : SLICE("text/plain; charset=utf-8");
	if (body->len == 0 && packed.len) {
		*content_type = type.len ? type : SLICE("text/html");
		if (!base64_decode(arena, packed, body))
			return error_set(error, "no_body", "bodyBase64 isn't base64");
	}
	return body->len > 0 || error_set(error, "no_body", "the page has no html, text or bodyBase64");
}

bool deskoriginal_find(struct deskoriginal *original, const char *topic, int32_t partition, int64_t offset, struct arena *arena,
	struct slice *body, struct slice *content_type, struct error *error)
{
	struct record record;
	char at[250];
	bool found = false;

	snprintf(at, sizeof at, "%s", topic);
	pthread_mutex_lock(&original->lock);
	for (int hop = 0; hop < HOPS; hop++) {
		found = record_fetch(original->consumer, at, partition, offset, FETCH_MS, arena, &record, error);
		if (!found || !record_source(&record, at, &partition, &offset))
			break;
	}
	pthread_mutex_unlock(&original->lock);
	return found && open_page(&record, arena, body, content_type, error);
}
