#include "unit.h"

#include "extract/captions.h"

struct split {
	const char *line, *caption, *credit;
};

static void expect_splits(const struct split *samples, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct slice caption, credit;
		caption_split(slice_of(samples[i].line), &caption, &credit);
		assert_slice(caption, samples[i].caption);
		assert_slice(credit, samples[i].credit);
	}
}

static void caption_split_parts_the_credit(void **state)
{
	static const struct split samples[] = {
	        {"The port at dawn. (Reuters)", "The port at dawn.", "Reuters"},
	        {"The port at dawn. Photo: Ana Brandt", "The port at dawn.", "Ana Brandt"},
	        {"Der Hafen am Morgen. Foto: Tom Lind/dpa", "Der Hafen am Morgen.", "Tom Lind/dpa"},
	        {"The port at dawn / AFP-Yonhap", "The port at dawn", "AFP-Yonhap"},
	        {"The port at dawn [File: AP]", "The port at dawn", "File: AP"},
	        {"© Ana Brandt", "", "Ana Brandt"},
	        {"Getty Images", "", "Getty Images"},
	        {"Le port à l'aube. Crédit photo : Ana Brandt", "Le port à l'aube.", "Ana Brandt"},
	};
	(void)state;
	expect_splits(samples, sizeof(samples) / sizeof(*samples));
}

static void caption_split_knows_credits_in_many_languages(void **state)
{
	static const struct split samples[] = {
	        {"The ferry leaves the pier on Tuesday. Henrik Dahl/Northwire", "The ferry leaves the pier on Tuesday.", "Henrik Dahl/Northwire"},
	        {"Delegates in the assembly hall in Geneva. Aline Perrin", "Delegates in the assembly hall in Geneva.", "Aline Perrin"},
	        {"島の子どもたち。 撮影・高橋修", "島の子どもたち。", "高橋修"},
	        {"The mayor opened the bridge. It was built in 1905", "The mayor opened the bridge. It was built in 1905", ""},
	        {"A dome by night. Velm, May 2024", "A dome by night. Velm, May 2024", ""},
	        {"The dome at night. Photo by Eva Roth", "The dome at night.", "Eva Roth"},
	        {"The dome at night (Photo: Eva Roth/AFP)", "The dome at night", "Eva Roth/AFP"},
	        {"The dome at night. (AP Photo/Eva Roth)", "The dome at night.", "AP Photo/Eva Roth"},
	        {"The dome at night © Eva Roth", "The dome at night", "Eva Roth"},
	        {"The dome at night. Foto: Eva Roth/dpa", "The dome at night.", "Eva Roth/dpa"},
	        {"The dome at night. Bild: Eva Roth", "The dome at night.", "Eva Roth"},
	        {"Le dôme. Crédit photo : Eva Roth", "Le dôme.", "Eva Roth"},
	        {"Le dôme la nuit. Photo Eva Roth / AFP", "Le dôme la nuit.", "Eva Roth / AFP"},
	        {"La cúpula. Foto: EFE", "La cúpula.", "EFE"},
	        {"La cupola. Foto di Eva Roth", "La cupola.", "Eva Roth"},
	        {"La cúpula. Fotografía de Eva Roth", "La cúpula.", "Eva Roth"},
	        {"A cúpula. Foto: Eva Roth/Agência Velm", "A cúpula.", "Eva Roth/Agência Velm"},
	        {"De koepel. Foto: Eva Roth", "De koepel.", "Eva Roth"},
	        {"De koepel. © ANP", "De koepel.", "ANP"},
	        {"Kupolen. Foto: Eva Roth/TT", "Kupolen.", "Eva Roth/TT"},
	        {"Kuplen. Foto: Eva Roth/Ritzau Scanpix", "Kuplen.", "Eva Roth/Ritzau Scanpix"},
	        {"Kupoli yöllä. Kuva: Eva Roth", "Kupoli yöllä.", "Eva Roth"},
	        {"Kopuła. Fot. Eva Roth", "Kopuła.", "Eva Roth"},
	        {"Kopule. Foto: Eva Roth, ČTK", "Kopule.", "Eva Roth, ČTK"},
	        {"Kupola. Fotó: Eva Roth / MTI", "Kupola.", "Eva Roth / MTI"},
	        {"Купол ночью. Фото: Ева Рот", "Купол ночью.", "Ева Рот"},
	        {"Купол ночью. Фото: Ева Рот / ТАСС", "Купол ночью.", "Ева Рот / ТАСС"},
	        {"Kubbe. Fotoğraf: Eva Roth", "Kubbe.", "Eva Roth"},
	        {"돔의 밤. 사진=홍길동 기자", "돔의 밤.", "홍길동 기자"},
	        {"돔의 밤. /연합뉴스", "돔의 밤.", "연합뉴스"},
	        {"돔의 밤 (사진: 홍길동)", "돔의 밤", "홍길동"},
	        {"夜のドーム（写真：高橋美咲）", "夜のドーム", "高橋美咲"},
	        {"夜のドーム＝高橋美咲撮影", "夜のドーム", "高橋美咲"},
	        {"夜间的圆顶。新华社记者 陈雨桐 摄", "夜间的圆顶。", "新华社记者 陈雨桐"},
	        {"夜间的圆顶。（图：陈雨桐）", "夜间的圆顶。", "陈雨桐"},
	        {"夜間的圓頂。圖／陳雨桐", "夜間的圓頂。", "陳雨桐"},
	        {"القبة ليلا. تصوير: سلمى الخطيب", "القبة ليلا.", "سلمى الخطيب"},
	        {"הכיפה בלילה. צילום: נועה ברקוביץ", "הכיפה בלילה.", "נועה ברקוביץ"},
	        {"गुंबद। फोटो: मीनाक्षी", "गुंबद।", "मीनाक्षी"},
	        {"Mái vòm. Ảnh: Nguyễn Hồng", "Mái vòm.", "Nguyễn Hồng"},
	        {"โดม (ภาพ: สุชาดา)", "โดม", "สุชาดา"},
	        {"Ο θόλος. Φωτογραφία: Ελένη Παπαδάκη", "Ο θόλος.", "Ελένη Παπαδάκη"},
	        {"Cupola. Foto: Radu Țurcan", "Cupola.", "Radu Țurcan"},
	        {"Kubah (Foto: Antara)", "Kubah", "Antara"},
	        {"The dome [Image: Eva Roth]", "The dome", "Eva Roth"},
	        {"The dome. Image source, Getty Images", "The dome.", "Getty Images"},
	        {"The dome | Credit: Eva Roth", "The dome", "Eva Roth"},
	        {"The dome. Picture: Eva Roth", "The dome.", "Eva Roth"},
	        {"The dome Eva Roth/Getty Images", "The dome", "Eva Roth/Getty Images"},
	        {"The photo shows the dome as it was in 1905", "The photo shows the dome as it was in 1905", ""},
	        {"A picture of the dome, taken by a student", "A picture of the dome, taken by a student", ""},
	};
	(void)state;
	expect_splits(samples, sizeof(samples) / sizeof(*samples));
}

static void caption_split_leaves_a_plain_caption_whole(void **state)
{
	struct slice caption, credit;
	(void)state;
	caption_split(SLICE("The mayor (left) and her deputy on the bridge"), &caption, &credit);
	assert_slice(caption, "The mayor (left) and her deputy on the bridge");
	assert_slice(credit, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(caption_split_parts_the_credit),
	        cmocka_unit_test(caption_split_knows_credits_in_many_languages),
	        cmocka_unit_test(caption_split_leaves_a_plain_caption_whole),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
