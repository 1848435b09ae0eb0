/* articleprint: an article for people: headline, byline, what it is a copy of, the body with its entities and times marked, and
 * both as lists below. */
#ifndef COPYDESK_ARTICLEPRINT_H
#define COPYDESK_ARTICLEPRINT_H

#include "json/reader.h"
#include "tools/headlines.h"
#include "tools/terminal.h"

/* Of any stage: what the article lacks isn't shown. At most `body_lines` lines of its body, 0: all. `headlines` knows originals of
 * copies; the article itself isn't added. */
void article_print(const struct terminal *terminal, const struct json *article, const struct headlines *headlines, int body_lines,
	struct arena *arena);

#endif
