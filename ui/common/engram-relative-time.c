/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "common/engram-relative-time.h"

#include <glib/gi18n.h>

#include "common/engram-text-format.h"

#define DAYS_A_WEEK 7
#define DAYS_A_MONTH 30.44
#define DAYS_A_YEAR 365.25

static int
count_days (GDateTime *one,
            GDateTime *other)
{
  GDate first, second;

  g_date_clear (&first, 1);
  g_date_clear (&second, 1);
  g_date_set_dmy (&first, g_date_time_get_day_of_month (one), g_date_time_get_month (one), g_date_time_get_year (one));
  g_date_set_dmy (&second, g_date_time_get_day_of_month (other), g_date_time_get_month (other),
                  g_date_time_get_year (other));
  return g_date_days_between (&first, &second);
}

static char *
format_days (int        days,
             GDateTime *time)
{
  guint n;

  if (days == 0)
    /* Translators: a time of this day, as g_date_time_format() takes it. */
    return g_date_time_format (time, _("today at %H:%M"));
  if (days == 1)
    /* Translators: a time of the day before, as g_date_time_format() takes it. */
    return g_date_time_format (time, _("yesterday at %H:%M"));
  if (days < 2 * DAYS_A_WEEK)
    return g_strdup_printf (ngettext ("%u day ago", "%u days ago", days), (guint) days);
  if (days < 2 * DAYS_A_MONTH)
    {
      n = days / DAYS_A_WEEK;
      return g_strdup_printf (ngettext ("%u week ago", "%u weeks ago", n), n);
    }
  if (days < 2 * DAYS_A_YEAR)
    {
      n = days / DAYS_A_MONTH;
      return g_strdup_printf (ngettext ("%u month ago", "%u months ago", n), n);
    }
  n = days / DAYS_A_YEAR;
  return g_strdup_printf (ngettext ("%u year ago", "%u years ago", n), n);
}

/**
 * engram_relative_time_format:
 * @time: (nullable): a time as the network holds it
 * @now: the time now
 *
 * Returns: (transfer full): how long ago that is, in words; the day and the time where it lies ahead; what stands
 *   there, where that is no time
 */
char *
engram_relative_time_format (const char *time,
                             GDateTime  *now)
{
  g_autoptr (GDateTime) parsed = time != NULL ? engram_time_parse (time) : NULL;
  int days = parsed != NULL ? count_days (parsed, now) : 0;

  if (parsed == NULL || days < 0 || (days == 0 && g_date_time_compare (parsed, now) > 0))
    return engram_format_time_long (time);
  return format_days (days, parsed);
}
