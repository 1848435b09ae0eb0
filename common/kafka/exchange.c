/* exchange: not built in yet; says so. */
#include "kafka/exchange.h"

struct exchange *exchange_create(const struct stage *stage, void *state, const struct config *config, struct health *health,
	struct metrics *metrics, struct error *error)
{
	(void)state, (void)config, (void)health, (void)metrics;
	error_set(error, "no_index", "copydesk-%s can't spread its index over processes in this build", stage->name);
	return NULL;
}

void exchange_destroy(struct exchange **exchange) { *exchange = NULL; }
bool exchange_ready(const struct exchange *exchange) { return exchange != NULL; }
void exchange_ask(struct exchange *exchange, struct job *job, const struct coordinates *from) { (void)exchange, (void)job, (void)from; }
bool exchange_decide(struct exchange *exchange, struct job *job) { return !exchange || !job; }
void exchange_forget(struct exchange *exchange, struct job *job) { (void)exchange, (void)job; }
void exchange_serve(struct exchange *exchange, int wait_ms) { (void)exchange, (void)wait_ms; }
