#include "extract/titles.h"

#include "base/utf8.h"
#include "extract/reference.h"
#include "extract/words.h"

static const struct slice MARKS[] = {SLICE_INIT(" | "), SLICE_INIT(" - "), SLICE_INIT(" – "), SLICE_INIT(" — "), SLICE_INIT(" · "), SLICE_INIT(" • "),
	SLICE_INIT(" :: "), SLICE_INIT(" » "), SLICE_INIT(" « "), SLICE_INIT(" › "), SLICE_INIT(" / "), SLICE_INIT(" ‹ "), SLICE_INIT(" // "), SLICE_INIT("｜"), SLICE_INIT(" ｜ "),
	SLICE_INIT(" ◆ "), SLICE_INIT("："), SLICE_INIT(" ‖ "), SLICE_INIT("|"), SLICE_INIT("--"), SLICE_INIT("_"), SLICE_INIT(" : ")};

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

/* Letters and digits only, lower case: "Daily Example" and "daily-example.com" become alike. */
static size_t bare(struct slice s, char *out, size_t most)
{
	size_t len = 0;
	for (size_t at = 0; at < s.len && len + 4 < most;) {
		uint32_t c = utf8_to_lower(utf8_next(s, &at));
		if (utf8_is_letter(c) || utf8_is_digit(c))
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

static bool names_site(struct slice part, const struct slice *sites, size_t count, struct slice url)
{
	char own[128], other[128];
	size_t own_len = bare(part, own, sizeof own);
	if (own_len < 2)
		return false;
	for (size_t i = 0; i < count; i++) {
		size_t len = bare(sites[i], other, sizeof other);
		if (len >= 2 && ((len == own_len && !memcmp(own, other, len)) || (len >= 4 && own_len >= 4 && own_len <= len + 12 && (memmem(own, own_len, other, len) || memmem(other, len, own, own_len)))))
			return true;
	}
	size_t len = bare(host_of(url), other, sizeof other);
	return own_len >= 3 && len >= own_len && memmem(other, len, own, own_len) != NULL;
}

/* The last mark in s: where the part behind it starts, and where the part before it ends. */
static bool last_part(struct slice s, size_t *before, size_t *behind)
{
	size_t best = SIZE_MAX;
	for (size_t m = 0; m < sizeof MARKS / sizeof *MARKS; m++)
		for (size_t at = 0; at + MARKS[m].len < s.len; at++)
			if (s.ptr[at] == MARKS[m].ptr[0] && slice_starts(slice_sub(s, at, s.len), MARKS[m]) && (best == SIZE_MAX || at > best || (at == best && at + MARKS[m].len > *behind)))
				best = at, *before = at, *behind = at + MARKS[m].len;
	return best != SIZE_MAX && best > 0;
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

struct slice title_clean(struct arena *arena, struct slice title, const struct slice *sites, size_t site_count, struct slice url)
{
	size_t before = 0, behind = 0;
	title = utf8_squeeze(arena, utf8_nfc(arena, reference_decode(arena, title)));
	title = slice_sub(title, 0, 2000);
	for (int round = 0; round < 3 && last_part(title, &before, &behind); round++) {
		if (!names_site(slice_sub(title, behind, title.len), sites, site_count, url))
			break;
		title = slice_trim(slice_sub(title, 0, before));
	}
	if (first_part(title, &before, &behind) && utf8_length(slice_sub(title, behind, title.len)) > 15 && names_site(slice_sub(title, 0, before), sites, site_count, url))
		title = slice_trim(slice_sub(title, behind, title.len));
	return title;
}
