/* textfeature: see textfeature.h. */
#include "extract/textfeature.h"

#include "base/utf8.h"
#include "extract/textglance.h"
#include "extract/texttitle.h"

const char *const TEXT_FEATURE_NAMES[TEXT_FEATURE_COUNT] = {
#define TEXT_NAME(name) #name,
	TEXT_FEATURES(TEXT_NAME)
#undef TEXT_NAME
};

struct measure {
	struct arena *arena;
	const struct text_units *units;
	struct text_glances glances;
	struct text_features *rows;
};

static int beginning_of(struct slice text)
{
	size_t at = 0;
	if (!text.len)
		return 0;
	uint32_t c = utf8_next(text, &at);
	if (utf8_is_digit(c))
		return 1;
	if (utf8_is_upper(c))
		return 2;
	if (utf8_is_lower(c))
		return 3;
	if (c == '"' || c == 0x201C || c == 0x201E || c == 0xAB || c == 0x2018 || c == 0x300C || c == '\'')
		return 4;
	if (c == '(' || c == '[' || c == 0x3010 || c == 0xFF08)
		return 5;
	if (c == '-' || c == 0x2013 || c == 0x2014)
		return 6;
	return utf8_is_letter(c) ? 7 : 8;
}

static bool has_address(struct slice s)
{
	return slice_find_nocase(s, SLICE("http://")) != SLICE_NOT_FOUND || slice_find_nocase(s, SLICE("https://")) != SLICE_NOT_FOUND ||
	       slice_find_nocase(s, SLICE("www.")) != SLICE_NOT_FOUND;
}

static void measure_signs(struct measure *m, size_t index, int16_t *v)
{
	struct slice s = m->units->items[index].text;
	size_t bars = 0, quotes = 0;
	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.ptr[i];
		if (c == '|' || c == '/' || c == '>')
			bars++;
		else if (c == 0xC2 && i + 1 < s.len) {
			unsigned char d = (unsigned char)s.ptr[i + 1];
			v[TEXT_COPYRIGHT_SIGN] |= d == 0xA9;
			bars += d == 0xB7 || d == 0xBB;
			quotes += d == 0xAB || d == 0xBB;
		} else if (c == 0xE2 && i + 2 < s.len && (unsigned char)s.ptr[i + 1] == 0x80) {
			unsigned char d = (unsigned char)s.ptr[i + 2];
			quotes += d == 0x9C || d == 0x9D || d == 0x9E;
			bars += d == 0xBA || d == 0xA2;
		} else if (c == '"') {
			quotes++;
		} else if (c == '@' && i > 0 && i + 3 < s.len && !byte_is_space(s.ptr[i - 1]) && !byte_is_space(s.ptr[i + 1]) && s.ptr[i - 1] != '(') {
			v[TEXT_EMAIL] = 1;
		} else if ((c == '@' || c == '#') && i + 1 < s.len && byte_is_alpha(s.ptr[i + 1])) {
			v[TEXT_HANDLE] = 1;
		} else if (c == ':' && i > 0 && i + 2 < s.len && byte_is_digit(s.ptr[i - 1]) && byte_is_digit(s.ptr[i + 1]) && byte_is_digit(s.ptr[i + 2])) {
			v[TEXT_CLOCK] = 1;
		} else if ((c == '1' || c == '2') && i + 3 < s.len && (i == 0 || !byte_is_digit(s.ptr[i - 1])) &&
		           ((c == '1' && s.ptr[i + 1] == '9') || (c == '2' && s.ptr[i + 1] == '0')) && byte_is_digit(s.ptr[i + 2]) &&
		           byte_is_digit(s.ptr[i + 3]) && (i + 4 == s.len || !byte_is_digit(s.ptr[i + 4]))) {
			v[TEXT_YEAR] = 1;
		}
	}
	v[TEXT_BARS] = feature_at_most(bars, 20);
	v[TEXT_QUOTE_MARKS] = feature_at_most(quotes, 10);
	v[TEXT_ADDRESS] = has_address(s);
	v[TEXT_BRACKETED] = s.len > 1 && (s.ptr[0] == '(' || s.ptr[0] == '[') && (s.ptr[s.len - 1] == ')' || s.ptr[s.len - 1] == ']');
}

static int topic_strength(struct furniture_hits hits, size_t topic)
{
	uint32_t bit = UINT32_C(1) << topic;
	return hits.whole & bit ? 3 : hits.start & bit ? 2 : hits.any & bit ? 1 : 0;
}

static void measure_own(struct measure *m, size_t i, int16_t *v)
{
	const struct text_unit *unit = &m->units->items[i];
	const struct text_glance *g = &m->glances.items[i];
	v[TEXT_COLUMNS] = feature_at_most(unit->columns, 2000);
	v[TEXT_WORDS] = feature_at_most(g->words, 500);
	v[TEXT_WORD_LENGTH] = feature_at_most(g->words ? g->letters * 10u / g->words : 0, 300);
	v[TEXT_FUNCTION_SHARE] = m->glances.language_bit && !m->glances.unspaced_page ? feature_share(g->function, g->words) : (int16_t)-1;
	v[TEXT_FUNCTION_COUNT] = feature_at_most(g->function, 50);
	v[TEXT_ENDING] = (int16_t)g->ending;
	v[TEXT_COMMAS] = feature_at_most(g->commas, 20);
	v[TEXT_SENTENCES] = feature_at_most(g->sentences, 20);
	v[TEXT_UPPER_SHARE] = feature_share(g->upper, g->words);
	v[TEXT_CAPITALS_SHARE] = feature_share(g->capitals, g->words);
	v[TEXT_DIGIT_SHARE] = feature_share(g->digits, g->words);
	v[TEXT_BEGINNING] = (int16_t)beginning_of(unit->text);
	v[TEXT_BULLET] = (int16_t)(unit->bullet + unit->numbered);
	v[TEXT_HEADING] = unit->heading;
	v[TEXT_QUOTE] = unit->quote;
	v[TEXT_CELLS] = unit->cells;
	v[TEXT_EMPHASIS] = unit->emphasis;
	v[TEXT_LINK_SHARE] = feature_share(unit->link_columns, unit->columns);
	v[TEXT_IMAGE] = unit->image;
	v[TEXT_INDENT] = feature_at_most(unit->indent, 20);
	v[TEXT_BLANKS_BEFORE] = unit->blanks;
	v[TEXT_RULE] = unit->rule;
	v[TEXT_BARE_BEFORE] = unit->bare_bullets;
	if (i + 1 < m->units->count) {
		v[TEXT_BLANKS_AFTER] = unit[1].blanks;
		v[TEXT_BARE_AFTER] = unit[1].bare_bullets;
	}
	measure_signs(m, i, v);
	v[TEXT_UNITS] = feature_at_most(m->units->count, 2000);
	v[TEXT_UNSPACED] = m->glances.unspaced_page;
	v[TEXT_PLACE] = feature_share(i, m->units->count);
	v[TEXT_ON_TOPIC] = g->content ? feature_share(g->on_topic, g->content) : (int16_t)-1;
	v[TEXT_KNOWN_WORDS] = g->content ? feature_share(g->known, g->content) : (int16_t)-1;
	for (size_t topic = 0; topic < FURNITURE_TOPICS; topic++)
		v[TEXT_HIT_SHARE + topic] = (int16_t)topic_strength(g->hits, topic);
}

/* The densest stretch of prose: maximum-sum run where prose counts its columns and everything else costs. */
static void find_cluster(const struct measure *m, size_t *from, size_t *to)
{
	long best = 0, sum = 0;
	size_t start = 0;
	*from = *to = 0;
	for (size_t i = 0; i < m->units->count; i++) {
		const struct text_glance *g = &m->glances.items[i];
		long gain = g->prose ? (long)m->units->items[i].columns : g->shorty ? -60 : -20;
		if (sum <= 0)
			sum = 0, start = i;
		sum += gain < 600 ? gain : 600;
		if (sum > best)
			best = sum, *from = start, *to = i + 1;
	}
}

static void measure_places(struct measure *m)
{
	size_t count = m->units->count, columns = 0, prose = 0, columns_before = 0, prose_before = 0, from, to;
	for (size_t i = 0; i < count; i++) {
		columns += m->units->items[i].columns;
		prose += m->glances.items[i].prose ? m->units->items[i].columns : 0;
	}
	find_cluster(m, &from, &to);
	size_t last_prose = SIZE_MAX, last_heading = SIZE_MAX;
	for (size_t i = 0; i < count; i++) {
		int16_t *v = m->rows[i].values;
		v[TEXT_PROSE_TOTAL] = feature_at_most(prose / 10, 3000);
		v[TEXT_COLUMNS_PLACE] = feature_share(columns_before, columns);
		v[TEXT_PROSE_BEFORE] = feature_share(prose_before, prose);
		v[TEXT_PROSE_DISTANCE_BEFORE] = last_prose == SIZE_MAX ? FEATURE_FAR : feature_at_most(i - last_prose, FEATURE_FAR);
		v[TEXT_HEADING_SINCE] = last_heading == SIZE_MAX ? FEATURE_FAR : feature_at_most(i - last_heading, FEATURE_FAR);
		v[TEXT_HEADING_LEVEL_SINCE] = last_heading == SIZE_MAX ? 0 : m->units->items[last_heading].heading;
		v[TEXT_CLUSTER_DISTANCE] = i < from ? (int16_t)-feature_at_most(from - i, FEATURE_FAR) : i >= to ? feature_at_most(i - to + 1, FEATURE_FAR) : 0;
		v[TEXT_CLUSTER_PLACE] = i < from ? -1 : i >= to ? 1001 : feature_share(i - from, to - from);
		columns_before += m->units->items[i].columns;
		if (m->glances.items[i].prose)
			last_prose = i, prose_before += m->units->items[i].columns;
		if (m->units->items[i].heading)
			last_heading = i;
	}
	size_t next_prose = SIZE_MAX;
	for (size_t i = count; i-- > 0;) {
		m->rows[i].values[TEXT_PROSE_DISTANCE_AFTER] = next_prose == SIZE_MAX ? FEATURE_FAR : feature_at_most(next_prose - i, FEATURE_FAR);
		if (m->glances.items[i].prose)
			next_prose = i;
	}
}

static bool same_shape(const struct text_unit *a, const struct text_unit *b)
{
	uint32_t small = a->columns < b->columns ? a->columns : b->columns, large = a->columns < b->columns ? b->columns : a->columns;
	return a->bullet == b->bullet && a->heading == b->heading && a->cells == b->cells && a->blanks == b->blanks && large <= small * 2 + 10;
}

static void measure_neighbourhood(struct measure *m, size_t i)
{
	size_t count = m->units->count;
	int16_t *v = m->rows[i].values;
	size_t near = 0, wide = 0, shape = 0;
	for (size_t k = i > 8 ? i - 8 : 0; k < count && k <= i + 8; k++) {
		if (k == i)
			continue;
		size_t away = k < i ? i - k : k - i;
		if (m->glances.items[k].prose) {
			wide += m->units->items[k].columns;
			near += away <= 3 ? m->units->items[k].columns : 0;
		}
		shape += away <= 6 && same_shape(&m->units->items[i], &m->units->items[k]);
	}
	v[TEXT_PROSE_NEAR] = feature_at_most(near, 3000);
	v[TEXT_PROSE_WIDE] = feature_at_most(wide, 6000);
	v[TEXT_SAME_SHAPE] = feature_at_most(shape, 12);
	const struct text_features *rows = m->rows;
	v[TEXT_COLUMNS_M2] = i > 1 ? rows[i - 2].values[TEXT_COLUMNS] : (int16_t)-1;
	v[TEXT_BLANKS_P2] = i + 2 < count ? m->units->items[i + 2].blanks : (int16_t)-1;
	v[TEXT_COLUMNS_P2] = i + 2 < count ? rows[i + 2].values[TEXT_COLUMNS] : (int16_t)-1;
	static const struct {
		int16_t own, before, after;
	} NEIGHBOURS[] = {{TEXT_COLUMNS, TEXT_COLUMNS_M1, TEXT_COLUMNS_P1}, {TEXT_ENDING, TEXT_ENDING_M1, TEXT_ENDING_P1},
		{TEXT_BULLET, TEXT_BULLET_M1, TEXT_BULLET_P1}, {TEXT_HEADING, TEXT_HEADING_M1, TEXT_HEADING_P1},
		{TEXT_FUNCTION_SHARE, TEXT_FUNCTION_M1, TEXT_FUNCTION_P1}, {TEXT_ON_TOPIC, TEXT_ON_TOPIC_M1, TEXT_ON_TOPIC_P1}};
	for (size_t k = 0; k < sizeof NEIGHBOURS / sizeof *NEIGHBOURS; k++) {
		v[NEIGHBOURS[k].before] = i ? rows[i - 1].values[NEIGHBOURS[k].own] : (int16_t)-1;
		v[NEIGHBOURS[k].after] = i + 1 < count ? rows[i + 1].values[NEIGHBOURS[k].own] : (int16_t)-1;
	}
}

/* Runs of short units and of list items: how long, and how far in. */
static void measure_runs(struct measure *m)
{
	size_t count = m->units->count;
	for (size_t i = 0, end; i < count; i = end) {
		for (end = i; end < count && m->glances.items[end].shorty; end++)
			;
		for (size_t k = i; k < end; k++) {
			m->rows[k].values[TEXT_SHORT_RUN] = feature_at_most(end - i, FEATURE_FAR);
			m->rows[k].values[TEXT_SHORT_RUN_PLACE] = feature_at_most(k - i, FEATURE_FAR);
		}
		end += end == i;
	}
	for (size_t i = 0, end; i < count; i = end) {
		size_t columns = 0;
		for (end = i; end < count && m->units->items[end].bullet; end++)
			columns += m->units->items[end].columns;
		for (size_t k = i; k < end; k++) {
			m->rows[k].values[TEXT_BULLET_RUN] = feature_at_most(end - i, FEATURE_FAR);
			m->rows[k].values[TEXT_BULLET_RUN_MEAN] = feature_at_most(columns / (end - i), 1000);
		}
		end += end == i;
	}
}

/* A cue is a short unit that names a topic ("Related stories"): distance since the last and until the next one. */
static bool is_cue(const struct measure *m, size_t i, size_t topic)
{
	return m->units->items[i].columns <= 60 && topic_strength(m->glances.items[i].hits, topic) >= (m->units->items[i].columns <= 25 ? 2 : 3);
}

static void measure_cues(struct measure *m)
{
	size_t count = m->units->count;
	for (size_t topic = 0; topic < FURNITURE_TOPICS; topic++) {
		size_t last = SIZE_MAX;
		for (size_t i = 0; i < count; i++) {
			m->rows[i].values[TEXT_SINCE_SHARE + topic] = last == SIZE_MAX ? FEATURE_FAR : feature_at_most(i - last, FEATURE_FAR);
			if (is_cue(m, i, topic))
				last = i;
		}
		last = SIZE_MAX;
		for (size_t i = count; i-- > 0;) {
			m->rows[i].values[TEXT_UNTIL_SHARE + topic] = last == SIZE_MAX ? FEATURE_FAR : feature_at_most(last - i, FEATURE_FAR);
			if (is_cue(m, i, topic))
				last = i;
		}
	}
}

static void measure_repeats(struct measure *m)
{
	size_t count = m->units->count, mask = 63;
	while (mask < count * 2)
		mask = mask * 2 + 1;
	struct repeat {
		uint64_t hash;
		size_t seen;
	} *slots = arena_array(m->arena, struct repeat, mask + 1);
	for (int pass = 0; pass < 2; pass++)
		for (size_t i = 0; i < count; i++) {
			uint64_t hash = m->glances.items[i].hash | 1;
			size_t at = hash & mask;
			while (slots[at].hash && slots[at].hash != hash)
				at = (at + 1) & mask;
			slots[at].hash = hash;
			if (pass == 0)
				m->rows[i].values[TEXT_REPEAT_BEFORE] = feature_at_most(slots[at].seen++, 9);
			else
				m->rows[i].values[TEXT_REPEATS] = feature_at_most(slots[at].seen - 1, 9);
		}
	for (size_t i = 0; i + 1 < count; i++) {
		struct slice a = m->units->items[i].text, b = m->units->items[i + 1].text;
		m->rows[i].values[TEXT_PREFIX_OF_NEXT] = a.len >= 20 && slice_starts(b, a);
	}
}

struct text_features *text_features_measure(struct arena *arena, const struct text_units *units, struct slice url)
{
	struct measure m = {.arena = arena, .units = units, .glances = text_glances_take(arena, units)};
	m.rows = arena_array(arena, struct text_features, units->count + 1);
	for (size_t i = 0; i < units->count; i++) {
		arena_tick(arena);
		measure_own(&m, i, m.rows[i].values);
	}
	measure_places(&m);
	measure_runs(&m);
	measure_cues(&m);
	measure_repeats(&m);
	text_title_measure(units, url, text_guess_title(arena, units, url), m.rows);
	for (size_t i = 0; i < units->count; i++)
		measure_neighbourhood(&m, i);
	return m.rows;
}
