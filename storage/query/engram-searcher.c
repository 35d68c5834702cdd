/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "query/engram-searcher-private.h"

#include "query/engram-found-private.h"
#include "query/engram-network-cache-private.h"
#include "query/engram-search-order-private.h"
#include "stores/engram-kept-order-private.h"

struct _EngramSearcher {
  GObject              parent_instance;

  EngramDatabase      *database;
  EngramTextIndex     *text_index;
  EngramNetworkCache   network;
  EngramKeptOrder      neurons;
  EngramKeptOrder      synapses;

  GMutex               analyses_lock; /* guards: */
  EngramRecordNumbers *analyses[ENGRAM_N_ANALYSES];
};

G_DEFINE_FINAL_TYPE (EngramSearcher, engram_searcher, G_TYPE_OBJECT)

static void
engram_searcher_finalize (GObject *object)
{
  EngramSearcher *self = ENGRAM_SEARCHER (object);

  engram_network_cache_clear (&self->network);
  engram_kept_order_clear (&self->neurons);
  engram_kept_order_clear (&self->synapses);
  for (guint i = 0; i < ENGRAM_N_ANALYSES; i++)
    g_clear_pointer (&self->analyses[i], engram_record_numbers_unref);
  g_mutex_clear (&self->analyses_lock);
  g_clear_object (&self->text_index);
  g_clear_object (&self->database);

  G_OBJECT_CLASS (engram_searcher_parent_class)->finalize (object);
}

static void
engram_searcher_class_init (EngramSearcherClass *class)
{
  G_OBJECT_CLASS (class)->finalize = engram_searcher_finalize;
}

static void
engram_searcher_init (EngramSearcher *self)
{
  g_mutex_init (&self->analyses_lock);
}

EngramSearcher *
engram_searcher_new (EngramDatabase *database)
{
  EngramSearcher *self;

  g_return_val_if_fail (ENGRAM_IS_DATABASE (database), NULL);

  self = g_object_new (ENGRAM_TYPE_SEARCHER, NULL);
  self->database = g_object_ref (database);
  self->text_index = engram_text_index_new (database, NULL);
  engram_network_cache_init (&self->network, database);
  engram_kept_order_init (&self->neurons, "neurons");
  engram_kept_order_init (&self->synapses, "synapses");
  return self;
}

EngramDatabase *
engram_searcher_get_database (EngramSearcher *self)
{
  g_return_val_if_fail (ENGRAM_IS_SEARCHER (self), NULL);

  return self->database;
}

EngramTextIndex *
engram_searcher_get_text_index (EngramSearcher *self)
{
  g_return_val_if_fail (ENGRAM_IS_SEARCHER (self), NULL);

  return self->text_index;
}

EngramNetwork *
engram_searcher_get_network (EngramSearcher      *self,
                             EngramProgressFunc   progress,
                             gpointer             user_data,
                             GCancellable        *cancellable,
                             GError             **error)
{
  g_return_val_if_fail (ENGRAM_IS_SEARCHER (self), NULL);

  return engram_network_cache_get (&self->network, progress, user_data, cancellable, error);
}

EngramNetwork *
engram_searcher_get_network_for (EngramSearcher  *self,
                                 EngramReader    *reader,
                                 GCancellable    *cancellable,
                                 GError         **error)
{
  return engram_network_cache_get_for (&self->network, reader, cancellable, error);
}

EngramDegrees *
engram_searcher_get_degrees_for (EngramSearcher  *self,
                                 EngramScan      *scan,
                                 GCancellable    *cancellable,
                                 GError         **error)
{
  EngramRowCounts counts;

  return engram_kept_order_count (&self->neurons, scan->readers[0], &counts.n_neurons, error) &&
         engram_kept_order_count (&self->synapses, scan->readers[0], &counts.n_synapses, error)
         ? engram_network_cache_get_degrees_for (&self->network, scan, &counts, cancellable, error) : NULL;
}

void
engram_searcher_set_analysis (EngramSearcher      *self,
                              EngramAnalysis       analysis,
                              EngramRecordNumbers *values)
{
  EngramRecordNumbers *old;

  g_return_if_fail (ENGRAM_IS_SEARCHER (self));
  g_return_if_fail (analysis < ENGRAM_N_ANALYSES);

  g_mutex_lock (&self->analyses_lock);
  old = self->analyses[analysis];
  self->analyses[analysis] = values != NULL ? engram_record_numbers_ref (values) : NULL;
  g_mutex_unlock (&self->analyses_lock);
  engram_record_numbers_unref (old);
}

EngramRecordNumbers *
engram_searcher_get_analysis (EngramSearcher *self,
                              EngramAnalysis  analysis)
{
  g_autoptr (GMutexLocker) locker = NULL;
  EngramRecordNumbers *values;

  g_return_val_if_fail (ENGRAM_IS_SEARCHER (self), NULL);
  g_return_val_if_fail (analysis < ENGRAM_N_ANALYSES, NULL);

  locker = g_mutex_locker_new (&self->analyses_lock);
  values = self->analyses[analysis];
  return values != NULL ? engram_record_numbers_ref (values) : NULL;
}

static EngramKeptOrder *
get_kept_order (EngramSearcher   *self,
                EngramRecordKind  kind)
{
  return kind == ENGRAM_RECORD_NEURON ? &self->neurons : &self->synapses;
}

/* All rows, in the order of rows. */
static EngramFound *
find_all (EngramSearcher    *self,
          EngramRecordKind   kind,
          GCancellable      *cancellable,
          GError           **error)
{
  g_autoptr (EngramReader) reader = NULL;
  EngramRowOrder *order = engram_kept_order_begin_read (get_kept_order (self, kind), self->database, &reader,
                                                        cancellable, error);

  return order != NULL ? engram_found_new (order, NULL, engram_row_order_get_size (order), TRUE) : NULL;
}

typedef struct {
  EngramFirstFunc func;
  gpointer        user_data;
  guint64         n_all;
} First;

static void
tell_first (const gint64 *rowids,
            gsize         n_rows,
            gpointer      data)
{
  const First *first = data;
  EngramRowOrder *order = engram_row_order_new (g_memdup2 (rowids, n_rows * sizeof *rowids), n_rows);
  g_autoptr (EngramFound) found = engram_found_new (order, NULL, first->n_all, FALSE);

  first->func (found, first->user_data);
}

EngramFound *
engram_searcher_find (EngramSearcher    *self,
                      EngramRecordKind   kind,
                      EngramQuery       *query,
                      const EngramSort  *sort,
                      EngramFirstFunc    first,
                      gpointer           user_data,
                      GCancellable      *cancellable,
                      GError           **error)
{
  g_auto (EngramScan) scan = { { NULL }, 0 };
  First tell = { first, user_data, 0 };
  EngramSearch search = { .searcher = self, .scan = &scan, .kind = kind, .query = query, .cancellable = cancellable,
                          .first = first != NULL ? tell_first : NULL, .first_data = &tell };

  g_return_val_if_fail (ENGRAM_IS_SEARCHER (self), NULL);
  g_return_val_if_fail (sort != NULL, NULL);

  if (engram_query_is_empty (query) && sort->key == ENGRAM_SORT_ROWS && !sort->descending)
    return find_all (self, kind, cancellable, error);

  search.sort = *sort;
  if (!engram_scan_begin (&scan, self->database, cancellable, error) ||
      !engram_kept_order_count (get_kept_order (self, kind), scan.readers[0], &search.n_all, error))
    return NULL;
  tell.n_all = search.n_all;
  return engram_search_run (&search, error);
}
