/* titles: see titles.h. */
#include "tag/titles.h"

#include "tag/wordlist.h"

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
