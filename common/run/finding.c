/* finding: see finding.h. */
#include "run/finding.h"

#include <stdarg.h>
#include <stdio.h>

void finding_add(struct findings *findings, enum finding_level level, const char *code, const char *fix, const char *format, ...)
{
	struct finding finding = {.level = level};
	va_list args;

	snprintf(finding.code, sizeof(finding.code), "%s", code);
	snprintf(finding.fix, sizeof(finding.fix), "%s", fix);
	va_start(args, format);
	vsnprintf(finding.what, sizeof(finding.what), format, args);
	va_end(args);
	if (level == FINDING_FAULT)
		findings->faults++;
	else
		findings->warnings++;
	findings->take(findings->context, &finding);
}
