/* quantities: see quantities.h.
 *
 *   quantity := sign amount | amount unit | sign? amount (- | to) sign? amount unit? | ordinal
 *
 * What stands around an amount decides; a number with nothing around it is none. */
#include "tag/quantities.h"

#include "tag/currencies.h"
#include "tag/measures.h"
#include "tag/money.h"
#include "tag/wordlist.h"

#define UNIT_TOKENS 4

/* A unit of up to four words behind the amount, perhaps behind a hyphen; the tokens it takes. */
static size_t unit_behind(const struct tokens *tokens, const struct amount *amount, struct quantity *found)
{
	size_t skip = joins_at(tokens, amount->last), at = amount->last + skip;

	if (!same_sentence(tokens, amount->first, at))
		return 0;
	for (size_t words = UNIT_TOKENS; words > 0; words--) {
		if (!same_sentence(tokens, amount->first, at + words - 1))
			continue;
		const struct measure *measure = measure_named(tokens_span(tokens, at, at + words - 1));
		if (!measure)
			continue;
		found->type = measure->kind == MEASURE_SHARE ? QUANTITY_PERCENT : QUANTITY_MEASURE;
		found->unit = measure->symbol;
		return skip + words;
	}
	if (amount->figures && is_glued(tokens, at) && (slice_is(text_at(tokens, at), "C") || slice_is(text_at(tokens, at), "F"))) {
		found->type = QUANTITY_MEASURE;
		found->unit = slice_is(text_at(tokens, at), "C") ? "°C" : "°F";
		return skip + 1;
	}
	return 0;
}

/* "10 inches" behind feet, as "10in", "-10", "-10-inch": adds them. */
static void add_inches(const struct tokens *tokens, struct quantity *found)
{
	size_t skip = joins_at(tokens, found->last), at = found->last + skip;
	double inches;

	if (!slice_is(slice_of(found->unit), "ft") || !same_sentence(tokens, found->first, at) ||
		!(tokens->items[at].flags & TOKEN_NUMBER) || !amount_figures(text_at(tokens, at), &inches) || inches >= 12)
		return;
	size_t mark = at + 1 + joins_at(tokens, at + 1);
	bool unit = is_at(tokens, mark, "in") || is_at(tokens, mark, "ins") || is_at(tokens, mark, "inch") || is_at(tokens, mark, "inches");
	if (unit && is_at(tokens, mark, "in") && !is_glued(tokens, mark))
		unit = false; /* "6ft 2 in the air" */
	if (!unit && !skip)
		return;
	found->value += inches / 12;
	found->last = (uint32_t)(unit ? mark + 1 : at + 1);
}

/* Words that count time when "second" is one of them: "per second", "one second", "a second later". */
static bool is_unit_of_time(const struct tokens *tokens, size_t at)
{
	struct slice next = text_at(tokens, at + 1);

	if (!is_at(tokens, at, "second"))
		return false;
	if (at > 0 && (is_at(tokens, at - 1, "per") || is_at(tokens, at - 1, "split") || is_at(tokens, at - 1, "one") || is_at(tokens, at - 1, "-")))
		return !(is_at(tokens, at - 1, "-") && at > 1 && count_word(text_at(tokens, at - 2)) && count_word(text_at(tokens, at - 2))->kind == COUNT_TENS);
	return at > 0 && is_at(tokens, at - 1, "a") &&
	       (next.len == 0 || is_at(tokens, at + 1, "later") || is_at(tokens, at + 1, "or") || tokens->items[at + 1].flags & TOKEN_PUNCT);
}

/* "a third of", "one-fifth", "two thirds": shares, not ranks. */
static bool is_fraction(const struct tokens *tokens, size_t at)
{
	size_t before = at > 0 && slice_is(text_at(tokens, at - 1), "-") ? at - 1 : at;

	if (before == 0 || !same_sentence(tokens, at, before - 1))
		return false;
	const struct count_word *word = count_word(text_at(tokens, before - 1));
	if (word && (word->kind == COUNT_ONES || word->kind == COUNT_MAGNITUDE))
		return true;
	bool article = is_at(tokens, before - 1, "a") || is_at(tokens, before - 1, "an");
	return (article && (is_at(tokens, at + 1, "of") || (before > 1 && is_at(tokens, before - 2, "by")))) || is_at(tokens, before - 1, "by");
}

/* "third", "twenty-first", "14th", "No. 1". */
static bool ordinal_at(const struct tokens *tokens, size_t at, struct quantity *found)
{
	struct slice next = text_at(tokens, at + 1);
	const struct count_word *word = count_word(text_at(tokens, at));
	double tens = 0;

	*found = (struct quantity){.first = (uint32_t)at, .last = (uint32_t)at + 1, .type = QUANTITY_ORDINAL};
	if (word && word->kind == COUNT_TENS && joins_at(tokens, at + 1)) {
		const struct count_word *ones = count_word(text_at(tokens, at + 2));
		if (!ones || ones->kind != COUNT_ORDINAL || ones->value > 9)
			return false;
		tens = word->value;
		word = ones;
		found->last += 2;
	}
	if (word && word->kind == COUNT_ORDINAL) {
		found->value = found->most = tens + word->value;
		return tens > 0 || !(is_unit_of_time(tokens, at) || is_fraction(tokens, at));
	}
	bool number = tokens->items[at].flags & TOKEN_CAPITAL && (slice_is(text_at(tokens, at), "No") || slice_is(text_at(tokens, at), "Nos"));
	if (number && slice_is(next, ".") && is_glued(tokens, at + 1) && same_sentence(tokens, at, at + 2) &&
		tokens->items[at + 2].flags & TOKEN_NUMBER && text_at(tokens, at + 2).len < 5) {
		found->last += 2;
		return amount_figures(text_at(tokens, at + 2), &found->value) && (found->most = found->value) > 0;
	}
	if (!(tokens->items[at].flags & TOKEN_NUMBER) || !is_glued(tokens, at + 1))
		return false;
	if (!slice_is(next, "st") && !slice_is(next, "nd") && !slice_is(next, "rd") && !slice_is(next, "th"))
		return false;
	found->last++;
	return amount_figures(text_at(tokens, at), &found->value) && (found->most = found->value) > 0;
}

/* "5-7", "2 to 3", "between 5 and 7": the amount behind, if the two make a range. */
static bool range_behind(const struct quantity_reading *r, const struct amount *low, bool sign, struct amount *high)
{
	const struct tokens *tokens = r->tokens;
	size_t at = low->last;
	bool between = low->first > sign && is_at(tokens, low->first - sign - 1, "between");

	if (low->factor != 1 || !same_sentence(tokens, low->first, at + 1))
		return false;
	if (!joins_at(tokens, at) && !is_at(tokens, at, "to") && !(between && is_at(tokens, at, "and")))
		return false;
	at++;
	if (sign && currency_of_sign(text_at(tokens, at)) && slice_equal(text_at(tokens, at), text_at(tokens, low->first - 1)))
		at++;
	if (!same_sentence(tokens, low->first, at) || !amount_read(tokens, at, high))
		return false;
	return high->value > low->value;
}

/* "magnitude 6.1", "magnitude-6.1" */
static bool magnitude_before(const struct quantity_reading *r, size_t at, struct quantity *found)
{
	size_t skip = at > r->floor && slice_is(text_at(r->tokens, at - 1), "-");

	if (at < r->floor + 1 + skip || !same_sentence(r->tokens, at, at - skip - 1) || !is_at(r->tokens, at - skip - 1, "magnitude") || found->value >= 11)
		return false;
	found->first = (uint32_t)(at - skip - 1);
	found->type = QUANTITY_MEASURE;
	found->unit = "magnitude";
	return true;
}

/* "In 2019 euros were scarce": four bare figures behind such a word are a year. */
static bool is_year(const struct tokens *tokens, const struct amount *amount)
{
	static const char *const before[] = {"by", "during", "in", "since", "until"};

	return amount->last == amount->first + 1 && amount_is_digits(tokens, amount->first, 4, 4) && amount->value >= 1900 && amount->value < 2100 &&
	       amount->first > 0 && wordlist_has(WORDLIST(before), text_at(tokens, amount->first - 1));
}

/* "-5%", "minus 5 degrees": the sign belongs to it. */
static void add_minus(const struct quantity_reading *r, struct quantity *found)
{
	const struct tokens *tokens = r->tokens;
	size_t at = found->first;

	if (at <= r->floor || found->most > found->value || !same_sentence(tokens, at, at - 1))
		return;
	struct slice sign = text_at(tokens, at - 1);
	bool mark = (slice_is(sign, "-") || slice_is(sign, "−")) && is_glued(tokens, at) && !is_glued(tokens, at - 1);
	if (!mark && !(slice_is(sign, "minus") && !is_glued(tokens, at)))
		return;
	found->first--;
	found->value = found->most = -found->value;
}

/* What the amount counts, by the words behind it; the tokens they take. Behind a sign that can only be money. */
static size_t counted_behind(const struct quantity_reading *r, const struct amount *amount, bool sign, struct quantity *found)
{
	size_t money = money_behind(r, amount, found);

	return money || sign ? money : unit_behind(r->tokens, amount, found);
}

/* False for most words, in one look. */
static bool may_begin(const struct tokens *tokens, size_t at)
{
	return tokens->items[at].flags & (TOKEN_NUMBER | TOKEN_CAPITAL) || count_word(text_at(tokens, at)) || is_at(tokens, at, "half");
}

static bool quantity_at(const struct quantity_reading *r, size_t at, struct quantity *found)
{
	const struct tokens *tokens = r->tokens;
	const char *code = NULL;
	struct amount low, high;

	if (!may_begin(tokens, at))
		return false;
	if (ordinal_at(tokens, at, found))
		return true;
	if (tokens->items[at].text.len > 1 && tokens->items[at].flags & TOKEN_CAPITAL && money_glued(r, at, found))
		return true;
	if (!amount_read(tokens, at, &low))
		return false;
	size_t signs = money_before(r, at, &code);
	if (!signs && is_year(tokens, &low))
		return false;
	bool range = range_behind(r, &low, signs > 0, &high);
	const struct amount *amount = range ? &high : &low;
	*found = (struct quantity){.first = (uint32_t)(at - signs), .type = QUANTITY_MONEY, .value = low.value, .most = amount->value};
	size_t behind = counted_behind(r, amount, signs > 0, found);
	bool two_signs = range && currency_of_sign(text_at(tokens, high.first - 1));
	if (range && !behind && (!signs || (two_signs && high.factor == 1))) {
		range = false; /* "52-48": nothing; "$20 to $25": two sums */
		amount = &low;
		found->most = low.value;
		behind = counted_behind(r, amount, signs > 0, found);
	}
	if (signs && behind && found->type != QUANTITY_MONEY)
		behind = 0;
	if (signs) {
		found->type = QUANTITY_MONEY;
		found->unit = code;
	}
	found->last = (uint32_t)(amount->last + behind);
	if (range && high.factor != 1) {
		found->value *= high.factor;
		if (found->value >= found->most)
			return false;
	}
	if (!signs && !behind)
		return magnitude_before(r, at, found);
	if (found->unit && found->type == QUANTITY_MEASURE && !range) {
		add_inches(tokens, found);
		found->most = found->value;
	}
	if (found->type != QUANTITY_MONEY)
		add_minus(r, found);
	return true;
}

/* "NZ$30m to $50m": the second sum is of the first one's dollars. */
static void take_dollars(const struct tokens *tokens, const struct quantity *before, struct quantity *found)
{
	static const char *const joins[] = {"-", "and", "or", "to"};
	size_t between = before->last;

	if (found->first != between + 1 || !slice_is(text_at(tokens, found->first), "$") || before->type != QUANTITY_MONEY || !before->unit ||
		found->type != QUANTITY_MONEY || !same_sentence(tokens, between, found->first))
		return;
	bool joined = wordlist_has(WORDLIST(joins), text_at(tokens, between)) || slice_is(text_at(tokens, between), "–");
	if (joined && currency_is_dollar(before->unit))
		found->unit = before->unit;
}

size_t quantities_find(struct arena *arena, const struct tokens *tokens, const struct quantity_places *places, struct quantity **out)
{
	struct quantity_reading reading = {.tokens = tokens, .places = places};
	size_t count = 0, capacity = 0;

	*out = NULL;
	for (size_t at = 0; at < tokens->count; at++) {
		struct quantity found;
		arena_tick(arena);
		if (!quantity_at(&reading, at, &found))
			continue;
		if (count == capacity)
			*out = arena_grow(arena, *out, &capacity, count + 1, sizeof **out);
		if (count > 0)
			take_dollars(tokens, &(*out)[count - 1], &found);
		(*out)[count++] = found;
		reading.floor = found.last;
		at = found.last - 1;
	}
	return count;
}

void quantities_write(struct json_writer *writer, const struct tokens *tokens, const char *field, int64_t image, const struct quantity *items,
	size_t count)
{
	static const char *const types[] = {"money", "percent", "quantity", "ordinal"};

	for (size_t i = 0; i < count; i++) {
		json_open_object(writer);
		json_add_string(writer, "text", tokens_span(tokens, items[i].first, items[i].last - 1));
		json_add_integer(writer, "start", tokens->items[items[i].first].start);
		json_add_integer(writer, "end", tokens->items[items[i].last - 1].end);
		json_add_string(writer, "field", slice_of(field));
		if (image >= 0)
			json_add_integer(writer, "image", image);
		json_add_string(writer, "type", slice_of(types[items[i].type]));
		json_add_number(writer, "value", items[i].value, 6);
		if (items[i].most > items[i].value)
			json_add_number(writer, "maxValue", items[i].most, 6);
		if (items[i].unit)
			json_add_string(writer, "unit", slice_of(items[i].unit));
		json_close_object(writer);
	}
}
