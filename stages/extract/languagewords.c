/* languagewords: see languagewords.h. */
#include "extract/languagewords.h"

#include "base/hash.h"
#include "extract/wordscan.h"

#include <pthread.h>

/* Articles, pronouns, prepositions, conjunctions and auxiliaries, about the forty most frequent of each language in running news
 * text. Written down by hand; where two languages share a word both list it, and the words that only one has decide. */
const struct language_words LANGUAGE_WORDS[] = {
	{"en", "Latn", "the of and to in a is that for on was with as he his by at from it are be has have had but not this they an who "
	               "were will said their which its been or she her would when more about after also than we you there one what if out"},
	{"de", "Latn", "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass "
	               "sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor zur bis mehr durch "
	               "man sein wurde sei wir ich kann"},
	{"fr", "Latn", "de la le et les des en un du une que est pour qui dans a par plus pas au sur ne se ce il sont avec son ont aux cette "
	               "mais ou sa comme été nous elle ses ces être leur fait deux d'un d'une qu'il c'est n'est l'on entre après était"},
	{"es", "Latn", "de la que el en y a los del se las por un para con no una su al lo como más o pero sus le ha me si sin sobre este ya "
	               "entre cuando todo esta ser son dos también fue había era muy años hasta desde está mi porque qué sólo han yo hay"},
	{"pt", "Latn", "de a o que e do da em um para é com não uma os no se na por mais as dos como mas foi ao ele das tem à seu sua ou ser "
	               "quando muito há nos já está eu também só pelo pela até isso ela entre era depois sem mesmo aos ter seus são foram"},
	{"it", "Latn", "di e che il la in a per un del non è una con i da le si sono della al nel lo più anche come ha ma dei alla gli se o "
	               "delle su dal questo cui nella ai dalla ci suo sua stato era due anni dopo tra essere hanno molto fra degli quando"},
	{"nl", "Latn", "de van het een en in is dat op te zijn met voor die niet aan er om ook als dan maar bij nog naar uit hij door over ze "
	               "heeft worden werd wordt was zich deze kan hebben meer tot dit of wel geen haar moet jaar we al zo"},
	{"sv", "Latn", "och i att det som en på är av för med till den har de inte om ett han men var jag från vi sig så kan när år säger hon "
	               "under också efter eller nu sin där vid mot ska skulle kommer ut får finns vara hade alla andra mycket"},
	{"da", "Latn", "og i at det er en til på som for af med den de har der ikke et han var om men jeg fra vi sig så kan når år siger hun "
	               "også efter eller nu sin hvor ved mod skal skulle kommer ud får være havde alle andre meget blev hvis bliver blevet noget nogle hvad gør uden kun været mellem "
	               "hendes gennem igen oplyser oplyste sagde fik"},
	{"nb", "Latn", "og i å det er en til på som for av med den de har ikke et han var om men jeg fra vi seg så kan når år sier hun også "
	               "etter eller nå sin der ved mot skal skulle kommer ut får være hadde alle andre mye ble hvis blir sier at blitt noe noen hva gjør uten bare vært "
	               "mellom hennes gjennom igjen opplyser opplyste sa fikk"},
	{"nn", "Latn", "og i å det er ein til på som for av med den dei har ikkje eit han var om men eg frå vi seg så kan når år seier ho også "
	               "etter eller no sin der ved mot skal skulle kjem ut får vere hadde alle andre mykje vart blei blir"},
	{"fi", "Latn", "ja on ei että se hän oli joka mutta ovat myös kun kuin hänen sen tai mukaan jos jo mitä vain niin nyt sekä kanssa ole "
	               "olla ollut olisi voi sitä tämä mies tämän vielä jälkeen koska mukana siitä kertoo sanoo"},
	{"is", "Latn", "og í að á er sem það við til um með ekki af fyrir hann en var hefur þess því þá hún þar eru verið eftir sé frá ég þeir "
	               "segir verður hafa þeim hafi einnig þetta"},
	{"et", "Latn", "ja on ei et see ta oli kui ka aga mis oma ning või kes siis nad mida seda nii üle pärast selle mille veel välja aasta "
	               "poolt kuid sest juba tema vaid ole olnud pole ütles eesti"},
	{"lv", "Latn", "un ir par ar ka no kas to arī bet uz lai gan tā vai pēc kā tas tika savu viņš kurā šo nav pie būs gada jau līdz kad šī "
	               "viņa tikai pret bija ja ļoti latvijas"},
	{"lt", "Latn", "ir kad į iš su apie yra tai bet kaip jis buvo už tik dar savo dėl ar kurie jau po nuo nei nėra bus jo iki pat taip "
	               "metų kuri kuris jos mes aš šiuo lietuvos sako prieš"},
	{"pl", "Latn", "w i na z się do nie to że jest o jak za od po a przez dla które ale co są tym jego czy już przed był tego jednak oraz "
	               "tylko także może było ich który która we ze roku być będzie został"},
	{"cs", "Latn", "a v se na je že s z o do i to ve pro za by který však od po ale jako jeho už k jsou které při také jen než podle roku "
	               "jsem může byl bude aby bylo která nebo více tak není lidí má"},
	{"sk", "Latn", "a v sa na je že s z o do aj to vo pre za by ktorý však od po ale ako jeho už k sú ktoré pri tiež len než podľa roku "
	               "som môže bol bude aby bolo ktorá alebo viac tak nie ľudí má keď"},
	{"sl", "Latn", "in v je na se da za so po z ki pa s bi tudi ni kot od pri do o bo še ob sta lahko bil bila ali kar ko zaradi že le "
	               "kako med ter leta bilo njegov tega smo"},
	{"hr", "Latn", "i u je na se da za su od s što koji ne to a će o iz kao koje bi ali do nije koja sam po te samo nakon ili više bio "
	               "jer još također prema bila kako biti između godine tijekom"},
	{"sr-Latn", "Latn", "i u je na se da za su od sa što koji ne to a će o iz kao koje bi ali do nije koja sam po samo nakon ili više bio "
	                    "jer još takođe prema bila kako biti između godine rekao treba posle ovo"},
	{"hu", "Latn", "a az és hogy nem is egy azt ez meg már volt csak de mint ki van szerint el ha még után majd ezt sem lesz amely pedig "
	               "vagy aki mert kell lehet magyar minden két több amikor közül illetve voltak"},
	{"ro", "Latn", "de în și a la care cu pe că o din nu un pentru este au să mai fi ca sunt fost prin lui dar după sau ce al o fi iar "
	               "acest această cei între când într-un unei ale și-a le își potrivit"},
	{"tr", "Latn", "ve bir bu da de için ile olarak olan çok daha gibi en ne o kadar sonra ama var ise ya değil ki yeni iki olduğu ancak "
	               "her göre büyük tarafından diye olduğunu etti dedi yaptığı olması şey mi"},
	{"az", "Latn", "və bu bir ki də ilə üçün da olan olub edib o çox ən isə daha edən həm sonra onun bildirib haqqında kimi olaraq var ildə "
	               "azərbaycan amma bütün görə deyib"},
	{"sq", "Latn", "të e në një për me që nga është dhe i ka se si nuk do ai u ky janë pas kjo më ishte kanë por ku tij edhe mund deri "
	               "duke kishte gjatë tha nga ndërsa"},
	{"id", "Latn", "yang dan di itu dengan untuk dari ini dalam tidak pada akan juga ke oleh karena ada kata saat tersebut bisa sebagai "
	               "telah menjadi atau saya lebih mereka para kami seperti sudah dia orang harus namun hanya secara"},
	{"ms", "Latn", "yang dan di itu dengan untuk dari ini dalam tidak pada akan juga ke oleh kerana ada kata beliau boleh sebagai telah "
	               "menjadi atau saya lebih mereka para kami seperti sudah dia orang perlu bagi namun turut berkata tersebut"},
	{"vi", "Latn", "và của là có trong được cho các với không người đã một này những đến khi để từ ở ra tại về theo năm ông cũng vào như "
	               "nhiều bị sẽ phải đó hơn trên làm sau"},
	{"sw", "Latn", "ya na wa kwa ni katika kuwa za la hiyo huyo alisema hii kama cha baada lakini watu wake pia yake ili hayo wakati huo "
	               "amesema hiyo sasa mwaka kutoka"},
	{"tl", "Latn", "ang ng sa na mga ay at ni si para hindi kay ito ko siya niya kung may mula nang rin ako din pero isang kanyang ayon "
	               "naman dahil"},
	{"ca", "Latn", "de la que i el a en els per un amb les una del no és al ha com més o però ser l'any s'ha seva seu aquest aquesta també "
	               "són han pel dels fins perquè molt ja entre quan"},
	{"gl", "Latn", "de a que o e en do da os un para co non unha se na por máis as dos como pero foi ao no polo coa sobre seu súa tamén "
	               "ten nos está ata esta galicia máis son pola"},
	{"eu", "Latn", "eta da du ez dute bat ere egin zuen dira izan baina hori dela den beste behar baino izango dituzte gehiago hau ziren "
	               "zen duten bere euskal"},
	{"af", "Latn", "die van en in is het dat n op te met vir nie sy wat aan hy was om ook as maar by na uit deur oor hulle word sal kan "
	               "meer tot hierdie of geen haar moet jaar ons"},
	{"ga", "Latn", "an na agus ar ag go i a bhí is sé le do tá nach é ní mar faoi ach sa sin atá chun leis bhfuil níos raibh"},
	{"cy", "Latn", "y yn i a o ar yr ei mae bod am wedi gan ac fel ond oedd eu hyn gyda cael ein sydd mewn dros hefyd roedd"},
	{"mt", "Latn", "il li ta u fil biex ma din dan minn kien hija huwa kienet dwar għal wara hemm fuq qal"},
	{"uz", "Latn", "va bu bilan uchun ham bir o‘z edi qilish bo‘lgan bo‘yicha esa bo‘ldi yil kerak lekin shu deb ega haqida o'z"},
	{"so", "Latn", "ka ee oo iyo in ku uu waxaa waa ah u ay lagu ayaa si loo inuu soo kale kala laga badan"},
	{"ha", "Latn", "da na a ya ta cewa kuma ba su yi wanda ce shi ne ga domin kan wannan sun an don bayan"},
	{"yo", "Latn", "ti ní ó tí sì náà fún àti wọn pé kan kò sí bí tó àwọn lati awọn ninu"},
	{"lb", "Latn", "an de d' vun der op den ass net mat dat fir hunn eng huet si déi och vum ginn war vu méi bei wéi sinn zu em"},
	{"eo", "Latn", "la de kaj en estas al ke por kiu el li ne estis pri sed kun kiel ankaŭ ĝi ili oni pli"},
	{"ru", "Cyrl", "и в не на что он с как по это о из за к а его у от для но так было до после же бы также был все они года были "
	               "который при только со её или уже того этом может которые"},
	{"uk", "Cyrl", "і в не на що він з як по це про та із за до а його у від для але так було після же би також був усі вони року були "
	               "який при тільки зі її або вже того цьому може які й є"},
	{"be", "Cyrl", "і ў не на што ён з як па гэта пра за да а яго у ад для але так было пасля ж бы таксама быў усе яны года былі які пры "
	               "толькі са яе або ўжо таго можа якія"},
	{"bg", "Cyrl", "на и да в се от за е не с са че по до като това си ще но има са ли при след или които той който през още бе само един "
	               "между беше може тази"},
	{"mk", "Cyrl", "на и да во се од за е не со што го ќе ги дека по до но има ја ни кои беше при сè или кој само меѓу рече бидат овој "
	               "како тоа сите"},
	{"sr", "Cyrl", "и у је на се да за су од са што који не то а ће о из као које би али до није која сам по само након или више био јер "
	               "још такође према рекао"},
	{"kk", "Cyrl", "және да бұл бір деп үшін мен осы ол де болып туралы екі бойынша бар қазақстан жылы керек еді сол емес болды көп"},
	{"ky", "Cyrl", "жана бул бир менен үчүн деп да болгон ал кыргыз боюнча эле тууралуу ошол бар жылы керек болуп эмес"},
	{"mn", "Cyrl", "байна нь юм энэ бол ба гэж оны монгол улсын тухай болон хийх үед байсан бай хүн болсон гэсэн"},
	{"tg", "Cyrl", "ва дар ки аз ба бо барои ин мекунад аст он шуд худ буд соли шудааст кард"},
	{"ar", "Arab", "في من على أن إلى التي الذي عن مع هذا ما هذه بعد كان لا قد بين كما قال أو خلال إن ذلك حيث غير عام كل وقال كانت أنه "
	               "لم هو وقد يوم ثم لكن هناك أكثر منذ"},
	{"fa", "Arab", "در و به از که این را با است برای آن شد های خود تا بر کرد یک می شده هم ما بود دارد اما گفت کند باید پس وی اند نیز"},
	{"ur", "Arab", "کے میں کی ہے اور سے کا کو اس نے کہ ہیں پر ایک بھی تھا یہ ہو جو کر گیا ان کہا لیے تھی گئی نہیں"},
	{"ps", "Arab", "د په او چې کې ته له دی هم دا یې سره شوی شوې وو کړي کړې ده دي خو"},
	{"ckb", "Arab", "لە و بە کە بۆ ئەو ئەم لەگەڵ هەیە دەکات یان ئەوە بوو هەر سەر"},
	{"hi", "Deva", "के में की है और से का को ने कि पर यह हैं एक भी इस कर था नहीं लिए जो तो ही कहा हो गया थे बाद"},
	{"mr", "Deva", "आहे आणि या च्या ते मध्ये हे ही की नाही होते त्या केले असे तर झाली आहेत साठी होता"},
	{"ne", "Deva", "को र छ मा ले पनि भएको गरेको छन् यो गर्न भने हो हुने लागि एक थियो गरी"},
};
const size_t LANGUAGE_WORD_COUNT = sizeof LANGUAGE_WORDS / sizeof *LANGUAGE_WORDS;
_Static_assert(sizeof LANGUAGE_WORDS / sizeof *LANGUAGE_WORDS <= LANGUAGE_WORD_MAX, "one bit a language");

/* Open addressing; filled once, constant from then on. */
#define SLOTS 8192
static struct slot {
	uint32_t hash;
	uint64_t mask;
} slots[SLOTS];
static pthread_once_t filled = PTHREAD_ONCE_INIT;

static struct slot *slot_of(uint32_t hash)
{
	size_t i = hash_mix(hash) % SLOTS;
	while (slots[i].mask && slots[i].hash != hash)
		i = (i + 1) % SLOTS;
	return &slots[i];
}

static void fill(void)
{
	for (size_t i = 0; i < LANGUAGE_WORD_COUNT; i++) {
		struct slice rest = slice_of(LANGUAGE_WORDS[i].words), word;
		while (slice_split(&rest, ' ', &word)) {
			if (!word.len)
				continue;
			struct slot *slot = slot_of(word_hash(word));
			slot->hash = word_hash(word);
			slot->mask |= UINT64_C(1) << i;
		}
	}
}

uint64_t language_word_mask(uint32_t hash)
{
	pthread_once(&filled, fill);
	return slot_of(hash)->mask;
}
