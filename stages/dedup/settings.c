/* settings: see settings.h. docs/dedup.md has what each option does to precision and recall. */
#include "dedup/settings.h"

const struct option SETTINGS_OPTIONS[] = {
	{"window", OPTION_DURATION, "14d", NULL, 3600e3, 366 * 86400e3, NULL,
		"How far apart in event time two articles may be and still be compared; memory grows with it."},
	{"lateness", OPTION_DURATION, "1d", NULL, 0, 366 * 86400e3, NULL,
		"How late an article may be and still be judged as if it had come in time."},
	{"strictness", OPTION_NUMBER, "0", NULL, -5, 5, NULL,
		"Log-odds that two articles must have beyond even to count as one story: more is fewer false duplicates, less is fewer missed ones."},
	{"same.host", OPTION_CHOICE, "registrable", NULL, 0, 0, "registrable|host",
		"Whose repeated paragraphs are boilerplate: those of a registrable domain (news.example.com = example.com) or of each host."},
	{"emit.revisions", OPTION_CHOICE, "out", NULL, 0, 0, "out|duplicate", "Where a revision of a known URL goes: topic.out or topic.duplicate."},
	{"emit.duplicates", OPTION_CHOICE, "all", NULL, 0, 0, "all|near|none",
		"Which duplicates are written to topic.duplicate: all, only near ones, or none; the others are dropped and counted."},
	{NULL},
};

struct settings settings_default(void)
{
	return (struct settings){
		.window = 336 * 3600, .lateness = 24 * 3600, .registrable_host = true, .emit = {true, true, true}};
}

struct settings settings_read(const struct config *config)
{
	struct slice duplicates = slice_of(config_text(config, "emit.duplicates"));
	struct settings s = {
		.window = config_integer(config, "window") / 1000,
		.lateness = config_integer(config, "lateness") / 1000,
		.registrable_host = slice_is(slice_of(config_text(config, "same.host")), "registrable"),
		.bias = -(int)(config_number(config, "strictness") * 1000),
		.emit = {
			.revisions_out = slice_is(slice_of(config_text(config, "emit.revisions")), "out"),
			.exact = slice_is(duplicates, "all"),
			.near = !slice_is(duplicates, "none"),
		},
	};

	return s;
}
