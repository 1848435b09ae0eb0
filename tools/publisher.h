/* publisher: records that tools write: in transactions, so that a batch is there whole or not at all, and a command that is
 * broken off and run again neither repeats nor loses any.
 *
 * Two publishers of one id exclude each other: the newer fences off the older, whose commit then fails. What a command reads
 * after publisher_create() to decide what to write therefore stays true until it commits. */
#ifndef COPYDESK_PUBLISHER_H
#define COPYDESK_PUBLISHER_H

#include "run/stage.h"
#include "tools/connection.h"

struct publisher;

/* `id` becomes the transactional.id. NULL with error. The connection must outlive the publisher. */
struct publisher *publisher_create(struct connection *connection, const char *id, struct error *error);
/* What wasn't committed is aborted. */
void publisher_destroy(struct publisher **publisher);
/* Puts a record into the open batch; partition -1: by its key, as the stages do. Copies what it is given. */
bool publisher_put(
	struct publisher *publisher, const char *topic, int32_t partition, const struct message *message, struct error *error);
/* Makes the batch visible. False: nothing of it is, and the publisher is of no more use. Codes: fenced, kafka. */
bool publisher_commit(struct publisher *publisher, struct error *error);

#endif
