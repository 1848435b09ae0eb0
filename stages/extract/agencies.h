/* agencies: the names of news agencies, and how they are written in creditText. */
#ifndef COPYDESK_AGENCIES_H
#define COPYDESK_AGENCIES_H

#include "base/slice.h"

/* The news agency that a text names ("Reuters", "dpa", "Yonhap", "AFP staff", …), SLICE_NONE if it names none or says more than
 * that. */
struct slice agency_find(struct slice text);
/* The agency that a line says its story is from: "Source: Reuters", "2 May 2024 | 来源：新华社". SLICE_NONE if none. */
struct slice agency_credited(struct slice line);
/* The agency of East Asia that a text in a script without spaces begins or ends with: "新华社北京", "東京共同". */
struct slice agency_in_wide(struct slice text);

#endif
