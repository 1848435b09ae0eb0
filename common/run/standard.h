/* standard: descriptors 0, 1 and 2 are taken from the start. */
#ifndef COPYDESK_STANDARD_H
#define COPYDESK_STANDARD_H

/* Of standard input, output and error those that the caller closed are opened on /dev/null, so that no file of ours gets their
 * number: log lines would end up in the output, an epoll descriptor be read as the input. Input and output are opened the wrong
 * way round, for who uses them must get EBADF and not an empty file or a success. Call it first. */
void standard_take(void);

#endif
