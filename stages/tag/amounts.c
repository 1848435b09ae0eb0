/* amounts: see amounts.h.
 *
 *   amount := figures | number words, "half a", "and a half"; then magnitudes ("million", "bn", "crore") */
#include "tag/amounts.h"

#include "tag/measures.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))
/* What goes on for longer is no number, and mustn't be read to its end from each of its words. */
#define SPELLED_MAX 32   /* words of a number that is spelled out */
#define MAGNITUDES_MAX 3 /* behind a number: "5 million million" */

/* "1,8": a comma before fewer than three last figures parts no thousands. */
static bool has_decimal_comma(struct slice text)
{
	size_t comma = slice_find_byte(text, ',');

	return comma != SLICE_NOT_FOUND && comma > 0 && comma + 1 < text.len && comma + 3 >= text.len &&
	       slice_find_byte(text, '.') == SLICE_NOT_FOUND && byte_is_digit(text.ptr[text.len - 1]) &&
	       slice_find_byte(slice_sub(text, comma + 1, text.len), ',') == SLICE_NOT_FOUND;
}

bool amount_figures(struct slice text, double *value)
{
	char digits[40];
	size_t length = 0;
	bool decimal = has_decimal_comma(text);

	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] == ',' && decimal && length + 1 < sizeof digits)
			digits[length++] = '.';
		if (text.ptr[i] == ',')
			continue;
		if (text.ptr[i] == ':' || length + 1 >= sizeof digits)
			return false;
		digits[length++] = text.ptr[i];
	}
	return slice_to_double((struct slice){digits, length}, value);
}

bool amount_is_digits(const struct tokens *tokens, size_t at, size_t least, size_t most)
{
	struct slice text = text_at(tokens, at);

	for (size_t i = 0; i < text.len; i++)
		if (!byte_is_digit(text.ptr[i]))
			return false;
	return text.len >= least && text.len <= most;
}

/* "10 000": thousands parted by a space. */
static void add_groups(const struct tokens *tokens, struct amount *amount)
{
	if (!amount_is_digits(tokens, amount->first, 1, 3))
		return;
	while (same_sentence(tokens, amount->first, amount->last) && amount_is_digits(tokens, amount->last, 3, 3) && !is_glued(tokens, amount->last)) {
		double thousandths = 0;
		if (!amount_figures(text_at(tokens, amount->last), &thousandths))
			return;
		amount->value = amount->value * 1000 + thousandths;
		amount->last++;
	}
}

/* "½" that touches its figure, " 1/2", "and a half": adds it. */
static void add_fraction(const struct tokens *tokens, struct amount *amount)
{
	static const struct {
		const char *sign;
		double value;
	} signs[] = {{"½", 0.5}, {"¼", 0.25}, {"¾", 0.75}};
	size_t at = amount->last;
	double lower, upper;

	for (size_t i = 0; i < COUNT(signs); i++)
		if (amount->figures && is_glued(tokens, at) && slice_is(text_at(tokens, at), signs[i].sign)) {
			amount->value += signs[i].value;
			amount->last++;
			return;
		}
	if (!same_sentence(tokens, amount->first, at + 2))
		return;
	if (slice_is(text_at(tokens, at + 1), "/") && is_glued(tokens, at + 1) && is_glued(tokens, at + 2) && !is_glued(tokens, at) &&
		amount_figures(text_at(tokens, at), &lower) && amount_figures(text_at(tokens, at + 2), &upper) && lower < upper && amount->figures) {
		amount->value += lower / upper;
		amount->last += 3;
	} else if (is_at(tokens, at, "and") && is_at(tokens, at + 1, "a") && is_at(tokens, at + 2, "half")) {
		amount->value += 0.5;
		amount->last += 3;
	}
}

/* Magnitudes behind a number; one of a letter or two must touch its figure. */
void amount_multiply(const struct tokens *tokens, struct amount *amount)
{
	for (int taken = 0; taken < MAGNITUDES_MAX; taken++) {
		size_t at = amount->last, skip = joins_at(tokens, at);
		if (!same_sentence(tokens, amount->first, at + skip))
			return;
		const struct count_word *word = count_word(text_at(tokens, at + skip));
		if (!word || (word->kind != COUNT_MAGNITUDE && word->kind != COUNT_HUNDRED))
			return;
		size_t letters = text_at(tokens, at + skip).len;
		if (letters < 3 && (skip || !amount->figures || (letters == 1 && !is_glued(tokens, at))))
			return;
		amount->value *= word->value;
		amount->factor *= word->value;
		amount->last = at + skip + 1;
	}
}

/* "two hundred and fifty thousand", "twenty-five", "a million" (from "million" on). */
static bool spelled(const struct tokens *tokens, size_t at, struct amount *amount)
{
	double total = 0, current = 0;
	bool any = false, after_article = at > 0 && (is_at(tokens, at - 1, "a") || is_at(tokens, at - 1, "an"));
	enum count_kind last = COUNT_MAGNITUDE;

	amount->last = at;
	for (size_t i = at; i < at + SPELLED_MAX && same_sentence(tokens, at, i); i++) {
		size_t skip = any && joins_at(tokens, i) ? 1 : any && last >= COUNT_HUNDRED && is_at(tokens, i, "and") ? 1 : 0;
		const struct count_word *word = same_sentence(tokens, at, i + skip) ? count_word(text_at(tokens, i + skip)) : NULL;
		if (!word || word->kind == COUNT_ORDINAL || (text_at(tokens, i + skip).len < 3 && word->kind == COUNT_MAGNITUDE))
			break;
		if (any && word->kind <= COUNT_TENS && (last == COUNT_ONES || (last == COUNT_TENS && word->value > 9)))
			break; /* "five ten": two numbers */
		if (!any && word->kind >= COUNT_HUNDRED) {
			if (!after_article)
				return false;
			current = 1;
		}
		if (word->kind <= COUNT_TENS) {
			current += word->value;
		} else if (word->kind == COUNT_HUNDRED) {
			current = (current > 0 ? current : 1) * 100;
		} else {
			total += current * word->value;
			amount->factor = word->value;
			current = 0;
		}
		last = word->kind;
		any = true;
		i += skip;
		amount->last = i + 1;
	}
	amount->value = total + current;
	return any;
}

/* "half a million", "half-million"; without a magnitude a unit must follow ("half a mile"). */
static bool halved(const struct tokens *tokens, size_t at, struct amount *amount)
{
	size_t next = at + 1;

	if (!is_at(tokens, at, "half") || !same_sentence(tokens, at, at + 2))
		return false;
	if (!is_at(tokens, next, "a") && !is_at(tokens, next, "an") && !joins_at(tokens, next))
		return false;
	amount->value = 0.5;
	amount->last = next + 1;
	const struct count_word *word = count_word(text_at(tokens, next + 1));
	if (word && word->kind >= COUNT_HUNDRED && word->kind <= COUNT_MAGNITUDE && text_at(tokens, next + 1).len > 2) {
		amount->value *= word->value;
		amount->factor = word->value;
		amount->last++;
	}
	return true;
}

bool amount_read(const struct tokens *tokens, size_t at, struct amount *amount)
{
	*amount = (struct amount){.first = at, .last = at + 1, .factor = 1};
	if (at >= tokens->count)
		return false;
	if (tokens->items[at].flags & TOKEN_NUMBER) {
		if (!amount_figures(text_at(tokens, at), &amount->value))
			return false;
		amount->figures = true;
		add_groups(tokens, amount);
		add_fraction(tokens, amount);
		amount_multiply(tokens, amount);
		return true;
	}
	if (halved(tokens, at, amount))
		return true;
	if (!spelled(tokens, at, amount))
		return false;
	add_fraction(tokens, amount);
	amount_multiply(tokens, amount);
	return true;
}
