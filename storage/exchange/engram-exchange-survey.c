/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/engram-exchange-survey-private.h"

#include <string.h>

#include "exchange/engram-record-cells-private.h"
#include "json/engram-json-reader-private.h"
#include "json/engram-number.h"
#include "model/engram-neuron-private.h"
#include "model/engram-synapse-private.h"
#include "model/engram-type-registry.h"

/* The columns that belong to types stand side by side in the table: what is selected is the type, the fields, then
 * these. */
#define FIRST_TYPE_COLUMN ENGRAM_NEURON_SOURCE_DATA
#define LAST_TYPE_COLUMN ENGRAM_NEURON_ACTIVATION_THRESHOLD
#define TYPE_COLUMNS                                                                                       \
  "source_data,compression_ratio,semantic_tags,function_signature,executable_code,input_schema,"           \
  "output_schema,execution_count,average_execution_time,activation_threshold"

enum { COLUMN_TYPE = 1, COLUMN_FIELDS, COLUMN_FIRST_OF_TYPE };

typedef struct {
  EngramAttributes *attributes;
  GHashTable       *types;   /* names -> EngramNeuronType, or NULL where it is not registered */
  guint             columns; /* of types that are not registered: those that are attributes already */
} Survey;

/* Types */

static EngramAttributeKind
get_field_kind (EngramFieldKind kind)
{
  switch (kind)
    {
    case ENGRAM_FIELD_REAL:
      return ENGRAM_ATTRIBUTE_REAL;
    case ENGRAM_FIELD_INTEGER:
      return ENGRAM_ATTRIBUTE_INTEGER;
    case ENGRAM_FIELD_BOOLEAN:
      return ENGRAM_ATTRIBUTE_BOOLEAN;
    case ENGRAM_FIELD_TEXT:
    case ENGRAM_FIELD_CODE:
    case ENGRAM_FIELD_TIME:
    case ENGRAM_FIELD_TEXT_LIST:
    case ENGRAM_FIELD_OBJECT:
    default:
      return ENGRAM_ATTRIBUTE_TEXT;
    }
}

static EngramNeuronType *
meet_type (Survey     *self,
           const char *name)
{
  EngramNeuronType *type;
  const EngramField *fields = NULL;
  gsize n_fields = 0;

  if (g_hash_table_lookup_extended (self->types, name, NULL, (gpointer *) &type))
    return type;
  type = engram_type_registry_lookup (engram_type_registry_get_default (), name);
  g_hash_table_insert (self->types, g_strdup (name), type);
  if (type != NULL)
    fields = engram_neuron_type_get_fields (type, &n_fields);
  for (gsize i = 0; i < n_fields; i++)
    engram_attributes_add (self->attributes, fields[i].name, get_field_kind (fields[i].kind));
  return type;
}

static EngramAttributeKind
get_column_kind (const EngramColumn *column)
{
  if (column->kind == ENGRAM_COLUMN_INTEGER)
    return ENGRAM_ATTRIBUTE_INTEGER;
  return column->kind == ENGRAM_COLUMN_DOUBLE ? ENGRAM_ATTRIBUTE_REAL : ENGRAM_ATTRIBUTE_TEXT;
}

/* Of a type that nobody knows, the columns that are not NULL are its fields. */
static void
meet_type_columns (Survey       *self,
                   sqlite3_stmt *row)
{
  int index = COLUMN_FIRST_OF_TYPE;

  for (guint bit = FIRST_TYPE_COLUMN; bit <= LAST_TYPE_COLUMN; bit <<= 1, index++)
    if ((self->columns & bit) == 0 && sqlite3_column_type (row, index) != SQLITE_NULL)
      {
        const EngramColumn *column = engram_record_find_column (&engram_neuron_class, bit);

        self->columns |= bit;
        engram_attributes_add (self->attributes, column->field, get_column_kind (column));
      }
}

/* Members */

/* Whole numbers that no 64 bits hold are text: as reals they would not be what they are. */
static EngramAttributeKind
get_number_kind (const char *token,
                 gsize       length)
{
  double number;

  if (engram_cell_is_integer (token, length))
    return ENGRAM_ATTRIBUTE_INTEGER;
  if (memchr (token, '.', length) == NULL && memchr (token, 'e', length) == NULL && memchr (token, 'E', length) == NULL)
    return ENGRAM_ATTRIBUTE_TEXT;
  return engram_number_parse (token, length, &number) ? ENGRAM_ATTRIBUTE_REAL : ENGRAM_ATTRIBUTE_UNKNOWN;
}

static EngramAttributeKind
get_value_kind (const EngramJsonReader *reader,
                EngramJsonToken         token)
{
  if (token == ENGRAM_JSON_TOKEN_TRUE || token == ENGRAM_JSON_TOKEN_FALSE)
    return ENGRAM_ATTRIBUTE_BOOLEAN;
  if (token == ENGRAM_JSON_TOKEN_NUMBER)
    return get_number_kind (reader->token, reader->token_length);
  return token == ENGRAM_JSON_TOKEN_NULL ? ENGRAM_ATTRIBUTE_UNKNOWN : ENGRAM_ATTRIBUTE_TEXT;
}

/* Whether a member that is kept is not written under its name: that is a column's. */
static gboolean
is_of_column (const EngramRecordClass *class,
              const char              *name,
              EngramNeuronType        *type,
              sqlite3_stmt            *row)
{
  const EngramField *field = type != NULL ? engram_neuron_type_find_field (type, name) : NULL;
  guint bit = 0;

  if (field != NULL)
    return field->column != 0;
  for (guint i = 0; i < class->n_columns && bit == 0; i++)
    if (g_str_equal (class->columns[i].field, name))
      bit = class->columns[i].bit;
  if (bit == 0 || class->kind == ENGRAM_RECORD_SYNAPSE || bit < FIRST_TYPE_COLUMN || bit > LAST_TYPE_COLUMN)
    return bit != 0;
  /* What a column of a type could not hold is a member of a type that nobody knows; what another type has there is a
   * member like others. */
  return type == NULL &&
         sqlite3_column_type (row, COLUMN_FIRST_OF_TYPE +
                              (int) engram_record_count_columns (class, (bit - 1) & ~(FIRST_TYPE_COLUMN - 1)))
         != SQLITE_NULL;
}

/* What is no JSON adds nothing: it becomes text in the metadata. */
static void
meet_members (EngramAttributes        *attributes,
              const EngramRecordClass *class,
              EngramNeuronType        *type,
              sqlite3_stmt            *row,
              int                      column)
{
  const char *json = sqlite3_column_blob (row, column);
  EngramJsonReader reader;

  if (json == NULL)
    return;
  engram_json_reader_init (&reader, json, sqlite3_column_bytes (row, column));
  if (engram_json_reader_next (&reader) != ENGRAM_JSON_TOKEN_BEGIN_OBJECT)
    return;
  while (engram_json_reader_next (&reader) == ENGRAM_JSON_TOKEN_NAME)
    {
      gboolean exact;
      g_autofree char *name = engram_json_unescape (reader.token, reader.token_length, &exact);
      EngramJsonToken token = engram_json_reader_next (&reader);
      EngramAttributeKind kind = get_value_kind (&reader, token);

      if (engram_json_reader_skip (&reader, token) == ENGRAM_JSON_TOKEN_INVALID)
        return;
      if (!is_of_column (class, name, type, row))
        engram_attributes_add (attributes, name, kind);
    }
}

/* Rows */

static gboolean
meet_neuron (sqlite3_stmt  *row,
             gpointer       data,
             GError       **error)
{
  Survey *self = data;
  const char *name = (const char *) sqlite3_column_text (row, COLUMN_TYPE);
  EngramNeuronType *type = name != NULL ? meet_type (self, name) : NULL;

  if (type == NULL)
    meet_type_columns (self, row);
  meet_members (self->attributes, &engram_neuron_class, type, row, COLUMN_FIELDS);
  return TRUE;
}

static gboolean
meet_synapse (sqlite3_stmt  *row,
              gpointer       data,
              GError       **error)
{
  meet_members (data, &engram_synapse_class, NULL, row, 1);
  return TRUE;
}

gboolean
engram_exchange_survey_neurons (EngramExportWalk        *walk,
                                const EngramExportStep  *step,
                                EngramAttributes        *attributes,
                                GError                 **error)
{
  g_autoptr (GHashTable) types = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gboolean has_fields = engram_connection_neurons_have_fields (walk->reader);
  Survey self = { attributes, types, 0 };

  return engram_export_walk_rows (walk, ENGRAM_RECORD_NEURON,
                                  has_fields ? "rowid,neuron_type,engram_fields," TYPE_COLUMNS
                                             : "rowid,neuron_type,NULL," TYPE_COLUMNS,
                                  step, meet_neuron, &self, error);
}

gboolean
engram_exchange_survey_synapses (EngramExportWalk        *walk,
                                 const EngramExportStep  *step,
                                 EngramAttributes        *attributes,
                                 GError                 **error)
{
  return !engram_connection_synapses_have_fields (walk->reader) ||
         engram_export_walk_rows (walk, ENGRAM_RECORD_SYNAPSE, "rowid,engram_fields", step, meet_synapse, attributes,
                                  error);
}
