/* features: what the model sees of a token, as 32-bit hashes. Trainer and stage share this file, so a change here needs a new model:
 * raise FEATURES_VERSION, which the model file carries. docs/tagging.md lists the templates.
 *
 * The first pass sees the token, its neighbours and what the document says about its form. The second sees what the first decided
 * for the other occurrences of the form and for the names around it (Krishnan and Manning 2006; Ratinov and Roth 2009). */
#ifndef COPYDESK_FEATURES_H
#define COPYDESK_FEATURES_H

#include "tag/firstpass.h"

#define FEATURES_VERSION 3
#define FEATURES_MAX 160

/* Features of the word `at` of a sentence, for the first pass; returns their number. */
size_t features_first(const struct document *document, struct sentence sentence, size_t at, uint32_t out[FEATURES_MAX]);

/* Likewise for the second pass; few where the first pass never saw a name. */
size_t features_second(const struct document *document, const struct first_pass *pass, struct sentence sentence, size_t at,
	uint32_t out[FEATURES_MAX]);

/* True if the second pass has the same features for the word as for all others of which this is true: most of a text, far from any name. */
bool features_are_bare(const struct document *document, const struct first_pass *pass, struct sentence sentence, size_t at);

#endif
