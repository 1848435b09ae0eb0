/* options: the option table every stage shares, and the rows made from its struct stage (topics). */
#ifndef COPYDESK_OPTIONS_H
#define COPYDESK_OPTIONS_H

#include "run/config.h"
#include "run/stage.h"

/* A configuration with the common rows, the topics of the stage and its own rows; all defaults. Never NULL. */
struct config *options_config(const struct stage *stage);
/* To be called when everything is read: fills in what depends on the machine (workers: cores; memory.limit: the cgroup's;
 * instance: the host's name) and checks what one row can't (from and until, topics that are equal, budgets that don't fit). */
bool options_resolve(struct config *config, const struct stage *stage, struct error *error);

/* Whether a setting of any stage can't change what it emits: what the tables call neutral, and kafka.*. */
bool options_neutral(struct slice name);

/* Cores this process may use: affinity, then the cgroup's quota, at least 1. */
int options_cores(void);
/* The cgroup's memory limit (v2, v1), else the machine's memory, in bytes. */
int64_t options_memory(void);

/* `from`, `until`: "", earliest, latest, end, an RFC 3339 instant, or offsets of partitions: "0:1200,1:1350". */
enum bound_kind { BOUND_NONE, BOUND_EARLIEST, BOUND_LATEST, BOUND_END, BOUND_TIME, BOUND_OFFSETS };
struct bound {
	enum bound_kind kind;
	int64_t ms;           /* of BOUND_TIME */
	struct slice offsets; /* of BOUND_OFFSETS: the configuration's text */
};
/* What `from` and `until` say. False with config_bad_value, which says what either takes. */
bool options_from(const struct config *config, struct bound *from, struct error *error);
bool options_until(const struct config *config, struct bound *until, struct error *error);
/* The offset that BOUND_OFFSETS names for a partition; false if it names none. */
bool bound_offset(const struct bound *bound, int32_t partition, int64_t *offset);

#endif
