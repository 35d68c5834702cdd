/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <engram.h>

#include "jobs/engram-job.h"
#include "session/engram-selection.h"

G_BEGIN_DECLS

#define ENGRAM_TYPE_SESSION (engram_session_get_type ())

/* One network that is open in a window: what all its views share, and the only way by which the window writes to it.
 *
 * Properties:
 * - "query" (EngramQuery or NULL): the filter of all views.
 * - "editable" (boolean, read only): whether the file can be written at all.
 * - "editing" (boolean): whether fields may be changed; nothing is written to the file before it is TRUE, but by a
 *   bulk change that the person has asked for (engram_session_write()).
 * - "following" (boolean): whether what other programs write is shown as it comes.
 * - "can-undo", "can-redo" (boolean), "undo-label", "redo-label" (text or NULL): the history's newest steps, known once
 *   it has been read.
 * - "busy" (boolean): something is being written.
 * - "behind" (boolean): while following is off, another program has written.
 * - "gone" (text or NULL): the file was moved, deleted or replaced; what the library says of it.
 * - "findings" (EngramIntegrityReport or NULL): what the last check found, where that holds a warning or an error.
 *
 * Signals:
 * - "changed": the file is not the one of the last time, by this program or another: refresh what is shown. Also once
 *   at first. Not while following is off, except after an own change.
 * - "done" (label text, undoable boolean): something was written, as the history calls it; for a toast.
 * - "failed" (title text, error GError): something could not be written.
 * - "job-added" (EngramJob): something that may take long runs, or waits for its turn; for those who show jobs.
 * - "analysed" (analysis EngramAnalysis as a guint): its result has come, or another one: lists, colours and filters
 *   may be made of it.
 * - "activate" (kind guint, id text): a view asks for that record to be shown and selected.
 * - "show" (kind guint): rows of that kind were selected from elsewhere: their list is to be shown.
 * - "closing": the session ends: who works on its network closes.
 *
 * Main thread only; all work is done by workers. Writes go one after the other. */
G_DECLARE_FINAL_TYPE (EngramSession, engram_session, ENGRAM, SESSION, GObject)

EngramSession   *engram_session_new            (EngramDatabase       *database);
/* Stops all that is under way but what is to be written, which is written first, and lets go of the network. No signals
 * come after it; the callbacks of edits do. */
void             engram_session_close          (EngramSession        *self);
EngramDatabase  *engram_session_get_database   (EngramSession        *self);
EngramSearcher  *engram_session_get_searcher   (EngramSession        *self);
EngramSelection *engram_session_get_selection  (EngramSession        *self);
EngramQuery     *engram_session_get_query      (EngramSession        *self);
void             engram_session_set_query      (EngramSession        *self,
                                                EngramQuery          *query);
gboolean         engram_session_get_editable   (EngramSession        *self);
gboolean         engram_session_get_editing    (EngramSession        *self);
void             engram_session_set_editing    (EngramSession        *self,
                                                gboolean              editing);
gboolean         engram_session_get_following  (EngramSession        *self);
void             engram_session_set_following  (EngramSession        *self,
                                                gboolean              following);
/* During "changed": whether another program wrote, so that what has changed is to be marked. */
gboolean         engram_session_is_foreign_change (EngramSession     *self);
/* Whether somebody sees it: what nobody sees is not watched. */
void             engram_session_set_active     (EngramSession        *self,
                                                gboolean              active);
const char      *engram_session_get_gone       (EngramSession        *self);
const char      *engram_session_get_undo_label (EngramSession        *self);
const char      *engram_session_get_redo_label (EngramSession        *self);
/* Asks the views to show and select that record ("activate"). */
void             engram_session_activate       (EngramSession        *self,
                                                EngramRecordKind      kind,
                                                const char           *id);

/* Selects these rows, and asks for their list to be shown ("show"), that of the neurons where there are some. A filter
 * that may hide them is taken away. @neurons, @synapses: (nullable): what is selected of a kind stays as it is */
void             engram_session_show           (EngramSession        *self,
                                                EngramRowSet         *neurons,
                                                EngramRowSet         *synapses);
EngramIntegrityReport *
                 engram_session_get_findings   (EngramSession         *self);
/* What a check has found; kept where it holds a warning or an error. @report: (nullable) */
void             engram_session_set_findings   (EngramSession         *self,
                                                EngramIntegrityReport *report);

/* Writing. Each is one step of the history. Where it fails, "failed" is emitted too, unless it was cancelled, or the
 * caller is to deal with it: ENGRAM_ERROR_CHANGED and ENGRAM_ERROR_INVALID of an edit go to the caller alone. */
void             engram_session_apply_async    (EngramSession        *self,
                                                EngramEdit           *edit, /* (transfer full) */
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
gboolean         engram_session_apply_finish   (EngramSession        *self,
                                                GAsyncResult         *result,
                                                GError              **error);
/* For a caller that has nothing (any more) to show its error beside: emits "failed" if that has not been done. */
void             engram_session_pass_on       (EngramSession        *self,
                                               const GError         *error);

/* Does what a session's job does, in a worker. @history: of the network, for the one step that it adds; NULL in a job
 * that only reads. Tells what was done by engram_job_set_outcome(). */
typedef gboolean (*EngramSessionFunc) (EngramJob      *job,
                                       EngramDatabase *database,
                                       EngramHistory  *history,
                                       gpointer        data,
                                       GCancellable   *cancellable,
                                       GError        **error);

/* EngramWriteFlags:
 * @ENGRAM_WRITE_SMALL: it is over in a moment: not kept in lists of jobs
 * @ENGRAM_WRITE_REPLACES: the network is another one afterwards, as after a restore: rows and steps of before mean
 *   nothing any more
 * @ENGRAM_WRITE_CALLERS_ERRORS: ENGRAM_ERROR_CHANGED and ENGRAM_ERROR_INVALID go to the caller alone */
typedef enum {
  ENGRAM_WRITE_NONE           = 0,
  ENGRAM_WRITE_SMALL          = 1 << 0,
  ENGRAM_WRITE_REPLACES       = 1 << 1,
  ENGRAM_WRITE_CALLERS_ERRORS = 1 << 2,
} EngramWriteFlags;

/* Writes to the network: as a job that waits until those before it have ended. Its outcome is told by "done", with Undo
 * where it can be undone; why it failed by "failed", unless the job is attended. Cancelled, it has changed nothing.
 * @data: freed soon after the job has ended. Returns: (transfer full) */
EngramJob       *engram_session_write          (EngramSession        *self,
                                                const char           *title,
                                                EngramSessionFunc     func,
                                                gpointer              data,
                                                GDestroyNotify        free_data,
                                                EngramWriteFlags      flags);
/* Reads the network: as a job that starts at once, and beside others. Nothing is told but by the job: who starts it
 * shows how it ended. It goes on when the session is closed; its network is open until it has ended.
 * Returns: (transfer full) */
EngramJob       *engram_session_read           (EngramSession        *self,
                                                const char           *title,
                                                EngramSessionFunc     func,
                                                gpointer              data,
                                                GDestroyNotify        free_data);
/* What was given to one of the two. As long as the job runs it is the worker's; who hears of its end may look at it then,
 * but not later: then it is NULL. It may be freed in any thread. */
gpointer         engram_session_job_get_data   (EngramJob            *job);

/* Deletes rows; as a job, with progress and cancel. */
void             engram_session_delete         (EngramSession        *self,
                                                EngramRowSet         *neurons,  /* (nullable) */
                                                EngramRowSet         *synapses  /* (nullable) */);
/* Changes the rows of one kind; as a job. @edit is copied. */
void             engram_session_batch_edit     (EngramSession         *self,
                                                EngramRecordKind       kind,
                                                EngramRowSet          *rows,
                                                const EngramBatchEdit *edit);
/* Keeps new places of neurons; as a job. @label: what the history calls it, NULL for "Move 12 neurons". Neurons that
 * another program has moved since the arrangement was made stay where they are, which is told when it is done. */
void             engram_session_arrange       (EngramSession         *self,
                                               EngramArrangement     *arrangement,
                                               const char            *label);

/* Analyses: what is found out about each neuron by a job, for lists, colours and filters. The latest result is the
 * searcher's, engram_searcher_get_analysis(). */

/* Starts a job, unless one for it runs; "done" tells in the end what was found, and "failed" why it was not. */
void             engram_session_analyse       (EngramSession         *self,
                                               EngramAnalysis         analysis);
gboolean         engram_session_is_analysing  (EngramSession         *self,
                                               EngramAnalysis         analysis);
/* Whether there is a result. */
gboolean         engram_session_is_analysed   (EngramSession         *self,
                                               EngramAnalysis         analysis);
/* Whether there is a result, and the file has changed since. */
gboolean         engram_session_is_analysis_stale (EngramSession     *self,
                                               EngramAnalysis         analysis);
/* What was found, for people ("12 communities, modularity 0.43"), and what was done with negative weights; NULL where
 * there is no result. */
const char      *engram_session_get_analysis_note (EngramSession     *self,
                                               EngramAnalysis         analysis);
/* "Communities", and where the file has changed since: "Communities (before the last change)". */
char            *engram_session_dup_analysis_title (EngramSession    *self,
                                               EngramAnalysis         analysis);
/* The same of one neuron's value: "Community", "Community (before the last change)". */
char            *engram_session_dup_analysis_label (EngramSession    *self,
                                               EngramAnalysis         analysis);

/* Differences from another file, as results of those analyses that are differences: "analysed" tells of each. Shown
 * until others come; engram_session_analyse() does not find them anew, comparing again does. @differences: (nullable) */
void             engram_session_set_differences (EngramSession       *self,
                                               EngramDifferences     *differences);
/* (transfer none) (nullable) */
EngramDifferences *engram_session_get_differences (EngramSession     *self);

/* What is written while editing is off turns it on: that is what the person asked for. */
void             engram_session_undo           (EngramSession        *self);
void             engram_session_redo           (EngramSession        *self);

G_END_DECLS
