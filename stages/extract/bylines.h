/* bylines: the lines of a page that name its author: elements that are called so or lead to an author's page, and short paragraphs that read like
 * a byline. What is in such a line is for authors.c. */
#ifndef COPYDESK_BYLINES_H
#define COPYDESK_BYLINES_H

#include "extract/candidates.h"

/* Adds the byline that an element near the headline is, if it is one, and the agency that it credits, to the candidates. */
void bylines_take(struct candidates *candidates, const struct node *node);

#endif
