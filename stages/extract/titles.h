/* titles: a headline out of what pages call their title: the site's name, the section and other furniture cut off. */
#ifndef COPYDESK_TITLES_H
#define COPYDESK_TITLES_H

#include "base/arena.h"

/* `title` without the parts at its ends, parted by " | ", " - ", "::" and the like, that are the site's name or its host.
 * `sites`: names that the page gives itself. White space squeezed, references resolved. */
struct slice title_clean(struct arena *arena, struct slice title, const struct slice *sites, size_t site_count, struct slice url);

/* Does the text name the site: one of its names, or its host? */
bool title_names_site(struct slice text, const struct slice *sites, size_t site_count, struct slice url);
/* `title` cut down to `known`, another wording of it that the page gives, where nothing but parted furniture stands around it;
 * else `title` itself. */
struct slice title_cut_to(struct slice title, struct slice known);
/* `title` without a last part that is the section's name, word by word. */
struct slice title_before_section(struct slice title, struct slice section);
/* Is `longer` a kicker, a colon or another mark, and `title`? */
bool title_adds_kicker(struct slice longer, struct slice title);
/* What follows the kicker of `title` where `other` says the same behind a kicker of its own or none; else `title` itself. */
struct slice title_after_kicker(struct slice title, struct slice other);

/* The share (in thousandths) of the words of `a` that `b` has too; case ignored. 0 for an empty `a`. */
int title_overlap(struct slice a, struct slice b);
/* Same words in the same order, whatever stands between them. */
bool title_same(struct slice a, struct slice b);

#endif
