/* datelabel: the words beside a date that say what happened then, in the languages of datewords.c: "Published", "Mis à jour le",
 * "更新", "Обновлено". */
#ifndef COPYDESK_DATELABEL_H
#define COPYDESK_DATELABEL_H

#include "base/slice.h"

enum date_label { DATE_LABEL_NONE, DATE_LABEL_PUBLISHED, DATE_LABEL_CHANGED };

/* What `text`, the few words before (or behind) a date, says of it: the word that comes last decides. */
enum date_label date_label_of(struct slice text);
/* Where the first label begins that something stands before; SLICE_NOT_FOUND if there is none. */
size_t date_label_next(struct slice text);
/* The label of `text`, what stands behind a date, if it says nothing but that: "Updated", not "Updated 3 hours ago". */
enum date_label date_label_behind(struct slice text);
/* `text` without the label at its end and the marks, particles and weekdays around it: what stood before a date that was cut
 * off. "Ana Brandt, published on" → "Ana Brandt". */
struct slice date_label_cut(struct slice text);

#endif
