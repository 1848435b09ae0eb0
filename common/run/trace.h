/* trace: what a stage decided about one message and why: notes in the order of the decisions. For --explain only.
 *
 * task.trace is NULL in normal work: a note costs the test of a pointer then, and its arguments aren't evaluated. A trace has
 * memory of its own: the message's budgets, and so its end, are the same with and without one. Fields are those of log.h; an
 * empty text is left out, a long one is cut.
 *
 *     trace_note(task->trace, "container", LOG_STR("mode", mode), LOG_INT("prose", bytes)); */
#ifndef COPYDESK_TRACE_H
#define COPYDESK_TRACE_H

#include "base/log.h"
#include "json/writer.h"

#define TRACE_TEXT_MAX 300     /* bytes of one text */
#define TRACE_NOTES_MAX 20000u /* of one message; later ones are counted only */

struct trace;

/* Never NULL. */
struct trace *trace_create(void);
void trace_destroy(struct trace **trace);
/* Forgets all notes. */
void trace_clear(struct trace *trace);
/* The notes as an array of objects {"step", …fields}, the last one {"step": "cut", "notes": n} if there were too many. */
void trace_put(const struct trace *trace, struct json_writer *out);

#define trace_note(trace, step, ...)                                                                                                     \
	do {                                                                                                                                 \
		if ((trace) != NULL)                                                                                                             \
			trace_write((trace), (step), LOG_FIELDS(__VA_ARGS__));                                                                       \
	} while (0)
void trace_write(struct trace *trace, const char *step, const struct log_field *fields);

#endif
