/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "editing/engram-edit-merge-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "engram-error-private.h"
#include "stores/engram-neuron-store-private.h"
#include "stores/engram-synapse-store-private.h"

const EngramEditKind engram_edit_kinds[ENGRAM_EDIT_N_KINDS] = {
  [ENGRAM_CHANGE_NEURON] = {
    ENGRAM_RECORD_NEURON, "neurons", &engram_neuron_class, ENGRAM_NEURON_ID, ENGRAM_NEURON_MODIFIED_AT,
    &engram_neuron_create_operation, &engram_neuron_update_operation,
  },
  [ENGRAM_CHANGE_SYNAPSE] = {
    ENGRAM_RECORD_SYNAPSE, "synapses", &engram_synapse_class, ENGRAM_SYNAPSE_ID, ENGRAM_SYNAPSE_MODIFIED_AT,
    &engram_synapse_create_operation, &engram_synapse_update_operation,
  },
};

const char *
engram_edit_get_id (EngramChangeKind kind,
                    gconstpointer    record)
{
  return kind == ENGRAM_CHANGE_NEURON ? ((const EngramNeuron *) record)->id : ((const EngramSynapse *) record)->id;
}

static gboolean
validate (EngramChangeKind   kind,
          gconstpointer      record,
          guint              columns,
          GError           **error)
{
  return kind == ENGRAM_CHANGE_NEURON ? engram_neuron_validate (record, columns, error)
                                      : engram_synapse_validate (record, columns, error);
}

/* (transfer full): the record as it is in the file now */
static gpointer
read_stored (EngramChangeKind   kind,
             EngramConnection  *connection,
             const char        *id,
             GError           **error)
{
  g_autoptr (EngramStatement) statement = NULL;
  int status;

  if (kind == ENGRAM_CHANGE_NEURON)
    statement = engram_neuron_store_prepare (connection, TRUE, "FROM neurons WHERE id = ?", error);
  else
    statement = engram_synapse_store_prepare (connection, "FROM synapses WHERE id = ?", error);
  if (statement == NULL)
    return NULL;
  engram_statement_bind_text (statement, 1, id);
  status = engram_statement_step (statement, error);
  if (status == 0)
    engram_set_record_error (error, ENGRAM_ERROR_NOT_FOUND, engram_edit_kinds[kind].record_kind, id, NULL,
                             _("it is not in this network any more"));
  return status > 0 ? engram_record_read (engram_edit_kinds[kind].class, engram_statement_get_handle (statement))
                    : NULL;
}

/* A damaged file may have an id twice. What was found by it must be the row that the person saw; the numbers of rows
 * may have changed, then no row of that number has the id. */
static gboolean
check_row (EngramChangeKind       kind,
           EngramConnection      *connection,
           const EngramEditItem  *item,
           gconstpointer          stored,
           GError               **error)
{
  const char *id = engram_edit_get_id (kind, item->before);
  gint64 rowid = ((const EngramRecord *) item->before)->rowid;
  g_autoptr (EngramStatement) statement = NULL;
  g_autofree char *sql = NULL;
  int status;

  if (rowid == ((const EngramRecord *) stored)->rowid)
    return TRUE;
  sql = g_strdup_printf ("SELECT 1 FROM %s WHERE rowid=? AND id=?", engram_edit_kinds[kind].table);
  statement = engram_connection_prepare (connection, sql, error);
  if (statement == NULL)
    return FALSE;
  engram_statement_bind_int64 (statement, 1, rowid);
  engram_statement_bind_text (statement, 2, id);
  status = engram_statement_step (statement, error);
  if (status > 0)
    engram_set_record_error (error, ENGRAM_ERROR_INVALID, engram_edit_kinds[kind].record_kind, id, "id",
                             _("another row has the same; check the network, which can mend it"));
  return status == 0;
}

static void
copy_column (gpointer            record,
             gconstpointer       from,
             const EngramColumn *column)
{
  gpointer member = (char *) record + column->offset;
  gconstpointer source = (const char *) from + column->offset;
  EngramRecord *head = record;

  switch (column->kind)
    {
    case ENGRAM_COLUMN_TEXT:
      engram_record_set_text (record, column, *(const char *const *) source);
      break;
    case ENGRAM_COLUMN_VECTOR:
      engram_record_set_vector (record, column, ((const EngramRecordVector *) source)->numbers,
                                ((const EngramRecordVector *) source)->length);
      break;
    case ENGRAM_COLUMN_DOUBLE:
      *(double *) member = *(const double *) source;
      break;
    case ENGRAM_COLUMN_INTEGER:
      *(gint64 *) member = *(const gint64 *) source;
      break;
    case ENGRAM_COLUMN_POSITION:
      memcpy (member, source, 3 * sizeof (double));
      break;
    default:
      g_assert_not_reached ();
    }
  head->nulls = (head->nulls & ~column->bit) | (((const EngramRecord *) from)->nulls & column->bit);
  head->odd = (head->odd & ~column->bit) | (((const EngramRecord *) from)->odd & column->bit);
}

/* What the person changed, but the time of the change, which is now. */
static guint
get_wanted (EngramChangeKind      kind,
            const EngramEditItem *item)
{
  return engram_record_compare (engram_edit_kinds[kind].class, item->after, item->before) &
         ~engram_edit_kinds[kind].modified_at;
}

/* Columns that could be read in one of the two only. */
static guint
find_odd_in_one (gconstpointer record,
                 gconstpointer other)
{
  return ((const EngramRecord *) record)->odd ^ ((const EngramRecord *) other)->odd;
}

/* Another program may have changed what the person left alone, and may have done just what the person did. A vector
 * that could not be read compares as equal to any other: that it can be read now says that it was changed. */
static gboolean
check_unchanged (EngramChangeKind       kind,
                 const EngramEditItem  *item,
                 gconstpointer          stored,
                 GError               **error)
{
  const EngramRecordClass *class = engram_edit_kinds[kind].class;
  guint changed = get_wanted (kind, item) &
                  (engram_record_compare (class, item->before, stored) | find_odd_in_one (item->before, stored)) &
                  engram_record_compare (class, item->after, stored);

  for (guint i = 0; i < class->n_columns; i++)
    if ((changed & class->columns[i].bit) != 0)
      {
        engram_set_record_error (error, ENGRAM_ERROR_CHANGED, class->kind, engram_edit_get_id (kind, item->before),
                                 class->columns[i].field, _("another program has changed it meanwhile"));
        return FALSE;
      }
  return TRUE;
}

gpointer
engram_edit_merge (EngramChangeKind       kind,
                   EngramConnection      *connection,
                   const EngramEditItem  *item,
                   guint                 *columns,
                   GError               **error)
{
  const EngramRecordClass *class = engram_edit_kinds[kind].class;
  guint wanted = get_wanted (kind, item);
  gpointer stored = read_stored (kind, connection, engram_edit_get_id (kind, item->before), error);
  gpointer merged;

  if (stored == NULL)
    return NULL;
  *columns = wanted & engram_record_compare (class, item->after, stored);
  if (!check_row (kind, connection, item, stored, error) || !check_unchanged (kind, item, stored, error) ||
      !validate (kind, item->after, *columns, error))
    {
      engram_record_free (class, stored);
      return NULL;
    }
  merged = engram_record_copy (class, stored);
  for (guint i = 0; i < class->n_columns; i++)
    if ((*columns & class->columns[i].bit) != 0)
      copy_column (merged, item->after, &class->columns[i]);
  engram_record_free (class, stored);
  return merged;
}

