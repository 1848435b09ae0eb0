/* kinds: see kinds.h. */
#include "tag/kinds.h"

#include "tag/wordlist.h"

static const char *const event_words[] = {"anniversary", "attack", "attacks", "awards", "battle", "bowl", "carnival",
	"ceremony", "championship", "championships", "clasico", "classic", "conference", "congress", "convention", "crisis", "cup",
	"day", "derby", "election", "elections", "expo", "fair", "festival", "finals", "forum", "gala", "games", "genocide",
	"holocaust", "hurricane", "intervention", "intifada", "marathon", "massacre", "mundial", "olympiad", "olympics", "open",
	"operation", "pandemic", "paralympics", "playoffs", "prix", "race", "rally", "referendum", "revolution", "riots", "rising",
	"series", "spring", "storm", "summit", "superbowl", "symposium", "tour", "tournament", "trophy", "tsunami", "typhoon",
	"uprising", "war", "wars", "week", "worlds"};
static const char *const law_words[] = {"accord", "accords", "act", "agreement", "amendment", "bill", "charter", "code",
	"constitution", "convention", "covenant", "declaration", "decree", "directive", "law", "laws", "mandate", "pact", "penal",
	"protocol", "resolution", "statute", "treaty"};
static const char *const work_words[] = {"album", "anthem", "ballad", "book", "chronicle", "chronicles", "comedy", "diary",
	"film", "hymn", "movie", "musical", "novel", "opera", "painting", "play", "poem", "report", "review", "saga", "sonata",
	"song", "story", "symphony", "tale", "tales", "times", "trilogy"};
static const char *const languages[] = {"afrikaans", "albanian", "amharic", "arabic", "aramaic", "armenian", "azerbaijani",
	"basque", "bengali", "bosnian", "bulgarian", "burmese", "cantonese", "catalan", "chinese", "creole", "croatian", "czech",
	"danish", "dari", "dutch", "english", "esperanto", "estonian", "farsi", "filipino", "finnish", "french", "gaelic",
	"georgian", "german", "greek", "gujarati", "hausa", "hebrew", "hindi", "hungarian", "icelandic", "igbo", "indonesian",
	"irish", "italian", "japanese", "kannada", "kazakh", "khmer", "korean", "kurdish", "lao", "latin", "latvian", "lingala",
	"lithuanian", "malay", "malayalam", "maltese", "mandarin", "maori", "marathi", "mongolian", "nepali", "norwegian",
	"pashto", "persian", "polish", "portuguese", "punjabi", "quechua", "romanian", "russian", "sanskrit", "serbian", "sinhala",
	"slovak", "slovenian", "somali", "spanish", "swahili", "swedish", "tagalog", "tamil", "telugu", "thai", "tibetan",
	"turkish", "ukrainian", "urdu", "uzbek", "vietnamese", "welsh", "wolof", "xhosa", "yiddish", "yoruba", "zulu"};

/* Words that tell of a title in quotation marks near them. */
static const char *const creations[] = {"album", "autobiography", "ballet", "bestseller", "biography", "blockbuster", "book", "cartoon",
	"comedy", "documentary", "drama", "essay", "exhibition", "film", "memoir", "movie", "musical", "novel", "opera", "painting", "play",
	"podcast", "poem", "single", "sitcom", "song", "thriller", "track", "trilogy"};
/* Heads of what was built to be used. */
static const char *const facility_words[] = {"aerodrome", "airfield", "airport", "amphitheatre", "arena", "avenue", "barracks", "basilica",
	"boulevard", "bridge", "building", "canal", "castle", "cathedral", "cemetery", "chapel", "dam", "expressway", "hall", "highway",
	"hotel", "jail", "lighthouse", "mall", "mansion", "mosque", "motorway", "pagoda", "palace", "pavilion", "pier", "plaza", "prison",
	"refinery", "road", "runway", "shrine", "square", "stadium", "station", "street", "synagogue", "temple", "terminal", "tower",
	"towers", "tunnel", "velodrome", "viaduct", "wharf"};
/* The same before their number: "Terminal 3". */
static const char *const numbered_facilities[] = {"gate", "highway", "interstate", "motorway", "pier", "route", "runway", "terminal"};
/* Heads that the names of no body of people end in. */
static const char *const contests[] = {"bowl", "championship", "championships", "festival", "marathon", "olympics", "paralympics", "playoffs",
	"prix", "summit"};
static const char *const treaties[] = {"accords", "conventions", "treaty"};
static const char *const storms[] = {"cyclone", "hurricane", "typhoon"};
/* Languages that no people is called by. */
static const char *const tongues[] = {"afrikaans", "amharic", "arabic", "aramaic", "cantonese", "dari", "esperanto", "farsi", "gaelic", "hebrew",
	"hindi", "latin", "lingala", "mandarin", "pashto", "sanskrit", "swahili", "tagalog", "urdu", "yiddish"};
static const char *const articles[] = {"a", "an", "the"};
/* Verbs of headlines: no name goes on behind them. */
static const char *const headline_verbs[] = {"accuses", "backs", "condemns", "defends", "denies", "dies", "quits", "rejects", "resigns", "said",
	"says", "slams", "urges", "vows", "wants", "warns"};

static bool starts_sentence(const struct document *document, size_t word) { return document->words[word].token->flags & TOKEN_SENTENCE; }

/* True behind "in Spanish" and the like: what follows isn't something Spanish. */
static bool phrase_ends(const struct document *document, size_t word)
{
	static const char *const followers[] = {"about", "after", "and", "as", "at", "because", "before", "but", "by", "during", "for", "from",
		"into", "on", "only", "or", "rather", "than", "that", "to", "too", "when", "which", "while", "with"};

	return word >= document->count || starts_sentence(document, word) || document->words[word].token->flags & TOKEN_PUNCT ||
		wordlist_has(WORDLIST(followers), document_text(document, word));
}

static bool is_language_here(const struct document *document, const struct mention *mention)
{
	static const char *const behind[] = {"language", "languages", "lesson", "lessons", "speaker", "speakers", "speaking", "subtitles",
		"translation"};
	static const char *const before[] = {"fluent", "learn", "learned", "learning", "learns", "learnt", "speak", "speaking", "speaks", "spoke",
		"spoken", "taught", "teach", "teaches", "teaching"};
	static const char *const media[] = {"from", "in", "into"};
	size_t after = mention->last;

	if (mention->last - mention->first != 1 || !wordlist_has(WORDLIST(languages), document_text(document, mention->first)))
		return false;
	if (wordlist_has(WORDLIST(tongues), document_text(document, mention->first)) && !slice_equal_nocase(document_text(document, mention->first), SLICE("latin")))
		return true;
	if (after < document->count && slice_is(document_text(document, after), "-"))
		after++;
	if (after < document->count && wordlist_has(WORDLIST(behind), document_text(document, after)))
		return true;
	if (mention->first == 0 || starts_sentence(document, mention->first))
		return false;
	struct slice ahead = document_text(document, mention->first - 1);
	return phrase_ends(document, mention->last) && (wordlist_has(WORDLIST(before), ahead) || wordlist_has(WORDLIST(media), ahead));
}

/* True if the name's last word, or its last before "of", is in the list. */
static bool head_in(const struct document *document, const struct mention *mention, struct wordlist list)
{
	for (size_t i = mention->first; i < mention->last; i++)
		if ((i + 1 == mention->last || slice_is(document_text(document, i + 1), "of") || slice_is(document_text(document, i + 1), "on")) &&
			wordlist_has(list, document_text(document, i)))
			return true;
	/* "2020 Olympics", "World Cup 2022", "World War II", "Tour de France" */
	static const char *const romans[] = {"i", "ii", "iii", "iv", "ix", "v", "vi", "vii", "viii", "x"};
	size_t last = mention->last;
	while (last > mention->first + 1 && (document->words[last - 1].token->flags & TOKEN_NUMBER ||
		(document->words[last - 1].token->flags & TOKEN_CAPITAL && wordlist_has(WORDLIST(romans), document_text(document, last - 1)))))
		last--;
	if (last > mention->first && wordlist_has(list, document_text(document, last - 1)))
		return true;
	return last - mention->first > 1 && slice_is(document_text(document, mention->first + 1), "de") &&
	       wordlist_has(list, document_text(document, mention->first));
}

/* "Windows 11", "F-35": what is made in series; no years, no articles of laws, no flights. */
static bool is_of_a_series(const struct document *document, const struct mention *mention)
{
	static const char *const others[] = {"article", "camp", "category", "chapter", "clause", "covid", "directive", "district", "euro", "flight",
		"gate", "group", "highway", "level", "order", "page", "paragraph", "phase", "proposition", "regulation", "resolution", "round",
		"route", "rule", "section", "stage", "title", "ward", "week", "zone"};
	struct slice word = document_text(document, mention->first), number = document_text(document, mention->last - 1);
	bool figures = document->words[mention->last - 1].token->flags & TOKEN_NUMBER && number.len <= 3;

	if (!figures || !(document->words[mention->first].token->flags & TOKEN_WORD) || wordlist_has(WORDLIST(others), word))
		return false;
	if (mention->last - mention->first == 2)
		return word.len > 3 && !(document->words[mention->first].token->flags & TOKEN_UPPER);
	return mention->last - mention->first == 3 && slice_is(document_text(document, mention->first + 1), "-") &&
		(word.len < 4 || (number.len > 1 && !(document->words[mention->first].token->flags & TOKEN_UPPER))) && !slice_is(word, "G");
}

static enum entity_type other_type(const struct document *document, const struct mention *mention)
{
	if (is_language_here(document, mention))
		return ENTITY_LANGUAGE;
	if (head_in(document, mention, WORDLIST(law_words)))
		return ENTITY_LAW;
	if (head_in(document, mention, WORDLIST(event_words)))
		return ENTITY_EVENT;
	if (document->words[mention->first].inside & 2)
		return ENTITY_WORK;
	if (mention->first > 0 && wordlist_has(WORDLIST(work_words), document_text(document, mention->first - 1)))
		return ENTITY_WORK;
	if (mention->last < document->count && wordlist_has(WORDLIST(work_words), document_text(document, mention->last)) &&
		!(document->words[mention->last].token->flags & TOKEN_CAPITAL))
		return ENTITY_WORK;
	if (mention->last - mention->first > 1 && (document->words[mention->last - 1].names >> (LEXICON_ORG_WORD * 4) & 5 ||
		(slice_is(document_text(document, mention->first), "Group") && slice_is(document_text(document, mention->first + 1), "of"))))
		return ENTITY_ORGANIZATION;
	if (is_of_a_series(document, mention))
		return ENTITY_PRODUCT;
	return ENTITY_OTHER;
}

static bool is_facility(const struct document *document, const struct mention *mention)
{
	if (mention->last - mention->first < 2)
		return false;
	return wordlist_has(WORDLIST(facility_words), document_text(document, mention->last - 1)) ||
		(wordlist_has(WORDLIST(numbered_facilities), document_text(document, mention->first)) &&
			document->words[mention->last - 1].token->flags & TOKEN_NUMBER);
}

/* A title in quotation marks of its own, near a word for what it is: "The Long River," a drama. */
static bool is_quoted_work(const struct document *document, const struct mention *mention)
{
	size_t first = mention->first, last = mention->last, near;

	if (!(document->words[first].inside & 2))
		return false;
	while (first > 0 && document->words[first - 1].inside & 2 && !starts_sentence(document, first))
		first--;
	while (last < document->count && document->words[last].inside & 2 && document->words[last].token->flags & TOKEN_PUNCT)
		last++;
	if (mention->first - first > 1 || last - first < 2 || (last < document->count && document->words[last].inside & 2))
		return false;
	if (mention->first > first && !wordlist_has(WORDLIST(articles), document_text(document, first)))
		return false;
	for (near = first; near > 0 && near + 6 > first && !starts_sentence(document, near); near--)
		if (wordlist_has(WORDLIST(creations), document_text(document, near - 1)))
			return true;
	for (near = last; near < document->count && near < last + 6 && !starts_sentence(document, near); near++)
		if (wordlist_has(WORDLIST(creations), document_text(document, near)))
			return true;
	return false;
}

/* "the film Night Ferry", "her first novel, A House of Salt,": a title right behind the word for what it is. */
static bool is_told_work(const struct document *document, const struct mention *mention)
{
	static const char *const kinds[] = {"album", "documentary", "film", "memoir", "movie", "musical", "novel", "sitcom", "thriller"};
	size_t at = mention->first;
	bool comma = false;

	if (at > 0 && wordlist_has(WORDLIST(articles), document_text(document, at - 1)) && document->words[at - 1].token->flags & TOKEN_CAPITAL)
		at--;
	if (at > 1 && slice_is(document_text(document, at - 1), ",")) {
		comma = true;
		at--;
		if (mention->last >= document->count || !slice_is(document_text(document, mention->last), ","))
			return false;
	}
	if (at == 0 || starts_sentence(document, mention->first) || document->words[at - 1].token->flags & TOKEN_CAPITAL)
		return false;
	return wordlist_has(WORDLIST(kinds), document_text(document, at - 1)) && (comma || at > 1);
}

/* Figures or a capital within: "ThinkPad", "MoU". No people is called so. */
static bool is_coined(struct slice word)
{
	for (size_t i = 1; i < word.len; i++)
		if (byte_is_digit(word.ptr[i]) || (byte_is_upper(word.ptr[i]) && word.ptr[i - 1] >= 'a' && word.ptr[i - 1] <= 'z'))
			return true;
	return false;
}

enum entity_type kind_of(const struct document *document, struct mention *mention, enum name_type type)
{
	static const enum entity_type types[NAME_TYPES] = {ENTITY_PERSON, ENTITY_ORGANIZATION, ENTITY_PLACE, ENTITY_FACILITY,
		ENTITY_NATIONALITY, ENTITY_PRODUCT, ENTITY_OTHER};

	mention->told = is_quoted_work(document, mention) ||
		(type != NAME_PERSON && type != NAME_NATIONALITY && is_told_work(document, mention));
	if (mention->told)
		return ENTITY_WORK;
	if ((type == NAME_ORGANIZATION || type == NAME_FACILITY || type == NAME_PRODUCT) && mention_is_listed(document, mention, LEXICON_COUNTRY))
		return ENTITY_PLACE;
	struct slice head = document_text(document, mention->last - 1);
	bool several = mention->last - mention->first > 1;
	if (several && type != NAME_ORGANIZATION && wordlist_has(WORDLIST(storms), document_text(document, mention->first)))
		return ENTITY_EVENT;
	if (several && type == NAME_ORGANIZATION && wordlist_has(WORDLIST(contests), head))
		return ENTITY_EVENT;
	if (several && type == NAME_ORGANIZATION && wordlist_has(WORDLIST(treaties), head))
		return ENTITY_LAW;
	if (type == NAME_PLACE && is_facility(document, mention))
		return ENTITY_FACILITY;
	if (type == NAME_OTHER)
		return other_type(document, mention);
	if (type == NAME_NATIONALITY && is_language_here(document, mention))
		return ENTITY_LANGUAGE;
	if (type == NAME_NATIONALITY && mention->last - mention->first == 1 && is_coined(document_text(document, mention->first)))
		return ENTITY_OTHER;
	return types[type];
}

void kind_cut_headline(const struct document *document, struct mention *mention)
{
	if (!(document->words[mention->first].token->flags & TOKEN_TITLED))
		return;
	for (uint32_t i = mention->first + 1; i < mention->last; i++)
		if (wordlist_has(WORDLIST(headline_verbs), document_text(document, i))) {
			mention->last = i;
			return;
		}
}

/* --- seats --------------------------------------------------------------------------------- */

/* Houses whose names mostly stand for who governs there. */
static const char *const seats[] = {"aso rock", "blue house", "buckingham palace", "casa rosada", "downing street", "elysee", "elysee palace",
	"kremlin", "malacanang", "malacañang", "matignon", "pentagon", "planalto", "scotland yard", "white house", "whitehall", "zhongnanhai",
	"élysée", "élysée palace"};

int kind_seat(const struct document *document, const struct mention *mention)
{
	if (mention->last - mention->first > 2)
		return -1;
	struct slice first = document_text(document, mention->first);
	for (size_t i = 0; i < sizeof seats / sizeof *seats; i++) {
		struct slice seat = slice_of(seats[i]);
		if (mention->last - mention->first == 1 && slice_equal_nocase(seat, first))
			return (int)i;
		if (mention->last - mention->first == 2 && seat.len > first.len + 1 && seat.ptr[first.len] == ' ' && slice_starts_nocase(seat, first) &&
			slice_equal_nocase(slice_sub(seat, first.len + 1, seat.len), document_text(document, mention->first + 1)))
			return (int)i;
	}
	return -1;
}

bool kind_is_where(const struct document *document, const struct mention *mention)
{
	static const char *const before[] = {"around", "at", "behind", "beside", "in", "inside", "near", "opposite", "outside", "through"};
	size_t at = mention->first;

	if (at > 0 && !starts_sentence(document, at) && slice_is(document_text(document, at - 1), "the"))
		at--;
	return at > 0 && !starts_sentence(document, at) && wordlist_has(WORDLIST(before), document_text(document, at - 1)) &&
		!(mention->last < document->count && document->words[mention->last].token->flags & TOKEN_POSSESSIVE);
}
