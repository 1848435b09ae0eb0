/* lookup: where the newest record of an article is, by its id or its address. */
#ifndef COPYDESK_LOOKUP_H
#define COPYDESK_LOOKUP_H

#include "tools/chain.h"

struct lookup {
	char topic[250];
	int32_t partition;
	int64_t offset, time; /* of the newest */
	int64_t found;        /* how many there are on the topic where it was found */
};

/* An id is looked up in the topics behind extract, from the last to the first, then among dead letters; an address (with ://) in
 * articles and then in raw pages. False with code not_found, which says where was searched. */
bool lookup_find(struct lookup *lookup, struct connection *connection, const char *prefix, struct slice what,
	struct scan_bound from, struct error *error);

#endif
