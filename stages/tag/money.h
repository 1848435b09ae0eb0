/* money: the currency of an amount, by the words behind it, the sign or letters before it, or the letters that stick to it. */
#ifndef COPYDESK_MONEY_H
#define COPYDESK_MONEY_H

#include "tag/amounts.h"
#include "tag/quantities.h"

/* A field that is read for quantities, and how far that is. */
struct quantity_reading {
	const struct tokens *tokens;
	const struct quantity_places *places;
	size_t floor; /* no quantity may begin before it */
};

/* "dollars", "Kenyan shillings", behind the amount and perhaps a hyphen: the tokens they take, 0 for none. Sets found->unit, and the type where
 * the amount turns out to be a weight. */
size_t money_behind(const struct quantity_reading *r, const struct amount *amount, struct quantity *found);
/* "$", "A$", "Rs." right before the amount at `at`: the tokens they take, 0 for none; *code may be NULL, for "kr". */
size_t money_before(const struct quantity_reading *r, size_t at, const char **code);
/* "RM300", "EUR50m", "N45,000": letters and figures in one token, and what belongs to the number behind it. A single letter wants a large sum. */
bool money_glued(const struct quantity_reading *r, size_t at, struct quantity *found);

#endif
