/* timewords: see timewords.h. The rows are sorted, so that a look-up is a binary search. */
#include "tag/timewords.h"

#include "tag/timecalendar.h"
#include "tag/wordlist.h"

#define W(text, kind, value) {text, kind, value, 0}
#define F(text, kind, value, flags) {text, kind, value, flags}
#define PAST(text) {text, TK_TENSE, TENSE_PAST, 0}
#define FUTURE(text) {text, TK_TENSE, TENSE_FUTURE, 0}

static const struct time_word WORDS[] = {
	W("a", TK_A, 0), W("about", TK_APPROX, MOD_APPROX), W("additional", TK_MORE, 0), W("after", TK_PREPOSITION, TENSE_NONE),
	W("afternoon", TK_DAYPART, DAYPART_AFTERNOON), F("afternoons", TK_DAYPART, DAYPART_AFTERNOON, WORD_PLURAL),
	W("ago", TK_AGO, 0), FUTURE("aims"), W("almost", TK_APPROX, MOD_LESS_THAN), W("am", TK_AMPM, 0), W("an", TK_A, 0),
	W("and", TK_AND, 0), W("approximately", TK_APPROX, MOD_APPROX), F("apr", TK_MONTH, 4, WORD_SHORT | WORD_CAPITAL),
	F("april", TK_MONTH, 4, 0), PAST("arose"), W("around", TK_APPROX, MOD_APPROX), FUTURE("arrives"), W("as", TK_PREPOSITION, TENSE_NONE),
	F("ash", TK_FEAST, FEAST_ASH, WORD_CAPITAL), W("at", TK_PREPOSITION, TENSE_NONE), PAST("ate"),
	F("aug", TK_MONTH, 8, WORD_SHORT | WORD_CAPITAL), F("august", TK_MONTH, 8, 0), F("autumn", TK_SEASON, SEASON_FALL, 0),
	FUTURE("be"), PAST("became"), PAST("been"),
	W("before", TK_PREPOSITION, TENSE_NONE), PAST("began"), FUTURE("begin"), W("beginning", TK_EDGE, PART_BEGINNING), FUTURE("begins"),
	W("between", TK_PREPOSITION, TENSE_NONE), F("billion", TK_MILLION, 0, 0), PAST("bought"),
	F("boxing", TK_FEAST, FEAST_BOXING, WORD_CAPITAL), PAST("broke"), PAST("brought"), PAST("built"),
	PAST("burst"), W("business", TK_BUSINESS, 0), W("by", TK_PREPOSITION, TENSE_FUTURE),
	W("calendar", TK_FISCAL, 0), PAST("came"), FUTURE("can"), PAST("caught"),
	F("centuries", TK_UNIT, UNIT_CENTURY, WORD_PLURAL), F("century", TK_UNIT, UNIT_CENTURY, 0),
	PAST("chose"), F("christmas", TK_HOLIDAY, CHRISTMAS_DAY, WORD_CAPITAL),
	F("columbus", TK_FEAST, FEAST_COLUMBUS, WORD_CAPITAL),
	W("coming", TK_RELATION, RELATION_COMING), W("comparable", TK_RELATION, RELATION_SAME),
	W("consecutive", TK_BUSINESS, 0), FUTURE("convenes"), W("corresponding", TK_RELATION, RELATION_SAME), PAST("cost"), FUTURE("could"),
	W("couple", TK_COUPLE, 2), W("current", TK_RELATION, RELATION_CURRENT),
	W("currently", TK_REFERENCE, REFERENCE_PRESENT),
	W("daily", TK_FREQUENCY, UNIT_DAY), F("day", TK_UNIT, UNIT_DAY, 0), F("days", TK_UNIT, UNIT_DAY, WORD_PLURAL),
	F("dec", TK_MONTH, 12, WORD_SHORT | WORD_CAPITAL), F("decade", TK_UNIT, UNIT_DECADE, 0),
	F("decades", TK_UNIT, UNIT_DECADE, WORD_PLURAL), F("december", TK_MONTH, 12, 0), PAST("did"), PAST("died"),
	W("dozen", TK_MAGNITUDE, 12), F("dozens", TK_VAGUE, 0, WORD_PLURAL), PAST("drew"), PAST("drove"), FUTURE("due"),
	W("during", TK_PREPOSITION, TENSE_NONE),
	W("each", TK_EVERY, 0), W("earlier", TK_PART, PART_EARLIER), W("early", TK_PART, PART_EARLY),
	F("easter", TK_HOLIDAY, EASTER, WORD_CAPITAL), FUTURE("effective"), W("eight", TK_CARDINAL, 8),
	W("eighteen", TK_CARDINAL, 18), W("eighteenth", TK_ORDINAL, 18), W("eighth", TK_ORDINAL, 8),
	W("eighties", TK_DECADE, 80), W("eighty", TK_CARDINAL, 80), W("eleven", TK_CARDINAL, 11), W("eleventh", TK_ORDINAL, 11),
	W("end", TK_EDGE, PART_END), W("entire", TK_WHOLE, 0), W("evening", TK_DAYPART, DAYPART_EVENING),
	F("evenings", TK_DAYPART, DAYPART_EVENING, WORD_PLURAL), W("every", TK_EVERY, 0), FUTURE("expected"), FUTURE("expects"),
	FUTURE("expire"), FUTURE("expires"),
	F("fall", TK_SEASON, SEASON_FALL, WORD_AMBIGUOUS), F("feb", TK_MONTH, 2, WORD_SHORT | WORD_CAPITAL),
	F("february", TK_MONTH, 2, 0), PAST("fell"), PAST("felt"), W("few", TK_VAGUE, 0), W("fifteen", TK_CARDINAL, 15),
	W("fifteenth", TK_ORDINAL, 15), W("fifth", TK_ORDINAL, 5), W("fifties", TK_DECADE, 50), W("fifty", TK_CARDINAL, 50),
	W("final", TK_ORDINAL, 4), W("first", TK_ORDINAL, 1), W("fiscal", TK_FISCAL, 0), W("five", TK_CARDINAL, 5),
	PAST("fled"), PAST("flew"), W("following", TK_RELATION, RELATION_FOLLOWING), W("for", TK_PREPOSITION, TENSE_NONE),
	W("forties", TK_DECADE, 40), W("fortnight", TK_UNIT, UNIT_FORTNIGHT),
	F("fortnights", TK_UNIT, UNIT_FORTNIGHT, WORD_PLURAL), W("forty", TK_CARDINAL, 40), PAST("fought"), PAST("found"),
	W("four", TK_CARDINAL, 4), W("fourteen", TK_CARDINAL, 14), W("fourteenth", TK_ORDINAL, 14), W("fourth", TK_ORDINAL, 4),
	F("fri", TK_WEEKDAY, 5, WORD_SHORT | WORD_AMBIGUOUS), F("friday", TK_WEEKDAY, 5, 0),
	F("fridays", TK_WEEKDAY, 5, WORD_PLURAL), W("from", TK_PREPOSITION, TENSE_NONE), W("full", TK_WHOLE, 0),
	W("future", TK_REFERENCE, REFERENCE_FUTURE),
	PAST("gave"), FUTURE("going"), F("good", TK_FEAST, FEAST_GOOD, WORD_CAPITAL), PAST("got"),
	PAST("grew"),
	PAST("had"), W("half", TK_HALF, 0), F("halloween", TK_HOLIDAY, HALLOWEEN, WORD_CAPITAL), PAST("has"), PAST("have"),
	PAST("heard"), PAST("held"), W("hence", TK_HENCE, 0), PAST("hit"), FUTURE("hopes"), F("hour", TK_UNIT, UNIT_HOUR, 0),
	F("hours", TK_UNIT, UNIT_HOUR, WORD_PLURAL), W("hundred", TK_MAGNITUDE, 100), F("hundreds", TK_VAGUE, 0, WORD_PLURAL),
	W("in", TK_PREPOSITION, TENSE_NONE), F("independence", TK_FEAST, FEAST_INDEPENDENCE, WORD_CAPITAL),
	W("into", TK_PREPOSITION, TENSE_NONE),
	F("jan", TK_MONTH, 1, WORD_SHORT | WORD_CAPITAL), F("january", TK_MONTH, 1, 0),
	F("jul", TK_MONTH, 7, WORD_SHORT | WORD_CAPITAL), F("july", TK_MONTH, 7, 0),
	F("jun", TK_MONTH, 6, WORD_SHORT | WORD_CAPITAL | WORD_AMBIGUOUS), F("june", TK_MONTH, 6, WORD_CAPITAL),
	W("just", TK_APPROX, MOD_NONE),
	PAST("kept"), PAST("knew"),
	F("labor", TK_FEAST, FEAST_LABOR, WORD_CAPITAL), F("labour", TK_FEAST, FEAST_LABOR, WORD_CAPITAL),
	W("last", TK_RELATION, RELATION_LAST), W("late", TK_PART, PART_LATE), W("later", TK_PART, PART_LATER),
	W("latest", TK_RELATION, RELATION_LATEST), W("least", TK_LEAST, 0), PAST("led"), PAST("left"), PAST("lent"),
	W("less", TK_LESS, 0), W("long", TK_LONG, 0), PAST("lost"),
	PAST("made"), W("many", TK_VAGUE, 0), F("mar", TK_MONTH, 3, WORD_SHORT | WORD_CAPITAL | WORD_AMBIGUOUS),
	F("march", TK_MONTH, 3, WORD_CAPITAL | WORD_AMBIGUOUS), F("may", TK_MONTH, 5, WORD_CAPITAL | WORD_AMBIGUOUS),
	FUTURE("meet"), FUTURE("meets"), F("memorial", TK_FEAST, FEAST_MEMORIAL, WORD_CAPITAL), PAST("met"), W("mid", TK_PART, PART_MID),
	W("midday", TK_NOON, 12), W("middle", TK_EDGE, PART_MIDDLE), W("midnight", TK_NOON, 24), FUTURE("might"),
	F("millennium", TK_UNIT, UNIT_MILLENNIUM, 0), F("million", TK_MILLION, 0, 0), F("minute", TK_UNIT, UNIT_MINUTE, 0),
	F("minutes", TK_UNIT, UNIT_MINUTE, WORD_PLURAL), F("mon", TK_WEEKDAY, 1, WORD_SHORT | WORD_AMBIGUOUS),
	F("monday", TK_WEEKDAY, 1, 0), F("mondays", TK_WEEKDAY, 1, WORD_PLURAL), F("month", TK_UNIT, UNIT_MONTH, 0),
	W("monthly", TK_FREQUENCY, UNIT_MONTH), F("months", TK_UNIT, UNIT_MONTH, WORD_PLURAL), W("more", TK_MORE, 0),
	W("morning", TK_DAYPART, DAYPART_MORNING), F("mornings", TK_DAYPART, DAYPART_MORNING, WORD_PLURAL),
	W("most", TK_LEAST, 1), FUTURE("must"),
	W("nearly", TK_APPROX, MOD_LESS_THAN), F("new", TK_FEAST, FEAST_NEW, WORD_CAPITAL),
	W("next", TK_RELATION, RELATION_NEXT), W("night", TK_DAYPART, DAYPART_NIGHT),
	F("nights", TK_DAYPART, DAYPART_NIGHT, WORD_PLURAL), W("nine", TK_CARDINAL, 9), W("nineteen", TK_CARDINAL, 19),
	W("nineteenth", TK_ORDINAL, 19), W("nineties", TK_DECADE, 90), W("ninety", TK_CARDINAL, 90), W("ninth", TK_ORDINAL, 9),
	W("no", TK_APPROX, MOD_NONE), W("noon", TK_NOON, 12), F("nov", TK_MONTH, 11, WORD_SHORT | WORD_CAPITAL),
	F("november", TK_MONTH, 11, 0), W("now", TK_REFERENCE, REFERENCE_PRESENT),
	W("nowadays", TK_REFERENCE, REFERENCE_PRESENT),
	F("oct", TK_MONTH, 10, WORD_SHORT | WORD_CAPITAL), F("october", TK_MONTH, 10, 0), W("of", TK_OF, 0),
	W("old", TK_OLD, 0), W("older", TK_OLD, 0), W("on", TK_PREPOSITION, TENSE_NONE), W("once", TK_ONCE, 0),
	W("one", TK_CARDINAL, 1), FUTURE("opens"), W("or", TK_OR, 0), W("other", TK_MORE, 2), W("over", TK_APPROX, MOD_MORE_THAN),
	W("overnight", TK_OVERNIGHT, 0),
	PAST("paid"), F("palm", TK_FEAST, FEAST_PALM, WORD_CAPITAL), W("past", TK_RELATION, RELATION_PAST), FUTURE("payable"),
	W("per", TK_EVERY, 1), F("period", TK_PERIOD, 0, 0), FUTURE("plan"), FUTURE("planned"),
	FUTURE("plans"), W("pm", TK_AMPM, 12), W("post", TK_POST, 0), W("preceding", TK_RELATION, RELATION_PREVIOUS),
	W("previous", TK_RELATION, RELATION_PREVIOUS), W("prior", TK_RELATION, RELATION_PREVIOUS),
	F("quarter", TK_UNIT, UNIT_QUARTER, 0), FUTURE("quarterly"), F("quarters", TK_UNIT, UNIT_QUARTER, WORD_PLURAL),
	PAST("ran"), PAST("read"), W("recent", TK_RELATION, RELATION_RECENT), W("recently", TK_REFERENCE, REFERENCE_PAST),
	W("remainder", TK_EDGE, PART_REST), FUTURE("reopens"), W("rest", TK_EDGE, PART_REST), FUTURE("resume"), FUTURE("resumes"), W("right", TK_RIGHT, 0), PAST("rose"),
	W("roughly", TK_APPROX, MOD_APPROX),
	PAST("said"), W("same", TK_RELATION, RELATION_SAME), F("sat", TK_WEEKDAY, 6, WORD_SHORT | WORD_AMBIGUOUS),
	F("saturday", TK_WEEKDAY, 6, 0), F("saturdays", TK_WEEKDAY, 6, WORD_PLURAL), PAST("saw"), FUTURE("scheduled"),
	F("scores", TK_VAGUE, 0, WORD_PLURAL | WORD_AMBIGUOUS), W("second", TK_ORDINAL, 2),
	F("seconds", TK_UNIT, UNIT_SECOND, WORD_PLURAL), PAST("sent"), F("sep", TK_MONTH, 9, WORD_SHORT | WORD_CAPITAL),
	F("sept", TK_MONTH, 9, WORD_SHORT | WORD_CAPITAL), F("september", TK_MONTH, 9, 0), PAST("set"),
	W("seven", TK_CARDINAL, 7), W("seventeen", TK_CARDINAL, 17), W("seventeenth", TK_ORDINAL, 17),
	W("seventh", TK_ORDINAL, 7), W("seventies", TK_DECADE, 70), W("seventy", TK_CARDINAL, 70), W("several", TK_VAGUE, 0),
	FUTURE("shall"), PAST("shot"), FUTURE("should"), W("since", TK_PREPOSITION, TENSE_PAST), W("six", TK_CARDINAL, 6),
	W("sixteen", TK_CARDINAL, 16), W("sixteenth", TK_ORDINAL, 16), W("sixth", TK_ORDINAL, 6), W("sixties", TK_DECADE, 60),
	W("sixty", TK_CARDINAL, 60), FUTURE("slated"), W("so", TK_SO, 0), PAST("sold"), W("some", TK_VAGUE, 1),
	W("soon", TK_REFERENCE, REFERENCE_FUTURE), PAST("spent"), PAST("spoke"),
	F("spring", TK_SEASON, SEASON_SPRING, WORD_AMBIGUOUS), W("start", TK_EDGE, PART_BEGINNING), FUTURE("starts"), PAST("stole"),
	PAST("stood"), W("straight", TK_BUSINESS, 0), PAST("struck"), W("successive", TK_BUSINESS, 0),
	F("summer", TK_SEASON, SEASON_SUMMER, 0), F("sun", TK_WEEKDAY, 7, WORD_SHORT | WORD_AMBIGUOUS),
	F("sunday", TK_WEEKDAY, 7, 0), F("sundays", TK_WEEKDAY, 7, WORD_PLURAL), PAST("swept"),
	PAST("taught"), W("ten", TK_CARDINAL, 10), W("tenth", TK_ORDINAL, 10), W("than", TK_THAN, 0),
	F("thanksgiving", TK_HOLIDAY, THANKSGIVING, WORD_CAPITAL), W("that", TK_RELATION, RELATION_THAT), W("the", TK_THE, 0),
	W("these", TK_RELATION, RELATION_THESE), W("third", TK_ORDINAL, 3), W("thirteen", TK_CARDINAL, 13),
	W("thirteenth", TK_ORDINAL, 13), W("thirties", TK_DECADE, 30), W("thirtieth", TK_ORDINAL, 30),
	W("thirty", TK_CARDINAL, 30), W("this", TK_RELATION, RELATION_THIS), W("those", TK_RELATION, RELATION_THOSE),
	PAST("thought"), W("thousand", TK_MAGNITUDE, 0), F("thousands", TK_VAGUE, 0, WORD_PLURAL), W("three", TK_CARDINAL, 3),
	PAST("threw"), W("through", TK_PREPOSITION, TENSE_FUTURE), F("thu", TK_WEEKDAY, 4, WORD_SHORT),
	F("thur", TK_WEEKDAY, 4, WORD_SHORT), F("thurs", TK_WEEKDAY, 4, WORD_SHORT), F("thursday", TK_WEEKDAY, 4, 0),
	F("thursdays", TK_WEEKDAY, 4, WORD_PLURAL), W("till", TK_PREPOSITION, TENSE_FUTURE), W("time", TK_TIMES, 1),
	W("times", TK_TIMES, 0), W("to", TK_TO, 0), W("today", TK_DAYWORD, 1), PAST("told"), W("tomorrow", TK_DAYWORD, 2),
	W("tonight", TK_TONIGHT, 0), PAST("took"), W("trading", TK_BUSINESS, 0), F("tue", TK_WEEKDAY, 2, WORD_SHORT),
	F("tues", TK_WEEKDAY, 2, WORD_SHORT), F("tuesday", TK_WEEKDAY, 2, 0), F("tuesdays", TK_WEEKDAY, 2, WORD_PLURAL),
	W("twelfth", TK_ORDINAL, 12), W("twelve", TK_CARDINAL, 12), W("twenties", TK_DECADE, 20),
	W("twentieth", TK_ORDINAL, 20), W("twenty", TK_CARDINAL, 20), W("twice", TK_ONCE, 0), W("two", TK_CARDINAL, 2),
	W("under", TK_APPROX, MOD_LESS_THAN), W("until", TK_PREPOSITION, TENSE_FUTURE), W("up", TK_APPROX, MOD_EQUAL_OR_LESS),
	W("upcoming", TK_RELATION, RELATION_COMING),
	F("valentine", TK_FEAST, FEAST_VALENTINE, WORD_CAPITAL), F("veterans", TK_FEAST, FEAST_VETERANS, WORD_CAPITAL),
	PAST("was"), F("wed", TK_WEEKDAY, 3, WORD_SHORT | WORD_AMBIGUOUS), F("wednesday", TK_WEEKDAY, 3, 0),
	F("wednesdays", TK_WEEKDAY, 3, WORD_PLURAL), F("week", TK_UNIT, UNIT_WEEK, 0), F("weekend", TK_UNIT, UNIT_WEEKEND, 0),
	F("weekends", TK_UNIT, UNIT_WEEKEND, WORD_PLURAL), W("weekly", TK_FREQUENCY, UNIT_WEEK),
	F("weeks", TK_UNIT, UNIT_WEEK, WORD_PLURAL), PAST("went"), PAST("were"), W("whole", TK_WHOLE, 0), FUTURE("will"),
	F("winter", TK_SEASON, SEASON_WINTER, 0), W("within", TK_APPROX, MOD_NONE), PAST("won"), W("working", TK_BUSINESS, 0),
	FUTURE("would"), PAST("wrote"),
	F("year", TK_UNIT, UNIT_YEAR, 0), F("years", TK_UNIT, UNIT_YEAR, WORD_PLURAL), W("yesterday", TK_DAYWORD, 0),
};

#undef W
#undef F
#undef PAST
#undef FUTURE

const struct time_word *time_words(size_t *count)
{
	*count = sizeof(WORDS) / sizeof(WORDS[0]);
	return WORDS;
}

const struct time_word *time_word_find(struct slice word)
{
	if (word.len == 0 || word.len > 13)
		return NULL;
	size_t low = 0, high = sizeof(WORDS) / sizeof(WORDS[0]);
	while (low < high) {
		size_t middle = (low + high) / 2;
		int order = word_order(word, WORDS[middle].text);
		if (order == 0)
			return &WORDS[middle];
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}
