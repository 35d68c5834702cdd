/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "lists/engram-record-row.h"

G_BEGIN_DECLS

/* EngramColumn:
 * @name: fixed name, for files and actions
 * @title: for people, translated
 * @key: what sorting by it means; ENGRAM_SORT_ROWS where it cannot be sorted by
 * @shown: whether it is shown at first
 *
 * One column of a list. */
typedef struct {
  const char    *name;
  const char    *title;
  EngramSortKey  key;
  gboolean       shown;
} EngramColumn;

/* EngramRecordValues:
 * @neuron: (nullable): the record, of a list of neurons
 * @outgoing: how many synapses start from it
 * @incoming: how many lead to it
 * @score: the cosine, NaN where there is none
 * @analyses: results of analyses, NaN where there is none
 * @synapse: (nullable): the record, of a list of synapses
 * @source_summary: (nullable): what stands for the neuron it starts from; NULL where that is missing
 * @source_type: (nullable): its type
 * @target_summary: (nullable): what stands for the neuron it leads to
 * @target_type: (nullable): its type
 *
 * What the columns are made of: a record, read by whoever it was. Nothing in it is owned. */
typedef struct {
  const EngramNeuron  *neuron;
  guint                outgoing;
  guint                incoming;
  float                score;
  double               analyses[ENGRAM_N_ANALYSES];
  const EngramSynapse *synapse;
  const char          *source_summary;
  const char          *source_type;
  const char          *target_summary;
  const char          *target_type;
} EngramRecordValues;

/* All columns of a kind, in their first order. */
const EngramColumn *engram_columns_list    (EngramRecordKind    kind,
                                            gsize              *n_columns);
/* The one of that name, or NULL. */
const EngramColumn *engram_columns_find    (EngramRecordKind    kind,
                                            const char         *name);
/* Whether it shows the result of an analysis. */
gboolean            engram_columns_get_analysis (const EngramColumn *column,
                                            EngramAnalysis     *analysis);
/* (transfer full) (element-type EngramColumn): all of a kind, but for those of analyses that have not been made.
 * @searcher: (nullable): whose; none without one. */
GPtrArray          *engram_columns_list_there (EngramRecordKind  kind,
                                            EngramSearcher     *searcher);
/* The GtkColumnViewColumn for it, cells and all; its id is the column's name, see engram_columns_get(). */
GtkColumnViewColumn *engram_columns_create (const EngramColumn *column,
                                            EngramRecordKind    kind);
/* The column that engram_columns_create() made it for. */
const EngramColumn *engram_columns_get     (GtkColumnViewColumn *column);
/* What a cell of it shows, as text for copying; never NULL. */
char               *engram_columns_format  (const EngramColumn *column,
                                            EngramRecordRow    *row);
/* The value itself, for other programs: numbers with all their digits and as JSON has them, times and texts as they
 * are; empty where there is none. Any thread. */
char               *engram_columns_format_exact (const EngramColumn       *column,
                                                 const EngramRecordValues *values);
/* Takes the values of a row; FALSE where it has none (yet). They are valid until the main loop runs again. */
gboolean            engram_columns_take_values  (EngramRecordRow          *row,
                                                 EngramRecordValues       *values);

G_END_DECLS
