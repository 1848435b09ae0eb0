/* walk: see walk.h. */
#include "dedup/walk.h"

static bool lost(const struct walk *walk, uint64_t article)
{
	for (size_t i = 0; i < walk->loser_count; i++)
		if (walk->losers[i] == article)
			return true;
	return false;
}

static bool has_stopped(const struct walk *walk, uint64_t article, uint8_t slot)
{
	for (size_t i = 0; i < walk->stopped_count; i++)
		if (walk->stopped[i].article == article && walk->stopped[i].slot == slot)
			return true;
	return false;
}

static uint8_t slot_of(const struct walk *walk, uint64_t article)
{
	for (size_t i = 0; i < walk->moved_count; i++)
		if (walk->moved[i].article == article)
			return walk->moved[i].slot;
	return 0;
}

static bool move_on(struct walk *walk, uint64_t article)
{
	for (size_t i = 0; i < walk->moved_count; i++)
		if (walk->moved[i].article == article) {
			walk->moved[i].slot++;
			return true;
		}
	if (walk->moved_count == WALK_MAX)
		return false;
	walk->moved[walk->moved_count++] = (struct walk_place){article, 1};
	return true;
}

/* The marks in slots up to this one: they were there before it was written, so everybody sees them. */
static void note_stopped(struct walk *walk, const struct notes *notes, size_t slot)
{
	for (size_t i = 0; i < notes->mark_count; i++) {
		const struct mark *mark = &notes->marks[i];
		if (mark->slot <= slot && walk->stopped_count < 2 * WALK_MAX &&
			!has_stopped(walk, mark->marker, mark->marker_slot))
			walk->stopped[walk->stopped_count++] = (struct walk_place){mark->marker, mark->marker_slot};
	}
}

static bool eligible(const struct walk *walk, const struct walk_node *node)
{
	return !node->final && !lost(walk, node->article) && !has_stopped(walk, node->article, node->slot);
}

static bool older(const struct walk_node *a, const struct walk_node *b)
{
	return a->time != b->time ? a->time < b->time : a->article < b->article;
}

/* The path from `from` on closes a circle: all of it now stands where its winner stands. */
static bool elect(struct walk *walk, size_t from)
{
	const struct walk_node *winner = NULL;

	for (size_t i = from; i < walk->length; i++)
		if (eligible(walk, walk->path[i]) && (winner == NULL || older(walk->path[i], winner)))
			winner = walk->path[i];
	if (winner == NULL || !move_on(walk, winner->article))
		return false;
	for (size_t i = from; i < walk->length; i++)
		if (walk->path[i] != winner && !lost(walk, walk->path[i]->article) && walk->loser_count < WALK_MAX)
			walk->losers[walk->loser_count++] = walk->path[i]->article;
	walk->next = winner->article;
	walk->length = from;
	return true;
}

static const struct walk_node *read_before(const struct walk *walk, uint64_t article, uint8_t slot)
{
	for (size_t i = 0; i < walk->read_count; i++)
		if (walk->read[i].article == article && walk->read[i].slot == slot)
			return &walk->read[i];
	return NULL;
}

static size_t on_path(const struct walk *walk, uint64_t article)
{
	size_t i = 0;

	while (i < walk->length && walk->path[i]->article != article)
		i++;
	return i;
}

/* Goes on from `next` through what is known, to the first slot that isn't. */
static enum walk_state proceed(struct walk *walk)
{
	for (size_t steps = 0; steps < WALK_MAX * WALK_MAX; steps++) {
		size_t at = on_path(walk, walk->next);
		if (at < walk->length) {
			if (!elect(walk, at))
				return WALK_LOST;
			if (walk->next == walk->me) {
				walk->slot = slot_of(walk, walk->me);
				return WALK_ELECTED;
			}
			continue;
		}
		walk->slot = slot_of(walk, walk->next);
		const struct walk_node *node = read_before(walk, walk->next, walk->slot);
		if (node == NULL)
			return walk->read_count < WALK_MAX ? WALK_READ : WALK_LOST;
		if (walk->length == WALK_MAX)
			return WALK_LOST;
		walk->path[walk->length++] = node;
		walk->next = node->pointer;
	}
	return WALK_LOST;
}

static enum walk_state add(struct walk *walk, struct walk_node node)
{
	if (walk->read_count == WALK_MAX)
		return WALK_LOST;
	walk->read[walk->read_count++] = node;
	walk->next = node.article;
	return proceed(walk);
}

enum walk_state walk_begin(struct walk *walk, uint64_t me, int64_t time, uint8_t slot, const struct notes *mine)
{
	if (slot == 0)
		*walk = (struct walk){.me = me};
	walk->length = 0;
	note_stopped(walk, mine, slot);
	return add(walk, (struct walk_node){me, mine->pointers[slot], time, slot, false});
}

enum walk_state walk_step(struct walk *walk, const struct held *held, int64_t time)
{
	const struct notes *notes = &held->notes;
	struct walk_node node = {walk->next, 0, time, walk->slot, false};
	struct finding finding;

	if (notes->state == ARTICLE_ROOT || notes->state == ARTICLE_ABSENT)
		return WALK_STORY;
	if (walk->slot < notes->pointer_count) {
		node.pointer = notes->pointers[walk->slot];
	} else if (notes->state == ARTICLE_OPEN) {
		return WALK_STORY; /* it knows now that somebody counts on it */
	} else {
		if (!finding_unpack(notes->finding, &finding))
			return WALK_LOST;
		node.pointer = finding.story_article;
		node.final = true;
	}
	note_stopped(walk, notes, walk->slot);
	return add(walk, node);
}

bool walk_knows(const struct walk *walk, uint64_t article)
{
	return article == walk->me || lost(walk, article);
}
