/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "safety/integrity/engram-integrity-check-private.h"

#include <math.h>
#include <string.h>

#include "model/engram-time.h"
#include "model/engram-uuid.h"

#define NEURON_COLUMNS                                                                                     \
  "rowid,id,position_x,position_y,position_z,vector,neuron_type,metadata,created_at,modified_at,"          \
  "semantic_tags,input_schema,output_schema,"
#define SYNAPSE_COLUMNS                                                                                    \
  "rowid,id,source_neuron_id,target_neuron_id,weight,last_traversed,metadata,created_at,modified_at,"

/* Lengths of a time as isoformat() writes it, without and with a fraction. */
#define TIME_LENGTH 19
#define TIME_LENGTH_WITH_FRACTION 26

const EngramJsonColumn engram_integrity_neuron_json[ENGRAM_N_NEURON_JSON] = {
  { "metadata", ENGRAM_NEURON_ROW_METADATA, ENGRAM_JSON_OBJECT, ENGRAM_KIND_METADATA_JSON },
  { "semantic_tags", ENGRAM_NEURON_ROW_SEMANTIC_TAGS, ENGRAM_JSON_LIST, ENGRAM_KIND_TAGS_JSON },
  { "input_schema", ENGRAM_NEURON_ROW_INPUT_SCHEMA, ENGRAM_JSON_OBJECT, ENGRAM_KIND_SCHEMA_JSON },
  { "output_schema", ENGRAM_NEURON_ROW_OUTPUT_SCHEMA, ENGRAM_JSON_OBJECT, ENGRAM_KIND_SCHEMA_JSON },
  { "engram_fields", ENGRAM_NEURON_ROW_FIELDS, ENGRAM_JSON_OBJECT, ENGRAM_KIND_SCHEMA_JSON },
};

const EngramJsonColumn engram_integrity_synapse_json[ENGRAM_N_SYNAPSE_JSON] = {
  { "metadata", ENGRAM_SYNAPSE_ROW_METADATA, ENGRAM_JSON_OBJECT, ENGRAM_KIND_METADATA_JSON },
  { "engram_fields", ENGRAM_SYNAPSE_ROW_FIELDS, ENGRAM_JSON_OBJECT, ENGRAM_KIND_SCHEMA_JSON },
};

const char *
engram_integrity_get_neuron_columns (gboolean has_fields)
{
  return has_fields ? NEURON_COLUMNS "engram_fields" : NEURON_COLUMNS "NULL";
}

const char *
engram_integrity_get_synapse_columns (gboolean has_fields)
{
  return has_fields ? SYNAPSE_COLUMNS "engram_fields" : SYNAPSE_COLUMNS "NULL";
}

gboolean
engram_integrity_is_json_broken (sqlite3_stmt           *row,
                                 const EngramJsonColumn *column)
{
  const char *text;

  switch (sqlite3_column_type (row, column->index))
    {
    case SQLITE_NULL:
      return FALSE;
    case SQLITE_TEXT:
      text = (const char *) sqlite3_column_text (row, column->index);
      return engram_json_check (text != NULL ? text : "", sqlite3_column_bytes (row, column->index), NULL, NULL) !=
             column->type;
    default:
      return TRUE;
    }
}

static EngramFindingKinds
judge_json (sqlite3_stmt           *row,
            const EngramJsonColumn *columns,
            guint                   n_columns)
{
  EngramFindingKinds kinds = 0;

  for (guint i = 0; i < n_columns; i++)
    if (engram_integrity_is_json_broken (row, &columns[i]))
      kinds |= ENGRAM_KIND_BIT (columns[i].kind);
  return kinds;
}

static EngramFindingKinds
judge_id (sqlite3_stmt *row,
          int           index)
{
  /* A NUL within the text ends what is valid. */
  gboolean is_uuid = sqlite3_column_type (row, index) == SQLITE_TEXT &&
                     engram_uuid_is_valid ((const char *) sqlite3_column_text (row, index)) &&
                     sqlite3_column_bytes (row, index) == ENGRAM_UUID_TEXT_LENGTH;

  return is_uuid ? 0 : ENGRAM_KIND_BIT (ENGRAM_KIND_ID_NOT_UUID);
}

/* The time in a column, or NULL where there is none that parses. */
static const char *
get_time (sqlite3_stmt *row,
          int           index)
{
  const char *text;

  if (sqlite3_column_type (row, index) != SQLITE_TEXT)
    return NULL;
  text = (const char *) sqlite3_column_text (row, index);
  return engram_time_is_valid (text) && strlen (text) == (gsize) sqlite3_column_bytes (row, index) ? text : NULL;
}

/* As nearly all are, and as they compare as texts. */
static gboolean
is_plain_time (const char *time)
{
  gsize length = strlen (time);

  return (length == TIME_LENGTH || length == TIME_LENGTH_WITH_FRACTION) && time[10] == 'T' &&
         g_ascii_isdigit (time[length - 1]);
}

static gboolean
is_before (const char *time,
           const char *other)
{
  g_autofree char *normal = NULL;
  g_autofree char *other_normal = NULL;

  if (is_plain_time (time) && is_plain_time (other))
    return strcmp (time, other) < 0;
  normal = engram_time_normalize (time);
  other_normal = engram_time_normalize (other);
  return normal != NULL && other_normal != NULL && strcmp (normal, other_normal) < 0;
}

static EngramFindingKinds
judge_times (sqlite3_stmt *row,
             int           created_index,
             int           modified_index)
{
  const char *created = get_time (row, created_index);
  const char *modified = get_time (row, modified_index);

  if (created == NULL || modified == NULL)
    return ENGRAM_KIND_BIT (ENGRAM_KIND_TIMESTAMP_FORMAT);
  return is_before (modified, created) ? ENGRAM_KIND_BIT (ENGRAM_KIND_TIMESTAMP_ORDER) : 0;
}

static gboolean
is_number (sqlite3_stmt *row,
           int           index)
{
  int type = sqlite3_column_type (row, index);

  return type == SQLITE_FLOAT || type == SQLITE_INTEGER;
}

static EngramFindingKinds
judge_position (sqlite3_stmt *row)
{
  for (int index = ENGRAM_NEURON_ROW_X; index <= ENGRAM_NEURON_ROW_Z; index++)
    if (!is_number (row, index) || !isfinite (sqlite3_column_double (row, index)))
      return ENGRAM_KIND_BIT (ENGRAM_KIND_POSITION_NOT_FINITE);
  return 0;
}

EngramFindingKinds
engram_integrity_judge_neuron_but_vector (sqlite3_stmt *row)
{
  return judge_id (row, ENGRAM_NEURON_ROW_ID) | judge_position (row) |
         judge_json (row, engram_integrity_neuron_json, ENGRAM_N_NEURON_JSON) |
         judge_times (row, ENGRAM_NEURON_ROW_CREATED_AT, ENGRAM_NEURON_ROW_MODIFIED_AT);
}

EngramFindingKinds
engram_integrity_judge_neuron (sqlite3_stmt *row,
                               guint         dimension)
{
  EngramVectorTraits vector;
  EngramFindingKinds kinds;

  kinds = engram_integrity_judge_neuron_but_vector (row) | engram_integrity_judge_vector (row, 0, &vector);
  if (dimension != 0 && vector.length != 0 && vector.length != dimension)
    kinds |= ENGRAM_KIND_BIT (ENGRAM_KIND_VECTOR_DIMENSION);
  return kinds;
}

static EngramFindingKinds
judge_weight (sqlite3_stmt *row)
{
  double weight;

  if (!is_number (row, ENGRAM_SYNAPSE_ROW_WEIGHT))
    return ENGRAM_KIND_BIT (ENGRAM_KIND_WEIGHT_NOT_NUMBER);
  weight = sqlite3_column_double (row, ENGRAM_SYNAPSE_ROW_WEIGHT);
  return weight >= -1 && weight <= 1 ? 0 : ENGRAM_KIND_BIT (ENGRAM_KIND_WEIGHT_RANGE);
}

static EngramFindingKinds
judge_last_traversed (sqlite3_stmt *row)
{
  gboolean is_good = sqlite3_column_type (row, ENGRAM_SYNAPSE_ROW_LAST_TRAVERSED) == SQLITE_NULL ||
                     get_time (row, ENGRAM_SYNAPSE_ROW_LAST_TRAVERSED) != NULL;

  return is_good ? 0 : ENGRAM_KIND_BIT (ENGRAM_KIND_TIMESTAMP_FORMAT);
}

EngramFindingKinds
engram_integrity_judge_synapse_but_ends (sqlite3_stmt *row)
{
  return judge_id (row, ENGRAM_SYNAPSE_ROW_ID) | judge_weight (row) |
         judge_json (row, engram_integrity_synapse_json, ENGRAM_N_SYNAPSE_JSON) |
         judge_times (row, ENGRAM_SYNAPSE_ROW_CREATED_AT, ENGRAM_SYNAPSE_ROW_MODIFIED_AT) | judge_last_traversed (row);
}

EngramFindingKinds
engram_integrity_judge_synapse (sqlite3_stmt          *row,
                                const EngramNeuronIds *ids)
{
  return engram_integrity_judge_synapse_but_ends (row) | engram_integrity_judge_ends (row, ids, NULL);
}
