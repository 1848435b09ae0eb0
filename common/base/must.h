/* must: memory, or the end of the process: for state that would answer wrongly, or not at all, if a part of it were missing. */
#ifndef COPYDESK_MUST_H
#define COPYDESK_MUST_H

#include <stdlib.h>

static inline void *must(void *memory)
{
	if (memory == NULL)
		abort();
	return memory;
}

#endif
