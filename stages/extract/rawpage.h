/* rawpage: the message a crawler sends: a JSON object with the page in it, or the page itself as the value with headers beside
 * it. */
#ifndef COPYDESK_RAWPAGE_H
#define COPYDESK_RAWPAGE_H

#include "run/stage.h"

struct raw_page {
	struct slice body; /* html, text, or the bytes of bodyBase64 or of the value */
	bool is_html;
	bool is_unicode;   /* body came as a JSON string: no charset is to be guessed */
	struct slice content_type, url, id, language, publisher, title;
	int64_t fetched_at; /* CLOCK_NONE if absent or unreadable */
	struct trace *trace; /* the task's */
};

/* False with codes json_syntax and the like, empty_page, bad_base64, unsupported_type. */
bool raw_page_read(struct task *task, struct raw_page *page, struct error *error);

#endif
