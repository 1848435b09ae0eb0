/* environment: the configuration as environment variables: COPYDESK_TOPIC_IN=… sets topic.in, COPYDESK_KAFKA_SASL_PASSWORD=… sets
 * kafka.sasl.password. */
#ifndef COPYDESK_ENVIRONMENT_H
#define COPYDESK_ENVIRONMENT_H

#include "run/config.h"

/* Sets what `variables` ("NAME=value", NULL ends) say, up to the first error; codes: those of config_set(). COPYDESK_ names that no
 * table knows are told as warnings, not errors: an orchestrator may put variables of that prefix there for its own reasons. */
bool environment_read(struct config *config, char **variables, struct error *error);

#endif
