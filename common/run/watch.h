/* watch: what is worth looking at and waking somebody for, as PromQL over the metric table. Like the table itself it is data: the
 * dashboard (deploy/grafana) and the rules (deploy/prometheus) are generated from both, so none can name a metric that isn't
 * there. */
#ifndef COPYDESK_WATCH_H
#define COPYDESK_WATCH_H

#include "run/metrics.h"

struct watch_row {
	const char *name;  /* of a recording rule, level:metric:operation (Prometheus' convention), or of an alert */
	const char *expr;  /* $1 … $4 stand for the names of `metrics` */
	enum metric metrics[4];
	const char *title, *unit, *legend; /* a recording rule's panel: unit is Grafana's */
	const char *wait, *severity;       /* an alert's; NULL: a recording rule */
	const char *text; /* the panel's sentence; what to do on an alert */
};
/* Ends with a NULL name. */
extern const struct watch_row WATCH_ROWS[];

/* The expression with its metrics put in. */
void watch_expr(const struct watch_row *row, struct buf *out);

#endif
