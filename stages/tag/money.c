/* money: see money.h. The hard thing is a name that is something else too: "pounds" that weigh, a "won" match, "rupees" of six countries. */
#include "tag/money.h"

#include "tag/currencies.h"
#include "tag/measures.h"

/* The code of a name that countries share: as the word before it tells ("Kenyan shillings"), else as the article's countries do, if
 * they agree. */
static const char *shared_code(const struct quantity_reading *r, const struct currency_name *name, size_t beside)
{
	const char *code = NULL;

	if (!r->places || !name->shared)
		return name->code;
	if (r->places->tokens && beside < r->tokens->count && r->places->tokens[beside].letters[0])
		return currency_in(name, r->places->tokens[beside].letters);
	if (name->plain == 2 || slice_is(slice_of(name->word), "dollar"))
		return name->code; /* abroad, too, they are mostly these */
	for (size_t i = 0; i < r->places->article_count; i++) {
		const char *own = currency_in(name, r->places->article[i].letters);
		if (own && code && strcmp(own, code) != 0)
			return name->code;
		code = own ? own : code;
	}
	return code ? code : name->code;
}

static bool weighs(const struct tokens *tokens, size_t at)
{
	for (size_t i = at; i > 0 && i + 5 > at && same_sentence(tokens, at, i - 1); i--) {
		struct slice text = text_at(tokens, i - 1);
		if (slice_starts_nocase(text, SLICE("weigh")) || slice_is(text, "lost") || slice_is(text, "gained"))
			return true;
	}
	return false;
}

size_t money_behind(const struct quantity_reading *r, const struct amount *amount, struct quantity *found)
{
	const struct tokens *tokens = r->tokens;
	size_t skip = joins_at(tokens, amount->last), at = amount->last + skip, words = 0, beside = SIZE_MAX;

	if (!same_sentence(tokens, amount->first, at))
		return 0;
	while (words < 3 && r->places && r->places->tokens && same_sentence(tokens, at, at + words) &&
		(r->places->tokens[at + words].letters[0] || is_at(tokens, at + words, "CFA")))
		beside = at + words++;
	if (words == 0 && (is_at(tokens, at, "US") || is_at(tokens, at, "U.S.")) && currency_named(text_at(tokens, at + 1)))
		words = 1;
	bool region = (is_at(tokens, at, "West") || is_at(tokens, at, "Central")) && is_at(tokens, at + 1, "African") && is_at(tokens, at + 2, "CFA");
	if (region)
		words = 3;
	if (!same_sentence(tokens, at, at + words))
		return 0;
	struct slice text = text_at(tokens, at + words);
	const struct currency_name *name = currency_named(text);
	if (region && name) {
		found->unit = is_at(tokens, at, "West") ? "XOF" : "XAF";
		return skip + words + 1;
	}
	if (!name) {
		bool code = words == 0 && (found->unit = currency_of_code(text));
		bool pence = words == 0 && !skip && slice_is(text, "p") && is_glued(tokens, at) && amount->figures && amount->value < 200;
		found->unit = pence ? "penny" : found->unit;
		return code || pence ? skip + 1 : 0;
	}
	bool counted = (amount->figures && amount->value >= 100) || amount->factor >= 1000;
	if (name->plain == 1 && !counted && words == 0)
		return 0;
	if (name->plain == 2 && words == 0 && amount->factor < 1000 &&
		((skip && !slice_equal_nocase(text, SLICE("pounds"))) || is_at(tokens, at + 1, "of") || weighs(tokens, amount->first))) {
		found->type = QUANTITY_MEASURE;
		found->unit = "lb";
		return skip + 1;
	}
	found->unit = shared_code(r, name, beside);
	return skip + words + 1 + (slice_is(slice_of(name->word), "pound") && is_at(tokens, at + words + 1, "sterling"));
}

size_t money_before(const struct quantity_reading *r, size_t at, const char **code)
{
	const struct tokens *tokens = r->tokens;
	const struct currency_name *name;

	if (at <= r->floor)
		return 0;
	const struct token *sign = &tokens->items[at - 1];
	bool stop = slice_is(sign->text, ".") && sign->flags & TOKEN_GLUED; /* "Rs. 500" */
	if (stop && (at < r->floor + 2 || !same_sentence(tokens, at, at - 1)))
		return 0;
	if (stop)
		sign--;
	size_t taken = stop ? 2 : 1;
	if (!same_sentence(tokens, at, at - taken))
		return 0;
	if (!stop && (*code = currency_of_sign(sign->text)) && *code[0] != 'c') {
		if (sign->text.ptr[0] != '$' || at < r->floor + 2 || !(sign->flags & TOKEN_GLUED) || !same_sentence(tokens, at, at - 2))
			return 1;
		const char *other = currency_of_dollar(sign[-1].text);
		*code = other ? other : *code;
		return other ? 2 : 1;
	}
	if (sign->flags & TOKEN_GLUED && at > taken && slice_is(sign->text, "¢") && is_at(tokens, at - 2, "GH")) {
		*code = "GHS";
		return 2;
	}
	if (!(sign->flags & TOKEN_CAPITAL) || tokens->items[at].flags & TOKEN_SHOUTED || !currency_of_letters(sign->text, code, &name))
		return 0;
	if (name)
		*code = shared_code(r, name, SIZE_MAX);
	return taken;
}

bool money_glued(const struct quantity_reading *r, size_t at, struct quantity *found)
{
	static const struct {
		char letter;
		const char *code;
	} singles[] = {{'N', "NGN"}, {'R', "ZAR"}, {'K', NULL}, {'P', NULL}};
	const struct tokens *tokens = r->tokens;
	struct slice text = text_at(tokens, at);
	size_t letters = 0, digits, end;
	const struct currency_name *name;
	char number[48];

	if ((tokens->items[at].flags & (TOKEN_WORD | TOKEN_CAPITAL | TOKEN_SHOUTED)) != (TOKEN_WORD | TOKEN_CAPITAL))
		return false;
	while (letters < text.len && letters < 5 && byte_is_alpha(text.ptr[letters]))
		letters++;
	for (digits = letters; digits < text.len && (byte_is_digit(text.ptr[digits]) || (text.ptr[digits] == '.' && digits > letters));)
		digits++;
	if (letters == 0 || digits == letters || digits - letters > 15)
		return false;
	struct slice rest = slice_sub(text, digits, text.len);
	size_t length = digits - letters;
	memcpy(number, text.ptr + letters, length);
	bool grouped = false;
	for (end = at + 1; rest.len == 0 && is_glued(tokens, end) && is_glued(tokens, end + 1) && tokens->items[end + 1].flags & TOKEN_NUMBER &&
		text_at(tokens, end + 1).len + length + 2 < sizeof number;
		end += 2) {
		bool comma = slice_is(text_at(tokens, end), ",");
		if (!comma && !slice_is(text_at(tokens, end), "."))
			break;
		grouped |= comma;
		if (!comma)
			number[length++] = '.';
		struct slice more = text_at(tokens, end + 1);
		memcpy(number + length, more.ptr, more.len);
		length += more.len;
	}
	struct amount amount = {.first = at, .last = end, .factor = 1, .figures = true};
	if (!amount_figures((struct slice){number, length}, &amount.value))
		return false;
	const struct count_word *word = rest.len ? count_word(rest) : NULL;
	if (rest.len && (!word || word->kind != COUNT_MAGNITUDE))
		return false;
	if (word)
		amount.value *= amount.factor = word->value;
	else
		amount_multiply(tokens, &amount);
	*found = (struct quantity){.first = (uint32_t)at, .last = (uint32_t)amount.last, .type = QUANTITY_MONEY, .value = amount.value,
		.most = amount.value};
	struct slice prefix = slice_sub(text, 0, letters);
	if (letters == 1) {
		for (size_t i = 0; i < sizeof singles / sizeof *singles; i++)
			if (singles[i].letter == prefix.ptr[0] && (amount.factor >= 1000 || (grouped && amount.value >= 1000))) {
				found->unit = singles[i].code;
				return true;
			}
		return false;
	}
	if (!currency_of_letters(prefix, &found->unit, &name))
		return false;
	if (name)
		found->unit = shared_code(r, name, SIZE_MAX);
	return true;
}
