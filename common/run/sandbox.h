/* sandbox: a thread that reads hostile bytes gives up what it doesn't need, after start-up.
 *
 * The process as a whole can gain no privileges (no_new_privs). A worker thread may compute, allocate, wait, log and read files
 * (iconv loads its converters when a charset is first seen); it can't open a file for writing, make a socket, start a program or
 * touch another process: such a call fails with EPERM. A bug in a parser then has no hands. Linux seccomp-BPF through libseccomp
 * (seccomp(2)). */
#ifndef COPYDESK_SANDBOX_H
#define COPYDESK_SANDBOX_H

#include "base/error.h"

/* Once, before the threads start. */
bool sandbox_process(struct error *error);
/* In each worker thread, as its first act. False (code sandbox) where the kernel refuses seccomp; the caller warns and goes on.
 * Does nothing and answers true in builds with sanitizers, whose runtimes need more. */
bool sandbox_worker(struct error *error);

#endif
