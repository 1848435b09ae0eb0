/* snapshot: see snapshot.h. A file is: magic, digest, next offset, length, XXH3 of the state, the state. */
#include "kafka/snapshot.h"

#include "base/hash.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAGIC "copydesk index 1"
#define STATE_MAX ((size_t)64 << 30)

struct file_head {
	char magic[16], digest[16];
	int64_t next;
	uint64_t length, low, high;
};

static void path_of(const struct snapshot_name *name, char *path, size_t size)
{
	snprintf(path, size, "%s/%s-%d.index", name->folder, name->topic, (int)name->partition);
}

static bool write_all(int file, const void *bytes, size_t len)
{
	for (size_t done = 0; done < len;) {
		ssize_t n = write(file, (const char *)bytes + done, len - done);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		done += (size_t)n;
	}
	return true;
}

bool snapshot_write(const struct snapshot_name *name, const struct stage_index *index, const void *partition, int64_t next,
	struct error *error)
{
	struct file_head head = {.magic = MAGIC, .next = next};
	char path[4096], beside[4104];
	struct buf state;

	path_of(name, path, sizeof(path));
	snprintf(beside, sizeof(beside), "%s.new", path);
	buf_init(&state, STATE_MAX);
	bool good = index->save(partition, &state) && !state.failed;
	struct hash128 hash = hash_wide(buf_slice(&state));
	head.length = state.len;
	head.low = hash.low;
	head.high = hash.high;
	memcpy(head.digest, name->digest, sizeof(head.digest));
	int file = good ? open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600) : -1;
	good = file >= 0 && write_all(file, &head, sizeof(head)) && write_all(file, state.ptr, state.len) && fsync(file) == 0;
	int why = errno;
	if (file >= 0)
		close(file);
	buf_release(&state);
	if (good && rename(beside, path) == 0)
		return true;
	unlink(beside);
	return error_set(error, "snapshot", "%s: can't be written: %s", path, strerror(why));
}

static char *read_all(const char *path, size_t *len)
{
	struct stat about;
	int file = open(path, O_RDONLY | O_CLOEXEC);
	char *bytes = NULL;
	size_t done = 0;

	if (file >= 0 && fstat(file, &about) == 0 && about.st_size >= (off_t)sizeof(struct file_head))
		bytes = malloc((size_t)about.st_size);
	while (bytes && done < (size_t)about.st_size) {
		ssize_t n = read(file, bytes + done, (size_t)about.st_size - done);
		if (n <= 0)
			break;
		done += (size_t)n;
	}
	if (file >= 0)
		close(file);
	*len = done;
	return bytes;
}

bool snapshot_read(
	const struct snapshot_name *name, const struct stage_index *index, void *partition, int64_t *next, struct error *error)
{
	struct file_head head;
	char path[4096];
	size_t len;

	path_of(name, path, sizeof(path));
	char *bytes = read_all(path, &len);
	if (!bytes)
		return error_set(error, "snapshot_none", "%s: none there", path);
	memcpy(&head, bytes, sizeof(head));
	struct slice state = {bytes + sizeof(head), len - sizeof(head)};
	struct hash128 hash = hash_wide(state);
	bool good = memcmp(head.magic, MAGIC, sizeof(head.magic)) == 0 && head.length == state.len && head.low == hash.low &&
		head.high == hash.high;
	if (good && memcmp(head.digest, name->digest, sizeof(head.digest)) != 0)
		error_set(error, "snapshot_none", "%s: of another configuration", path);
	else if (good && index->load(partition, state, error))
		*next = head.next;
	else {
		error_set(error, "snapshot_damaged", "%s: damaged; the index is read from its log instead", path);
		good = false;
	}
	good = good && memcmp(head.digest, name->digest, sizeof(head.digest)) == 0;
	free(bytes);
	return good;
}
