/* log: one event a line on standard error, as logfmt or JSON. An event word plus key/value pairs; the runner adds topic,
 * partition, offset and trace id. Page text never goes to info. A warning that repeats with the same `code` is folded: its count
 * is told once a minute.
 *
 *     log_info("commit", LOG_INT("messages", n), LOG_STR("topic", topic)); */
#ifndef COPYDESK_LOG_H
#define COPYDESK_LOG_H

#include "base/slice.h"

enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARN, LOG_ERROR };
enum log_format { LOG_LOGFMT, LOG_JSON };

struct log_field {
	const char *key; /* NULL ends the list */
	enum { LOG_FIELD_TEXT, LOG_FIELD_INT, LOG_FIELD_NUMBER } kind;
	struct slice text;
	int64_t integer;
	double number;
};

#define LOG_STR(key, cstr) ((struct log_field){(key), LOG_FIELD_TEXT, slice_of(cstr), 0, 0})
#define LOG_SLICE(key, value) ((struct log_field){(key), LOG_FIELD_TEXT, (value), 0, 0})
#define LOG_INT(key, value) ((struct log_field){(key), LOG_FIELD_INT, {NULL, 0}, (int64_t)(value), 0})
#define LOG_NUM(key, value) ((struct log_field){(key), LOG_FIELD_NUMBER, {NULL, 0}, 0, (value)})
#define LOG_FIELDS(...) ((const struct log_field[]){__VA_ARGS__ __VA_OPT__(, ){0}})

/* Where and how log_write() writes from now on: to standard error, events of `level` and above. `program` must live on. */
void log_open(const char *program, enum log_level level, enum log_format format);
/* Thread-safe. Repeats of one event word (and code, if it has a field of that name) at LOG_WARN within a minute are counted and
 * reported as one line. */
void log_write(enum log_level level, const char *event, const struct log_field *fields);
/* Reports what is still folded. */
void log_flush(void);

#define log_debug(event, ...) log_write(LOG_DEBUG, event, LOG_FIELDS(__VA_ARGS__))
#define log_info(event, ...) log_write(LOG_INFO, event, LOG_FIELDS(__VA_ARGS__))
#define log_warn(event, ...) log_write(LOG_WARN, event, LOG_FIELDS(__VA_ARGS__))
#define log_error(event, ...) log_write(LOG_ERROR, event, LOG_FIELDS(__VA_ARGS__))

#endif
