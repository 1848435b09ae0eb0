/* posterior: see posterior.h. The chain is split along the shape of BIOES, as in decode.c: behind the end of a name any of 15 labels may
 * follow, inside a name only its own I and E. Weights are probabilities, made to sum to one at each word, and what has nearly vanished is
 * nothing, so that no product leaves what a float can hold. */
#include "tag/posterior.h"

#include <string.h>

#define LANES 8   /* O and S; or B, E or I, and a zero */
#define PIECE 512 /* words at a time: no sentence of a language has more */
#define CUTS 64   /* words among which the end of a piece is chosen */

#define TRANSITION_MOST 20.0f /* logarithms, of either sign; what is beyond is that */
#define EMISSION_LEAST -24.0f
#define VANISHING 1e-12f
#define BEHIND_MOST 1e12f /* more has only what stands beside nothing */
#define SUM_LEAST 1e-30f
#define SLIGHT .05f /* a chance that isn't looked into */
#define REACH 16 /* words within which a name's end is looked for */

typedef float lanes __attribute__((vector_size(LANES * sizeof(float)), aligned(16)));
typedef int32_t whole __attribute__((vector_size(LANES * sizeof(int32_t)), aligned(16)));

/* The same code for machines with wider registers, which the program asks for while it runs. */
#if defined __x86_64__
#define WIDER __attribute__((target("avx2")))
static bool has_wider(void) { return __builtin_cpu_supports("avx2"); }
#else
#define WIDER
static bool has_wider(void) { return false; }
#endif
#define ALWAYS static inline __attribute__((always_inline))

/* A weight for each label. */
struct weights {
	lanes open, begin, end, inside; /* O and S, B, E, I */
};

/* Words that are a name of this type with this chance. */
struct found {
	size_t first, last; /* last exclusive */
	enum name_type type;
	float chance;
};

struct posterior {
	float scale;
	struct {
		lanes open, begin;
	} follow[LABEL_FOLLOWERS]; /* from O, S and E each, to O, S and B */
	struct {
		lanes open, end;
	} precede[LABEL_FOLLOWERS]; /* to O, S and B each, from O, S and E */
	lanes begin_end, begin_inside, inside_end, inside_inside;
	struct weights emissions[PIECE]; /* of each word */
	struct weights before[PIECE];    /* of the paths that lead to it, with it */
	struct weights behind[PIECE];    /* of those that lead on from it, without it: the product with `before` is a label's chance */
	float factors[PIECE];            /* what `before` was multiplied by, to sum to one */
	struct found names[PIECE];       /* the likeliest that ends at each word */
};

/* --- weights ---------------------------------------------------------------------------------- */

/* e^x for x from -80 to 80, to a few millionths: 2^whole × 2^rest, the second by its series. */
ALWAYS void to_exponential(lanes *x)
{
	lanes y = *x * 1.44269504f;
	whole power = __builtin_convertvector(y + 128.5f, whole) - 128;
	lanes rest = y - __builtin_convertvector(power, lanes);
	lanes series = 1 + rest * (.693147182f + rest * (.240226507f + rest * (.0555041086f + rest * (.00961812911f + rest * .00133335581f))));

	*x = (lanes)((whole)series + (power << 23));
}

ALWAYS void limit(lanes *x, float least, float most)
{
	whole above = *x > most, below = *x < least;
	lanes mosts = {most, most, most, most, most, most, most, most}, leasts = {least, least, least, least, least, least, least, least};

	*x = (lanes)((above & (whole)mosts) | (below & (whole)leasts) | (~(above | below) & (whole)*x));
}

/* What has nearly vanished is nothing. */
ALWAYS void settle(lanes *weights)
{
	whole left = *weights > VANISHING;

	*weights = (lanes)(left & (whole)*weights);
}

ALWAYS float total(const lanes *x)
{
	return (((*x)[0] + (*x)[4]) + ((*x)[2] + (*x)[6])) + (((*x)[1] + (*x)[5]) + ((*x)[3] + (*x)[7]));
}

static float weigh_transition(int32_t score, float scale)
{
	lanes x = {(float)score * scale};

	limit(&x, -TRANSITION_MOST, TRANSITION_MOST);
	to_exponential(&x);
	return x[0];
}

struct posterior *posterior_create(struct arena *arena, const int32_t (*transitions)[LABELS], float scale)
{
	struct posterior *posterior = arena_alloc(arena, sizeof *posterior);

	memset(posterior, 0, offsetof(struct posterior, emissions));
	posterior->scale = scale;
	for (int from = 0; from < LABEL_FOLLOWERS; from++)
		for (int to = 0; to < LABEL_FOLLOWERS; to++) {
			int source = from < LABEL_B ? from : from - LABEL_B + LABEL_E;
			float weight = weigh_transition(transitions[source][to], scale);
			lanes *of_source = to < LABEL_B ? &posterior->follow[from].open : &posterior->follow[from].begin;
			lanes *of_target = from < LABEL_B ? &posterior->precede[to].open : &posterior->precede[to].end;
			(*of_source)[to % LANES] = weight;
			(*of_target)[from % LANES] = weight;
		}
	for (int type = 0; type < NAME_TYPES; type++) {
		int b = LABEL_B + type, i = LABEL_I + type, e = LABEL_E + type;
		posterior->begin_end[type] = weigh_transition(transitions[b][e], scale);
		posterior->begin_inside[type] = weigh_transition(transitions[b][i], scale);
		posterior->inside_end[type] = weigh_transition(transitions[i][e], scale);
		posterior->inside_inside[type] = weigh_transition(transitions[i][i], scale);
	}
	return posterior;
}

/* The weights of a word's labels, that of what it speaks for most being 1. */
ALWAYS void weigh_word(const int32_t emission[LABELS], float scale, struct weights *weights)
{
	whole scores[4] = {{0}};
	lanes *parts[] = {&weights->open, &weights->begin, &weights->end, &weights->inside};

	memcpy(&scores[0], emission, sizeof *scores);
	memcpy(&scores[1], emission + LABEL_B, NAME_TYPES * sizeof *emission);
	memcpy(&scores[2], emission + LABEL_E, NAME_TYPES * sizeof *emission);
	memcpy(&scores[3], emission + LABEL_I, NAME_TYPES * sizeof *emission);
	scores[1][NAME_TYPES] = scores[2][NAME_TYPES] = scores[3][NAME_TYPES] = emission[LABEL_O];
	whole most = scores[0];
	for (int p = 1; p < 4; p++) {
		whole more = scores[p] > most;
		most = (more & scores[p]) | (~more & most);
	}
	int32_t greatest = most[0];
	for (int k = 1; k < LANES; k++)
		greatest = most[k] > greatest ? most[k] : greatest;
	for (int p = 0; p < 4; p++) {
		*parts[p] = __builtin_convertvector(scores[p] - greatest, lanes) * scale;
		limit(parts[p], EMISSION_LEAST, 0);
		to_exponential(parts[p]);
	}
}

/* --- forward and backward ---------------------------------------------------------------------- */

/* `before` of a word from that of the word before; returns what it was multiplied by. What is padded stays 0, as transitions are. */
ALWAYS float step_on(const struct posterior *posterior, const struct weights *from, const struct weights *emission, struct weights *to)
{
	lanes open = {0}, begin = {0};

	for (int i = 0; i < LABEL_FOLLOWERS; i++) {
		float source = i < LANES ? from->open[i] : from->end[i - LANES];
		open += posterior->follow[i].open * source;
		begin += posterior->follow[i].begin * source;
	}
	to->open = open * emission->open;
	to->begin = begin * emission->begin;
	to->end = (from->begin * posterior->begin_end + from->inside * posterior->inside_end) * emission->end;
	to->inside = (from->begin * posterior->begin_inside + from->inside * posterior->inside_inside) * emission->inside;
	lanes all = (to->open + to->begin) + (to->end + to->inside);
	float sum = total(&all), by = 1 / (sum > SUM_LEAST ? sum : SUM_LEAST);
	lanes *parts[] = {&to->open, &to->begin, &to->end, &to->inside};
	for (int p = 0; p < 4; p++) {
		*parts[p] *= by;
		settle(parts[p]);
	}
	return by;
}

/* `behind` of a word from that of the word behind it, which is `from`. */
ALWAYS void step_back(const struct posterior *posterior, const struct weights *from, const struct weights *emission, float by, struct weights *to)
{
	lanes open = from->open * emission->open, begin = from->begin * emission->begin;
	lanes end = from->end * emission->end, inside = from->inside * emission->inside;
	lanes open_sum = {0}, end_sum = {0};

	for (int i = 0; i < LABEL_FOLLOWERS; i++) {
		float target = i < LANES ? open[i] : begin[i - LANES];
		open_sum += posterior->precede[i].open * target;
		end_sum += posterior->precede[i].end * target;
	}
	to->open = open_sum * by;
	to->end = end_sum * by;
	to->begin = (posterior->begin_end * end + posterior->begin_inside * inside) * by;
	to->inside = (posterior->inside_end * end + posterior->inside_inside * inside) * by;
	lanes *parts[] = {&to->open, &to->begin, &to->end, &to->inside};
	for (int p = 0; p < 4; p++) {
		limit(parts[p], 0, BEHIND_MOST);
		settle(parts[p]);
	}
}

/* All weights of `count` words. */
ALWAYS void weigh(struct posterior *posterior, const int32_t (*emissions)[LABELS], size_t count)
{
	static const struct weights start = {.open = {1}}; /* as behind an O */
	struct weights *last = &posterior->behind[count - 1];

	for (size_t i = 0; i < count; i++) {
		weigh_word(emissions[i], posterior->scale, &posterior->emissions[i]);
		posterior->factors[i] = step_on(posterior, i > 0 ? &posterior->before[i - 1] : &start, &posterior->emissions[i], &posterior->before[i]);
	}
	lanes ends = posterior->before[count - 1].open + posterior->before[count - 1].end; /* a sentence ends in O, S or E */
	float sum = total(&ends), by = 1 / (sum > VANISHING ? sum : VANISHING);
	*last = (struct weights){.open = {0}};
	last->open += by;
	last->end += by;
	for (size_t i = count; i-- > 1;)
		step_back(posterior, &posterior->behind[i], &posterior->emissions[i], posterior->factors[i], &posterior->behind[i - 1]);
}

static void weigh_plain(struct posterior *posterior, const int32_t (*emissions)[LABELS], size_t count) { weigh(posterior, emissions, count); }
WIDER static void weigh_wider(struct posterior *posterior, const int32_t (*emissions)[LABELS], size_t count) { weigh(posterior, emissions, count); }

/* --- names ------------------------------------------------------------------------------------ */

/* The likeliest name of the type, longer than a word, that ends at one; `end` is the weight of its paths from that word's emission on. */
static struct found likeliest(const struct posterior *posterior, size_t at, enum name_type type, float end)
{
	struct found best = {.first = at, .last = at + 1, .type = type};
	float within = end * posterior->factors[at], begin = posterior->begin_end[type], inside = posterior->inside_end[type];

	for (size_t i = at; i-- > 0 && within > VANISHING;) {
		float chance = posterior->before[i].begin[type] * begin * within;
		if (chance > best.chance) {
			best.first = i;
			best.chance = chance;
		}
		within *= inside * posterior->emissions[i].inside[type] * posterior->factors[i];
		begin = posterior->begin_inside[type];
		inside = posterior->inside_inside[type];
	}
	return best;
}

/* The likeliest name that ends at a word, if any is more than slightly likely. */
static struct found name_at(const struct posterior *posterior, size_t at)
{
	const struct weights *before = &posterior->before[at], *behind = &posterior->behind[at];
	lanes alone = before->open * behind->open, end = before->end * behind->end;
	struct found best = {.first = at, .last = at + 1};

	for (int t = 0; t < NAME_TYPES; t++) {
		if (alone[LABEL_S + t] > best.chance)
			best = (struct found){.first = at, .last = at + 1, .type = (enum name_type)t, .chance = alone[LABEL_S + t]};
		if (end[t] <= SLIGHT || end[t] <= best.chance)
			continue;
		struct found longer = likeliest(posterior, at, (enum name_type)t, posterior->emissions[at].end[t] * behind->end[t]);
		best = longer.chance > best.chance ? longer : best;
	}
	return best;
}

struct taker {
	uint8_t *labels;
	float *scores;
	struct found last; /* what was taken last; names are found from the end on */
};

static void set(const struct taker *taker, const struct found *name, bool taken)
{
	for (size_t i = name->first; i < name->last; i++) {
		taker->labels[i] = taken ? label_within(i, name->first, name->last, name->type) : LABEL_O;
		if (taker->scores)
			taker->scores[i] = taken && name->chance < 1 ? name->chance : 1;
	}
}

/* Of two that share a word, the likelier one. */
static void take(struct taker *taker, const struct found *name)
{
	bool shared = name->last > taker->last.first;

	if (name->chance <= POSTERIOR_LEAST || (shared && name->chance <= taker->last.chance))
		return;
	if (shared)
		set(taker, &taker->last, false);
	set(taker, name, true);
	taker->last = *name;
}

static void find_likely(struct posterior *posterior, size_t count, uint8_t *labels, float *scores)
{
	struct taker taker = {labels, scores, {.first = SIZE_MAX}};

	for (size_t i = count; i-- > 0;) {
		posterior->names[i] = name_at(posterior, i);
		take(&taker, &posterior->names[i]);
	}
}

static bool is_free(const uint8_t *labels, const struct found *name)
{
	for (size_t i = name->first; i < name->last; i++)
		if (labels[i] != LABEL_O)
			return false;
	return true;
}

/* A word that surely is in a name, though of no reading it is likely, gets the likeliest. */
static void find_sure(const struct posterior *posterior, size_t count, uint8_t *labels, float *scores)
{
	struct taker taker = {.labels = labels, .scores = scores};

	for (size_t i = 0; i < count; i++) {
		const struct found *best = NULL;
		if (labels[i] != LABEL_O || posterior->before[i].open[LABEL_O] * posterior->behind[i].open[LABEL_O] >= POSTERIOR_NONE)
			continue;
		for (size_t k = i; k < count && k < i + REACH; k++) {
			const struct found *name = &posterior->names[k];
			if (name->first <= i && name->chance > (best ? best->chance : SLIGHT) && is_free(labels, name))
				best = name;
		}
		if (best)
			set(&taker, best, true);
	}
}

/* The words of the next piece: all that is left, or up to where a name is least likely to be cut. */
static size_t piece_of(const int32_t (*emissions)[LABELS], size_t count)
{
	size_t cut = PIECE;
	int32_t lead = 0;

	if (count <= PIECE)
		return count;
	for (size_t i = PIECE - CUTS; i < PIECE; i++) {
		int32_t rival = INT32_MIN;
		for (int y = 1; y < LABELS; y++)
			rival = emissions[i][y] > rival ? emissions[i][y] : rival;
		if (emissions[i][LABEL_O] - rival > lead) {
			lead = emissions[i][LABEL_O] - rival;
			cut = i + 1;
		}
	}
	return cut;
}

void posterior_names(struct posterior *posterior, const int32_t (*emissions)[LABELS], size_t count, uint8_t *labels, float *scores)
{
	memset(labels, LABEL_O, count);
	for (size_t i = 0; scores && i < count; i++)
		scores[i] = 1;
	for (size_t at = 0, piece; at < count; at += piece) {
		piece = piece_of(emissions + at, count - at);
		(has_wider() ? weigh_wider : weigh_plain)(posterior, emissions + at, piece);
		find_likely(posterior, piece, labels + at, scores ? scores + at : NULL);
		find_sure(posterior, piece, labels + at, scores ? scores + at : NULL);
	}
}
