/* personname: see personname.h. */
#include "extract/personname.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "extract/agencies.h"
#include "extract/wordscan.h"

static bool is_joiner(uint32_t c)
{
	return c == ' ' || c == ',' || c == ';' || c == '|' || c == '/' || c == ':' || c == '-' || c == 0x2013 || c == 0x2014 ||
		c == 0xB7 || c == 0x2022 || c == '(' || c == ')' || c == '[' || c == ']' || c == '*' || c == '.' || c == 0xA0 ||
		c == '<' || c == '>' || c == '"' || c == 0x2026 || c == '&' || c == '=' || c == 0x25CF || c == 0xFF0F ||
		c == 0x3001 || c == 0xFF1A || c == 0x3010 || c == 0x3011;
}

struct slice name_trim(struct slice s)
{
	for (;;) {
		size_t at = 0;
		if (!s.len)
			return s;
		uint32_t c = utf8_next(s, &at);
		if (!is_joiner(c) && !utf8_is_space(c))
			break;
		s = slice_sub(s, at, s.len);
	}
	for (;;) {
		size_t at = s.len;
		if (!s.len)
			return s;
		uint32_t c = utf8_previous(s, &at);
		bool initial = c == '.' && s.len >= 2 &&
			(byte_is_alpha(s.ptr[s.len - 2]) || (s.ptr[s.len - 2] & 0x80)); /* "Jr.", "Miguel A." */
		if ((!is_joiner(c) && !utf8_is_space(c)) || initial)
			break;
		if (c == ')' && slice_find_byte(s, '(') != SLICE_NOT_FOUND && slice_find_byte(s, '(') > 0)
			break;
		s = slice_sub(s, 0, at);
	}
	return s;
}

static bool is_particle(struct slice word)
{
	static const char *const PARTICLES[] = {"de", "da", "di", "del", "della", "der", "den", "van", "von", "zu", "la", "le", "du", "dos", "das", "do", "bin", "bint",
		"al", "el", "ibn", "ben", "y", "e", "af", "av", "ten", "ter", "und", "and", "st"};
	for (size_t i = 0; i < sizeof PARTICLES / sizeof *PARTICLES; i++)
		if (slice_equal_nocase(word, slice_of(PARTICLES[i])))
			return true;
	return false;
}

/* "d'Arcy", "l’Estrange": capital behind the apostrophe. */
static bool is_elided(struct slice word)
{
	size_t at = 1;
	if (word.len < 4 || !strchr("dl", *word.ptr))
		return false;
	uint32_t mark = utf8_next(word, &at);
	return (mark == '\'' || mark == 0x2019) && at < word.len && utf8_is_upper(utf8_next(word, &at));
}

struct name_shape name_shape_of(struct slice s)
{
	struct name_shape shape = {.columns = utf8_length(s)};
	struct word word;
	for (size_t at = 0; word_next(s, &at, &word);) {
		shape.words += !word.unspaced;
		shape.unspaced += word.unspaced;
		shape.upper += word.upper || is_elided(word.text);
		shape.digits += word.digits > 0;
		shape.particles += !word.upper && is_particle(word.text);
	}
	for (size_t i = 0; i < s.len; i++)
		shape.odd |= strchr("?!@#$%^*={}<>\\_~", s.ptr[i]) != NULL && s.ptr[i];
	return shape;
}

/* "台北報導", "北京电": where a report is from. */
static bool is_wire_place(struct slice s)
{
	static const struct slice ENDS[] = {SLICE_INIT("報導"), SLICE_INIT("报道"), SLICE_INIT("報道"), SLICE_INIT("电"), SLICE_INIT("電"), SLICE_INIT("讯"), SLICE_INIT("訊")};
	for (size_t i = 0; i < sizeof ENDS / sizeof *ENDS; i++)
		if (slice_ends(s, ENDS[i]))
			return true;
	return false;
}

bool name_is_person(struct slice s)
{
	struct name_shape shape = name_shape_of(s);
	if (shape.odd || shape.digits || shape.columns < 3 || shape.columns > 50)
		return false;
	if (shape.unspaced && slice_starts(s, SLICE("\xE0"))) /* Thai and its neighbours: a name and a family's name */
		return shape.unspaced <= 30 && slice_find_byte(s, ' ') != SLICE_NOT_FOUND;
	if (shape.unspaced)
		return shape.unspaced >= 2 && shape.unspaced <= 10 && shape.words <= 2 && !is_wire_place(s);
	bool caseless = s.len && (unsigned char)s.ptr[0] >= 0xD6 && shape.upper == 0; /* Hebrew, Arabic, Hangul, … */
	if (caseless)
		return shape.words >= 1 && shape.words <= 4 && shape.columns <= 25;
	return shape.words >= 2 && shape.words <= 6 && shape.upper >= 2 && shape.upper + shape.particles >= shape.words;
}

struct slice name_soften_capitals(struct arena *arena, struct slice s)
{
	struct word word;
	size_t words = 0;
	for (size_t at = 0; word_next(s, &at, &word);) {
		if (!word.all_upper || word.letters < 3)
			return s;
		words++;
	}
	if (words < 2)
		return s;
	struct buf out;
	bool inside = false;
	buf_init_arena(&out, arena, s.len * 2 + 16);
	for (size_t at = 0; at < s.len;) {
		uint32_t c = utf8_next(s, &at);
		bool letter = utf8_is_letter(c);
		buf_append_codepoint(&out, letter && inside ? utf8_to_lower(c) : c);
		inside = letter;
	}
	return buf_slice(&out);
}

/* "Roe, Jane" of catalogues: exactly two single capitalised words around one comma. */
static bool is_reversed(struct slice s)
{
	size_t comma = slice_find_byte(s, ',');
	if (comma == SLICE_NOT_FOUND || slice_find_byte(slice_sub(s, comma + 1, s.len), ',') != SLICE_NOT_FOUND)
		return false;
	struct slice family = slice_trim(slice_sub(s, 0, comma));
	size_t space = slice_find_byte(family, ' ');
	if (space != SLICE_NOT_FOUND && is_particle(slice_sub(family, 0, space))) /* "Di Stefano, Carla" */
		family = slice_sub(family, space + 1, family.len);
	struct name_shape left = name_shape_of(family), right = name_shape_of(slice_sub(s, comma + 1, s.len));
	return left.words == 1 && right.words == 1 && left.upper == 1 && right.upper == 1 &&
		!agency_find(slice_sub(s, comma + 1, s.len)).len && !agency_find(slice_sub(s, 0, comma)).len &&
		left.columns > 3 && right.columns > 3;
}

struct slice name_put_right(struct arena *arena, struct slice text)
{
	struct slice rest = text, part;
	struct buf out;
	buf_init_arena(&out, arena, text.len * 2 + 16);
	while (slice_split(&rest, ';', &part)) {
		if (!is_reversed(part))
			return text;
		size_t comma = slice_find_byte(part, ',');
		struct slice first = name_trim(slice_sub(part, comma + 1, part.len)), last = name_trim(slice_sub(part, 0, comma));
		buf_printf(&out, "%s%.*s %.*s", out.len ? "; " : "", SLICE_ARG(first), SLICE_ARG(last));
	}
	return out.len ? buf_slice(&out) : text;
}
