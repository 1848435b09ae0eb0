/* nearest: see nearest.h. */
#include "tools/nearest.h"

#include "base/editdistance.h"

const char *nearest_name(const char *name, const char *(*candidate)(size_t i, const void *of), const void *of)
{
	const char *best = NULL, *each;
	size_t length = strlen(name), best_edits = length / 3 + 2;
	for (size_t i = 0; (each = candidate(i, of)); i++) {
		size_t distance = edit_distance(slice_of(name), slice_of(each));
		if (length >= 3 && strncmp(name, each, length) == 0)
			distance = 1; /* an abbreviation */
		if (distance < best_edits && distance < strlen(each)) {
			best = each;
			best_edits = distance;
		}
	}
	return best;
}
