/* rerun: see rerun.h. One line goes down, and for a question one line comes up: neither side ever waits for the other's pipe to
 * empty. */
#include "tools/rerun.h"

#include "base/base64.h"
#include "base/utf8.h"
#include "json/writer.h"
#include "tools/program.h"
#include "tools/stagesettings.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#define ENVELOPE_MAX ((size_t)1 << 30)

struct rerun {
	char stage[32];
	pid_t pid;
	FILE *down, *up;
	char *line; /* the newest answer */
	size_t capacity;
};

static const char **make_arguments(const char *path, const char *stage, const char *folder, const char *const *settings,
	size_t setting_count, char config[PATH_MAX])
{
	const char **arguments = calloc(8 + 2 * setting_count, sizeof *arguments);
	size_t count = 0;

	if (!arguments)
		abort();
	arguments[count++] = path;
	arguments[count++] = "--explain";
	arguments[count++] = "-Xlog.level=error";
	stage_settings_pass(arguments, count, stage, folder, settings, setting_count, config);
	return arguments;
}

static bool spawn(struct rerun *rerun, const char *path, const char **arguments, struct error *error)
{
	int down[2], up[2];

	if (pipe2(down, O_CLOEXEC) != 0)
		return error_set(error, "child", "no pipe to %s: %m", path);
	if (pipe2(up, O_CLOEXEC) != 0) {
		close(down[0]);
		close(down[1]);
		return error_set(error, "child", "no pipe to %s: %m", path);
	}
	rerun->pid = fork();
	if (rerun->pid == 0) {
		dup2(down[0], STDIN_FILENO);
		dup2(up[1], STDOUT_FILENO);
		execv(path, (char *const *)(uintptr_t)arguments);
		_exit(127);
	}
	close(down[0]);
	close(up[1]);
	rerun->down = fdopen(down[1], "w");
	rerun->up = fdopen(up[0], "r");
	return (rerun->pid > 0 && rerun->down && rerun->up) || error_set(error, "child", "%s can't be started: %m", path);
}

struct rerun *rerun_start(const char *stage, const char *bin, const char *folder, const char *const *settings,
	size_t setting_count, struct error *error)
{
	char program[64], path[PATH_MAX], config[PATH_MAX];
	struct rerun *rerun;

	snprintf(program, sizeof program, "copydesk-%s", stage);
	if (!program_find(bin, program, path, error))
		return NULL;
	rerun = calloc(1, sizeof *rerun);
	const char **arguments = make_arguments(path, stage, folder, settings, setting_count, config);
	if (!rerun)
		abort();
	snprintf(rerun->stage, sizeof rerun->stage, "%s", stage);
	signal(SIGPIPE, SIG_IGN);
	if (!spawn(rerun, path, arguments, error))
		rerun_stop(&rerun);
	free(arguments);
	return rerun;
}

void rerun_stop(struct rerun **rerun)
{
	struct rerun *r = *rerun;

	if (!r)
		return;
	if (r->down)
		fclose(r->down);
	if (r->up)
		fclose(r->up);
	if (r->pid > 0)
		waitpid(r->pid, NULL, 0);
	free(r->line);
	free(r);
	*rerun = NULL;
}

static void put_bytes(struct json_writer *writer, const char *name, const char *name64, struct slice bytes)
{
	if (utf8_valid(bytes) && slice_find_byte(bytes, '\0') == SLICE_NOT_FOUND) {
		json_add_string(writer, name, bytes);
		return;
	}
	char *text = arena_alloc(writer->arena, BASE64_SIZE(bytes.len));
	json_add_string(writer, name64, slice_make(text, base64_encode(bytes.ptr, bytes.len, text)));
}

static bool put_envelope(struct json_writer *writer, const struct record *record, bool context)
{
	const struct message *message = &record->message;

	json_open_object(writer);
	json_add_string(writer, "source", record_place(writer->arena, record));
	if (context)
		json_add_bool(writer, "context", true);
	json_add_integer(writer, "timestamp", message->timestamp);
	if (message->key.ptr)
		put_bytes(writer, "key", "keyBase64", message->key);
	if (message->value.ptr) {
		put_bytes(writer, "value", "valueBase64", message->value);
	} else {
		json_key(writer, "value");
		json_put_null(writer);
	}
	json_key(writer, "headers");
	json_open_array(writer);
	for (size_t i = 0; i < message->header_count; i++) {
		json_open_object(writer);
		json_add_string(writer, "name", message->headers[i].name);
		if (message->headers[i].value.ptr)
			put_bytes(writer, "value", "valueBase64", message->headers[i].value);
		json_close_object(writer);
	}
	json_close_array(writer);
	json_close_object(writer);
	return json_finish(writer);
}

static bool send_line(struct rerun *rerun, struct arena *arena, const struct record *record, bool context, struct error *error)
{
	struct json_writer writer;
	struct buf line;

	buf_init_arena(&line, arena, ENVELOPE_MAX);
	json_begin(&writer, arena, &line);
	if (!put_envelope(&writer, record, context))
		return error_set(error, "child", "%s/%d/%lld is too large to be given to copydesk-%s", record->topic,
			(int)record->partition, (long long)record->offset, rerun->stage);
	buf_append_byte(&line, '\n');
	return (fwrite(line.ptr, 1, line.len, rerun->down) == line.len && (context || fflush(rerun->down) == 0)) ||
		error_set(error, "child", "copydesk-%s --explain has ended: its error is above; `copydesk-%s --check` tells more",
			rerun->stage, rerun->stage);
}

/* A record that only goes before (it fills dedup's index). */
static bool rerun_give(struct rerun *rerun, struct arena *arena, const struct record *record, struct error *error)
{
	return send_line(rerun, arena, record, true, error);
}

bool rerun_give_message(struct rerun *rerun, struct arena *arena, rd_kafka_message_t *message, struct error *error)
{
	struct record record;
	volatile bool good = true;
	jmp_buf jump;

	if (ARENA_GUARD(arena, &jump) == ESCAPE_NONE) {
		record_take(arena, message, &record);
		good = rerun_give(rerun, arena, &record, error);
	}
	arena->escape = NULL;
	arena_reset(arena);
	return good;
}

const struct json *rerun_ask(struct rerun *rerun, struct arena *arena, const struct record *record, struct error *error)
{
	const struct json_limits limits = {.bytes = ENVELOPE_MAX, .depth = 64, .nodes = 10000000};

	if (!send_line(rerun, arena, record, false, error))
		return NULL;
	ssize_t length = getline(&rerun->line, &rerun->capacity, rerun->up);
	if (length > 0)
		return json_parse(arena, arena_copy(arena, slice_make(rerun->line, (size_t)length)), &limits, error);
	error_set(error, "child", "copydesk-%s --explain ended without an answer: its error is above", rerun->stage);
	return NULL;
}
