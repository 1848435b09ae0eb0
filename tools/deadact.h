/* deadact: what `copydesk dead` changes: letters sent again, letters dropped, letters deleted. */
#ifndef COPYDESK_DEADACT_H
#define COPYDESK_DEADACT_H

#include "tools/letterscan.h"

/* Shows what would be sent where, asks, and sends in batches; each batch and its notes are one transaction. Codes: usage,
 * unconfirmed, record_gone, fenced, kafka… */
bool dead_retry(const struct args *args, struct connection *connection, struct letter_filter *filter, const char *journal,
	struct error *error);
/* Notes that the letters are done with. With --purge also deletes the records of each partition before the first letter that
 * isn't. */
bool dead_drop(const struct args *args, struct connection *connection, struct letter_filter *filter, const char *journal,
	struct error *error);

#endif
