/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "samples/engram-sample-time-private.h"

static char *
write_digits (char   *text,
              guint64 number,
              guint   n_digits)
{
  for (guint i = n_digits; i > 0; i--)
    {
      text[i - 1] = (char) ('0' + number % 10);
      number /= 10;
    }
  return text + n_digits;
}

/* Days since 1970-01-01 to a date of the Gregorian calendar: years are counted from 1 March, so that the leap
 * day is the last of its year, in cycles of 400 years (146,097 days). */
static void
split_days (guint64  days,
            guint   *year,
            guint   *month,
            guint   *day)
{
  guint64 since_year_0 = days + 719468;
  guint64 cycle = since_year_0 / 146097;
  guint64 day_of_cycle = since_year_0 % 146097;
  guint64 leap_days = day_of_cycle / 1460 - day_of_cycle / 36524 + day_of_cycle / 146096;
  guint64 year_of_cycle = (day_of_cycle - leap_days) / 365;
  guint64 day_of_year = day_of_cycle - (365 * year_of_cycle + year_of_cycle / 4 - year_of_cycle / 100);
  guint64 month_from_march = (5 * day_of_year + 2) / 153;

  *day = (guint) (day_of_year - (153 * month_from_march + 2) / 5 + 1);
  *month = (guint) (month_from_march < 10 ? month_from_march + 3 : month_from_march - 9);
  *year = (guint) (year_of_cycle + cycle * 400 + (*month <= 2 ? 1 : 0));
}

/* Writes a time, in microseconds since 1970 of a clock without zones, as Python's isoformat() does. Samples
 * have the same times wherever they are made, and a million of them are wanted at once: hence not
 * GDateTime. */
void
engram_sample_time_format (gint64 microseconds,
                           char   text[ENGRAM_SAMPLE_TIME_LENGTH])
{
  guint64 in_day;
  guint year, month, day;

  g_return_if_fail (microseconds >= 0);

  split_days (microseconds / ENGRAM_SAMPLE_TIME_DAY, &year, &month, &day);
  in_day = microseconds % ENGRAM_SAMPLE_TIME_DAY;

  text = write_digits (text, year, 4);
  *text++ = '-';
  text = write_digits (text, month, 2);
  *text++ = '-';
  text = write_digits (text, day, 2);
  *text++ = 'T';
  text = write_digits (text, in_day / G_USEC_PER_SEC / 3600, 2);
  *text++ = ':';
  text = write_digits (text, in_day / G_USEC_PER_SEC / 60 % 60, 2);
  *text++ = ':';
  text = write_digits (text, in_day / G_USEC_PER_SEC % 60, 2);
  if (in_day % G_USEC_PER_SEC != 0)
    {
      *text++ = '.';
      text = write_digits (text, in_day % G_USEC_PER_SEC, 6);
    }
  *text = '\0';
}
