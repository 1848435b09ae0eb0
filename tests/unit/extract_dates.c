#include "unit.h"

#include "extract/dates.h"

static void expect(const char *text, enum date_order order, const char *want)
{
	char got[32];
	struct instant instant = {.ms = CLOCK_NONE};
	size_t start, end;
	assert_true(date_find(slice_of(text), order, &instant, &start, &end));
	clock_format(instant.ms, got);
	if (strcmp(got, want))
		fail_msg("%s: got %s, want %s", text, got, want);
}

static void dates_are_read_in_machine_forms(void **state)
{
	(void)state;
	expect("2024-05-02T20:53:56.123+02:00", DATE_DAY_FIRST, "2024-05-02T18:53:56.123Z");
	expect("20240502T205356Z", DATE_DAY_FIRST, "2024-05-02T20:53:56Z");
	expect("Thu, 02 May 2024 20:53:56 GMT", DATE_DAY_FIRST, "2024-05-02T20:53:56Z");
	expect("Tue Nov 24 2020 10:00:00 GMT+0100 (CET)", DATE_DAY_FIRST, "2020-11-24T09:00:00Z");
}

static void dates_are_read_in_readers_forms_of_many_languages(void **state)
{
	(void)state;
	expect("2. Mai 2024, 14:05 Uhr", DATE_DAY_FIRST, "2024-05-02T14:05:00Z");
	expect("Publié le 2 mai 2024 à 14h05", DATE_DAY_FIRST, "2024-05-02T14:05:00Z");
	expect("sexta-feira, 22 de outubro de 2010 às 20:13", DATE_DAY_FIRST, "2010-10-22T20:13:00Z");
	expect("3 мая 2024, 14:20", DATE_DAY_FIRST, "2024-05-03T14:20:00Z");
	expect("2024. május 3. 14:20", DATE_DAY_FIRST, "2024-05-03T14:20:00Z");
	expect("입력 2024.05.02. 오후 3:04", DATE_DAY_FIRST, "2024-05-02T15:04:00Z");
	expect("2024年12月3日 23時17分", DATE_DAY_FIRST, "2024-12-03T23:17:00Z");
	expect("Nov. 19, 2019 8:38 a.m. ET", DATE_DAY_FIRST, "2019-11-19T13:38:00Z");
	expect("12:05 AM, May 2, 2024", DATE_DAY_FIRST, "2024-05-02T00:05:00Z");
	expect("jeudi 2 mai 2024 à 14 h 05", DATE_DAY_FIRST, "2024-05-02T14:05:00Z");
	expect("02/05/2024 2:05 μ.μ.", DATE_DAY_FIRST, "2024-05-02T14:05:00Z");
	expect("2 مايو 2024 2:05 مساءً", DATE_DAY_FIRST, "2024-05-02T14:05:00Z");
	expect("Ngày 2 tháng 5 năm 2024, 14:05 (GMT+7)", DATE_DAY_FIRST, "2024-05-02T07:05:00Z");
	expect("2024. gada 2. maijs 14:05", DATE_DAY_FIRST, "2024-05-02T14:05:00Z");
	expect("2024年5月2日(木) 14時05分", DATE_DAY_FIRST, "2024-05-02T14:05:00Z");
	expect("2024年5月2日 星期四 14:05", DATE_DAY_FIRST, "2024-05-02T14:05:00Z");
	expect("2024-05-02 (목) 오후 2:05", DATE_DAY_FIRST, "2024-05-02T14:05:00Z");
	expect("יום חמישי, 2 במאי 2024, בשעה 14:05", DATE_DAY_FIRST, "2024-05-02T14:05:00Z");
}

static void dates_are_read_in_other_calendars(void **state)
{
	(void)state;
	expect("۱۳ اردیبهشت ۱۴۰۳ ساعت ۱۴:۰۵", DATE_DAY_FIRST, "2024-05-02T14:05:00Z");
	expect("۱۳ اردیبهشت‌ماه ۱۴۰۳", DATE_DAY_FIRST, "2024-05-02T00:00:00Z");
	expect("۱۴۰۳/۰۲/۱۳ - ۱۴:۰۵", DATE_DAY_FIRST, "2024-05-02T14:05:00Z");
	expect("30 اسفند 1403", DATE_DAY_FIRST, "2025-03-20T00:00:00Z");
	expect("1 فروردین 1404", DATE_DAY_FIRST, "2025-03-21T00:00:00Z");
	expect("1 دی 1400", DATE_DAY_FIRST, "2021-12-22T00:00:00Z");
	expect("วันพฤหัสบดีที่ 2 พฤษภาคม พ.ศ. 2567 เวลา 14.05 น.", DATE_DAY_FIRST, "2024-05-02T14:05:00Z");
	expect("2 พ.ค. 67 14:05 น.", DATE_DAY_FIRST, "2024-05-02T14:05:00Z");
	expect("令和6年5月2日", DATE_DAY_FIRST, "2024-05-02T00:00:00Z");
	expect("中華民國113年5月2日", DATE_DAY_FIRST, "2024-05-02T00:00:00Z");
}

static void dates_of_numbers_follow_the_order_asked_for(void **state)
{
	(void)state;
	expect("04/05/2024", DATE_DAY_FIRST, "2024-05-04T00:00:00Z");
	expect("04/05/2024", DATE_MONTH_FIRST, "2024-04-05T00:00:00Z");
	expect("04.05.2024", DATE_MONTH_FIRST, "2024-05-04T00:00:00Z");
	expect("23/05/2024", DATE_MONTH_FIRST, "2024-05-23T00:00:00Z");
	assert_int_equal(date_order_of(SLICE("en-US")), DATE_MONTH_FIRST);
	assert_int_equal(date_order_of(SLICE("en-GB")), DATE_DAY_FIRST);
}

static void dates_that_do_not_exist_are_not_found(void **state)
{
	static const char *const samples[] = {"February 30, 2020", "2024-13-01", "version 1.2.3.2004", "on May 2", "1850-01-01", "call 555 1234", ""};
	struct instant instant = {.ms = CLOCK_NONE};
	size_t start, end;
	(void)state;
	for (size_t i = 0; i < sizeof samples / sizeof *samples; i++)
		if (date_find(slice_of(samples[i]), DATE_DAY_FIRST, &instant, &start, &end))
			fail_msg("%s was taken for a date", samples[i]);
}

static void dates_say_how_precise_they_are(void **state)
{
	struct instant instant = {.ms = CLOCK_NONE};
	(void)state;
	assert_true(date_parse(SLICE("2024-05-02"), DATE_DAY_FIRST, &instant));
	assert_false(instant.has_time);
	assert_true(date_parse(SLICE("2024-05-02 10:00"), DATE_DAY_FIRST, &instant));
	assert_true(instant.has_time && !instant.has_offset);
	assert_true(date_parse(SLICE("2024-05-02T10:00+09:00"), DATE_DAY_FIRST, &instant));
	assert_true(instant.has_offset);
	assert_int_equal(instant.offset_minutes, 540);
	assert_true(date_parse(SLICE("1714683236"), DATE_DAY_FIRST, &instant));
	assert_true(instant.ms == INT64_C(1714683236000));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(dates_are_read_in_machine_forms),
		cmocka_unit_test(dates_are_read_in_readers_forms_of_many_languages),
		cmocka_unit_test(dates_are_read_in_other_calendars),
		cmocka_unit_test(dates_of_numbers_follow_the_order_asked_for),
		cmocka_unit_test(dates_that_do_not_exist_are_not_found),
		cmocka_unit_test(dates_say_how_precise_they_are),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
