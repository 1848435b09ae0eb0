/* features: see features.h. Every template has its own number; a feature is a mix of that number and the values it joins. */
#include "tag/features.h"

struct collector {
	uint32_t *out;
	size_t count;
};

static inline uint32_t mix(uint32_t template, uint32_t a, uint32_t b, uint32_t c)
{
	uint64_t h = ((uint64_t)template << 32 | a) * 0x9E3779B97F4A7C15u;
	h = (h ^ h >> 29 ^ b) * 0xBF58476D1CE4E5B9u;
	h = (h ^ h >> 32 ^ c) * 0x94D049BB133111EBu;
	return (uint32_t)(h >> 32);
}

static inline void put(struct collector *to, uint32_t template, uint32_t a, uint32_t b, uint32_t c)
{
	if (to->count < FEATURES_MAX)
		to->out[to->count++] = mix(template, a, b, c);
}

/* The word `offset` away, or the sentence's edge. */
static const struct word *near_word(const struct document *document, struct sentence sentence, size_t at, int offset)
{
	static const struct token edge_token = {.flags = TOKEN_PUNCT};
	static const struct word edge = {.token = &edge_token, .lower = 1, .exact = 1, .shape = 1};
	size_t index = at + (size_t)offset;

	return index >= sentence.first && index < sentence.last ? &document->words[index] : &edge;
}

/* Words without a capital are most of a text and seldom in a name: they get the few features that tell that, which is half of the speed. */
static bool is_plain(const struct word *word) { return !(word->token->flags & TOKEN_CAPITAL); }

static void put_words(struct collector *to, const struct word *const w[7])
{
	uint32_t shape = w[3]->shape;

	put(to, 1, w[3]->lower, 0, 0);
	put(to, 3, w[2]->lower, 0, 0);
	put(to, 4, w[4]->lower, 0, 0);
	put(to, 7, w[2]->lower, w[3]->lower, 0);
	put(to, 8, w[3]->lower, w[4]->lower, 0);
	put(to, 9, w[2]->lower, shape, w[4]->lower);
	put(to, 10, w[2]->lower, shape, 0);
	put(to, 11, w[4]->lower, shape, 0);
	if (is_plain(w[3]))
		return;
	put(to, 2, w[3]->exact, 0, 0);
	put(to, 5, w[1]->lower, 0, 0);
	put(to, 6, w[5]->lower, 0, 0);
	put(to, 12, w[1]->lower, w[2]->lower, shape);
	put(to, 13, w[4]->lower, w[5]->lower, shape);
	put(to, 14, w[0]->lower, shape, 0);
	put(to, 14, w[6]->lower, shape, 1);
}

static void put_shapes(struct collector *to, const struct word *const w[7])
{
	uint32_t flags = w[3]->token->flags & (TOKEN_SENTENCE | TOKEN_TITLED | TOKEN_SHOUTED | TOKEN_LINE);

	put(to, 20, w[3]->shape, 0, 0);
	put(to, 21, w[2]->shape, w[3]->shape, 0);
	put(to, 22, w[3]->shape, w[4]->shape, 0);
	put(to, 23, w[2]->shape, w[3]->shape, w[4]->shape);
	put(to, 28, w[3]->shape, flags, w[3]->inside);
	if (is_plain(w[3]))
		return;
	put(to, 24, w[1]->shape, w[2]->shape, w[3]->shape);
	put(to, 25, w[3]->shape, w[4]->shape, w[5]->shape);
	put(to, 26, w[2]->shape, w[3]->lower, 0);
	put(to, 27, w[4]->shape, w[3]->lower, 0);
	put(to, 29, flags, w[3]->lower, 0);
	if (w[3]->inside)
		put(to, 19, w[3]->inside, w[3]->shape, w[2]->shape);
}

static void put_affixes(struct collector *to, const struct word *const w[7])
{
	const struct word *word = w[3];

	if (is_plain(word)) {
		if (word->suffix[2])
			put(to, 36, word->suffix[2], 0, 0);
		return;
	}
	for (uint32_t i = 0; i < WORD_AFFIXES; i++) {
		if (word->prefix[i] && i > 0)
			put(to, 30 + i, word->prefix[i], TOKEN_CAPITAL, 0);
		if (word->suffix[i])
			put(to, 34 + i, word->suffix[i], TOKEN_CAPITAL, 0);
	}
	put(to, 38, w[2]->suffix[2], word->shape, 0);
	put(to, 39, w[4]->suffix[2], word->shape, 0);
	if (word->suffix[2])
		put(to, 40, word->suffix[2], w[2]->shape, w[4]->shape);
}

static void put_clusters(struct collector *to, const struct word *const w[7])
{
	bool plain = is_plain(w[3]);

	for (uint32_t i = 2; i <= 4; i++) {
		if (!w[i]->coarse)
			continue;
		if (!plain || i == 3)
			put(to, 50 + i, w[i]->fine, 0, 0);
		put(to, 55 + i, w[i]->middle, w[3]->shape, 0);
		if (!plain)
			put(to, 60 + i, w[i]->coarse, w[3]->shape, 0);
	}
	put(to, 66, w[2]->middle, w[3]->middle, w[3]->shape);
	put(to, 67, w[3]->middle, w[4]->middle, w[3]->shape);
	if (plain)
		return;
	put(to, 68, w[2]->coarse, w[3]->coarse, w[4]->coarse);
	put(to, 69, w[2]->middle, w[4]->middle, w[3]->shape);
	put(to, 70, w[1]->middle, w[3]->shape, 0);
	put(to, 71, w[5]->middle, w[3]->shape, 0);
}

static void put_families(struct collector *to, const struct word *const w[7])
{
	bool plain = is_plain(w[3]);

	if (w[3]->family) {
		put(to, 130, w[3]->family, 0, 0);
		put(to, 131, w[3]->larger.middle, w[3]->shape, 0);
	}
	put(to, 132, w[2]->larger.middle, w[3]->larger.coarse, w[3]->shape);
	put(to, 133, w[3]->larger.coarse, w[4]->larger.middle, w[3]->shape);
	if (plain)
		return;
	put(to, 134, w[2]->family, w[3]->shape, 0);
	put(to, 135, w[4]->family, w[3]->shape, 0);
	put(to, 136, w[3]->larger.coarse, w[3]->shape, 0);
	put(to, 137, w[2]->larger.coarse, w[3]->larger.coarse, w[4]->larger.coarse);
	put(to, 138, w[2]->larger.middle, w[3]->larger.middle, w[3]->shape);
	put(to, 139, w[3]->larger.middle, w[4]->larger.middle, w[3]->shape);
	put(to, 140, w[1]->larger.middle, w[3]->shape, w[2]->shape);
	put(to, 141, w[5]->larger.middle, w[3]->shape, w[4]->shape);
	put(to, 142, w[3]->family, w[2]->shape, w[4]->shape);
}

static void put_names(struct collector *to, const struct word *const w[7])
{
	uint32_t low = (uint32_t)w[3]->names, high = (uint32_t)(w[3]->names >> 32);

	if (is_plain(w[3]) && !(w[3]->names | w[2]->names | w[4]->names))
		return;
	for (uint64_t bits = w[3]->names; bits; bits &= bits - 1)
		put(to, 80, (uint32_t)__builtin_ctzll(bits), w[3]->shape, 0);
	put(to, 81, low, high, w[3]->shape);
	put(to, 82, (uint32_t)w[2]->names, (uint32_t)(w[2]->names >> 32), w[3]->shape);
	put(to, 83, (uint32_t)w[4]->names, (uint32_t)(w[4]->names >> 32), w[3]->shape);
	if (w[3]->names | w[2]->names)
		put(to, 84, low ^ high * 31, (uint32_t)w[2]->names ^ (uint32_t)(w[2]->names >> 32) * 31, w[4]->shape);
	if (w[3]->names | w[4]->names)
		put(to, 85, low ^ high * 31, (uint32_t)w[4]->names ^ (uint32_t)(w[4]->names >> 32) * 31, w[2]->shape);
}

/* The run of capitalised words around a word, small words within it included: how long names in print look. */
struct run {
	size_t first, last; /* last inclusive */
};

#define RUN_REACH 7

static bool joins_run(const struct word *word)
{
	static const struct slice joiners[] = {SLICE_INIT("of"), SLICE_INIT("and"), SLICE_INIT("for"), SLICE_INIT("the"), SLICE_INIT("de"),
		SLICE_INIT("la"), SLICE_INIT("del"), SLICE_INIT("al"), SLICE_INIT("da"), SLICE_INIT("do"), SLICE_INIT("di"), SLICE_INIT("von"),
		SLICE_INIT("van"), SLICE_INIT("bin"), SLICE_INIT("ibn"), SLICE_INIT("-"), SLICE_INIT("&"), SLICE_INIT("'s"), SLICE_INIT("’s"),
		SLICE_INIT("on"), SLICE_INIT("el")};

	if (word->token->text.len > 5)
		return false;
	for (size_t i = 0; i < sizeof joiners / sizeof *joiners; i++)
		if (word->token->text.ptr[0] == joiners[i].ptr[0] && slice_equal(word->token->text, joiners[i]))
			return true;
	return false;
}

static bool is_capital(const struct word *word) { return (word->token->flags & (TOKEN_CAPITAL | TOKEN_NUMBER)) != 0; }

static struct run run_around(const struct document *document, struct sentence sentence, size_t at)
{
	const struct word *words = document->words;
	struct run run = {at, at};

	for (size_t i = at; i > sentence.first && at - i < RUN_REACH; i--) {
		if (is_capital(&words[i - 1]))
			run.first = i - 1;
		else if (!joins_run(&words[i - 1]))
			break;
	}
	for (size_t i = at + 1; i < sentence.last && i - at <= RUN_REACH; i++) {
		if (is_capital(&words[i]))
			run.last = i;
		else if (!joins_run(&words[i]))
			break;
	}
	return run;
}

static void put_run(struct collector *to, const struct document *document, struct sentence sentence, size_t at)
{
	const struct word *words = document->words, *word = &words[at];
	bool capital = (word->token->flags & TOKEN_CAPITAL) != 0;

	if (!capital && !joins_run(word))
		return;
	struct run run = run_around(document, sentence, at);
	const struct word *before = near_word(document, sentence, run.first, -1), *after = near_word(document, sentence, run.last, 1);
	uint32_t left = (uint32_t)(at - run.first), right = (uint32_t)(run.last - at);
	uint32_t place = (left > 2 ? 2 : left) * 3 + (right > 2 ? 2 : right);
	const struct word *first = &words[run.first], *last = &words[run.last];
	put(to, 110, place, capital, word->shape);
	put(to, 111, last->lower, right > 0, capital);
	put(to, 112, first->lower, left > 0, capital);
	put(to, 113, before->lower, left > 0, capital);
	put(to, 114, after->lower, right > 0, capital);
	put(to, 115, last->fine, (uint32_t)last->names, place);
	put(to, 116, before->middle, after->middle, place);
	put(to, 117, before->lower, after->lower, capital);
	put(to, 118, first->fine, last->middle, place);
	put(to, 119, first->larger.middle, last->larger.middle, place);
	put(to, 120, last->family, right > 0, capital);
}

static uint32_t bucket(size_t count) { return count > 2 ? 2 : (uint32_t)count; }

/* What the rest of the document says about the form: its case, and the company it keeps where it is a name's part. */
static void put_document(struct collector *to, const struct document *document, size_t at, const struct word *const w[7])
{
	const struct word *word = w[3];
	const struct form *form = &document->forms[word->entry];
	uint32_t flags = word->token->flags;
	size_t seen = 0;

	if (!(flags & TOKEN_WORD))
		return;
	struct elsewhere elsewhere = document_elsewhere(document, at);
	uint32_t profile = bucket(elsewhere.capital) * 3 + bucket(elsewhere.small);
	put(to, 90, profile, word->shape, flags & (TOKEN_SENTENCE | TOKEN_TITLED));
	put(to, 91, profile, w[2]->shape, w[4]->shape);
	if (!(flags & TOKEN_CAPITAL))
		return;
	for (uint32_t other = form->first; other != WORD_NONE && seen < 4; other = document->words[other].next) {
		const struct word *o = &document->words[other];
		if (other == at)
			continue;
		seen++;
		const struct word *before = o->token->flags & TOKEN_SENTENCE || other == 0 ? NULL : o - 1;
		const struct word *after = other + 1 < document->count && !(o[1].token->flags & TOKEN_SENTENCE) ? o + 1 : NULL;
		if (before) {
			put(to, 92, before->lower, 0, 0);
			put(to, 94, before->coarse, (uint32_t)before->names, (uint32_t)(before->names >> 32) ^ before->shape);
		}
		if (after) {
			put(to, 93, after->lower, 0, 0);
			put(to, 95, after->coarse, (uint32_t)after->names, (uint32_t)(after->names >> 32) ^ after->shape);
		}
	}
}

size_t features_first(const struct document *document, struct sentence sentence, size_t at, uint32_t out[FEATURES_MAX])
{
	struct collector to = {.out = out};
	const struct word *w[7];

	for (int i = 0; i < 7; i++)
		w[i] = near_word(document, sentence, at, i - 3);
	put(&to, 0, 0, 0, 0);
	put_words(&to, w);
	put_shapes(&to, w);
	put_affixes(&to, w);
	put_clusters(&to, w);
	put_families(&to, w);
	put_names(&to, w);
	put_run(&to, document, sentence, at);
	put_document(&to, document, at, w);
	return to.count;
}

/* --- second pass ------------------------------------------------------------------------- */

/* The type voted most, NAME_TYPES for none, one more for outside, and how clear it is. One vote for `without` isn't counted. */
static uint32_t winner(const struct name_votes *votes, uint32_t without, uint32_t *share)
{
	uint32_t best = NAME_TYPES, most = 0, total = votes->outside;

	for (uint32_t t = 0; t < NAME_TYPES; t++) {
		uint32_t n = votes->types[t] - (without == t);
		total += n;
		if (n > most) {
			most = n;
			best = t;
		}
	}
	if (votes->outside - (uint32_t)(without == NAME_TYPES) > most)
		best = NAME_TYPES + 1;
	*share = total <= 1 ? total : most == total ? 3 : most * 3 > total * 2 ? 4 : 5;
	return best;
}

/* True if the first pass found no name with the word, here or elsewhere. */
static bool is_never_named(const struct document *document, const struct first_pass *pass, size_t at)
{
	uint32_t entry = document->words[at].entry;

	return pass->labels[at] == LABEL_O && pass->votes[entry].outside == document->forms[entry].total;
}

bool features_are_bare(const struct document *document, const struct first_pass *pass, struct sentence sentence, size_t at)
{
	return at > sentence.first && at + 1 < sentence.last && pass->labels[at - 1] == LABEL_O && pass->labels[at + 1] == LABEL_O &&
		is_never_named(document, pass, at);
}

size_t features_second(const struct document *document, const struct first_pass *pass, struct sentence sentence, size_t at,
	uint32_t out[FEATURES_MAX])
{
	struct collector to = {.out = out};
	const struct word *w[7];
	uint32_t label = pass->labels[at], share, phrase_share = 0;

	for (int i = 0; i < 7; i++)
		w[i] = near_word(document, sentence, at, i - 3);
	const struct name_votes *votes = &pass->votes[w[3]->entry];
	uint32_t others = winner(votes, label == LABEL_O ? NAME_TYPES : label_type((int)label), &share);
	uint32_t longest = votes->longest > 1 ? votes->longest_type + 1u : 0;
	uint32_t previous = at > sentence.first ? pass->labels[at - 1] : LABELS;
	uint32_t next = at + 1 < sentence.last ? pass->labels[at + 1] : LABELS;
	put(&to, 200, label, 0, 0);
	put(&to, 201, previous, label, next);
	put(&to, 208, previous, label, 0);
	put(&to, 209, label, next, 0);
	if (is_never_named(document, pass, at))
		return to.count;
	put(&to, 202, label, others, share);
	put(&to, 203, others, share, w[3]->shape);
	put(&to, 204, label, longest, votes->longest > 1);
	put(&to, 205, longest, w[2]->shape, w[4]->shape);
	put(&to, 206, label, others, w[3]->lower);
	put(&to, 210, others, share, w[2]->lower);
	put(&to, 211, others, share, w[4]->lower);
	if (pass->phrase_votes[at]) {
		uint32_t whole = winner(pass->phrase_votes[at], label_type((int)label), &phrase_share);
		put(&to, 207, label, whole, phrase_share);
	}
	if (at > sentence.first) {
		uint32_t left_share, left = winner(&pass->votes[w[2]->entry], UINT32_MAX, &left_share);
		put(&to, 212, left, others, label);
	}
	if (at + 1 < sentence.last) {
		uint32_t right_share, right = winner(&pass->votes[w[4]->entry], UINT32_MAX, &right_share);
		put(&to, 213, right, others, label);
	}
	return to.count;
}
