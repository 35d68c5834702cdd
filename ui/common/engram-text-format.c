/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "common/engram-text-format.h"

#include <glib/gi18n.h>
#include <langinfo.h>
#include <math.h>
#include <string.h>

#define MINUS "\342\210\222" /* U+2212 */
#define ELLIPSIS "\342\200\246" /* U+2026 */

/**
 * engram_format_line:
 * @text: text of any length, with any line breaks
 * @max_characters: how much of it
 *
 * Returns: (transfer full): its beginning on one line, with one space where there is more or other white
 *   space
 */
char *
engram_format_line (const char *text,
                    gsize       max_characters)
{
  GString *line = g_string_sized_new (64);
  gboolean space = FALSE;
  gsize n_characters = 0;

  for (const char *cursor = text; *cursor != '\0'; cursor = g_utf8_next_char (cursor))
    {
      gunichar character = g_utf8_get_char (cursor);

      if (g_unichar_isspace (character) || g_unichar_iscntrl (character))
        {
          space = line->len > 0;
          continue;
        }
      if (n_characters >= max_characters)
        {
          g_string_append (line, ELLIPSIS);
          break;
        }
      if (space)
        g_string_append_c (line, ' ');
      g_string_append_unichar (line, character);
      n_characters += space ? 2 : 1;
      space = FALSE;
    }
  return g_string_free (line, FALSE);
}

/* What ends a name that stands before what is said about it: "AVAL: interneuron". */
static gsize
find_name_end (const char *line)
{
  static const char *const ends[] = { ": ", " (", " – ", " — " };
  gsize first = strlen (line);

  for (gsize i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      const char *end = strstr (line, ends[i]);

      /* Not within brackets, as in "read (path: str)". */
      if (end != NULL && end > line && memchr (line, '(', end - line) == NULL)
        first = MIN (first, (gsize) (end - line));
    }
  return first;
}

/**
 * engram_format_label:
 * @text: text of any length
 * @max_characters: how much of it
 *
 * Returns: (transfer full): what stands for it in a picture: the name with which it begins, if it has one, or its
 *   beginning
 */
char *
engram_format_label (const char *text,
                     gsize       max_characters)
{
  g_autofree char *line = engram_format_line (text, max_characters);

  line[find_name_end (line)] = '\0';
  return g_steal_pointer (&line);
}

/* A number's own minus is a hyphen, too short beside figures. */
static char *
with_minus (char *number)
{
  char *shown;

  if (number[0] != '-')
    return number;
  shown = g_strconcat (MINUS, number + 1, NULL);
  g_free (number);
  return shown;
}

/**
 * engram_format_decimals:
 * @number: a number
 * @decimals: how many decimals
 *
 * Returns: (transfer full): the number, rounded
 */
char *
engram_format_decimals (double number,
                        guint  decimals)
{
  if (isnan (number))
    /* Translators: in the place of a number that cannot be read. */
    return g_strdup (_("not a number"));
  if (isinf (number))
    return g_strdup (number > 0 ? "\342\210\236" : MINUS "\342\210\236");
  /* A rounded -0.04 is 0.0. */
  if (fabs (number) < 0.5 * pow (10, -(double) decimals))
    number = 0;
  return with_minus (g_strdup_printf ("%.*f", (int) decimals, number));
}

/**
 * engram_format_position:
 * @position: x, y, z
 * @decimals: how many decimals
 *
 * Returns: (transfer full): the three numbers
 */
char *
engram_format_position (const double position[3],
                        guint        decimals)
{
  g_autofree char *x = engram_format_decimals (position[0], decimals);
  g_autofree char *y = engram_format_decimals (position[1], decimals);
  g_autofree char *z = engram_format_decimals (position[2], decimals);
  /* A comma between numbers that have commas in them could not be told from these. */
  const char *separator = g_str_equal (nl_langinfo (RADIXCHAR), ",") ? "; " : ", ";

  return g_strconcat (x, separator, y, separator, z, NULL);
}

static char *
format_figures (double number,
                guint  n_figures)
{
  if (!isfinite (number))
    return engram_format_decimals (number, 0);
  return with_minus (g_strdup_printf ("%.*g", (int) n_figures, number));
}

/**
 * engram_format_real:
 * @number: a number
 *
 * Returns: (transfer full): the number, to 6 figures
 */
char *
engram_format_real (double number)
{
  return format_figures (number, 6);
}

/**
 * engram_format_rounded:
 * @number: a number
 *
 * Returns: (transfer full): the number, to 3 figures
 */
char *
engram_format_rounded (double number)
{
  double amount = fabs (number), unit;

  /* Thousands are read more easily than powers of ten. */
  if (!(amount >= 999.5 && amount < 1e6))
    return format_figures (number, 3);
  unit = amount >= 99950 ? 1000 : amount >= 9995 ? 100 : 10;
  return with_minus (g_strdup_printf ("%'.0f", round (number / unit) * unit));
}

/* See engram_format_set_decimals(). */
static guint list_decimals = 2;

/**
 * engram_format_set_decimals:
 * @decimals: how many decimals weights and levels are given in lists
 *
 * As the person prefers; what is shown already stays until it is formatted anew. Main thread only.
 */
void
engram_format_set_decimals (guint decimals)
{
  list_decimals = decimals;
}

/**
 * engram_format_level:
 * @level: a number from 0 to 1
 *
 * Returns: (transfer full): the number with as many decimals as the person prefers
 */
char *
engram_format_level (double level)
{
  return engram_format_decimals (level, list_decimals);
}

/**
 * engram_format_weight:
 * @weight: a weight
 *
 * Returns: (transfer full): the weight with its sign and as many decimals as the person prefers, one more where it is
 *   small
 */
char *
engram_format_weight (double weight)
{
  g_autofree char *amount = NULL;

  if (!isfinite (weight))
    return engram_format_decimals (weight, 0);
  amount = g_strdup_printf ("%.*f", (int) list_decimals + (fabs (weight) < 0.1 && weight != 0), fabs (weight));
  if (weight == 0)
    return g_steal_pointer (&amount);
  return g_strconcat (weight < 0 ? MINUS : "+", amount, NULL);
}

/**
 * engram_format_count:
 * @count: a number of things
 *
 * Returns: (transfer full): the number, grouped as the locale does
 */
char *
engram_format_count (guint64 count)
{
  return g_strdup_printf ("%'" G_GUINT64_FORMAT, count);
}

static char *
format_time (const char *time,
             const char *format)
{
  g_autoptr (GDateTime) parsed = time != NULL ? engram_time_parse (time) : NULL;
  char *text = parsed != NULL ? g_date_time_format (parsed, format) : NULL;

  if (text != NULL)
    return text;
  return engram_format_line (time != NULL ? time : "", 40);
}

/**
 * engram_format_day:
 * @time: (nullable): a time as the network holds it
 *
 * Returns: (transfer full): the day, short; what stands there, where that is no time
 */
char *
engram_format_day (const char *time)
{
  /* Translators: a day in a narrow column, as g_date_time_format() takes it: "2025-11-01". */
  return format_time (time, _("%Y-%m-%d"));
}

/**
 * engram_format_time_short:
 * @time: (nullable): a time as the network holds it
 *
 * Returns: (transfer full): day and minute, short; what stands there, where that is no time
 */
char *
engram_format_time_short (const char *time)
{
  /* Translators: a day and time in a narrow column, as g_date_time_format() takes it: "2025-11-01 09:00". */
  return format_time (time, _("%Y-%m-%d %H:%M"));
}

/**
 * engram_format_time_long:
 * @time: (nullable): a time as the network holds it
 *
 * Returns: (transfer full): day and time in words; what stands there, where that is no time
 */
char *
engram_format_time_long (const char *time)
{
  /* Translators: a day and a time in words, as g_date_time_format() takes it: "Saturday, 1 November 2025,
   * 09:00". */
  return format_time (time, _("%A, %-d %B %Y, %H:%M"));
}
