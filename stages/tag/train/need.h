/* need: memory of a training program, or the end with its name and code 71 (EX_OSERR). */
#ifndef COPYDESK_NEED_H
#define COPYDESK_NEED_H

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

static inline void *need(void *memory)
{
	if (!memory) {
		fprintf(stderr, "%s: out of memory\n", program_invocation_short_name);
		exit(71);
	}
	return memory;
}

#endif
