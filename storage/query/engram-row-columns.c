/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "query/engram-row-columns-private.h"

#include <math.h>
#include <string.h>

#include "json/engram-number.h"
#include "model/engram-time.h"

#define SECONDS_PER_DAY 86400

/* By kind. */
static const char *const expressions[ENGRAM_ROW_N_COLUMNS][2] = {
  [ENGRAM_ROW_ID] = { "id", "id" },
  [ENGRAM_ROW_TYPE] = { "neuron_type", "synapse_type" },
  [ENGRAM_ROW_CREATED] = { "created_at", "created_at" },
  [ENGRAM_ROW_MODIFIED] = { "modified_at", "modified_at" },
  [ENGRAM_ROW_X] = { "position_x", NULL },
  [ENGRAM_ROW_Y] = { "position_y", NULL },
  [ENGRAM_ROW_Z] = { "position_z", NULL },
  [ENGRAM_ROW_ACTIVATION] = { "activation_level", NULL },
  [ENGRAM_ROW_EXECUTIONS] = { "execution_count", NULL },
  /* SQLite reads the length without the bytes. */
  [ENGRAM_ROW_VECTOR_BYTES] = { "CASE typeof(vector) WHEN 'blob' THEN length(vector) END", NULL },
  [ENGRAM_ROW_SOURCE_DATA] = { "source_data", NULL },
  [ENGRAM_ROW_SIGNATURE] = { "function_signature", NULL },
  [ENGRAM_ROW_CODE] = { "executable_code", NULL },
  [ENGRAM_ROW_TAGS] = { "semantic_tags", NULL },
  [ENGRAM_ROW_METADATA] = { "metadata", NULL },
  [ENGRAM_ROW_FIELDS] = { "engram_fields", NULL },
  [ENGRAM_ROW_SOURCE] = { NULL, "source_neuron_id" },
  [ENGRAM_ROW_TARGET] = { NULL, "target_neuron_id" },
  [ENGRAM_ROW_WEIGHT] = { NULL, "weight" },
  [ENGRAM_ROW_USAGE] = { NULL, "usage_count" },
};

const char *
engram_row_get_table (EngramRecordKind kind)
{
  return kind == ENGRAM_RECORD_NEURON ? "neurons" : "synapses";
}

void
engram_row_layout_init (EngramRowLayout  *self,
                        EngramRecordKind  kind,
                        gboolean          has_fields,
                        guint             mask)
{
  *self = (EngramRowLayout) { .kind = kind, .has_fields = has_fields, .mask = mask, .n_columns = 1 };
  for (guint column = 0; column < ENGRAM_ROW_N_COLUMNS; column++)
    self->places[column] = (mask & ENGRAM_ROW_BIT (column)) != 0 ? self->n_columns++ : -1;
}

char *
engram_row_layout_dup_columns (const EngramRowLayout *self,
                               const char            *more)
{
  GString *columns = g_string_new ("rowid");

  for (guint column = 0; column < ENGRAM_ROW_N_COLUMNS; column++)
    if (self->places[column] >= 0)
      {
        gboolean is_absent = column == ENGRAM_ROW_FIELDS && !self->has_fields;

        g_string_append_printf (columns, ", %s", is_absent ? "NULL" : expressions[column][self->kind]);
      }
  if (more != NULL)
    g_string_append_printf (columns, ", %s", more);
  return g_string_free (columns, FALSE);
}

double
engram_row_get_number (const EngramRow *self,
                       EngramRowColumn  column)
{
  int place = self->layout->places[column];
  int type = sqlite3_column_type (self->statement, place);

  return type == SQLITE_FLOAT || type == SQLITE_INTEGER ? sqlite3_column_double (self->statement, place) : NAN;
}

const char *
engram_row_get_text (const EngramRow *self,
                     EngramRowColumn  column,
                     gsize           *length)
{
  int place = self->layout->places[column];
  const char *text = (const char *) sqlite3_column_text (self->statement, place);

  if (length != NULL)
    *length = text != NULL ? (gsize) sqlite3_column_bytes (self->statement, place) : 0;
  return text;
}

/* Whether it is UTF-8 without a NUL; plain ASCII, which is common, eight bytes at a time. */
static gboolean
is_utf8 (const char *text,
         gsize       length)
{
  const guint64 tops = G_GUINT64_CONSTANT (0x8080808080808080);
  const guint64 ones = G_GUINT64_CONSTANT (0x0101010101010101);
  gsize i = 0;

  for (; i + sizeof (guint64) <= length; i += sizeof (guint64))
    {
      guint64 word;

      memcpy (&word, text + i, sizeof word);
      if (((word | ((word - ones) & ~word)) & tops) != 0)
        break;
    }
  return g_utf8_validate_len (text + i, length - i, NULL);
}

const char *
engram_row_get_valid_text (const EngramRow  *self,
                           EngramRowColumn   column,
                           gsize            *length,
                           char            **made)
{
  const char *text = engram_row_get_text (self, column, length);

  if (text == NULL || is_utf8 (text, *length))
    return text;
  *made = g_utf8_make_valid (text, *length);
  *length = strlen (*made);
  return *made;
}

const char *
engram_row_get_exact_text (const EngramRow *self,
                           EngramRowColumn  column)
{
  int place = self->layout->places[column];

  if (sqlite3_column_type (self->statement, place) != SQLITE_TEXT)
    return NULL;
  return (const char *) sqlite3_column_text (self->statement, place);
}

const char *
engram_row_get_type (const EngramRow  *self,
                     gsize            *length,
                     char            **made)
{
  if (sqlite3_column_type (self->statement, self->layout->places[ENGRAM_ROW_TYPE]) != SQLITE_TEXT)
    return NULL;
  return engram_row_get_valid_text (self, ENGRAM_ROW_TYPE, length, made);
}

static gboolean
has_name (const EngramJsonReader *reader,
          const char             *name)
{
  gsize length = strlen (name);
  gboolean exact;
  g_autofree char *unescaped = NULL;

  if (!reader->token_escaped)
    return reader->token_length == length + 2 && memcmp (reader->token + 1, name, length) == 0;
  unescaped = engram_json_unescape (reader->token, reader->token_length, &exact);
  return exact && g_str_equal (unescaped, name);
}

/* Where the name stands twice, the last one counts. */
double
engram_row_parse_member (const char *object,
                         gsize       length,
                         const char *name)
{
  EngramJsonReader reader;
  EngramJsonToken token;
  double number = NAN;

  engram_json_reader_init (&reader, object, length);
  if (engram_json_reader_next (&reader) != ENGRAM_JSON_TOKEN_BEGIN_OBJECT)
    return NAN;
  while ((token = engram_json_reader_next (&reader)) == ENGRAM_JSON_TOKEN_NAME)
    {
      gboolean is_wanted = has_name (&reader, name);

      token = engram_json_reader_next (&reader);
      if (is_wanted && (token != ENGRAM_JSON_TOKEN_NUMBER ||
                        !engram_number_parse (reader.token, reader.token_length, &number)))
        number = NAN;
      engram_json_reader_skip (&reader, token);
    }
  return engram_json_reader_next (&reader) == ENGRAM_JSON_TOKEN_END ? number : NAN;
}

/* Times */

static gboolean
read_digits (const char *text,
             guint       count,
             int        *value)
{
  *value = 0;
  for (guint i = 0; i < count; i++)
    {
      if (!g_ascii_isdigit (text[i]))
        return FALSE;
      *value = *value * 10 + (text[i] - '0');
    }
  return TRUE;
}

/* Days since 1970 in the Gregorian calendar; a year that begins in March has its leap day last. */
static gint64
count_days (int year,
            int month,
            int day)
{
  int shifted = month > 2 ? year : year - 1;
  int day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;

  return (gint64) shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + day_of_year - 719468;
}

/* What follows the seconds. */
static double
read_fraction (const char *text)
{
  double unit = 1;
  double fraction = 0;

  if (*text++ != '.')
    return 0;
  for (; g_ascii_isdigit (*text); text++)
    {
      unit /= 10;
      fraction += unit * (*text - '0');
    }
  return fraction;
}

/* A time as engram_time_format() writes it, or NULL where it is none. The one form that is common is left as it is. */
static const char *
normalize_time (const char  *time,
                char       **made)
{
  if (!engram_time_is_valid (time))
    return NULL;
  if (time[10] == 'T' && strpbrk (time + 11, "Z+-") == NULL)
    return time;
  *made = engram_time_normalize (time);
  return *made;
}

gboolean
engram_row_time_is_within (const char *time,
                           const char *since,
                           const char *until)
{
  g_autofree char *made = NULL;
  const char *normal = normalize_time (time, &made);

  return normal != NULL && (since == NULL || strcmp (normal, since) >= 0) &&
         (until == NULL || strcmp (normal, until) < 0);
}

double
engram_row_parse_seconds (const char *time)
{
  int year, month, day, hour, minute, second;
  g_autofree char *made = NULL;

  time = normalize_time (time, &made);
  if (time == NULL)
    return NAN;
  if (!read_digits (time, 4, &year) || !read_digits (time + 5, 2, &month) || !read_digits (time + 8, 2, &day) ||
      !read_digits (time + 11, 2, &hour) || !read_digits (time + 14, 2, &minute) ||
      !read_digits (time + 17, 2, &second))
    return NAN;
  return (double) (count_days (year, month, day) * SECONDS_PER_DAY + hour * 3600 + minute * 60 + second) +
         read_fraction (time + 19);
}

/* Tags */

void
engram_tag_reader_init (EngramTagReader *self,
                        const char      *json,
                        gsize            length)
{
  engram_json_reader_init (&self->reader, json, length);
  self->is_valid = engram_json_reader_next (&self->reader) == ENGRAM_JSON_TOKEN_BEGIN_LIST;
}

gboolean
engram_tag_reader_next (EngramTagReader *self)
{
  EngramJsonToken token = ENGRAM_JSON_TOKEN_INVALID;

  while (self->is_valid && (token = engram_json_reader_next (&self->reader)) != ENGRAM_JSON_TOKEN_END_LIST)
    {
      self->is_valid = token != ENGRAM_JSON_TOKEN_INVALID;
      if (token == ENGRAM_JSON_TOKEN_STRING)
        {
          self->tag = self->reader.token + 1;
          self->tag_length = self->reader.token_length - 2;
          self->tag_escaped = self->reader.token_escaped;
          return TRUE;
        }
      if (self->is_valid)
        self->is_valid = engram_json_reader_skip (&self->reader, token) != ENGRAM_JSON_TOKEN_INVALID;
    }
  if (self->is_valid)
    self->is_valid = engram_json_reader_next (&self->reader) == ENGRAM_JSON_TOKEN_END;
  return FALSE;
}

char *
engram_tag_reader_dup_tag (const EngramTagReader *self)
{
  gboolean exact;

  return self->tag_escaped ? engram_json_unescape (self->tag - 1, self->tag_length + 2, &exact)
                           : g_strndup (self->tag, self->tag_length);
}
