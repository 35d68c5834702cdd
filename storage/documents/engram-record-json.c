/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "documents/engram-record-json-private.h"

#include <string.h>

#include "documents/engram-record-json.h"
#include "documents/engram-record-output-private.h"
#include "json/engram-number.h"
#include "model/engram-neuron-private.h"
#include "model/engram-synapse-private.h"

/* What every neuron has, in the order of the document. */
static const EngramNeuronColumns common_columns[] = {
  ENGRAM_NEURON_ID, ENGRAM_NEURON_TYPE, ENGRAM_NEURON_POSITION, ENGRAM_NEURON_VECTOR, ENGRAM_NEURON_METADATA,
  ENGRAM_NEURON_ACTIVATION_LEVEL, ENGRAM_NEURON_CREATED_AT, ENGRAM_NEURON_MODIFIED_AT,
};

/* Those of types, in the order of the table. */
#define FIRST_TYPE_COLUMN ENGRAM_NEURON_SOURCE_DATA
#define LAST_TYPE_COLUMN ENGRAM_NEURON_ACTIVATION_THRESHOLD

struct _EngramRecordJsonState {
  EngramObjectWriter *object;
  EngramKeptMembers   kept;
};

static void
begin_record (EngramRecordOutput      *self,
              EngramRecordJsonWriter  *writer,
              const EngramRecordClass *class,
              gconstpointer            record,
              const char              *id,
              guint                    metadata_bit)
{
  EngramRecordJsonState *state = writer->state;

  if (state == NULL)
    {
      state = writer->state = g_new0 (EngramRecordJsonState, 1);
      state->object = engram_object_writer_new ();
      engram_kept_members_init (&state->kept);
    }
  *self = (EngramRecordOutput) { writer, state->object, &state->kept, class, record, id, metadata_bit, 0, NULL };
  engram_object_writer_begin (self->object, writer->document, writer->indent, writer->level);
}

static void
end_record (EngramRecordOutput *self)
{
  engram_object_writer_end (self->object, self->writer->canonical);
  g_free (self->metadata);
}

static const EngramColumn *
find_column (EngramRecordOutput *self,
             guint               bit)
{
  return engram_record_find_column (self->class, bit);
}

/* Fields of neurons */

/* A type may call a column by another name. */
static EngramColumn
get_field_column (EngramRecordOutput *self,
                  const EngramField  *field)
{
  EngramColumn column = *find_column (self, field->column);

  column.field = field->name;
  return column;
}

static void
check_type_columns (EngramRecordOutput *self,
                    EngramNeuronType   *type)
{
  const EngramField *fields;
  gsize n_fields = 0;

  if (type == NULL)
    {
      for (guint bit = FIRST_TYPE_COLUMN; bit <= LAST_TYPE_COLUMN; bit <<= 1)
        engram_record_output_check (self, find_column (self, bit));
      return;
    }
  fields = engram_neuron_type_get_fields (type, &n_fields);
  for (gsize i = 0; i < n_fields; i++)
    if (fields[i].column != 0)
      {
        const EngramColumn column = get_field_column (self, &fields[i]);

        engram_record_output_check (self, &column);
      }
}

/* A field without a column: see engram_neuron_get_field(). */
static void
write_field (EngramRecordOutput *self,
             const EngramField  *field)
{
  const EngramKeptMember *kept = engram_kept_members_find (self->kept, field->name);
  const char *stand_in = NULL;

  if (field->stand_in != 0)
    stand_in = engram_record_output_get_text (self, find_column (self, field->stand_in));
  engram_object_writer_name (self->object, field->name);
  if (kept != NULL)
    engram_record_output_write_json (self, field->name, kept->json, kept->length);
  else if (stand_in != NULL)
    engram_object_writer_text (self->object, stand_in, -1);
  else if (field->default_json != NULL)
    engram_object_writer_json (self->object, field->default_json, strlen (field->default_json));
  else
    engram_object_writer_null (self->object);
}

static void
write_type_fields (EngramRecordOutput *self,
                   EngramNeuronType   *type)
{
  gsize n_fields;
  const EngramField *fields = engram_neuron_type_get_fields (type, &n_fields);

  for (gsize i = 0; i < n_fields; i++)
    if (fields[i].column != 0)
      {
        const EngramColumn column = get_field_column (self, &fields[i]);

        engram_record_output_write (self, &column);
      }
    else
      {
        write_field (self, &fields[i]);
      }
}

/* Whether a column could have held what is kept under its name: then it was emptied since. */
static gboolean
could_hold (EngramRecordOutput     *self,
            const EngramColumn     *column,
            const EngramKeptMember *kept)
{
  EngramJsonType type = engram_record_output_get_json_type (self, column);
  double number;

  if (type != ENGRAM_JSON_INVALID)
    return kept->type == type;
  if (column->kind == ENGRAM_COLUMN_TEXT)
    return kept->type == ENGRAM_JSON_STRING;
  if (column->kind == ENGRAM_COLUMN_INTEGER)
    return engram_kept_member_is_integer (kept);
  /* A whole number of hundreds of digits is beyond a double. */
  return kept->type == ENGRAM_JSON_NUMBER && engram_number_parse (kept->json, kept->length, &number);
}

/* Of a type that nobody knows, a column that is NULL is no member, but for what the document had there. */
static void
write_type_columns (EngramRecordOutput *self)
{
  for (guint bit = FIRST_TYPE_COLUMN; bit <= LAST_TYPE_COLUMN; bit <<= 1)
    {
      const EngramColumn *column = find_column (self, bit);
      const EngramKeptMember *kept = engram_kept_members_find (self->kept, column->field);

      if (!engram_record_output_is_null (self, column))
        {
          engram_record_output_write (self, column);
        }
      else if (kept != NULL && !could_hold (self, column, kept))
        {
          engram_object_writer_name (self->object, column->field);
          engram_record_output_write_json (self, column->field, kept->json, kept->length);
        }
    }
}

/* Members that nobody knows */

static gboolean
has_name (EngramRecordOutput     *self,
          const EngramKeptMember *member,
          const char             *name)
{
  return strlen (name) == member->name_length &&
         memcmp (self->kept->names->str + member->name, name, member->name_length) == 0;
}

/* Whether a member that is kept has the name of one of these columns, or of a field of the type. */
static gboolean
is_known (EngramRecordOutput     *self,
          const EngramKeptMember *member,
          guint                   columns,
          EngramNeuronType       *type)
{
  const EngramField *fields = NULL;
  gsize n_fields = 0;

  for (guint i = 0; i < self->class->n_columns; i++)
    if ((self->class->columns[i].bit & columns) != 0 && has_name (self, member, self->class->columns[i].field))
      return TRUE;
  if (type != NULL)
    fields = engram_neuron_type_get_fields (type, &n_fields);
  for (gsize i = 0; i < n_fields; i++)
    if (has_name (self, member, fields[i].name))
      return TRUE;
  return FALSE;
}

static void
write_others (EngramRecordOutput *self,
              guint               columns,
              EngramNeuronType   *type)
{
  for (guint i = 0; i < self->kept->members->len; i++)
    {
      const EngramKeptMember *member = &g_array_index (self->kept->members, EngramKeptMember, i);
      const char *name = self->kept->names->str + member->name;
      g_autofree char *shown = NULL;

      if (is_known (self, member, columns, type))
        continue;
      shown = g_utf8_make_valid (name, member->name_length);
      engram_object_writer_any_name (self->object, member->token, member->token_length, name, member->name_length);
      engram_record_output_write_json (self, shown, member->json, member->length);
    }
}

/* Records */

void
engram_record_json_write_neuron (EngramRecordJsonWriter *self,
                                 const EngramNeuron     *neuron)
{
  EngramNeuronType *type = engram_type_registry_lookup (self->registry, neuron->type);
  guint columns = ENGRAM_NEURON_ALL & ~ENGRAM_NEURON_FIELDS;
  EngramRecordOutput output;

  if (type != NULL)
    columns = FIRST_TYPE_COLUMN - 1;
  begin_record (&output, self, &engram_neuron_class, neuron, neuron->id, ENGRAM_NEURON_METADATA);
  engram_record_output_check (&output, find_column (&output, ENGRAM_NEURON_METADATA));
  check_type_columns (&output, type);
  engram_record_output_check_fields (&output, find_column (&output, ENGRAM_NEURON_FIELDS));

  for (gsize i = 0; i < G_N_ELEMENTS (common_columns); i++)
    if (common_columns[i] != ENGRAM_NEURON_VECTOR || !self->skip_vector)
      engram_record_output_write (&output, find_column (&output, common_columns[i]));
  if (type != NULL)
    write_type_fields (&output, type);
  else
    write_type_columns (&output);
  write_others (&output, columns, type);
  end_record (&output);
}

void
engram_record_json_write_synapse (EngramRecordJsonWriter *self,
                                  const EngramSynapse    *synapse)
{
  guint columns = ENGRAM_SYNAPSE_ALL & ~ENGRAM_SYNAPSE_FIELDS;
  EngramRecordOutput output;

  begin_record (&output, self, &engram_synapse_class, synapse, synapse->id, ENGRAM_SYNAPSE_METADATA);
  engram_record_output_check (&output, find_column (&output, ENGRAM_SYNAPSE_METADATA));
  engram_record_output_check_fields (&output, find_column (&output, ENGRAM_SYNAPSE_FIELDS));

  for (guint i = 0; i < engram_synapse_class.n_columns; i++)
    if ((engram_synapse_class.columns[i].bit & columns) != 0)
      engram_record_output_write (&output, &engram_synapse_class.columns[i]);
  write_others (&output, columns, NULL);
  end_record (&output);
}

void
engram_record_json_writer_clear (EngramRecordJsonWriter *self)
{
  if (self->state == NULL)
    return;
  engram_object_writer_free (self->state->object);
  engram_kept_members_clear (&self->state->kept);
  g_clear_pointer (&self->state, g_free);
}

/* Single records */

static char *
finish_line (EngramRecordJsonWriter *writer)
{
  g_autoptr (GString) document = writer->document;
  char *line = engram_json_compact (document->str);

  engram_record_json_writer_clear (writer);
  return line;
}

char *
engram_neuron_to_json (const EngramNeuron *self,
                       gboolean            with_vector)
{
  EngramRecordJsonWriter writer = { .skip_vector = !with_vector };

  g_return_val_if_fail (self != NULL, NULL);

  writer.document = g_string_new (NULL);
  writer.registry = engram_type_registry_get_default ();
  engram_record_json_write_neuron (&writer, self);
  return finish_line (&writer);
}

char *
engram_synapse_to_json (const EngramSynapse *self)
{
  EngramRecordJsonWriter writer = { .document = NULL };

  g_return_val_if_fail (self != NULL, NULL);

  writer.document = g_string_new (NULL);
  writer.registry = engram_type_registry_get_default ();
  engram_record_json_write_synapse (&writer, self);
  return finish_line (&writer);
}
