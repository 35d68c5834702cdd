/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "model/engram-synapse-private.h"

#include <glib/gi18n-lib.h>
#include <stddef.h>

#include "json/engram-number.h"
#include "model/engram-time.h"

G_STATIC_ASSERT (offsetof (EngramSynapse, rowid) == offsetof (EngramRecord, rowid));
G_STATIC_ASSERT (offsetof (EngramSynapse, nulls) == offsetof (EngramRecord, nulls));
G_STATIC_ASSERT (offsetof (EngramSynapse, odd) == offsetof (EngramRecord, odd));
G_STATIC_ASSERT (offsetof (EngramSynapse, block_size) == offsetof (EngramRecord, block_size));

#define NAMED_COLUMN(bit, name, field, kind, member) \
  { ENGRAM_SYNAPSE_##bit, name, field, ENGRAM_COLUMN_##kind, offsetof (EngramSynapse, member) }
#define COLUMN(bit, name, kind, member) NAMED_COLUMN (bit, name, name, kind, member)

static const EngramColumn synapse_columns[] = {
  COLUMN (ID, "id", TEXT, id),
  COLUMN (SOURCE, "source_neuron_id", TEXT, source_id),
  COLUMN (TARGET, "target_neuron_id", TEXT, target_id),
  COLUMN (WEIGHT, "weight", DOUBLE, weight),
  COLUMN (USAGE_COUNT, "usage_count", INTEGER, usage_count),
  COLUMN (LAST_TRAVERSED, "last_traversed", TEXT, last_traversed),
  COLUMN (TYPE, "synapse_type", TEXT, type),
  COLUMN (METADATA, "metadata", TEXT, metadata),
  COLUMN (CREATED_AT, "created_at", TEXT, created_at),
  COLUMN (MODIFIED_AT, "modified_at", TEXT, modified_at),
  NAMED_COLUMN (FIELDS, "engram_fields", "fields", TEXT, fields),
};

const EngramRecordClass engram_synapse_class = {
  ENGRAM_RECORD_SYNAPSE, sizeof (EngramSynapse), synapse_columns, G_N_ELEMENTS (synapse_columns),
};

G_DEFINE_BOXED_TYPE (EngramSynapse, engram_synapse, engram_synapse_copy, engram_synapse_free)

EngramSynapse *
engram_synapse_new (const char *source_id,
                    const char *target_id,
                    double      weight,
                    const char *type)
{
  EngramSynapse *self;
  g_autofree char *id = g_uuid_string_random ();
  g_autofree char *now = engram_time_now ();

  g_return_val_if_fail (source_id != NULL && target_id != NULL && type != NULL, NULL);

  self = g_new0 (EngramSynapse, 1);
  self->block_size = sizeof *self;
  self->weight = weight;
  engram_synapse_set_text (self, ENGRAM_SYNAPSE_ID, id);
  engram_synapse_set_text (self, ENGRAM_SYNAPSE_SOURCE, source_id);
  engram_synapse_set_text (self, ENGRAM_SYNAPSE_TARGET, target_id);
  engram_synapse_set_text (self, ENGRAM_SYNAPSE_TYPE, type);
  engram_synapse_set_text (self, ENGRAM_SYNAPSE_CREATED_AT, now);
  engram_synapse_set_text (self, ENGRAM_SYNAPSE_MODIFIED_AT, now);
  return self;
}

EngramSynapse *
engram_synapse_copy (const EngramSynapse *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return engram_record_copy (&engram_synapse_class, self);
}

void
engram_synapse_free (EngramSynapse *self)
{
  engram_record_free (&engram_synapse_class, self);
}

void
engram_synapse_set_text (EngramSynapse        *self,
                         EngramSynapseColumns  column,
                         const char           *text)
{
  const EngramColumn *found = engram_record_find_column (&engram_synapse_class, column);

  g_return_if_fail (self != NULL);
  g_return_if_fail (found != NULL && found->kind == ENGRAM_COLUMN_TEXT);

  engram_record_set_text (self, found, text);
}

EngramSynapseColumns
engram_synapse_compare (const EngramSynapse *self,
                        const EngramSynapse *other)
{
  g_return_val_if_fail (self != NULL && other != NULL, 0);

  return engram_record_compare (&engram_synapse_class, self, other);
}

static gboolean
check_weight (const EngramSynapse *self,
              EngramRecordCheck   *check)
{
  char digits[ENGRAM_NUMBER_LENGTH];

  if (self->weight >= -1.0 && self->weight <= 1.0)
    return TRUE;

  if (engram_number_format (self->weight, digits) == 0)
    g_snprintf (digits, sizeof digits, "%g", self->weight);
  engram_set_record_error (check->error, ENGRAM_ERROR_INVALID, check->kind, check->id, "weight",
                           _("%s is outside [-1, 1]"), digits);
  return FALSE;
}

gboolean
engram_synapse_validate (const EngramSynapse   *self,
                         EngramSynapseColumns   columns,
                         GError               **error)
{
  EngramRecordCheck check;

  g_return_val_if_fail (self != NULL, FALSE);

  check = (EngramRecordCheck) { ENGRAM_RECORD_SYNAPSE, self->id, error };
  return ((columns & ENGRAM_SYNAPSE_ID) == 0 || engram_record_check_id (&check, self->id)) &&
         engram_record_check_columns (&engram_synapse_class, self, columns, &check) &&
         ((columns & ENGRAM_SYNAPSE_SOURCE) == 0 ||
          engram_record_check_present (&check, "source_neuron_id", self->source_id)) &&
         ((columns & ENGRAM_SYNAPSE_TARGET) == 0 ||
          engram_record_check_present (&check, "target_neuron_id", self->target_id)) &&
         ((columns & ENGRAM_SYNAPSE_WEIGHT) == 0 || check_weight (self, &check)) &&
         ((columns & ENGRAM_SYNAPSE_TYPE) == 0 || engram_record_check_present (&check, "synapse_type", self->type)) &&
         ((columns & ENGRAM_SYNAPSE_LAST_TRAVERSED) == 0 || self->last_traversed == NULL ||
          engram_record_check_time (&check, "last_traversed", self->last_traversed)) &&
         ((columns & ENGRAM_SYNAPSE_METADATA) == 0 ||
          engram_record_check_json (&check, "metadata", self->metadata, ENGRAM_JSON_OBJECT)) &&
         ((columns & ENGRAM_SYNAPSE_CREATED_AT) == 0 ||
          engram_record_check_time (&check, "created_at", self->created_at)) &&
         ((columns & ENGRAM_SYNAPSE_MODIFIED_AT) == 0 ||
          engram_record_check_time (&check, "modified_at", self->modified_at)) &&
         ((columns & ENGRAM_SYNAPSE_FIELDS) == 0 ||
          engram_record_check_json (&check, "fields", self->fields, ENGRAM_JSON_OBJECT));
}

#define COLUMNS(table)                                                                              \
  table "rowid," table "id," table "source_neuron_id," table "target_neuron_id," table "weight,"    \
  table "usage_count," table "last_traversed," table "synapse_type," table "metadata,"              \
  table "created_at," table "modified_at,"

const char *
engram_synapse_select_columns (gboolean has_fields)
{
  return has_fields ? COLUMNS ("") "engram_fields" : COLUMNS ("") "NULL";
}

const char *
engram_synapse_select_columns_of_s (gboolean has_fields)
{
  return has_fields ? COLUMNS ("s.") "s.engram_fields" : COLUMNS ("s.") "NULL";
}

EngramSynapse *
engram_synapse_read (sqlite3_stmt *row)
{
  return engram_record_read (&engram_synapse_class, row);
}

void
engram_synapse_append_columns (GString              *sql,
                               EngramSynapseColumns  columns,
                               const char           *suffix)
{
  engram_record_append_columns (&engram_synapse_class, sql, columns, suffix);
}

void
engram_synapse_bind (EngramStatement      *statement,
                     const EngramSynapse  *self,
                     EngramSynapseColumns  columns,
                     int                  *parameter)
{
  engram_record_bind (&engram_synapse_class, statement, self, columns, parameter);
}
