/* authors: see authors.h. The hard thing is that lists of names and a name with a job, a place or an agency behind it look the
 * same. */
#include "extract/authors.h"

#include "base/utf8.h"
#include "extract/reference.h"
#include "extract/wordscan.h"

/* Words before a name. */
static const char *const OPENERS[] = {"written by", "posted by", "reported by", "by:", "by", "text by", "words by", "story by", "von:", "von", "ein artikel von", "eine analyse von",
	"ein kommentar von", "ein bericht von", "ein gastbeitrag von", "aus", "par", "publié par", "propos recueillis par", "por:", "por", "escrito por", "publicado por",
	"texto:", "di", "a cura di", "scritto da", "de:", "door", "av", "af", "skrevet av", "tekst:", "text:", "teksti:", "autor:", "autorka:", "autorzy:", "auteur:", "author:",
	"authors:", "autore:", "foto:", "автор:", "авторы:", "автор", "текст:", "yazar:", "yazan:", "szerző:", "írta:", "oleh:", "oleh", "penulis:", "tác giả:", "theo",
	"reporter:", "editor:", "作者：", "作者:", "作者", "文／", "文/", "記者", "记者", "责编：", "编辑：", "責任編輯：", "بقلم:", "بقلم", "كتب:", "كتب", "نویسنده:", "מאת:", "מאת", "של",
	"piše:", "piše", "пише:", "пише", "del", "redaktion:", "reporting by", "interview:", "interview by", "and"};

/* Words that name a job or a desk, not a person. A part that holds one is a role. */
static const char *const JOBS[] = {"reporter", "correspondent", "editor", "writer", "journalist", "columnist", "contributor", "contributing",
	"chief", "producer", "photographer", "presenter", "analyst", "fellow", "professor", "author", "senior", "deputy", "assistant", "intern",
	"specialist", "director", "anchor", "redakteur", "redakteurin", "korrespondent", "korrespondentin", "autor", "autorin", "chefredakteur",
	"volontär", "volontärin", "reporterin", "journalistin", "journaliste", "correspondant", "correspondante", "rédacteur", "rédactrice",
	"envoyé", "spécial", "corresponsal", "periodista", "redactor", "redactora", "enviado", "jornalista", "repórter", "correspondente",
	"giornalista", "inviato", "corrispondente", "verslaggever", "redacteur", "korrespondens", "journalister", "reportrar", "toimittaja",
	"dziennikarz", "dziennikarka", "redaktor", "redaktorka", "корреспондент", "журналист", "обозреватель", "редактор", "muhabir", "muhabiri",
	"editör", "újságíró", "szerkesztő", "redactor-șef", "ressortleiter", "ressortleiterin", "leiter", "leiterin", "leitung", "chefreporter",
	"staff", "desk", "web", "bureau", "freelance", "freelancer", "politics", "business", "sports", "crime", "digital", "online", "wire", "updated",
	"published", "image", "photo", "photos", "photography", "video", "twitter", "follow", "email", "read", "more", "view", "share", "comments"};

static const struct {
	const char *name, *form;
} AGENCIES[] = {{"reuters", "Reuters"}, {"thomson reuters", "Reuters"}, {"ap", "AP"}, {"associated press", "Associated Press"},
	{"the associated press", "The Associated Press"}, {"afp", "AFP"}, {"agence france-presse", "Agence France-Presse"}, {"dpa", "dpa"},
	{"dpa-infocom", "dpa-infocom"}, {"deutsche presse-agentur", "dpa"}, {"apa", "APA"}, {"sid", "SID"}, {"epd", "epd"}, {"kna", "KNA"}, {"sda", "SDA"}, {"keystone-sda", "Keystone-SDA"},
	{"efe", "EFE"}, {"europa press", "Europa Press"}, {"ansa", "ANSA"}, {"adnkronos", "Adnkronos"}, {"anp", "ANP"}, {"belga", "Belga"}, {"tt", "TT"},
	{"ntb", "NTB"}, {"ritzau", "Ritzau"}, {"stt", "STT"}, {"pap", "PAP"}, {"čtk", "ČTK"}, {"ctk", "ČTK"}, {"tasr", "TASR"}, {"sita", "SITA"}, {"mti", "MTI"},
	{"agerpres", "Agerpres"}, {"mediafax", "Mediafax"}, {"hina", "Hina"}, {"tanjug", "Tanjug"}, {"bta", "БТА"}, {"tass", "TASS"}, {"тасс", "ТАСС"},
	{"interfax", "Interfax"}, {"интерфакс", "Интерфакс"}, {"риа новости", "РИА Новости"}, {"ria novosti", "RIA Novosti"}, {"ukrinform", "Ukrinform"},
	{"укринформ", "Укринформ"}, {"унian", "УНІАН"}, {"унiан", "УНІАН"}, {"уніан", "УНІАН"}, {"унн", "УНН"}, {"yonhap", "Yonhap"}, {"yonhap news", "Yonhap"},
	{"yonhap news agency", "Yonhap"}, {"연합뉴스", "연합뉴스"}, {"뉴시스", "뉴시스"}, {"뉴스1", "뉴스1"}, {"newsis", "Newsis"}, {"kyodo", "Kyodo"}, {"kyodo news", "Kyodo"}, {"共同", "共同"},
	{"jiji press", "Jiji Press"}, {"jiji", "Jiji Press"}, {"時事", "時事"}, {"xinhua", "Xinhua"}, {"新华社", "新华社"}, {"新華社", "新華社"}, {"中新社", "中新社"}, {"cna", "CNA"},
	{"中央社", "中央社"}, {"bernama", "Bernama"}, {"antara", "Antara"}, {"pti", "PTI"}, {"press trust of india", "PTI"}, {"ani", "ANI"}, {"ians", "IANS"}, {"uni", "UNI"},
	{"aap", "AAP"}, {"press association", "PA"}, {"pa media", "PA Media"}, {"pa", "PA"}, {"the canadian press", "The Canadian Press"},
	{"canadian press", "The Canadian Press"}, {"upi", "UPI"}, {"bloomberg", "Bloomberg"}, {"anadolu agency", "Anadolu Agency"}, {"aa", "AA"}, {"dha", "DHA"}, {"iha", "İHA"},
	{"irna", "IRNA"}, {"wam", "WAM"}, {"spa", "SPA"}, {"mena", "MENA"}, {"sana", "SANA"}, {"vna", "VNA"}, {"ttxvn", "TTXVN"}, {"lusa", "Lusa"}, {"agência brasil", "Agência Brasil"}, {"agência lusa", "Lusa"}};

struct slice agency_find(struct slice text)
{
	text = slice_trim(text);
	for (size_t i = 0; i < sizeof AGENCIES / sizeof *AGENCIES; i++)
		if (slice_equal_nocase(text, slice_of(AGENCIES[i].name)))
			return slice_of(AGENCIES[i].form);
	return SLICE_NONE;
}

/* --- e-mail ----------------------------------------------------------------------------------- */

static bool is_atom(char c) { return byte_is_alpha(c) || byte_is_digit(c) || strchr("._%+-", c); }

struct slice email_find(struct slice text)
{
	for (size_t i = 1; i + 3 < text.len; i++) {
		if (text.ptr[i] != '@')
			continue;
		size_t start = i, end = i + 1, dot = 0;
		while (start > 0 && text.ptr[start - 1] && is_atom(text.ptr[start - 1]))
			start--;
		while (start < i && (text.ptr[start] == '.' || text.ptr[start] == '-' || text.ptr[start] == '+'))
			start++;
		for (; end < text.len && text.ptr[end] &&
			(byte_is_alpha(text.ptr[end]) || byte_is_digit(text.ptr[end]) || text.ptr[end] == '-' ||
				text.ptr[end] == '.');
			end++)
			if (text.ptr[end] == '.' && end + 2 < text.len && byte_is_alpha(text.ptr[end + 1]))
				dot = end;
		while (end > i + 1 && (text.ptr[end - 1] == '.' || text.ptr[end - 1] == '-'))
			end--;
		if (start < i && dot && end - dot >= 3 && text.ptr[i + 1] != '.')
			return slice_sub(text, start, end);
	}
	return SLICE_NONE;
}

/* --- names ------------------------------------------------------------------------------------ */

static bool is_joiner(uint32_t c)
{
	return c == ' ' || c == ',' || c == ';' || c == '|' || c == '/' || c == ':' || c == '-' || c == 0x2013 || c == 0x2014 ||
		c == 0xB7 || c == 0x2022 || c == '(' || c == ')' || c == '[' || c == ']' || c == '*' || c == '.' || c == 0xA0 ||
		c == '<' || c == '>' || c == '"' || c == 0x2026 || c == '&' || c == '=' || c == 0x25CF || c == 0xFF0F ||
		c == 0x3001 || c == 0xFF1A;
}

static struct slice trim_name(struct slice s)
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

static bool starts_with_phrase(struct slice s, const char *phrase)
{
	struct slice p = slice_of(phrase);
	size_t i = 0, k = 0;
	while (k < p.len) {
		if (i >= s.len)
			return false;
		uint32_t a = utf8_to_lower(utf8_next(s, &i)), b = utf8_next(p, &k);
		if (a != b)
			return false;
	}
	char last = phrase[p.len - 1];
	if (last == ':' || last == '/' || (last & 0x80))
		return i < s.len &&
			(last == ':' || last == '/' || (unsigned char)s.ptr[i] >= 0x80 || s.ptr[i] == ' ' || s.ptr[i] == ':');
	return i < s.len && (s.ptr[i] == ' ' || s.ptr[i] == ':' || s.ptr[i] == '\t' || (unsigned char)s.ptr[i] == 0xC2);
}

/* Cuts "By", "Von", … off; *cut tells whether there was one. */
static struct slice cut_opener(struct slice s, bool *cut)
{
	for (int round = 0; round < 2; round++) {
		size_t longest = 0;
		s = trim_name(s);
		for (size_t i = 0; i < sizeof OPENERS / sizeof *OPENERS; i++)
			if (strlen(OPENERS[i]) > longest && starts_with_phrase(s, OPENERS[i]))
				longest = strlen(OPENERS[i]);
		if (!longest)
			break;
		s = slice_sub(s, longest, s.len);
		*cut = true;
	}
	return trim_name(s);
}

static bool is_job(struct slice s)
{
	struct word word;
	for (size_t at = 0; word_next(s, &at, &word);)
		for (size_t i = 0; i < sizeof JOBS / sizeof *JOBS; i++)
			if (word.hash == word_hash(slice_of(JOBS[i])))
				return true;
	return false;
}

struct shape {
	size_t words, upper, digits, unspaced, columns, particles;
	bool odd; /* signs that names don't have */
};

static struct shape shape_of(struct slice s)
{
	static const char *const PARTICLES[] = {"de", "da", "di", "del", "della", "der", "den", "van", "von", "zu", "la", "le", "du", "dos", "das", "do", "bin", "bint",
		"al", "el", "ibn", "ben", "y", "e", "af", "av", "ten", "ter", "und", "and", "st"};
	struct shape shape = {.columns = utf8_length(s)};
	struct word word;
	for (size_t at = 0; word_next(s, &at, &word);) {
		shape.words += !word.unspaced;
		shape.unspaced += word.unspaced;
		shape.upper += word.upper;
		shape.digits += word.digits > 0;
		for (size_t i = 0; !word.upper && i < sizeof PARTICLES / sizeof *PARTICLES; i++)
			shape.particles += slice_is(word.text, PARTICLES[i]);
	}
	for (size_t i = 0; i < s.len; i++)
		shape.odd |= strchr("?!@#$%^*={}<>\\_~", s.ptr[i]) != NULL && s.ptr[i];
	return shape;
}

/* A person's name as it is written: two to five words with capitals, or a few characters of a script without. */
static bool looks_like_name(struct slice s)
{
	struct shape shape = shape_of(s);
	if (shape.odd || shape.digits || shape.columns < 3 || shape.columns > 50)
		return false;
	if (shape.unspaced)
		return shape.unspaced >= 2 && shape.unspaced <= 10 && shape.words <= 2;
	bool caseless = s.len && (unsigned char)s.ptr[0] >= 0xD6 && shape.upper == 0; /* Hebrew, Arabic, Hangul, … */
	if (caseless)
		return shape.words >= 1 && shape.words <= 4 && shape.columns <= 25;
	return shape.words >= 2 && shape.words <= 6 && shape.upper >= 2 && shape.upper + shape.particles >= shape.words;
}

static bool plausible_name(struct slice s, enum author_trust trust)
{
	struct shape shape = shape_of(s);
	if (shape.columns < 2 || shape.columns > 80 || slice_find(s, SLICE("http")) != SLICE_NOT_FOUND ||
		slice_find(s, SLICE("//")) != SLICE_NOT_FOUND)
		return false;
	if (!shape.words && !shape.unspaced)
		return false;
	if (trust == AUTHOR_BYLINE && (slice_find_byte(s, ':') != SLICE_NOT_FOUND || slice_find_byte(s, '/') != SLICE_NOT_FOUND))
		return false;
	if (trust == AUTHOR_NAMED)
		return !(shape.digits && shape.words == shape.digits) && shape.words <= 8 && !slice_is(s, "admin") &&
			!slice_is(s, "null") && !slice_is(s, "undefined");
	return (looks_like_name(s) && !is_job(s)) || agency_find(s).len > 0;
}

/* A name's own furniture: "(abc)" behind it, a Korean or Japanese reporter's title. */
static struct slice trim_title(struct slice s)
{
	static const struct slice TITLES[] = {SLICE_INIT("기자"), SLICE_INIT("특파원"), SLICE_INIT("記者"), SLICE_INIT("记者"), SLICE_INIT("선임기자"), SLICE_INIT("논설위원")};
	for (size_t i = 0; i < sizeof TITLES / sizeof *TITLES; i++)
		if (slice_ends(s, TITLES[i]) && s.len > TITLES[i].len)
			s = slice_trim(slice_sub(s, 0, s.len - TITLES[i].len));
	size_t open = slice_find_last_byte(s, '(');
	if (open != SLICE_NOT_FOUND && open > 2 && s.ptr[s.len - 1] == ')' && s.len - open <= 12)
		s = slice_trim(slice_sub(s, 0, open));
	return s;
}

/* A part that opens with an acronym ("BBC News", "MDR Thüringen") behind a name is where that person works. */
static bool is_employer(struct slice s)
{
	struct word word;
	size_t at = 0;
	return word_next(s, &at, &word) && word.all_upper && word.letters <= 4 && slice_find_byte(s, ' ') != SLICE_NOT_FOUND;
}

/* Names in capitals throughout become "Jane Roe"; others stay as they are. */
static struct slice soften_capitals(struct arena *arena, struct slice s)
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

static bool same_name(struct slice a, struct slice b)
{
	return slice_equal_nocase(a, b);
}

static struct author *add_name(struct arena *arena, struct article *article, struct slice name)
{
	for (struct author *known = article->authors; known; known = known->next)
		if (same_name(known->name, name))
			return known;
	return article_add_author(arena, article, name);
}

/* The bytes of the first of `marks` (ends with NULL) that `s` begins with, 0 if with none. */
static size_t mark_at(struct slice s, const char *const *marks)
{
	while (*marks && !slice_starts(s, slice_of(*marks)))
		marks++;
	return *marks ? strlen(*marks) : 0;
}

/* Does a word part two names, or is it in the middle of one? A `common` one asks for a name on one side, a `sure` one of these
 * for none, the others for one on both. */
static bool joins_names(struct slice before, struct slice behind, bool common, bool sure)
{
	struct slice left = trim_name(before), next = trim_name(slice_sub(behind, 0, slice_find_byte(behind, ',')));
	bool cut = false;

	next = cut_opener(next, &cut);
	if (common)
		return utf8_length(left) > 4 && (sure || looks_like_name(left) || looks_like_name(next));
	return looks_like_name(left) && shape_of(next).words >= 2;
}

/* Bytes of a word at `at` that parts two names, 0 if there is none. */
static size_t word_between(struct slice s, size_t at)
{
	static const char *const WORDS[] = {" and ", " und ", " & ", " et ", " y ", " e ", " och ", " og ", " en ", " i ", " и ", " та ", " ve ",
		" és ", " și ", " dan ", " with ", " mit ", " sowie ", " ja ", " a "};

	for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++) {
		struct slice word = slice_of(WORDS[i]);
		if (slice_starts(slice_sub(s, at, s.len), word) &&
			joins_names(slice_sub(s, 0, at), slice_sub(s, at + word.len, s.len), i < 3, i == 1 || i == 2))
			return word.len;
	}
	return 0;
}

/* Where the text is parted: signs always; words only between names. *behind is where the next part begins; the end if nowhere. */
static size_t find_split(struct slice s, size_t *behind)
{
	static const char *const SIGNS[] = {",", ";", "|", "\n", "\t", "、", "，", "·", "•", NULL};
	static const char *const DASHES[] = {" - ", " – ", " — ", " / ", NULL};

	for (size_t i = 0; i < s.len; i++) {
		struct slice rest = slice_sub(s, i, s.len);
		size_t bytes = mark_at(rest, SIGNS);
		if (!bytes && *rest.ptr == ' ')
			bytes = word_between(s, i);
		if (!bytes)
			bytes = mark_at(rest, DASHES);
		if (bytes) {
			*behind = i + bytes;
			return i;
		}
	}
	*behind = s.len;
	return s.len;
}

/* "Roe, Jane" of catalogues: exactly two single capitalised words around one comma. */
static bool is_reversed(struct slice s)
{
	size_t comma = slice_find_byte(s, ',');
	if (comma == SLICE_NOT_FOUND || slice_find_byte(slice_sub(s, comma + 1, s.len), ',') != SLICE_NOT_FOUND)
		return false;
	struct shape left = shape_of(slice_sub(s, 0, comma)), right = shape_of(slice_sub(s, comma + 1, s.len));
	return left.words == 1 && right.words == 1 && left.upper == 1 && right.upper == 1 &&
		!agency_find(slice_sub(s, comma + 1, s.len)).len && !agency_find(slice_sub(s, 0, comma)).len &&
		left.columns > 3 && right.columns > 3;
}

static struct slice without(struct arena *arena, struct slice s, struct slice part)
{
	struct buf out;
	buf_init_arena(&out, arena, s.len + 16);
	buf_append(&out, slice_sub(s, 0, (size_t)(part.ptr - s.ptr)));
	buf_append_byte(&out, ' ');
	buf_append(&out, slice_sub(s, (size_t)(part.ptr - s.ptr) + part.len, s.len));
	return utf8_squeeze(arena, buf_slice(&out));
}

bool authors_add(struct arena *arena, struct article *article, struct slice text, enum author_trust trust)
{
	bool added = false, opened = false;
	text = utf8_squeeze(arena, utf8_nfc(arena, reference_decode(arena, text)));
	if (text.len > 600)
		return false;
	struct slice email = email_find(text);
	if (email.len)
		text = without(arena, text, email);
	text = cut_opener(text, &opened);
	if (trust == AUTHOR_NAMED && is_reversed(text)) {
		size_t comma = slice_find_byte(text, ',');
		struct slice first = trim_name(slice_sub(text, comma + 1, text.len)), last = trim_name(slice_sub(text, 0, comma));
		text = arena_printf(arena, "%.*s %.*s", SLICE_ARG(first), SLICE_ARG(last));
	}
	struct author *latest = NULL;
	while (text.len) {
		size_t behind, end = find_split(text, &behind);
		bool cut = false;
		struct slice part = cut_opener(slice_sub(text, 0, end), &cut);
		text = slice_sub(text, behind, text.len);
		arena_tick(arena);
		if (!part.len)
			continue;
		part = trim_title(part);
		if (latest && (is_job(part) || (trust == AUTHOR_BYLINE && is_employer(part))) && !agency_find(part).len) {
			if (!latest->role.len)
				latest->role = part;
			continue;
		}
		if (!plausible_name(part, trust)) {
			if (trust == AUTHOR_BYLINE && !latest)
				return false;
			continue;
		}
		latest = add_name(arena, article, soften_capitals(arena, part));
		added = true;
	}
	if (latest && email.len && !latest->email.len)
		latest->email = email;
	return added;
}

bool author_is_byline(struct slice line)
{
	bool opened = false;
	if (line.len < 3 || line.len > 200)
		return false;
	struct slice email = email_find(line), rest = line;
	if (email.len) {
		rest = slice_sub(line, 0, (size_t)(email.ptr - line.ptr));
		if (slice_trim(rest).len < 3)
			rest = slice_sub(line, (size_t)(email.ptr - line.ptr) + email.len, line.len);
	}
	rest = cut_opener(rest, &opened);
	size_t behind, end = find_split(rest, &behind);
	struct slice first = trim_name(slice_sub(rest, 0, end));
	bool korean = slice_ends(rest, SLICE("기자")) || slice_find(rest, SLICE(" 기자")) != SLICE_NOT_FOUND ||
		slice_ends(rest, SLICE("記者"));
	if (!opened && !email.len && !korean)
		return false;
	return looks_like_name(first) || agency_find(first).len > 0 || (email.len && rest.len < 60 && shape_of(first).words <= 4);
}
