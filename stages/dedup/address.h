/* address: what of a URL deduplication looks at: whose it is, and which page it is. */
#ifndef COPYDESK_ADDRESS_H
#define COPYDESK_ADDRESS_H

#include "base/arena.h"

/* The host in lower case without "www."; with `registrable`, its registrable domain by the Public Suffix List. Empty without
 * one. */
struct slice address_host(struct arena *arena, struct slice url, bool registrable);
/* Equal for the spellings of one page's address: scheme, "www.", case of the host, default port, fragment, closing slash and the
 * parameters that only track visitors don't count. 0 for what isn't the address of one page: no host, or a bare host. */
uint64_t address_key(struct arena *arena, struct slice url);

#endif
