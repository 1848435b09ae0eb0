/* deskgauge: how fast each topic grows and how far each stage is behind, sampled every two seconds by a thread of its own. */
#ifndef COPYDESK_DESKGAUGE_H
#define COPYDESK_DESKGAUGE_H

#include "json/writer.h"
#include "tools/connection.h"

struct deskgauge;

/* Starts the thread. The connection must outlive the gauge. NULL with error. */
struct deskgauge *deskgauge_create(struct connection *connection, struct error *error);
void deskgauge_destroy(struct deskgauge **gauge);
/* {"stages":[{name,in,rate,lag,dead,duplicates?}],"topics":[{name,partitions,messages,rate,history}]}. A lag of -1 is unknown: the group
 * has committed nothing, or (embedded broker) commits aren't kept. */
void deskgauge_write(struct deskgauge *gauge, struct json_writer *out);

#endif
