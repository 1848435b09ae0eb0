/* personname: how people's names are written, in scripts with capitals and without. Whose name it is, and whether a job, a place or an agency
 * stands beside it, is for others (authors.c). */
#ifndef COPYDESK_PERSONNAME_H
#define COPYDESK_PERSONNAME_H

#include "base/arena.h"
#include "base/slice.h"

struct name_shape {
	size_t words, upper, digits, particles; /* words with spaces between them: all, with a capital, with a digit, "van" and the like */
	size_t unspaced;                        /* characters of scripts that set no spaces */
	size_t columns;                         /* code points */
	bool odd;                               /* has signs that names don't have */
};

struct name_shape name_shape_of(struct slice s);
/* Is it written as a person's name is: two to six words with capitals, or a few characters of a script without? */
bool name_is_person(struct slice s);
/* Without the separators, brackets and spaces at its ends; the stop behind an initial and a closing bracket's pair stay. */
struct slice name_trim(struct slice s);
/* Names in capitals throughout become "Jane Roe", in arena memory; others stay as they are. */
struct slice name_soften_capitals(struct arena *arena, struct slice s);
/* "Brandt, Ana; Lind, Tom" → "Ana Brandt; Tom Lind", in arena memory; a text of which any part is not so stays as it is. */
struct slice name_put_right(struct arena *arena, struct slice text);

#endif
