/* metas: what a page's meta elements say of it. One table names the properties, the field that each stands for and how far it is believed. */
#ifndef COPYDESK_METAS_H
#define COPYDESK_METAS_H

#include "extract/candidates.h"

/* Adds what a meta element says, by any of its names (name, property, itemprop, http-equiv), to the candidates. */
void metas_take(struct candidates *candidates, const struct node *meta);

#endif
