/* scripts: the article of a page that is put together in the browser: its text waits in a script's JSON. */
#ifndef COPYDESK_SCRIPTS_H
#define COPYDESK_SCRIPTS_H

#include "extract/tree.h"

/* The longest running text in a string of the page's scripts, decoded: markup or plain text; empty if there is none. Linear in the
 * scripts' length; JSON inside of JSON strings (as Next.js sends it) is looked into once more. */
struct slice scripts_longest_text(struct arena *arena, const struct tree *tree);
/* The array of paragraphs that holds most text in the page's JSON payloads (<script type="application/json">, as Next.js writes), as HTML: a p or
 * h2 for each item. Empty if there is none. */
struct slice scripts_payload_html(struct arena *arena, const struct tree *tree);

#endif
