/* slice: the only string in interfaces, a pointer and a length, passed by value.
 *
 * A slice never owns its bytes and is never assumed to be NUL-terminated. Inside a stage every slice of text is valid UTF-8;
 * the functions here compare bytes and know ASCII only (see utf8.h for the rest). */
#ifndef COPYDESK_SLICE_H
#define COPYDESK_SLICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct slice {
	const char *ptr;
	size_t len;
};

#define SLICE(literal) ((struct slice){"" literal, sizeof(literal) - 1})
#define SLICE_INIT(literal) {"" literal, sizeof(literal) - 1}
#define SLICE_NONE ((struct slice){NULL, 0})
#define SLICE_NOT_FOUND SIZE_MAX
/* for printf's %.*s */
#define SLICE_ARG(s) (int)((s).len > 4096 ? 4096 : (s).len), (s).len ? (s).ptr : ""

static inline struct slice slice_make(const char *ptr, size_t len) { return (struct slice){ptr, len}; }
static inline struct slice slice_of(const char *cstr) { return (struct slice){cstr, cstr ? strlen(cstr) : 0}; }
static inline bool slice_equal(struct slice a, struct slice b)
{
	return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}
static inline bool slice_is(struct slice s, const char *cstr) { return slice_equal(s, slice_of(cstr)); }
static inline bool byte_is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
static inline bool byte_is_digit(char c) { return c >= '0' && c <= '9'; }
static inline bool byte_is_upper(char c) { return c >= 'A' && c <= 'Z'; }
static inline bool byte_is_alpha(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
/* The value of a hexadecimal digit, -1 of another byte. */
static inline int byte_hex(char c)
{
	return byte_is_digit(c) ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}
static inline char byte_lower(char c) { return byte_is_upper(c) ? (char)(c + 32) : c; }

/* The bytes [start, end) of s; both are clamped to s. */
struct slice slice_sub(struct slice s, size_t start, size_t end);
bool slice_equal_nocase(struct slice a, struct slice b); /* ASCII case */
bool slice_starts(struct slice s, struct slice prefix);
bool slice_ends(struct slice s, struct slice suffix);
bool slice_starts_nocase(struct slice s, struct slice prefix);
/* Byte order, shorter first on a tie: <0, 0, >0. */
int slice_compare(struct slice a, struct slice b);
/* Offset of the first occurrence, SLICE_NOT_FOUND if there is none. An empty needle is found at 0. */
size_t slice_find(struct slice s, struct slice needle);
size_t slice_find_nocase(struct slice s, struct slice needle); /* ASCII case */
size_t slice_find_byte(struct slice s, char byte);
size_t slice_find_last_byte(struct slice s, char byte);
static inline bool slice_contains(struct slice s, struct slice needle) { return slice_find(s, needle) != SLICE_NOT_FOUND; }
/* Without ASCII white space at both ends. */
struct slice slice_trim(struct slice s);
/* Without UTF-8's byte-order mark, if it begins with one. */
struct slice slice_unmark(struct slice s);
/* Takes the part of *rest before the first `separator` into *part and moves *rest behind it. False once *rest is used up:
 * "a,,b," gives "a", "", "b"; an empty *rest gives nothing. */
bool slice_split(struct slice *rest, char separator, struct slice *part);
/* Likewise by lines: LF, CRLF or CR ends a line and is not part of it. */
bool slice_next_line(struct slice *rest, struct slice *line);
/* Whole-slice decimal; false on anything else or overflow. */
bool slice_to_int64(struct slice s, int64_t *value);
bool slice_to_double(struct slice s, double *value);

#endif
