/* replay: feeds the files of a folder, in the order of their names, to a fuzz target; then each of them cut short and with bytes changed,
 * so that an ordinary test run walks the error paths too. Exit code 1 if there is nothing to feed. */
#include "fuzz.h"

#include <dirent.h>
#include <stdio.h>

static uint8_t *read_file(const char *path, size_t *size)
{
	FILE *file = fopen(path, "rb");
	if (!file)
		return NULL;
	fseek(file, 0, SEEK_END);
	long length = ftell(file);
	rewind(file);
	uint8_t *bytes = length < 0 ? NULL : malloc((size_t)length + 1);
	*size = bytes ? fread(bytes, 1, (size_t)length, file) : 0;
	fclose(file);
	return bytes;
}

static void feed(uint8_t *bytes, size_t size)
{
	LLVMFuzzerTestOneInput(bytes, size);
	for (size_t part = 1; part < 8; part++)
		LLVMFuzzerTestOneInput(bytes, size * part / 8);
	for (size_t i = 0; i < size; i += size / 16 + 1) {
		uint8_t kept = bytes[i];
		bytes[i] = (uint8_t)(kept ^ 0x80);
		LLVMFuzzerTestOneInput(bytes, size);
		bytes[i] = '<';
		LLVMFuzzerTestOneInput(bytes, size);
		bytes[i] = kept;
	}
}

static int is_visible(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

int main(int argc, char **argv)
{
	size_t fed = 0;
	for (int i = 1; i < argc; i++) {
		struct dirent **entries;
		int count = scandir(argv[i], &entries, is_visible, alphasort);
		for (int k = 0; k < count; k++) {
			char path[4096];
			size_t size;
			snprintf(path, sizeof(path), "%s/%s", argv[i], entries[k]->d_name);
			uint8_t *bytes = read_file(path, &size);
			if (bytes) {
				feed(bytes, size);
				fed++;
			}
			free(bytes);
			free(entries[k]);
		}
		if (count >= 0)
			free(entries);
	}
	printf("%zu files\n", fed);
	return fed ? 0 : 1;
}
