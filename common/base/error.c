/* error: see error.h. */
#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

bool error_set(struct error *error, const char *code, const char *format, ...)
{
	va_list args;

	if (!error)
		return false;
	snprintf(error->code, sizeof(error->code), "%s", code);
	va_start(args, format);
	vsnprintf(error->text, sizeof(error->text), format, args);
	va_end(args);
	return false;
}

bool error_context(struct error *error, const char *format, ...)
{
	char context[sizeof(error->text)], joined[sizeof(error->text) * 2 + 2];
	va_list args;

	if (!error)
		return false;
	va_start(args, format);
	vsnprintf(context, sizeof(context), format, args);
	va_end(args);
	snprintf(joined, sizeof(joined), "%s: %s", context, error->text);
	memcpy(error->text, joined, sizeof(error->text));
	error->text[sizeof(error->text) - 1] = '\0';
	return false;
}
