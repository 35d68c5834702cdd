/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lists/engram-record-text.h"

#include <string.h>

#define LINE_END "\n"
/* As RFC 4180 wants it. */
#define CSV_LINE_END "\r\n"

static const struct {
  const char *name;
  const char *mime_type;
} formats[] = {
  [ENGRAM_RECORD_TEXT] = { "text", "text/tab-separated-values" },
  [ENGRAM_RECORD_CSV] = { "csv", "text/csv" },
  [ENGRAM_RECORD_JSON] = { "json", "application/json" },
  [ENGRAM_RECORD_IDS] = { "ids", "text/plain;charset=utf-8" },
};

struct _EngramRecordText {
  EngramRecordFormat format;
  EngramRecordKind kind;
  GPtrArray *columns; /* EngramColumn */
  GString *text;
  gsize n_records;
};

/* Fields */

static void
append_csv_field (GString    *text,
                  const char *field)
{
  if (strpbrk (field, ",\"\r\n") == NULL)
    {
      g_string_append (text, field);
      return;
    }
  g_string_append_c (text, '"');
  for (const char *cursor = field; *cursor != '\0'; cursor++)
    {
      if (*cursor == '"')
        g_string_append_c (text, '"');
      g_string_append_c (text, *cursor);
    }
  g_string_append_c (text, '"');
}

/* A tab or a line break within a field would begin another one. */
static void
append_tabbed_field (GString    *text,
                     const char *field)
{
  for (const char *cursor = field; *cursor != '\0'; cursor++)
    g_string_append_c (text, strchr ("\t\r\n", *cursor) != NULL ? ' ' : *cursor);
}

static void
append_field (EngramRecordText *self,
              const char       *field,
              gboolean          first)
{
  gboolean csv = self->format == ENGRAM_RECORD_CSV;

  if (!first)
    g_string_append_c (self->text, csv ? ',' : '\t');
  if (csv)
    append_csv_field (self->text, field);
  else
    append_tabbed_field (self->text, field);
}

/* The columns show what stands for the neurons at both ends; a program needs their ids. */
static gboolean
has_end_ids (EngramRecordText *self)
{
  return self->format == ENGRAM_RECORD_CSV && self->kind == ENGRAM_RECORD_SYNAPSE;
}

static void
end_line (EngramRecordText *self)
{
  g_string_append (self->text, self->format == ENGRAM_RECORD_CSV ? CSV_LINE_END : LINE_END);
}

/* Records */

static void
append_titles (EngramRecordText *self)
{
  for (guint i = 0; i < self->columns->len; i++)
    {
      const EngramColumn *column = g_ptr_array_index (self->columns, i);

      append_field (self, self->format == ENGRAM_RECORD_CSV ? column->name : column->title, i == 0);
    }
  if (has_end_ids (self))
    {
      append_field (self, "from-id", FALSE);
      append_field (self, "to-id", FALSE);
    }
  end_line (self);
}

static void
append_fields (EngramRecordText         *self,
               const EngramRecordValues *values)
{
  for (guint i = 0; i < self->columns->len; i++)
    {
      g_autofree char *field = engram_columns_format_exact (g_ptr_array_index (self->columns, i), values);

      append_field (self, field, i == 0);
    }
  if (has_end_ids (self))
    {
      append_field (self, values->synapse->source_id != NULL ? values->synapse->source_id : "", FALSE);
      append_field (self, values->synapse->target_id != NULL ? values->synapse->target_id : "", FALSE);
    }
  end_line (self);
}

static void
append_json (EngramRecordText         *self,
             const EngramRecordValues *values)
{
  g_autofree char *json = values->neuron != NULL ? engram_neuron_to_json (values->neuron, FALSE)
                                                 : engram_synapse_to_json (values->synapse);

  g_string_append (self->text, self->n_records == 0 ? "[\n" : ",\n");
  g_string_append (self->text, json);
}

static void
append_id (EngramRecordText         *self,
           const EngramRecordValues *values)
{
  const char *id = values->neuron != NULL ? values->neuron->id : values->synapse->id;

  append_tabbed_field (self->text, id != NULL ? id : "");
  end_line (self);
}

/**
 * engram_record_text_new:
 * @format: as what
 * @kind: neurons or synapses
 * @columns: (nullable) (element-type EngramColumn): the columns of text and CSV; %NULL for all
 *   but the results of analyses
 *
 * Returns: (transfer full): records as text, none yet
 */
EngramRecordText *
engram_record_text_new (EngramRecordFormat  format,
                        EngramRecordKind    kind,
                        GPtrArray          *columns)
{
  EngramRecordText *self = g_new0 (EngramRecordText, 1);

  self->format = format;
  self->kind = kind;
  self->columns = columns != NULL ? g_ptr_array_ref (columns) : engram_columns_list_there (kind, NULL);
  self->text = g_string_new (NULL);
  if (format == ENGRAM_RECORD_TEXT || format == ENGRAM_RECORD_CSV)
    append_titles (self);
  return self;
}

/**
 * engram_record_text_append:
 * @self: records as text
 * @values: another record, of its kind
 *
 * Adds it.
 */
void
engram_record_text_append (EngramRecordText         *self,
                           const EngramRecordValues *values)
{
  switch (self->format)
    {
    case ENGRAM_RECORD_JSON:
      append_json (self, values);
      break;
    case ENGRAM_RECORD_IDS:
      append_id (self, values);
      break;
    case ENGRAM_RECORD_TEXT:
    case ENGRAM_RECORD_CSV:
    default:
      append_fields (self, values);
      break;
    }
  self->n_records++;
}

gsize
engram_record_text_get_length (EngramRecordText *self)
{
  return self->text->len;
}

/**
 * engram_record_text_take:
 * @self: records as text
 *
 * Hands out what there is until now, so that it need not be held; what is appended later follows it.
 *
 * Returns: (transfer full): the text since the last time
 */
GBytes *
engram_record_text_take (EngramRecordText *self)
{
  GString *text = g_steal_pointer (&self->text);

  self->text = g_string_new (NULL);
  return g_string_free_to_bytes (text);
}

/**
 * engram_record_text_free_to_bytes:
 * @self: (transfer full): records as text
 *
 * Returns: (transfer full): all of it
 */
GBytes *
engram_record_text_free_to_bytes (EngramRecordText *self)
{
  GString *text = g_steal_pointer (&self->text);

  if (self->format == ENGRAM_RECORD_JSON)
    g_string_append (text, self->n_records == 0 ? "[]\n" : "\n]\n");
  engram_record_text_free (self);
  return g_string_free_to_bytes (text);
}

void
engram_record_text_free (EngramRecordText *self)
{
  if (self->text != NULL)
    g_string_free (self->text, TRUE);
  g_ptr_array_unref (self->columns);
  g_free (self);
}

/**
 * engram_record_format_from_name:
 * @name: "text", "csv", "json" or "ids"
 * @format: (out): the format
 *
 * Returns: %FALSE where there is no format of that name
 */
gboolean
engram_record_format_from_name (const char         *name,
                                EngramRecordFormat *format)
{
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    if (g_str_equal (name, formats[i].name))
      {
        *format = i;
        return TRUE;
      }
  return FALSE;
}

const char *
engram_record_format_get_mime_type (EngramRecordFormat format)
{
  return formats[format].mime_type;
}
