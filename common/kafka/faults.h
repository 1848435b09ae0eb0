/* faults: counts what librdkafka's clients report through their error callbacks, for the whole process. */
#ifndef COPYDESK_FAULTS_H
#define COPYDESK_FAULTS_H

#include "run/metrics.h"

/* Where they are counted; NULL: nowhere. To be taken away before the metrics are destroyed. */
void faults_count_in(struct metrics *metrics);
/* One fault with librdkafka's name for it, such as _TRANSPORT. Any thread. */
void faults_count(const char *code);

#endif
