/* letter: see letter.h. */
#include "tools/letter.h"

#include <stdio.h>

#define PREFIX "copydesk-dead-"

int64_t letter_attempts(const struct record *letter)
{
	int64_t attempts;

	return slice_to_int64(record_header(letter, PREFIX "attempts"), &attempts) ? attempts : 0;
}

bool letter_target(const struct record *letter, int64_t most, char topic[250], int32_t *partition, struct error *error)
{
	struct slice source = record_header(letter, PREFIX "source");
	int64_t offset;

	if (!coordinates_parse(source, topic, partition, &offset))
		return error_set(error, "no_source", "%s/%d/%lld has no readable " PREFIX "source header: where would it go?",
			letter->topic, (int)letter->partition, (long long)letter->offset);
	if (letter_attempts(letter) >= most)
		return error_set(error, "attempts", "%.*s was tried %lld times already; raise the cap if the reason is gone",
			SLICE_ARG(source), (long long)letter_attempts(letter));
	if (record_header(letter, PREFIX "truncated").len)
		return error_set(error, "truncated", "%.*s was too large to be kept whole: send the original again instead",
			SLICE_ARG(source));
	return true;
}

void letter_original(struct arena *arena, const struct record *letter, bool keep_attempts, struct message *original)
{
	struct header *headers = arena_array(arena, struct header, letter->message.header_count);
	size_t count = 0;

	for (size_t i = 0; i < letter->message.header_count; i++) {
		struct slice name = letter->message.headers[i].name;
		bool attempts = slice_equal_nocase(name, SLICE(PREFIX "attempts"));
		if (!slice_starts_nocase(name, SLICE(PREFIX)) || (attempts && keep_attempts))
			headers[count++] = letter->message.headers[i];
	}
	*original = letter->message;
	original->headers = headers;
	original->header_count = count;
}

bool letter_resend(
	struct publisher *publisher, const char *journal, const struct record *letter, int64_t most, struct error *error)
{
	struct message original;
	struct arena arena;
	char topic[250];
	int32_t partition;

	if (!letter_target(letter, most, topic, &partition, error))
		return false;
	arena_init(&arena, SIZE_MAX); /* holds the headers' array only */
	letter_original(&arena, letter, true, &original);
	bool sent = publisher_put(publisher, topic, partition, &original, error) &&
		handled_note(publisher, journal, letter->topic, letter->partition, letter->offset, HANDLED_RETRIED, error);
	arena_release(&arena);
	return sent;
}
