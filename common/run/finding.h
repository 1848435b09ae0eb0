/* finding: something that is wrong, or will be, and what to do about it. `--check --live` and `copydesk doctor` consist of
 * these. */
#ifndef COPYDESK_FINDING_H
#define COPYDESK_FINDING_H

#include <stdbool.h>

enum finding_level {
	FINDING_WARNING, /* works, but not as it should, or not for long */
	FINDING_FAULT,   /* doesn't work, or loses something */
};

struct finding {
	enum finding_level level;
	char code[32];  /* stable word */
	char what[400]; /* a sentence: what is wrong, where, what follows */
	char fix[400];  /* what to do */
};

/* Where findings go, and how many there were. */
struct findings {
	void (*take)(void *context, const struct finding *finding);
	void *context;
	int warnings, faults;
};

void finding_add(struct findings *findings, enum finding_level level, const char *code, const char *fix, const char *format, ...)
	__attribute__((format(printf, 5, 6)));

#endif
