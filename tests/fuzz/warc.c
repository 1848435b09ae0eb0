/* WARC records and the HTTP responses in them, whatever the bytes. */
#include "tools/httpbody.h"
#include "tools/warc.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

struct input {
	const uint8_t *bytes;
	size_t left, step;
};

static int64_t input_read(void *context, void *bytes, size_t size)
{
	struct input *input = context;
	size_t got = input->left < size ? input->left : size;
	if (got > input->step)
		got = input->step;
	memcpy(bytes, input->bytes, got);
	input->bytes += got;
	input->left -= got;
	return (int64_t)got;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct input input = {bytes, size, size % 7 ? 65536 : 1 + size % 64};
	struct warc_record record;
	struct http_response response;
	struct buf scratch;
	struct error error;
	struct warc *warc = warc_create(input_read, &input, 100000);
	if (!warc)
		return 0;
	buf_init(&scratch, 200000);
	while (warc_next(warc, &record))
		if (http_response_parse(record.block, &scratch, &response, &error) && response.body.len > size * 2000 + 1000)
			abort(); /* deflate can't grow that much */
	buf_release(&scratch);
	warc_destroy(&warc);
	return 0;
}
