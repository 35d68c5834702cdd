/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "documents/engram-record-output-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "documents/engram-broken-json-private.h"
#include "json/engram-json-canonical-private.h"
#include "json/engram-json-reader-private.h"

/* A document holds records in a list in an object, and is itself nested no deeper than ENGRAM_JSON_MAX_DEPTH. */
#define MAX_VALUE_DEPTH (ENGRAM_JSON_MAX_DEPTH - 3)

/* Whatever a column holds; bytes are NULL where it is NULL. */
typedef struct {
  const char *bytes;
  gsize       length;
} Bytes;

static void
report (EngramRecordOutput *self,
        const EngramColumn *column,
        const char         *message)
{
  if (self->writer->problem != NULL)
    self->writer->problem (self->id, column->field, message, self->writer->user_data);
}

/* Columns */

static gconstpointer
get_member (EngramRecordOutput *self,
            const EngramColumn *column)
{
  return (const char *) self->record + column->offset;
}

const char *
engram_record_output_get_text (EngramRecordOutput *self,
                               const EngramColumn *column)
{
  return *(const char *const *) get_member (self, column);
}

gboolean
engram_record_output_is_null (EngramRecordOutput *self,
                              const EngramColumn *column)
{
  if (column->kind == ENGRAM_COLUMN_TEXT)
    return engram_record_output_get_text (self, column) == NULL;
  return (self->record->nulls & column->bit) != 0;
}

static gboolean
is_odd (EngramRecordOutput *self,
        const EngramColumn *column)
{
  return (self->record->odd & column->bit) != 0;
}

/* The place in the row of what the record cannot carry, or -1 where there is no row. */
static int
get_index (EngramRecordOutput *self,
           const EngramColumn *column)
{
  if (self->writer->row == NULL)
    return -1;
  return 1 + (int) engram_record_count_columns (self->class, column->bit - 1);
}

/* What a column of text holds, NUL and what is not UTF-8 included where there is a row. */
static Bytes
get_bytes (EngramRecordOutput *self,
           const EngramColumn *column)
{
  const char *text = engram_record_output_get_text (self, column);
  int index = is_odd (self, column) ? get_index (self, column) : -1;

  if (index < 0)
    return (Bytes) { text, text != NULL ? strlen (text) : 0 };
  text = sqlite3_column_blob (self->writer->row, index);
  return (Bytes) { text != NULL ? text : "", sqlite3_column_bytes (self->writer->row, index) };
}

/* JSON */

EngramJsonType
engram_record_output_get_json_type (EngramRecordOutput *self,
                                    const EngramColumn *column)
{
  gboolean is_neuron = self->class->kind == ENGRAM_RECORD_NEURON;

  if (column->bit == self->metadata_bit)
    return ENGRAM_JSON_OBJECT;
  if (is_neuron && (column->bit & (ENGRAM_NEURON_INPUT_SCHEMA | ENGRAM_NEURON_OUTPUT_SCHEMA)) != 0)
    return ENGRAM_JSON_OBJECT;
  if (is_neuron && column->bit == ENGRAM_NEURON_SEMANTIC_TAGS)
    return ENGRAM_JSON_LIST;
  return ENGRAM_JSON_INVALID;
}

/* What keeps JSON from standing in a document, translated, or NULL. */
static char *
check_json (Bytes           json,
            EngramJsonType  type,
            guint           max_depth)
{
  EngramJsonReader reader;
  EngramJsonToken token;
  EngramJsonType found;
  guint depth = 0;

  engram_json_reader_init (&reader, json.bytes, json.length);
  token = engram_json_reader_next (&reader);
  found = engram_json_token_type (token);
  while (token != ENGRAM_JSON_TOKEN_INVALID && token != ENGRAM_JSON_TOKEN_END)
    {
      depth = MAX (depth, reader.depth);
      token = engram_json_reader_next (&reader);
    }
  if (token == ENGRAM_JSON_TOKEN_INVALID)
    /* Translators: what is wrong, then where. */
    return g_strdup_printf (_("it is not JSON: %s at byte %zu"), _(reader.reason),
                            (gsize) (reader.cursor - reader.start));
  if (found != type)
    return g_strdup (type == ENGRAM_JSON_OBJECT ? _("it is not a JSON object") : _("it is not a JSON list"));
  return depth > max_depth ? g_strdup (_("lists and objects are nested too deeply")) : NULL;
}

/* The metadata as they are so far, or NULL where they are nothing to go on from. */
static const char *
get_metadata (EngramRecordOutput *self)
{
  if (self->metadata != NULL)
    return self->metadata;
  if ((self->broken & self->metadata_bit) != 0)
    return NULL;
  return engram_record_output_get_text (self, engram_record_find_column (self->class, self->metadata_bit));
}

static void
keep_broken (EngramRecordOutput *self,
             const EngramColumn *column,
             Bytes               json,
             const char         *reason)
{
  g_autofree char *kept = NULL, *message = NULL;

  self->broken |= column->bit;
  kept = engram_broken_json_keep (get_metadata (self), column->field, json.bytes, json.length);
  if (kept != NULL)
    /* Translators: what is wrong; then the name of a member of the metadata. */
    message = g_strdup_printf (_("%s; what stands there is kept in the metadata, under “%s”"), reason,
                               ENGRAM_BROKEN_JSON_MEMBER);
  else
    /* Translators: what is wrong. */
    message = g_strdup_printf (_("%s; it is too long to be kept in the metadata, and was left out"), reason);
  report (self, column, message);
  if (kept == NULL)
    return;
  g_free (self->metadata);
  self->metadata = g_steal_pointer (&kept);
}

void
engram_record_output_check (EngramRecordOutput *self,
                            const EngramColumn *column)
{
  EngramJsonType type = engram_record_output_get_json_type (self, column);
  g_autofree char *reason = NULL;
  Bytes json;

  if (type == ENGRAM_JSON_INVALID || engram_record_output_is_null (self, column))
    return;
  json = get_bytes (self, column);
  reason = check_json (json, type, MAX_VALUE_DEPTH);
  if (reason != NULL)
    keep_broken (self, column, json, reason);
}

void
engram_record_output_check_fields (EngramRecordOutput *self,
                                   const EngramColumn *column)
{
  g_autofree char *reason = NULL;
  Bytes json = get_bytes (self, column);

  if (json.bytes != NULL)
    /* Its members move up by one. */
    reason = check_json (json, ENGRAM_JSON_OBJECT, MAX_VALUE_DEPTH + 1);
  if (json.bytes != NULL && reason == NULL)
    engram_kept_members_read (self->kept, json.bytes, json.length);
  else
    engram_kept_members_forget (self->kept);
  if (reason != NULL)
    keep_broken (self, column, json, reason);
}

/* Values */

/* A NUL is the one thing that JSON can hold and a record cannot. */
static gboolean
is_text_with_nul (Bytes text)
{
  return engram_json_is_utf8 (text.bytes, text.length) && memchr (text.bytes, '\0', text.length) != NULL;
}

static void
write_text (EngramRecordOutput *self,
            const EngramColumn *column)
{
  const char *text = engram_record_output_get_text (self, column);
  Bytes bytes;
  gsize length;

  if (text == NULL)
    {
      engram_object_writer_null (self->object);
      return;
    }
  bytes = is_odd (self, column) ? get_bytes (self, column) : (Bytes) { NULL, 0 };
  if (bytes.bytes != NULL && is_text_with_nul (bytes))
    length = engram_object_writer_text (self->object, bytes.bytes, bytes.length);
  else
    length = engram_object_writer_text (self->object, text, -1);
  if (bytes.bytes != NULL && !is_text_with_nul (bytes))
    report (self, column, _("it is not text as JSON knows it; what could be read of it was written"));
  if (length > ENGRAM_JSON_MAX_STRING_LENGTH + strlen ("\"\""))
    report (self, column, _("the text is longer than what an import takes"));
}

void
engram_record_output_write_json (EngramRecordOutput *self,
                                 const char         *field,
                                 const char         *json,
                                 gsize               length)
{
  if (!engram_object_writer_json (self->object, json, length) && self->writer->problem != NULL)
    self->writer->problem (self->id, field,
                           _("a number is beyond what a double can hold, and was written as null"),
                           self->writer->user_data);
}

static void
write_json (EngramRecordOutput *self,
            const EngramColumn *column,
            EngramJsonType      type)
{
  Bytes json = get_bytes (self, column);

  if (column->bit == self->metadata_bit && self->metadata != NULL)
    json = (Bytes) { self->metadata, strlen (self->metadata) };
  else if (json.bytes == NULL || (self->broken & column->bit) != 0)
    json = (Bytes) { type == ENGRAM_JSON_LIST ? "[]" : "{}", 2 };
  engram_record_output_write_json (self, column->field, json.bytes, json.length);
}

static void
write_not_finite (EngramRecordOutput *self,
                  const EngramColumn *column)
{
  engram_object_writer_null (self->object);
  report (self, column, _("it is no finite number, and was written as null"));
}

static void
write_real (EngramRecordOutput *self,
            const EngramColumn *column,
            double              number)
{
  if (isfinite (number))
    engram_object_writer_real (self->object, number);
  else
    write_not_finite (self, column);
}

/* In a column of whole numbers there may be others. */
static void
write_integer (EngramRecordOutput *self,
               const EngramColumn *column)
{
  int index = is_odd (self, column) ? get_index (self, column) : -1;

  if (!is_odd (self, column))
    engram_object_writer_integer (self->object, *(const gint64 *) get_member (self, column));
  else if (index >= 0 && sqlite3_column_type (self->writer->row, index) == SQLITE_FLOAT)
    write_real (self, column, sqlite3_column_double (self->writer->row, index));
  else
    write_not_finite (self, column);
}

static void
write_position (EngramRecordOutput *self,
                const EngramColumn *column)
{
  const double *position = get_member (self, column);

  engram_object_writer_position (self->object, position);
  if (!isfinite (position[0]) || !isfinite (position[1]) || !isfinite (position[2]))
    report (self, column, _("a coordinate is no finite number, and was written as null"));
}

static void
write_vector (EngramRecordOutput *self,
              const EngramColumn *column)
{
  const EngramRecordVector *vector = get_member (self, column);
  g_autofree char *message = NULL;
  gsize not_finite;

  if (vector->numbers == NULL)
    {
      engram_object_writer_null (self->object);
      if (is_odd (self, column))
        report (self, column, _("it is not a list of float32 numbers, and was written as null"));
      return;
    }
  not_finite = engram_object_writer_vector (self->object, vector->numbers, vector->length);
  if (not_finite == 0)
    return;
  message = g_strdup_printf (_("number %zu of the vector is not finite, and was written as null, as "
                               "were others like it"), not_finite);
  report (self, column, message);
}

static void
write_column (EngramRecordOutput *self,
              const EngramColumn *column)
{
  EngramJsonType type = engram_record_output_get_json_type (self, column);

  if (type != ENGRAM_JSON_INVALID)
    write_json (self, column, type);
  else if (column->kind == ENGRAM_COLUMN_TEXT)
    write_text (self, column);
  else if (column->kind == ENGRAM_COLUMN_POSITION)
    write_position (self, column);
  else if (column->kind == ENGRAM_COLUMN_VECTOR)
    write_vector (self, column);
  else if (engram_record_output_is_null (self, column))
    engram_object_writer_null (self->object);
  else if (column->kind == ENGRAM_COLUMN_INTEGER)
    write_integer (self, column);
  else
    write_real (self, column, *(const double *) get_member (self, column));
}

/* Kept texts */

static gboolean
is_kept_vector (EngramRecordOutput     *self,
                const EngramColumn     *column,
                const EngramKeptMember *kept)
{
  const EngramRecordVector *vector = get_member (self, column);

  return engram_kept_member_is_vector (kept, vector->numbers, vector->length);
}

/* Whether a kept text still means what its column holds. */
static gboolean
is_kept (EngramRecordOutput     *self,
         const EngramColumn     *column,
         const EngramKeptMember *kept)
{
  /* What the record cannot carry was put there since. */
  if (is_odd (self, column))
    return FALSE;
  if (column->kind == ENGRAM_COLUMN_VECTOR)
    return is_kept_vector (self, column, kept);
  if (engram_record_output_is_null (self, column))
    return engram_kept_member_is_null (kept);
  switch (column->kind)
    {
    case ENGRAM_COLUMN_TEXT:
      return engram_record_output_get_json_type (self, column) == ENGRAM_JSON_INVALID &&
             engram_kept_member_is_text (kept, engram_record_output_get_text (self, column));
    case ENGRAM_COLUMN_DOUBLE:
      return engram_kept_member_is_number (kept, *(const double *) get_member (self, column));
    case ENGRAM_COLUMN_INTEGER:
      return engram_kept_member_is_number (kept, (double) *(const gint64 *) get_member (self, column));
    case ENGRAM_COLUMN_POSITION:
      return engram_kept_member_is_position (kept, get_member (self, column));
    case ENGRAM_COLUMN_VECTOR:
    default:
      g_assert_not_reached ();
    }
}

void
engram_record_output_write (EngramRecordOutput *self,
                            const EngramColumn *column)
{
  const EngramKeptMember *kept = engram_kept_members_find (self->kept, column->field);

  engram_object_writer_name (self->object, column->field);
  /* Broken metadata have made room for what is broken: nothing was kept that means the same. */
  if (kept != NULL && is_kept (self, column, kept) && (column->bit != self->metadata_bit || self->metadata == NULL))
    engram_record_output_write_json (self, column->field, kept->json, kept->length);
  else
    write_column (self, column);
}
