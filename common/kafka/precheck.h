/* precheck: is the configuration good for Kafka? Behind --check, and each start. checkup.h asks the brokers. */
#ifndef COPYDESK_PRECHECK_H
#define COPYDESK_PRECHECK_H

#include "run/config.h"
#include "run/stage.h"

/* Without a connection: the kafka.* keys and values, and the order of the time-outs. Codes kafka_option, kafka_client. */
bool precheck_config(const struct config *config, struct error *error);
/* librdkafka's, at run time. */
const char *precheck_library_version(void);

#endif
