/* reader: JSON text (RFC 8259) to a tree in an arena, through yajl.
 *
 * Untrusted input: bytes, depth, nodes are limited, duplicate keys are an error (the callers of this project never need them),
 * invalid UTF-8 is an error. Short strings without escapes point into `text`, which must outlive the tree. Numbers keep their
 * literal. A lone surrogate escape becomes U+FFFD; U+0000 is dropped from strings. */
#ifndef COPYDESK_READER_H
#define COPYDESK_READER_H

#include "base/arena.h"
#include "base/error.h"

enum json_kind { JSON_NULL, JSON_BOOL, JSON_NUMBER, JSON_STRING, JSON_ARRAY, JSON_OBJECT };

struct json {
	enum json_kind kind;
	bool truth;              /* JSON_BOOL */
	struct slice text;       /* JSON_STRING: decoded; JSON_NUMBER: literal */
	struct slice name;       /* of a member; empty in arrays and at the root */
	size_t count;            /* members or items */
	const struct json *first; /* child, in document order */
	const struct json *next;  /* sibling */
};

struct json_limits {
	size_t bytes, depth, nodes;
	bool allow_duplicates; /* the last member of a name wins: for JSON found in pages only */
	bool allow_garbage;    /* what follows the first value is ignored */
};
extern const struct json_limits JSON_LIMITS_DEFAULT; /* 32 MiB, 64, 1,000,000, no duplicates */

/* The root, or NULL with codes json_syntax, json_too_large, json_too_deep, json_too_many_nodes, json_duplicate_key,
 * json_bad_utf8. */
const struct json *json_parse(struct arena *arena, struct slice text, const struct json_limits *limits, struct error *error);

/* All accept NULL and a value of another kind, and answer as if the member weren't there. */
const struct json *json_get(const struct json *object, const char *name);
struct slice json_string(const struct json *object, const char *name); /* SLICE_NONE */
const struct json *json_array(const struct json *object, const char *name);
const struct json *json_object(const struct json *object, const char *name);
int64_t json_integer(const struct json *object, const char *name, int64_t otherwise);
double json_number(const struct json *object, const char *name, double otherwise);
bool json_truth(const struct json *object, const char *name, bool otherwise);
#define json_each(item, parent) (const struct json *item = (parent) ? (parent)->first : NULL; item; item = item->next)

#endif
