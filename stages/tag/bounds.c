/* bounds: see bounds.h. */
#include "tag/bounds.h"

#include "tag/kinds.h"
#include "tag/titles.h"
#include "tag/wordlist.h"

bool token_is_edge(const struct token *token)
{
	static const char *const marks[] = {"\"", "'", "(", ",", ".", ":", ";", "[", "]", "`"};

	if (token->flags & TOKEN_POSSESSIVE)
		return true;
	return token->flags & TOKEN_PUNCT && (wordlist_has(WORDLIST(marks), token->text) || slice_is(token->text, "“") ||
		slice_is(token->text, "”") || slice_is(token->text, "‘") || slice_is(token->text, "’") || slice_is(token->text, "``") ||
		slice_is(token->text, "''"));
}

/* Cuts articles, marks, possessives and, for persons, titles off. */
static void trim(const struct document *document, struct mention *mention, enum name_type type)
{
	bool female = false, male = false;

	while (mention->last - mention->first > 1 && token_is_edge(document->words[mention->last - 1].token) &&
		!(document->words[mention->last - 1].token->flags & TOKEN_DOTTED))
		mention->last--;
	while (mention->last - mention->first > 1) {
		const struct token *token = document->words[mention->first].token;
		bool article = slice_is(token->text, "the") || slice_is(token->text, "a") || slice_is(token->text, "an");
		if (!article && !token_is_edge(token))
			break;
		mention->first++;
	}
	mention->title = mention->first;
	if (type != NAME_PERSON)
		return;
	while (mention->last - mention->first > 1 && word_is_title(document_text(document, mention->first), &female, &male))
		mention->first++;
	while (mention->title > 0 && !(document->words[mention->title].token->flags & TOKEN_SENTENCE) &&
		document->words[mention->title - 1].token->flags & TOKEN_CAPITAL &&
		word_is_title(document_text(document, mention->title - 1), &female, &male))
		mention->title--;
}

/* --- organisations --------------------------------------------------------------------------- */

/* "Supreme People's Assembly": an organisation reaches back over a possessive to capitalised words that are in no name. */
static void reach_back(const struct document *document, const uint8_t *labels, struct mention *mention)
{
	uint32_t at = mention->first;
	bool possessive = false;

	if (!(document->words[at].token->flags & TOKEN_CAPITAL))
		return;
	while (at > 0 && !(document->words[at].token->flags & TOKEN_SENTENCE) && labels[at - 1] == LABEL_O) {
		const struct token *token = document->words[at - 1].token;
		if (token->flags & TOKEN_POSSESSIVE && at == mention->first)
			possessive = true;
		else if (!(token->flags & TOKEN_CAPITAL) || token->flags & TOKEN_SENTENCE)
			break;
		at--;
	}
	if (possessive && at + 1 < mention->first)
		mention->first = mention->title = at;
}

static bool is_preposition(const struct document *document, uint32_t at)
{
	static const char *const prepositions[] = {"by", "for", "in", "of", "on", "to"};

	return wordlist_has(WORDLIST(prepositions), document_text(document, at));
}

static bool is_small(const struct document *document, uint32_t at)
{
	return !(document->words[at].token->flags & (TOKEN_CAPITAL | TOKEN_NUMBER | TOKEN_PUNCT));
}

/* "Bank for the", "Department of Transportation for approval": what the sentence goes on with isn't the organisation's. */
static void cut_clause(const struct document *document, struct mention *mention)
{
	static const char *const functions[] = {"a", "all", "an", "any", "being", "both", "each", "every", "her", "his", "its", "my", "other", "our",
		"some", "such", "that", "the", "their", "these", "this", "those", "which", "whom", "your"};
	uint32_t at = mention->last - 1;
	bool joined = false;

	while (at > mention->first && is_small(document, at) && !is_preposition(document, at))
		at--;
	if (at == mention->first || !is_small(document, at) || !is_preposition(document, at))
		return;
	for (uint32_t i = mention->first; i < at; i++)
		joined |= is_preposition(document, i);
	if (at + 1 == mention->last || joined || wordlist_has(WORDLIST(functions), document_text(document, mention->last - 1)))
		mention->last = at;
}

/* The end of capitalised words in no name that begin at `at`; `at` itself if there are none. */
static uint32_t unnamed_end(const struct document *document, const uint8_t *labels, uint32_t at)
{
	while (at < document->count && labels[at] == LABEL_O && (document->words[at].token->flags & (TOKEN_CAPITAL | TOKEN_SENTENCE)) == TOKEN_CAPITAL)
		at++;
	return at;
}

/* "Ministry of Water, Rural Affairs and Housing": an office's fields end with the one behind "and", if none of them is a name of its own or
 * somebody's ("and Deputy Chairman Ana Ruiz"). */
static void reach_fields(const struct document *document, const uint8_t *labels, struct mention *mention)
{
	static const char *const offices[] = {"agency", "board", "bureau", "center", "centre", "commission", "committee", "council", "department",
		"directorate", "division", "institute", "ministry", "office", "secretariat", "subcommittee"};
	bool office = false, of = false;
	uint32_t at = mention->last, end;

	for (uint32_t i = mention->first; i + 1 < mention->last; i++) {
		struct slice word = document_text(document, i);
		office |= wordlist_has(WORDLIST(offices), word);
		of |= office && (slice_is(word, "of") || slice_is(word, "for") || slice_is(word, "on"));
	}
	while (of && at + 2 < document->count && labels[at] == LABEL_O) {
		bool last = slice_is(document_text(document, at), "and");
		if (!last && !slice_is(document_text(document, at), ","))
			return;
		if (!last && slice_is(document_text(document, at + 1), "and"))
			last = true, at++;
		if (labels[at] != LABEL_O || document->words[at].token->flags & TOKEN_SENTENCE)
			return; /* what begins there may be another field */
		end = unnamed_end(document, labels, at + 1);
		if (end == at + 1 || end > at + 5 || word_is_role(document_text(document, end - 1)))
			return;
		if (last) {
			mention->last = end;
			return;
		}
		at = end;
	}
}

/* "14th National Assembly": the ordinal counts a parliament's terms and isn't its name. It makes no other thing of the parliament; only
 * a congress may also be a meeting. */
static void cut_term(const struct document *document, struct mention *mention, enum name_type *type)
{
	static const char *const parliaments[] = {"assembly", "cabinet", "congress", "diet", "duma", "knesset", "parliament", "senate"};
	static const char *const endings[] = {"nd", "rd", "st", "th"};

	if (mention->last - mention->first <= 2 || !(document->words[mention->first].token->flags & TOKEN_NUMBER) ||
		!wordlist_has(WORDLIST(endings), document_text(document, mention->first + 1)) ||
		!wordlist_has(WORDLIST(parliaments), document_text(document, mention->last - 1)))
		return;
	if (*type == NAME_OTHER && slice_equal_nocase(document_text(document, mention->last - 1), SLICE("congress")))
		return;
	*type = NAME_ORGANIZATION;
	mention->first = mention->title = mention->first + 2;
}

/* --- places ---------------------------------------------------------------------------------- */

/* "Severodonetsk - cities that", "Bala — now": behind a dash with blanks, a word in small letters goes on with the sentence. */
static void cut_dash(const struct document *document, struct mention *mention)
{
	static const char *const dashes[] = {"-", "–", "—"};

	for (uint32_t i = mention->first + 1; i + 1 < mention->last; i++)
		if (!(document->words[i].token->flags & TOKEN_GLUED) && wordlist_has(WORDLIST(dashes), document_text(document, i)) &&
			!(document->words[i + 1].token->flags & (TOKEN_GLUED | TOKEN_CAPITAL | TOKEN_NUMBER)))
			mention->last = i;
}

/* "city of", "far eastern town of" */
bool word_is_settlement(const struct document *document, size_t at)
{
	static const char *const settlements[] = {"capital", "city", "district", "island", "port", "province", "region", "resort", "state", "town",
		"township", "village"};

	return !(document->words[at].token->flags & TOKEN_CAPITAL) && wordlist_has(WORDLIST(settlements), document_text(document, at)) &&
	       slice_is(document_text(document, at + 1), "of");
}

/* "the far eastern city of Vladivostok": the place is what stands behind. */
static void cut_settlement(const struct document *document, struct mention *mention)
{
	for (uint32_t i = mention->first; i + 2 < mention->last; i++)
		if (word_is_settlement(document, i))
			mention->first = mention->title = i + 2;
}

bool word_is_people(const struct word *word) { return word->names >> (LEXICON_DEMONYM * 4) & 1; }

/* "the Russian Far Eastern coast": a people, and where in its country; neither is a name of another kind. */
static void cut_quarter(const struct document *document, struct mention *mention, enum name_type *type)
{
	static const char *const quarters[] = {"central", "eastern", "far", "northeastern", "northern", "northwestern", "southeastern", "southern",
		"southwestern", "western"};
	uint32_t last = mention->last;

	while (last > mention->first && wordlist_has(WORDLIST(quarters), document_text(document, last - 1)))
		last--;
	if (last == mention->last || last != mention->first + 1 ||
		!word_is_people(&document->words[mention->first]))
		return;
	*type = NAME_NATIONALITY;
	mention->last = last;
}

/* "D-Ohio": a party's letter isn't part of the state. */
static void cut_party(const struct document *document, struct mention *mention)
{
	if (mention->last - mention->first < 3 || document_text(document, mention->first).len != 1 ||
		!slice_is(document_text(document, mention->first + 1), "-") || !(document->words[mention->first + 1].token->flags & TOKEN_GLUED) ||
		!(document->words[mention->first + 2].token->flags & TOKEN_CAPITAL) ||
		!(slice_is(document_text(document, mention->first), "D") || slice_is(document_text(document, mention->first), "R") ||
			slice_is(document_text(document, mention->first), "I")))
		return;
	mention->first = mention->title = mention->first + 2;
}

/* --- persons --------------------------------------------------------------------------------- */

/* A romanised syllable of a Korean or Chinese given name: perhaps consonants, vowels, perhaps a closing sound. "led" and "style" aren't. */
static bool is_given_syllable(struct slice text)
{
	static const char *const closings[] = {"h", "k", "l", "m", "n", "ng", "p", "t"};
	static const char *const openings[] = {"b", "c", "ch", "d", "f", "g", "h", "hs", "hw", "hy", "j", "k", "kw", "l", "m", "my", "n", "p",
		"r", "s", "sh", "t", "ts", "tz", "w", "x", "y", "z", "zh"};
	size_t vowel = 0;

	while (vowel < text.len && vowel < 3 && !strchr("aeiou", byte_lower(text.ptr[vowel])))
		vowel++;
	size_t end = vowel;
	while (end < text.len && end < vowel + 3 && strchr("aeiou", byte_lower(text.ptr[end])))
		end++;
	return end > vowel && (vowel == 0 || wordlist_has(WORDLIST(openings), slice_sub(text, 0, vowel))) &&
	       (end == text.len || wordlist_has(WORDLIST(closings), slice_sub(text, end, text.len)));
}

/* "Kim Jong-un": hyphens end most names ("US-led"), but not a given name of two syllables behind a surname, which the model cuts where
 * the second one is also another word's form ("UN"). "Chan-o-cha" has three. */
static void reach_syllables(const struct document *document, const uint8_t *labels, struct mention *mention)
{
	if (mention->last - mention->first < 2)
		return;
	uint32_t given = mention->last - 1;
	while (given > mention->first + 1 && !(document->words[given].token->flags & TOKEN_CAPITAL) && slice_is(document_text(document, given - 1), "-"))
		given -= 2;
	if (given == mention->first || !(document->words[given].token->flags & TOKEN_CAPITAL))
		return;
	for (uint32_t next = mention->last + 1; next < document->count && labels[next - 1] == LABEL_O && labels[next] == LABEL_O; next += 2) {
		const struct token *before = document->words[next - 2].token, *mark = document->words[next - 1].token;
		const struct token *after = document->words[next].token;
		if (!slice_is(mark->text, "-") || mark->byte_start != before->byte_end || after->byte_start != mark->byte_end ||
			after->flags & TOKEN_CAPITAL || !is_given_syllable(before->text) || !is_given_syllable(after->text))
			return;
		mention->last = next + 1;
	}
}

/* "von der Tann": particles before a surname that the model left out belong to it, if one of them can be nothing else. */
static void reach_particles(const struct document *document, const uint8_t *labels, struct mention *mention)
{
	static const char *const particles[] = {"bin", "da", "de", "den", "der", "di", "dos", "du", "ibn", "la", "ten", "ter", "van", "von", "zu"};
	static const char *const certain[] = {"bin", "der", "ibn", "ter", "von"};
	static const char *const determiners[] = {"a", "an", "his", "her", "the", "their"};
	uint32_t at = mention->first;
	bool sure = false;

	while (at > 0 && mention->first - at < 3 && labels[at - 1] == LABEL_O && !(document->words[at].token->flags & TOKEN_SENTENCE) &&
		!(document->words[at - 1].token->flags & TOKEN_CAPITAL) && wordlist_has(WORDLIST(particles), document_text(document, at - 1))) {
		at--;
		sure |= wordlist_has(WORDLIST(certain), document_text(document, at));
	}
	if (at == mention->first || !sure || (at > 0 && wordlist_has(WORDLIST(determiners), document_text(document, at - 1))))
		return;
	mention->first = at;
	if (mention->title > at)
		mention->title = at;
}

/* "Thanks, Ana Here you go": no name ends with what begins the next sentence; the end of a line between them was lost. */
static void cut_opening(const struct document *document, struct mention *mention)
{
	static const char *const openings[] = {"attached", "here", "please", "thank", "thanks", "there", "these", "this", "those"};
	uint32_t last = mention->last - 1;
	const struct token *token = document->words[last].token;

	if (last > mention->first && last + 1 < document->count &&
		(token->flags & (TOKEN_CAPITAL | TOKEN_TITLED | TOKEN_SHOUTED | TOKEN_GLUED | TOKEN_UPPER)) == TOKEN_CAPITAL &&
		(document->words[last + 1].token->flags & (TOKEN_WORD | TOKEN_CAPITAL)) == TOKEN_WORD && wordlist_has(WORDLIST(openings), token->text))
		mention->last = last;
}

void bounds_settle(const struct document *document, const uint8_t *labels, struct mention *mention, enum name_type *type)
{
	cut_party(document, mention);
	kind_cut_headline(document, mention);
	trim(document, mention, *type);
	if (*type == NAME_PERSON) {
		reach_syllables(document, labels, mention);
		reach_particles(document, labels, mention);
	}
	if (*type == NAME_PLACE) {
		cut_settlement(document, mention);
		cut_dash(document, mention);
	}
	if (*type == NAME_ORGANIZATION) {
		reach_back(document, labels, mention);
		cut_clause(document, mention);
		reach_fields(document, labels, mention);
	}
	if (*type == NAME_ORGANIZATION || *type == NAME_OTHER)
		cut_term(document, mention, type);
	if (*type == NAME_PLACE || *type == NAME_OTHER)
		cut_quarter(document, mention, type);
	if (*type == NAME_PERSON || *type == NAME_PLACE)
		cut_opening(document, mention);
}
