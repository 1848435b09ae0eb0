/* bylinewords: see bylinewords.h. */
#include "extract/bylinewords.h"

#include "base/utf8.h"

#include <pthread.h>

static const char *const OPENERS[] = {"written by", "posted by", "published by", "reported by", "by:", "by", "text by", "words by", "story by", "report by", "opinion by", "analysis by", "review by", "column by", "commentary by", "comment by", "essay by", "una nota de", "un artículo de", "una crónica de", "crónica de", "análisis de", "entrevista de", "analisi di", "commento di", "intervista di", "une analyse de", "un reportage de", "un article de", "reporting by", "interview:", "interview by", "authors:", "author:",
	"reporter:", "editor:", "and", "von:", "text von", "ein artikel von", "eine analyse von", "ein kommentar von", "ein bericht von", "ein gastbeitrag von", "eine reportage von", "redaktion:", "par:", "publié par",
	"propos recueillis par", "texte:", "texte :", "auteur:", "auteur :", "por:", "por", "escrito por", "publicado por", "texto:", "firma:", "a cura di", "scritto da", "autore:", "door:", "door", "geschreven door", "av:", "skriven av",
	"skrevet av", "skrevet af", "tekst:", "text:", "teksti:", "kirjoittaja:", "autor:", "autorka:", "autorzy:", "autoři:", "opracował", "opracowała", "oprac.", "napsal", "napsala", "připravil", "připravila", "автор:",
	"авторы:", "автор", "автори:", "текст:", "текст", "подготовил", "подготовила", "підготував", "підготувала", "пише:", "пише", "piše:", "piše", "yazar:", "yazan:", "haber:", "muhabir:", "szerző:", "írta:", "scris de", "autor :",
	"γράφει ο", "γράφει η", "γράφει", "συντάκτης:", "επιμέλεια:", "ρεπορτάζ:", "oleh:", "oleh", "penulis:", "laporan:", "tác giả:", "लेखक:", "लेखक", "द्वारा:", "द्वारा", "रिपोर्ट:", "रिपोर्टर:", "লেখক:", "প্রতিবেদক:",
	"โดย:", "โดย", "เรื่อง:", "ผู้เขียน:", "作者：", "作者:", "作者", "文／", "文/", "文|", "文｜", "文：", "撰文：", "撰文/", "取材・文：", "取材・文＝", "文＝", "記者", "记者", "本报记者", "本報記者", "本社记者", "新华社记者", "新華社記者", "【記者", "责编：",
	"编辑：", "責任編輯：", "編輯：", "글=", "글 =", "글:", "بقلم:", "بقلم", "كتب:", "كتب", "كتبت:", "كتبت", "إعداد:", "تحرير:", "نویسنده:", "گزارش:", "خبرنگار:", "מאת:", "מאת", "של"};
/* Such words are also parts of names. */
static const char *const DOUBTFUL[] = {"von", "aus", "par", "di", "del", "de", "de:", "af", "af:", "av", "от", "του", "της", "των"};

static const char *const JOBS[] = {"reporter", "correspondent", "editor", "writer", "journalist", "columnist", "contributor", "contributing",
	"chief", "producer", "photographer", "presenter", "analyst", "fellow", "professor", "author", "senior", "deputy", "assistant", "intern",
	"specialist", "director", "anchor", "redakteur", "redakteurin", "korrespondent", "korrespondentin", "autor", "autorin", "chefredakteur", "chefredakteurin", "mitarbeiter", "mitarbeiterin",
	"volontär", "volontärin", "reporterin", "journalistin", "journaliste", "correspondant", "correspondante", "rédacteur", "rédactrice",
	"envoyé", "spécial", "corresponsal", "periodista", "redactor", "redactora", "enviado", "colaborador", "colaboradora", "jornalista", "repórter", "correspondente", "colunista",
	"giornalista", "inviato", "corrispondente", "editorialista", "verslaggever", "redacteur", "korrespondens", "journalister", "reportrar", "redaktör", "redaktør", "journalisten", "toimittaja", "kirjeenvaihtaja",
	"dziennikarz", "dziennikarka", "redaktor", "redaktorka", "zpravodaj", "корреспондент", "журналист", "журналистка", "обозреватель", "редактор", "кореспондент", "кореспондентка", "журналіст", "журналістка", "muhabir", "muhabiri",
	"editör", "editörü", "újságíró", "szerkesztő", "tudósító", "corespondent", "redactor-șef", "δημοσιογράφος", "συντάκτης", "wartawan", "مراسل", "محرر", "ressort", "ressortleiter", "ressortleiterin", "leiter", "leiterin", "leitung", "chefreporter",
	"staff", "desk", "web", "bureau", "freelance", "freelancer", "politics", "business", "sports", "crime", "digital", "online", "wire"};
static const char *const FURNITURE[] = {"updated", "published", "image", "photo", "photos", "photography", "video", "twitter", "follow", "email",
	"read", "more", "view", "share", "comments"};

/* Bytes of `s` that say `phrase` (lower case) as whole words; 0 if none. */
static size_t begins_with(struct slice s, const char *phrase)
{
	struct slice p = slice_of(phrase);
	size_t i = utf8_begins(s, phrase), last_start = p.len;
	if (!i)
		return 0;
	uint32_t last = utf8_previous(p, &last_start), next = i < s.len ? utf8_next(s, &(size_t){i}) : 0;
	if (!next)
		return 0;
	bool open = !utf8_is_letter(last) || utf8_is_unspaced(last); /* a mark, or a script that goes on without a space */
	return open || utf8_is_space(next) || next == ':' ? i : 0;
}

static size_t longest(struct slice s, const char *const *words, size_t count)
{
	char lead = utf8_lead(s);
	size_t best = 0;
	for (size_t i = 0; i < count; i++) {
		size_t bytes = *words[i] == lead ? begins_with(s, words[i]) : 0;
		best = bytes > best ? bytes : best;
	}
	return best;
}

size_t byline_opener(struct slice s, bool *doubtful)
{
	size_t sure = longest(s, OPENERS, sizeof OPENERS / sizeof *OPENERS), other = longest(s, DOUBTFUL, sizeof DOUBTFUL / sizeof *DOUBTFUL);
	*doubtful = other > sure;
	return other > sure ? other : sure;
}

#define JOB_COUNT (sizeof JOBS / sizeof *JOBS)
#define FURNITURE_COUNT (sizeof FURNITURE / sizeof *FURNITURE)
static uint32_t jobs[JOB_COUNT], furniture[FURNITURE_COUNT];
static pthread_once_t hashed = PTHREAD_ONCE_INIT;

static void hash_words(void)
{
	for (size_t i = 0; i < JOB_COUNT; i++)
		jobs[i] = word_hash(slice_of(JOBS[i]));
	for (size_t i = 0; i < FURNITURE_COUNT; i++)
		furniture[i] = word_hash(slice_of(FURNITURE[i]));
}

static bool is_among(uint32_t hash, const uint32_t *hashes, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (hash == hashes[i])
			return true;
	return false;
}

bool byline_is_job(const struct word *word)
{
	char single[32];
	pthread_once(&hashed, hash_words);
	if (is_among(word->hash, jobs, JOB_COUNT))
		return true;
	size_t len = word->text.len;
	if (len < 5 || len > sizeof single || byte_lower(word->text.ptr[len - 1]) != 's')
		return false;
	for (size_t i = 0; i + 1 < len; i++)
		single[i] = byte_lower(word->text.ptr[i]);
	return is_among(word_hash(slice_make(single, len - 1)), jobs, JOB_COUNT);
}

bool byline_is_furniture(const struct word *word)
{
	pthread_once(&hashed, hash_words);
	return is_among(word->hash, furniture, FURNITURE_COUNT);
}

bool byline_names_job(struct slice s)
{
	struct word word;
	for (size_t at = 0; word_next(s, &at, &word);)
		if (byline_is_job(&word))
			return true;
	return false;
}

bool byline_names_furniture(struct slice s)
{
	struct word word;
	for (size_t at = 0; word_next(s, &at, &word);)
		if (byline_is_furniture(&word))
			return true;
	return false;
}

bool byline_is_only_job(struct slice s)
{
	static const char *const FILLERS[] = {"news", "the", "our", "of", "team", "agency", "agencies", "service", "services", "editorial", "redaktion", "redacción", "redazione", "redação", "rédaction", "redactie", "redakcja", "redakce", "редакция", "редакція"};
	struct word word;
	size_t found = 0;
	for (size_t at = 0; word_next(s, &at, &word);) {
		bool filler = false;
		for (size_t i = 0; i < sizeof FILLERS / sizeof *FILLERS && !filler; i++)
			filler = word.hash == word_hash(slice_of(FILLERS[i]));
		if (!filler && !byline_is_job(&word))
			return false;
		found += !filler;
	}
	return found > 0;
}
