/* keep: texts that lie behind the struct that has them, in one allocation with it. */
#ifndef COPYDESK_KEEP_H
#define COPYDESK_KEEP_H

#include "base/slice.h"

/* Copies the text to *at, which moves behind it. */
static inline struct slice keep(char **at, struct slice s)
{
	struct slice kept = {*at, s.len};

	if (s.len)
		memcpy(*at, s.ptr, s.len);
	*at += s.len;
	return kept;
}

#endif
