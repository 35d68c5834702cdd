/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "session/engram-session.h"

G_BEGIN_DECLS

/* EngramWrites: what is to be written to the network of a session, one after the other, each by an EngramJob, and the
 * history that all of it is noted in. Main thread only. */
typedef struct _EngramWrites EngramWrites;

/* EngramWritesFuncs: what the queue tells its owner.
 * @added: a job runs, or waits for its turn
 * @ended: it has ended; @label is what was done, NULL where nothing was; @error why it failed, NULL where it did not,
 *   was cancelled or somebody else deals with it
 * @steps_known: what can be undone and redone next; NULL where nothing can
 * @busy: something is being written, or nothing any more */
typedef struct {
  void (*added)       (EngramJob *job, gpointer user_data);
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
/* As engram_session_write(). @func: (nullable): to do nothing but look what can be undone */
EngramJob    *engram_writes_add           (EngramWrites            *self,
                                           const char              *title,
                                           EngramSessionFunc        func,
                                           gpointer                 data,
                                           GDestroyNotify           free_data,
                                           EngramWriteFlags         flags);
/* For engram_session_job_get_data(). */
void          engram_session_job_set_data (EngramJob               *job,
                                           gpointer                 data,
                                           GDestroyNotify           free_data);
/* At the end of a job: its data goes soon. */
void          engram_session_job_let_go   (EngramJob               *job);
gboolean      engram_writes_is_busy       (EngramWrites            *self);
/* Whether it goes to the caller of an edit alone, who shows it where the value stands. */
gboolean      engram_writes_is_callers_error (const GError         *error);

/* NULL once the session is closed. */
EngramWrites *engram_session_get_writes   (EngramSession *session);

/* Takes rows out of what is selected. @rows: (nullable) */
void          engram_session_unselect     (EngramSession    *self,
                                           EngramRecordKind  kind,
                                           EngramRowSet     *rows);
/* Takes out of what is selected, in a while, what is not in the network any more. */
void          engram_session_unselect_gone (EngramSession   *self);

/* EngramAnalyses: what jobs find out about the neurons of a session's network; the results are its searcher's. It tells
 * by the signals of the session. Main thread only. */
typedef struct _EngramAnalyses EngramAnalyses;

EngramAnalyses *engram_analyses_new       (EngramSession  *session);
/* Cancels what runs. */
void            engram_analyses_free      (EngramAnalyses *self);
/* @stamp: the change stamp of the file as it is now. */
void            engram_analyses_changed   (EngramAnalyses *self,
                                           guint64         stamp);
/* Cancels what runs, and drops all results: rows mean others now. */
void            engram_analyses_forget    (EngramAnalyses *self);
/* NULL once the session is closed. */
EngramAnalyses *engram_session_get_analyses (EngramSession *session);

G_END_DECLS
