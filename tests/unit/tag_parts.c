/* Names that stand beside one another, where the ends of lines were lost. */
#include "tagcase.h"
#include "tagmodel.h"

static struct tag_case c;

/* The mentions, parted by bars. */
static const char *names(const char *marked)
{
	static char text[400];

	tag_case_read_with(&c, &model.lexicon, marked);
	text[0] = '\0';
	for (size_t m = 0; m < c.mentions.count; m++) {
		struct slice name = tag_case_text(&c, m);
		size_t length = strlen(text);
		snprintf(text + length, sizeof text - length, "%s%.*s", m ? "|" : "", SLICE_ARG(name));
	}
	tag_case_release(&c);
	return text;
}

static void parts_find_a_people_in_the_name_of_its_city(void **state)
{
	(void)state;
	assert_string_equal(names("They will meet in the [L Russian Far Eastern city of Vladivostok]."), "Russian|Vladivostok");
	assert_string_equal(names("They live in the [L Kenyan town of Kita Bay] now."), "Kenyan|Kita Bay");
	assert_string_equal(names("They live in the [L far eastern city of Vladivostok] now."), "Vladivostok");
	assert_string_equal(names("They live in [L Russian Hill], a [L Russian quarter of the city of]."), "Russian Hill|Russian quarter of the city of");
}

static void parts_end_a_signature_before_a_greeting(void **state)
{
	(void)state;
	assert_string_equal(names("It looks much better. [P Martha Henry], Take a look at the sheet."), "Martha|Henry");
	assert_string_equal(names("Thanks, [P Martha Quill Henry], Please call me."), "Martha Quill|Henry");
	assert_string_equal(names("Thanks, [P Martha Martha], I have seen it."), "Martha|Martha");
}

static void parts_keep_a_name_before_its_apposition(void **state)
{
	(void)state;
	assert_string_equal(names("[P Martha Henry], The Quarry Band and others played."), "Martha Henry");
	assert_string_equal(names("[P Martha Henry], The 1975 and others played."), "Martha Henry");
	assert_string_equal(names("[P Martha Henry], How Wars Begin, is out."), "Martha Henry");
	assert_string_equal(names("[P Martha Henry], the singer, and [P Martha Henry], who sang."), "Martha Henry|Martha Henry");
	assert_string_equal(names("[P Martha Kowalewicz], I think, is right."), "Martha Kowalewicz");
}

static void parts_begin_anew_where_a_name_is_said_again(void **state)
{
	(void)state;
	assert_string_equal(names("Regards, [P Martha Quill Martha Quill Henry], You are correct."), "Martha Quill|Martha Quill|Henry");
	assert_string_equal(names("[P Martha Quill Martha Quill Martha Quill] left."), "Martha Quill|Martha Quill|Martha Quill");
	assert_string_equal(names("[P Ali Al-Nasir Al-Ali Al-Nasir] and [P Hamid bin Ali bin Omar bin Ali] met."),
		"Ali Al-Nasir Al-Ali Al-Nasir|Hamid bin Ali bin Omar bin Ali");
}

static void mentions_end_before_the_next_sentence(void **state)
{
	(void)state;
	assert_string_equal(names("Thanks, [P Martha Here] you go. Best in [L Memphis This] shop is."), "Martha|Memphis");
	assert_string_equal(names("[P Martha This] Week said so."), "Martha This");
}

static void mentions_have_letters_and_are_no_files(void **state)
{
	(void)state;
	assert_string_equal(names("[P Martha Quill][O @]HARBOUR wrote."), "Martha Quill");
	assert_string_equal(names("See [P Martha_letter.doc], [O QuillStocksHO].pdf and [O QuillStocks.PDF]."), "");
	assert_string_equal(names("[O Quill.com]."), "Quill.com");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(parts_find_a_people_in_the_name_of_its_city),
		cmocka_unit_test(parts_end_a_signature_before_a_greeting),
		cmocka_unit_test(parts_keep_a_name_before_its_apposition),
		cmocka_unit_test(parts_begin_anew_where_a_name_is_said_again),
		cmocka_unit_test(mentions_end_before_the_next_sentence),
		cmocka_unit_test(mentions_have_letters_and_are_no_files),
	};
	return cmocka_run_group_tests(tests, open_model, close_model);
}
