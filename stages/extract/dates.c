#include "extract/dates.h"

#include "base/hash.h"
#include "base/utf8.h"
#include "extract/wordscan.h"

#include <pthread.h>

/* Text becomes a short row of tokens (numbers, words, single signs); a date is found by trying each form at each number or month name.
 * The hard part is what stands around: times before or after, weekdays, particles ("de", "at", "um"), zones. */
enum token_kind { TOKEN_NUMBER, TOKEN_WORD, TOKEN_SIGN };

struct token {
	enum token_kind kind;
	size_t start, end;
	int64_t value; /* of a number */
	int digits;
	uint32_t sign; /* code point; spaces are not tokens */
	bool spaced;   /* white space before it */
	uint32_t hash;
};

#define TOKENS_MAX 160
struct tokens {
	struct slice text;
	struct token items[TOKENS_MAX];
	size_t count;
};

enum word_kind { WORD_MONTH = 1, WORD_WEEKDAY, WORD_PARTICLE, WORD_AM, WORD_PM, WORD_ZONE, WORD_HOUR, WORD_MINUTE, WORD_YEAR, WORD_DAY,
	WORD_ORDINAL };

/* One line a language: January to December, each with its spellings parted by '|'. */
static const char *const MONTHS[] = {
	"january|jan,february|feb,march|mar,april|apr,may,june|jun,july|jul,august|aug,september|sep|sept,october|oct,november|nov,december|dec",
	"januar|jänner|jän,februar|feber,märz|mär|maerz|mrz,april,mai,juni,juli,august,september,oktober|okt,november,dezember|dez",
	"janvier|janv,février|févr|fév|fevrier,mars,avril|avr,mai,juin,juillet|juil,août|aout,septembre,octobre,novembre,décembre|déc|decembre",
	"enero|ene,febrero,marzo,abril|abr,mayo,junio,julio,agosto|ago,septiembre|setiembre|set,octubre,noviembre,diciembre|dic",
	"janeiro,fevereiro|fev,março|marco,abril,maio|mai,junho,julho,agosto,setembro|set,outubro|out,novembro,dezembro|dez",
	"gennaio|gen,febbraio|febb,marzo,aprile,maggio|mag,giugno|giu,luglio|lug,agosto,settembre|sett,ottobre|ott,novembre,dicembre",
	"januari,februari,maart|mrt,april,mei,juni,juli,augustus,september,oktober,november,december",
	"januari,februari,mars,april,maj,juni,juli,augusti,september,oktober,november,december",
	"januar,februar,marts|mars,april,maj|mai,juni,juli,august,september,oktober,november,december|des|desember",
	"tammikuuta|tammikuu,helmikuuta|helmikuu,maaliskuuta|maaliskuu,huhtikuuta|huhtikuu,toukokuuta|toukokuu,kesäkuuta|kesäkuu,"
	"heinäkuuta|heinäkuu,elokuuta|elokuu,syyskuuta|syyskuu,lokakuuta|lokakuu,marraskuuta|marraskuu,joulukuuta|joulukuu",
	"janúar,febrúar,mars,apríl,maí,júní,júlí,ágúst,september,október,nóvember,desember",
	"jaanuar|jaan,veebruar|veebr,märts,aprill,mai,juuni,juuli,august,september,oktoober,november,detsember|dets",
	"janvāris|janvārī|janvāra,februāris|februārī|februāra,marts|martā|marta,aprīlis|aprīlī|aprīļa,maijs|maijā|maija,jūnijs|jūnijā|jūnija,"
	"jūlijs|jūlijā|jūlija,augusts|augustā|augusta,septembris|septembrī|septembra,oktobris|oktobrī|oktobra,novembris|novembrī|novembra,"
	"decembris|decembrī|decembra",
	"sausio|sausis,vasario|vasaris,kovo|kovas,balandžio|balandis,gegužės|gegužė,birželio|birželis,liepos|liepa,rugpjūčio|rugpjūtis,"
	"rugsėjo|rugsėjis,spalio|spalis,lapkričio|lapkritis,gruodžio|gruodis",
	"stycznia|styczeń|sty,lutego|luty|lut,marca|marzec,kwietnia|kwiecień|kwi,maja|maj,czerwca|czerwiec|cze,lipca|lipiec|lip,"
	"sierpnia|sierpień|sie,września|wrzesień|wrz,października|październik|paź,listopada|listopad|lis,grudnia|grudzień|gru",
	"ledna|leden,února|únor,března|březen,dubna|duben,května|květen,června|červen,července|červenec,srpna|srpen,září,října|říjen,"
	"listopadu|listopad,prosince|prosinec",
	"januára|január,februára|február,marca|marec,apríla|apríl,mája|máj,júna|jún,júla|júl,augusta|august,septembra|september,"
	"októbra|október,novembra|november,decembra|december",
	"januarja,februarja,marca|marec,aprila,maja|maj,junija|junij,julija|julij,avgusta|avgust|avg,septembra,oktobra,novembra,decembra",
	"siječnja|siječanj|sij,veljače|veljača|velj,ožujka|ožujak|ožu,travnja|travanj|tra,svibnja|svibanj|svi,lipnja|lipanj|lip,"
	"srpnja|srpanj|srp,kolovoza|kolovoz|kol,rujna|rujan|ruj,listopada|listopad,studenoga|studenog|studeni|stu,prosinca|prosinac|pro",
	"januara|januar,februara|februar,marta|mart,aprila|april,maja|maj,juna|jun|juni,jula|jul|juli,avgusta|avgust,septembra|septembar,"
	"oktobra|oktobar,novembra|novembar,decembra|decembar",
	"január|jan,február|febr,március|márc,április|ápr,május|máj,június|jún,július|júl,augusztus|aug,szeptember|szept,október|okt,"
	"november|nov,december|dec",
	"ianuarie|ian,februarie|febr,martie,aprilie,mai,iunie|iun,iulie|iul,august,septembrie|sept,octombrie,noiembrie|noi,decembrie",
	"ocak|oca,şubat|şub,mart,nisan|nis,mayıs|may,haziran|haz,temmuz|tem,ağustos|ağu,eylül|eyl,ekim|eki,kasım|kas,aralık|ara",
	"yanvar|yan,fevral|fev,mart,aprel,may,iyun,iyul,avqust|avgust,sentyabr,oktyabr,noyabr,dekabr",
	"janar,shkurt,mars,prill,maj,qershor,korrik,gusht,shtator,tetor,nëntor,dhjetor",
	"januari,februari|peb|pebruari,maret|mac,april,mei,juni|jun,juli|julai|jul,agustus|ogos|agu,september,oktober,november,desember|disember",
	"januari,februari,machi,aprili,mei,juni,julai,agosti,septemba,oktoba,novemba,desemba",
	"enero,pebrero,marso,abril,mayo,hunyo,hulyo,agosto,setyembre,oktubre,nobyembre,disyembre",
	"gener,febrer,març,abril,maig,juny,juliol,agost,setembre,octubre,novembre,desembre",
	"xaneiro,febreiro,marzo,abril,maio,xuño,xullo,agosto,setembro,outubro,novembro,decembro",
	"urtarrila|urtarrilak|urtarrilaren,otsaila|otsailak|otsailaren,martxoa|martxoak|martxoaren,apirila|apirilak|apirilaren,"
	"maiatza|maiatzak|maiatzaren,ekaina|ekainak|ekainaren,uztaila|uztailak|uztailaren,abuztua|abuztuak|abuztuaren,"
	"iraila|irailak|irailaren,urria|urriak|urriaren,azaroa|azaroak|azaroaren,abendua|abenduak|abenduaren",
	"januarie,februarie,maart,april,mei,junie,julie,augustus,september,oktober,november,desember",
	"eanáir,feabhra,márta,aibreán,bealtaine,meitheamh,iúil,lúnasa,fómhair,dheireadh,samhain,nollaig",
	"ionawr,chwefror,mawrth,ebrill,mai,mehefin,gorffennaf,awst,medi,hydref,tachwedd,rhagfyr",
	"января|январь|янв,февраля|февраль|фев,марта|март|мар,апреля|апрель|апр,мая|май,июня|июнь|июн,июля|июль|июл,августа|август|авг,"
	"сентября|сентябрь|сен|сент,октября|октябрь|окт,ноября|ноябрь|ноя|нояб,декабря|декабрь|дек",
	"січня|січень|січ,лютого|лютий|лют,березня|березень|бер,квітня|квітень|кві,травня|травень|тра,червня|червень|чер,липня|липень|лип,"
	"серпня|серпень|сер,вересня|вересень|вер,жовтня|жовтень|жов,листопада|листопад|лис,грудня|грудень|гру",
	"студзеня,лютага,сакавіка,красавіка,мая,чэрвеня,ліпеня,жніўня,верасня,кастрычніка,лістапада,снежня",
	"януари|ян,февруари,март,април,май,юни,юли,август,септември,октомври,ноември,декември",
	"јануари|јан,февруари|фев,март|мар,април|апр,мај,јуни|јун,јули|јул,август|авг,септември|сеп,октомври|окт,ноември,декември|дек",
	"јануара|јануар,фебруара|фебруар,марта|март,априла|април,маја|мај,јуна|јун,јула|јул,августа|август,септембра|септембар,"
	"октобра|октобар,новембра|новембар,децембра|децембар",
	"қаңтар,ақпан,наурыз,сәуір,мамыр,маусым,шілде,тамыз,қыркүйек,қазан,қараша,желтоқсан",
	"ιανουαρίου|ιανουάριος|ιαν,φεβρουαρίου|φεβρουάριος|φεβ,μαρτίου|μάρτιος|μαρ,απριλίου|απρίλιος|απρ,μαΐου|μάιος|μαϊ,ιουνίου|ιούνιος|ιουν,"
	"ιουλίου|ιούλιος|ιουλ,αυγούστου|αύγουστος|αυγ,σεπτεμβρίου|σεπτέμβριος|σεπ,οκτωβρίου|οκτώβριος|οκτ,νοεμβρίου|νοέμβριος|νοε,"
	"δεκεμβρίου|δεκέμβριος|δεκ",
	"يناير|كانون الثاني,فبراير|شباط,مارس|آذار,أبريل|ابريل|نيسان|إبريل,مايو|أيار,يونيو|حزيران|يونيه,يوليو|تموز|يوليه,أغسطس|آب|اغسطس,"
	"سبتمبر|أيلول,أكتوبر|اكتوبر|تشرين الأول,نوفمبر|تشرين الثاني,ديسمبر|كانون الأول",
	"ژانویه,فوریه,مارس,آوریل,مه,ژوئن,ژوئیه,اوت,سپتامبر,اکتبر,نوامبر,دسامبر",
	"جنوری,فروری,مارچ,اپریل,مئی,جون,جولائی,اگست,ستمبر,اکتوبر,نومبر,دسمبر",
	"ינואר|בינואר,פברואר|בפברואר,מרץ|במרץ|מרס,אפריל|באפריל,מאי|במאי,יוני|ביוני,יולי|ביולי,אוגוסט|באוגוסט,ספטמבר|בספטמבר,אוקטובר|באוקטובר,"
	"נובמבר|בנובמבר,דצמבר|בדצמבר",
	"जनवरी|जन,फरवरी|फ़रवरी,मार्च,अप्रैल,मई,जून,जुलाई,अगस्त,सितंबर|सितम्बर,अक्टूबर|अक्तूबर,नवंबर|नवम्बर,दिसंबर|दिसम्बर",
	"জানুয়ারি|জানুয়ারী,ফেব্রুয়ারি|ফেব্রুয়ারী,মার্চ,এপ্রিল,মে,জুন,জুলাই,আগস্ট,সেপ্টেম্বর,অক্টোবর,নভেম্বর,ডিসেম্বর",
	"ஜனவரி,பிப்ரவரி,மார்ச்,ஏப்ரல்,மே,ஜூன்,ஜூலை,ஆகஸ்ட்,செப்டம்பர்,அக்டோபர்,நவம்பர்,டிசம்பர்",
	"იანვარი,თებერვალი,მარტი,აპრილი,მაისი,ივნისი,ივლისი,აგვისტო,სექტემბერი,ოქტომბერი,ნოემბერი,დეკემბერი",
	"հունվարի|հունվար,փետրվարի|փետրվար,մարտի|մարտ,ապրիլի|ապրիլ,մայիսի|մայիս,հունիսի|հունիս,հուլիսի|հուլիս,օգոստոսի|օգոստոս,"
	"սեպտեմբերի|սեպտեմբեր,հոկտեմբերի|հոկտեմբեր,նոյեմբերի|նոյեմբեր,դեկտեմբերի|դեկտեմբեր",
};

static const struct {
	enum word_kind kind;
	const char *words;
} OTHERS[] = {
	{WORD_WEEKDAY,
		"monday mon tuesday tue tues wednesday wed thursday thu thur thurs friday fri saturday sat sunday sun montag dienstag mittwoch "
		"donnerstag freitag samstag sonnabend sonntag mo di mi do fr sa so lundi mardi mercredi jeudi vendredi samedi dimanche lunes "
		"martes miércoles jueves viernes sábado domingo lun segunda terça quarta quinta sexta feira lunedì martedì mercoledì giovedì "
		"venerdì sabato domenica maandag dinsdag woensdag donderdag vrijdag zaterdag zondag måndag tisdag onsdag torsdag fredag lördag "
		"söndag mandag tirsdag lørdag søndag maanantai tiistai keskiviikko torstai perjantai lauantai sunnuntai poniedziałek wtorek środa "
		"czwartek piątek sobota niedziela pondělí úterý středa čtvrtek pátek neděle понедельник вторник среда четверг пятница суббота "
		"воскресенье понеділок вівторок середа четвер пятниця субота неділя pazartesi salı çarşamba perşembe cuma cumartesi pazar hétfő "
		"kedd szerda csütörtök péntek szombat vasárnap luni marți miercuri joi vineri sâmbătă duminică senin selasa rabu kamis jumat sabtu "
		"minggu الإثنين الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد"},
	{WORD_PARTICLE,
		"at on um am den der le la les à a las el de del of the and il alle ore dal em às as do da den kl klokken klo o w dnia о в г года "
		"року року г. р saat ora ore la ve jam pukul lúc ngày tháng năm vào om och i te i th kell u published posted updated em à's gada met "
		"mis жылы الساعة ساعت في ώρα στις"},
	{WORD_ORDINAL, "st nd rd th er º ª to eme"},
	{WORD_AM, "am a.m 오전 上午 午前 凌晨 早上 πμ ص"},
	{WORD_PM, "pm p.m 오후 下午 午後 晚上 μμ م"},
	{WORD_HOUR, "h hrs uhr 時 时 시 点 點 год"},
	{WORD_MINUTE, "min 分 분 хв"},
	{WORD_YEAR, "年 년"},
	{WORD_DAY, "日 일 号"},
};

/* Minutes east of UTC. Only abbreviations that mean one thing in datelines; ET, CT, MT, PT follow daylight saving below. */
static const struct {
	const char *name;
	int minutes;
} ZONES[] = {{"z", 0}, {"utc", 0}, {"gmt", 0}, {"wet", 0}, {"west", 60}, {"bst", 60}, {"cet", 60}, {"mez", 60}, {"cest", 120}, {"mesz", 120},
	{"eet", 120}, {"eest", 180}, {"msk", 180}, {"мск", 180}, {"trt", 180}, {"gst", 240}, {"pkt", 300}, {"ist", 330}, {"npt", 345}, {"wib", 420}, {"wita", 480},
	{"wit", 540}, {"sgt", 480}, {"hkt", 480}, {"pht", 480}, {"myt", 480}, {"awst", 480}, {"jst", 540}, {"kst", 540}, {"acst", 570},
	{"aest", 600}, {"aedt", 660}, {"nzst", 720}, {"nzdt", 780}, {"brt", -180}, {"art", -180}, {"nst", -210}, {"ast", -240}, {"adt", -180},
	{"edt", -240}, {"est", -300}, {"cdt", -300}, {"cst", -360}, {"mdt", -360}, {"mst", -420}, {"pdt", -420}, {"pst", -480},
	{"sast", 120}, {"eat", 180}, {"wat", 60}, {"cat", 120}, {"et", -5 * 60 + 10000}, {"ct", -6 * 60 + 10000}, {"mt", -7 * 60 + 10000},
	{"pt", -8 * 60 + 10000}};

#define SLOTS 4096
static struct known {
	uint32_t hash;
	uint8_t kind;
	int16_t value;
} known[SLOTS];
static pthread_once_t filled = PTHREAD_ONCE_INIT;

static struct known *known_slot(uint32_t hash)
{
	size_t i = hash_mix(hash) % SLOTS;
	while (known[i].kind && known[i].hash != hash)
		i = (i + 1) % SLOTS;
	return &known[i];
}

static void know(struct slice word, enum word_kind kind, int value)
{
	struct known *slot = known_slot(word_hash(word));
	if (!slot->kind)
		*slot = (struct known){word_hash(word), (uint8_t)kind, (int16_t)value};
}

static void fill(void)
{
	for (size_t i = 0; i < sizeof MONTHS / sizeof *MONTHS; i++) {
		struct slice rest = slice_of(MONTHS[i]), month, name;
		for (int number = 1; slice_split(&rest, ',', &month); number++)
			while (slice_split(&month, '|', &name))
				know(name, WORD_MONTH, number);
	}
	for (size_t i = 0; i < sizeof ZONES / sizeof *ZONES; i++)
		know(slice_of(ZONES[i].name), WORD_ZONE, ZONES[i].minutes);
	for (size_t i = 0; i < sizeof OTHERS / sizeof *OTHERS; i++) {
		struct slice rest = slice_of(OTHERS[i].words), word;
		while (slice_split(&rest, ' ', &word))
			know(word, OTHERS[i].kind, 0);
	}
}

static const struct known *meaning(const struct token *token)
{
	if (token->kind != TOKEN_WORD)
		return NULL;
	const struct known *slot = known_slot(token->hash);
	return slot->kind ? slot : NULL;
}

static bool means(const struct token *token, enum word_kind kind)
{
	const struct known *slot = meaning(token);
	return slot && slot->kind == kind;
}

static int digit_value(uint32_t c)
{
	if (c >= '0' && c <= '9')
		return (int)(c - '0');
	static const uint32_t zeros[] = {0x660, 0x6F0, 0x966, 0x9E6, 0xE50, 0xFF10};
	for (size_t i = 0; i < sizeof zeros / sizeof *zeros; i++)
		if (c >= zeros[i] && c <= zeros[i] + 9)
			return (int)(c - zeros[i]);
	return -1;
}

static void tokenize(struct tokens *tokens, struct slice text)
{
	tokens->text = text;
	tokens->count = 0;
	bool spaced = false;
	for (size_t at = 0; at < text.len && tokens->count < TOKENS_MAX;) {
		size_t start = at;
		uint32_t c = utf8_next(text, &at);
		struct token token = {.start = start, .spaced = spaced};
		spaced = false;
		if (c == UTF8_INVALID || utf8_is_space(c) || c == 0x200E || c == 0x200F) {
			spaced = true;
			continue;
		}
		int digit = digit_value(c);
		if (digit >= 0) {
			token.kind = TOKEN_NUMBER;
			while (digit >= 0) {
				if (token.digits < 15)
					token.value = token.value * 10 + digit;
				token.digits++;
				start = at;
				if (at >= text.len)
					break;
				digit = digit_value(utf8_next(text, &at));
			}
			at = start;
		} else if (utf8_is_letter(c)) {
			token.kind = TOKEN_WORD;
			bool single = c >= 0x2E80 && utf8_is_unspaced(c);
			for (size_t next = at; !single && next < text.len; at = next) {
				c = utf8_next(text, &next);
				if (!utf8_is_letter(c) || utf8_is_unspaced(c))
					break;
			}
			if (single) { /* 上午, 午後: two characters make a word */
				size_t next = at;
				if (next < text.len && utf8_is_unspaced(utf8_next(text, &next))) {
					const struct known *pair = known_slot(word_hash(slice_sub(text, token.start, next)));
					if (pair->kind)
						at = next;
				}
			}
		} else {
			token.kind = TOKEN_SIGN;
			token.sign = c;
		}
		token.end = at;
		if (token.kind == TOKEN_WORD) {
			uint32_t hash = word_hash(SLICE(""));
			for (size_t i = token.start; i < token.end;)
				hash = (hash ^ utf8_to_lower(utf8_next(text, &i))) * 16777619u;
			token.hash = hash;
		}
		tokens->items[tokens->count++] = token;
	}
}

/* --- matching -------------------------------------------------------------------------------- */

struct match {
	int64_t year;
	int month, day;
	bool has_time;
	int hour, minute, second, millisecond;
	bool has_offset;
	int offset; /* minutes; from 10000 - 12 h: a zone with daylight saving of the United States */
	size_t first, last; /* tokens [first, last) */
};

static const struct token *token_at(const struct tokens *tokens, size_t at)
{
	static const struct token nothing = {.kind = TOKEN_SIGN};
	return at < tokens->count ? &tokens->items[at] : &nothing;
}
static bool is_number(const struct token *token, int min_digits, int max_digits)
{
	return token->kind == TOKEN_NUMBER && token->digits >= min_digits && token->digits <= max_digits;
}
static bool is_sign(const struct token *token, uint32_t sign) { return token->kind == TOKEN_SIGN && token->sign == sign; }

static bool plausible(int64_t year, int64_t month, int64_t day)
{
	return year >= 1990 && year <= 2099 && month >= 1 && month <= 12 && day >= 1 && day <= clock_days_in_month(year, (int)month);
}

static bool set_date(struct match *match, int64_t year, int64_t month, int64_t day)
{
	if (year >= 2533 && year <= 2642) /* Thai Buddhist era */
		year -= 543;
	if (!plausible(year, month, day))
		return false;
	match->year = year, match->month = (int)month, match->day = (int)day;
	return true;
}

static int64_t full_year(const struct token *token)
{
	return token->digits == 2 ? 2000 + token->value : token->value;
}

/* 2024-05-02, 2024/5/2, 2024. 5. 2., 2024年5月2日, 2024년 5월 2일; 20240502. */
static bool match_year_first(const struct tokens *tokens, size_t at, struct match *match)
{
	const struct token *year = token_at(tokens, at), *s1 = token_at(tokens, at + 1), *month = token_at(tokens, at + 2),
	                   *s2 = token_at(tokens, at + 3), *day = token_at(tokens, at + 4);
	if (is_number(year, 8, 8)) {
		match->last = at + 1;
		return set_date(match, year->value / 10000, year->value / 100 % 100, year->value % 100);
	}
	if (is_number(year, 14, 14)) {
		int64_t date = year->value / 1000000, clock = year->value % 1000000;
		match->last = at + 1;
		match->has_time = clock / 10000 < 24 && clock / 100 % 100 < 60 && clock % 100 < 60;
		match->hour = (int)(clock / 10000), match->minute = (int)(clock / 100 % 100), match->second = (int)(clock % 100);
		return set_date(match, date / 10000, date / 100 % 100, date % 100);
	}
	if (!is_number(year, 4, 4) || !is_number(month, 1, 2))
		return false;
	bool cjk = means(s1, WORD_YEAR);
	bool sign = is_sign(s1, '-') || is_sign(s1, '/') || is_sign(s1, '.') || is_sign(s1, 0x2010) || is_sign(s1, 0x2011);
	if (!cjk && !(sign && s2->kind == TOKEN_SIGN && s2->sign == s1->sign))
		return false;
	if (!is_number(day, 1, 2))
		return false;
	match->last = at + 5;
	if (cjk && token_at(tokens, at + 5)->kind == TOKEN_WORD)
		match->last++; /* 日 */
	else if (is_sign(token_at(tokens, at + 5), '.'))
		match->last++;
	return set_date(match, year->value, month->value, day->value);
}

/* 2.5.2024, 02/05/2024, 5-2-24. */
static bool match_numbers(const struct tokens *tokens, size_t at, enum date_order order, struct match *match)
{
	const struct token *a = token_at(tokens, at), *s1 = token_at(tokens, at + 1), *b = token_at(tokens, at + 2), *s2 = token_at(tokens, at + 3),
	                   *year = token_at(tokens, at + 4);
	if (!is_number(a, 1, 2) || !is_number(b, 1, 2) || s1->kind != TOKEN_SIGN || s2->kind != TOKEN_SIGN || s1->sign != s2->sign)
		return false;
	if (!(is_number(year, 4, 4) || (is_number(year, 2, 2) && a->digits == 2 && b->digits == 2)))
		return false;
	if (s1->sign != '.' && s1->sign != '/' && s1->sign != '-')
		return false;
	if (year->digits == 2 && (s1->sign == '-' || year->value < 5 || is_sign(token_at(tokens, at + 5), s1->sign)))
		return false;
	bool month_first = s1->sign != '.' && order == DATE_MONTH_FIRST;
	int64_t day = month_first ? b->value : a->value, month = month_first ? a->value : b->value;
	if (month > 12 && s1->sign != '.') {
		int64_t swap = day;
		day = month, month = swap;
	}
	match->last = at + 5;
	return set_date(match, full_year(year), month, day);
}

static size_t skip_fill(const struct tokens *tokens, size_t at, int most)
{
	for (int i = 0; i < most; i++) {
		const struct token *token = token_at(tokens, at);
		bool sign = token->kind == TOKEN_SIGN &&
		            (token->sign == ',' || token->sign == '.' || token->sign == '-' || token->sign == '/' || token->sign == '\'' || token->sign == 0x60C ||
			            token->sign == 0xBA || token->sign == 0x2013);
		if (at >= tokens->count || !(sign || means(token, WORD_PARTICLE) || means(token, WORD_ORDINAL)))
			break;
		at++;
	}
	return at;
}

/* "2 May 2024", "2. Mai 2024", "2 de mayo de 2024", "2nd of May, 2024", "02-May-2024". */
static bool match_day_month(const struct tokens *tokens, size_t at, struct match *match)
{
	const struct token *day = token_at(tokens, at);
	if (!is_number(day, 1, 2))
		return false;
	size_t i = skip_fill(tokens, at + 1, 3);
	if (!means(token_at(tokens, i), WORD_MONTH))
		return false;
	int month = meaning(token_at(tokens, i))->value;
	i = skip_fill(tokens, i + 1, 3);
	if (!is_number(token_at(tokens, i), 4, 4))
		return false;
	match->last = i + 1;
	return set_date(match, token_at(tokens, i)->value, month, day->value);
}

/* "May 2, 2024", "May 2nd 2024"; "Thu May 02 20:53:56 +0000 2024" has the time inside. */
static bool match_clock(const struct tokens *tokens, size_t at, struct match *match, size_t *last);
static bool match_month_day(const struct tokens *tokens, size_t at, struct match *match)
{
	if (!means(token_at(tokens, at), WORD_MONTH))
		return false;
	int month = meaning(token_at(tokens, at))->value;
	size_t i = skip_fill(tokens, at + 1, 1);
	const struct token *day = token_at(tokens, i);
	if (!is_number(day, 1, 2))
		return false;
	i = skip_fill(tokens, i + 1, 3);
	size_t after = i;
	if (!is_number(token_at(tokens, i), 4, 4) && match_clock(tokens, i, match, &after)) {
		const struct token *zone = token_at(tokens, after);
		if (means(zone, WORD_ZONE) || is_sign(zone, '+'))
			after += is_sign(zone, '+') ? 2 : 1;
		i = after;
	}
	if (!is_number(token_at(tokens, i), 4, 4)) {
		match->has_time = false;
		return false;
	}
	match->last = i + 1;
	return set_date(match, token_at(tokens, i)->value, month, day->value);
}

/* "2024. május 2.", "2024 m. gegužės 2 d.", "2024 May 2". */
static bool match_year_month(const struct tokens *tokens, size_t at, struct match *match)
{
	const struct token *year = token_at(tokens, at);
	if (!is_number(year, 4, 4))
		return false;
	size_t i = skip_fill(tokens, at + 1, 2);
	if (token_at(tokens, i)->kind == TOKEN_WORD && !means(token_at(tokens, i), WORD_MONTH) && token_at(tokens, i)->end - token_at(tokens, i)->start <= 4)
		i = skip_fill(tokens, i + 1, 1);
	if (!means(token_at(tokens, i), WORD_MONTH))
		return false;
	int month = meaning(token_at(tokens, i))->value;
	i = skip_fill(tokens, i + 1, 1);
	if (!is_number(token_at(tokens, i), 1, 2))
		return false;
	match->last = i + 1 + is_sign(token_at(tokens, i + 1), '.');
	return set_date(match, year->value, month, token_at(tokens, i)->value);
}

/* --- time of day ----------------------------------------------------------------------------- */

static bool match_clock(const struct tokens *tokens, size_t at, struct match *match, size_t *last)
{
	bool before_noon = means(token_at(tokens, at), WORD_AM), after_noon = means(token_at(tokens, at), WORD_PM);
	if (before_noon || after_noon)
		at++;
	const struct token *hour = token_at(tokens, at), *sign = token_at(tokens, at + 1), *minute = token_at(tokens, at + 2);
	bool compact = is_number(hour, 6, 6) || (is_number(hour, 4, 4) && at > 0 && token_at(tokens, at - 1)->kind == TOKEN_WORD &&
	                                                token_at(tokens, at - 1)->end - token_at(tokens, at - 1)->start == 1);
	int64_t h, m, s = 0, ms = 0;
	if (compact) {
		int64_t v = hour->digits == 4 ? hour->value * 100 : hour->value;
		h = v / 10000, m = v / 100 % 100, s = v % 100;
		at++;
	} else if (is_number(hour, 1, 2) && is_number(minute, 2, 2) && !minute->spaced &&
	           (is_sign(sign, ':') || is_sign(sign, 0xFF1A) || is_sign(sign, '.') || means(sign, WORD_HOUR))) {
		if (is_sign(sign, '.') && (is_sign(token_at(tokens, at + 3), '.') || is_number(token_at(tokens, at + 4), 4, 4)))
			return false; /* 12.05.2024 */
		h = hour->value, m = minute->value;
		at += 3;
		if ((is_sign(token_at(tokens, at), ':') || (is_sign(token_at(tokens, at), '.') && is_sign(sign, '.'))) &&
			is_number(token_at(tokens, at + 1), 2, 2) && !token_at(tokens, at + 1)->spaced) {
			s = token_at(tokens, at + 1)->value;
			at += 2;
		}
		if (means(token_at(tokens, at), WORD_MINUTE))
			at++;
	} else if (is_number(hour, 1, 2) && means(sign, WORD_HOUR) && is_number(minute, 1, 2) && means(token_at(tokens, at + 3), WORD_MINUTE)) {
		h = hour->value, m = minute->value;
		at += 4;
	} else if (is_number(hour, 1, 2) && (means(sign, WORD_AM) || means(sign, WORD_PM)) && hour->value >= 1 && hour->value <= 12) {
		h = hour->value, m = 0;
		at++;
	} else {
		return false;
	}
	if ((is_sign(token_at(tokens, at), '.') || is_sign(token_at(tokens, at), ',')) && is_number(token_at(tokens, at + 1), 1, 9) &&
		!token_at(tokens, at + 1)->spaced && !token_at(tokens, at)->spaced && s + m + h >= 0 && at >= 5) {
		int64_t fraction = token_at(tokens, at + 1)->value;
		int digits = token_at(tokens, at + 1)->digits;
		for (; digits > 3; digits--)
			fraction /= 10;
		for (; digits < 3; digits++)
			fraction *= 10;
		ms = fraction;
		at += 2;
	}
	const struct token *half = token_at(tokens, at);
	struct slice half_text = slice_sub(tokens->text, half->start, half->end);
	if (slice_equal_nocase(half_text, SLICE("am"))) { /* elsewhere the German "am" */
		before_noon = true;
		at++;
	} else if (means(half, WORD_AM) || means(half, WORD_PM)) {
		before_noon = means(half, WORD_AM), after_noon = !before_noon;
		at++;
	} else if (half->kind == TOKEN_WORD && half->end - half->start == 1 && (tokens->text.ptr[half->start] | 32) != 'z') {
		char letter = byte_lower(tokens->text.ptr[half->start]); /* a.m. p.m. a p */
		if ((letter == 'a' || letter == 'p') && is_sign(token_at(tokens, at + 1), '.')) {
			before_noon = letter == 'a', after_noon = letter == 'p';
			at += 2;
			if (token_at(tokens, at)->kind == TOKEN_WORD && !token_at(tokens, at)->spaced) {
				at++;
				at += is_sign(token_at(tokens, at), '.');
			}
		}
	}
	if (after_noon && h < 12)
		h += 12;
	else if (before_noon && h == 12)
		h = 0;
	if (h > 23 || m > 59 || s > 60)
		return false;
	match->has_time = true;
	match->hour = (int)h, match->minute = (int)m, match->second = (int)(s < 60 ? s : 59), match->millisecond = (int)ms;
	*last = at;
	return true;
}

static bool match_number_offset(const struct tokens *tokens, size_t at, int *minutes, size_t *last)
{
	const struct token *sign = token_at(tokens, at), *hours = token_at(tokens, at + 1);
	bool minus = is_sign(sign, '-') || is_sign(sign, 0x2212);
	if (!minus && !is_sign(sign, '+'))
		return false;
	if (!is_number(hours, 1, 4) || hours->spaced)
		return false;
	int value;
	if (hours->digits >= 3) {
		value = (int)(hours->value / 100 * 60 + hours->value % 100);
		*last = at + 2;
	} else {
		value = (int)hours->value * 60;
		*last = at + 2;
		if (is_sign(token_at(tokens, at + 2), ':') && is_number(token_at(tokens, at + 3), 2, 2)) {
			value += (int)token_at(tokens, at + 3)->value;
			*last = at + 4;
		}
	}
	if (value > 15 * 60)
		return false;
	*minutes = minus ? -value : value;
	return true;
}

static void match_zone(const struct tokens *tokens, size_t at, struct match *match)
{
	size_t last;
	if (is_sign(token_at(tokens, at), '(') || is_sign(token_at(tokens, at), ','))
		at++;
	if (means(token_at(tokens, at), WORD_HOUR) || (means(token_at(tokens, at), WORD_PARTICLE) && at + 1 < tokens->count))
		at++;
	const struct token *zone = token_at(tokens, at);
	if (means(zone, WORD_ZONE)) {
		match->has_offset = true;
		match->offset = meaning(zone)->value;
		match->last = at + 1;
		int extra;
		if (match->offset == 0 && !token_at(tokens, at + 1)->spaced && match_number_offset(tokens, at + 1, &extra, &last)) {
			match->offset = extra;
			match->last = last;
		}
	} else if (match_number_offset(tokens, at, &match->offset, &last)) {
		match->has_offset = true;
		match->last = last;
	}
}

/* A time behind the date, over commas, particles, weekdays: or right before it. */
static void match_time(const struct tokens *tokens, struct match *match)
{
	size_t at = match->last, last = match->last;
	for (int i = 0; i < 5 && !match->has_time; i++) {
		const struct token *token = token_at(tokens, at);
		if (match_clock(tokens, at, match, &last)) {
			match->last = last;
			break;
		}
		bool skip = token->kind == TOKEN_SIGN
		                    ? token->sign == ',' || token->sign == '-' || token->sign == '|' || token->sign == '/' || token->sign == '(' || token->sign == ')' ||
			                      token->sign == '.' || token->sign == 0x2013 || token->sign == 0x2014 || token->sign == 0xB7 || token->sign == ':' || token->sign == 0x2022
		                    : token->kind == TOKEN_WORD && (token->end - token->start <= 1 || means(token, WORD_PARTICLE) || means(token, WORD_WEEKDAY) ||
				                                           means(token, WORD_DAY));
		if (at >= tokens->count || !skip)
			break;
		at++;
	}
	if (match->has_time) {
		match_zone(tokens, match->last, match);
		return;
	}
	for (size_t back = 3; back <= 8 && back <= match->first; back++) {
		struct match trial = *match;
		size_t start = match->first - back;
		if (start > 0 && token_at(tokens, start - 1)->kind == TOKEN_SIGN && token_at(tokens, start - 1)->sign == ':')
			continue;
		if (!match_clock(tokens, start, &trial, &last) || last > match->first)
			continue;
		bool close = true;
		for (size_t i = last; i < match->first; i++) {
			const struct token *token = token_at(tokens, i);
			close = close && (token->kind == TOKEN_SIGN || means(token, WORD_ZONE) || means(token, WORD_WEEKDAY) || means(token, WORD_PARTICLE) ||
						 means(token, WORD_HOUR));
			if (means(token, WORD_ZONE))
				trial.has_offset = true, trial.offset = meaning(token)->value;
		}
		if (close) {
			*match = trial;
			match->first = start;
			return;
		}
	}
}

/* The second Sunday of March to the first of November, by day: exact but for one night's hours. */
static bool us_daylight_saving(int64_t year, int month, int day)
{
	int64_t days = clock_days_from_civil(year, month, day);
	int64_t march = clock_days_from_civil(year, 3, 8), november = clock_days_from_civil(year, 11, 1);
	march += (10 - march % 7) % 7; /* 1970-01-01 was a Thursday: day 3 of the epoch is a Sunday */
	november += (10 - november % 7) % 7;
	return days >= march && days < november;
}

static struct instant instant_of(const struct match *match)
{
	struct instant instant = {.has_time = match->has_time, .has_offset = match->has_time && match->has_offset};
	int offset = instant.has_offset ? match->offset : 0;
	if (offset >= 10000 - 12 * 60)
		offset = offset - 10000 + (us_daylight_saving(match->year, match->month, match->day) ? 60 : 0);
	int64_t ms = clock_days_from_civil(match->year, match->month, match->day) * 86400000;
	if (match->has_time)
		ms += ((int64_t)match->hour * 3600 + match->minute * 60 + match->second - offset * 60) * 1000 + match->millisecond;
	instant.ms = ms;
	instant.offset_minutes = offset;
	return instant;
}

static bool match_at(const struct tokens *tokens, size_t at, enum date_order order, struct match *match)
{
	*match = (struct match){.first = at, .last = at};
	bool found = match_year_first(tokens, at, match) || match_numbers(tokens, at, order, match) || match_day_month(tokens, at, match) ||
	             match_month_day(tokens, at, match) || match_year_month(tokens, at, match);
	if (found)
		match_time(tokens, match);
	return found;
}

static bool parse_epoch(struct slice text, struct instant *instant)
{
	int64_t value;
	if (!slice_to_int64(text, &value))
		return false;
	if (text.len == 10)
		value *= 1000;
	else if (text.len != 13)
		return false;
	*instant = (struct instant){.ms = value, .has_time = true, .has_offset = true};
	return value > INT64_C(631152000000) && value < INT64_C(4102444800000);
}

bool date_find(struct slice text, enum date_order order, struct instant *instant, size_t *start, size_t *end)
{
	struct tokens tokens;
	struct match match;
	pthread_once(&filled, fill);
	text = slice_sub(text, 0, 600);
	while (text.len && text.len == 600 && ((unsigned char)text.ptr[text.len - 1] & 0x80))
		text.len--; /* no half code point */
	tokenize(&tokens, text);
	for (size_t at = 0; at < tokens.count; at++) {
		if (tokens.items[at].kind == TOKEN_SIGN)
			continue;
		if (at > 1 && tokens.items[at].kind == TOKEN_NUMBER && !tokens.items[at].spaced && is_sign(&tokens.items[at - 1], '.') &&
			tokens.items[at - 2].kind == TOKEN_NUMBER)
			continue; /* inside 1.2.3.2004 */
		if (!match_at(&tokens, at, order, &match))
			continue;
		const char *source = instant->source;
		*instant = instant_of(&match);
		instant->source = source;
		*start = tokens.items[match.first].start;
		*end = tokens.items[match.last - 1].end;
		return true;
	}
	return false;
}

bool date_parse(struct slice text, enum date_order order, struct instant *instant)
{
	size_t start, end;
	struct instant found = {.source = instant->source};
	text = slice_trim(text);
	if (text.len < 8)
		return false;
	const char *source = instant->source;
	if (parse_epoch(text, &found)) {
		*instant = found;
		instant->source = source;
		return true;
	}
	if (!date_find(text, order, &found, &start, &end) || start > 40)
		return false;
	*instant = found;
	instant->source = source;
	return true;
}

enum date_order date_order_of(struct slice language)
{
	if (language.len >= 5 && slice_starts_nocase(language, SLICE("en")))
		return slice_equal_nocase(slice_sub(language, 3, 5), SLICE("us")) || slice_equal_nocase(slice_sub(language, 3, 5), SLICE("ph"))
		               ? DATE_MONTH_FIRST
		               : DATE_DAY_FIRST;
	return slice_equal_nocase(language, SLICE("en")) ? DATE_MONTH_FIRST : DATE_DAY_FIRST;
}
