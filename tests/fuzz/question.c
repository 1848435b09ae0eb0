/* frame, owner: a frame of questions from nowhere is folded: no reply is too long, and the state can be saved, loaded and saved again. */
#include "fuzz.h"

#include "dedup/owner.h"
#include "kafka/frame.h"

static struct owner *owner;

static void body(struct arena *arena, struct slice input)
{
	struct frame_head head;
	struct slice rest, item;
	uint64_t number;
	struct buf reply;

	if (!frame_open(input, &head, &rest))
		return;
	while (frame_next(&rest, &number, &item)) {
		buf_init_arena(&reply, arena, 1 << 20);
		owner_fold(owner, item, arena, &reply);
		fuzz_require(!reply.failed);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct owner *restored = owner_create(14 * 86400, 86400);
	struct buf before, after;
	struct error error;

	owner = owner_create(14 * 86400, 86400);
	fuzz_guarded(body, data, size);
	buf_init(&before, 64 << 20);
	buf_init(&after, 64 << 20);
	fuzz_require(owner_save(owner, &before));
	fuzz_require(owner_load(restored, buf_slice(&before), &error));
	fuzz_require(owner_save(restored, &after) && after.len == before.len);
	buf_release(&before);
	buf_release(&after);
	owner_destroy(&owner);
	owner_destroy(&restored);
	return 0;
}
