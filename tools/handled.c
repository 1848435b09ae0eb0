/* handled: see handled.h. */
#include "tools/handled.h"

#include "base/clock.h"

#include <stdio.h>

static const char *const WORDS[] = {"", "retried", "dropped"};

const char *handled_word(enum handled_as as) { return WORDS[as]; }

static struct slice place_of(char out[300], const char *topic, int32_t partition, int64_t offset)
{
	int len = snprintf(out, 300, "%.240s/%d/%lld", topic, (int)partition, (long long)offset);
	return slice_make(out, (size_t)len);
}

enum handled_as handled_parse(struct slice value)
{
	return value.len == 0 ? HANDLED_NOT : slice_contains(value, SLICE("\"retried\"")) ? HANDLED_RETRIED : HANDLED_DROPPED;
}

static void visit(void *context, struct slice key, struct slice value)
{
	struct handled *handled = context;

	keytable_set(&handled->places, hash_wide(key), handled_parse(value));
}

bool handled_read(struct handled *handled, struct connection *connection, const char *topic, struct error *error)
{
	*handled = (struct handled){.places = KEYTABLE_INIT};
	snprintf(handled->topic, sizeof handled->topic, "%s", topic);
	return journal_read(connection, topic, visit, handled, error);
}

void handled_release(struct handled *handled) { keytable_release(&handled->places); }

enum handled_as handled_find(const struct handled *handled, const char *topic, int32_t partition, int64_t offset)
{
	char place[300];
	return (enum handled_as)keytable_get(&handled->places, hash_wide(place_of(place, topic, partition, offset)));
}

bool handled_note(struct publisher *publisher, const char *journal, const char *topic, int32_t partition, int64_t offset,
	enum handled_as as, struct error *error)
{
	char place[300], value[96], when[32];
	struct slice note = SLICE_NONE;

	if (as != HANDLED_NOT) {
		clock_format(clock_wall_ms(), when);
		snprintf(value, sizeof value, "{\"as\":\"%s\",\"at\":\"%s\"}", WORDS[as], when);
		note = slice_of(value);
	}
	return journal_put(publisher, journal, place_of(place, topic, partition, offset), note, error);
}
