/* What is the same story and what is not, through the whole index: templates, scripts without spaces, accents, flashes. */
#include "unit.h"

#include "dedup/counters.h"
#include "dedup/likeness.h"
#include "dedupindex.h"

#include <string.h>

struct pair {
	struct index index;
	size_t count, compared;
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
	pair->compared = (size_t)flight.job.task.counts[COUNTER_COMPARED];
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

/* `form` with each {} replaced by the next of `fill`, which are parted by "|". */
static void fill_in(char *out, size_t size, const char *form, const char *fill)
{
	size_t at = 0;

	for (; *form && at + 1 < size; form++) {
		if (form[0] != '{') {
			out[at++] = *form;
			continue;
		}
		form++; /* the closing brace */
		size_t len = strcspn(fill, "|");
		at += (size_t)snprintf(out + at, size - at, "%.*s", (int)len, fill);
		fill += len + (fill[len] == '|');
	}
	out[at] = '\0';
}

/* A report that comes again and again with other numbers and names. The first line of a form is its headline. */
struct template {
	const char *headline, *body, *first, *next;
};

static struct likeness likeness_of_filled(const char *first, const char *next, int64_t apart)
{
	struct sketch sketches[2] = {{.time = 0}, {.time = apart}};
	const char *bodies[2] = {first, next};
	struct likeness likeness = {.score = 0};
	struct arena arena;
	jmp_buf jump;

	arena_init(&arena, 16 << 20);
	if (ARENA_GUARD(&arena, &jump) == ESCAPE_NONE) {
		for (size_t i = 0; i < 2; i++) {
			struct normal_text headline = normal_text(&arena, SLICE("")), body = normal_text(&arena, slice_of(bodies[i]));
			struct sketch_keys keys;
			sketch_build(&arena, &headline, &body, NULL, &sketches[i], &keys);
		}
		likeness = likeness_of(&sketches[0], &sketches[1]);
	}
	arena.escape = NULL;
	arena_release(&arena);
	return likeness;
}

/* Two reports share a third of their text and more and are compared, yet both are unique; a copy of either with one word in fourteen changed is found. */
static void template_stays_apart(const struct template *t, size_t hours)
{
	struct pair pair = {.count = 0};
	static char headlines[2][256], bodies[2][4096];
	char want[32];

	for (size_t i = 0; i < 2; i++) {
		fill_in(headlines[i], sizeof(headlines[i]), t->headline, i == 0 ? t->first : t->next);
		fill_in(bodies[i], sizeof(bodies[i]), t->body, i == 0 ? t->first : t->next);
	}
	assert_true(likeness_of_filled(bodies[0], bodies[1], 3600 * (int64_t)hours).containment >= 350);
	index_begin(&pair.index, 3);
	assert_judged(&pair, 0, headlines[0], bodies[0], "unique");
	assert_judged(&pair, hours, headlines[1], bodies[1], "unique");
	assert_true(pair.compared > 0);
	assert_judged(&pair, 1, headlines[0], edited(bodies[0], 14), "near p0");
	snprintf(want, sizeof(want), "near p%zu", hours);
	assert_judged(&pair, 1, headlines[1], edited(bodies[1], 14), want);
	index_end(&pair.index);
}

static void likeness_keeps_market_closes_of_two_days_apart(void **state)
{
	(void)state;
	static const struct template CLOSE = {"Norhaven shares close {} on {}",
		"Shares in Norhaven closed {} on {} in the last session before the central bank decides on interest rates. The NX-40 index moved by {} percent to "
		"{} points, while the broader All-Share index of the exchange ended at {}. Falling issues and rising issues stood at {} to {} on the main board of the exchange. "
		"The most traded share of the day was {}, which ended at {} crowns. Among the other large companies of the index, {} moved to {} crowns and {} moved to {} crowns. "
		"Turnover on the main board of the exchange was {} billion crowns, compared with a daily average over the past thirty days of {} billion. The crown was traded at "
		"{} to the dollar in the late afternoon. The yield of the benchmark government bond with a term of ten years was {} percent. Markets in Norhaven open again tomorrow "
		"morning at nine.", "lower|Monday|0.8|13,904.25|8,215.07|214|131|Marlow Lines|61.20|Oster Steel|18.75|Halden Bank|102.50|3.2|3.6|9.41|2.87",
		"higher|Tuesday|1.2|14,071.10|8,289.01|104|243|Fjord Insurance|44.15|Kvist Stores|27.90|Halden Bank|106.30|3.9|3.5|9.38|2.91"};

	template_stays_apart(&CLOSE, 20);
}

static void likeness_keeps_forecasts_for_two_towns_apart(void **state)
{
	(void)state;
	static const struct template FORECAST = {"Weather for {}: {} on Thursday",
		"{} can expect {} on Thursday with a high of {} degrees and a low of {} degrees, the weather service said in its morning bulletin. Wind will blow from the {} at {} to {} "
		"kilometres an hour, with gusts of up to {} in exposed places. The chance of rain is {} percent in the morning and {} percent in the afternoon, and up to {} "
		"millimetres may fall in the course of the day. Humidity will be about {} percent. The sun rises at {} and sets at {}. A yellow warning of the weather service is in force "
		"between {} and {} until {} in the evening. Readers can find the forecast for the coming five days and the warnings by district on the pages of the weather service, "
		"which are brought up to date every three hours.", "Port Ellery|rain|11|6|south-west|40|55|80|90|60|18|88|6:42|18:05|Cape Lunn|Saint Osyth|21:00",
		"Gravenford|sunshine|17|3|east|5|15|25|10|20|1|54|6:39|18:01|Mount Abel|Coldwater|20:00"};

	template_stays_apart(&FORECAST, 1);
}

static void likeness_keeps_results_of_two_matches_apart(void **state)
{
	(void)state;
	static const struct template RESULT = {"{} beat {}",
		"{} beat {} by {} in the Northern League on Saturday afternoon before a crowd of {} at {}. {} opened the scoring after {} minutes of play with a shot from inside the area, "
		"and {} made the lead a safe one from the penalty spot in the {} minute. The visitors had their best chance of the match {} minutes after the break, but "
		"{} hit the bar from close range. The home side had {} percent of the ball and {} shots at goal, {} of them on target. Referee {} showed {} yellow cards in the course of the "
		"match. The result leaves the winners with {} points from {} matches in the table of the Northern League, while the losers stay where they were with {} points. Both "
		"sides play again next Saturday afternoon. The disciplinary board of the league meets on Tuesday evening, and tickets for the matches of the coming weeks are sold at the "
		"grounds, on the pages of the clubs and at the counters of the railway stations in the county.",
		"Redmoor United|Castle Vale|3-1|4,217|Mill Lane|Tom Arkwright|12|Luis Ferrand|38th|9|Ben Osgood|58|14|6|Alan Pryce|4|47|24|25",
		"Northwick|Hexley Town|2-0|2,863|Bower Ground|Sam Oduya|27|Kit Lindqvist|66th|3|Joe Maddern|46|9|5|Carla Nunn|6|36|23|19"};

	template_stays_apart(&RESULT, 1);
}

static void likeness_keeps_two_obituaries_apart(void **state)
{
	(void)state;
	static const struct template OBITUARY = {"{}, {}, of {}",
		"{}, {}, of {}, died peacefully on {} surrounded by the family after a short illness. Born on {} in {}, the first of {} children of the late {}, the deceased married {} in "
		"{} and lived in the county for {} years. After school and service in the armed forces came many years of work at {}, and a long retirement that was spent with "
		"the garden, the grandchildren and the choir of the church. Survivors include {} children, {}, as well as {} grandchildren and many nieces and nephews. A service will be "
		"held at {} on {} at {}, and burial will follow at {}. The family will receive friends at the church for one hour before the service. In lieu of flowers, the family asks for "
		"donations to {}. Arrangements are in the hands of the Carver Funeral Home, where a book of condolence may be signed.",
		"Agnes Tillery|91|Brookmere|February 26|May 4, 1934,|Dunmore|5|Peter Calloway|Walter Tillery|1957|48|Brookmere Elementary School|3|Mark, David and Helen|7|11 a.m.|"
		"Wednesday|Trinity Church|Hillside Cemetery|the library fund",
		"Henry Boldt|78|Ashgrove|February 27|October 19, 1947,|Kettering Falls|2|George Boldt|Joan Whitcombe|1971|52|Ashgrove Paper Mill|2|Karen and Susan|4|2 p.m.|"
		"Friday|Grace Chapel|Oakwood Cemetery|the animal shelter"};

	template_stays_apart(&OBITUARY, 2);
}

static void likeness_keeps_entries_of_a_police_blotter_apart(void **state)
{
	(void)state;
	static const struct template BLOTTER = {"{} arrested after {} on {}",
		"{} was arrested after {} on {} late on {}, the Wexbridge police department said in a statement. Officers were called at {} by a witness who had seen what happened from "
		"across the street, said {} of the department. They found a suspect with the goods in a bag {} blocks away. {}, {}, of {} was charged with {} and with possession of stolen "
		"property. Bail was set at {} dollars by the magistrate, and the suspect is due in court on {}. No one was hurt in the incident. The department asks anyone with information "
		"about this or similar incidents to call its tip line at any hour. Callers may remain anonymous, and may be eligible for a reward of up to one thousand "
		"dollars if the information leads to a conviction.",
		"Man|a break-in|Elm Street|Tuesday|2:14 a.m.|Sergeant Paula Dent|2|Curtis Hale|34|Linden Avenue|burglary|15,000|March 12",
		"Woman|a theft|Dock Road|Wednesday|9:48 p.m.|Lieutenant Omar Reyes|5|Dana Moss|27|Quarry Lane|larceny|2,500|March 19"};

	template_stays_apart(&BLOTTER, 19);
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
	assert_judged(&pair, 240, "From the archive: the mill that reads", whole, "exact p0");
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
