/* signals: SIGTERM, SIGINT and SIGHUP (unless the caller ignores it, as nohup does) ask for a drain; the second one ends the process
 * at once (exit code 128 + signal). SIGPIPE is ignored: a write fails instead. Process-wide, installed once by stage_main(). */
#ifndef COPYDESK_SIGNALS_H
#define COPYDESK_SIGNALS_H

#include "base/error.h"

/* False with no_pipe. */
bool signals_install(struct error *error);
/* The first signal that came, or 0. */
int signals_caught(void);
/* Readable from the first signal on: for poll(). */
int signals_fd(void);

#endif
