/* What is the same story and what is not, through the whole index: templates, scripts without spaces, accents, flashes. */
#include "unit.h"

#include "dedupindex.h"

#include <string.h>

struct piece {
	const char *headline, *body;
};

struct pair {
	struct index index;
	size_t count;
};

static const char *slot_time(size_t n)
{
	static char when[32];

	snprintf(when, sizeof(when), "%02zuT%02zu:00", 1 + n / 20, 2 + n % 20);
	return when;
}

/* Judges `piece` as the next article, a few hours (`hours` ≤ 20) after the last one; "status of". */
static void judged(struct pair *pair, size_t hours, const char *headline, const char *body, char out[128])
{
	struct flight flight;
	char id[16], site[64];

	pair->count += hours;
	snprintf(id, sizeof(id), "p%zu", pair->count);
	snprintf(site, sizeof(site), "desk%zu.example/news/%zu", pair->count, pair->count);
	index_judge(&pair->index, &flight, id, site, slot_time(pair->count), headline, body);
	struct slice status = flight_says(&flight, "status"), of = flight_says(&flight, "of");
	snprintf(out, 128, "%.*s%s%.*s", SLICE_ARG(status), of.len > 0 ? " " : "", SLICE_ARG(of));
	flight_end(&flight);
}

#define assert_judged(pair, hours, headline, body, want)                                                                                 \
	do {                                                                                                                                 \
		char got_[128];                                                                                                                  \
		judged(pair, hours, headline, body, got_);                                                                                       \
		if (strcmp(got_, want) != 0)                                                                                                     \
			fail_msg("\"%.60s…\" is %s, not %s", headline[0] ? headline : body, got_, want);                                             \
	} while (0)

/* Every `step`-th word of `body` replaced; headline left to the caller. */
static const char *edited(const char *body, size_t step)
{
	static const char *const OTHERS[] = {"also", "meanwhile", "reportedly", "again", "nearly", "still"};
	static char out[8192];
	size_t at = 0, word = 0;

	while (*body) {
		size_t len = strcspn(body, " ");
		word++;
		if (word % step == 0 && len > 3)
			at += (size_t)snprintf(out + at, sizeof(out) - at, "%s", OTHERS[word / step % 6]);
		else
			at += (size_t)snprintf(out + at, sizeof(out) - at, "%.*s", (int)len, body);
		body += len;
		if (*body)
			out[at++] = *body++;
	}
	out[at] = '\0';
	return out;
}

/* The next report of a template is unique, a copy of either with one word in twelve changed is not. */
static void template_stays_apart(size_t hours, const struct piece *first, const struct piece *next)
{
	struct pair pair = {.count = 0};
	char want[32];

	index_begin(&pair.index, 3);
	assert_judged(&pair, 0, first->headline, first->body, "unique");
	assert_judged(&pair, hours, next->headline, next->body, "unique");
	assert_judged(&pair, 1, first->headline, edited(first->body, 12), "near p0");
	snprintf(want, sizeof(want), "near p%zu", hours);
	assert_judged(&pair, 1, next->headline, edited(next->body, 12), want);
	index_end(&pair.index);
}

static void likeness_keeps_market_closes_of_two_days_apart(void **state)
{
	(void)state;
	static const struct piece MONDAY = {"Norhaven shares close lower as shippers slide",
		"Shares in Norhaven closed lower on Monday as losses in shipping and steel outweighed gains by lenders. The NX-40 index fell 0.8 percent, or "
		"112.40 points, to 13,904.25, while the broader All-Share index lost 0.6 percent to 8,215.07. Falling issues outnumbered rising ones by 214 to "
		"131 on the exchange, with 48 unchanged. Marlow Lines dropped 4.1 percent to 61.20 crowns after it cut its forecast for freight rates, and Oster "
		"Steel lost 3.3 percent to 18.75 crowns. Halden Bank added 1.9 percent to 102.50 crowns. Turnover was 3.2 billion crowns, compared with an average of "
		"3.6 billion over the past 30 days. The crown was little changed at 9.41 to the dollar. The benchmark ten-year bond yielded 2.87 percent."};
	static const struct piece TUESDAY = {"Norhaven shares close higher as lenders rally",
		"Shares in Norhaven closed higher on Tuesday as gains in lenders and insurers outweighed losses by retailers. The NX-40 index rose 1.2 percent, or "
		"166.85 points, to 14,071.10, while the broader All-Share index gained 0.9 percent to 8,289.01. Rising issues outnumbered falling ones by 243 to "
		"104 on the exchange, with 46 unchanged. Halden Bank jumped 3.7 percent to 106.30 crowns after it raised its forecast for lending, and Fjord "
		"Insurance gained 2.8 percent to 44.15 crowns. Kvist Stores lost 2.2 percent to 27.90 crowns. Turnover was 3.9 billion crowns, compared with an average "
		"of 3.6 billion over the past 30 days. The crown was little changed at 9.38 to the dollar. The benchmark ten-year bond yielded 2.91 percent."};

	template_stays_apart(20, &MONDAY, &TUESDAY);
}

static void likeness_keeps_forecasts_for_two_towns_apart(void **state)
{
	(void)state;
	static const struct piece COAST = {"Weather for Port Ellery: rain and strong wind on Thursday",
		"Port Ellery can expect rain on Thursday with a high of 11 degrees and a low of 6 degrees, the weather service said. Wind will blow from the "
		"south-west at 40 to 55 kilometres an hour, with gusts of up to 80 on the coast. The chance of rain is 90 percent in the morning and 60 percent in the "
		"afternoon, and 18 millimetres may fall. Humidity will be 88 percent. The sun rises at 6:42 and sets at 18:05. High water at the Ellery Pier is "
		"at 4:17 and 16:40. A yellow warning is in force for small boats between Cape Lunn and Saint Osyth until 21:00. Friday will be drier, with a high of "
		"13 degrees. Readers can find the forecast for the coming five days and warnings by district on the pages of the weather service."};
	static const struct piece INLAND = {"Weather for Gravenford: sun and light wind on Thursday",
		"Gravenford can expect sun on Thursday with a high of 17 degrees and a low of 3 degrees, the weather service said. Wind will blow from the "
		"east at 5 to 15 kilometres an hour, with gusts of up to 25 on the hills. The chance of rain is 10 percent in the morning and 20 percent in the "
		"afternoon, and 1 millimetre may fall. Humidity will be 54 percent. The sun rises at 6:39 and sets at 18:01. Frost is possible in the Tarn Valley "
		"before 7:30. A yellow warning is in force for grass fires between Mount Abel and Coldwater until 20:00. Friday will be warmer, with a high of 20 "
		"degrees. Readers can find the forecast for the coming five days and warnings by district on the pages of the weather service."};

	template_stays_apart(1, &COAST, &INLAND);
}

static void likeness_keeps_results_of_two_matches_apart(void **state)
{
	(void)state;
	static const struct piece FIRST = {"Redmoor United 3, Castle Vale 1",
		"Redmoor United beat Castle Vale 3-1 in the Northern League on Saturday before a crowd of 4,217 at Mill Lane. Tom Arkwright opened the scoring after "
		"12 minutes with a header from a corner, and Luis Ferrand made it two from the penalty spot in the 38th minute. Castle Vale pulled one back through "
		"Ben Osgood 9 minutes after the break, but Arkwright scored his second of the match in the 81st. The home side had 58 percent of the ball and 14 shots, "
		"six of them on target. Referee Alan Pryce showed four yellow cards. The result leaves Redmoor third in the table with 47 points from 24 matches, while "
		"Castle Vale stay 15th with 25. Redmoor travel to Hexley Town next Saturday; Castle Vale are at home to Northwick on Tuesday."};
	static const struct piece SECOND = {"Hexley Town 0, Northwick 2",
		"Northwick beat Hexley Town 2-0 in the Northern League on Saturday before a crowd of 2,863 at the Bower Ground. Sam Oduya opened the scoring after "
		"27 minutes with a shot from the edge of the area, and Kit Lindqvist made it two from the penalty spot in the 66th minute. Hexley Town hit the bar through "
		"Joe Maddern 3 minutes after the break, but had a man sent off in the 74th. The away side had 46 percent of the ball and 9 shots, "
		"five of them on target. Referee Carla Nunn showed six yellow cards. The result leaves Northwick eighth in the table with 36 points from 24 matches, while "
		"Hexley Town stay 19th with 19. Northwick travel to Castle Vale on Tuesday; Hexley Town are at home to Redmoor United next Saturday."};

	template_stays_apart(1, &FIRST, &SECOND);
}

static void likeness_keeps_two_obituaries_apart(void **state)
{
	(void)state;
	static const struct piece AGNES = {"Agnes Tillery, 91, of Brookmere",
		"Agnes Marie Tillery, 91, of Brookmere, died peacefully on February 26 at Saint Anne's Hospice surrounded by her family. Born on May 4, 1934, in Dunmore, "
		"she was the daughter of the late Peter and Rose Calloway. She married Walter Tillery in 1957, and they were together for 48 years until his death in 2005. "
		"She taught at Brookmere Elementary School for 31 years and sang in the choir of Trinity Church. She is survived by her sons, Mark and David; "
		"a daughter, Helen Sorley; seven grandchildren; and two great-grandchildren. A service will be held at 11 a.m. on Wednesday at Trinity Church. Burial will "
		"follow at Hillside Cemetery. In lieu of flowers, the family asks for donations to the library fund. Arrangements are by the Carver Funeral Home."};
	static const struct piece HENRY = {"Henry Boldt, 78, of Ashgrove",
		"Henry James Boldt, 78, of Ashgrove, died peacefully on February 27 at Mercy Hospital surrounded by his family. Born on October 19, 1947, in Kettering Falls, "
		"he was the son of the late George and Irene Boldt. He married Joan Whitcombe in 1971, and they were together for 52 years until her death in 2023. "
		"He worked at the Ashgrove Paper Mill for 36 years and coached at the Lions Club. He is survived by his daughters, Karen and Susan; "
		"a brother, Frank Boldt; four grandchildren; and one great-grandchild. A service will be held at 2 p.m. on Friday at Grace Chapel. Burial will "
		"follow at Oakwood Cemetery. In lieu of flowers, the family asks for donations to the animal shelter. Arrangements are by the Carver Funeral Home."};

	template_stays_apart(2, &AGNES, &HENRY);
}

static void likeness_keeps_entries_of_a_police_blotter_apart(void **state)
{
	(void)state;
	static const struct piece ELM = {"Man arrested after break-in on Elm Street",
		"Police arrested a 34-year-old man early on Tuesday after a break-in at a home on Elm Street. Officers were called at 2:14 a.m. by a neighbour who heard "
		"breaking glass, said Sergeant Paula Dent of the Wexbridge police. They found a rear window broken and a man with a laptop and jewellery in his bag two "
		"blocks away. Curtis Hale of Linden Avenue was charged with burglary in the second degree and possession of stolen property. Bail was set at 15,000 "
		"dollars, and he is due in court on March 12. No one was hurt. Anyone with information is asked to call the Wexbridge police at 555-0142. Callers may remain "
		"anonymous, and may be eligible for a reward."};
	static const struct piece DOCK = {"Woman arrested after theft on Dock Road",
		"Police arrested a 27-year-old woman late on Wednesday after a theft at a shop on Dock Road. Officers were called at 9:48 p.m. by a cashier who saw "
		"her leave, said Lieutenant Omar Reyes of the Wexbridge police. They found an alarm tag removed and a woman with perfume and cosmetics in her bag five "
		"blocks away. Dana Moss of Quarry Lane was charged with theft in the third degree and possession of stolen property. Bail was set at 2,500 "
		"dollars, and she is due in court on March 19. No one was hurt. Anyone with information is asked to call the Wexbridge police at 555-0142. Callers may remain "
		"anonymous, and may be eligible for a reward."};

	template_stays_apart(19, &ELM, &DOCK);
}

static void likeness_finds_copies_in_scripts_without_spaces(void **state)
{
	(void)state;
	/* an original, a copy that is cut and edited, another story of the same desk */
	static const char *const CASES[][6] = {
		{"北港市议会批准新建渡轮码头", "北港市议会周二晚间以九票对四票批准在旧鱼市旁新建一座渡轮码头。工程预计耗资两亿四千万元，将于今年秋季动工，后年春天完成。市长林雅文表示，新码头每天可运送一万"
			"两千名乘客，比现有码头多出一倍。反对者担心施工噪音会影响附近居民，并要求市府公布环境评估报告。议员陈国栋说，市府应先修好堤防，再谈新的建设。码头旁将保留一条步行道和一座小公园。",
			"北港市议会批准新建渡轮码头", "北港市议会周二晚上以九票对四票批准在旧鱼市旁新建一座渡轮码头。工程预计耗资两亿四千万元，将于今年秋季开工，后年春天完成。市长林雅文说，新码头每天可运送一万"
			"两千名乘客，比现有码头多出一倍。反对者担心施工噪音会影响附近居民，并要求市府公布环境评估报告。",
			"山区列车脱轨三人受伤", "一列载有八十六名乘客的山区列车周三清晨在青石隧道南口脱轨，三人受轻伤。铁路公司说，连日大雨造成边坡滑落，泥土覆盖轨道约二十米。救援人员两小时内疏散全部乘客，"
			"并安排巴士接驳。受影响路段预计周五恢复通车。调查人员正在检查边坡监测系统为何没有发出警报。"},
		{"北浜市議会、新しい渡船場を承認", "北浜市議会は火曜日の夜、古い魚市場の隣に新しい渡船場を建設する計画を九対四で承認した。工事費は二億四千万円で、今年の秋に着工し、再来年の春に完成する予定だ。"
			"市長の森田綾子氏は、新しい渡船場では一日に一万二千人が利用でき、今の二倍になると述べた。反対派は工事の騒音が近くの住民に影響すると心配し、環境への影響を調べた報告書の公開を求めている。",
			"北浜市議会、新しい渡船場を承認", "北浜市議会は火曜日夜、古い魚市場の隣に新しい渡船場を建設する計画を九対四で可決した。工事費は二億四千万円で、今年の秋に着工し、再来年の春に完成する予定だ。"
			"市長の森田綾子氏は、新しい渡船場では一日に一万二千人が利用でき、今の二倍になると語った。",
			"山の列車が脱線、三人けが", "水曜日の早朝、乗客八十六人を乗せた山岳鉄道の列車が青石トンネルの南口で脱線し、三人が軽いけがをした。鉄道会社によると、大雨で斜面が崩れ、土砂が線路を約二十メートル覆った。"
			"救助隊は二時間以内に全員を避難させ、バスで運んだ。金曜日に運転を再開する見通しだ。"},
		{"สภาเมืองอนุมัติท่าเรือข้ามฟากแห่งใหม่", "สภาเมืองท่าเหนือมีมติเมื่อคืนวันอังคารด้วยคะแนนเก้าต่อสี่ให้สร้างท่าเรือข้ามฟากแห่งใหม่ข้างตลาดปลาเก่า โครงการใช้งบประมาณสองร้อยสี่สิบล้านบาท จะเริ่มก่อสร้างในฤดูใบไม้ร่วง"
			"และแล้วเสร็จในอีกสองปี นายกเทศมนตรีกล่าวว่าท่าเรือใหม่จะรองรับผู้โดยสารได้วันละหนึ่งหมื่นสองพันคน มากกว่าท่าเดิมสองเท่า ผู้คัดค้านกังวลเรื่องเสียงดังจากการก่อสร้างและขอให้เปิดเผยรายงานสิ่งแวดล้อม",
			"สภาเมืองอนุมัติท่าเรือข้ามฟากแห่งใหม่", "สภาเมืองท่าเหนือมีมติเมื่อคืนวันอังคารด้วยคะแนนเก้าต่อสี่ให้สร้างท่าเรือข้ามฟากแห่งใหม่ใกล้ตลาดปลาเก่า โครงการใช้งบประมาณสองร้อยสี่สิบล้านบาท จะเริ่มก่อสร้างในฤดูใบไม้ร่วง"
			"และแล้วเสร็จในอีกสองปี นายกเทศมนตรีระบุว่าท่าเรือใหม่จะรองรับผู้โดยสารได้วันละหนึ่งหมื่นสองพันคน มากกว่าท่าเดิมสองเท่า",
			"รถไฟตกรางบนภูเขา บาดเจ็บสามคน", "รถไฟสายภูเขาซึ่งมีผู้โดยสารแปดสิบหกคนตกรางเมื่อเช้าวันพุธบริเวณปากอุโมงค์หินเขียว มีผู้บาดเจ็บเล็กน้อยสามคน บริษัทรถไฟระบุว่าฝนตกหนักหลายวันทำให้ดินถล่มทับรางยาวราวยี่สิบเมตร "
			"เจ้าหน้าที่อพยพผู้โดยสารทั้งหมดภายในสองชั่วโมงและจัดรถโดยสารมารับต่อ คาดว่าจะเปิดเดินรถได้ในวันศุกร์"},
	};

	for (size_t i = 0; i < 3; i++) {
		struct pair pair = {.count = 0};
		index_begin(&pair.index, 2);
		assert_judged(&pair, 0, CASES[i][0], CASES[i][1], "unique");
		assert_judged(&pair, 2, CASES[i][4], CASES[i][5], "unique");
		assert_judged(&pair, 1, CASES[i][2], CASES[i][3], "near p0");
		index_end(&pair.index);
	}
}

#define ACCENTED "Le maire de Saint-Élié a annoncé mardi la réouverture du théâtre, fermé depuis l'été dernier après un dégât des eaux. Les travaux, "    \
				 "confiés à une entreprise de Château-Vert, ont coûté 1,4 million d'euros. La première représentation aura lieu le 12 avril."

static void likeness_reads_accents_case_and_punctuation_as_one_text(void **state)
{
	(void)state;
	static const char DECOMPOSED[] =
		"LE MAIRE DE SAINT-E\u0301LIE\u0301 A ANNONCE\u0301 MARDI LA RE\u0301OUVERTURE DU THE\u0301A\u0302TRE - FERME\u0301 DEPUIS L\u2019E\u0301TE\u0301 DERNIER APRE\u0300S UN DE\u0301GA\u0302T DES EAUX.\\n\\nLes travaux (confie\u0301s a\u0300 une entreprise de "
		"Cha\u0302teau-Vert) ont cou\u0302te\u0301 1,4 million d\u2019euros; la premie\u0300re repre\u0301sentation aura lieu le 12 avril";
	struct pair pair = {.count = 0};

	index_begin(&pair.index, 2);
	assert_judged(&pair, 0, "Le théâtre rouvre", ACCENTED, "unique");
	assert_judged(&pair, 1, "Le théâtre rouvre", DECOMPOSED, "exact p0");
	index_end(&pair.index);
}

static void likeness_finds_copies_of_texts_in_mixed_scripts(void **state)
{
	(void)state;
	static const char BODY[] = "東京のスタートアップ Lumen Robotics は月曜日、新型の配送ロボット LR-7 を発表した。価格は 480 万円で、4 月 15 日から出荷する。CEO の Kenji Arai 氏は "
		"\u201CWe want to deliver within 20 minutes\u201D と語った。同社は Osaka と Nagoya でも試験を行い、年内に 1,200 台を生産する計画だ。";
	static const char CUT[] = "東京のスタートアップ Lumen Robotics は月曜、新型の配送ロボット LR-7 を発表した。価格は 480 万円で、4 月 15 日から出荷する。CEO の Kenji Arai 氏は "
		"\u201CWe want to deliver within 20 minutes\u201D と述べた。同社は Osaka と Nagoya でも試験を行う。";
	struct pair pair = {.count = 0};

	index_begin(&pair.index, 2);
	assert_judged(&pair, 0, "Lumen Robotics が新型ロボット", BODY, "unique");
	assert_judged(&pair, 1, "Lumen Robotics が新型ロボット", CUT, "near p0");
	index_end(&pair.index);
}

static void likeness_finds_copies_of_flashes_and_keeps_their_templates_apart(void **state)
{
	(void)state;
	struct pair pair = {.count = 0};

	index_begin(&pair.index, 2);
	assert_judged(&pair, 0, "Quake of 5.8 strikes off Port Ellery", "An earthquake of magnitude 5.8 struck 64 km off Port Ellery on Sunday at a depth of 21 km, the "
		"seismological office said. There were no reports of damage and no tsunami warning was issued.", "unique");
	assert_judged(&pair, 1, "Quake of 6.3 strikes near Maranta", "An earthquake of magnitude 6.3 struck 12 km north of Maranta on Sunday at a depth of 48 km, the "
		"seismological office said. There were no reports of damage and no tsunami warning was issued.", "unique");
	assert_judged(&pair, 1, "Quake of 5.8 strikes off Port Ellery", "PORT ELLERY: An earthquake of magnitude 5.8 struck 64 km off Port Ellery on Sunday at a depth of "
		"21 km, the seismological office said. There were no immediate reports of damage and no tsunami warning was issued.", "near p0");
	assert_judged(&pair, 1, "Halden Bank names new chief", "Halden Bank has named Ines Marlow as chief executive from May 1. She succeeds Piet Garrow, who retires after "
		"nine years.", "unique");
	assert_judged(&pair, 1, "Halden Bank names new chief", "Halden Bank has named Ines Marlow as its chief executive from May 1. She succeeds Piet Garrow, who retires "
		"after nine years.", "near p3");
	index_end(&pair.index);
}

static void likeness_finds_copies_that_are_cut_padded_or_have_another_headline(void **state)
{
	(void)state;
	static const char BODY[] = "The council of Brookmere voted on Tuesday to buy the old paper mill and turn it into a library and a museum of printing. The sale costs the town 2.4 "
		"million dollars, half of it from a state grant, and repairs will take until the autumn of next year. Mayor Ines Holloway called the mill the heart of the town. Two "
		"members voted against the plan, saying that the roof alone would eat up the reserve.";
	static const char REST[] = " The mill closed in 2009 after 118 years. A group of former workers has collected tools and machines since then, and will run the museum. The architect "
		"Jonas Feld said the large hall would keep its cranes. A first part of the building could open for visitors in May, with a show of posters from the mill's own press.";
	struct pair pair = {.count = 0};
	char whole[2048], padded[4096];

	snprintf(whole, sizeof(whole), "%s%s", BODY, REST);
	snprintf(padded, sizeof(padded), "%s\\n\\nRead more stories from the county in our evening letter, which our editors choose by hand.\\n\\nThis story was first "
		"published by the Brookmere Courier and is printed here with its permission.", whole);
	index_begin(&pair.index, 3);
	assert_judged(&pair, 0, "Brookmere buys its paper mill", whole, "unique");
	assert_judged(&pair, 1, "Brookmere buys its paper mill", BODY, "near p0");
	assert_judged(&pair, 1, "Brookmere buys its paper mill", padded, "near p0");
	assert_judged(&pair, 1, "A library where paper was made", whole, "exact p0");
	assert_judged(&pair, 1, "Cranes stay in the reading room", edited(whole, 25), "near p3");
	index_end(&pair.index);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(likeness_keeps_market_closes_of_two_days_apart),
		cmocka_unit_test(likeness_keeps_forecasts_for_two_towns_apart),
		cmocka_unit_test(likeness_keeps_results_of_two_matches_apart),
		cmocka_unit_test(likeness_keeps_two_obituaries_apart),
		cmocka_unit_test(likeness_keeps_entries_of_a_police_blotter_apart),
		cmocka_unit_test(likeness_finds_copies_in_scripts_without_spaces),
		cmocka_unit_test(likeness_reads_accents_case_and_punctuation_as_one_text),
		cmocka_unit_test(likeness_finds_copies_of_texts_in_mixed_scripts),
		cmocka_unit_test(likeness_finds_copies_of_flashes_and_keeps_their_templates_apart),
		cmocka_unit_test(likeness_finds_copies_that_are_cut_padded_or_have_another_headline),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
