/* features: the units of plain-text pages and their features, for the trainer (train.py). Reads raw-page messages {"id", "url", "text"},
 * one a line; writes "P<tab>id" for a page and "feature,feature,…<tab>text" for each of its units; the first line names the features. */
#include "base/buf.h"
#include "base/utf8.h"
#include "extract/textfeature.h"
#include "json/reader.h"

#include <stdio.h>
#include <stdlib.h>

static void write_page(struct arena *arena, const struct json *page)
{
	struct slice id = json_string(page, "id");
	struct text_units units = text_units_cut(arena, utf8_nfc(arena, utf8_repair(arena, json_string(page, "text"))));
	struct text_features *rows = text_features_measure(arena, &units, json_string(page, "url"));
	printf("P\t%.*s\n", SLICE_ARG(id));
	for (size_t i = 0; i < units.count; i++) {
		for (size_t f = 0; f < TEXT_FEATURE_COUNT; f++)
			printf("%s%d", f ? "," : "", rows[i].values[f]);
		putchar('\t');
		fwrite(units.items[i].text.ptr, 1, units.items[i].text.len, stdout);
		putchar('\n');
	}
}

int main(void)
{
	struct arena arena;
	jmp_buf jump;
	char *line = NULL;
	size_t capacity = 0;
	ssize_t length;
	for (size_t f = 0; f < TEXT_FEATURE_COUNT; f++)
		printf("%s%s", f ? "," : "", TEXT_FEATURE_NAMES[f]);
	putchar('\n');
	arena_init(&arena, (size_t)1 << 30);
	while ((length = getline(&line, &capacity, stdin)) > 0) {
		struct error error;
		if (ARENA_GUARD(&arena, &jump) == ESCAPE_NONE) {
			const struct json *page = json_parse(&arena, slice_make(line, (size_t)length), &JSON_LIMITS_DEFAULT, &error);
			if (page)
				write_page(&arena, page);
			else
				fprintf(stderr, "%s\n", error.text);
		} else {
			fprintf(stderr, "page past the memory ceiling\n");
		}
		arena_reset(&arena);
	}
	arena_release(&arena);
	free(line);
	return ferror(stdout) ? 1 : 0;
}
