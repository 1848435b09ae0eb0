/* authors: see authors.h. The hard thing is that lists of names and a name with a job, a place or an agency behind it look the
 * same. */
#include "extract/authors.h"

#include "base/utf8.h"
#include "extract/bylinewords.h"
#include "extract/datelabel.h"
#include "extract/dates.h"
#include "extract/email.h"
#include "extract/personname.h"
#include "extract/reference.h"
#include "extract/titles.h"
#include "extract/wordscan.h"

/* Cuts "By", "Von", … off; *cut tells whether there was one. One that may be part of a name goes only where a whole name, an
 * agency or a job follows. */
static struct slice cut_opener(struct slice s, bool *cut)
{
	for (int round = 0; round < 2; round++) {
		bool doubtful;
		s = name_trim(s);
		size_t bytes = byline_opener(s, &doubtful);
		struct slice rest = name_trim(slice_sub(s, bytes, s.len)), first = slice_sub(rest, 0, slice_find_byte(rest, ','));
		if (!bytes || (doubtful && name_shape_of(first).upper < 2 && !agency_find(first).len && !byline_names_job(first)))
			break;
		s = rest;
		*cut = true;
	}
	return name_trim(s);
}

static bool plausible_name(struct slice s, enum author_trust trust)
{
	struct name_shape shape = name_shape_of(s);
	if (shape.columns < 2 || shape.columns > 80 || slice_find(s, SLICE("http")) != SLICE_NOT_FOUND ||
		slice_find(s, SLICE("//")) != SLICE_NOT_FOUND)
		return false;
	if (!shape.words && !shape.unspaced)
		return false;
	if (trust == AUTHOR_BYLINE && (slice_find_byte(s, ':') != SLICE_NOT_FOUND || slice_find_byte(s, '/') != SLICE_NOT_FOUND))
		return false;
	if (trust == AUTHOR_NAMED)
		return !(shape.digits && shape.words == shape.digits) && shape.words <= 8 && !slice_equal_nocase(s, SLICE("admin")) &&
			!slice_is(s, "null") && !slice_is(s, "undefined") && !byline_is_only_job(s);
	return (name_is_person(s) && !byline_names_job(s) && !byline_names_furniture(s)) || agency_find(s).len > 0;
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

#define CONTACT_MAX 220 /* code points */

/* "M.D.", "Ph.D.", "Jr." behind a comma: what follows a name and is none. */
static bool is_suffix(struct slice s)
{
	static const char *const SUFFIXES[] = {"dds", "dvm", "esq", "ii", "iii", "iv", "jd", "jr", "ma", "mba", "md", "mph", "msc", "pa", "phd", "psyd", "rn", "sr"};
	char letters[8];
	size_t len = 0;
	for (size_t i = 0; i < s.len; i++) {
		if (s.ptr[i] == '.' || s.ptr[i] == ' ')
			continue;
		if (!byte_is_alpha(s.ptr[i]) || len + 1 >= sizeof letters)
			return false;
		letters[len++] = byte_lower(s.ptr[i]);
	}
	for (size_t i = 0; i < sizeof SUFFIXES / sizeof *SUFFIXES; i++)
		if (slice_is(slice_make(letters, len), SUFFIXES[i]))
			return true;
	return false;
}

static struct author *add_name(struct arena *arena, struct article *article, struct slice name)
{
	for (struct author *known = article->authors; known; known = known->next)
		if (slice_equal_nocase(known->name, name))
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

/* "and" parts where a name is on one side; "with" where an agency follows; others between names. */
enum join { JOINS_ALWAYS, JOINS_AGENCY, JOINS_NAMES };

/* Does a word part two names, or is it in the middle of one? A `sure` one asks for no name at its sides. */
static bool joins_names(struct slice before, struct slice behind, enum join join, bool sure)
{
	struct slice left = name_trim(before), next = name_trim(slice_sub(behind, 0, slice_find_byte(behind, ',')));
	bool cut = false;

	next = cut_opener(next, &cut);
	if (agency_find(next).len)
		return name_is_person(left) && join != JOINS_NAMES;
	if (join == JOINS_ALWAYS)
		return utf8_length(left) > 4 && (sure || name_is_person(left) || name_is_person(next));
	return name_is_person(left) && name_shape_of(next).words >= 2;
}

/* Bytes of a word at `at` that parts two names, 0 if there is none. */
static size_t word_between(struct slice s, size_t at)
{
	static const char *const WORDS[] = {" and ", " und ", " & ", " with ", " mit ", " avec ", " con ", " met ", " med ", " et ", " y ", " e ", " och ", " og ", " en ", " i ", " и ", " та ", " ve ",
		" és ", " și ", " dan ", " sowie ", " ja ", " a "};

	for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++) {
		struct slice word = slice_of(WORDS[i]);
		bool begins = i < 3 ? slice_starts_nocase(slice_sub(s, at, s.len), word) : slice_starts(slice_sub(s, at, s.len), word); /* "BY ANA BRANDT AND TOM LIND" */
		if (begins &&
			joins_names(slice_sub(s, 0, at), slice_sub(s, at + word.len, s.len), i < 3 ? JOINS_ALWAYS : i < 8 ? JOINS_AGENCY : JOINS_NAMES, i == 1 || i == 2))
			return word.len;
	}
	return 0;
}

static size_t word_end(struct slice s)
{
	size_t end = 1;
	while (end < s.len && !strchr(" ,;/|)", s.ptr[end]))
		end++;
	return end;
}

/* Where the text is parted: signs always; words only between names. *behind is where the next part begins; the end if nowhere. */
static size_t find_split(struct slice s, size_t *behind)
{
	static const char *const SIGNS[] = {",", ";", "|", "\n", "\t", "、", "，", "·", "•", "／", "｜", NULL};
	static const char *const DASHES[] = {" - ", " – ", " — ", " / ", NULL};

	for (size_t i = 0; i < s.len; i++) {
		struct slice rest = slice_sub(s, i, s.len);
		size_t bytes = mark_at(rest, SIGNS);
		if (!bytes && *rest.ptr == ' ')
			bytes = word_between(s, i);
		if (!bytes)
			bytes = mark_at(rest, DASHES);
		if (!bytes && *rest.ptr == '/' && (agency_find(slice_sub(rest, 1, word_end(rest))).len || name_is_person(name_trim(slice_sub(s, 0, i)))))
			bytes = 1; /* "Ana Brandt/AFP", "ANA BRANDT/Staff Writer" */
		if (bytes) {
			*behind = i + bytes;
			return i;
		}
	}
	*behind = s.len;
	return s.len;
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

/* "Ana Brandt for Valley Post", "… in Lyon", "… @ana", "… 📷 Eva Roth": whom she writes for, whence, her account and who took the pictures are no part of
 * her name. */
static struct slice cut_employer(struct slice part)
{
	static const struct slice WORDS[] = {SLICE_INIT(" for "), SLICE_INIT(" For "), SLICE_INIT(" für "), SLICE_INIT(" pour "), SLICE_INIT(" para "), SLICE_INIT(" voor "), SLICE_INIT(" för "), SLICE_INIT(" in "), SLICE_INIT(" at "), SLICE_INIT(" from "), SLICE_INIT(" aus "),
		SLICE_INIT(" @"), SLICE_INIT(" 📷"), SLICE_INIT(" 📸")};
	for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++) {
		size_t at = slice_find(part, WORDS[i]);
		if (at != SLICE_NOT_FOUND && name_is_person(slice_sub(part, 0, at)))
			return slice_sub(part, 0, at);
	}
	return part;
}

/* "Science Editor Ana Brandt", "unserer Redakteurin Ana Brandt": the name behind the job, which goes to *role. */
static struct slice cut_job(struct slice part, struct slice *role)
{
	struct word word;
	size_t behind = 0;
	for (size_t at = 0; word_next(part, &at, &word);)
		if (byline_is_job(&word))
			behind = at;
	struct slice name = name_trim(slice_sub(part, behind, part.len));
	if (!behind || !name_is_person(name) || byline_names_furniture(part))
		return part;
	size_t first = 0;
	if (word_next(part, &first, &word) && !word.upper) /* "unserer Redakteurin" */
		return name;
	*role = name_trim(slice_sub(part, 0, behind));
	return name;
}

/* "Reuters Staff" → "Reuters". */
static struct slice agency_of_staff(struct slice part)
{
	struct word word;
	for (size_t at = 0; word_next(part, &at, &word);)
		if (byline_is_job(&word))
			return agency_find(name_trim(slice_sub(part, 0, (size_t)(word.text.ptr - part.ptr))));
	return SLICE_NONE;
}

/* Up to the first word with a digit in it: "Ana Brandt 2 hours ago". */
static struct slice cut_figures(struct slice part)
{
	struct word word;
	for (size_t at = 0; word_next(part, &at, &word);)
		if (word.digits)
			return date_label_cut(slice_sub(part, 0, (size_t)(word.text.ptr - part.ptr)));
	return part;
}

struct byline {
	struct arena *arena;
	struct article *article;
	enum author_trust trust;
	struct author *latest;
	bool added, refused;
	bool capitals; /* nothing but, so they tell nothing */
};

void authors_drop_sites(struct author *first, const struct slice *sites, size_t site_count, struct slice url)
{
	while (first->next)
		if (title_names_site(first->next->name, sites, site_count, url))
			first->next = first->next->next;
		else
			first = first->next;
}

/* The author whose name, or a word of it, the address holds; NULL if none does. */
static struct author *author_of_address(struct author *authors, struct slice email)
{
	struct slice local = slice_sub(email, 0, slice_find_byte(email, '@'));
	for (struct author *author = authors; author; author = author->next) {
		struct word word;
		for (size_t at = 0; word_next(author->name, &at, &word);)
			if (word.letters >= 3 && slice_find_nocase(local, word.text) != SLICE_NOT_FOUND)
				return author;
	}
	return NULL;
}

bool author_take_contact(struct author *authors, struct slice line)
{
	struct slice email = email_find(line);
	struct author *author = email.len && utf8_length(line) <= CONTACT_MAX ? author_of_address(authors, email) : NULL;
	if (author && !author->email.len)
		author->email = email;
	return author != NULL;
}

/* An address that stands apart belongs to the author whose name it holds, else to the last one. */
static void give_address(struct byline *byline, struct slice email)
{
	struct author *author = author_of_address(byline->article->authors, email);
	author = author ? author : byline->latest;
	if (author && !author->email.len)
		author->email = email;
}

static void add_part(struct byline *byline, struct slice part)
{
	bool cut = false, visible = byline->trust == AUTHOR_BYLINE;
	struct slice role = SLICE_NONE;
	part = trim_title(cut_opener(part, &cut));
	if (visible)
		part = name_trim(cut_figures(part));
	part = cut_employer(part);
	if (!part.len)
		return;
	struct slice agency = agency_of_staff(part);
	if (visible && agency.len)
		part = agency;
	if (!agency.len)
		part = cut_job(part, &role);
	if (byline->latest && !role.len && (byline_names_job(part) || (visible && !byline->capitals && is_employer(part))) && !agency_find(part).len) {
		if (!byline->latest->role.len && !byline_names_furniture(part))
			byline->latest->role = part;
		return;
	}
	if (byline->latest && is_suffix(part))
		return;
	if (!plausible_name(part, byline->trust)) {
		byline->refused |= visible && !byline->latest;
		return;
	}
	byline->latest = add_name(byline->arena, byline->article, name_soften_capitals(byline->arena, part));
	if (role.len && !byline->latest->role.len)
		byline->latest->role = role;
	byline->added = true;
}

/* Names parted by signs and words, without a date. */
static void add_parts(struct byline *byline, struct slice text)
{
	while (text.len && !byline->refused) {
		size_t behind, end = find_split(text, &behind);
		struct slice part = slice_sub(text, 0, end), email = email_find(part);
		text = slice_sub(text, behind, text.len);
		arena_tick(byline->arena);
		if (email.len)
			part = without(byline->arena, part, email);
		add_part(byline, part);
		if (email.len)
			give_address(byline, email);
	}
}

static bool holds_small_letters(struct slice text)
{
	for (size_t at = 0; at < text.len;)
		if (utf8_is_lower(utf8_next(text, &at)))
			return true;
	return false;
}

static bool holds_figures(struct slice text)
{
	for (size_t i = 0; i < text.len; i++)
		if (byte_is_digit(text.ptr[i]) || (unsigned char)text.ptr[i] >= 0xD9)
			return true;
	return false;
}

/* The first date in the text, where it begins and ends. */
static bool find_date(struct slice text, size_t *start, size_t *end)
{
	struct instant instant = {.ms = CLOCK_NONE};
	return holds_figures(text) && date_find(text, DATE_DAY_FIRST, &instant, start, end);
}

bool authors_add(struct arena *arena, struct article *article, struct slice text, enum author_trust trust)
{
	struct byline byline = {.arena = arena, .article = article, .trust = trust};
	bool opened = false;
	size_t start, end;
	text = utf8_squeeze(arena, utf8_nfc(arena, reference_decode(arena, text)));
	if (text.len > 600)
		return false;
	text = cut_opener(text, &opened);
	byline.capitals = !holds_small_letters(slice_sub(text, 0, find_split(text, &end))); /* "By ANA BRANDT, TOM LIND and EVA ROTH" */
	if (trust == AUTHOR_NAMED)
		text = name_put_right(arena, text);
	while (trust == AUTHOR_BYLINE && !byline.refused && find_date(text, &start, &end)) {
		add_parts(&byline, date_label_cut(slice_sub(text, 0, start)));
		text = slice_sub(text, end, text.len);
	}
	add_parts(&byline, trust == AUTHOR_BYLINE ? date_label_cut(text) : text);
	return byline.added;
}

/* What every byline has one of: an opener, an address, a reporter's title, or a date in front. A cheap look at lines that are none. */
static bool may_be_byline(struct slice line)
{
	struct slice start = name_trim(line);
	bool doubtful;
	return start.len && (byte_is_digit(*start.ptr) || (unsigned char)*start.ptr >= 0xD9 || byline_opener(start, &doubtful) || slice_find_byte(line, '@') != SLICE_NOT_FOUND ||
		slice_contains(line, SLICE("기자")) || slice_ends(line, SLICE("記者")) || (holds_figures(line) && date_label_of(slice_sub(start, 0, 40)) != DATE_LABEL_NONE));
}

bool author_is_byline(struct slice line)
{
	bool opened = false;
	if (line.len < 3 || utf8_length(line) > 200 || !may_be_byline(line))
		return false;
	size_t start, stop;
	if (find_date(line, &start, &stop)) {
		struct slice head = date_label_cut(slice_sub(line, 0, start));
		line = head.len > 2 ? head : slice_sub(line, stop, line.len);
	}
	struct slice email = email_find(line), rest = line;
	if (email.len) {
		rest = slice_sub(line, 0, (size_t)(email.ptr - line.ptr));
		if (slice_trim(rest).len < 3)
			rest = slice_sub(line, (size_t)(email.ptr - line.ptr) + email.len, line.len);
	}
	rest = cut_opener(rest, &opened);
	size_t behind, end = find_split(rest, &behind);
	struct slice first = cut_employer(trim_title(name_trim(slice_sub(rest, 0, end))));
	bool korean = slice_ends(rest, SLICE("기자")) || slice_find(rest, SLICE(" 기자")) != SLICE_NOT_FOUND ||
		slice_ends(rest, SLICE("記者"));
	if (!opened && !email.len && !korean)
		return false;
	return name_is_person(first) || agency_find(first).len > 0 || (email.len && rest.len < 60 && name_shape_of(first).words <= 4);
}
