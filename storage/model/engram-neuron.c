/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "model/engram-neuron-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stddef.h>

#include "model/engram-time.h"

G_STATIC_ASSERT (offsetof (EngramNeuron, rowid) == offsetof (EngramRecord, rowid));
G_STATIC_ASSERT (offsetof (EngramNeuron, nulls) == offsetof (EngramRecord, nulls));
G_STATIC_ASSERT (offsetof (EngramNeuron, odd) == offsetof (EngramRecord, odd));
G_STATIC_ASSERT (offsetof (EngramNeuron, block_size) == offsetof (EngramRecord, block_size));
G_STATIC_ASSERT (offsetof (EngramNeuron, vector_length) == offsetof (EngramNeuron, vector) + sizeof (gpointer));

#define NAMED_COLUMN(bit, name, field, kind, member) \
  { ENGRAM_NEURON_##bit, name, field, ENGRAM_COLUMN_##kind, offsetof (EngramNeuron, member) }
#define COLUMN(bit, name, kind, member) NAMED_COLUMN (bit, name, name, kind, member)

static const EngramColumn neuron_columns[] = {
  COLUMN (ID, "id", TEXT, id),
  COLUMN (POSITION, "position", POSITION, position),
  COLUMN (VECTOR, "vector", VECTOR, vector),
  NAMED_COLUMN (TYPE, "neuron_type", "type", TEXT, type),
  COLUMN (METADATA, "metadata", TEXT, metadata),
  COLUMN (ACTIVATION_LEVEL, "activation_level", DOUBLE, activation_level),
  COLUMN (CREATED_AT, "created_at", TEXT, created_at),
  COLUMN (MODIFIED_AT, "modified_at", TEXT, modified_at),
  COLUMN (SOURCE_DATA, "source_data", TEXT, source_data),
  COLUMN (COMPRESSION_RATIO, "compression_ratio", DOUBLE, compression_ratio),
  COLUMN (SEMANTIC_TAGS, "semantic_tags", TEXT, semantic_tags),
  COLUMN (FUNCTION_SIGNATURE, "function_signature", TEXT, function_signature),
  COLUMN (EXECUTABLE_CODE, "executable_code", TEXT, executable_code),
  COLUMN (INPUT_SCHEMA, "input_schema", TEXT, input_schema),
  COLUMN (OUTPUT_SCHEMA, "output_schema", TEXT, output_schema),
  COLUMN (EXECUTION_COUNT, "execution_count", INTEGER, execution_count),
  COLUMN (AVERAGE_EXECUTION_TIME, "average_execution_time", DOUBLE, average_execution_time),
  COLUMN (ACTIVATION_THRESHOLD, "activation_threshold", DOUBLE, activation_threshold),
  NAMED_COLUMN (FIELDS, "engram_fields", "fields", TEXT, fields),
};

const EngramRecordClass engram_neuron_class = {
  ENGRAM_RECORD_NEURON, sizeof (EngramNeuron), neuron_columns, G_N_ELEMENTS (neuron_columns),
};

G_STATIC_ASSERT (G_N_ELEMENTS (neuron_columns) <= ENGRAM_RECORD_MAX_COLUMNS);

G_DEFINE_BOXED_TYPE (EngramNeuron, engram_neuron, engram_neuron_copy, engram_neuron_free)

EngramNeuron *
engram_neuron_new (const char *type)
{
  EngramNeuron *self;
  g_autofree char *id = g_uuid_string_random ();
  g_autofree char *now = engram_time_now ();

  g_return_val_if_fail (type != NULL, NULL);

  self = g_new0 (EngramNeuron, 1);
  self->block_size = sizeof *self;
  engram_neuron_set_text (self, ENGRAM_NEURON_ID, id);
  engram_neuron_set_text (self, ENGRAM_NEURON_TYPE, type);
  engram_neuron_set_text (self, ENGRAM_NEURON_CREATED_AT, now);
  engram_neuron_set_text (self, ENGRAM_NEURON_MODIFIED_AT, now);
  self->nulls = ENGRAM_NEURON_COMPRESSION_RATIO;
  self->activation_threshold = 0.5;
  return self;
}

EngramNeuron *
engram_neuron_copy (const EngramNeuron *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return engram_record_copy (&engram_neuron_class, self);
}

void
engram_neuron_free (EngramNeuron *self)
{
  engram_record_free (&engram_neuron_class, self);
}

static const EngramColumn *
find_column (EngramNeuronColumns column,
             EngramColumnKind    kind)
{
  const EngramColumn *found = engram_record_find_column (&engram_neuron_class, column);

  return found != NULL && found->kind == kind ? found : NULL;
}

const char *
engram_neuron_get_text (const EngramNeuron  *self,
                        EngramNeuronColumns  column)
{
  const EngramColumn *found = find_column (column, ENGRAM_COLUMN_TEXT);

  g_return_val_if_fail (self != NULL && found != NULL, NULL);

  return *(const char *const *) ((const char *) self + found->offset);
}

void
engram_neuron_set_text (EngramNeuron        *self,
                        EngramNeuronColumns  column,
                        const char          *text)
{
  const EngramColumn *found = find_column (column, ENGRAM_COLUMN_TEXT);

  g_return_if_fail (self != NULL && found != NULL);

  engram_record_set_text (self, found, text);
}

double
engram_neuron_get_number (const EngramNeuron  *self,
                          EngramNeuronColumns  column)
{
  const EngramColumn *found = engram_record_find_column (&engram_neuron_class, column);
  gconstpointer member;

  g_return_val_if_fail (self != NULL && found != NULL, NAN);

  member = (const char *) self + found->offset;
  if (found->kind == ENGRAM_COLUMN_INTEGER)
    return *(const gint64 *) member;
  g_return_val_if_fail (found->kind == ENGRAM_COLUMN_DOUBLE, NAN);
  return *(const double *) member;
}

void
engram_neuron_set_number (EngramNeuron        *self,
                          EngramNeuronColumns  column,
                          double               number)
{
  const EngramColumn *found = engram_record_find_column (&engram_neuron_class, column);
  gpointer member;

  g_return_if_fail (self != NULL && found != NULL);
  g_return_if_fail (found->kind == ENGRAM_COLUMN_INTEGER || found->kind == ENGRAM_COLUMN_DOUBLE);

  member = (char *) self + found->offset;
  if (found->kind == ENGRAM_COLUMN_INTEGER)
    *(gint64 *) member = (gint64) number;
  else
    *(double *) member = number;
  self->nulls &= ~column;
  self->odd &= ~column;
}

void
engram_neuron_set_vector (EngramNeuron *self,
                          const float  *vector,
                          guint         length)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (vector != NULL || length == 0);

  engram_record_set_vector (self, find_column (ENGRAM_NEURON_VECTOR, ENGRAM_COLUMN_VECTOR), vector, length);
}

EngramNeuronColumns
engram_neuron_compare (const EngramNeuron *self,
                       const EngramNeuron *other)
{
  g_return_val_if_fail (self != NULL && other != NULL, 0);

  return engram_record_compare (&engram_neuron_class, self, other);
}

static gboolean
check_vector (const EngramNeuron *self,
              EngramRecordCheck  *check)
{
  for (guint i = 0; i < self->vector_length; i++)
    if (!isfinite (self->vector[i]))
      {
        engram_set_record_error (check->error, ENGRAM_ERROR_INVALID, check->kind, check->id, "vector",
                                 _("number %u of the vector is not finite"), i + 1);
        return FALSE;
      }
  return TRUE;
}

gboolean
engram_neuron_validate (const EngramNeuron   *self,
                        EngramNeuronColumns   columns,
                        GError              **error)
{
  EngramRecordCheck check;

  g_return_val_if_fail (self != NULL, FALSE);

  check = (EngramRecordCheck) { ENGRAM_RECORD_NEURON, self->id, error };
  return ((columns & ENGRAM_NEURON_ID) == 0 || engram_record_check_id (&check, self->id)) &&
         engram_record_check_columns (&engram_neuron_class, self, columns, &check) &&
         ((columns & ENGRAM_NEURON_VECTOR) == 0 || check_vector (self, &check)) &&
         ((columns & ENGRAM_NEURON_TYPE) == 0 || engram_record_check_present (&check, "type", self->type)) &&
         ((columns & ENGRAM_NEURON_METADATA) == 0 ||
          engram_record_check_json (&check, "metadata", self->metadata, ENGRAM_JSON_OBJECT)) &&
         ((columns & ENGRAM_NEURON_CREATED_AT) == 0 ||
          engram_record_check_time (&check, "created_at", self->created_at)) &&
         ((columns & ENGRAM_NEURON_MODIFIED_AT) == 0 ||
          engram_record_check_time (&check, "modified_at", self->modified_at)) &&
         ((columns & ENGRAM_NEURON_SEMANTIC_TAGS) == 0 ||
          engram_record_check_json (&check, "semantic_tags", self->semantic_tags, ENGRAM_JSON_LIST)) &&
         ((columns & ENGRAM_NEURON_INPUT_SCHEMA) == 0 ||
          engram_record_check_json (&check, "input_schema", self->input_schema, ENGRAM_JSON_OBJECT)) &&
         ((columns & ENGRAM_NEURON_OUTPUT_SCHEMA) == 0 ||
          engram_record_check_json (&check, "output_schema", self->output_schema, ENGRAM_JSON_OBJECT)) &&
         ((columns & ENGRAM_NEURON_FIELDS) == 0 ||
          engram_record_check_json (&check, "fields", self->fields, ENGRAM_JSON_OBJECT));
}

EngramNeuronColumns
engram_neuron_find_column (const char *name)
{
  g_return_val_if_fail (name != NULL, 0);

  for (gsize i = 0; i < G_N_ELEMENTS (neuron_columns); i++)
    if (neuron_columns[i].bit != ENGRAM_NEURON_FIELDS && g_str_equal (neuron_columns[i].field, name))
      return neuron_columns[i].bit;
  return 0;
}

const char *
engram_neuron_get_summary (const EngramNeuron *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (self->source_data != NULL && *self->source_data != '\0')
    return self->source_data;
  if (self->function_signature != NULL && *self->function_signature != '\0')
    return self->function_signature;
  return self->id != NULL ? self->id : "";
}

#define COLUMNS_BEFORE_VECTOR "rowid,id,position_x,position_y,position_z,"
#define COLUMNS_AFTER_VECTOR                                                                       \
  ",neuron_type,metadata,activation_level,created_at,modified_at,source_data,compression_ratio,"   \
  "semantic_tags,function_signature,executable_code,input_schema,output_schema,execution_count,"   \
  "average_execution_time,activation_threshold,"

const char *
engram_neuron_select_columns (gboolean with_vector,
                              gboolean has_fields)
{
  /* A number in the vector's place is what engram_record_read() takes for a vector that is not carried. */
  static const char *const columns[2][2] = {
    { COLUMNS_BEFORE_VECTOR "0" COLUMNS_AFTER_VECTOR "NULL",
      COLUMNS_BEFORE_VECTOR "0" COLUMNS_AFTER_VECTOR "engram_fields" },
    { COLUMNS_BEFORE_VECTOR "vector" COLUMNS_AFTER_VECTOR "NULL",
      COLUMNS_BEFORE_VECTOR "vector" COLUMNS_AFTER_VECTOR "engram_fields" },
  };

  return columns[with_vector ? 1 : 0][has_fields ? 1 : 0];
}

EngramNeuron *
engram_neuron_read (sqlite3_stmt *row)
{
  return engram_record_read (&engram_neuron_class, row);
}

void
engram_neuron_append_columns (GString             *sql,
                              EngramNeuronColumns  columns,
                              const char          *suffix)
{
  engram_record_append_columns (&engram_neuron_class, sql, columns, suffix);
}

void
engram_neuron_bind (EngramStatement     *statement,
                    const EngramNeuron  *self,
                    EngramNeuronColumns  columns,
                    int                 *parameter)
{
  engram_record_bind (&engram_neuron_class, statement, self, columns, parameter);
}
