/* settings: see settings.h. */
#include "tag/train/settings.h"

#include "tag/model.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>

enum kind { FLAG, TEXT, LIST, WHOLE, COUNT, SEED, REAL };

#define ROW(name, kind, member) {name, kind, offsetof(struct settings, member)}
static const struct {
	const char *name;
	enum kind kind;
	size_t at;
} rows[] = {
	ROW("sources", FLAG, sources), ROW("open", FLAG, open), ROW("apart", FLAG, apart),
	ROW("data", TEXT, data), ROW("out", TEXT, out), ROW("card", TEXT, card), ROW("without", TEXT, without),
	ROW("names", TEXT, names), ROW("places", TEXT, places), ROW("clusters", TEXT, clusters), ROW("families", TEXT, families),
	ROW("dev", LIST, dev), ROW("hold", WHOLE, hold),
	ROW("epochs", WHOLE, epochs), ROW("folds", WHOLE, folds), ROW("least", WHOLE, least), ROW("spread", WHOLE, spread),
	ROW("rate", REAL, rate), ROW("dropout", REAL, dropout), ROW("forget", REAL, forget), ROW("decay", REAL, decay), ROW("lasso", REAL, lasso),
	ROW("blend", REAL, blend), ROW("temperature", REAL, temperature),
	ROW("silver", TEXT, silver), ROW("silver-weight", REAL, silver_weight),
	ROW("network", WHOLE, network), ROW("centres", TEXT, centres), ROW("width", COUNT, width), ROW("reach", TEXT, reach),
	ROW("share", REAL, share), ROW("net-rate", REAL, net_rate), ROW("net-dropout", REAL, net_dropout),
	ROW("net-rows", REAL, net_rows), ROW("net-decay", REAL, net_decay), ROW("seed", SEED, seed),
};
#define ROWS (sizeof rows / sizeof *rows)

static void usage(void)
{
	fputs("usage: tag-train --sources [--open]\n"
	      "       tag-train --out FILE [--card FILE] [--temperature X]\n"
	      "       tag-train --data DIR --out FILE [--card FILE] [--names FILE] [--places FILE] [--clusters FILE] [--families FILE]\n"
	      "                 [--open] [--without NAME,…] [--hold N] [--dev FILE]…\n"
	      "                 [--apart] [--blend X] [--temperature X] [--epochs N] [--folds N] [--least N] [--spread N]\n"
	      "                 [--rate X] [--dropout X] [--forget X] [--decay X] [--lasso X]\n"
	      "                 [--network EPOCHS [--centres FILE] [--width N] [--reach N,…] [--share X]\n"
	      "                                   [--net-rate X] [--net-dropout X] [--net-rows X] [--net-decay X] [--seed N]\n"
	      "                                   [--silver FILE [--silver-weight X]]]\n",
		stderr);
	exit(64);
}

static void set(struct settings *settings, size_t row, char *value)
{
	void *at = (char *)settings + rows[row].at;
	char *end = value;

	switch (rows[row].kind) {
	case FLAG: *(bool *)at = true; return;
	case TEXT: *(const char **)at = value; return;
	case LIST:
		if (settings->dev_count < sizeof settings->dev / sizeof *settings->dev)
			settings->dev[settings->dev_count++] = value;
		return;
	case WHOLE: *(int *)at = (int)strtol(value, &end, 10); break;
	case COUNT: *(size_t *)at = strtoul(value, &end, 10); break;
	case SEED: *(uint64_t *)at = strtoull(value, &end, 10); break;
	case REAL: *(float *)at = strtof(value, &end); break;
	}
	if (end == value || *end != '\0') {
		fprintf(stderr, "tag-train: --%s wants a number, not \"%s\"\n", rows[row].name, value);
		exit(64);
	}
}

static bool is_sound(const struct settings *s)
{
	bool tempered = s->temperature >= MODEL_TEMPERATURE_LEAST && s->temperature <= MODEL_TEMPERATURE_MOST;

	return s->sources || (s->out && (s->data || s->card || tempered) && (tempered || s->temperature == 0) && s->epochs >= 1 && s->folds >= 2 &&
		s->hold < SETTINGS_HELD && s->network >= 0 && s->width > 0 && s->width % 32 == 0 && s->width <= NETWORK_WIDTH_MAX);
}

struct settings settings_read(int argc, char **argv)
{
	struct settings settings = {.epochs = 10, .folds = 4, .least = 3, .spread = 1, .rate = 0.03f, .dropout = 0.1f, .decay = 1e-5f, .lasso = 4e-3f,
		.blend = 1, .hold = -1, .width = 128, .reach = "1,1", .share = 0.5f, .net_rate = 2e-3f, .net_dropout = 0.3f, .net_rows = 0.1f,
		.net_decay = 0.02f, .silver_weight = 0.4f, .seed = 1};
	struct option options[ROWS + 1] = {{0}};
	int row;

	for (size_t i = 0; i < ROWS; i++)
		options[i] = (struct option){rows[i].name, rows[i].kind == FLAG ? no_argument : required_argument, NULL, (int)i};
	while ((row = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if (row < 0 || (size_t)row >= ROWS)
			usage();
		set(&settings, (size_t)row, optarg);
	}
	if (!is_sound(&settings))
		usage();
	return settings;
}
