/* httpbody: an HTTP/1.x response as a crawl stores it (RFC 9112): status, the headers that matter, and the body with chunking and
 * content coding taken off. Crawls often store the body already plain but leave the headers: coding is taken off only where the
 * bytes really have it. */
#ifndef COPYDESK_HTTPBODY_H
#define COPYDESK_HTTPBODY_H

#include "base/buf.h"
#include "base/error.h"

struct http_response {
	int status;
	struct slice content_type; /* as sent, with charset; or empty */
	struct slice body;
};

/* `scratch` takes the decoded body if there is anything to decode; the response points into `block` or into it. Codes:
 * http_syntax, http_coding (an unknown or broken content coding, or larger than the scratch's ceiling). */
bool http_response_parse(struct slice block, struct buf *scratch, struct http_response *response, struct error *error);

#endif
