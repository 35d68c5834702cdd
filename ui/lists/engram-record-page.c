/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lists/engram-record-page.h"

/* What is read, and from where; a page is halved around rows that cannot be read. */
typedef struct {
  EngramRecordPage   *page;
  EngramNeuronStore  *neurons;  /* one of the two */
  EngramSynapseStore *synapses;
  const gint64       *rowids;
} Reading;

static void
engram_record_page_clear (EngramRecordPage *self)
{
  for (gsize i = 0; i < self->n_items; i++)
    {
      g_clear_pointer (&self->items[i].neuron.neuron, engram_neuron_free);
      engram_synapse_list_row_clear (&self->items[i].synapse);
    }
  g_free (self->items);
  g_clear_error (&self->error);
}

EngramRecordPage *
engram_record_page_ref (EngramRecordPage *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
engram_record_page_unref (EngramRecordPage *self)
{
  g_atomic_rc_box_release_full (self, (GDestroyNotify) engram_record_page_clear);
}

gboolean
engram_record_item_is_empty (const EngramRecordItem *self)
{
  return self->neuron.neuron == NULL && self->synapse.synapse == NULL;
}

static gboolean
equal_neurons (const EngramNeuronListItem *one,
               const EngramNeuronListItem *other)
{
  if (one->neuron == NULL || other->neuron == NULL)
    return one->neuron == other->neuron;
  return one->outgoing == other->outgoing && one->incoming == other->incoming &&
         one->neuron->rowid == other->neuron->rowid &&
         engram_neuron_compare (one->neuron, other->neuron) == 0;
}

static gboolean
equal_synapses (const EngramSynapseListRow *one,
                const EngramSynapseListRow *other)
{
  if (one->synapse == NULL || other->synapse == NULL)
    return one->synapse == other->synapse;
  return one->synapse->rowid == other->synapse->rowid &&
         engram_synapse_compare (one->synapse, other->synapse) == 0 &&
         g_strcmp0 (one->source_type, other->source_type) == 0 &&
         g_strcmp0 (one->source_summary, other->source_summary) == 0 &&
         g_strcmp0 (one->target_type, other->target_type) == 0 &&
         g_strcmp0 (one->target_summary, other->target_summary) == 0;
}

gboolean
engram_record_item_equal (const EngramRecordItem *self,
                          const EngramRecordItem *other)
{
  return equal_neurons (&self->neuron, &other->neuron) && equal_synapses (&self->synapse, &other->synapse);
}

static gboolean
read_neurons (const Reading  *reading,
              gsize           first,
              gsize           n_rowids,
              GCancellable   *cancellable,
              GError        **error)
{
  g_autoptr (GArray) found = NULL;

  found = engram_neuron_store_list_items (reading->neurons, reading->rowids + first, n_rowids, cancellable, error);
  if (found == NULL)
    return FALSE;
  for (guint i = 0; i < found->len; i++)
    {
      EngramNeuronListItem *item = &g_array_index (found, EngramNeuronListItem, i);

      reading->page->items[first + i].neuron = *item;
      item->neuron = NULL;
    }
  return TRUE;
}

static gboolean
read_synapses (const Reading  *reading,
               gsize           first,
               gsize           n_rowids,
               GCancellable   *cancellable,
               GError        **error)
{
  g_autoptr (GArray) found = NULL;

  found = engram_synapse_store_list_rows (reading->synapses, reading->rowids + first, n_rowids, cancellable, error);
  if (found == NULL)
    return FALSE;
  for (guint i = 0; i < found->len; i++)
    {
      EngramSynapseListRow *row = &g_array_index (found, EngramSynapseListRow, i);

      reading->page->items[first + i].synapse = *row;
      *row = (EngramSynapseListRow) { 0 };
    }
  return TRUE;
}

static void
note_missing (EngramRecordPage *page,
              gsize             first,
              gsize             n_rowids)
{
  for (gsize i = first; i < first + n_rowids; i++)
    page->stale = page->stale || engram_record_item_is_empty (&page->items[i]);
}

static gboolean
read_items (const Reading  *reading,
            gsize           first,
            gsize           n_rowids,
            GCancellable   *cancellable,
            GError        **error)
{
  g_autoptr (GError) read_error = NULL;
  gboolean read;
  gsize half;

  if (n_rowids == 0)
    return TRUE;
  read = reading->neurons != NULL ? read_neurons (reading, first, n_rowids, cancellable, &read_error)
                                  : read_synapses (reading, first, n_rowids, cancellable, &read_error);
  if (read)
    {
      note_missing (reading->page, first, n_rowids);
      return TRUE;
    }
  /* One broken row must not hide its neighbours. */
  if (g_error_matches (read_error, ENGRAM_ERROR, ENGRAM_ERROR_DAMAGED))
    {
      if (reading->page->error == NULL)
        reading->page->error = g_error_copy (read_error);
      if (n_rowids == 1)
        return TRUE;
      half = n_rowids / 2;
      return read_items (reading, first, half, cancellable, error) &&
             read_items (reading, first + half, n_rowids - half, cancellable, error);
    }
  g_propagate_error (error, g_steal_pointer (&read_error));
  return FALSE;
}

EngramRecordPage *
engram_record_page_read (EngramDatabase    *database,
                         EngramRecordKind   kind,
                         const gint64      *rowids,
                         gsize              n_rowids,
                         GCancellable      *cancellable,
                         GError           **error)
{
  g_autoptr (EngramRecordPage) self = g_atomic_rc_box_new0 (EngramRecordPage);
  g_autoptr (EngramNeuronStore) neurons = NULL;
  g_autoptr (EngramSynapseStore) synapses = NULL;

  if (kind == ENGRAM_RECORD_NEURON)
    neurons = engram_neuron_store_new (database);
  else
    synapses = engram_synapse_store_new (database);
  self->n_items = n_rowids;
  self->items = g_new0 (EngramRecordItem, n_rowids);
  if (!read_items (&(Reading) { self, neurons, synapses, rowids }, 0, n_rowids, cancellable, error))
    return NULL;
  return g_steal_pointer (&self);
}
