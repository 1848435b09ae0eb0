/* timezones: see timezones.h. */
#include "tag/timezones.h"

#define NAME_MAX_LENGTH 4

/* By name. BST is Britain's and not Bangladesh's, as English news mostly means; what else means several stays open. */
static const struct time_zone ZONES[] = {{"ACST", 570, false}, {"AEDT", 660, false}, {"AEST", 600, false}, {"AKDT", -480, false},
	{"AKST", -540, false}, {"AWST", 480, false}, {"BRT", -180, false}, {"BST", 60, true}, {"CAT", 120, false}, {"CDT", -300, true},
	{"CEST", 120, true}, {"CET", 60, true}, {"CST", TIME_ZONE_OPEN, true}, {"CT", TIME_ZONE_OPEN, false}, {"EAT", 180, false},
	{"EDT", -240, true}, {"EEST", 180, false}, {"EET", 120, false}, {"EST", -300, true}, {"ET", TIME_ZONE_OPEN, false}, {"GMT", 0, true},
	{"HKT", 480, false}, {"HST", -600, false}, {"IST", TIME_ZONE_OPEN, true}, {"JST", 540, true}, {"KST", 540, true}, {"MDT", -360, false},
	{"MSK", 180, false}, {"MST", -420, true}, {"MT", TIME_ZONE_OPEN, false}, {"NPT", 345, false}, {"NZDT", 780, false},
	{"NZST", 720, false}, {"PDT", -420, true}, {"PHT", 480, false}, {"PKT", 300, false}, {"PST", -480, true},
	{"PT", TIME_ZONE_OPEN, false}, {"SAST", 120, false}, {"SGT", 480, false}, {"UTC", 0, true}, {"WAT", 60, false}, {"WIB", 420, false},
	{"Z", 0, false}};

const struct time_zone *time_zone_find(struct slice name)
{
	if (name.len == 0 || name.len > NAME_MAX_LENGTH)
		return NULL;
	char first = (char)(name.ptr[0] & 0x5F); /* as a capital */
	for (size_t i = 0; i < sizeof(ZONES) / sizeof(ZONES[0]) && ZONES[i].name[0] <= first; i++)
		if (ZONES[i].name[0] == first && (ZONES[i].plain ? slice_equal_nocase(name, slice_of(ZONES[i].name)) : slice_is(name, ZONES[i].name)))
			return &ZONES[i];
	return NULL;
}

int time_zone_offset(struct slice name)
{
	const struct time_zone *zone = time_zone_find(name);
	return zone && slice_is(name, zone->name) ? zone->minutes : TIME_ZONE_OPEN;
}
