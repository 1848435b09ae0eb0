/* endpoint: GET /metrics, /livez and /readyz over HTTP, through libmicrohttpd with one thread of its own.
 *
 * /livez and /readyz answer 200 or 503, with the status line as body. Everything else is 404; other methods are 405. */
#ifndef COPYDESK_ENDPOINT_H
#define COPYDESK_ENDPOINT_H

#include "run/health.h"
#include "run/metrics.h"

struct endpoint;

/* `address` as in the option http: "127.0.0.1:9108", "[::1]:9108", ":9108" (all addresses), "host:0" (any port), but not "none".
 * NULL with codes http_address and http_listen. The port in use is logged. */
struct endpoint *endpoint_open(const char *address, struct metrics *metrics, struct health *health, struct error *error);
void endpoint_close(struct endpoint **endpoint);
int endpoint_port(const struct endpoint *endpoint);

/* Splits "host:port"; host may be empty or in square brackets. code http_address. */
bool endpoint_parse(struct slice address, char host[256], int *port, struct error *error);

#endif
