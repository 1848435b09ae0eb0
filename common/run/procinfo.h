/* procinfo: CPU, memory and descriptors of this process from /proc, as Prometheus' client libraries name them. */
#ifndef COPYDESK_PROCINFO_H
#define COPYDESK_PROCINFO_H

#include "base/buf.h"

struct procinfo_row {
	const char *name, *kind, *unit, *help;
};
/* Ends with a NULL name. */
extern const struct procinfo_row PROCINFO_ROWS[];

/* All rows in Prometheus' text format. What /proc doesn't give is 0. */
void procinfo_render(struct buf *out);

#endif
