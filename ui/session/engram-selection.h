/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <engram.h>

G_BEGIN_DECLS

#define ENGRAM_TYPE_SELECTION (engram_selection_get_type ())

/* What is selected in a network, shared by all its views: some neurons and some synapses, by their rows, whether a
 * filter leaves them or not.
 *
 * Signal "changed" (kind guint): other records of that kind are selected. Main thread only. */
G_DECLARE_FINAL_TYPE (EngramSelection, engram_selection, ENGRAM, SELECTION, GObject)

EngramSelection *engram_selection_new      (void);
/* (transfer none): never NULL, valid until the selection changes */
EngramRowSet    *engram_selection_get      (EngramSelection  *self,
                                            EngramRecordKind  kind);
/* @rows: (transfer none) */
void             engram_selection_set      (EngramSelection  *self,
                                            EngramRecordKind  kind,
                                            EngramRowSet     *rows);
/* The same for a while, as a preview does: no step to go back to. Who calls it puts back what was selected. */
void             engram_selection_show     (EngramSelection  *self,
                                            EngramRecordKind  kind,
                                            EngramRowSet     *rows);
/* Nothing is selected, and there is nothing to go back to: rows mean others now. */
void             engram_selection_forget   (EngramSelection  *self);
/* Whether the person has chosen other rows, very many of them, that are still being made out: what is got meanwhile is
 * the choice before. Set by the list in which they were chosen. */
void             engram_selection_set_pending (EngramSelection *self,
                                            EngramRecordKind  kind,
                                            gboolean          pending);
/* What is selected once nothing is pending any more, for whoever changes or deletes it. (transfer full) */
void             engram_selection_await    (EngramSelection     *self,
                                            EngramRecordKind     kind,
                                            GCancellable        *cancellable,
                                            GAsyncReadyCallback  callback,
                                            gpointer             user_data);
EngramRowSet    *engram_selection_await_finish (EngramSelection  *self,
                                            GAsyncResult         *result,
                                            GError              **error);
void             engram_selection_set_one  (EngramSelection  *self,
                                            EngramRecordKind  kind,
                                            gint64            rowid);

/* What was selected before, of the kind that was changed last; again, what was before that, up to twenty times. One row
 * for another is no step, so that walking through a list leaves what took work. FALSE where nothing was. */
gboolean         engram_selection_go_back  (EngramSelection  *self);
gboolean         engram_selection_can_go_back (EngramSelection *self);

G_END_DECLS
