/* letterscan: the dead letters that a command is about: those of some topics, stage, code, fingerprint, times of death, or at
 * places. */
#ifndef COPYDESK_LETTERSCAN_H
#define COPYDESK_LETTERSCAN_H

#include "tools/handled.h"
#include "tools/lettergroup.h"
#include "tools/scan.h"

enum { LETTER_PLACES_MAX = 256, LETTER_TOPICS_MAX = 16 };

struct letter_place {
	char topic[250];
	int32_t partition;
	int64_t offset;
	bool found;
};

struct letter_filter {
	char topics[LETTER_TOPICS_MAX][250];
	size_t topic_count;
	const char *stage, *code, *fingerprint; /* NULL: any */
	int64_t from, until;                    /* ms of death [from, until); CLOCK_NONE: open */
	bool handled_too;
	struct letter_place places[LETTER_PLACES_MAX];
	size_t place_count; /* 0: everywhere */
};

/* From the flags --stage --code --fingerprint --from --until --topic --prefix --all and the operands behind the verb. Code
 * usage. */
bool letter_filter_init(struct letter_filter *filter, const struct args *args, struct error *error);

/* False stops, with an error or without one. */
typedef bool (*letter_visit)(void *context, const rd_kafka_message_t *message, const struct letter_facts *facts,
	enum handled_as as, struct error *error);
/* Visits the letters that are there now, partition by partition in order of offsets. False with an error; a place without a
 * letter is one (code record_gone). */
bool letters_each(struct connection *connection, struct letter_filter *filter, const struct handled *handled, letter_visit visit, void *context,
	struct error *error);

#endif
