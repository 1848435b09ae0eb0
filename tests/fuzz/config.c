/* A configuration file of any bytes: an error names its place; what was read is printed so that it reads back the same. */
#include "run/configfile.h"

#include "fuzz.h"
#include "run/options_table.h"

#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

static bool read_bytes(struct config *config, const char *bytes, size_t size, struct error *error)
{
	char path[64];
	int fd = memfd_create("fuzz", MFD_CLOEXEC);

	fuzz_require(fd >= 0 && write(fd, bytes, size) == (ssize_t)size);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	bool good = configfile_read(config, path, error);
	close(fd);
	return good;
}

static bool compare(void *context, const char *name, const char *value)
{
	struct config *again = context;

	fuzz_require(config_has(again, name));
	fuzz_require(config_is_secret(again, name) || strcmp(config_text(again, name), value) == 0);
	return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct option *tables[] = {OPTIONS_COMMON};
	struct config *config = config_create(tables, 1), *again = config_create(tables, 1);
	struct error error = {.text = ""};
	char *printed = NULL;
	size_t printed_size = 0;

	/* Secrets are read from files: not from this machine's. */
	if (!memmem(data, size, "@/", 2)) {
		if (read_bytes(config, (const char *)data, size, &error)) {
			FILE *out = open_memstream(&printed, &printed_size);
			fuzz_require(out != NULL);
			configfile_print(config, out);
			fclose(out);
			fuzz_require(read_bytes(again, printed, printed_size, &error));
			config_each(config, "", compare, again);
			free(printed);
		} else {
			fuzz_require(strstr(error.text, "/proc/self/fd/") != NULL);
		}
	}
	config_destroy(&config);
	config_destroy(&again);
	return 0;
}
