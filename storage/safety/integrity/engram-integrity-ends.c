/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "safety/integrity/engram-integrity-check-private.h"

#include <string.h>

#include "model/engram-id-table-private.h"

/* Added to the place of an id that is a blob: no text equals it, whatever its bytes are. */
#define BLOB_PLACE 0x80000000u

struct _EngramNeuronIds {
  EngramIdTable *texts;
  EngramIdTable *blobs;
};

EngramNeuronIds *
engram_neuron_ids_new (void)
{
  EngramNeuronIds *self = g_new0 (EngramNeuronIds, 1);

  self->texts = engram_id_table_new (0);
  self->blobs = engram_id_table_new (0);
  return self;
}

void
engram_neuron_ids_free (EngramNeuronIds *self)
{
  if (self == NULL)
    return;

  engram_id_table_free (self->texts);
  engram_id_table_free (self->blobs);
  g_free (self);
}

/* The bytes of an id, or FALSE where it is NULL. */
static gboolean
get_id (sqlite3_stmt  *row,
        int            column,
        const char   **id,
        gsize         *length,
        gboolean      *is_blob)
{
  int type = sqlite3_column_type (row, column);

  if (type == SQLITE_NULL)
    return FALSE;
  *is_blob = type == SQLITE_BLOB;
  *id = *is_blob ? sqlite3_column_blob (row, column) : (const char *) sqlite3_column_text (row, column);
  *length = sqlite3_column_bytes (row, column);
  if (*id == NULL)
    *id = "";
  return TRUE;
}

gboolean
engram_neuron_ids_add (EngramNeuronIds *self,
                       sqlite3_stmt    *row,
                       int              column)
{
  const char *id;
  gsize length;
  gboolean is_blob;

  return get_id (row, column, &id, &length, &is_blob) &&
         engram_id_table_add (is_blob ? self->blobs : self->texts, id, length);
}

gboolean
engram_neuron_ids_read (EngramNeuronIds   *self,
                        EngramConnection  *connection,
                        GError           **error)
{
  g_autoptr (EngramStatement) statement = engram_connection_prepare (connection, "SELECT id FROM neurons NOT INDEXED",
                                                                     error);
  int status;

  if (statement == NULL)
    return FALSE;
  while ((status = engram_statement_step (statement, error)) > 0)
    engram_neuron_ids_add (self, engram_statement_get_handle (statement), 0);
  return status == 0;
}

static guint32
find_place (const EngramNeuronIds *self,
            sqlite3_stmt          *row,
            int                    column)
{
  const char *id;
  gsize length;
  gboolean is_blob;
  guint32 place;

  if (!get_id (row, column, &id, &length, &is_blob))
    return ENGRAM_ID_TABLE_NONE;
  place = engram_id_table_find (is_blob ? self->blobs : self->texts, id, length);
  return is_blob && place != ENGRAM_ID_TABLE_NONE ? place + BLOB_PLACE : place;
}

static gboolean
is_self (sqlite3_stmt *row)
{
  const char *source, *target;
  gsize source_length, target_length;
  gboolean source_is_blob, target_is_blob;

  return get_id (row, ENGRAM_SYNAPSE_ROW_SOURCE, &source, &source_length, &source_is_blob) &&
         get_id (row, ENGRAM_SYNAPSE_ROW_TARGET, &target, &target_length, &target_is_blob) &&
         source_is_blob == target_is_blob && source_length == target_length &&
         memcmp (source, target, source_length) == 0;
}

EngramFindingKinds
engram_integrity_judge_ends (sqlite3_stmt          *row,
                             const EngramNeuronIds *ids,
                             guint64               *pair)
{
  EngramFindingKinds kinds = is_self (row) ? ENGRAM_KIND_BIT (ENGRAM_KIND_SYNAPSE_SELF) : 0;
  guint32 source = ENGRAM_ID_TABLE_NONE, target = ENGRAM_ID_TABLE_NONE;

  if (ids != NULL)
    {
      source = find_place (ids, row, ENGRAM_SYNAPSE_ROW_SOURCE);
      target = find_place (ids, row, ENGRAM_SYNAPSE_ROW_TARGET);
      if (source == ENGRAM_ID_TABLE_NONE)
        kinds |= ENGRAM_KIND_BIT (ENGRAM_KIND_ORPHAN_SOURCE);
      if (target == ENGRAM_ID_TABLE_NONE)
        kinds |= ENGRAM_KIND_BIT (ENGRAM_KIND_ORPHAN_TARGET);
    }
  if (pair != NULL)
    *pair = (kinds & (ENGRAM_KIND_BIT (ENGRAM_KIND_ORPHAN_SOURCE) | ENGRAM_KIND_BIT (ENGRAM_KIND_ORPHAN_TARGET))) == 0
              ? (guint64) source << 32 | target : ENGRAM_NO_PAIR;
  return kinds;
}
