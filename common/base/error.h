/* error: why something failed. A function that can fail returns bool and takes a struct error last.
 *
 * `code` is a stable lower-case word with underscores (it ends up in headers, metrics and tests); `text` is a sentence for a
 * tired reader: what, where, what to do. Context is added going up; the top logs it once. */
#ifndef COPYDESK_ERROR_H
#define COPYDESK_ERROR_H

#include <stdbool.h>

struct error {
	char code[32];
	char text[480];
};

/* Both always return false, so that `return error_set(…)` reads well. A NULL error is allowed. */
bool error_set(struct error *error, const char *code, const char *format, ...) __attribute__((format(printf, 3, 4)));
/* Puts "<context>: " before the text. */
bool error_context(struct error *error, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
