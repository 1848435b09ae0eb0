/* lists: word lists, one word or name a line with tabs between the fields, as the tables of a lexicon. */
#ifndef COPYDESK_LISTS_H
#define COPYDESK_LISTS_H

#include "base/arena.h"
#include "base/error.h"
#include "tag/lexicon.h"

struct lists {
	struct cluster_slot *clusters;
	size_t cluster_slots;
	uint16_t *sets;
	uint32_t *names;
	size_t name_slots;
	struct family *families;
	uint32_t *members;
	size_t member_slots;
	struct lexicon_coded *coded; /* NULL: no member has codes */
	uint8_t *codes;
	size_t coded_members;
	struct place_record *places;
	size_t place_count;
	struct lexicon lexicon; /* over the above */
};

/* Each line "word TAB fine TAB middle TAB coarse", numbers from 1. */
bool lists_read_clusters(struct lists *lists, struct arena *arena, const char *path, struct error *error);
/* The same, in lower case; behind "coarse" may stand "TAB codes", two hexadecimal digits for each of LEXICON_PARTS. */
bool lists_read_families(struct lists *lists, struct arena *arena, const char *path, struct error *error);
/* Each line "class TAB name", classes named as in enum lexicon_class in lower case ("first_name"). */
bool lists_read_names(struct lists *lists, struct arena *arena, const char *path, struct error *error);
/* Each line "kind TAB country TAB subdivision TAB population TAB latitude TAB longitude TAB name". */
bool lists_read_places(struct lists *lists, struct arena *arena, const char *path, struct error *error);

/* A whole file. */
bool lists_read_file(struct arena *arena, const char *path, struct slice *text, struct error *error);

#endif
