/* deskserver: the desk's pages and JSON over HTTP (libmicrohttpd).
 *
 * Read-only without a token. What a hostile page or a hostile site could try is closed here: a strict Content-Security-Policy on
 * all answers, originals in a sandbox without scripts, JSON that is never sniffed, requests whose Host isn't ours refused (DNS
 * rebinding), and changes only with the token in a header that no other site can set. */
#ifndef COPYDESK_DESKSERVER_H
#define COPYDESK_DESKSERVER_H

#include "tools/deskfeed.h"
#include "tools/deskgauge.h"
#include "tools/deskoriginal.h"

struct desk {
	struct deskstore *store;
	struct deskletters *letters;
	struct deskfeed *feed;
	struct deskgauge *gauge;
	struct deskoriginal *original;
	const char *token; /* NULL: read-only */
	int hours;         /* of the trends */
	/* Sends a dead letter to the stage it came from again; NULL: there is no way to. */
	bool (*retry)(void *context, const char *topic, int32_t partition, int64_t offset, struct error *error);
	void *retry_context;
	/* Writes an article's way through the pipeline (explanation.h); one caller at a time. NULL: there is no way to. */
	bool (*explain)(void *context, struct json_writer *out, const char *topic, int32_t partition, int64_t offset, struct error *error);
	void *explain_context;
};

struct deskserver;

/* Listens on "127.0.0.1:8080", "[::1]:8080" or "0.0.0.0:8080"; port 0: any free one. Codes: usage, http. */
struct deskserver *deskserver_create(const struct desk *desk, const char *listen, struct error *error);
void deskserver_destroy(struct deskserver **server);
/* Whether only this host reaches it. */
bool deskserver_is_loopback(const struct deskserver *server);
int deskserver_port(const struct deskserver *server);

#endif
