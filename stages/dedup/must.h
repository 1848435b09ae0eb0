/* must: memory of the index, or the end. Half an index would answer wrongly; a process whose memory is spent is restarted by its
 * supervisor, and the log restores the index. */
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
