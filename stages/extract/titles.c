/* titles: see titles.h. The hard thing is a headline with a dash of its own: which side of a mark is the site is told by its
 * names and its host. */
#include "extract/titles.h"

#include "base/utf8.h"
#include "extract/reference.h"
#include "extract/wordscan.h"

static const struct slice MARKS[] = {SLICE_INIT(" | "), SLICE_INIT(" - "), SLICE_INIT(" – "), SLICE_INIT(" — "), SLICE_INIT(" · "), SLICE_INIT(" • "),
	SLICE_INIT(" :: "), SLICE_INIT(" » "), SLICE_INIT(" « "), SLICE_INIT(" › "), SLICE_INIT(" / "), SLICE_INIT(" ‹ "), SLICE_INIT(" // "), SLICE_INIT("｜"), SLICE_INIT(" ｜ "),
	SLICE_INIT(" ◆ "), SLICE_INIT("："), SLICE_INIT(" ‖ "), SLICE_INIT("|"), SLICE_INIT("--"), SLICE_INIT("_"), SLICE_INIT(" : "), SLICE_INIT("ㅣ"), SLICE_INIT(" < "), SLICE_INIT(" > "), SLICE_INIT(" ← "), SLICE_INIT(" → "), SLICE_INIT(" ★ "), SLICE_INIT(" ⋆ "), SLICE_INIT(" ~ "), SLICE_INIT(" ∙ "), SLICE_INIT(" ⋅ "), SLICE_INIT("－"), SLICE_INIT("ᅵ"), SLICE_INIT("-")};

bool title_same(struct slice a, struct slice b)
{
	struct word x, y;
	size_t i = 0, k = 0;
	for (;;) {
		bool more = word_next(a, &i, &x), also = word_next(b, &k, &y);
		if (!more || !also)
			return more == also && (a.len && b.len);
		if (x.hash != y.hash)
			return false;
	}
}

int title_overlap(struct slice a, struct slice b)
{
	uint32_t hashes[64];
	size_t count = 0, total = 0, hits = 0;
	struct word word;
	for (size_t at = 0; count < 64 && word_next(b, &at, &word);)
		hashes[count++] = word.hash;
	for (size_t at = 0; total < 64 && word_next(a, &at, &word); total++)
		for (size_t i = 0; i < count; i++)
			if (hashes[i] == word.hash) {
				hits++;
				break;
			}
	return total ? (int)(hits * 1000 / total) : 0;
}

/* Latin letters without their marks, as host names spell them: German umlauts with e. */
static const char *plain_letter(uint32_t c)
{
	static const struct {
		uint16_t first, last;
		const char *plain;
	} FOLDS[] = {{0xE4, 0xE4, "ae"}, {0xF6, 0xF6, "oe"}, {0xFC, 0xFC, "ue"}, {0xDF, 0xDF, "ss"}, {0xE0, 0xE5, "a"}, {0xE7, 0xE7, "c"}, {0xE8, 0xEB, "e"}, {0xEC, 0xEF, "i"},
		{0xF1, 0xF1, "n"}, {0xF2, 0xF8, "o"}, {0xF9, 0xFB, "u"}, {0xFD, 0xFD, "y"}, {0x101, 0x105, "a"}, {0x107, 0x10D, "c"}, {0x10F, 0x111, "d"}, {0x113, 0x11B, "e"},
		{0x11D, 0x123, "g"}, {0x129, 0x131, "i"}, {0x13A, 0x142, "l"}, {0x144, 0x148, "n"}, {0x14D, 0x151, "o"}, {0x155, 0x159, "r"}, {0x15B, 0x161, "s"}, {0x163, 0x167, "t"},
		{0x169, 0x173, "u"}, {0x17A, 0x17E, "z"}};
	for (size_t i = 0; i < sizeof FOLDS / sizeof *FOLDS; i++)
		if (c >= FOLDS[i].first && c <= FOLDS[i].last)
			return FOLDS[i].plain;
	return NULL;
}

/* Letters and digits only, lower case: "Daily Example" and "daily-example.com" become alike. */
static size_t bare(struct slice s, char *out, size_t most)
{
	size_t len = 0;
	for (size_t at = 0; at < s.len && len + 4 < most;) {
		uint32_t c = utf8_to_lower(utf8_next(s, &at));
		const char *plain = plain_letter(c);
		if (plain)
			for (; *plain; plain++)
				out[len++] = *plain;
		else if (utf8_is_letter(c) || utf8_is_digit(c))
			len += utf8_encode(c, out + len);
	}
	return len;
}

static struct slice host_of(struct slice url)
{
	size_t at = slice_find(url, SLICE("://"));
	if (at != SLICE_NOT_FOUND)
		url = slice_sub(url, at + 3, url.len);
	size_t slash = slice_find_byte(url, '/');
	if (slash != SLICE_NOT_FOUND)
		url.len = slash;
	if (slice_starts(url, SLICE("www.")))
		url = slice_sub(url, 4, url.len);
	return url;
}

/* The longest label of the host: what its owner is called. */
static struct slice label_of(struct slice host)
{
	struct slice label, best = SLICE_NONE;
	while (slice_split(&host, '.', &label))
		if (label.len > best.len)
			best = label;
	return best;
}

bool title_names_site(struct slice part, const struct slice *sites, size_t count, struct slice url)
{
	char own[128], other[128];
	size_t own_len = bare(part, own, sizeof own);
	if (own_len < 2)
		return false;
	for (size_t i = 0; i < count; i++) {
		size_t len = bare(sites[i], other, sizeof other);
		if (len >= 2 && ((len == own_len && !memcmp(own, other, len)) || (len >= 4 && own_len >= 4 && own_len <= len + 12 && (memmem(own, own_len, other, len) || (own_len * 2 >= len && memmem(other, len, own, own_len))))))
			return true;
	}
	struct slice host = host_of(url);
	size_t len = bare(host, other, sizeof other);
	if (own_len >= 3 && len >= own_len && own_len * 2 >= label_of(host).len && memmem(other, len, own, own_len))
		return true;
	len = bare(label_of(host), other, sizeof other);
	struct word word; /* "CBC News" of cbc.example: its first word, and little else */
	size_t at = 0, words = 0;
	while (word_next(part, &at, &word))
		words++;
	at = 0;
	if (words == 2 && word_next(part, &at, &word) && word.text.len == len &&
		slice_equal_nocase(word.text, slice_make(other, len)))
		return true;
	return len >= 6 && own_len <= len + 24 && memmem(own, own_len, other, len) != NULL;
}

/* The mark that ends last before `limit`: where the part behind it starts, and where the part before it ends. */
static bool mark_before(struct slice s, size_t limit, size_t *before, size_t *behind)
{
	for (size_t at = limit; at-- > 1;)
		for (size_t m = 0; m < sizeof MARKS / sizeof *MARKS; m++)
			if (s.ptr[at] == MARKS[m].ptr[0] && at + MARKS[m].len < s.len &&
				slice_starts(slice_sub(s, at, s.len), MARKS[m])) {
				*before = at, *behind = at + MARKS[m].len;
				return true;
			}
	return false;
}

/* A part that starts at a hyphen within a word but holds a mark that parts more strongly: "level talks | Daily Port" of
 * "top-level talks | Daily Port". */
static bool is_torn(struct slice s, size_t before, size_t behind)
{
	size_t inner, rest;
	if (behind - before != 1 || s.ptr[before] != '-')
		return false;
	for (size_t limit = s.len; mark_before(s, limit, &inner, &rest) && inner > before; limit = inner)
		if (rest - inner > 1)
			return true;
	return false;
}

static bool is_parting(struct slice s)
{
	for (size_t m = 0; m < sizeof MARKS / sizeof *MARKS; m++)
		if (slice_starts(s, slice_trim(MARKS[m])))
			return true;
	return false;
}

struct slice title_cut_to(struct slice title, struct slice known)
{
	struct word word, wanted;
	size_t at = 0, k = 0, words = 0;
	while (word_next(known, &k, &wanted)) {
		words++;
		if (!word_next(title, &at, &word) || word.hash != wanted.hash)
			goto front;
	}
	if (words >= 3 && at < title.len) { /* closing marks belong to the headline */
		size_t end = at;
		while (end < title.len && !is_parting(slice_sub(title, end, title.len)) && !byte_is_space(title.ptr[end]))
			end++;
		if (is_parting(slice_trim(slice_sub(title, end, title.len))) && word_next(title, &at, &word))
			return slice_sub(title, 0, end);
	}
	return title;
front:
	for (size_t m = 0; m < 2; m++) {
		size_t mark = slice_find(title, MARKS[m]);
		struct slice rest = mark == SLICE_NOT_FOUND ? SLICE_NONE : slice_sub(title, mark + MARKS[m].len, title.len);
		if (rest.len > 20 && title_same(rest, known))
			return rest;
	}
	return title;
}

struct slice title_before_section(struct slice title, struct slice section)
{
	size_t before, behind;
	if (mark_before(title, title.len, &before, &behind) && title_same(slice_sub(title, behind, title.len), section))
		return slice_trim(slice_sub(title, 0, before));
	return title;
}

/* Where the headline starts behind a kicker: a few words and a colon or a mark with spaces. SLICE_NOT_FOUND: there is none. */
static size_t kicker_end(struct slice title)
{
	for (size_t at = 1; at + 3 < title.len && at < 80; at++) {
		if (title.ptr[at] == ':' && title.ptr[at + 1] == ' ')
			return at + 2;
		for (size_t m = 0; title.ptr[at] == ' ' && m < sizeof MARKS / sizeof *MARKS; m++)
			if (slice_starts(slice_sub(title, at, title.len), MARKS[m]))
				return at + MARKS[m].len;
	}
	return SLICE_NOT_FOUND;
}

bool title_adds_kicker(struct slice longer, struct slice title)
{
	size_t start = kicker_end(longer);
	return start != SLICE_NOT_FOUND && title_same(slice_sub(longer, start, longer.len), title);
}

struct slice title_after_kicker(struct slice title, struct slice other)
{
	struct word word;
	size_t start = kicker_end(title), second = kicker_end(other), words = 0;
	if (start == SLICE_NOT_FOUND || second == SLICE_NOT_FOUND)
		return title;
	struct slice rest = slice_sub(title, start, title.len);
	for (size_t at = 0; words < 4 && word_next(rest, &at, &word);)
		words++;
	bool differ = title_overlap(slice_sub(title, 0, start), slice_sub(other, 0, second)) < 500;
	return words == 4 && differ && title_same(rest, slice_sub(other, second, other.len)) ? rest : title;
}

static bool first_part(struct slice s, size_t *before, size_t *behind)
{
	size_t best = SIZE_MAX;
	for (size_t m = 0; m < sizeof MARKS / sizeof *MARKS; m++) {
		size_t at = slice_find(s, MARKS[m]);
		if (at != SLICE_NOT_FOUND && at > 0 && at < best)
			best = at, *before = at, *behind = at + MARKS[m].len;
	}
	return best != SIZE_MAX && *behind < s.len;
}

/* "Dome opens (Daily Example)". */
static struct slice cut_brackets(struct slice title, const struct slice *sites, size_t site_count)
{
	size_t open = slice_find_last_byte(title, '(');
	if (open == SLICE_NOT_FOUND || !open || title.ptr[title.len - 1] != ')')
		return title;
	for (size_t i = 0; i < site_count; i++)
		if (title_same(slice_sub(title, open + 1, title.len - 1), sites[i]))
			return slice_trim(slice_sub(title, 0, open));
	return title;
}

static size_t words_in(struct slice s)
{
	struct word word;
	size_t words = 0;
	for (size_t at = 0; word_next(s, &at, &word);)
		words++;
	return words;
}

/* A part of the title's end that names the site is cut. A longer one may do so too: the site's name holds a mark itself or the
 * section stands before it; but more words than a section has, or most of a short title, are the headline's own. */
static bool find_site_part(struct slice title, const struct slice *sites, size_t site_count, struct slice url, size_t *end)
{
	size_t limit = title.len, at, behind;
	bool cut = false;
	for (size_t tries = 0; tries < 8 && mark_before(title, limit, &at, &behind); tries++, limit = at) {
		if (is_torn(title, at, behind) || !title_names_site(slice_sub(title, behind, title.len), sites, site_count, url))
			continue;
		if (cut && (words_in(slice_sub(title, behind, *end)) > 2 || words_in(slice_sub(title, 0, at)) < 3))
			continue;
		cut = true;
		*end = at;
	}
	return cut;
}

struct slice title_clean(struct arena *arena, struct slice title, const struct slice *sites, size_t site_count, struct slice url)
{
	size_t before = 0, behind = 0;
	title = utf8_squeeze(arena, utf8_nfc(arena, reference_decode(arena, title)));
	title = cut_brackets(slice_sub(title, 0, 2000), sites, site_count);
	for (int round = 0; round < 3 && find_site_part(title, sites, site_count, url, &before); round++)
		title = slice_trim(slice_sub(title, 0, before));
	if (first_part(title, &before, &behind) && utf8_length(slice_sub(title, behind, title.len)) > 15 &&
		title_names_site(slice_sub(title, 0, before), sites, site_count, url))
		title = slice_trim(slice_sub(title, behind, title.len));
	return title;
}
