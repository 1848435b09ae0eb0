/* configcase: a test's configuration, of the toy stage, with a file of its own. */
#ifndef COPYDESK_CONFIGCASE_H
#define COPYDESK_CONFIGCASE_H

#include "unit.h"

#include "run/configfile.h"
#include "run/options.h"
#include "toy.h"

#include <unistd.h>

struct fixture {
	struct config *config;
	struct error error;
	char path[64];
};

static inline int setup(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));
	f->config = options_config(&TOY);
	snprintf(f->path, sizeof(f->path), "/tmp/copydesk-config-XXXXXX");
	close(mkstemp(f->path));
	*state = f;
	return 0;
}

static inline int teardown(void **state)
{
	struct fixture *f = *state;
	config_destroy(&f->config);
	unlink(f->path);
	free(f);
	return 0;
}

static inline void put_file(const char *path, const char *text)
{
	FILE *file = fopen(path, "we");
	assert_non_null(file);
	fputs(text, file);
	fclose(file);
}

static inline bool read_text(struct fixture *f, const char *text)
{
	put_file(f->path, text);
	return configfile_read(f->config, f->path, &f->error);
}

#define assert_told(f, part)                                                                                                             \
	do {                                                                                                                                 \
		if (!strstr((f)->error.text, part))                                                                                              \
			fail_msg("\"%s\" doesn't say \"%s\"", (f)->error.text, part);                                                                \
	} while (0)

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

#endif
