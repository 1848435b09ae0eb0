/* owner_load: a snapshot whose checksum fits and whose content is anything: it is refused, or what was loaded works and can be saved. */
#include "fuzz.h"

#include "base/hash.h"
#include "dedup/owner.h"
#include "dedup/pack.h"
#include "dedup/probe.h"

static struct owner *owner;

static void ask(struct arena *arena, struct slice question)
{
	struct buf reply;

	buf_init_arena(&reply, arena, 1 << 20);
	owner_fold(owner, question, arena, &reply);
	fuzz_require(!reply.failed);
}

static void body(struct arena *arena, struct slice input)
{
	static const struct sighting BLOCKS[2] = {{1, 2}, {3, 4}};
	struct sketch sketch = {.id = SLICE("a"), .time = 1772323200};
	struct error error;
	struct buf bytes;

	buf_init_arena(&bytes, arena, SIZE_MAX);
	buf_append(&bytes, input);
	pack_uint(&bytes, hash64(input), 8);
	if (!owner_load(owner, buf_slice(&bytes), &error))
		return;
	for (uint64_t key = 0; key < 40; key++) {
		ask(arena, probe_put(arena, key, &sketch));
		ask(arena, probe_key(arena, sketch.time, key, key % 5));
		ask(arena, probe_url(arena, sketch.time, key, key % 3, (uint32_t)key));
		ask(arena, probe_host(arena, sketch.time, key % 4, BLOCKS, 2));
		ask(arena, probe_fetch(arena, sketch.time, key));
		ask(arena, probe_point(arena, sketch.time, key, 0, key + 1));
		ask(arena, probe_follow(arena, sketch.time, key, 0, key + 1, 0));
		ask(arena, probe_alias(arena, sketch.time, key, key + 1, sketch.time, sketch.id));
	}
	buf_clear(&bytes);
	fuzz_require(owner_save(owner, &bytes));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	owner = owner_create(14 * 86400, 86400);
	fuzz_guarded(body, data, size);
	owner_destroy(&owner);
	return 0;
}
