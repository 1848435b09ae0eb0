/* exportsink: where an export goes: standard output, one file, or a folder with a file an article. A file appears under its name
 * when it is whole: until then it is NAME.part. Pipes and devices are written to as they are. */
#ifndef COPYDESK_EXPORTSINK_H
#define COPYDESK_EXPORTSINK_H

#include "base/buf.h"
#include "base/error.h"

#include <limits.h>
#include <stdio.h>

struct exportsink {
	char path[PATH_MAX]; /* of the file or folder; empty: standard output */
	bool folder;
	bool direct; /* a pipe or device: there is nothing to be renamed */
	const char *extension, *head;
	FILE *file;
};

/* `path`: "-" standard output, one that ends in / a folder, which is made, else a file. Code output. */
bool exportsink_open(struct exportsink *sink, const char *path, const char *extension, const char *head, struct error *error);
/* `id` names the file in a folder: what isn't a letter, digit, ., - or _ becomes _, with a hash behind it so that two ids never
 * share a file. */
bool exportsink_put(struct exportsink *sink, struct slice id, struct slice text, struct error *error);
/* `whole`: give the file its name; else NAME.part is left for a look. */
bool exportsink_close(struct exportsink *sink, bool whole, struct error *error);
void exportsink_name(struct slice id, const char *extension, char out[300]);

#endif
