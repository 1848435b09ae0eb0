/* surroundings: what the names of an element and of those around it, and the words before it, say of a date, a name or a title in it.
 *
 * Names are looked into as they stand: "post-byline" is named "byline". What they say of the page's body is a matter of concept.c. */
#ifndef COPYDESK_SURROUNDINGS_H
#define COPYDESK_SURROUNDINGS_H

#include "extract/datelabel.h"
#include "extract/tree.h"

/* Does any of the words (lower case, of ASCII) occur in the text, whatever its case? One pass. */
bool names_hold_any(struct slice names, const char *const *words, size_t count);
/* Does an element's class or id hold the word, or any of an array of words? */
bool node_is_named(const struct node *node, const char *word);
#define NODE_IS_NAMED_ANY(node, words) \
	(names_hold_any((node)->class, words, sizeof(words) / sizeof *(words)) || names_hold_any((node)->id, words, sizeof(words) / sizeof *(words)))
/* Within comments, teasers, related lists and author boxes, dates and bylines are others'. */
bool node_stands_aside(const struct node *node);
/* What the words right before `node` say of a date in it: a label may have an element of its own. */
enum date_label node_date_label(const struct tree *tree, const struct node *node);

#endif
