/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli-output.h"

#include <engram.h>
#include <errno.h>
#include <glib/gi18n.h>
#include <math.h>
#include <stdio.h>
#include <unistd.h>

void
cli_json_begin (GString *json)
{
  g_string_append_c (json, '{');
}

void
cli_json_end (GString *json)
{
  g_string_append_c (json, '}');
}

static void
append_quoted (GString    *json,
               const char *text)
{
  g_autofree char *quoted = engram_json_quote (text);

  g_string_append (json, quoted);
}

/* The comma before it, its name and the colon. */
void
cli_json_name (GString    *json,
               const char *name)
{
  if (json->str[json->len - 1] != '{')
    g_string_append_c (json, ',');
  append_quoted (json, name);
  g_string_append_c (json, ':');
}

/* A text of NULL is null. */
void
cli_json_text (GString    *json,
               const char *name,
               const char *text)
{
  cli_json_name (json, name);
  if (text != NULL)
    append_quoted (json, text);
  else
    g_string_append (json, "null");
}

/* Absolute. A name of NULL is null; one that is not UTF-8 is as near to it as can be. */
void
cli_json_filename (GString    *json,
                   const char *name,
                   const char *path)
{
  g_autofree char *absolute = path != NULL ? g_canonicalize_filename (path, NULL) : NULL;
  g_autofree char *shown = path != NULL ? g_filename_display_name (absolute) : NULL;

  cli_json_text (json, name, shown);
}

void
cli_json_path (GString    *json,
               const char *path)
{
  cli_json_filename (json, "path", path);
}

void
cli_json_begin_list (GString    *json,
                     const char *name)
{
  cli_json_name (json, name);
  g_string_append_c (json, '[');
}

/* The comma before what stands next in a list. */
void
cli_json_item (GString *json)
{
  if (json->str[json->len - 1] != '[')
    g_string_append_c (json, ',');
}

void
cli_json_item_text (GString    *json,
                    const char *text)
{
  cli_json_item (json);
  append_quoted (json, text);
}

void
cli_json_end_list (GString *json)
{
  g_string_append_c (json, ']');
}

void
cli_json_boolean (GString    *json,
                  const char *name,
                  gboolean    value)
{
  cli_json_name (json, name);
  g_string_append (json, value ? "true" : "false");
}

void
cli_json_integer (GString    *json,
                  const char *name,
                  gint64      number)
{
  cli_json_name (json, name);
  g_string_append_printf (json, "%" G_GINT64_FORMAT, number);
}

void
cli_json_append_real (GString *json,
                      double   number)
{
  char text[ENGRAM_NUMBER_LENGTH];

  if (isfinite (number))
    g_string_append_len (json, text, engram_number_format (number, text));
  else
    g_string_append (json, "null");
}

void
cli_json_real (GString    *json,
               const char *name,
               double      number)
{
  cli_json_name (json, name);
  cli_json_append_real (json, number);
}

/* A value that is JSON already. What is not (files hold that too) becomes a string: the whole stays JSON. */
void
cli_json_value (GString    *json,
                const char *name,
                const char *value)
{
  g_autofree char *compact = value != NULL ? engram_json_compact (value) : NULL;

  cli_json_name (json, name);
  if (value == NULL)
    g_string_append (json, "null");
  else if (compact == NULL)
    append_quoted (json, value);
  else
    g_string_append (json, compact);
}

/* Text comes from files: a control sequence must not reach the terminal, nor a line break the list. */
static gboolean
may_be_shown (gunichar character)
{
  switch (g_unichar_type (character))
    {
    case G_UNICODE_CONTROL:
    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR:
      return FALSE;
    case G_UNICODE_FORMAT:
      /* Those that join letters and emoji; the others turn the direction of what follows. */
      return character == 0x200C || character == 0x200D;
    default:
      return TRUE;
    }
}

char *
cli_clean_text (const char *text,
                gsize       length)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *clean = g_string_new (NULL);
  gsize n_characters = 0;

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p), n_characters++)
    {
      gunichar character = g_utf8_get_char (p);

      if (n_characters + 1 == length && *g_utf8_next_char (p) != '\0')
        {
          g_string_append (clean, "…");
          break;
        }
      g_string_append_unichar (clean, may_be_shown (character) ? character : ' ');
    }
  return g_string_free (clean, FALSE);
}

/* label is borrowed, value taken; both are kept in turn. */
void
cli_rows_add (GPtrArray  *rows,
              const char *label,
              char       *value)
{
  g_ptr_array_add (rows, g_strdup (label));
  g_ptr_array_add (rows, value);
}

void
cli_rows_format (GPtrArray *rows,
                 GString   *text)
{
  glong width = 0;

  for (guint i = 0; i < rows->len; i += 2)
    width = MAX (width, g_utf8_strlen (rows->pdata[i], -1));
  for (guint i = 0; i < rows->len; i += 2)
    {
      glong length = g_utf8_strlen (rows->pdata[i], -1);

      g_string_append_printf (text, "%s%s%*s%s", i > 0 ? "\n" : "", (char *) rows->pdata[i],
                              (int) (width - length + 2), "", (char *) rows->pdata[i + 1]);
    }
}

char *
cli_format_count (guint64 count)
{
  return g_strdup_printf ("%'" G_GUINT64_FORMAT, count);
}

double
cli_seconds_since (gint64 start)
{
  return (g_get_monotonic_time () - start) / (double) G_USEC_PER_SEC;
}

char *
cli_format_seconds (double seconds)
{
  /* Translators: how long it took. */
  return g_strdup_printf (_("%.2f seconds"), seconds);
}

/* What is no time is shown as it is. */
char *
cli_format_time (const char *time)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autoptr (GDateTime) moment = g_date_time_new_from_iso8601 (time, zone);
  g_autofree char *text = moment != NULL ? g_date_time_format (moment, "%c") : NULL;

  return cli_clean_text (text != NULL ? text : time, G_MAXSIZE);
}

static gboolean
set_output_error (GError **error)
{
  int number = errno;

  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (number), _("cannot write the output: %s"),
               g_strerror (number));
  return FALSE;
}

gboolean
cli_print_line (GString  *line,
                GError  **error)
{
  g_string_append_c (line, '\n');
  if (fwrite (line->str, 1, line->len, stdout) != line->len)
    return set_output_error (error);
  return TRUE;
}

gboolean
cli_print_flush (GError **error)
{
  return fflush (stdout) == 0 || set_output_error (error);
}

static gboolean progress_shown;

void
cli_progress (const char *phase,
              double      fraction,
              gpointer    user_data)
{
  if (!isatty (STDERR_FILENO))
    return;

  if (fraction >= 0)
    g_printerr ("\r\033[K%3.0f %% %s", fraction * 100, phase);
  else
    g_printerr ("\r\033[K%s…", phase);
  progress_shown = TRUE;
}

void
cli_progress_clear (void)
{
  if (progress_shown)
    g_printerr ("\r\033[K");
  progress_shown = FALSE;
}
