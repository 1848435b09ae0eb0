/* language: see language.h. Scripts first, then the words of languagewords.c; the page's own word decides between close
 * languages. */
#include "extract/language.h"

#include "base/utf8.h"
#include "extract/languagewords.h"
#include "extract/wordscan.h"

#define SAMPLE 4000 /* bytes of the body that are looked at */

/* Scripts that one language of news uses alone, or that are told apart by few letters below. */
static const struct {
	uint32_t first, last;
	const char *tag;
} SCRIPTS[] = {{0x370, 0x3FF, "el"}, {0x1F00, 0x1FFF, "el"}, {0x530, 0x58F, "hy"}, {0x590, 0x5FF, "he"}, {0x980, 0x9FF, "bn"}, {0xA00, 0xA7F, "pa"}, {0xA80, 0xAFF, "gu"}, {0xB00, 0xB7F, "or"},
	{0xB80, 0xBFF, "ta"}, {0xC00, 0xC7F, "te"}, {0xC80, 0xCFF, "kn"}, {0xD00, 0xD7F, "ml"}, {0xD80, 0xDFF, "si"}, {0xE00, 0xE7F, "th"}, {0xE80, 0xEFF, "lo"}, {0xF00, 0xFFF, "bo"},
	{0x1000, 0x109F, "my"}, {0x10A0, 0x10FF, "ka"}, {0x1100, 0x11FF, "ko"}, {0x1200, 0x139F, "am"}, {0x1780, 0x17FF, "km"}, {0x3040, 0x30FF, "ja"}, {0xAC00, 0xD7AF, "ko"}};

/* Common characters that only one of the two Chinese writings has. */
static const char SIMPLIFIED[] = "这们个国说时会为来对发经学现实还进动过开关种样长门问间应当给让话认义习产业东车书两严么";
static const char TRADITIONAL[] = "這們個國說時會為來對發經學現實還進動過開關種樣長門問間應當給讓話認義習產業東車書兩嚴麼";

/* Letters of Cyrillic that a language doesn't write: few of its words need be known to tell it from its neighbours. */
static const struct {
	const char *tag, *letters;
} FOREIGN[] = {{"ru", "іїєґўјљњћђѓќѕәғқңөұүһҳҷӣӯ"}, {"uk", "ыэёъўјљњћђѓќѕәғқңөұүһҳҷӣӯ"}, {"be", "ищъїєґјљњћђѓќѕәғқңөұүһҳҷӣӯ"}, {"bg", "ыэёіїєґўјљњћђѓќѕәғқңөұүһҳҷӣӯ"},
	{"mk", "ыэёіїєґўйщъьюяћђәғқңөұүһҳҷӣӯ"}, {"sr", "ыэёіїєґўйщъьюяѓќѕәғқңөұүһҳҷӣӯ"}};
#define FOREIGN_COUNT (sizeof FOREIGN / sizeof *FOREIGN)

struct tally {
	size_t letters, latin, cyrillic, arabic, devanagari, han, kana, hangul;
	size_t alone[sizeof SCRIPTS / sizeof *SCRIPTS];
	size_t simplified, traditional;
	size_t foreign[FOREIGN_COUNT];
	uint32_t hits[LANGUAGE_WORD_MAX];   /* weighted: a word of one language counts 12, of n languages 12 / n */
	size_t words;
};

static bool holds(const char *set, uint32_t c)
{
	char bytes[5] = {0};
	utf8_encode(c, bytes);
	return strstr(set, bytes) != NULL;
}

static void tally_letter(struct tally *tally, uint32_t c)
{
	tally->letters++;
	if (c < 0x250) {
		tally->latin++;
	} else if (c >= 0x400 && c < 0x530) {
		tally->cyrillic++;
		for (size_t i = 0; i < FOREIGN_COUNT; i++)
			tally->foreign[i] += holds(FOREIGN[i].letters, utf8_to_lower(c));
	} else if ((c >= 0x600 && c < 0x780) || (c >= 0xFB50 && c < 0xFE00)) {
		tally->arabic++;
	} else if (c >= 0x900 && c < 0x980) {
		tally->devanagari++;
	} else if ((c >= 0x4E00 && c < 0xA000) || (c >= 0x3400 && c < 0x4DC0)) {
		tally->han++;
		tally->simplified += holds(SIMPLIFIED, c) && !holds(TRADITIONAL, c);
		tally->traditional += holds(TRADITIONAL, c) && !holds(SIMPLIFIED, c);
	} else {
		for (size_t i = 0; i < sizeof SCRIPTS / sizeof *SCRIPTS; i++)
			if (c >= SCRIPTS[i].first && c <= SCRIPTS[i].last) {
				tally->alone[i]++;
				tally->kana += c >= 0x3040 && c <= 0x30FF;
				tally->hangul += c >= 0xAC00 || (c >= 0x1100 && c <= 0x11FF);
				break;
			}
	}
}

static void tally_text(struct arena *arena, struct tally *tally, struct slice text)
{
	struct word word;
	for (size_t at = 0; at < text.len;) {
		arena_tick(arena);
		uint32_t c = utf8_next(text, &at);
		if (utf8_is_letter(c))
			tally_letter(tally, c);
	}
	for (size_t at = 0; word_next(text, &at, &word);) {
		if (word.unspaced || word.digits)
			continue;
		tally->words++;
		uint64_t mask = language_word_mask(word.hash);
		uint32_t weight = mask ? 12 / (uint32_t)__builtin_popcountll(mask) + 1 : 0;
		for (; mask; mask &= mask - 1)
			tally->hits[__builtin_ctzll(mask)] += weight;
	}
}

/* "en_US", "EN-us", "en" → does the tag's language equal it? */
static bool declares(struct slice declared, const char *tag)
{
	size_t len = strcspn(tag, "-");
	struct slice own = slice_sub(declared, 0, len);
	if (!slice_equal_nocase(own, slice_make(tag, len)))
		return len == 2 && !strncmp(tag, "nb", 2) && slice_equal_nocase(own, SLICE("no"));
	return declared.len == len || declared.ptr[len] == '-' || declared.ptr[len] == '_' || declared.ptr[len] == ',' ||
		declared.ptr[len] == ';';
}

struct guess {
	const char *tag;
	int confidence;
};

/* What a language's words count, a quarter where more than a name or two is in letters that it hasn't. */
static void weigh_letters(struct tally *tally)
{
	for (size_t i = 0; i < LANGUAGE_WORD_COUNT; i++)
		for (size_t k = 0; k < FOREIGN_COUNT; k++)
			if (!strcmp(LANGUAGE_WORDS[i].tag, FOREIGN[k].tag) && tally->foreign[k] * 50 > tally->cyrillic)
				tally->hits[i] /= 4;
}

static struct guess guess_by_words(const struct tally *tally, const char *script, struct slice declared)
{
	size_t best = SIZE_MAX, second = SIZE_MAX;
	for (size_t i = 0; i < LANGUAGE_WORD_COUNT; i++) {
		if (strcmp(LANGUAGE_WORDS[i].script, script))
			continue;
		if (best == SIZE_MAX || tally->hits[i] > tally->hits[best])
			second = best, best = i;
		else if (second == SIZE_MAX || tally->hits[i] > tally->hits[second])
			second = i;
	}
	if (best == SIZE_MAX || !tally->hits[best])
		return (struct guess){NULL, 0};
	for (size_t i = 0; i < LANGUAGE_WORD_COUNT; i++) /* close relatives: the page knows better */
		if (i != best && !strcmp(LANGUAGE_WORDS[i].script, script) && declares(declared, LANGUAGE_WORDS[i].tag) &&
			tally->hits[i] * 100 >= tally->hits[best] * 82) {
			second = best, best = i;
			break;
		}
	uint32_t top = tally->hits[best], next = second == SIZE_MAX ? 0 : tally->hits[second];
	int margin = (int)((top > next ? top - next : 0) * 100 / top),
	    density = tally->words ? (int)(top * 100 / (tally->words * 4)) : 0;
	int confidence = 40 + margin / 2 + (density < 40 ? density : 40) / 2 - (tally->words < 20 ? 20 : 0);
	if (declares(declared, LANGUAGE_WORDS[best].tag))
		confidence += 15;
	return (struct guess){LANGUAGE_WORDS[best].tag, confidence < 5 ? 5 : confidence > 99 ? 99 : confidence};
}

static struct guess guess_language(const struct tally *tally, struct slice declared)
{
	if (!tally->letters)
		return (struct guess){NULL, 0};
	if (tally->kana * 20 > tally->letters)
		return (struct guess){"ja", 99};
	if (tally->hangul * 4 > tally->letters)
		return (struct guess){"ko", 99};
	if (tally->han * 2 > tally->letters) {
		bool simplified = tally->simplified > tally->traditional ||
			(tally->simplified == tally->traditional && !declares(declared, "zh-TW"));
		return (struct guess){simplified ? "zh-Hans" : "zh-Hant", tally->simplified + tally->traditional > 3 ? 97 : 60};
	}
	for (size_t i = 0; i < sizeof SCRIPTS / sizeof *SCRIPTS; i++)
		if (tally->alone[i] * 2 > tally->letters)
			return (struct guess){SCRIPTS[i].tag, 97};
	const char *script = tally->cyrillic * 2 > tally->letters     ? "Cyrl"
	                     : tally->arabic * 2 > tally->letters     ? "Arab"
	                     : tally->devanagari * 2 > tally->letters ? "Deva"
	                     : tally->latin * 2 > tally->letters      ? "Latn"
	                                                              : NULL;
	return script ? guess_by_words(tally, script, declared) : (struct guess){NULL, 0};
}

/* A whole code point's end at or before `len`. */
static struct slice sample_of(struct slice text, size_t len)
{
	if (text.len <= len)
		return text;
	while (len && ((unsigned char)text.ptr[len] & 0xC0) == 0x80)
		len--;
	return slice_sub(text, 0, len);
}

/* "EN_us" as "en": the language that is declared, when it looks like a tag. */
static struct slice primary_of(struct arena *arena, struct slice declared)
{
	size_t len = 0;
	while (len < declared.len && byte_is_alpha(declared.ptr[len]))
		len++;
	if (len < 2 || len > 3 || (len < declared.len && !strchr("-_,; ", declared.ptr[len])))
		return SLICE_NONE;
	char *tag = arena_alloc(arena, len);
	for (size_t i = 0; i < len; i++)
		tag[i] = byte_lower(declared.ptr[i]);
	return slice_make(tag, len);
}

static void set_guess(struct article *article, struct guess guess)
{
	article->language = slice_of(guess.tag);
	article->language_confidence = guess.confidence;
	article->language_source = "text";
}

void language_detect(struct arena *arena, struct sourced declared, struct article *article)
{
	struct tally *tally = arena_new(arena, struct tally);
	struct slice tag = slice_trim(declared.value);
	tally_text(arena, tally, sample_of(article->body, SAMPLE));
	if (tally->letters < 400)
		tally_text(arena, tally, sample_of(article->headline.value, 400));
	weigh_letters(tally);
	struct guess guess = guess_language(tally, tag);
	article->language = primary_of(arena, tag);
	if (guess.tag && (guess.confidence >= 45 || !tag.len || !article->language.len)) {
		set_guess(article, guess);
		return;
	}
	article->language_confidence = article->language.len ? 50 : 0;
	article->language_source = declared.source;
}
