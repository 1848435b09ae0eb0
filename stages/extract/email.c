/* email: see email.h. */
#include "extract/email.h"

static bool is_atom(char c) { return byte_is_alpha(c) || byte_is_digit(c) || strchr("._%+-", c); }

struct slice email_find(struct slice text)
{
	for (size_t i = 1; i + 3 < text.len; i++) {
		if (text.ptr[i] != '@')
			continue;
		size_t start = i, end = i + 1, dot = 0;
		while (start > 0 && text.ptr[start - 1] && is_atom(text.ptr[start - 1]))
			start--;
		while (start < i && (text.ptr[start] == '.' || text.ptr[start] == '-' || text.ptr[start] == '+'))
			start++;
		for (; end < text.len && text.ptr[end] &&
			(byte_is_alpha(text.ptr[end]) || byte_is_digit(text.ptr[end]) || text.ptr[end] == '-' ||
				text.ptr[end] == '.');
			end++)
			if (text.ptr[end] == '.' && end + 2 < text.len && byte_is_alpha(text.ptr[end + 1]))
				dot = end;
		while (end > i + 1 && (text.ptr[end - 1] == '.' || text.ptr[end - 1] == '-'))
			end--;
		if (start < i && dot && end - dot >= 3 && text.ptr[i + 1] != '.')
			return slice_sub(text, start, end);
	}
	return SLICE_NONE;
}
