#include "unit.h"

#include "extract/dateline.h"

static void expect(const char *text, const char *want, const char *want_agency)
{
	struct slice agency, found = dateline_find(slice_of(text), &agency);
	assert_slice(found, want);
	assert_slice(agency, want_agency);
}
#define SENTENCE "Two ferries will link the town with the outer islands from the first week of June, the harbour master said on Tuesday."

static void datelines_name_place_day_and_agency(void **state)
{
	(void)state;
	expect("KARSHOLM, May 5 (Reuters) - " SENTENCE, "KARSHOLM, May 5 (Reuters)", "Reuters");
	expect("ST. OLAV, Mich. (AP) \u2014 " SENTENCE, "ST. OLAV, Mich. (AP)", "AP");
	expect("Karsholm (dpa/lno) - " SENTENCE, "Karsholm (dpa/lno)", "dpa");
	expect("NEW DELHI/AFP \u2014 " SENTENCE, "NEW DELHI/AFP", "AFP");
	expect("(Reuters) - " SENTENCE, "(Reuters)", "Reuters");
	expect("PUTRAJAYA, Nov 22 \u2014 " SENTENCE, "PUTRAJAYA, Nov 22", "");
}

static void datelines_of_agencies_round_the_world(void **state)
{
	(void)state;
	expect("KARSHOLM, May 5 (Reuters) - " SENTENCE, "KARSHOLM, May 5 (Reuters)", "Reuters");
	expect("KARSHOLM – " SENTENCE, "KARSHOLM", "");
	expect("Karsholm (AFP) – " SENTENCE, "Karsholm (AFP)", "AFP");
	expect("Karsholm/Velm (dpa) - " SENTENCE, "Karsholm/Velm (dpa)", "dpa");
	expect("Karsholm, 5 mai (Reuters) - " SENTENCE, "Karsholm, 5 mai (Reuters)", "Reuters");
	expect("Karsholm, 5 may (EFE).- " SENTENCE, "Karsholm, 5 may (EFE)", "EFE");
	expect("(ANSA) - KARSHOLM, 05 MAG - " SENTENCE, "(ANSA) - KARSHOLM, 05 MAG", "ANSA");
	expect("КАРСХОЛЬМ, 5 мая - РИА Новости. " SENTENCE, "КАРСХОЛЬМ, 5 мая - РИА Новости", "РИА Новости");
	expect("КАРСХОЛЬМ, 5 мая. /ТАСС/. " SENTENCE, "КАРСХОЛЬМ, 5 мая. /ТАСС/", "ТАСС");
	expect("【新华社北京5月5日电】" SENTENCE, "【新华社北京5月5日电】", "新华社");
	expect("新华社北京5月5日电 " SENTENCE, "新华社北京5月5日电", "新华社");
	expect("(서울=연합뉴스) 홍길동 기자 = " SENTENCE, "(서울=연합뉴스)", "연합뉴스");
	expect("【東京共同】" SENTENCE, "【東京共同】", "共同");
	expect("（中央社記者陳雨桐台北5日電）" SENTENCE, "（中央社記者陳雨桐台北5日電）", "中央社");
	expect("KARSHOLM (AP) — " SENTENCE, "KARSHOLM (AP)", "AP");
	expect("KARSHOLM, Velmland (AP) — " SENTENCE, "KARSHOLM, Velmland (AP)", "AP");
	expect("Karsholm: " SENTENCE, "", "");
	expect("The mayor (centre) - " SENTENCE, "", "");
	expect("ANKARA (AA) - " SENTENCE, "ANKARA (AA)", "AA");
	expect("القاهرة (رويترز) - " SENTENCE, "القاهرة (رويترز)", "رويترز");
	expect("KARSHOLM, 5 maj (PAP) – " SENTENCE, "KARSHOLM, 5 maj (PAP)", "PAP");
	expect("Jakarta (ANTARA) - " SENTENCE, "Jakarta (ANTARA)", "Antara");
}

static void datelines_are_no_part_of_a_sentence(void **state)
{
	(void)state;
	expect("Monday \u2013 " SENTENCE, "", "");
	expect("NATO summit \u2013 " SENTENCE, "", "");
	expect("The union (Reuters) - " SENTENCE, "", "");
	expect("The harbour (built in 1911) was closed - " SENTENCE, "", "");
	expect("\u0642\u0627\u0644 \u0645\u0633\u0624\u0648\u0644 \u0643\u0628\u064a\u0631 \u0641\u064a \u0627\u0644\u0645\u062f\u064a\u0646\u0629 (\u0631\u0648\u064a\u062a\u0631\u0632) - " SENTENCE, "", "");
	expect("PICTURES \u2013 A short line", "", "");
	expect("", "", "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(datelines_name_place_day_and_agency),
		cmocka_unit_test(datelines_of_agencies_round_the_world),
		cmocka_unit_test(datelines_are_no_part_of_a_sentence),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
