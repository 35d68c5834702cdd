/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "session/engram-session.h"

G_BEGIN_DECLS

/* EngramWrites: what is to be written to the network of a session, one after the other, each by an EngramJob, and the
 * history that all of it is noted in. Main thread only. */
typedef struct _EngramWrites EngramWrites;

/* EngramWritesFuncs: what the queue tells its owner.
 * @started: a job has been started
 * @deleted: these are gone; (nullable): none of that kind
 * @ended: it has ended; @label is what the history calls what was done, NULL where nothing was; @error why it failed,
 *   NULL where it did not, was cancelled or is the caller's to deal with
 * @steps_known: what can be undone and redone next; NULL where nothing can
 * @busy: something is being written, or nothing any more */
typedef struct {
  void (*started)     (EngramJob *job, gpointer user_data);
  void (*deleted)     (EngramRowSet *neurons, EngramRowSet *synapses, gpointer user_data);
  void (*ended)       (const char *title, const char *label, gboolean undoable, const GError *error,
                       gpointer user_data);
  void (*steps_known) (const char *undo_label, const char *redo_label, gpointer user_data);
  void (*busy)        (gboolean busy, gpointer user_data);
} EngramWritesFuncs;

EngramWrites *engram_writes_new           (EngramDatabase          *database,
                                           const EngramWritesFuncs *funcs,
                                           gpointer                 user_data);
/* Tells its owner nothing more, and lets go of the network when all that is waiting has been written. */
void          engram_writes_close         (EngramWrites            *self);
void          engram_writes_apply         (EngramWrites            *self,
                                           EngramEdit              *edit,
                                           GTask                   *task);
void          engram_writes_delete        (EngramWrites            *self,
                                           EngramRowSet            *neurons,
                                           EngramRowSet            *synapses);
void          engram_writes_batch_edit    (EngramWrites            *self,
                                           EngramRecordKind         kind,
                                           EngramRowSet            *rows,
                                           const EngramBatchEdit   *edit);
void          engram_writes_arrange       (EngramWrites            *self,
                                           EngramArrangement       *arrangement,
                                           const char              *label);
void          engram_writes_undo          (EngramWrites            *self);
void          engram_writes_redo          (EngramWrites            *self);
gboolean      engram_writes_is_busy       (EngramWrites            *self);

/* EngramAnalyses: what jobs find out about the neurons of a session's network; the results are its searcher's. It tells
 * by the signals of the session. Main thread only. */
typedef struct _EngramAnalyses EngramAnalyses;

EngramAnalyses *engram_analyses_new       (EngramSession  *session);
/* Cancels what runs. */
void            engram_analyses_free      (EngramAnalyses *self);
/* @stamp: the change stamp of the file as it is now. */
void            engram_analyses_changed   (EngramAnalyses *self,
                                           guint64         stamp);
/* NULL once the session is closed. */
EngramAnalyses *engram_session_get_analyses (EngramSession *session);

G_END_DECLS
