/* email: the addresses for mail that stand in a text. */
#ifndef COPYDESK_EMAIL_H
#define COPYDESK_EMAIL_H

#include "base/slice.h"

/* The first e-mail address in `text`, a part of it; SLICE_NONE if there is none. */
struct slice email_find(struct slice text);

#endif
