/* replayplan: see replayplan.h. */
#include "tools/replayplan.h"

#include "base/clock.h"

#include <stdio.h>
#include <stdlib.h>

enum { ID_MAX = 40 };

void replay_plan_release(struct replay_plan *plan)
{
	free(plan->ranges);
	*plan = (struct replay_plan){0};
}

static bool item_parse(struct slice item, int64_t *first, int64_t *last)
{
	struct slice rest = slice_trim(item), start;

	if (!slice_split(&rest, '-', &start) || !slice_to_int64(start, first))
		return false;
	*last = *first;
	return slice_find_byte(item, '-') == SLICE_NOT_FOUND || slice_to_int64(rest, last);
}

bool replay_partitions(const char *text, int partitions, bool *chosen, struct error *error)
{
	struct slice rest = slice_of(text), item;
	int64_t first, last;

	for (int i = 0; i < partitions; i++)
		chosen[i] = rest.len == 0;
	while (slice_split(&rest, ',', &item)) {
		if (!item_parse(item, &first, &last) || first > last)
			return error_set(error, "usage", "--partitions %s: needs numbers and ranges, such as 0,3-5", text);
		if (first < 0 || last >= partitions)
			return error_set(
				error, "usage", "--partitions %s: the topic has partitions 0 to %d", text, partitions - 1);
		for (int64_t i = first; i <= last; i++)
			chosen[i] = true;
	}
	return true;
}

int64_t replay_plan_total(const struct replay_plan *plan)
{
	int64_t total = 0;

	for (int i = 0; i < plan->partitions; i++)
		total += plan->ranges[i].end - plan->ranges[i].start;
	return total;
}

int64_t replay_plan_done(const struct replay_plan *plan, const int64_t *committed)
{
	int64_t done = 0;

	for (int i = 0; i < plan->partitions; i++) {
		int64_t at = committed[i] < plan->ranges[i].end ? committed[i] : plan->ranges[i].end;
		if (at > plan->ranges[i].start)
			done += at - plan->ranges[i].start;
	}
	return done;
}

bool replay_plan_covers(const struct replay_plan *plan, int32_t partition, int64_t offset)
{
	return partition >= 0 && partition < plan->partitions && offset >= plan->ranges[partition].start &&
		offset < plan->ranges[partition].end;
}

void replay_plan_offsets(const struct replay_plan *plan, bool ends, struct buf *out)
{
	for (int i = 0; i < plan->partitions; i++)
		buf_printf(out, "%s%d:%lld", i ? "," : "", i, (long long)(ends ? plan->ranges[i].end : plan->ranges[i].start));
}

bool replay_id_check(const char *id, struct error *error)
{
	/* news.page.dead of run "dead" would be a live topic; "live" is what the headers call no replay */
	static const char *const TAKEN[] = {"live", "dead", "handled", "probe", "match", "replay"};
	size_t len = strlen(id);
	bool good = len >= 1 && len <= ID_MAX;

	for (size_t i = 0; good && i < len; i++)
		good = byte_is_alpha(id[i]) || byte_is_digit(id[i]) || id[i] == '-' || id[i] == '_';
	if (!good)
		return error_set(error, "usage", "--run %s: needs 1 to %d letters, digits, - and _", id, ID_MAX);
	for (size_t i = 0; i < sizeof TAKEN / sizeof *TAKEN; i++)
		if (strcmp(id, TAKEN[i]) == 0)
			return error_set(error, "usage", "--run %s: the word has a meaning already", id);
	return true;
}

void replay_id_make(int64_t now_ms, char out[48])
{
	char when[32];

	clock_format(now_ms / 1000 * 1000, when); /* 2026-11-24T18:30:05Z */
	snprintf(out, 48, "%.4s%.2s%.2s-%.2s%.2s%.2s", when, when + 5, when + 8, when + 11, when + 14, when + 17);
}
