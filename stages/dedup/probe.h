/* probe: what front and owner say to each other. docs/dedup.md tells why it is these nine questions.
 *
 * An article is known to the index by a key: the hash of its id and its text. Each question is one record to the partition of the
 * key that it is about, and has one reply. All are idempotent. Numbers are little-endian, times are seconds UTC in five bytes. */
#ifndef COPYDESK_PROBE_H
#define COPYDESK_PROBE_H

#include "dedup/boilerplate.h"
#include "dedup/sketch.h"

enum probe_kind {
	PROBE_HOST = 1, /* which of these paragraphs are your host's boilerplate? → one byte each */
	PROBE_PUT,      /* keep this sketch → what is decided about the article so far */
	PROBE_KEY,      /* who else has this content key? → articles and their times */
	PROBE_URL,      /* who was at this URL before? → a revision */
	PROBE_FETCH,    /* what is known of this article? → state, alias, sketch */
	PROBE_POINT,    /* I am going to be a duplicate of that one → or what stands in the way */
	PROBE_FOLLOW,   /* where do you point? → or you know now that I wait for you */
	PROBE_DONE,     /* this is decided about me → or what was decided before */
	PROBE_ALIAS,    /* your story is part of that one → or of which it was before */
};

enum finding_status { FINDING_UNIQUE, FINDING_EXACT, FINDING_NEAR, FINDING_REVISION };

/* A verdict. */
struct finding {
	enum finding_status status;
	struct slice of, story;       /* ids, as shortid.h keeps them */
	struct slice merged;          /* id of another story that this article proved to be the same, announced with it */
	uint64_t story_article;       /* key of the article that began the story */
	int64_t story_time;           /* its time */
	uint32_t similarity, containment, changed; /* 1/1000 */
	uint32_t revision;
	bool headline_changed;
};

/* Each x_unpack(): false on damage. Slices of the result point into `bytes`. */
bool finding_unpack(struct slice bytes, struct finding *finding);

/* How far an article is. */
enum article_state {
	ARTICLE_OPEN,   /* no verdict yet */
	ARTICLE_ROOT,   /* unique: it is its own story */
	ARTICLE_MEMBER, /* belongs to a story: there is a finding */
	ARTICLE_ABSENT, /* not known here (any more) */
};
/* "undecided", "story", "member", "unknown": as --explain says it. */
const char *article_state_name(enum article_state state);

#define NOTES_POINTERS 15
#define NOTES_MARKS 15

struct mark {
	uint64_t marker;     /* the article that counts on this one */
	uint8_t marker_slot; /* where in its own register it was */
	uint8_t slot;        /* the empty slot that it found */
};

/* What its home keeps about an article beside the sketch. */
struct notes {
	enum article_state state;
	uint8_t pointer_count, mark_count;
	uint64_t pointers[NOTES_POINTERS]; /* articles it meant to be a duplicate of, one after the other */
	struct mark marks[NOTES_MARKS];    /* who found no pointer there and decided to belong to this article */
	struct slice finding;              /* of a member */
	uint64_t alias;                    /* the article whose story this root's story is part of, 0 if none */
	int64_t alias_time;
	struct slice alias_story;          /* its id */
};

/* As they are kept in the store. */
void notes_pack(const struct notes *notes, struct buf *out);
bool notes_unpack(struct slice bytes, struct notes *notes);

/* Questions. The result is arena memory. */
struct slice probe_host(struct arena *arena, int64_t time, uint64_t host, const struct sighting *blocks, size_t count);
struct slice probe_put(struct arena *arena, uint64_t article, const struct sketch *sketch);
struct slice probe_key(struct arena *arena, int64_t time, uint64_t article, uint64_t key);
struct slice probe_url(struct arena *arena, int64_t time, uint64_t article, uint64_t url, uint32_t content);
struct slice probe_fetch(struct arena *arena, int64_t time, uint64_t article);
struct slice probe_point(struct arena *arena, int64_t time, uint64_t article, uint8_t slot, uint64_t target);
struct slice probe_follow(
	struct arena *arena, int64_t time, uint64_t article, uint8_t slot, uint64_t marker, uint8_t marker_slot);
struct slice probe_done(struct arena *arena, int64_t time, uint64_t article, const struct finding *finding);
struct slice probe_alias(
	struct arena *arena, int64_t time, uint64_t root, uint64_t story_article, int64_t story_time, struct slice story);

/* Replies to PUT, FETCH, POINT, FOLLOW, DONE, ALIAS: the notes as they stand, and (PUT, FETCH) the sketch as it is kept. */
struct held {
	struct notes notes;
	struct slice sketch; /* packed */
	bool fresh;          /* the question changed something: PUT: the article is new; POINT, DONE, ALIAS: it was entered */
};

/* As they travel in a reply. */
void held_pack(const struct held *held, struct buf *out);
bool held_unpack(struct slice bytes, struct held *held);

#endif
