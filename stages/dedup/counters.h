/* counters: what deduplication counts; the rows are in front.c. */
#ifndef COPYDESK_COUNTERS_H
#define COPYDESK_COUNTERS_H

enum counter {
	COUNTER_UNIQUE,
	COUNTER_EXACT,
	COUNTER_NEAR,
	COUNTER_REVISION,
	COUNTER_ALIAS,
	COUNTER_AGAIN,
	COUNTER_BOILERPLATE,
	COUNTER_COMPARED,
};

#endif
