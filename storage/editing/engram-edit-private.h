/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "editing/engram-edit.h"
#include "safety/history/engram-history-private.h"
#include "stores/engram-store-private.h"

G_BEGIN_DECLS

/* One transaction that is one step of the history: begin, change rows (each noted in the recording), end. */
typedef struct {
  EngramStoreWrite  write;
  EngramRecording  *recording;
  char             *now;

  EngramProgressFunc progress;   /* or NULL: told what engram_edit_end() does */
  gpointer           user_data;
  double             done;       /* how much is over before it */
} EngramEditTransaction;

gboolean engram_edit_begin       (EngramEditTransaction   *self,
                                  EngramDatabase          *database,
                                  EngramHistory           *history,
                                  const char              *name,
                                  GCancellable            *cancellable,
                                  GError                 **error);
/* All is done but what engram_edit_end() does, which looks at every row once more: who is told of that, and how much of
 * the work is over by now. */
void     engram_edit_finishing   (EngramEditTransaction   *self,
                                  EngramProgressFunc       progress,
                                  gpointer                 user_data,
                                  double                   done);
/* Commits where all was @done; @label: how the step is called, NULL where nothing was changed, and nothing is to be
 * written. Must follow where engram_edit_begin() went well. */
gboolean engram_edit_end         (EngramEditTransaction   *self,
                                  gboolean                 done,
                                  const char              *label,
                                  GError                 **error);

/**
 * EngramEditSummary:
 * @counts: how many records were created, changed and deleted
 * @neuron_columns: which columns of neurons were changed
 * @synapse_columns: which columns of synapses were changed
 * @neuron_name: (nullable): what stands for the one neuron, where it is one
 *
 * What an edit did, as far as its name in the history says it.
 */
typedef struct {
  EngramEditResult  counts;
  guint             neuron_columns;
  guint             synapse_columns;
  char             *neuron_name;
} EngramEditSummary;

/* (transfer full) (nullable): "Change weight of 1 synapse"; NULL where nothing was done */
char    *engram_edit_make_label  (const EngramEditSummary *summary);
/* (transfer full): "12 neurons and 340 synapses" */
char    *engram_edit_describe_records (guint64            n_neurons,
                                  guint64                 n_synapses);
/* (transfer full): a text as it stands within a label: on one line, and not long */
char    *engram_edit_shorten     (const char              *text);
/* (transfer full): "1,200" */
char    *engram_edit_format_count (guint64                 count);
/* Takes the label, and copies the counts to @result unless that is NULL. */
void     engram_edit_give_result (const EngramEditSummary *summary,
                                  char                    *label,
                                  EngramEditResult        *result);

/* Deletes rows within a transaction, neurons with their synapses, and adds to the counts of @summary what went. */
gboolean engram_edit_delete_within (EngramEditTransaction *transaction,
                                  EngramRowSet            *neurons,
                                  EngramRowSet            *synapses,
                                  EngramEditSummary       *summary,
                                  GCancellable            *cancellable,
                                  GError                 **error);

G_END_DECLS
