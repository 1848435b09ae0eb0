/* topiclimit: see topiclimit.h. */
#include "kafka/topiclimit.h"

#include "kafka/topicfacts.h"

/* What a batch adds to its records (KIP-98), generously. */
#define BATCH_OVERHEAD 1024
#define BATCH_LEAST ((size_t)1 << 20)
#define WAIT_MS 4000
#define BATCH_MOST ((size_t)4 << 20)

size_t topiclimit_ask(void *client, const char *topic)
{
	return (size_t)topicfacts_setting(client, topic, "max.message.bytes", WAIT_MS, 0);
}

size_t topiclimit_batch(size_t limit)
{
	if (limit < BATCH_LEAST)
		return 0;
	return limit - BATCH_OVERHEAD < BATCH_MOST ? limit - BATCH_OVERHEAD : BATCH_MOST;
}
