/* log: see log.h. A line is built on the stack and written with one write(2), so that lines of threads never mix. The one hard
 * thing is folding: a warning's event word and code are remembered for a minute, and what was held back is told as `repeated=N`
 * with the next line of that kind or by log_flush(). */
#include "base/log.h"

#include "base/buf.h"
#include "base/clock.h"
#include "base/utf8.h"

#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

#define LOG_LINE_MAX 4096
#define LOG_FOLD_MS 60000
#define LOG_FOLDS 64

struct log_fold {
	const char *event; /* constant text; compared by content */
	char code[40];     /* of the field `code` (`about` in lines of librdkafka), cut; empty: it had none */
	int64_t since_ms;
	uint64_t held;
};

static struct {
	pthread_mutex_t lock;
	const char *program;
	enum log_level level;
	enum log_format format;
	struct log_fold folds[LOG_FOLDS];
	size_t next_fold;
} log_state = {.lock = PTHREAD_MUTEX_INITIALIZER, .program = "copydesk", .level = LOG_INFO};

static const char *const level_names[] = {"debug", "info", "warn", "error"};

void log_open(const char *program, enum log_level level, enum log_format format)
{
	pthread_mutex_lock(&log_state.lock);
	log_state.program = program;
	log_state.level = level;
	log_state.format = format;
	pthread_mutex_unlock(&log_state.lock);
}

struct log_line {
	char text[LOG_LINE_MAX];
	size_t len;
};

/* Leaves room for the closing of the line. */
static void line_bytes(struct log_line *line, const char *ptr, size_t len)
{
	if (len > LOG_LINE_MAX - 8 - line->len)
		len = LOG_LINE_MAX - 8 - line->len;
	memcpy(line->text + line->len, ptr, len);
	line->len += len;
}

static void line_cstr(struct log_line *line, const char *cstr) { line_bytes(line, cstr, strlen(cstr)); }

static bool needs_quotes(struct slice value)
{
	for (size_t i = 0; i < value.len; i++) {
		unsigned char c = (unsigned char)value.ptr[i];
		if (c <= ' ' || c == '"' || c == '=' || c == '\\' || c == 0x7F)
			return true;
	}
	return value.len == 0;
}

/* Quotes for both formats: logfmt readers take JSON's escapes. Ill-formed bytes become U+FFFD: a log line is text. */
static void line_quoted(struct log_line *line, struct slice value)
{
	line_cstr(line, "\"");
	for (size_t at = 0; at < value.len && line->len < LOG_LINE_MAX - 16;) {
		size_t start = at;
		uint32_t c = utf8_next(value, &at);
		char escaped[8];
		if (c == UTF8_INVALID) {
			line_cstr(line, "\xEF\xBF\xBD");
		} else if (c < ' ' || c == '"' || c == '\\' || c == 0x7F) {
			snprintf(escaped, sizeof(escaped), c == '"' || c == '\\' ? "\\%c" : "\\u%04x", c);
			line_cstr(line, c == '\n' ? "\\n" : escaped);
		} else {
			line_bytes(line, value.ptr + start, at - start);
		}
	}
	line_cstr(line, "\"");
}

static void line_field(struct log_line *line, const struct log_field *field)
{
	bool json = log_state.format == LOG_JSON;
	char number[40];

	line_cstr(line, json ? ",\"" : " ");
	line_cstr(line, field->key);
	line_cstr(line, json ? "\":" : "=");
	switch (field->kind) {
	case LOG_FIELD_INT:
		snprintf(number, sizeof(number), "%lld", (long long)field->integer);
		line_cstr(line, number);
		break;
	case LOG_FIELD_NUMBER:
		snprintf(number, sizeof(number), "%.6g", field->number);
		line_cstr(line, number);
		break;
	case LOG_FIELD_TEXT:
		if (json || needs_quotes(field->text))
			line_quoted(line, field->text);
		else
			line_bytes(line, field->text.ptr, field->text.len);
		break;
	}
}

static void line_write(enum log_level level, const char *event, const struct log_field *fields, uint64_t repeated)
{
	struct log_line line = {.len = 0};
	char when[32];

	clock_format(clock_wall_ms(), when);
	if (log_state.format == LOG_JSON) {
		line.len = (size_t)snprintf(line.text, sizeof(line.text),
			"{\"time\":\"%s\",\"level\":\"%s\",\"program\":\"%s\",\"event\":\"%s\"", when, level_names[level],
			log_state.program, event);
	} else {
		line.len = (size_t)snprintf(line.text, sizeof(line.text), "time=%s level=%s program=%s event=%s", when,
			level_names[level], log_state.program, event);
	}
	for (; fields->key; fields++)
		line_field(&line, fields);
	if (repeated)
		line_field(&line, &LOG_INT("repeated", repeated));
	line_cstr(&line, log_state.format == LOG_JSON ? "}" : "");
	line.text[line.len++] = '\n';
	for (size_t done = 0; done < line.len;) {
		ssize_t n = write(STDERR_FILENO, line.text + done, line.len - done);
		if (n <= 0)
			return; /* nobody reads: there is no better place to say so */
		done += (size_t)n;
	}
}

static void write_fold(const struct log_fold *fold)
{
	const struct log_field fields[] = {
		LOG_STR("code", fold->code), LOG_STR("note", "repeats were folded"), {0}};

	line_write(LOG_WARN, fold->event, fold->code[0] ? fields : fields + 1, fold->held);
}

static void code_of(const struct log_field *fields, char *code, size_t size)
{
	code[0] = '\0';
	for (; fields->key; fields++) {
		if (fields->kind == LOG_FIELD_TEXT && (strcmp(fields->key, "code") == 0 || strcmp(fields->key, "about") == 0)) {
			snprintf(code, size, "%.*s", SLICE_ARG(fields->text));
			return;
		}
	}
}

/* True if the line is to be held back. *repeated: how many were held back before it. */
static bool fold(const char *event, const struct log_field *fields, uint64_t *repeated)
{
	char code[sizeof(log_state.folds[0].code)];
	int64_t now = clock_monotonic_us() / 1000;
	struct log_fold *free_slot = &log_state.folds[log_state.next_fold];

	code_of(fields, code, sizeof(code));
	for (size_t i = 0; i < LOG_FOLDS; i++) {
		struct log_fold *known = &log_state.folds[i];
		if (!known->event || strcmp(known->event, event) != 0 || strcmp(known->code, code) != 0)
			continue;
		if (now - known->since_ms < LOG_FOLD_MS) {
			known->held++;
			return true;
		}
		*repeated = known->held;
		known->since_ms = now;
		known->held = 0;
		return false;
	}
	if (free_slot->held)
		write_fold(free_slot);
	*free_slot = (struct log_fold){.event = event, .since_ms = now};
	memcpy(free_slot->code, code, sizeof(code));
	log_state.next_fold = (log_state.next_fold + 1) % LOG_FOLDS;
	return false;
}

void log_write(enum log_level level, const char *event, const struct log_field *fields)
{
	uint64_t repeated = 0;

	pthread_mutex_lock(&log_state.lock);
	if (level >= log_state.level && !(level == LOG_WARN && fold(event, fields, &repeated)))
		line_write(level, event, fields, repeated);
	pthread_mutex_unlock(&log_state.lock);
}

void log_flush(void)
{
	pthread_mutex_lock(&log_state.lock);
	for (size_t i = 0; i < LOG_FOLDS; i++) {
		struct log_fold *known = &log_state.folds[i];
		if (known->event && known->held)
			write_fold(known);
		*known = (struct log_fold){0};
	}
	pthread_mutex_unlock(&log_state.lock);
}
