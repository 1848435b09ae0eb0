/* exchange: the index of a stage, spread over processes. See stage.h (struct stage_index) and exchange.c. */
#ifndef COPYDESK_EXCHANGE_H
#define COPYDESK_EXCHANGE_H

#include "run/health.h"
#include "run/workers.h"

struct exchange;

struct exchange *exchange_create(const struct stage *stage, void *state, const struct config *config, struct health *health,
	struct error *error);
/* `leave`: see indexowner_destroy(). */
void exchange_destroy(struct exchange **exchange, bool leave);
/* All partitions this process owns are restored, and questions can be asked. */
bool exchange_ready(const struct exchange *exchange);
/* Sends the questions of a job that ended in VERDICT_ASK. */
void exchange_ask(struct exchange *exchange, struct job *job);
/* All replies of the round are in. */
bool exchange_answered(const struct exchange *exchange, const struct job *job);
/* When all replies of the round are in: calls the stage's decide(), and asks again if it wants to. True when the job's verdict is
 * final. */
bool exchange_decide(struct exchange *exchange, struct job *job);
/* The job is given up. */
void exchange_forget(struct exchange *exchange, struct job *job);
/* Takes replies in, asks again for what is overdue. Waits for at most `wait_ms`. */
void exchange_serve(struct exchange *exchange, int wait_ms);
/* Lacks this user a right on the index's topics or group? Code no_access. */
bool exchange_denied(struct exchange *exchange, struct error *error);

#endif
