/* clock: instants as int64 milliseconds since 1970 UTC, and RFC 3339 text. Only the runner and tools read clocks; `process` never
 * does. */
#ifndef COPYDESK_CLOCK_H
#define COPYDESK_CLOCK_H

#include "base/slice.h"

#define CLOCK_NONE INT64_MIN

int64_t clock_wall_ms(void);
int64_t clock_monotonic_us(void);
int64_t clock_thread_cpu_us(void);
int64_t clock_process_cpu_us(void);

/* Days since 1970-01-01 in the proleptic Gregorian calendar and back (Hinnant, "chrono-compatible low-level date algorithms"). */
int64_t clock_days_from_civil(int64_t year, int month, int day);
void clock_civil_from_days(int64_t days, int64_t *year, int *month, int *day);
int clock_days_in_month(int64_t year, int month);

/* "2026-11-24T09:30:00Z", with ".123" when there are milliseconds. */
void clock_format(int64_t ms, char out[32]);
/* RFC 3339 date-time (§5.6), any offset; a space for the T is accepted. */
bool clock_parse(struct slice text, int64_t *ms);
/* The same; *offset: what the text says, in minutes east of Greenwich. */
bool clock_parse_offset(struct slice text, int64_t *ms, int *offset);

#endif
