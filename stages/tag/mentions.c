/* mentions: see mentions.h. */
#include "tag/mentions.h"

#include "tag/acronyms.h"
#include "tag/kinds.h"
#include "tag/parts.h"
#include "tag/repeats.h"
#include "tag/wordlist.h"

const char *const ENTITY_TYPE_NAMES[ENTITY_TYPES] = {"person", "organization", "place", "facility", "nationality", "event", "work", "product",
	"law", "language", "other"};

static const char *const titles[] = {"adm", "adm.", "admiral", "alhaja", "alhaji", "ambassador", "archbishop", "attorney",
	"ayatollah", "barrister", "bishop", "capt", "capt.", "captain", "cardinal", "chairman", "chairwoman", "chancellor", "chef",
	"chief", "cllr", "cmdr", "coach", "col", "col.", "colonel", "commander", "comrade", "congressman", "congresswoman", "constable",
	"corporal", "councillor", "dame", "datuk", "detective", "director", "doctor", "dr", "dr.", "engr", "engr.", "gen", "gen.", "gov",
	"gov.", "governor", "hajia", "hon", "hon.", "imam", "inspector", "judge", "lady", "lieutenant", "lt", "lt.", "madam",
	"madame", "maj", "maj.", "marshal", "mayor", "minister", "miss", "mr", "mr.", "mrs", "mrs.", "ms", "ms.", "officer",
	"premier", "president", "princess", "prof", "prof.", "professor", "pvt", "queen", "rabbi", "rep", "rep.", "representative",
	"rev", "rev.", "reverend", "secretary", "sen", "sen.", "senator", "sergeant", "sgt", "sgt.", "sheik", "sheikh", "sir",
	"speaker", "taoiseach", "tanaiste"};
static const char *const female_titles[] = {"alhaja", "chairwoman", "congresswoman", "dame", "hajia", "lady", "madam",
	"madame", "miss", "mrs", "mrs.", "ms", "ms.", "princess", "queen"};
static const char *const male_titles[] = {"alhaji", "chairman", "congressman", "mr", "mr.", "sir"};
static const char *const roles[] = {"activist", "actor", "actress", "administrator", "adviser", "advisor", "ambassador",
	"analyst", "anthropologist", "archaeologist", "archbishop", "architect", "artist", "astronaut", "astronomer",
	"attorney", "auditor", "author", "ayatollah", "bailiff", "banker", "barber", "baron", "barrister", "batsman",
	"biologist", "bishop", "blogger", "boss", "bowler", "boxer", "broadcaster", "broker", "butcher", "captain", "cardinal",
	"cardiologist", "carpenter", "cartoonist", "ceo", "cfo", "chair", "chairman", "chairperson", "chairwoman", "chancellor",
	"chef", "chemist", "chief", "choreographer", "co-founder", "coach", "cofounder", "columnist", "comedian", "commander",
	"commentator", "commissioner", "composer", "conductor", "congressman", "congresswoman", "consultant", "coordinator",
	"correspondent", "councillor", "councilman", "councilwoman", "counsel", "critic", "curator", "cyclist", "dancer",
	"dean", "defender", "delegate", "deputy", "designer", "detective", "developer", "dictator", "diplomat", "director",
	"doctor", "driver", "drummer", "duchess", "duke", "economist", "editor", "emperor", "engineer", "entrepreneur", "envoy",
	"epidemiologist", "executive", "expert", "farmer", "filmmaker", "firefighter", "fisherman", "forward", "founder",
	"gardener", "general", "geologist", "goalie", "goalkeeper", "governor", "guitarist", "gymnast", "head", "headteacher",
	"historian", "hostess", "imam", "inspector", "inventor", "investor", "jockey", "journalist", "judge", "justice", "king",
	"landlord", "lawmaker", "lawyer", "leader", "lecturer", "legend", "legislator", "librarian", "lieutenant", "linguist",
	"magistrate", "manager", "mathematician", "mayor", "mechanic", "mep", "merchant", "meteorologist", "midfielder",
	"minister", "monarch", "mp", "musician", "negotiator", "neurologist", "novelist", "nurse", "officer", "official",
	"ombudsman", "opponent", "owner", "painter", "parliamentarian", "partner", "pastor", "pediatrician", "philosopher",
	"photographer", "physicist", "pianist", "pilot", "pitcher", "player", "playwright", "plumber", "poet", "politician",
	"pope", "postmaster", "premier", "presenter", "president", "priest", "prince", "princess", "principal", "producer",
	"professor", "programmer", "prosecutor", "psychologist", "publisher", "quarterback", "queen", "rabbi", "rapper",
	"rector", "referee", "reporter", "representative", "researcher", "resident", "ruler", "scholar", "scientist",
	"screenwriter", "secretary", "senator", "sergeant", "sheriff", "shopkeeper", "singer", "skipper", "sociologist",
	"soldier", "solicitor", "songwriter", "speaker", "spokesman", "spokesperson", "spokeswoman", "sprinter", "star",
	"statesman", "strategist", "striker", "student", "sultan", "superintendent", "supervisor", "surgeon", "swimmer",
	"tailor", "teacher", "technician", "trader", "trainer", "treasurer", "tycoon", "vendor", "veterinarian", "violinist",
	"virologist", "volunteer", "warden", "whistleblower", "winger", "winner", "witness", "wrestler", "writer"};
bool word_is_title(struct slice word, bool *female, bool *male)
{
	if (!wordlist_has(WORDLIST(titles), word))
		return false;
	*female |= wordlist_has(WORDLIST(female_titles), word);
	*male |= wordlist_has(WORDLIST(male_titles), word);
	return true;
}

bool word_is_role(struct slice word)
{
	if (wordlist_has(WORDLIST(roles), word))
		return true;
	return word.len > 1 && word.ptr[word.len - 1] == 's' && wordlist_has(WORDLIST(roles), slice_sub(word, 0, word.len - 1));
}

static bool is_edge_mark(const struct token *token)
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

	while (mention->last - mention->first > 1 && is_edge_mark(document->words[mention->last - 1].token) &&
		!(document->words[mention->last - 1].token->flags & TOKEN_DOTTED))
		mention->last--;
	while (mention->last - mention->first > 1) {
		const struct token *token = document->words[mention->first].token;
		bool article = slice_is(token->text, "the") || slice_is(token->text, "a") || slice_is(token->text, "an");
		if (!article && !is_edge_mark(token))
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

static const char *const directions[] = {"east", "north", "south", "west"};

/* "the North" alone: which one it is, only a reader knows. */
static bool is_bare_direction(const struct document *document, const struct mention *mention)
{
	return mention->last - mention->first == 1 && wordlist_has(WORDLIST(directions), document_text(document, mention->first));
}

/* Nothing that has a letter or a figure: "@". */
static bool is_marks(const struct document *document, const struct mention *mention)
{
	for (uint32_t i = mention->first; i < mention->last; i++)
		if (!(document->words[i].token->flags & TOKEN_PUNCT))
			return false;
	return true;
}

static bool is_ending(struct slice word)
{
	static const char *const endings[] = {"bmp", "csv", "doc", "docx", "exe", "gif", "htm", "html", "jpeg", "jpg", "mp3", "mp4", "pdf", "png",
		"ppt", "pptx", "rtf", "tif", "txt", "wav", "xls", "xlsx", "zip"};

	return wordlist_has(WORDLIST(endings), word);
}

/* "Budget_v2.doc", one token or three: a file's name is its writer's. */
static bool is_file(const struct document *document, const struct mention *mention)
{
	for (uint32_t i = mention->first; i < mention->last; i++) {
		struct slice text = document_text(document, i);
		size_t dot = slice_find_last_byte(text, '.');
		if (dot != SLICE_NOT_FOUND && dot > 0 && is_ending(slice_sub(text, dot + 1, text.len)))
			return true;
		if (i + 2 < document->count && slice_is(document_text(document, i + 1), ".") && document->words[i + 1].token->flags & TOKEN_GLUED &&
			document->words[i + 2].token->flags & TOKEN_GLUED && is_ending(document_text(document, i + 2)))
			return true;
	}
	return false;
}

/* A name may begin or be this: not a mark, nor a script that the model doesn't know. */
static bool is_name(const struct document *document, const struct mention *mention)
{
	const struct token *token = document->words[mention->first].token;

	return !(token->flags & TOKEN_UNSPACED) && !is_marks(document, mention) && !is_file(document, mention) && !is_edge_mark(token) && !is_bare_direction(document, mention);
}

/* "Supreme People's Assembly": an organisation reaches back over a possessive to capitalised words that are in no name. */
static void reach_back(const struct document *document, const uint8_t *labels, struct mention *mention)
{
	uint32_t at = mention->first;
	bool possessive = false;

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

/* "the North's state affairs commission": an office of state in small letters, by name: two words or more before its head, behind
 * the possessive of a place or of "the North". Sets its labels. */
static void mark_small_offices(const struct document *document, uint8_t *labels)
{
	static const char *const heads[] = {"assembly", "commission"};

	for (size_t i = 2; i + 3 < document->count; i++) {
		bool place = labels[i - 2] != LABEL_O && label_type(labels[i - 2]) == NAME_PLACE;
		bool direction = document->words[i - 2].token->flags & TOKEN_CAPITAL && wordlist_has(WORDLIST(directions), document_text(document, i - 2));
		if (!(document->words[i - 1].token->flags & TOKEN_POSSESSIVE) || !(place || direction))
			continue;
		size_t end = i;
		while (end < document->count && end < i + 4 && labels[end] == LABEL_O &&
			(document->words[end].token->flags & (TOKEN_WORD | TOKEN_CAPITAL | TOKEN_SENTENCE)) == TOKEN_WORD &&
			!wordlist_has(WORDLIST(heads), document_text(document, end)))
			end++;
		if (end < i + 2 || end >= document->count || labels[end] != LABEL_O || !wordlist_has(WORDLIST(heads), document_text(document, end)))
			continue;
		for (size_t k = i; k <= end; k++)
			labels[k] = (uint8_t)((k == i ? LABEL_B : k == end ? LABEL_E : LABEL_I) + NAME_ORGANIZATION);
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

/* "city of", "far eastern town of" */
static bool is_settlement(const struct document *document, size_t at)
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
		if (is_settlement(document, i))
			mention->first = mention->title = i + 2;
}

static bool is_people(const struct word *word) { return word->names >> (LEXICON_DEMONYM * 4) & 1; }

/* "the Russian Far Eastern city of Vladivostok", if all of it is one place: a people at its beginning is a name, too. Parts its label. */
static void mark_people_of_settlement(const struct document *document, uint8_t *labels)
{
	for (size_t i = 0; i + 3 < document->count; i++) {
		if (labels[i] != LABEL_B + NAME_PLACE || !is_people(&document->words[i]))
			continue;
		size_t at = i + 1;
		while (at + 2 < document->count && !label_ends(labels[at]) && !is_settlement(document, at))
			at++;
		if (at + 2 >= document->count || label_ends(labels[at]) || label_ends(labels[at + 1]))
			continue;
		labels[i] = LABEL_S + NAME_NATIONALITY;
		memset(&labels[i + 1], LABEL_O, at + 1 - i);
		labels[at + 2] = (uint8_t)((label_ends(labels[at + 2]) ? LABEL_S : LABEL_B) + NAME_PLACE);
	}
}

/* "the Russian Far Eastern coast": a people, and where in its country; neither is a name of another kind. */
static void cut_quarter(const struct document *document, struct mention *mention, enum name_type *type)
{
	static const char *const quarters[] = {"central", "eastern", "far", "northeastern", "northern", "northwestern", "southeastern", "southern",
		"southwestern", "western"};
	uint32_t last = mention->last;

	while (last > mention->first && wordlist_has(WORDLIST(quarters), document_text(document, last - 1)))
		last--;
	if (last == mention->last || last != mention->first + 1 ||
		!is_people(&document->words[mention->first]))
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

#define TYPE_UNSEEN 255

/* By form, the type of name that it is, alone or as a surname, wherever the article doesn't shout; NAME_TYPES if not always, TYPE_UNSEEN if it
 * occurs nowhere else. One pass for all forms: a page that shouts would ask for each word. */
static uint8_t *always_named(struct arena *arena, const struct document *document, const uint8_t *labels)
{
	uint8_t *types = arena_alloc(arena, document->form_count + 1);

	memset(types, TYPE_UNSEEN, document->form_count + 1);
	for (size_t i = 0; i < document->count; i++) {
		const struct word *word = &document->words[i];
		uint8_t *type = &types[word->entry];
		arena_tick(arena);
		if (word->token->flags & TOKEN_SHOUTED || *type == NAME_TYPES)
			continue;
		bool whole = labels[i] >= LABEL_S && labels[i] < LABEL_B;
		bool surname = labels[i] != LABEL_O && label_ends(labels[i]) && label_type(labels[i]) == NAME_PERSON;
		bool other = (!whole && !surname) || (*type != TYPE_UNSEEN && *type != label_type(labels[i]));
		*type = (uint8_t)(other ? NAME_TYPES : label_type(labels[i]));
	}
	return types;
}

/* "RUIZ TO RESIGN": where all is upper case the model sees little; what the rest of the article always means by the word tells. */
static void mark_shouted(struct arena *arena, const struct document *document, uint8_t *labels, float *scores)
{
	const uint8_t *types = NULL;

	for (uint32_t i = 0; i < document->count; i++) {
		const struct token *token = document->words[i].token;
		if (labels[i] != LABEL_O || !(token->flags & TOKEN_SHOUTED) || !(token->flags & TOKEN_UPPER) || token->text.len < 3)
			continue;
		types = types ? types : always_named(arena, document, labels);
		uint8_t type = types[document->words[i].entry];
		if (type == NAME_TYPES || type == TYPE_UNSEEN)
			continue;
		labels[i] = (uint8_t)(LABEL_S + type);
		scores[i] = 0.5f;
	}
}

static void add_mention(struct arena *arena, struct mentions *mentions, size_t *room, struct mention mention)
{
	mentions->items = arena_grow(arena, mentions->items, room, mentions->count + 1, sizeof(struct mention));
	mentions->items[mentions->count++] = mention;
}

bool mention_is_listed(const struct document *document, const struct mention *mention, enum lexicon_class class)
{
	uint64_t first = document->words[mention->first].names >> (class * 4);
	uint64_t last = document->words[mention->last - 1].names >> (class * 4);

	return mention->last - mention->first == 1 ? first & 1 : first & 2 && last & 4;
}

void mentions_read(struct arena *arena, const struct document *document, uint8_t *labels, float *scores,
	struct mentions *mentions)
{
	size_t room = 0;

	acronyms_unlabel(arena, document, labels);
	mark_small_offices(document, labels);
	mark_people_of_settlement(document, labels);
	repeats_label(arena, document, labels, scores);
	mark_shouted(arena, document, labels, scores);
	*mentions = (struct mentions){0};
	mentions->items = arena_grow(arena, NULL, &room, 1, sizeof(struct mention));
	for (size_t i = 0; i < document->count;) {
		if (!label_begins(labels[i])) {
			i++;
			continue;
		}
		struct mention mention = {.first = (uint32_t)i, .score = 1, .entity = MENTION_ALONE};
		enum name_type type = label_type(labels[i]);
		for (;; i++) {
			mention.score = scores[i] < mention.score ? scores[i] : mention.score;
			if (label_ends(labels[i]))
				break;
		}
		mention.last = (uint32_t)++i;
		cut_party(document, &mention);
		kind_cut_headline(document, &mention);
		trim(document, &mention, type);
		if (type == NAME_PERSON) {
			reach_syllables(document, labels, &mention);
			reach_particles(document, labels, &mention);
		}
		if (type == NAME_PLACE)
			cut_settlement(document, &mention);
		if (type == NAME_ORGANIZATION && document->words[mention.first].token->flags & TOKEN_CAPITAL)
			reach_back(document, labels, &mention);
		if (type == NAME_ORGANIZATION || type == NAME_OTHER)
			cut_term(document, &mention, &type);
		if (type == NAME_PLACE || type == NAME_OTHER)
			cut_quarter(document, &mention, &type);
		if (type == NAME_PERSON || type == NAME_PLACE)
			cut_opening(document, &mention);
		if (is_name(document, &mention)) {
			mention.type = kind_of(document, &mention, type);
			struct mention rest;
			while (mention_part(document, &mention, &rest)) {
				add_mention(arena, mentions, &room, mention);
				mention = rest;
			}
			add_mention(arena, mentions, &room, mention);
		}
	}
}
