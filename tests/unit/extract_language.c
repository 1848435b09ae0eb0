#include "witharena.h"

#include "extract/language.h"

static void expect(const char *body, const char *declared, const char *want)
{
	struct article article;
	WITH_ARENA();
	article_init(&article);
	article.body = slice_of(body);
	language_detect(&arena, (struct sourced){slice_of(declared), "meta"}, &article);
	assert_slice(article.language, want);
	arena_release(&arena);
}

static void language_is_told_from_words(void **state)
{
	(void)state;
	expect("The harbour was closed for three days because of the storm, and the ships had to wait at sea until the wind turned.", "", "en");
	expect("Der Hafen war wegen des Sturms drei Tage lang geschlossen, und die Schiffe mussten auf See warten, bis der Wind drehte.", "", "de");
	expect("Le port a été fermé pendant trois jours à cause de la tempête, et les navires ont dû attendre en mer.", "", "fr");
	expect("El puerto estuvo cerrado durante tres días por la tormenta y los barcos tuvieron que esperar en el mar.", "", "es");
	expect("O porto esteve fechado durante três dias por causa da tempestade, e os navios não puderam entrar.", "", "pt");
	expect("Порт был закрыт на три дня из-за шторма, и суда должны были ждать в море, пока не сменился ветер.", "", "ru");
	expect("Порт був закритий на три дні через шторм, і судна мали чекати в морі, поки не змінився вітер, але їх не було видно.", "", "uk");
	expect("Hamnen var stängd i tre dagar på grund av stormen, och fartygen fick vänta till havs tills vinden vände.", "", "sv");
	expect("Обсерваторія на горі Вельм відкриє свій великий купол для публіки у червні, повідомив університет.", "", "uk");
	expect("Абсерваторыя на гары Вельм адкрые свой вялікі купал для публікі ў чэрвені, паведаміў універсітэт.", "", "be");
	expect("Обсерваторията на връх Велм ще отвори големия си купол за публика през юни, съобщи университетът.", "", "bg");
	expect("Observatoriet på fjellet Velm åpner den store kuppelen for publikum i juni, opplyste universitetet. Det er blitt et lite museum.", "", "nb");
	expect("Observatoriet på bjerget Velm åbner sin store kuppel for publikum i juni, oplyste universitetet. Det er blevet et lille museum.", "", "da");
	expect("Liman fırtına nedeniyle üç gün kapalı kaldı ve gemiler rüzgar dönene kadar denizde beklemek için bir yer aradı.", "", "tr");
}

static void language_is_told_from_scripts(void **state)
{
	(void)state;
	expect("항구는 폭풍으로 사흘 동안 닫혀 있었다.", "", "ko");
	expect("港は嵐のため三日間閉鎖された。", "", "ja");
	expect("港口因风暴关闭了三天，这些船只好在海上等待。", "", "zh-Hans");
	expect("港口因風暴關閉了三天，這些船隻好在海上等待，時間過去了。", "", "zh-Hant");
	expect("Το λιμάνι έμεινε κλειστό τρεις ημέρες.", "", "el");
}

static void language_believes_the_text_before_the_declaration(void **state)
{
	(void)state;
	expect("Der Hafen war wegen des Sturms drei Tage lang geschlossen, und die Schiffe mussten auf See warten, bis der Wind drehte.", "en-US", "de");
}

static void language_says_where_it_is_from(void **state)
{
	struct article article;
	(void)state;
	WITH_ARENA();
	article_init(&article);
	language_detect(&arena, (struct sourced){SLICE("pt"), "opengraph"}, &article);
	assert_string_equal(article.language_source, "opengraph");
	article.body = SLICE("The harbour was closed for three days because of the storm, and the ships had to wait at sea until the wind turned.");
	language_detect(&arena, (struct sourced){SLICE("pt"), "opengraph"}, &article);
	assert_string_equal(article.language_source, "text");
	arena_release(&arena);
}

static void language_takes_the_declaration_where_the_text_is_silent(void **state)
{
	(void)state;
	expect("", "pt_BR", "pt");
	expect("", "", "");
	expect("", "x-unknown", "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(language_is_told_from_words),
		cmocka_unit_test(language_is_told_from_scripts),
		cmocka_unit_test(language_believes_the_text_before_the_declaration),
		cmocka_unit_test(language_says_where_it_is_from),
		cmocka_unit_test(language_takes_the_declaration_where_the_text_is_silent),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
