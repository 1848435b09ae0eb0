/* walk: see walk.h. */
#include "dedup/walk.h"

static bool among(const uint64_t *articles, size_t count, uint64_t article)
{
	for (size_t i = 0; i < count; i++)
		if (articles[i] == article)
			return true;
	return false;
}

static uint8_t slot_of(const struct walk *walk, uint64_t article)
{
	for (size_t i = 0; i < walk->slot_count; i++)
		if (walk->slots[i].article == article)
			return walk->slots[i].slot;
	return 0;
}

static void move_on(struct walk *walk, uint64_t article)
{
	for (size_t i = 0; i < walk->slot_count; i++)
		if (walk->slots[i].article == article) {
			walk->slots[i].slot++;
			return;
		}
	if (walk->slot_count < WALK_MAX) {
		walk->slots[walk->slot_count].article = article;
		walk->slots[walk->slot_count++].slot = 1;
	}
}

static void note_stopped(struct walk *walk, const struct notes *notes, uint8_t slot)
{
	for (size_t i = 0; i < notes->mark_count; i++)
		if (notes->marks[i].slot <= slot && walk->stopped_count < 2 * WALK_MAX && !among(walk->stopped, walk->stopped_count, notes->marks[i].marker))
			walk->stopped[walk->stopped_count++] = notes->marks[i].marker;
}

static bool eligible(const struct walk *walk, const struct walk_node *node)
{
	return node->open && !among(walk->stopped, walk->stopped_count, node->article) &&
		!among(walk->losers, walk->loser_count, node->article);
}

static bool older(const struct walk_node *a, const struct walk_node *b)
{
	return a->time != b->time ? a->time < b->time : a->article < b->article;
}

/* The path from `from` on closes a circle. */
static enum walk_state elect(struct walk *walk, size_t from)
{
	const struct walk_node *winner = NULL;

	for (size_t i = from; i < walk->length; i++)
		if (eligible(walk, &walk->path[i]) && (winner == NULL || older(&walk->path[i], winner)))
			winner = &walk->path[i];
	if (winner == NULL)
		return WALK_LOST;
	for (size_t i = from; i < walk->length; i++)
		if (&walk->path[i] != winner && walk->loser_count < WALK_MAX)
			walk->losers[walk->loser_count++] = walk->path[i].article;
	walk->next = winner->article;
	walk->length = from;
	move_on(walk, walk->next);
	walk->slot = slot_of(walk, walk->next);
	return walk->next == walk->me ? WALK_ELECTED : WALK_READ;
}

/* The path has grown by a node that points on. */
static enum walk_state follow(struct walk *walk)
{
	uint64_t to = walk->path[walk->length - 1].pointer;

	for (size_t i = 0; i < walk->length; i++)
		if (walk->path[i].article == to)
			return elect(walk, i);
	walk->next = to;
	walk->slot = slot_of(walk, to);
	return WALK_READ;
}

enum walk_state walk_begin(struct walk *walk, uint64_t me, int64_t time, uint8_t slot, const struct notes *mine)
{
	if (slot == 0)
		*walk = (struct walk){.me = me};
	walk->length = 0;
	note_stopped(walk, mine, slot);
	walk->path[walk->length++] = (struct walk_node){me, mine->pointers[slot], time, true};
	return follow(walk);
}

enum walk_state walk_step(struct walk *walk, const struct held *held, int64_t time)
{
	const struct notes *notes = &held->notes;
	struct finding finding;

	if (notes->state == ARTICLE_ROOT || notes->state == ARTICLE_ABSENT)
		return WALK_STORY;
	if (walk->length == WALK_MAX || ++walk->reads > WALK_MAX)
		return WALK_LOST;
	struct walk_node node = {walk->next, 0, time, notes->state == ARTICLE_OPEN};
	if (notes->state == ARTICLE_MEMBER) {
		if (!finding_unpack(notes->finding, &finding))
			return WALK_LOST;
		node.pointer = finding.story_article;
		note_stopped(walk, notes, UINT8_MAX);
	} else {
		if (walk->slot >= notes->pointer_count)
			return WALK_STORY; /* it knows now that somebody waits for it */
		node.pointer = notes->pointers[walk->slot];
		note_stopped(walk, notes, walk->slot);
	}
	walk->path[walk->length++] = node;
	return follow(walk);
}

bool walk_knows(const struct walk *walk, uint64_t article)
{
	return article == walk->me || among(walk->losers, walk->loser_count, article);
}
