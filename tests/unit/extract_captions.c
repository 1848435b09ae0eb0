#include "unit.h"

#include "extract/captions.h"

static void caption_split_parts_the_credit(void **state)
{
	static const struct {
		const char *line, *caption, *credit;
	} samples[] = {
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
	for (size_t i = 0; i < sizeof(samples) / sizeof(*samples); i++) {
		struct slice caption, credit;
		caption_split(slice_of(samples[i].line), &caption, &credit);
		assert_slice(caption, samples[i].caption);
		assert_slice(credit, samples[i].credit);
	}
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
	        cmocka_unit_test(caption_split_leaves_a_plain_caption_whole),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
