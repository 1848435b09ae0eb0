/* sentences: where the sentences of a field begin and end, and which of them shout or are titles.
 *
 * A sentence never crosses a blank line, nor the end of a line that isn't running text. Dateline, headline and list item are sentences.
 * Cost is linear in the bytes. */
#ifndef COPYDESK_SENTENCES_H
#define COPYDESK_SENTENCES_H

#include "tag/tokens.h"

/* Fills `sentences` of a field whose tokens are cut, in arena memory; sets each token's `sentence` and its flags LINE, SENTENCE, SHOUTED and
 * TITLED. tokens_read() calls it; nothing to do for others. */
void sentences_mark(struct arena *arena, struct tokens *tokens);

#endif
