/* lettergroup: dead letters counted by stage, code and fingerprint. The fingerprint is that of the message without what differs
 * from letter to letter (numbers, quoted text, paths and addresses), so that a thousand letters of one cause are one line. */
#ifndef COPYDESK_LETTERGROUP_H
#define COPYDESK_LETTERGROUP_H

#include "tools/keytable.h"

#define FINGERPRINT_SIZE 9 /* 8 hex digits and a NUL */

struct letter_group {
	char stage[32], code[40], fingerprint[FINGERPRINT_SIZE];
	char sample[256];        /* the message of the newest letter */
	char place[300];         /* of the newest letter */
	int64_t count, handled;  /* handled: of the count */
	int64_t first, last;     /* ms of death */
};

struct letter_groups {
	struct letter_group *items;
	size_t count, capacity;
	struct keytable index;
};

#define LETTER_GROUPS_INIT {NULL, 0, 0, KEYTABLE_INIT}

/* The message with "#" for numbers, "…" for quoted text and for words with a slash; returns its length, < size. */
size_t letter_template(struct slice message, char *out, size_t size);
void letter_fingerprint(struct slice stage, struct slice code, struct slice message, char out[FINGERPRINT_SIZE]);

struct letter_facts {
	struct slice stage, code, message;
	char fingerprint[FINGERPRINT_SIZE];
	int64_t died; /* ms, the record's own time where the header is missing */
};

/* Counts a letter in the group of its stage, code and fingerprint; the latest letter is the group's sample. `handled`: sent or
 * dropped before. */
void letter_groups_add(struct letter_groups *groups, const struct letter_facts *facts, const char *place, bool handled);
/* The most first. */
void letter_groups_sort(struct letter_groups *groups);
void letter_groups_release(struct letter_groups *groups);

#endif
