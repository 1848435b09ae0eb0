#include "unit.h"

#include "extract/datelabel.h"

static void labels_tell_publishing_from_change(void **state)
{
	static const char *const published[] = {"Published on ", "Veröffentlicht am", "Publié le ", "Publicado:", "Опубликовано", "ОПУБЛИКОВАНО", "発行・公開日：", "발행 입력", "Yayınlanma:", "เผยแพร่", "نُشر نشر في"};
	static const char *const changed[] = {"Last updated: ", "Published 2 May, updated", "Zuletzt aktualisiert am", "mis à jour le", "Обновлено:", "最終更新", "수정", "Güncelleme:", "อัปเดต", "آخر تحديث", "עודכן ב"};
	(void)state;
	for (size_t i = 0; i < sizeof published / sizeof *published; i++)
		if (date_label_of(slice_of(published[i])) != DATE_LABEL_PUBLISHED)
			fail_msg("%s", published[i]);
	for (size_t i = 0; i < sizeof changed / sizeof *changed; i++)
		if (date_label_of(slice_of(changed[i])) != DATE_LABEL_CHANGED)
			fail_msg("%s", changed[i]);
}

static void labels_are_whole_words_at_their_beginning(void **state)
{
	static const char *const none[] = {"By Ana Brandt", "Unpublished papers", "Thursday,", "", "Stand: ", "in Majdal"};
	(void)state;
	for (size_t i = 0; i < sizeof none / sizeof *none; i++)
		if (date_label_of(slice_of(none[i])) != DATE_LABEL_NONE)
			fail_msg("%s", none[i]);
}

static void labels_are_cut_with_what_leads_to_the_date(void **state)
{
	static const struct {
		const char *text, *want;
	} samples[] = {{"By Ana Brandt Published ", "By Ana Brandt"}, {"By Ana Brandt on Thursday, ", "By Ana Brandt"}, {"Von Ana Brandt, veröffentlicht am ", "Von Ana Brandt"},
		{"Oleh Dewi Kusumawati | Diterbitkan Kamis, ", "Oleh Dewi Kusumawati"}, {"By Ana Brandt ", "By Ana Brandt"}, {"Last updated ", ""}, {"Posted by Ana Brandt on ", "Posted by Ana Brandt"}, {"Ana Brandt, mis à jour le ", "Ana Brandt"}};
	(void)state;
	for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
		struct slice got = date_label_cut(slice_of(samples[i].text));
		while (got.len && strchr(" ,|", got.ptr[got.len - 1]))
			got.len--;
		assert_slice(got, samples[i].want);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(labels_tell_publishing_from_change),
		cmocka_unit_test(labels_are_whole_words_at_their_beginning),
		cmocka_unit_test(labels_are_cut_with_what_leads_to_the_date),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
