/* deskgauge: how fast each topic grows and how far each stage is behind, sampled every two seconds by a thread of its own. */
#ifndef COPYDESK_DESKGAUGE_H
#define COPYDESK_DESKGAUGE_H

#include "json/writer.h"
#include "tools/connection.h"

struct deskgauge;

/* Starts the thread. The connection must outlive the gauge. NULL with error. */
struct deskgauge *deskgauge_create(struct connection *connection, struct error *error);
void deskgauge_destroy(struct deskgauge **gauge);
/* {"stages":[{name,in,rate,lag,dead,duplicates?}],"topics":[{name,partitions,messages,rate,history}]}. A lag is 0 when all is
 * read (grouplag.h), and -1 if unknown: the group has committed nothing, or (embedded broker) commits aren't kept. Messages and
 * rates are counted by offsets up to the last stable one, of which the markers of transactions take some. */
void deskgauge_write(struct deskgauge *gauge, struct json_writer *out);

#endif
