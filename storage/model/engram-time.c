/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "model/engram-time.h"

#define FRACTION_DIGITS 6

/* A time as it is written. */
typedef struct {
  int      year, month, day;
  int      hour, minute, second;
  int      microsecond;
  gboolean zoned;
  int      offset_minutes;
} Moment;

/* Reads exactly that many digits. */
static gboolean
read_digits (const char **cursor,
             guint        count,
             int         *value)
{
  *value = 0;
  for (guint i = 0; i < count; i++, (*cursor)++)
    {
      if (!g_ascii_isdigit (**cursor))
        return FALSE;
      *value = *value * 10 + (**cursor - '0');
    }
  return TRUE;
}

static gboolean
read_character (const char **cursor,
                char         character)
{
  if (**cursor != character)
    return FALSE;
  (*cursor)++;
  return TRUE;
}

static gboolean
read_date (const char **cursor,
           Moment      *moment)
{
  return read_digits (cursor, 4, &moment->year)
         && read_character (cursor, '-')
         && read_digits (cursor, 2, &moment->month)
         && read_character (cursor, '-')
         && read_digits (cursor, 2, &moment->day)
         && g_date_valid_dmy (moment->day, moment->month, moment->year);
}

static gboolean
read_fraction (const char **cursor,
               Moment      *moment)
{
  guint digits = 0;

  for (; g_ascii_isdigit (**cursor); (*cursor)++, digits++)
    {
      if (digits == FRACTION_DIGITS)
        return FALSE;
      moment->microsecond = moment->microsecond * 10 + (**cursor - '0');
    }
  for (guint i = digits; i < FRACTION_DIGITS; i++)
    moment->microsecond *= 10;
  return digits > 0;
}

static gboolean
read_clock (const char **cursor,
            Moment      *moment)
{
  if (!read_digits (cursor, 2, &moment->hour)
      || !read_character (cursor, ':')
      || !read_digits (cursor, 2, &moment->minute)
      || !read_character (cursor, ':')
      || !read_digits (cursor, 2, &moment->second))
    return FALSE;
  if (moment->hour > 23 || moment->minute > 59 || moment->second > 59)
    return FALSE;
  return !read_character (cursor, '.') || read_fraction (cursor, moment);
}

static gboolean
read_zone (const char **cursor,
           Moment      *moment)
{
  int sign = **cursor == '-' ? -1 : 1;
  int hours, minutes;

  moment->zoned = TRUE;
  if (read_character (cursor, 'Z'))
    return TRUE;
  if (!read_character (cursor, '+') && !read_character (cursor, '-'))
    return FALSE;
  if (!read_digits (cursor, 2, &hours) || !read_character (cursor, ':') || !read_digits (cursor, 2, &minutes))
    return FALSE;
  moment->offset_minutes = sign * (hours * 60 + minutes);
  return hours <= 23 && minutes <= 59;
}

static gboolean
read_moment (const char *text,
             Moment     *moment)
{
  const char *cursor = text;

  *moment = (Moment) { 0 };
  if (text == NULL || !read_date (&cursor, moment))
    return FALSE;
  if (*cursor == '\0')
    return TRUE;
  if (!read_character (&cursor, 'T') && !read_character (&cursor, ' '))
    return FALSE;
  if (!read_clock (&cursor, moment))
    return FALSE;
  return *cursor == '\0' || (read_zone (&cursor, moment) && *cursor == '\0');
}

/* Whole seconds first: GLib takes seconds as a double, and .123457 of one may come out as .123456. */
static GDateTime *
make_date_time (const Moment *moment,
                GTimeZone    *zone)
{
  g_autoptr (GDateTime) whole = g_date_time_new (zone, moment->year, moment->month, moment->day,
                                                 moment->hour, moment->minute, moment->second);

  return whole != NULL ? g_date_time_add (whole, moment->microsecond) : NULL;
}

static char *
format_moment (const Moment *moment)
{
  g_autoptr (GString) text = g_string_sized_new (27);

  g_string_append_printf (text, "%04d-%02d-%02dT%02d:%02d:%02d", moment->year, moment->month, moment->day,
                          moment->hour, moment->minute, moment->second);
  if (moment->microsecond != 0)
    g_string_append_printf (text, ".%06d", moment->microsecond);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
engram_time_now (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  return engram_time_format (now);
}

char *
engram_time_format (GDateTime *time)
{
  g_autoptr (GDateTime) local = NULL;
  Moment moment = { 0 };

  g_return_val_if_fail (time != NULL, NULL);

  local = g_date_time_to_local (time);
  if (local == NULL)
    local = g_date_time_ref (time);
  g_date_time_get_ymd (local, &moment.year, &moment.month, &moment.day);
  moment.hour = g_date_time_get_hour (local);
  moment.minute = g_date_time_get_minute (local);
  moment.second = g_date_time_get_second (local);
  moment.microsecond = g_date_time_get_microsecond (local);
  return format_moment (&moment);
}

GDateTime *
engram_time_parse (const char *text)
{
  g_autoptr (GTimeZone) zone = NULL;
  g_autoptr (GDateTime) time = NULL;
  g_autoptr (GDateTime) utc = NULL;
  Moment moment;

  if (!read_moment (text, &moment))
    return NULL;

  zone = moment.zoned ? g_time_zone_new_utc () : g_time_zone_new_local ();
  time = make_date_time (&moment, zone);
  if (time == NULL || !moment.zoned)
    return g_steal_pointer (&time);

  utc = g_date_time_add_minutes (time, -moment.offset_minutes);
  return utc != NULL ? g_date_time_to_local (utc) : NULL;
}

char *
engram_time_normalize (const char *text)
{
  g_autoptr (GDateTime) time = NULL;
  Moment moment;

  if (!read_moment (text, &moment))
    return NULL;
  if (!moment.zoned)
    return format_moment (&moment);

  time = engram_time_parse (text);
  return time != NULL ? engram_time_format (time) : NULL;
}

gboolean
engram_time_is_valid (const char *text)
{
  Moment moment;

  return read_moment (text, &moment);
}
