/* headlines: see headlines.h. Open addressing; when three quarters full everything is forgotten: it serves display only. */
#include "tools/headlines.h"

#include "base/hash.h"

#include <stdlib.h>

enum { SLOTS = 1 << 16, KEPT_MAX = SLOTS / 4 * 3, HEADLINE_MAX = 160 };

struct headlines {
	struct {
		uint64_t id;
		char *text;
	} slots[SLOTS];
	size_t kept;
};

struct headlines *headlines_create(void) { return calloc(1, sizeof(struct headlines)); }

static void headlines_clear(struct headlines *headlines)
{
	for (size_t i = 0; i < SLOTS; i++)
		free(headlines->slots[i].text);
	memset(headlines, 0, sizeof *headlines);
}

void headlines_destroy(struct headlines **headlines)
{
	if (*headlines)
		headlines_clear(*headlines);
	free(*headlines);
	*headlines = NULL;
}

static size_t slot_of(const struct headlines *headlines, uint64_t id)
{
	size_t slot = id % SLOTS;
	while (headlines->slots[slot].text && headlines->slots[slot].id != id)
		slot = (slot + 1) % SLOTS;
	return slot;
}

void headlines_add(struct headlines *headlines, struct slice id, struct slice headline)
{
	if (!headlines || id.len == 0 || headline.len == 0)
		return;
	if (headlines->kept == KEPT_MAX)
		headlines_clear(headlines);
	uint64_t key = hash64(id);
	size_t slot = slot_of(headlines, key), len = headline.len < HEADLINE_MAX ? headline.len : HEADLINE_MAX;
	if (headlines->slots[slot].text)
		return;
	while (len < headline.len && len > 0 && ((unsigned char)headline.ptr[len] & 0xC0) == 0x80)
		len--; /* not inside a character */
	headlines->slots[slot].text = strndup(headline.ptr, len);
	if (!headlines->slots[slot].text)
		return;
	headlines->slots[slot].id = key;
	headlines->kept++;
}

struct slice headlines_find(const struct headlines *headlines, struct slice id)
{
	if (!headlines || id.len == 0)
		return SLICE_NONE;
	return slice_of(headlines->slots[slot_of(headlines, hash64(id))].text);
}
