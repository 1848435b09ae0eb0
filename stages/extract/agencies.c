/* agencies: see agencies.h. */
#include "extract/agencies.h"

#include "base/utf8.h"

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
	{"رويترز", "رويترز"}, {"أ ف ب", "أ ف ب"}, {"فرانس برس", "فرانس برس"}, {"وكالة الأناضول", "وكالة الأناضول"}, {"الأناضول", "الأناضول"}, {"واس", "واس"}, {"وام", "وام"}, {"سانا", "سانا"}, {"ایرنا", "ایرنا"}, {"ایسنا", "ایسنا"}, {"人民网", "人民网"}, {"中新网", "中新网"},
	{"irna", "IRNA"}, {"wam", "WAM"}, {"spa", "SPA"}, {"mena", "MENA"}, {"sana", "SANA"}, {"vna", "VNA"}, {"ttxvn", "TTXVN"}, {"lusa", "Lusa"}, {"agência brasil", "Agência Brasil"}, {"agência lusa", "Lusa"}};

struct slice agency_find(struct slice text)
{
	text = slice_trim(text);
	if (text.len > 6 && slice_equal_nocase(slice_sub(text, text.len - 6, text.len), SLICE(" staff")))
		text.len -= 6;
	char lead = utf8_lead(text);
	if (!text.len || text.len > 60)
		return SLICE_NONE;
	for (size_t i = 0; i < sizeof AGENCIES / sizeof *AGENCIES; i++)
		if (*AGENCIES[i].name == lead && utf8_begins(text, AGENCIES[i].name) == text.len)
			return slice_of(AGENCIES[i].form);
	return SLICE_NONE;
}

static const char *const SOURCES[] = {"source", "quelle", "fuente", "fonte", "bron", "källa", "kilde", "lähde", "źródło", "zdroj", "forrás", "sursa", "πηγή", "источник", "джерело", "kaynak", "sumber", "nguồn", "theo",
	"المصدر", "منبع", "מקור", "स्रोत", "ที่มา", "来源", "來源", "出典", "配信", "출처", "agency", "agentur", "agencia", "agenzia"};

/* Bytes of a source's word, in any case, that `s` begins with, its colon included; 0 if it doesn't. */
static size_t source_word(struct slice s)
{
	char lead = utf8_lead(s);
	for (size_t w = 0; w < sizeof SOURCES / sizeof *SOURCES; w++) {
		size_t i = *SOURCES[w] == lead ? utf8_begins(s, SOURCES[w]) : 0;
		if (!i)
			continue;
		while (i < s.len && s.ptr[i] == ' ')
			i++;
		struct slice rest = slice_sub(s, i, s.len);
		if (slice_starts(rest, SLICE(":")) || slice_starts(rest, SLICE("：")))
			return i + (slice_starts(rest, SLICE(":")) ? 1 : strlen("："));
	}
	return 0;
}

/* The longest beginning of `s`, up to the end of a word, that is an agency's name. */
static struct slice agency_at_start(struct slice s)
{
	struct slice best = agency_find(s);
	for (size_t i = 1; i < s.len && !best.len; i++)
		if (strchr(" |,;/()", s.ptr[s.len - i]))
			best = agency_find(slice_sub(s, 0, s.len - i));
	return best;
}

struct slice agency_credited(struct slice line)
{
	struct slice none = SLICE_NONE;
	if (slice_find_byte(line, ':') == SLICE_NOT_FOUND && slice_find(line, SLICE("：")) == SLICE_NOT_FOUND)
		return none;
	for (size_t at = 0; at < line.len; utf8_next(line, &at)) {
		size_t bytes = source_word(slice_sub(line, at, line.len));
		struct slice rest = slice_trim(slice_sub(line, at + bytes, line.len));
		struct slice agency = bytes ? agency_at_start(slice_sub(rest, 0, 60)) : none;
		if (agency.len)
			return agency;
	}
	return none;
}

struct slice agency_in_wide(struct slice text)
{
	for (size_t i = 0; i < sizeof AGENCIES / sizeof *AGENCIES; i++) {
		struct slice name = slice_of(AGENCIES[i].name);
		if ((unsigned char)*name.ptr >= 0xE3 && (slice_starts(text, name) || slice_ends(text, name)))
			return slice_of(AGENCIES[i].form);
	}
	return SLICE_NONE;
}
