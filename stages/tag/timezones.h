/* timezones: the abbreviations of time zones that texts write, and how far each lies from Greenwich. */
#ifndef COPYDESK_TIMEZONES_H
#define COPYDESK_TIMEZONES_H

#include "base/slice.h"

#define TIME_ZONE_OPEN 10000 /* more minutes than any zone's */

struct time_zone {
	const char *name; /* in capitals */
	int minutes;      /* east of Greenwich; TIME_ZONE_OPEN if it may be several */
	bool plain;       /* no other word even in small letters, and enough to make a time of bare figures: "1530 GMT" */
};

/* A plain one in any case, the others in capitals; NULL for other words. */
const struct time_zone *time_zone_find(struct slice name);
/* Minutes east of Greenwich of a name in capitals; TIME_ZONE_OPEN for what may be several ("CST") or isn't known. */
int time_zone_offset(struct slice name);

#endif
