/* intake: see intake.h. */
#include "dedup/intake.h"

#include "base/clock.h"
#include "base/hash.h"

#define ID_MAX 255

static int64_t event_time(const struct json *root, const struct message *message)
{
	static const char *const NAMES[] = {"fetchedAt", "dateModified", "datePublished", NULL};
	int64_t ms;

	for (size_t i = 0; NAMES[i] != NULL; i++)
		if (clock_parse(json_string(root, NAMES[i]), &ms))
			return ms / 1000;
	return message->timestamp == CLOCK_NONE ? 0 : message->timestamp / 1000;
}

bool intake_read(struct arena *arena, const struct message *message, struct intake *intake, struct error *error)
{
	*intake = (struct intake){.value = message->value};
	if (message->value.ptr == NULL)
		return error_set(error, "not_an_article", "the message is null; an article is a JSON object");
	intake->root = json_parse(arena, message->value, &JSON_LIMITS_DEFAULT, error);
	if (intake->root == NULL)
		return false;
	if (intake->root->kind != JSON_OBJECT)
		return error_set(error, "not_an_article", "the message is JSON but no object");
	intake->id = json_string(intake->root, "id");
	if (intake->id.len == 0)
		return error_set(error, "missing_id", "the article has no \"id\"; copydesk-extract sets one");
	if (intake->id.len > ID_MAX)
		return error_set(
			error, "id_too_long", "the article's id has %zu bytes, at most %d are allowed", intake->id.len, ID_MAX);
	struct slice body = json_string(intake->root, "articleBody"), headline = json_string(intake->root, "headline");
	if (json_get(intake->root, "articleBody") == NULL && json_get(intake->root, "headline") == NULL)
		return error_set(error, "no_text", "the object has neither \"articleBody\" nor \"headline\"");
	intake->url = json_string(intake->root, "canonicalUrl");
	if (intake->url.len == 0)
		intake->url = json_string(intake->root, "url");
	intake->time = event_time(intake->root, message);
	intake->headline = normal_text(arena, headline);
	intake->body = normal_text(arena, body);
	intake->article = hash_mix(hash64_seeded(intake->id, intake->headline.hash) + hash_mix(intake->body.hash + 1));
	return true;
}
