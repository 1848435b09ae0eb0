/* commands: see commands.h. */
#include "tools/commands.h"

#include "json/writer.h"

#include <string.h>

const struct command *const COMMANDS[] = {
	&command_up,
	&command_broker,
	&command_topics,
	&command_send,
	&command_tail,
	&command_replay,
	&command_dead,
	&command_explain,
	&command_audit,
	&command_doctor,
	&command_selftest,
	&command_export,
	&command_desk,
	NULL,
};

const struct command *commands_find(const char *name)
{
	for (size_t i = 0; COMMANDS[i]; i++)
		if (strcmp(COMMANDS[i]->name, name) == 0)
			return COMMANDS[i];
	return NULL;
}

/* "a\nb" or "a|b" as an array of texts. */
static void put_parts(struct json_writer *writer, const char *name, const char *text, char separator)
{
	struct slice rest = slice_of(text), part;

	json_key(writer, name);
	json_open_array(writer);
	while (slice_split(&rest, separator, &part))
		json_put_string(writer, part);
	json_close_array(writer);
}

static void put_command(struct json_writer *writer, const struct command *command)
{
	const struct flag *flags[ARGS_FLAGS_MAX];
	size_t count = command_flags(command, flags);

	json_open_object(writer);
	json_add_string(writer, "name", slice_of(command->name));
	json_add_string(writer, "summary", slice_of(command->summary));
	put_parts(writer, "usage", command->usage, '\n');
	json_add_text(writer, "about", slice_of(command->about));
	put_parts(writer, "examples", command->examples, '\n');
	put_parts(writer, "verbs", command->verbs, '|');
	json_key(writer, "flags");
	json_open_array(writer);
	for (size_t i = 0; i < count; i++) {
		json_open_object(writer);
		json_add_text(writer, "name", slice_of(flags[i]->name));
		json_add_text(writer, "letter", slice_make(&flags[i]->letter, flags[i]->letter ? 1 : 0));
		json_add_text(writer, "argument", slice_of(flags[i]->value));
		json_add_text(writer, "default", slice_of(flags[i]->otherwise));
		json_add_string(writer, "help", slice_of(flags[i]->help));
		json_close_object(writer);
	}
	json_close_array(writer);
	json_close_object(writer);
}

void commands_print(FILE *out)
{
	struct json_writer writer;
	struct arena arena;
	struct buf text;

	arena_init(&arena, SIZE_MAX);
	buf_init(&text, SIZE_MAX);
	json_begin(&writer, &arena, &text);
	json_open_object(&writer);
	json_add_string(&writer, "name", SLICE("copydesk"));
	json_add_string(&writer, "version", slice_of(COPYDESK_VERSION));
	json_key(&writer, "commands");
	json_open_array(&writer);
	for (size_t i = 0; COMMANDS[i]; i++)
		put_command(&writer, COMMANDS[i]);
	json_close_array(&writer);
	json_close_object(&writer);
	if (json_finish(&writer))
		fprintf(out, "%.*s\n", (int)text.len, text.ptr);
	buf_release(&text);
	arena_release(&arena);
}
