/* deskoriginal: the page an article was made from, as it came: back along the provenance headers to the first topic. */
#ifndef COPYDESK_DESKORIGINAL_H
#define COPYDESK_DESKORIGINAL_H

#include "tools/connection.h"
#include "tools/record.h"

struct deskoriginal;

struct deskoriginal *deskoriginal_create(struct connection *connection, struct error *error);
void deskoriginal_destroy(struct deskoriginal **original);
/* From a record's coordinates back to the raw page: its body and content type ("text/html; charset=utf-8"), arena memory. One
 * caller at a time goes, others wait. Codes: record_gone, kafka_unreachable, json_…, no_body. */
bool deskoriginal_find(struct deskoriginal *original, const char *topic, int32_t partition, int64_t offset, struct arena *arena,
	struct slice *body, struct slice *content_type, struct error *error);

#endif
