/* phrases: see phrases.h. The words are in phrasewords.c. */
#include "extract/phrases.h"

#include "base/utf8.h"
#include "extract/phrasewords.h"

#include <pthread.h>

#define COUNT(table) (sizeof(table) / sizeof(*(table)))
/* A longer line that starts with "More on this" is a sentence. */
#define OPENING_LINE_MAX 180
#define ORIGIN_LINE_MAX 200

/* Case folded, typographic apostrophes straight. */
static struct slice fold_line(struct arena *arena, struct slice line)
{
	struct slice folded = utf8_fold(arena, line);
	char *out = arena_alloc(arena, folded.len + 1);
	size_t len = 0;
	for (size_t i = 0; i < folded.len; i++) {
		if (folded.len - i >= 3 && memcmp(folded.ptr + i, "\xE2\x80\x99", 3) == 0) {
			out[len++] = '\'';
			i += 2;
		} else {
			out[len++] = folded.ptr[i];
		}
	}
	return slice_make(out, len);
}

/* Bullets, arrows, brackets and pipes before the words; colons and dots behind them. */
static struct slice strip_marks(struct slice line)
{
	static const struct slice marks[] = {SLICE_INIT("-"), SLICE_INIT("|"), SLICE_INIT("["), SLICE_INIT("("), SLICE_INIT("*"), SLICE_INIT("+"),
		SLICE_INIT("•"), SLICE_INIT("–"), SLICE_INIT("—"), SLICE_INIT("→"), SLICE_INIT("»"), SLICE_INIT("›"), SLICE_INIT("■"), SLICE_INIT("●"),
		SLICE_INIT("◆"), SLICE_INIT("➡"), SLICE_INIT("►"), SLICE_INIT("✅"), SLICE_INIT("\""), SLICE_INIT("“")};
	for (bool again = true; again;) {
		again = false;
		line = slice_trim(line);
		for (size_t i = 0; i < COUNT(marks); i++)
			if (slice_starts(line, marks[i])) {
				line = slice_sub(line, marks[i].len, line.len);
				again = true;
			}
	}
	return line;
}

static struct slice strip_end(struct slice line)
{
	while (line.len && (strchr(":.)]|-!* ", line.ptr[line.len - 1]) != NULL))
		line.len--;
	return line;
}

static bool word_ends(struct slice line, size_t at)
{
	return at >= line.len || !(byte_is_alpha(line.ptr[at]) || (line.ptr[at] & 0x80)) || (line.ptr[at - 1] & 0x80) || !byte_is_alpha(line.ptr[at - 1]);
}

/* Teasers and offers run on; bylines and credits are short. */
static bool fits(enum removed_kind kind, size_t len)
{
	return kind == REMOVED_RELATED || kind == REMOVED_NEWSLETTER || kind == REMOVED_ADVERTISEMENT || len <= 110;
}

/* The phrases of a table by their first byte, in the table's order: one more than the first's place, then each one's next; 0 ends. */
struct index {
	uint16_t first[256], next[PHRASES_MAX];
};
static struct index whole_index, opening_index, anywhere_index;
static pthread_once_t indexed = PTHREAD_ONCE_INIT;

static void index_table(struct index *index, const struct phrase *table, size_t count)
{
	for (size_t i = count; i-- > 0;) {
		uint16_t *first = &index->first[(unsigned char)table[i].text.ptr[0]];
		index->next[i] = *first;
		*first = (uint16_t)(i + 1);
	}
}

static void index_tables(void)
{
	index_table(&whole_index, PHRASES_WHOLE, PHRASES_WHOLE_COUNT);
	index_table(&opening_index, PHRASES_OPENINGS, PHRASES_OPENINGS_COUNT);
	index_table(&anywhere_index, PHRASES_ANYWHERE, PHRASES_ANYWHERE_COUNT);
}

#define index_each(at, index, byte) (size_t at = (index)->first[(unsigned char)(byte)]; at; at = (index)->next[at - 1])

/* Phrases start where words do, which leaves few places to look at. */
static bool holds_phrase(struct slice line, enum removed_kind *kind)
{
	for (size_t at = 0; at < line.len; at++) {
		if (!anywhere_index.first[(unsigned char)line.ptr[at]] || (at && byte_is_alpha(line.ptr[at]) && byte_is_alpha(line.ptr[at - 1])))
			continue;
		for index_each (i, &anywhere_index, line.ptr[at])
			if (slice_starts(slice_sub(line, at, line.len), PHRASES_ANYWHERE[i - 1].text)) {
				*kind = PHRASES_ANYWHERE[i - 1].kind;
				return true;
			}
	}
	return false;
}

bool phrase_origin(struct arena *arena, struct slice line)
{
	static const struct slice origins[] = {SLICE_INIT("originally published"), SLICE_INIT("originally appeared"), SLICE_INIT("first appeared"),
		SLICE_INIT("was first published"), SLICE_INIT("was reprinted"), SLICE_INIT("is republished"), SLICE_INIT("was republished"),
		SLICE_INIT("zuerst erschienen"), SLICE_INIT("zuerst bei"), SLICE_INIT("erschien zuerst"), SLICE_INIT("publié à l'origine"), SLICE_INIT("publicado originalmente"),
		SLICE_INIT("pubblicato originariamente")};
	if (line.len > ORIGIN_LINE_MAX)
		return false;
	struct slice folded = fold_line(arena, line);
	for (size_t i = 0; i < COUNT(origins); i++)
		if (slice_contains(folded, origins[i]))
			return true;
	return false;
}

bool phrase_line(struct arena *arena, struct slice line, enum removed_kind *kind)
{
	if (!line.len || line.len > PHRASE_LINE_MAX)
		return false;
	pthread_once(&indexed, index_tables);
	struct slice folded = strip_marks(fold_line(arena, line));
	struct slice bare = strip_end(folded);
	if (holds_phrase(folded, kind))
		return true;
	if (folded.len > OPENING_LINE_MAX)
		return false;
	if (!folded.len)
		return false;
	for index_each (i, &whole_index, folded.ptr[0])
		if (slice_equal(bare, PHRASES_WHOLE[i - 1].text)) {
			*kind = PHRASES_WHOLE[i - 1].kind;
			return true;
		}
	for index_each (i, &opening_index, folded.ptr[0]) {
		const struct phrase *phrase = &PHRASES_OPENINGS[i - 1];
		if (slice_starts(folded, phrase->text) && word_ends(folded, phrase->text.len) && fits(phrase->kind, folded.len)) {
			*kind = phrase->kind;
			return true;
		}
	}
	return false;
}
