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

static void datelines_are_no_part_of_a_sentence(void **state)
{
	(void)state;
	expect("Monday \u2013 " SENTENCE, "", "");
	expect("NATO summit \u2013 " SENTENCE, "", "");
	expect("The union (Reuters) - " SENTENCE, "", "");
	expect("The harbour (built in 1911) was closed - " SENTENCE, "", "");
	expect("PICTURES \u2013 A short line", "", "");
	expect("", "", "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(datelines_name_place_day_and_agency),
		cmocka_unit_test(datelines_are_no_part_of_a_sentence),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
