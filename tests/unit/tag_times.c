/* Expressions of time in sentences of our own. Each row: a sentence and what must be found in it, in order: "text=TYPE:value" parted by
 * "; ". Anything found beside that fails too. The anchor is Tuesday, 24 November 2026, unless a row says another. */
#include "tag/times.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "tag/timecalendar.h"
#include "tag/timewords.h"
#include "unit.h"

struct row {
	const char *text, *want;
	const char *anchor; /* NULL: the default; "": none */
};

static struct arena arena;

static int setup(void **state)
{
	static jmp_buf jump;
	(void)state;
	arena_init(&arena, (size_t)256 << 20);
	if (ARENA_GUARD(&arena, &jump) != ESCAPE_NONE)
		fail_msg("out of memory");
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

static struct time_anchor anchor_of(const char *text)
{
	struct time_anchor anchor = {CLOCK_NONE, "datePublished"};
	struct buf instant;
	if (text && !*text)
		return anchor;
	buf_init_arena(&instant, &arena, 64);
	buf_printf(&instant, "%sT12:00:00Z", text ? text : "2026-11-24");
	assert_true(clock_parse(buf_slice(&instant), &anchor.ms));
	return anchor;
}

static struct slice shown(struct slice text, const struct time_mention *mentions, size_t count)
{
	static const char *const TYPES[] = {"DATE", "TIME", "DURATION", "SET"};
	struct buf out;
	buf_init_arena(&out, &arena, 1 << 20);
	for (size_t i = 0; i < count; i++) {
		struct slice mention = slice_sub(text, mentions[i].start, mentions[i].end);
		buf_printf(&out, "%s%.*s=%s:%s", i ? "; " : "", SLICE_ARG(mention), TYPES[mentions[i].type], mentions[i].value.text);
	}
	return buf_slice(&out);
}

static void expect_in(const char *language, const struct row *rows)
{
	for (; rows->text; rows++) {
		struct time_anchor anchor = anchor_of(rows->anchor);
		struct time_mention *mentions;
		struct slice text = slice_of(rows->text);
		size_t count = times_find(&arena, text, slice_of(language), &anchor, &mentions);
		struct slice got = shown(text, mentions, count);
		if (!slice_is(got, rows->want))
			fail_msg("\"%s\": got \"%.*s\", want \"%s\"", rows->text, SLICE_ARG(got), rows->want);
	}
}

#define CASES(name, language, ...)                                                                                                       \
	static void name(void **state)                                                                                                   \
	{                                                                                                                                \
		static const struct row rows[] = {__VA_ARGS__, {NULL, NULL, NULL}};                                                      \
		(void)state;                                                                                                             \
		expect_in(language, rows);                                                                                               \
	}

CASES(tag_places_weekdays_by_the_tense_of_the_sentence, "en",
	{"The council said Monday it had no plan.", "Monday=DATE:2026-11-23"},
	{"The minister resigned on Tuesday.", "Tuesday=DATE:2026-11-24"},
	{"The minister resigned on Wednesday.", "Wednesday=DATE:2026-11-18"},
	{"The court will rule on Wednesday.", "Wednesday=DATE:2026-11-25"},
	{"Talks are set to resume Friday in Oslo.", "Friday=DATE:2026-11-27"},
	{"The strike could end as early as Thursday.", "Thursday=DATE:2026-11-26"},
	{"Bids must be filed by Monday.", "Monday=DATE:2026-11-30"},
	{"The permit had been due to expire Friday.", "Friday=DATE:2026-11-20"},
	{"The winners will be announced Saturday.", "Saturday=DATE:2026-11-28"},
	{"Last Friday the bank failed; next Friday it reopens.", "Last Friday=DATE:2026-11-20; next Friday=DATE:2026-11-27"})

CASES(tag_completes_months_and_days_to_the_likely_year, "en",
	{"On April 11 the assembly met in Pyongyang.", "April 11=DATE:2026-04-11"},
	{"They had met in Hanoi in late February.", "late February=DATE:2026-02"},
	{"He won office in June 2016.", "June 2016=DATE:2016-06"},
	{"The law takes effect on Jan. 3, 2027.", "Jan. 3, 2027=DATE:2027-01-03"},
	{"The plant will open by March.", "March=DATE:2027-03"},
	{"Shares fell in December.", "December=DATE:2025-12"},
	{"Voters go to the polls on Dec. 6.", "Dec. 6=DATE:2026-12-06"},
	{"The 7 May 2025 ruling and the 3rd of June were cited.", "7 May 2025=DATE:2025-05-07; the 3rd of June=DATE:2026-06-03"},
	{"In June last year he left; last October he returned.", "June last year=DATE:2025-06; last October=DATE:2026-10"},
	{"It runs Nov. 27-29 in Bergen.", "Nov. 27=DATE:2026-11-27; 29=DATE:2026-11-29"},
	{"It opened on Monday, Oct. 5.", "Monday, Oct. 5=DATE:2026-10-05"},
	{"The fair was on Sunday, Dec. 7.", "Sunday, Dec. 7=DATE:2025-12-07"})

CASES(tag_reads_weeks_months_and_years_from_the_anchor, "en",
	{"Prices rose last month and fell this week.", "last month=DATE:2026-10; this week=DATE:2026-W48"},
	{"Next year the tax ends.", "Next year=DATE:2027"},
	{"Rain is likely over the weekend.", "the weekend=DATE:2026-W47-WE"},
	{"Crews worked through the weekend and will work next weekend.", "the weekend=DATE:2026-W48-WE; next weekend=DATE:2026-W49-WE", "2026-11-28"},
	{"Earlier this month the board met.", "Earlier this month=DATE:2026-11"},
	{"Yesterday it rained; tomorrow morning it will snow.", "Yesterday=DATE:2026-11-23; tomorrow morning=TIME:2026-11-25TMO"},
	{"The day after tomorrow he leaves.", "The day after tomorrow=DATE:2026-11-26"},
	{"Last week's storm came on Jan. 1.", "Last week=DATE:2025-W52; Jan. 1=DATE:2026-01-01", "2026-01-02"})

CASES(tag_takes_the_early_the_late_and_the_end_of_things_along, "en",
	{"It will open early next year.", "early next year=DATE:2027"},
	{"It closed at the end of September.", "the end of September=DATE:2026-09"},
	{"Work began in mid-2024.", "mid-2024=DATE:2024"},
	{"He lived there in the late 1970s.", "the late 1970s=DATE:197"},
	{"The shop closed late yesterday.", "late yesterday=DATE:2026-11-23"})

CASES(tag_reads_decades_and_centuries, "en",
	{"Unions grew in the 1990s and the '80s.", "the 1990s=DATE:199; the '80s=DATE:198"},
	{"A 19th century mill.", "19th century=DATE:18"},
	{"He is in his 30s.", ""})

CASES(tag_reads_quarters_halves_and_seasons, "en",
	{"Profit rose in the third quarter.", "the third quarter=DATE:2026-Q3"},
	{"Third-quarter sales fell from a year earlier.", "Third-quarter=DATE:2026-Q3; a year earlier=DATE:2025-Q3"},
	{"This year's second quarter beat last year's quarter.", "This year's second quarter=DATE:2026-Q2; last year's quarter=DATE:2025-Q2"},
	{"In the second half of 2025 orders fell; in the second half the team scored.", "the second half of 2025=DATE:2025-H2"},
	{"Q3 2025 was weak.", "Q3 2025=DATE:2025-Q3"},
	{"In fiscal 2025 it lost money.", "fiscal 2025=DATE:2025"},
	{"Last summer was dry, and the winter of 2024 was wet.", "Last summer=DATE:2026-SU; the winter of 2024=DATE:2024-WI"},
	{"Prices fall in spring 2027.", "spring 2027=DATE:2027-SP"})

CASES(tag_reads_times_of_day_with_their_day, "en",
	{"The bomb went off at 10:35 a.m. (0735 GMT) Friday.",
		"10:35 a.m.=TIME:2026-11-20T10:35; 0735 GMT=TIME:2026-11-20T07:35; Friday=DATE:2026-11-20"},
	{"The offer expires at 5 p.m. EST Nov. 30.", "5 p.m. EST Nov. 30=TIME:2026-11-30T17:00"},
	{"They met this morning.", "this morning=TIME:2026-11-24TMO"},
	{"It was signed last night.", "last night=TIME:2026-11-23TNI"},
	{"Two men were held Saturday night.", "Saturday night=TIME:2026-11-21TNI"},
	{"The lights went out at midnight Sunday.", "midnight Sunday=TIME:2026-11-22T24:00"},
	{"Doors will open at 19:30 on Friday.", "19:30=TIME:2026-11-27T19:30; Friday=DATE:2026-11-27"},
	{"Kick-off was at 7.45pm.", "7.45pm=TIME:2026-11-24T19:45"},
	{"They won 3:15 in the end, at odds of 2:1.", ""})

CASES(tag_reads_durations, "en",
	{"It took three days, two and a half hours and a week.", "three days=DURATION:P3D; two and a half hours=DURATION:PT2H30M; a week=DURATION:P1W"},
	{"After a 16-hour flight she slept for more than five hours.", "16-hour=DURATION:PT16H; more than five hours=DURATION:PT5H"},
	{"Over the past three months and the next few years.", "the past three months=DURATION:P3M; the next few years=DURATION:PXY"},
	{"Net for the first nine months rose.", "the first nine months=DURATION:P9M"},
	{"It lasted a year and a half, then half an hour.", "a year and a half=DURATION:P1Y6M; half an hour=DURATION:PT30M"},
	{"It will take two to three weeks.", "two to three weeks=DURATION:P2W"},
	{"For decades the 52-year-old man worked for weeks or months.", "decades=DURATION:PXE; weeks or months=DURATION:PXW"},
	{"A day-long debate.", "day-long=DURATION:P1D"},
	{"Nearly 2.5 million people; 24 hours a day.", ""},
	{"He saw “60 Minutes” on television.", ""})

CASES(tag_moves_from_the_anchor_or_from_the_date_named_last, "en",
	{"Two days ago and 11 months ago and 50 years ago.", "Two days ago=DATE:2026-11-22; 11 months ago=DATE:2025-12; 50 years ago=DATE:1976"},
	{"On March 3, 2020 it rained; the next day it snowed; the following month it thawed.",
		"March 3, 2020=DATE:2020-03-03; the next day=DATE:2020-03-04; the following month=DATE:2020-04"},
	{"Several years ago he left.", "Several years ago=DATE:PAST_REF"},
	{"A decade ago it was sold.", "A decade ago=DATE:201"},
	{"He died two days after the vote.", "two days=DURATION:P2D"})

CASES(tag_reads_what_recurs, "en",
	{"The daily ferry sails every Thursday and each July.", "daily=SET:P1D; every Thursday=SET:XXXX-WXX-4; each July=SET:XXXX-07"},
	{"It meets every two weeks.", "every two weeks=SET:P2W"},
	{"It opens Mondays.", "Mondays=SET:XXXX-WXX-1"},
	{"It costs $33 million a year.", "a year=SET:P1Y"})

CASES(tag_reads_words_for_present_past_and_future, "en",
	{"It is now closed, and currently for sale.", "now=DATE:PRESENT_REF; currently=DATE:PRESENT_REF"},
	{"He recently moved; in the past he rented.", "recently=DATE:PAST_REF; the past=DATE:PAST_REF"},
	{"They may soon agree on the future.", "soon=DATE:FUTURE_REF; the future=DATE:FUTURE_REF"},
	{"As soon as possible.", ""})

CASES(tag_reads_holidays, "en",
	{"On Thanksgiving Day she flew home.", "Thanksgiving Day=DATE:2026-11-26"},
	{"Last Easter he fell ill.", "Last Easter=DATE:2026-04-05"},
	{"Shops close on Christmas Eve and New Year's Day.", "Christmas Eve=DATE:2026-12-24; New Year's Day=DATE:2027-01-01"},
	{"They live on Christmas Island.", ""})

CASES(tag_leaves_other_words_and_numbers_alone, "en",
	{"May I march in? Mr. May said they may fall.", ""},
	{"Sheffield Wednesday won; the Sunday Times reported it on Black Friday.", ""},
	{"USA Today wrote of 1500 people at 2010 dollars, $1999 each.", ""},
	{"April Smith and August Wilson married; seconds mattered in the last minute.", ""},
	{"Player of the Year in the second row.", ""},
	{"Version 10.12.2 costs 12/15 of 4/5/2026.", ""})

CASES(tag_reads_dates_in_figures, "en",
	{"Filed 2026-04-11, amended 2026-04-12T10:35:00Z and 25/12/2026.",
		"2026-04-11=DATE:2026-04-11; 2026-04-12T10:35:00Z=TIME:2026-04-12T10:35; 25/12/2026=DATE:2026-12-25"},
	{"It was filed on 25.12.2026.", "25.12.2026=DATE:2026-12-25"},
	{"Not 2026-13-40.", ""})

CASES(tag_leaves_values_open_without_an_anchor, "en",
	{"On April 11 and Sunday and last week and Sunday night.",
		"April 11=DATE:XXXX-04-11; Sunday=DATE:XXXX-WXX-7; last week=DATE:PAST_REF; Sunday night=TIME:XXXX-WXX-7TNI", ""},
	{"In late February 2019, today.", "late February 2019=DATE:2019-02; today=DATE:PRESENT_REF", ""})

CASES(tag_reads_fiscal_years_by_the_year_they_end_in, "en",
	{"In FY2027, FY 27 and fiscal 2027.", "FY2027=DATE:2027; FY 27=DATE:2027; fiscal 2027=DATE:2027"},
	{"In the 2025-26 fiscal year.", "the 2025-26 fiscal year=DATE:2026"},
	{"In financial year 2025-26 it grew.", "financial year 2025-26=DATE:2026"},
	{"In 3Q25 and the winter of 2025-26.", "3Q25=DATE:2025-Q3; the winter of 2025-26=DATE:2025-WI"},
	{"A financial crisis of 2008.", "2008=DATE:2008"})

CASES(tag_reads_both_ends_of_ranges, "en",
	{"He ruled 2011–16, then from 2018 to 2020.", "2011=DATE:2011; 16=DATE:2016; 2018=DATE:2018; 2020=DATE:2020"},
	{"It runs 3-5 March 2027 and from 3 to 5 May.",
		"3=DATE:2027-03-03; 5 March 2027=DATE:2027-03-05; 3=DATE:2027-05-03; 5 May=DATE:2027-05-05"},
	{"In May–June 2027.", "May=DATE:2027-05; June 2027=DATE:2027-06"},
	{"Open 9–11 a.m., 11-1 p.m. and between 2 and 5 p.m.",
		"9=TIME:2026-11-24T09:00; 11 a.m.=TIME:2026-11-24T11:00; 11=TIME:2026-11-24T11:00; 1 p.m.=TIME:2026-11-24T13:00; "
		"2=TIME:2026-11-24T14:00; 5 p.m.=TIME:2026-11-24T17:00"},
	{"It closed Monday to Friday.", "Monday=DATE:2026-11-23; Friday=DATE:2026-11-27"},
	{"They won 3-5 in March, by 52-48, on pages 3-5.", "March=DATE:2026-03"})

CASES(tag_reads_times_of_day_in_words_and_by_the_clock_of_soldiers, "en",
	{"It began at half past three, ended by a quarter to six p.m.", "half past three=TIME:2026-11-24T03:30; a quarter to six p.m.=TIME:2026-11-24T17:45"},
	{"They left at 1400 hours; he flew 1400 hours.", "1400 hours=TIME:2026-11-24T14:00; 1400 hours=DURATION:PT1400H"},
	{"Half past them, a quarter to half.", ""})

CASES(tag_reads_compound_centuries_and_no_names, "en",
	{"In the twenty-first century.", "the twenty-first century=DATE:20"},
	{"20th Century Fox; the 3rd century BC.", ""},
	{"Half a century ago; a century ago.", "Half a century ago=DATE:197; a century ago=DATE:19"})

CASES(tag_hears_what_is_planned, "en",
	{"The tour starts Wednesday and the museum reopens Thursday.", "Wednesday=DATE:2026-11-25; Thursday=DATE:2026-11-26"},
	{"The summit opens Wednesday and talks resume Thursday.", "Wednesday=DATE:2026-11-25; Thursday=DATE:2026-11-26"},
	{"Elections are set for May.", "May=DATE:2027-05"},
	{"He set a mark in May.", "May=DATE:2026-05"},
	{"A slated visit in January.", "January=DATE:2027-01"},
	{"It would be handed over on some unnamed day in January.", "January=DATE:2027-01"},
	{"They would try to undo Wednesday's vote.", "Wednesday=DATE:2026-11-18"},
	{"They will vote ahead of Wednesday's deadline.", "Wednesday=DATE:2026-11-25"},
	{"It was hard to meet deadlines for the bigger boats deep into the summer.", "the summer=DATE:2026-SU"},
	{"She will one day lead; it took one day.", "one day=DATE:FUTURE_REF; one day=DURATION:P1D"})

CASES(tag_takes_along_what_belongs_to_an_extent, "en",
	{"It opens around Dec. 3.", "around Dec. 3=DATE:2026-12-03"},
	{"It won't pay until 2030 or later; for 2027 and beyond it will.", "2030 or later=DATE:2030; 2027 and beyond=DATE:2027"},
	{"He came in 2019 and later left.", "2019=DATE:2019"},
	{"For at least the past 18 months.", "at least the past 18 months=DURATION:P18M"},
	{"Over a three-year period; a three-year plan.", "a three-year period=DURATION:P3Y; three-year=DURATION:P3Y"},
	{"It rained in Easter week.", "Easter week=DATE:2026-W14"})

CASES(tag_knows_which_quarter_results_speak_of, "en",
	{"The fourth quarter will be weak, it said. In the latest quarter it lost.", "The fourth quarter=DATE:2026-Q4; the latest quarter=DATE:2026-Q3"},
	{"For the quarter ended June 30 it lost.", "the quarter=DATE:2026-Q2; June 30=DATE:2026-06-30"},
	{"In the third quarter it lost; in the first nine months it gained, against a loss in the 2025 period.",
		"the third quarter=DATE:2026-Q3; the first nine months=DURATION:P9M; the 2025 period=DATE:2025"})

CASES(tag_reads_german_dates_that_are_safe, "de", {"Am 5. März 2026 und am 12.04.2026 sprach May im Juni; morgen now.",
	"5. März 2026=DATE:2026-03-05; 12.04.2026=DATE:2026-04-12"})
CASES(tag_reads_spanish_dates_that_are_safe, "es", {"El 12 de marzo de 2026, el lunes.", "12 de marzo de 2026=DATE:2026-03-12"})
CASES(tag_reads_arabic_dates_that_are_safe, "ar",
	{"زار القاهرة في 11 أبريل 2026 وفي 12 نيسان/أبريل 2026.", "11 أبريل 2026=DATE:2026-04-11; 12 نيسان/أبريل 2026=DATE:2026-04-12"})
CASES(tag_reads_hindi_dates_that_are_safe, "hi", {"वह 11 अप्रैल 2026 को दिल्ली गए।", "11 अप्रैल 2026=DATE:2026-04-11"})
CASES(tag_reads_chinese_dates_that_are_safe, "zh",
	{"他在2026年4月11日访问北京。2026-04-12结束，2026年13月1日。", "2026年4月11日=DATE:2026-04-11; 2026-04-12=DATE:2026-04-12"})
CASES(tag_reads_korean_dates_that_are_safe, "ko", {"그는 2026년 4월 11일에 왔다.", "2026년 4월 11일=DATE:2026-04-11"})
CASES(tag_reads_no_croatian_month_that_is_another_in_polish, "hr", {"Dana 5. listopada 2026. i 5.10.2026.", "5.10.2026=DATE:2026-10-05"})
CASES(tag_reads_russian_dates_that_are_safe, "ru", {"Это было 9 мая 2025 года.", "9 мая 2025=DATE:2025-05-09"})
CASES(tag_leaves_unspaced_scripts_unharmed, "ja", {"4月11日に会合が開かれた。", ""})

static void tag_counts_offsets_in_code_points(void **state)
{
	struct time_anchor anchor = anchor_of(NULL);
	struct time_mention *mentions;
	(void)state;
	assert_int_equal(times_find(&arena, SLICE("Málaga — “so”: Sunday’s vote, 中文, on May 3."), SLICE("en"), &anchor, &mentions), 2);
	assert_int_equal(mentions[0].start_point, 15);
	assert_int_equal(mentions[0].end_point, 21);
	assert_int_equal(mentions[1].start_point, 37);
	assert_int_equal(mentions[1].end_point, 42);
}

static void tag_writes_what_a_time_was_completed_from(void **state)
{
	struct time_anchor anchor = anchor_of(NULL);
	struct time_mention *mentions;
	struct slice text = SLICE("Early next year, in 2019, the next year.");
	struct json_writer writer;
	struct buf out;
	(void)state;
	size_t count = times_find(&arena, text, SLICE("en"), &anchor, &mentions);
	buf_init_arena(&out, &arena, 1 << 16);
	json_begin(&writer, &arena, &out);
	json_open_array(&writer);
	times_write(&writer, text, "caption", 2, &anchor, mentions, count);
	json_close_array(&writer);
	assert_true(json_finish(&writer));
	assert_slice(buf_slice(&out),
		"[{\"text\":\"Early next year\",\"start\":0,\"end\":15,\"field\":\"caption\",\"image\":2,\"type\":\"DATE\",\"value\":\"2027\",\"mod\":\"START\","
		"\"anchor\":\"datePublished\"},{\"text\":\"2019\",\"start\":20,\"end\":24,\"field\":\"caption\",\"image\":2,\"type\":\"DATE\",\"value\":\"2019\"},"
		"{\"text\":\"the next year\",\"start\":26,\"end\":39,\"field\":\"caption\",\"image\":2,\"type\":\"DATE\",\"value\":\"2020\",\"anchor\":\"text\"}]");
}

static void tag_keeps_its_words_of_time_sorted(void **state)
{
	size_t count;
	const struct time_word *words = time_words(&count);
	(void)state;
	for (size_t i = 0; i < count; i++) {
		if (i && strcmp(words[i - 1].text, words[i].text) >= 0)
			fail_msg("%s stands behind %s", words[i].text, words[i - 1].text);
		assert_ptr_equal(time_word_find(slice_of(words[i].text)), &words[i]);
	}
	assert_null(time_word_find(SLICE("mondayish")));
	assert_non_null(time_word_find(SLICE("TUESDAY")));
}

static void tag_knows_weeks_and_feasts(void **state)
{
	int64_t year;
	(void)state;
	assert_int_equal(iso_week(clock_days_from_civil(2021, 1, 3), &year), 53);
	assert_int_equal(year, 2020);
	assert_int_equal(iso_week(clock_days_from_civil(2018, 12, 31), &year), 1);
	assert_int_equal(year, 2019);
	assert_int_equal(weekday_of(clock_days_from_civil(1969, 12, 28)), 7);
	assert_int_equal(holiday_days(EASTER, 2024), clock_days_from_civil(2024, 3, 31));
	assert_int_equal(holiday_days(EASTER, 1981), clock_days_from_civil(1981, 4, 19));
	assert_int_equal(holiday_days(THANKSGIVING, 2023), clock_days_from_civil(2023, 11, 23));
	assert_int_equal(holiday_days(MEMORIAL_DAY, 2027), clock_days_from_civil(2027, 5, 31));
	assert_int_equal(civil_add_months((struct civil){2024, 3, 31}, -1).day, 29);
}

/* What could cost more than linear time: much of what begins an expression and never ends one. */
static void tag_finds_times_in_hostile_text(void **state)
{
	static const char *const PIECES[] = {"the early ", "at least more than ", "1", "'", "the end of ", "twenty-", "last ", "a ", "Nov. 1-"};
	struct time_anchor anchor = anchor_of(NULL);
	(void)state;
	for (size_t i = 0; i < sizeof(PIECES) / sizeof(PIECES[0]); i++) {
		struct time_mention *mentions;
		struct buf text;
		buf_init_arena(&text, &arena, 1 << 21);
		while (text.len < 200000)
			buf_append_cstr(&text, PIECES[i]);
		size_t count = times_find(&arena, buf_slice(&text), SLICE("en"), &anchor, &mentions);
		for (size_t m = 1; m < count; m++)
			assert_true(mentions[m - 1].end <= mentions[m].start);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tag_reads_fiscal_years_by_the_year_they_end_in),
		cmocka_unit_test(tag_reads_both_ends_of_ranges),
		cmocka_unit_test(tag_reads_times_of_day_in_words_and_by_the_clock_of_soldiers),
		cmocka_unit_test(tag_reads_compound_centuries_and_no_names),
		cmocka_unit_test(tag_hears_what_is_planned),
		cmocka_unit_test(tag_takes_along_what_belongs_to_an_extent),
		cmocka_unit_test(tag_knows_which_quarter_results_speak_of),
		cmocka_unit_test(tag_reads_arabic_dates_that_are_safe),
		cmocka_unit_test(tag_reads_hindi_dates_that_are_safe),
		cmocka_unit_test(tag_reads_chinese_dates_that_are_safe),
		cmocka_unit_test(tag_reads_korean_dates_that_are_safe),
		cmocka_unit_test(tag_reads_no_croatian_month_that_is_another_in_polish),
		cmocka_unit_test(tag_places_weekdays_by_the_tense_of_the_sentence),
		cmocka_unit_test(tag_completes_months_and_days_to_the_likely_year),
		cmocka_unit_test(tag_reads_weeks_months_and_years_from_the_anchor),
		cmocka_unit_test(tag_takes_the_early_the_late_and_the_end_of_things_along),
		cmocka_unit_test(tag_reads_decades_and_centuries),
		cmocka_unit_test(tag_reads_quarters_halves_and_seasons),
		cmocka_unit_test(tag_reads_times_of_day_with_their_day),
		cmocka_unit_test(tag_reads_durations),
		cmocka_unit_test(tag_moves_from_the_anchor_or_from_the_date_named_last),
		cmocka_unit_test(tag_reads_what_recurs),
		cmocka_unit_test(tag_reads_words_for_present_past_and_future),
		cmocka_unit_test(tag_reads_holidays),
		cmocka_unit_test(tag_leaves_other_words_and_numbers_alone),
		cmocka_unit_test(tag_reads_dates_in_figures),
		cmocka_unit_test(tag_leaves_values_open_without_an_anchor),
		cmocka_unit_test(tag_reads_german_dates_that_are_safe),
		cmocka_unit_test(tag_reads_spanish_dates_that_are_safe),
		cmocka_unit_test(tag_reads_russian_dates_that_are_safe),
		cmocka_unit_test(tag_leaves_unspaced_scripts_unharmed),
		cmocka_unit_test(tag_counts_offsets_in_code_points),
		cmocka_unit_test(tag_writes_what_a_time_was_completed_from),
		cmocka_unit_test(tag_keeps_its_words_of_time_sorted),
		cmocka_unit_test(tag_knows_weeks_and_feasts),
		cmocka_unit_test(tag_finds_times_in_hostile_text),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
