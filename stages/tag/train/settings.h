/* settings: what tag-train is told on its command line. */
#ifndef COPYDESK_SETTINGS_H
#define COPYDESK_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SETTINGS_HELD 5 /* one article in so many is held out, with --hold */

struct settings {
	const char *data, *out, *clusters, *families, *names, *places, *card, *dev[16];
	size_t dev_count;
	int epochs, folds, least, spread, hold; /* hold: -1 for none, or which of every SETTINGS_HELD articles */
	float rate, dropout, forget, decay, lasso, blend;
	int network; /* epochs; 0: none */
	size_t width;
	const char *reach, *centres;
	float share, net_rate, net_dropout, net_rows, net_decay;
	const char *silver; /* articles that were labelled by a machine, for the network alone */
	float silver_weight;
	uint64_t seed;
	float temperature; /* of the model that is made: 1 if not told; of one that is there: 0, as it is */
	bool open, apart, sources;
	const char *without; /* sources left out, parted by commas */
};

/* Ends the program with its usage (exit code 64) if the command line is none. */
struct settings settings_read(int argc, char **argv);

#endif
