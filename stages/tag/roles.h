/* roles: what a person is called beside the name: "Russian President" before it, "chairman of the council" behind its comma. */
#ifndef COPYDESK_ROLES_H
#define COPYDESK_ROLES_H

#include "tag/mentions.h"

/* The role phrase beside a mention of a person; false if none stands there. Words [*first, *last) of the document. */
bool role_beside(const struct document *document, const struct mentions *mentions, uint32_t mention, uint32_t *first, uint32_t *last);

#endif
