/* rights: may this user do what a stage does? Tried by effect, for rules can't be read without more rights than a stage has.
 * Nothing is written, no group is joined, no running process is fenced off. */
#ifndef COPYDESK_RIGHTS_H
#define COPYDESK_RIGHTS_H

#include "base/error.h"
#include "run/config.h"

enum right { RIGHT_GIVEN, RIGHT_DENIED, RIGHT_UNKNOWN };

struct rights;

/* NULL: codes of client_conf(), client_create(). `embedded`: the embedded broker knows no rights; all are given then. */
struct rights *rights_create(const struct config *config, bool embedded, struct error *error);
void rights_destroy(struct rights **rights);

/* A look at the end of partition 0. */
enum right rights_read(struct rights *rights, const char *topic);
/* A record with an invalid number of acknowledgements: brokers look at the right first, and then refuse it
 * (INVALID_REQUIRED_ACKS). */
enum right rights_write(struct rights *rights, const char *topic);
/* The group's committed offsets are asked for. */
enum right rights_group(struct rights *rights, const char *topic);
/* A transactional id of its own, GROUP.INSTANCE.check: the stage's own would fence off the one that runs. */
enum right rights_transactions(struct rights *rights, const struct config *config);

#endif
