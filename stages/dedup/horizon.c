/* horizon: see horizon.h. */
#include "dedup/horizon.h"

#define DAY 86400

void horizon_init(struct horizon *horizon, int64_t window, int64_t lateness)
{
	*horizon = (struct horizon){.window = window, .lateness = lateness, .now = INT64_MIN, .swept = INT64_MIN};
}

/* Whether enough articles are so far ahead, this one included. */
static bool jump(struct horizon *h, int64_t time, uint64_t article)
{
	for (uint32_t i = 0; i < h->ahead; i++)
		if (h->ahead_articles[i] == article)
			return false;
	if (h->ahead == 0 || time < h->ahead_from)
		h->ahead_from = time;
	h->ahead_articles[h->ahead++] = article;
	return h->ahead == HORIZON_AHEAD;
}

bool horizon_advance(struct horizon *h, int64_t time, uint64_t article)
{
	if (h->now == INT64_MIN || time > h->now + DAY) {
		if (article == 0 || !jump(h, time, article))
			return false;
		h->now = h->ahead_from;
	} else if (time > h->now) {
		h->now = time;
	} else {
		return false;
	}
	h->ahead = 0;
	return true;
}

int64_t horizon_first(const struct horizon *h)
{
	return h->now - h->window - h->lateness;
}

bool horizon_sweep(struct horizon *h)
{
	if (h->swept != INT64_MIN && h->now - h->swept <= DAY)
		return false;
	h->swept = h->now;
	return true;
}

int64_t horizon_latest(const struct horizon *h, int64_t time)
{
	return h->now != INT64_MIN && time > h->now + DAY ? h->now + DAY : time;
}

bool horizon_near(const struct horizon *h, int64_t a, int64_t b)
{
	return a - b <= h->window && b - a <= h->window;
}

void horizon_save(const struct horizon *h, struct buf *out)
{
	pack_uint(out, (uint64_t)h->window, 8);
	pack_uint(out, (uint64_t)h->lateness, 8);
	pack_uint(out, (uint64_t)h->now, 8);
	pack_uint(out, (uint64_t)h->ahead_from, 8);
	pack_uint(out, (uint64_t)h->swept, 8);
	pack_uint(out, h->ahead, 4);
	for (uint32_t i = 0; i < h->ahead; i++)
		pack_uint(out, h->ahead_articles[i], 8);
}

/* Times have 40 bits, or are not set yet. */
static bool is_time(int64_t time)
{
	return time == INT64_MIN || (time >= -((int64_t)1 << 39) && time < (int64_t)1 << 39);
}

bool horizon_load(struct horizon *h, struct unpack *in, struct error *error)
{
	if ((int64_t)unpack_uint(in, 8) != h->window || (int64_t)unpack_uint(in, 8) != h->lateness)
		return error_set(error, "snapshot_other_window", "the snapshot was made with another window or lateness");
	h->now = (int64_t)unpack_uint(in, 8);
	h->ahead_from = (int64_t)unpack_uint(in, 8);
	h->swept = (int64_t)unpack_uint(in, 8);
	h->ahead = (uint32_t)unpack_uint(in, 4);
	if (h->ahead >= HORIZON_AHEAD || !is_time(h->now) || !is_time(h->swept) || (h->ahead > 0 && !is_time(h->ahead_from)))
		return error_set(error, "snapshot_damaged", "the snapshot's clock is out of order");
	for (uint32_t i = 0; i < h->ahead; i++)
		h->ahead_articles[i] = unpack_uint(in, 8);
	return true;
}
