/* encodings: names of character encodings. */
#ifndef COPYDESK_ENCODINGS_H
#define COPYDESK_ENCODINGS_H

#include "base/slice.h"

/* The WHATWG encoding of a label ("latin1" → "windows-1252"), NULL if unknown. */
const char *encoding_of_label(struct slice label);
/* iconv's name for a WHATWG encoding. */
const char *encoding_converter(const char *encoding);

#endif
