/* option_value: what config and the generated docs need of a table row, beside what stage authors see in option.h. */
#ifndef COPYDESK_OPTION_VALUE_H
#define COPYDESK_OPTION_VALUE_H

#include "run/config.h"

struct option_value {
	int64_t integer; /* also of OPTION_BOOL, OPTION_SIZE (bytes), OPTION_DURATION (ms) */
	double number;
};

/* Kind, choices and range; config_bad_value. An empty text is good where the default is empty, and reads as 0. */
bool option_parse(const struct option *row, struct slice text, struct option_value *value, struct error *error);
/* "topic.in" to "COPYDESK_TOPIC_IN". */
void option_environment_name(const char *name, char *out, size_t size);

#endif
