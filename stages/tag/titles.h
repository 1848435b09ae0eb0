/* titles: words for what somebody is. */
#ifndef COPYDESK_TITLES_H
#define COPYDESK_TITLES_H

#include "base/slice.h"

/* True for words that stand before a person's name and don't belong to it. `female` and `male` tell what it says, if anything. */
bool word_is_title(struct slice word, bool *female, bool *male);
/* True for offices and roles: president, minister, spokeswoman, coach… in lower case or capitals. */
bool word_is_role(struct slice word);

#endif
