/* send: `copydesk send`: raw pages into the first topic, or as NDJSON for the stages without a broker. */
#include "tools/commands.h"
#include "tools/connection.h"
#include "tools/pageline.h"
#include "tools/progress.h"
#include "tools/source.h"

#include "base/clock.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <time.h>

static const struct flag FLAGS[] = {
	{"topic", 't', "NAME", "news.page", "where pages go"},
	{"out", 'o', "FILE|-", NULL, "no Kafka: write raw pages as NDJSON, food for copydesk-extract --in"},
	{"format", 'f', "auto|ndjson|warc|page", "auto", "what the inputs are; auto goes by name, then by content; a pipe is NDJSON"},
	{"url", 'u', "URL", NULL, "address of a single page"},
	{"content-type", 0, "TYPE", NULL, "type of single pages, such as text/html; charset=windows-1251"},
	{"fetched-at", 0, "TIME", NULL, "when single pages were fetched; else the file's time"},
	{"all-statuses", 0, NULL, NULL, "WARC: also responses other than 200"},
	{"limit", 'n', "N", "0", "stop after N pages; 0: never"},
	{"rate", 'r', "N", "0", "at most N pages a second; 0: as fast as it goes"},
	{"max-bytes", 0, "N", "31M", "longer pages are left out"},
	{"quiet", 'q', NULL, NULL, "no progress, only what is wrong"},
	{NULL},
};

enum { FLUSH_WAIT_MS = 60000, COMPLAINTS_SHOWN = 20 };

struct sender {
	struct args *args;
	struct connection connection;
	rd_kafka_t *producer;
	FILE *out;
	struct progress progress;
	struct source source;
	int64_t limit, rate, started_us;
	int64_t sent, sent_bytes, delivered, failed, complaints;
	struct error first_failure;
	struct buf line;
};

/* What ended the client is told for the first page that fails, be it on its way or before it set out. */
static void count_failure(struct sender *sender, rd_kafka_t *client, rd_kafka_resp_err_t code, const char *topic)
{
	if (sender->failed++ == 0)
		connection_error(client, code, topic, "Write",
			code == RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE ? "its max.message.bytes is smaller than the page" : NULL,
			&sender->first_failure);
}

static void on_delivered(rd_kafka_t *client, const rd_kafka_message_t *message, void *opaque)
{
	struct sender *sender = ((struct connection *)opaque)->user;
	if (!message->err) {
		sender->delivered++;
		return;
	}
	count_failure(sender, client, message->err, rd_kafka_topic_name(message->rkt));
}

static void on_complaint(void *context, const char *text)
{
	struct sender *sender = context;
	if (sender->complaints++ >= COMPLAINTS_SHOWN)
		return;
	progress_clear(&sender->progress);
	fprintf(stderr, "%s\n", text);
	if (sender->complaints == COMPLAINTS_SHOWN)
		fprintf(stderr, "further complaints are counted only\n");
}

/* Holds back until page number `sent` is due. */
static void rate_wait(struct sender *sender)
{
	while (sender->rate && !command_stopping()) {
		int64_t left = sender->started_us + sender->sent * 1000000 / sender->rate - clock_monotonic_us();
		if (left <= 0)
			return;
		if (left > 100000)
			left = 100000;
		struct timespec pause = {0, left * 1000};
		nanosleep(&pause, NULL);
		if (sender->producer)
			rd_kafka_poll(sender->producer, 0);
	}
}

static void header_add(rd_kafka_headers_t *headers, const char *name, struct slice value)
{
	if (value.len)
		rd_kafka_header_add(headers, name, -1, value.ptr, (ssize_t)value.len);
}

static bool kafka_send(struct sender *sender, const struct page *page)
{
	const char *topic = args_text(sender->args, "topic");
	for (;;) {
		rd_kafka_headers_t *headers = rd_kafka_headers_new(3);
		header_add(headers, "content-type", page->json ? SLICE("application/json") : page->content_type);
		header_add(headers, "url", page->url);
		header_add(headers, "fetched-at", page->fetched_at);
		/* const is cast away as the interface wants it: with F_COPY librdkafka only reads */
		rd_kafka_resp_err_t code = rd_kafka_producev(sender->producer, RD_KAFKA_V_TOPIC(topic),
			RD_KAFKA_V_VALUE((void *)(uintptr_t)page->body.ptr, page->body.len),
			RD_KAFKA_V_KEY(page->key.len ? (const void *)page->key.ptr : NULL, page->key.len),
			RD_KAFKA_V_HEADERS(headers), RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY), RD_KAFKA_V_END);
		if (!code)
			break;
		rd_kafka_headers_destroy(headers);
		if (code != RD_KAFKA_RESP_ERR__QUEUE_FULL) {
			char text[512];
			snprintf(text, sizeof text, "%.300s: not sent: %s", page->origin, rd_kafka_err2str(code));
			count_failure(sender, sender->producer, code, topic);
			on_complaint(sender, text);
			return true;
		}
		rd_kafka_poll(sender->producer, 100);
		if (command_stopping())
			return false;
	}
	rd_kafka_poll(sender->producer, 0);
	return true;
}

static bool file_send(struct sender *sender, const struct page *page)
{
	struct buf *line = &sender->line;
	buf_clear(line);
	page_line(line, page);
	if (line->failed || fwrite(line->ptr, 1, line->len, sender->out) != line->len) {
		sender->failed++;
		error_set(&sender->first_failure, "output", "--out %s: %s", args_text(sender->args, "out"), strerror(errno));
		return false;
	}
	sender->delivered++;
	return true;
}

static bool on_page(void *context, const struct page *page)
{
	struct sender *sender = context;
	rate_wait(sender);
	if (command_stopping() || !(sender->out ? file_send(sender, page) : kafka_send(sender, page)))
		return false;
	sender->sent++;
	sender->sent_bytes += (int64_t)page->body.len;
	progress_update(&sender->progress, sender->source.read_bytes, sender->sent, sender->sent_bytes);
	return sender->limit == 0 || sender->sent < sender->limit;
}

/* The mock cluster drops the oldest records past its ceiling without a word: say it before it happens. */
static void embedded_warn(struct sender *sender, int64_t total)
{
	struct error error;
	int partitions = connection_partitions(&sender->connection, sender->producer, args_text(sender->args, "topic"), &error);
	if (total > (int64_t)partitions * 4000000)
		fprintf(stderr,
			"copydesk send: the embedded broker keeps about 5 MB in each of %d partitions: what isn't read in time is lost. "
			"--rate holds back; a real Kafka keeps all\n",
			partitions);
}

static bool sender_open(struct sender *sender, int64_t total, struct error *error)
{
	static const char *const settings[] = {"enable.idempotence", "true", "?partitioner", "murmur2_random", "?compression.type", "lz4",
		"?linger.ms", "20", "?message.max.bytes", "100000000", "?queue.buffering.max.kbytes", "131072", NULL};
	const char *out = args_text(sender->args, "out");
	if (out) {
		sender->out = strcmp(out, "-") == 0 ? stdout : fopen(out, "w");
		return sender->out || error_set(error, "io", "--out %s: %s", out, strerror(errno));
	}
	if (!connection_init(&sender->connection, sender->args, error))
		return false;
	sender->connection.user = sender;
	sender->producer = connection_producer(&sender->connection, settings, on_delivered, error);
	if (!sender->producer)
		return false;
	if (sender->connection.embedded)
		embedded_warn(sender, total);
	return true;
}

/* Waits for all reports, going on with the bar. */
static void sender_drain(struct sender *sender)
{
	int64_t deadline = clock_monotonic_us() + FLUSH_WAIT_MS * 1000LL;
	int64_t seen = -1;
	while (sender->producer && rd_kafka_outq_len(sender->producer) && clock_monotonic_us() < deadline) {
		rd_kafka_flush(sender->producer, 200);
		if (seen != sender->delivered)
			deadline = clock_monotonic_us() + FLUSH_WAIT_MS * 1000LL;
		seen = sender->delivered;
		progress_update(&sender->progress, sender->source.read_bytes, sender->delivered, sender->sent_bytes);
	}
	int waiting = sender->producer ? rd_kafka_outq_len(sender->producer) : 0;
	if (waiting && !sender->failed)
		error_set(&sender->first_failure, "no_answer", "no answer from %.200s", sender->connection.servers);
	sender->failed += waiting;
}

static int sender_report(struct sender *sender)
{
	char more[256] = "";
	int at = 0;
	if (sender->source.skipped)
		at += snprintf(more + at, sizeof more - (size_t)at, "%lld records that are no pages skipped",
			(long long)sender->source.skipped);
	if (sender->source.broken)
		snprintf(more + at, sizeof more - (size_t)at, "%s%lld broken left out", at ? ", " : "",
			(long long)sender->source.broken);
	progress_finish(&sender->progress, sender->delivered, sender->sent_bytes, more);
	if (sender->failed) {
		error_context(&sender->first_failure, "%lld pages were NOT delivered", (long long)sender->failed);
		return command_fail(sender->args, EX_TEMPFAIL, &sender->first_failure);
	}
	if (sender->source.broken)
		return EX_DATAERR;
	return EX_OK;
}

static bool format_named(const char *name, enum source_format *format)
{
	static const struct {
		const char *name;
		enum source_format format;
	} FORMATS[] = {{"auto", SOURCE_AUTO}, {"ndjson", SOURCE_NDJSON}, {"warc", SOURCE_WARC}, {"page", SOURCE_PAGE}};

	for (size_t i = 0; i < sizeof FORMATS / sizeof *FORMATS; i++)
		if (strcmp(FORMATS[i].name, name) == 0) {
			*format = FORMATS[i].format;
			return true;
		}
	return false;
}

/* What the command line says, looked at before anything is opened. */
static bool sender_configure(struct sender *sender, struct error *error)
{
	const struct args *args = sender->args;
	struct source *source = &sender->source;
	int64_t body_max;

	if (args->operand_count == 0)
		return error_set(error, "usage", "which pages? name files or folders, or - for standard input");
	*source = (struct source){.emit = on_page, .complain = on_complaint, .context = sender};
	if (!format_named(args_text(args, "format"), &source->format))
		return error_set(error, "usage", "--format %s: needs auto, ndjson, warc or page", args_text(args, "format"));
	if (!args_integer(args, "limit", 0, INT64_MAX, &sender->limit, error) ||
		!args_integer(args, "rate", 0, 10000000, &sender->rate, error) ||
		!args_integer(args, "max-bytes", 1, 1 << 30, &body_max, error))
		return false;
	source->body_max = (size_t)body_max;
	source->all_statuses = args_given(args, "all-statuses");
	source->url = slice_of(args_text(args, "url"));
	source->fetched_at = slice_of(args_text(args, "fetched-at"));
	source->content_type = slice_of(args_text(args, "content-type"));
	return true;
}

/* Bytes of all inputs; -1 if one doesn't tell (a pipe). */
static int64_t inputs_size(const struct args *args)
{
	int64_t total = 0;

	for (size_t i = 0; i < args->operand_count; i++) {
		int64_t size = source_size(args->operands[i]);
		if (size < 0)
			return -1;
		total += size;
	}
	return total;
}

static void send_inputs(struct sender *sender)
{
	const struct args *args = sender->args;
	struct error error;

	for (size_t i = 0; i < args->operand_count && !sender->source.stopped; i++)
		if (!source_read(&sender->source, args->operands[i], &error)) {
			on_complaint(sender, error.text);
			sender->source.broken++;
		}
	sender_drain(sender);
	if (sender->out && fflush(sender->out) != 0 && sender->failed++ == 0)
		error_set(&sender->first_failure, "output", "--out %s: %s", args_text(sender->args, "out"), strerror(errno));
}

static int send_run(struct args *args)
{
	struct sender sender = {.args = args};
	struct error error;
	int exit_code;

	if (!sender_configure(&sender, &error))
		return command_misuse(args, "%s", error.text);
	command_catch_signals();
	buf_init(&sender.line, SIZE_MAX);
	sender.started_us = clock_monotonic_us();
	int64_t total = inputs_size(args);
	if (!sender_open(&sender, total, &error)) {
		exit_code = command_fail(args, args_text(args, "out") ? EX_CANTCREAT : EX_UNAVAILABLE, &error);
		goto out;
	}
	progress_init(&sender.progress, "sent", "pages", total > 0 ? total : 0, args_given(args, "quiet"));
	send_inputs(&sender);
	exit_code = sender_report(&sender);
out:
	if (sender.out && sender.out != stdout)
		fclose(sender.out);
	if (sender.producer)
		rd_kafka_destroy(sender.producer);
	connection_release(&sender.connection);
	buf_release(&sender.line);
	return exit_code;
}

const struct command command_send = {
	.name = "send",
	.summary = "send raw pages from files, folders, standard input, NDJSON or WARC",
	.usage = "[FLAGS] FILE|FOLDER|-…",
	.about = "A page is a body with its url, time of fetch and content type as headers, or a raw-page object (JSON) as it is. Inputs are\n"
		 "  *.html *.txt          single pages\n"
		 "  *.ndjson[.gz] *.jsonl one raw-page object a line\n"
		 "  *.json                one raw-page object\n"
		 "  *.warc[.gz] *.wet.gz  a crawl, such as Common Crawl's news set: HTML and plain-text responses with status 200\n"
		 "  a folder              all of it in byte order of names, or as its manifest.ndjson says:\n"
		 "                        {\"file\": \"a.html\", \"url\": \"…\", \"fetchedAt\": \"…\", \"contentType\": \"…\"} a line\n"
		 "Damaged parts are left out and counted; the exit code is 65 then, and 75 if Kafka didn't take a page.",
	.examples = "  copydesk send --kafka 127.0.0.1:9092 deploy/samples\n"
		    "  copydesk send -k broker:9092 --rate 200 CC-NEWS-20261101000000-00001.warc.gz\n"
		    "  copydesk send --out - crawl.warc.gz | copydesk-extract --in - --out articles.ndjson",
	.flags = FLAGS,
	.kafka = true,
	.run = send_run,
};
