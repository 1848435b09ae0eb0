/* address: see address.h. RFC 3986 §3 for the parts; nothing is resolved or fetched. */
#include "dedup/address.h"

#include "base/hash.h"

#include <libpsl.h>

struct parts {
	struct slice host, rest; /* rest: path and query */
};

static struct parts split(struct slice url)
{
	struct parts parts = {SLICE_NONE, SLICE_NONE};

	url = slice_trim(url);
	size_t scheme = slice_find(url, SLICE("://"));
	if (scheme == SLICE_NOT_FOUND || scheme > 10)
		return parts;
	url = slice_sub(url, scheme + 3, url.len);
	size_t end = 0;
	while (end < url.len && url.ptr[end] != '/' && url.ptr[end] != '?' && url.ptr[end] != '#')
		end++;
	parts.host = slice_sub(url, 0, end);
	parts.rest = slice_sub(url, end, url.len);
	size_t user = slice_find_last_byte(parts.host, '@');
	if (user != SLICE_NOT_FOUND)
		parts.host = slice_sub(parts.host, user + 1, parts.host.len);
	size_t port = slice_find_last_byte(parts.host, ':');
	if (port != SLICE_NOT_FOUND && slice_find_byte(parts.host, ']') == SLICE_NOT_FOUND)
		parts.host = slice_sub(parts.host, 0, port);
	if (slice_starts_nocase(parts.host, SLICE("www.")))
		parts.host = slice_sub(parts.host, 4, parts.host.len);
	size_t fragment = slice_find_byte(parts.rest, '#');
	if (fragment != SLICE_NOT_FOUND)
		parts.rest = slice_sub(parts.rest, 0, fragment);
	return parts;
}

static struct slice lower(struct arena *arena, struct slice s)
{
	char *out = arena_cstr(arena, s);

	for (size_t i = 0; i < s.len; i++)
		out[i] = byte_lower(out[i]);
	return (struct slice){out, s.len};
}

struct slice address_host(struct arena *arena, struct slice url, bool registrable)
{
	struct slice host = lower(arena, split(url).host);

	if (!registrable || host.len == 0)
		return host;
	const char *domain = psl_registrable_domain(psl_builtin(), host.ptr);
	return domain == NULL ? host : slice_of(domain);
}

static bool tracks(struct slice parameter)
{
	static const char *const NAMES[] = {"fbclid", "gclid", "dclid", "msclkid", "yclid", "igshid", "mc_cid", "mc_eid", "cmpid", "ocid",
		"ref", "source", "share", "smid", "spm", "ncid", "xtor", "at_medium", "at_campaign", NULL};
	struct slice name = parameter;
	size_t equals = slice_find_byte(parameter, '=');

	if (equals != SLICE_NOT_FOUND)
		name = slice_sub(parameter, 0, equals);
	if (slice_starts_nocase(name, SLICE("utm_")))
		return true;
	for (size_t i = 0; NAMES[i] != NULL; i++)
		if (slice_equal_nocase(name, slice_of(NAMES[i])))
			return true;
	return name.len == 0;
}

uint64_t address_key(struct arena *arena, struct slice url)
{
	struct parts parts = split(url);
	size_t question = slice_find_byte(parts.rest, '?');
	struct slice path = parts.rest, query = SLICE_NONE, parameter;

	if (question != SLICE_NOT_FOUND) {
		path = slice_sub(parts.rest, 0, question);
		query = slice_sub(parts.rest, question + 1, parts.rest.len);
	}
	while (path.len > 0 && path.ptr[path.len - 1] == '/')
		path.len--;
	uint64_t parameters = 0; /* a sum, so that their order doesn't count */
	bool any = false;
	while (slice_split(&query, '&', &parameter))
		if (!tracks(parameter)) {
			parameters += hash64(parameter);
			any = true;
		}
	if (parts.host.len == 0 || (path.len == 0 && !any))
		return 0;
	uint64_t key = hash64_seeded(path, hash64(lower(arena, parts.host))) + hash_mix(parameters);
	return key == 0 ? 1 : key;
}
