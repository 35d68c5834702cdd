/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engram-declarations.h"
#include "engram-progress.h"
#include "model/engram-network.h"
#include "query/engram-analysis.h"
#include "query/engram-query.h"
#include "query/engram-record-numbers.h"
#include "query/engram-sort.h"
#include "query/engram-text-index.h"
#include "stores/engram-row-order.h"

ENGRAM_BEGIN_DECLS

#define ENGRAM_TYPE_SEARCHER (engram_searcher_get_type ())

/**
 * EngramSearcher:
 *
 * Finds and sorts the records of one network. It keeps what all searches share: the network's columns (degrees,
 * weights), loaded when a search first needs them and again when the file has moved on, and the text index.
 *
 * Any thread, several searches at a time; each waits for the disk and uses all cores. Every search sees one snapshot of
 * the file. Every function that takes a cancellable fails soon (some milliseconds) with %G_IO_ERROR_CANCELLED once it
 * is cancelled.
 */
G_DECLARE_FINAL_TYPE (EngramSearcher, engram_searcher, ENGRAM, SEARCHER, GObject)

#define ENGRAM_TYPE_FOUND (engram_found_get_type ())

/**
 * EngramFound:
 * @order: the rowids that were found, sorted; engram_row_order_find() is quick in it
 * @scores: (nullable) (array zero-terminated=0): of each row in @order: the cosine, where the query has `like`; NaN
 *   where the row's vector has no direction
 * @n_all: how many records of that kind the network has
 * @complete: %FALSE where these are only the first ones
 *
 * What a search has found, for one snapshot of the file. Read only, atomically counted.
 */
typedef struct {
  EngramRowOrder *order;
  float          *scores;
  guint64         n_all;
  gboolean        complete;
} EngramFound;

GType           engram_found_get_type        (void) G_GNUC_CONST;

/**
 * engram_found_ref:
 * @self: a result
 *
 * Returns: (transfer full): the same, held once more
 */
EngramFound    *engram_found_ref             (EngramFound        *self);

/**
 * engram_found_unref:
 * @self: (transfer full): a result
 *
 * Lets go of it; the last one to do so frees it.
 */
void            engram_found_unref           (EngramFound        *self);

/**
 * EngramFirstFunc:
 * @first: the first rows, not all; engram_found_ref() keeps it
 *
 * Called at most once in a search, in one of its threads, where the first rows are known before the rest is.
 */
typedef void  (*EngramFirstFunc)             (EngramFound        *first,
                                              gpointer            user_data);

/**
 * engram_searcher_new:
 * @database: a network
 *
 * Returns: (transfer full): a searcher of it, which keeps it
 */
EngramSearcher *engram_searcher_new          (EngramDatabase     *database);

/**
 * engram_searcher_get_database:
 * @self: a searcher
 *
 * Returns: (transfer none): its network
 */
EngramDatabase *engram_searcher_get_database (EngramSearcher     *self);

/**
 * engram_searcher_get_text_index:
 * @self: a searcher
 *
 * Searches use the index where it is up to date, with the same results.
 *
 * Returns: (transfer none): the index of words, to build and to clear
 */
EngramTextIndex *engram_searcher_get_text_index (EngramSearcher  *self);

/**
 * engram_searcher_find:
 * @self: a searcher
 * @kind: neurons or synapses
 * @query: (nullable): what to look for; %NULL for all
 * @sort: in which order
 * @first: (nullable) (scope call): told of the first rows
 * @user_data: for @first
 * @cancellable: (nullable): to give up
 * @error: return location, or %NULL
 *
 * Returns: (transfer full) (nullable): all that was found, or %NULL with %ENGRAM_ERROR_NOT_FOUND (the neuron of a
 *   `near` or `like` does not exist, an analysis that is asked for has not been made), %ENGRAM_ERROR_INVALID (it has no
 *   vector, no place) or an error of the file
 */
EngramFound    *engram_searcher_find         (EngramSearcher     *self,
                                              EngramRecordKind    kind,
                                              EngramQuery        *query,
                                              const EngramSort   *sort,
                                              EngramFirstFunc     first,
                                              gpointer            user_data,
                                              GCancellable       *cancellable,
                                              GError            **error);

/**
 * engram_searcher_get_network:
 * @self: a searcher
 * @progress: (nullable) (scope call): told how far it is
 * @user_data: for @progress
 * @cancellable: (nullable): to give up
 * @error: return location, or %NULL
 *
 * The network's columns as the file is now: at once where they have been loaded and nothing was committed since, and
 * loaded only once where several ask.
 *
 * Returns: (transfer full) (nullable): the columns, or %NULL with @error set
 */
EngramNetwork  *engram_searcher_get_network  (EngramSearcher     *self,
                                              EngramProgressFunc  progress,
                                              gpointer            user_data,
                                              GCancellable       *cancellable,
                                              GError            **error);

/**
 * engram_searcher_set_analysis:
 * @self: a searcher
 * @analysis: which
 * @values: (nullable): its result, %NULL for none
 *
 * Keeps the result of an analysis, which searches use from then on; those that have begun stay with what they have.
 */
void            engram_searcher_set_analysis (EngramSearcher      *self,
                                              EngramAnalysis       analysis,
                                              EngramRecordNumbers *values);

/**
 * engram_searcher_get_analysis:
 * @self: a searcher
 * @analysis: which
 *
 * Returns: (transfer full) (nullable): the latest result, or %NULL where the analysis has not been made
 */
EngramRecordNumbers *engram_searcher_get_analysis (EngramSearcher *self,
                                                   EngramAnalysis  analysis);

/**
 * EngramNear:
 * @id: a neuron
 * @summary: what stands for it
 * @type: its type
 * @score: the cosine of the angle between the vectors, -1 to 1
 *
 * A neuron that is near to another one by its vector.
 */
typedef struct {
  char  *id;
  char  *summary;
  char  *type;
  float  score;
} EngramNear;

/**
 * engram_near_free:
 * @self: (transfer full) (nullable): a neighbour
 *
 * Frees it and all that it holds.
 */
void            engram_near_free             (EngramNear         *self);

/**
 * engram_searcher_find_nearest: (skip)
 * @self: a searcher
 * @id: a neuron with a vector
 * @n: how many
 * @cancellable: (nullable): to give up
 * @error: return location, or %NULL
 *
 * Exact: every vector is looked at.
 *
 * Returns: (transfer full) (element-type EngramNear) (nullable): the @n neurons nearest to it by the cosine of their
 *   vectors, the nearest first, itself left out; or %NULL with @error set
 */
GPtrArray      *engram_searcher_find_nearest (EngramSearcher     *self,
                                              const char         *id,
                                              guint               n,
                                              GCancellable       *cancellable,
                                              GError            **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngramFound, engram_found_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngramNear, engram_near_free)

ENGRAM_END_DECLS
