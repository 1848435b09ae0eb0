/* unit: what all unit tests include: cmocka with its prerequisites, and comparisons of slices. */
#ifndef COPYDESK_UNIT_H
#define COPYDESK_UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"

#include <stdio.h>

/* Fails with both texts shown. */
#define assert_slice(got, want)                                                                                                          \
	do {                                                                                                                                 \
		struct slice got_ = (got), want_ = slice_of(want);                                                                               \
		if (!slice_equal(got_, want_))                                                                                                   \
			fail_msg("got \"%.*s\", want \"%.*s\"", SLICE_ARG(got_), SLICE_ARG(want_));                                                  \
	} while (0)

#endif
