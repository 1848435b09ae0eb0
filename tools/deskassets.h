/* deskassets: the files of tools/desk, inside the program. */
#ifndef COPYDESK_DESKASSETS_H
#define COPYDESK_DESKASSETS_H

#include "base/slice.h"

struct deskasset {
	const char *path, *type;
	struct slice bytes;
};

/* The asset of a URL path ("/", "/desk.js"); false if there is none. */
bool deskassets_find(const char *path, struct deskasset *asset);

#endif
