/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "query/engram-query-private.h"

#include <stdio.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "model/engram-time.h"

/* What a text for a time means: from @start, inclusive, to @end, exclusive; the same for a moment. */
typedef struct {
  char *start;
  char *end; /* NULL: later than all times that can be written */
} Period;

static void
period_clear (Period *self)
{
  g_free (self->start);
  g_free (self->end);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Period, period_clear)

/* How times may be cut short: by length, and what is cut off. */
static const struct {
  gsize       length;
  const char *rest;
  GTimeSpan   span; /* 0: calendar */
  int         months;
} forms[] = {
  { 4, "-01-01T00:00:00", 0, 12 },
  { 7, "-01T00:00:00", 0, 1 },
  { 10, "T00:00:00", G_TIME_SPAN_DAY, 0 },
  { 13, ":00:00", G_TIME_SPAN_HOUR, 0 },
  { 16, ":00", G_TIME_SPAN_MINUTE, 0 },
};

/* How long ago: a number and one of these. */
static const struct {
  const char *name;
  GTimeSpan   span;
} units[] = {
  { "min", G_TIME_SPAN_MINUTE },
  { "h", G_TIME_SPAN_HOUR },
  { "d", G_TIME_SPAN_DAY },
  { "w", 7 * G_TIME_SPAN_DAY },
};

#define MAX_UNITS 99999

/* Time that passes by the calendar of a network's own times, which know no zone. */
static char *
add_time (const char *time,
          int         months,
          GTimeSpan   span)
{
  g_autoptr (GDateTime) start = NULL;
  g_autoptr (GDateTime) later = NULL;
  g_autoptr (GDateTime) end = NULL;
  g_autoptr (GString) text = NULL;
  int year, month, day, hour, minute, second;
  int fraction = 0;

  if (sscanf (time, "%d-%d-%dT%d:%d:%d.%d", &year, &month, &day, &hour, &minute, &second, &fraction) < 6)
    return NULL;
  start = g_date_time_new_utc (year, month, day, hour, minute, second);
  if (start != NULL)
    later = g_date_time_add_months (start, months);
  if (later != NULL)
    end = g_date_time_add (later, fraction + span);
  if (end == NULL)
    return NULL;

  text = g_string_new (NULL);
  g_date_time_get_ymd (end, &year, &month, &day);
  g_string_append_printf (text, "%04d-%02d-%02dT%02d:%02d:%02d", year, month, day, g_date_time_get_hour (end),
                          g_date_time_get_minute (end), g_date_time_get_second (end));
  if (g_date_time_get_microsecond (end) != 0)
    g_string_append_printf (text, ".%06d", g_date_time_get_microsecond (end));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* "2025", "2025-11", "2025-11-01", "2025-11-01T09" and so on, to the microsecond. */
static gboolean
read_written (const char *text,
              Period     *period)
{
  gsize length = strlen (text);

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    if (forms[i].length == length)
      {
        g_autofree char *whole = g_strconcat (text, forms[i].rest, NULL);

        period->start = engram_time_normalize (whole);
        if (period->start != NULL)
          period->end = add_time (period->start, forms[i].months, forms[i].span);
        return period->start != NULL;
      }
  period->start = engram_time_normalize (text);
  if (period->start != NULL)
    period->end = add_time (period->start, 0, strchr (period->start, '.') != NULL ? 1 : G_TIME_SPAN_SECOND);
  return period->start != NULL;
}

/* "today", "yesterday". */
static gboolean
read_day (const char *text,
          GDateTime  *now,
          Period     *period)
{
  g_autoptr (GDateTime) day = NULL;
  g_autofree char *date = NULL;

  if (g_ascii_strcasecmp (text, "today") == 0)
    day = g_date_time_ref (now);
  else if (g_ascii_strcasecmp (text, "yesterday") == 0)
    day = g_date_time_add_days (now, -1);
  if (day == NULL)
    return FALSE;
  date = g_date_time_format (day, "%Y-%m-%d");
  return read_written (date, period);
}

/* The moment so long before a minute began. */
static char *
go_back (GDateTime *now,
         GTimeSpan  span)
{
  g_autoptr (GDateTime) moment = g_date_time_add (now, -span);
  g_autofree char *time = moment != NULL ? engram_time_format (moment) : NULL;

  return time != NULL ? g_strdup_printf ("%.16s:00", time) : NULL;
}

/* "7d": the moment so long ago. */
static gboolean
read_ago (const char *text,
          GDateTime  *now,
          Period     *period)
{
  char *unit = NULL;
  guint64 count = g_ascii_isdigit (*text) ? g_ascii_strtoull (text, &unit, 10) : 0;

  if (unit == NULL || count > MAX_UNITS)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (g_ascii_strcasecmp (units[i].name, unit) == 0)
      {
        period->start = go_back (now, count * units[i].span);
        period->end = g_strdup (period->start);
        return period->start != NULL;
      }
  return FALSE;
}

static gboolean
read_period (EngramQueryReader *self,
             const char        *start,
             const char        *text,
             Period            *period)
{
  if (text == NULL || read_day (text, self->now, period) || read_ago (text, self->now, period)
      || read_written (text, period))
    return TRUE;
  return engram_query_fail (self, start, self->cursor,
                            /* Translators: what was typed. The forms in it stay as they are. */
                            _("“%s” is no time. A time is written as in 2025-11, 2025-11-01, 2025-11-01T09:30, today, "
                              "yesterday, 7d (seven days ago), 12h or 30min"), text);
}

gboolean
engram_query_read_times (EngramQueryReader *self,
                         EngramQueryTerm   *term)
{
  g_auto (EngramQueryBounds) bounds = { 0 };
  g_auto (Period) low = { 0 };
  g_auto (Period) high = { 0 };
  const char *start = self->cursor;

  if (!engram_query_read_bounds (self, term, &bounds)
      || !read_period (self, start, bounds.low, &low)
      || !read_period (self, start, bounds.high, &high))
    return FALSE;
  term->since = g_strdup (bounds.low_excluded ? low.end : low.start);
  term->until = g_strdup (bounds.high_excluded ? high.start : high.end);
  /* "7d" alone is from then till now, and what is written while one looks. */
  if (bounds.single && g_strcmp0 (high.start, high.end) == 0)
    g_clear_pointer (&term->until, g_free);
  if (bounds.low != NULL && term->since == NULL)
    return engram_query_fail (self, start, self->cursor, _("No time is later than this."));
  if (term->since != NULL && term->until != NULL && strcmp (term->since, term->until) >= 0)
    return engram_query_fail (self, start, self->cursor,
                              _("No time is in this range: the earlier one comes first, as in 2025-11-01..2025-11-08"));
  return TRUE;
}

/* A whole day is written as its date. */
static char *
shorten (const char *time)
{
  const char *midnight = strstr (time, "T00:00:00");

  return midnight != NULL && strlen (time) == strlen ("0000-00-00T00:00:00") ? g_strndup (time, midnight - time)
                                                                            : g_strdup (time);
}

static gboolean
is_date (const char *text)
{
  return strlen (text) == strlen ("0000-00-00");
}

/* From the first moment of one day to the last of another. */
static char *
format_days (const char *name,
             const char *since,
             const char *until)
{
  g_autofree char *last_midnight = add_time (until, 0, -G_TIME_SPAN_DAY);
  g_autofree char *first = shorten (since);
  g_autofree char *last = last_midnight != NULL ? shorten (last_midnight) : NULL;

  if (last == NULL || !is_date (first) || !is_date (last))
    return NULL;
  if (g_str_equal (first, last))
    return g_strdup_printf ("%s:%s", name, first);
  return g_strdup_printf ("%s:%s..%s", name, first, last);
}

char *
engram_query_format_times (EngramQueryField  field,
                           const char       *since,
                           const char       *until)
{
  const char *name = engram_query_field_get_name (field);
  g_autofree char *low = since != NULL ? shorten (since) : NULL;
  g_autofree char *high = until != NULL ? shorten (until) : NULL;
  char *days;

  if (high == NULL)
    return g_strdup_printf ("%s:>=%s", name, low);
  if (low == NULL)
    return g_strdup_printf ("%s:<%s", name, high);
  days = format_days (name, since, until);
  return days != NULL ? days : g_strdup_printf ("%s:%s..<%s", name, low, high);
}
