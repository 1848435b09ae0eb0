/* live: a stage on Kafka: set up, pump until there is a reason to stop, drain, close. The hard thing is to end for certain:
 * several calls into librdkafka can hang when brokers are away, so a thread of its own ends the process at the deadline. */
#include "run/live.h"

#include "base/clock.h"
#include "base/log.h"
#include "kafka/checkup.h"
#include "kafka/deadline.h"
#include "kafka/exchange.h"
#include "kafka/faults.h"
#include "kafka/precheck.h"
#include "kafka/topiclimit.h"
#include "run/pump.h"
#include "run/signals.h"
#include "run/startguard.h"

#include <stdlib.h>
#include <sysexits.h>

/* Of drain.ms, what may go to finishing messages; the rest is for the last commit and for leaving the group. */
#define DRAIN_SHARE 0.6
#define MIB (1024 * 1024)

static bool stop_asked(void) { return signals_caught() != 0; }

static int exit_code(const struct error *error)
{
	static const struct {
		const char *code;
		int exit;
	} CODES[] = {{"kafka_option", EX_CONFIG}, {"kafka_client", EX_CONFIG}, {"no_access", EX_NOPERM}, {"conservation", EX_SOFTWARE},
		{"no_topic", EX_UNAVAILABLE}, {"offset_beyond_end", EX_DATAERR}, {"no_memory", EX_OSERR}, {"no_threads", EX_OSERR},
		{"spans_file", EX_CANTCREAT}};

	for (size_t i = 0; i < sizeof(CODES) / sizeof(CODES[0]); i++) {
		if (strcmp(error->code, CODES[i].code) == 0)
			return CODES[i].exit;
	}
	return EX_TEMPFAIL;
}

/* Which limits the topics written to have, topic.dead last, and the batches that they all take. Asked through the consumer, for
 * the producer's configuration depends on it. Where one can't be had, it and those behind it stay 0. */
static size_t ask_limits(struct pump *pump, size_t limits[PRODUCER_TOPICS])
{
	const struct stage_output *output = pump->stage->outputs;
	size_t least = SIZE_MAX, count = 0;
	bool dead = false;

	for (; least && !dead; count++) {
		dead = !output[count].option;
		limits[count] = topiclimit_ask(
			consumer_handle(pump->consumer), config_text(pump->config, dead ? "topic.dead" : output[count].option));
		least = limits[count] < least ? limits[count] : least;
	}
	return topiclimit_batch(least);
}

/* Asks for the metadata of each topic before the first message needs it. */
static bool warm_topics(struct pump *pump, const size_t *limits, struct error *error)
{
	const struct stage_output *outputs = pump->stage->outputs;
	int count = 0;

	for (; outputs[count].option; count++) {
		pump->outputs[count] =
			producer_topic(pump->producer, config_text(pump->config, outputs[count].option), limits[count], error);
		if (pump->outputs[count] < 0)
			return false;
	}
	pump->dead = producer_topic(pump->producer, config_text(pump->config, "topic.dead"), limits[count], error);
	return pump->dead >= 0;
}

static void set_limits(struct pump *pump)
{
	int64_t memory = config_integer(pump->config, "memory.limit");

	pump->commit_interval_us = config_integer(pump->config, "commit.interval.ms") * 1000;
	pump->commit_messages = (uint64_t)config_integer(pump->config, "commit.messages");
	/* Half of the smallest send queue: what one commit has to flush. */
	pump->commit_bytes = 16 * MIB;
	pump->bytes_budget = (size_t)(memory / 16 > 256 * MIB ? 256 * MIB : memory / 16);
	pump->max_attempts = (uint32_t)config_integer(pump->config, "message.max.attempts");
}

static bool open_pump(struct pump *pump, struct error *error)
{
	size_t limits[PRODUCER_TOPICS] = {0};

	config_digest(pump->config, pump->stage->name, pump->digest);
	headers_init(&pump->headers, pump->stage->name, pump->digest, config_text(pump->config, "run"));
	tally_init(&pump->tally, pump->stage);
	metrics_set(pump->metrics, METRIC_MEMORY_LIMIT, (double)config_integer(pump->config, "memory.limit"));
	set_limits(pump);
	error->code[0] = '\0';
	pump->spans = spans_open(pump->config, pump->stage, &pump->headers, error);
	if (!pump->spans && error->code[0])
		return false;
	pump->workers = workers_create(pump->stage, pump->state, pump->config, error);
	if (!pump->workers)
		return false;
	if (!rounds_init(&pump->rounds, workers_capacity(pump->workers)))
		return error_set(error, "no_memory", "no memory for the messages in hand");
	pump->consumer = consumer_create(pump->config, &pump->assignment, pump_events(pump), error);
	if (!pump->consumer)
		return false;
	pump->producer = producer_create(pump->config, ask_limits(pump, limits), error);
	if (!pump->producer || !warm_topics(pump, limits, error))
		return false;
	if (!transaction_init(&pump->transaction, pump->consumer, pump->producer, pump->config, stop_asked, error))
		return false;
	if (pump->stage->index) {
		pump->exchange = exchange_create(pump->stage, pump->state, pump->config, pump->health, error);
		if (!pump->exchange)
			return false;
		pump_ask(pump);
	}
	return true;
}

/* Joins the group when the index is restored: a member that doesn't poll would hold up the others' rebalances. */
static bool join_group(struct pump *pump)
{
	struct error error;

	if (pump->exchange && !exchange_ready(pump->exchange)) {
		exchange_serve(pump->exchange, 50);
		if (exchange_denied(pump->exchange, &error))
			pump_fail(pump, &error);
		return false;
	}
	if (!consumer_subscribe(pump->consumer, &error))
		pump_fail(pump, &error);
	return true;
}

static bool is_ready(const struct pump *pump)
{
	return consumer_settled(pump->consumer) && (!pump->exchange || exchange_ready(pump->exchange));
}

/* Until a signal, the bound or a fatal error. */
static void run(struct pump *pump)
{
	bool ready = false, joined = false;

	while (!stop_asked() && !pump_failed(pump)) {
		if (!joined) {
			joined = join_group(pump);
			continue;
		}
		pump_turn(pump, true);
		if (!ready && is_ready(pump)) {
			ready = true;
			if (pump->health)
				health_ready(pump->health, true);
			log_info("ready", LOG_INT("partitions", pump->assignment.count));
		}
		if (consumer_reached_until(pump->consumer)) {
			log_info("reached_until", LOG_STR("until", config_text(pump->config, "until")));
			return;
		}
	}
}

/* Serves rebalances; what is fetched meanwhile is not for us any more. */
static void poll_for_events(struct pump *pump, int wait_ms)
{
	struct delivery delivery;
	struct error error;

	switch (consumer_poll(pump->consumer, wait_ms, &delivery, &error)) {
	case CONSUMER_MESSAGE:
		delivery_release(&delivery);
		break;
	case CONSUMER_FATAL:
		pump_fail(pump, &error);
		break;
	case CONSUMER_NOTHING:
	case CONSUMER_EVENT:
		break;
	}
}

/* A cooperative consumer that closes before its first assignment crashes librdkafka 2.0.2: so the assignment is waited for. */
static void await_assignment(struct pump *pump, int64_t deadline_us)
{
	while (consumer_subscribed(pump->consumer) && !consumer_assigned_once(pump->consumer) && !pump_failed(pump) &&
		clock_monotonic_us() < deadline_us)
		poll_for_events(pump, 100);
}

/* The last commit. A rebalance that others have begun refuses it until this member has joined again: then there is nothing left
 * to send, but the mark of good order. */
static bool commit_last(struct pump *pump, int64_t deadline_us)
{
	while (pump->assignment.count > 0 && !pump_failed(pump)) {
		if (pump_commit(pump, false, true))
			return true;
		for (int i = 0; i < 10 && clock_monotonic_us() < deadline_us; i++)
			poll_for_events(pump, 50);
		if (clock_monotonic_us() >= deadline_us)
			return false;
	}
	return !pump_failed(pump);
}

/* Finishes what is in hand, commits. False: something of it was not committed. */
static bool drain(struct pump *pump, int64_t deadline_us)
{
	int64_t begun = clock_monotonic_us();
	bool committed;

	while (!pump_idle(pump) && !pump_failed(pump) && clock_monotonic_us() < deadline_us)
		pump_turn(pump, false);
	committed = commit_last(pump, deadline_us);
	pump->closing = true;
	metrics_set(pump->metrics, METRIC_DRAIN_SECONDS, (double)(clock_monotonic_us() - begun) / 1e6);
	return committed;
}

static void close_pump(struct pump *pump)
{
	exchange_destroy(&pump->exchange, true);
	/* Jobs hold librdkafka's messages: they go before its handle does. */
	while (pump->workers && pump->consumer && !pump_idle(pump) && pump_abandon(pump))
		;
	consumer_destroy(&pump->consumer);
	producer_destroy(&pump->producer);
	workers_destroy(&pump->workers);
	assignment_release(&pump->assignment);
	rounds_release(&pump->rounds);
	spans_close(&pump->spans);
}

static int stop(struct pump *pump, struct error *error)
{
	int64_t drain_ms = config_integer(pump->config, "drain.ms"), begun = clock_monotonic_us();
	int64_t deadline = begun + (int64_t)((double)drain_ms * 1000 * DRAIN_SHARE);
	bool committed, leave = !stop_asked() || config_bool(pump->config, "leave");

	if (pump->health)
		health_stopping(pump->health);
	log_info("stopping", LOG_STR("why", pump_failed(pump) ? pump->fatal.code : stop_asked() ? "signal" : "until"));
	deadline_arm(drain_ms, EX_TEMPFAIL);
	pump_drop_held(pump);
	pump->draining = true;
	await_assignment(pump, deadline);
	committed = drain(pump, deadline);
	if (pump_failed(pump))
		*error = pump->fatal;
	else if (!committed)
		error_set(error, "drain", "the last transaction could not be committed: its messages come again");
	/* From here on the work is safe: whatever hangs now changes nothing. */
	int code = committed ? EX_OK : exit_code(error);
	deadline_result(code);
	if (pump_failed(pump))
		deadline_leave(code, error);
	if (leave && consumer_assigned_once(pump->consumer)) {
		consumer_close(pump->consumer);
		return code;
	}
	/* Unsubscribing leaves the group; closing without it, or before the first assignment, crashes librdkafka 2.0.2: the
	 * process just ends. */
	exchange_destroy(&pump->exchange, leave);
	spans_close(&pump->spans);
	deadline_leave(code, error);
}

int live_run(const struct stage *stage, void *state, const struct config *config, struct health *health, struct metrics *metrics,
	struct error *error)
{
	struct pump pump = {
		.stage = stage, .state = state, .config = config, .health = health, .metrics = metrics, .solo = NO_PARTITION};
	int code;

	if (health)
		health_work(health, true);
	faults_count_in(metrics);
	if (!precheck_config(config, error))
		return exit_code(error);
	startguard_begin();
	bool open = open_pump(&pump, error);
	startguard_end();
	if (!open) {
		code = stop_asked() ? EX_OK : exit_code(error);
		close_pump(&pump);
		faults_count_in(NULL);
		return code;
	}
	log_info("started", LOG_STR("in", config_text(config, "topic.in")), LOG_STR("group", config_text(config, "group")),
		LOG_STR("instance", config_text(config, "instance")), LOG_STR("guarantee", config_text(config, "guarantee")),
		LOG_STR("config", pump.digest), LOG_STR("librdkafka", live_library_version()));
	run(&pump);
	code = stop(&pump, error);
	close_pump(&pump);
	faults_count_in(NULL);
	deadline_disarm();
	return code;
}

bool live_check(const struct config *config, struct error *error) { return precheck_config(config, error); }

void live_examine(const struct stage *stage, void *state, const struct config *config, struct findings *findings)
{
	checkup_run(stage, state, config, findings);
}

const char *live_library_version(void) { return precheck_library_version(); }
