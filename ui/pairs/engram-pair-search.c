/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pairs/engram-pair-search.h"

#include <glib/gi18n.h>
#include <math.h>

#include "common/engram-text-format.h"
#include "lists/engram-record-page.h"

/* Pairs are looked for among so many nearest of each neuron. */
#define NEAREST 10

#define TEXT_CHARACTERS 200

typedef struct {
  gint64 rowid;
  char *id;
  char *text;
} End;

struct _EngramPairRow {
  GObject parent_instance;

  End     ends[2];
  float   cosine;
  double  weight;
};

typedef struct {
  EngramSearcher *searcher;
  EngramPairsKind kind;
  guint limit;
  GPtrArray *rows; /* EngramPairRow, once it is done */
} Search;

G_DEFINE_FINAL_TYPE (EngramPairRow, engram_pair_row, G_TYPE_OBJECT)

static void
engram_pair_row_finalize (GObject *object)
{
  EngramPairRow *self = ENGRAM_PAIR_ROW (object);

  for (int i = 0; i < 2; i++)
    {
      g_free (self->ends[i].id);
      g_free (self->ends[i].text);
    }
  G_OBJECT_CLASS (engram_pair_row_parent_class)->finalize (object);
}

static void
engram_pair_row_class_init (EngramPairRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = engram_pair_row_finalize;
}

static void
engram_pair_row_init (EngramPairRow *self)
{
}

gint64
engram_pair_row_get_rowid (EngramPairRow *self,
                           gboolean       other)
{
  g_return_val_if_fail (ENGRAM_IS_PAIR_ROW (self), 0);

  return self->ends[other].rowid;
}

const char *
engram_pair_row_get_id (EngramPairRow *self,
                        gboolean       other)
{
  g_return_val_if_fail (ENGRAM_IS_PAIR_ROW (self), NULL);

  return self->ends[other].id;
}

const char *
engram_pair_row_get_text (EngramPairRow *self,
                          gboolean       other)
{
  g_return_val_if_fail (ENGRAM_IS_PAIR_ROW (self), NULL);

  return self->ends[other].text;
}

float
engram_pair_row_get_cosine (EngramPairRow *self)
{
  g_return_val_if_fail (ENGRAM_IS_PAIR_ROW (self), NAN);

  return self->cosine;
}

double
engram_pair_row_get_weight (EngramPairRow *self)
{
  g_return_val_if_fail (ENGRAM_IS_PAIR_ROW (self), NAN);

  return self->weight;
}

static void
search_free (gpointer data)
{
  Search *self = data;

  g_object_unref (self->searcher);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_free (self);
}

static GArray *
find_pairs (Search         *self,
            EngramNetwork  *network,
            EngramJob      *job,
            GCancellable   *cancellable,
            GError        **error)
{
  EngramDatabase *database = engram_searcher_get_database (self->searcher);

  if (self->kind == ENGRAM_PAIRS_DISSIMILAR)
    return engram_pairs_find_linked_dissimilar (database, network, self->limit, engram_job_progress, job, cancellable, error);

  g_autoptr (EngramNeighbours) neighbours = engram_neighbours_find (database, NEAREST, engram_job_progress, job, cancellable,
                                                                    error);

  if (neighbours == NULL)
    return NULL;
  return engram_pairs_find_similar_unlinked (neighbours, network, self->limit, engram_job_progress, job, cancellable, error);
}

/* A pair that is joined begins where its synapse does. */
static EngramPairRow *
make_row (EngramNetwork    *network,
          const EngramPair *pair)
{
  gboolean is_joined = pair->synapse != ENGRAM_PAIR_NO_SYNAPSE;
  const guint32 neurons[] = {
    is_joined ? network->sources[pair->synapse] : pair->first,
    is_joined ? network->targets[pair->synapse] : pair->second,
  };
  EngramPairRow *row = g_object_new (ENGRAM_TYPE_PAIR_ROW, NULL);

  for (int i = 0; i < 2; i++)
    {
      row->ends[i].rowid = network->neuron_rowids[neurons[i]];
      row->ends[i].id = engram_network_dup_neuron_id (network, neurons[i]);
    }
  row->cosine = pair->cosine;
  row->weight = is_joined ? network->weights[pair->synapse] : NAN;
  return row;
}

/* What stands for the neurons: of each pair the one, and then the other. */
static gboolean
read_texts (Search        *self,
            GCancellable  *cancellable,
            GError       **error)
{
  guint n_rowids = 2 * self->rows->len;
  g_autofree gint64 *rowids = g_new (gint64, n_rowids);
  g_autoptr (EngramRecordPage) page = NULL;

  for (guint i = 0; i < n_rowids; i++)
    rowids[i] = engram_pair_row_get_rowid (g_ptr_array_index (self->rows, i / 2), i % 2);
  page = engram_record_page_read (engram_searcher_get_database (self->searcher), ENGRAM_RECORD_NEURON, rowids, n_rowids,
                                  cancellable, error);
  for (guint i = 0; page != NULL && i < n_rowids; i++)
    {
      const EngramNeuron *neuron = page->items[i].neuron.neuron;
      End *end = &((EngramPairRow *) g_ptr_array_index (self->rows, i / 2))->ends[i % 2];

      end->text = engram_format_line (neuron != NULL ? engram_neuron_get_summary (neuron) : end->id, TEXT_CHARACTERS);
    }
  return page != NULL;
}

static gboolean
search (EngramJob     *job,
        gpointer       data,
        GCancellable  *cancellable,
        GError       **error)
{
  Search *self = data;
  g_autoptr (EngramNetwork) network = engram_searcher_get_network (self->searcher, engram_job_progress, job, cancellable,
                                                                   error);
  g_autoptr (GArray) pairs = network != NULL ? find_pairs (self, network, job, cancellable, error) : NULL;

  if (pairs == NULL)
    return FALSE;
  self->rows = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < pairs->len; i++)
    g_ptr_array_add (self->rows, make_row (network, &g_array_index (pairs, EngramPair, i)));
  return read_texts (self, cancellable, error);
}

EngramJob *
engram_pair_search_new (EngramSearcher  *searcher,
                        EngramPairsKind  kind,
                        guint            limit)
{
  Search *self = g_new0 (Search, 1);

  self->searcher = g_object_ref (searcher);
  self->kind = kind;
  self->limit = limit;
  return engram_job_new (kind == ENGRAM_PAIRS_SIMILAR ? _("Finding similar neurons without a synapse")
                                                      : _("Finding synapses between dissimilar neurons"),
                         search, self, search_free);
}

GListStore *
engram_pair_search_get_rows (EngramJob *job)
{
  Search *self = engram_job_get_data (job);
  GListStore *store = g_list_store_new (ENGRAM_TYPE_PAIR_ROW);

  g_list_store_splice (store, 0, 0, self->rows->pdata, self->rows->len);
  return store;
}
