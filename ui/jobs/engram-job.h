/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include <engram.h>

G_BEGIN_DECLS

#define ENGRAM_TYPE_JOB (engram_job_get_type ())

/* One long piece of work, done by a worker.
 *
 * Properties: "title" (text: "Deleting 12 neurons"), "phase" (text or NULL: what is being done just now, or what is
 * waited for), "fraction" (double, 0 to 1, negative where it is not known), "state" (EngramJobState), "cancelling"
 * (boolean: it was asked to end, and has not yet), "attended" (boolean). Signal "ended", once. All are of the main
 * thread, and change some times a second at most. */
G_DECLARE_FINAL_TYPE (EngramJob, engram_job, ENGRAM, JOB, GObject)

typedef enum {
  ENGRAM_JOB_WAITING,
  ENGRAM_JOB_RUNNING,
  ENGRAM_JOB_DONE,
  ENGRAM_JOB_CANCELLED,
  ENGRAM_JOB_FAILED,
} EngramJobState;

/* What a job gets done, for its rate. */
typedef enum {
  ENGRAM_JOB_UNIT_NONE,
  ENGRAM_JOB_UNIT_BYTES,
  ENGRAM_JOB_UNIT_NEURONS,
  ENGRAM_JOB_UNIT_SYNAPSES,
  ENGRAM_JOB_UNIT_RECORDS, /* neurons and synapses */
} EngramJobUnit;

/* Does the work in a worker's thread, reporting through engram_job_progress() with @job as its user data. */
typedef gboolean (*EngramJobFunc) (EngramJob     *job,
                                   gpointer       data,
                                   GCancellable  *cancellable,
                                   GError       **error);

#define ENGRAM_TYPE_JOB_STATE (engram_job_state_get_type ())

GType           engram_job_state_get_type  (void) G_GNUC_CONST;
/* @data: freed by @free_data with the job. */
EngramJob      *engram_job_new             (const char      *title,
                                            EngramJobFunc    func,
                                            gpointer         data,
                                            GDestroyNotify   free_data);
/* Starts it. It keeps itself alive until it has ended. */
void            engram_job_start           (EngramJob       *self);
/* Asks it to end soon, leaving nothing half done. One that waits ends at once. */
void            engram_job_cancel          (EngramJob       *self);

/* In the worker */

/* An EngramProgressFunc. */
void            engram_job_progress        (const char      *phase,
                                            double           fraction,
                                            gpointer         job);
/* How much there is to do in all: bytes, neurons... Its rate is known in these once it has gone on for a while. */
void            engram_job_set_amount      (EngramJob       *self,
                                            double           amount,
                                            EngramJobUnit    unit);
/* What was done, for people ("Prune 12 synapses"), before it returns TRUE. @undoable: the undo history has it as its
 * newest step. One without an outcome has changed nothing that is worth a word. */
void            engram_job_set_outcome     (EngramJob       *self,
                                            const char      *outcome,
                                            gboolean         undoable);

/* In the main thread */

const char     *engram_job_get_title       (EngramJob       *self);
const char     *engram_job_get_phase       (EngramJob       *self);
double          engram_job_get_fraction    (EngramJob       *self);
EngramJobState  engram_job_get_state       (EngramJob       *self);
gboolean        engram_job_is_cancelling   (EngramJob       *self);
/* Whether it waits or runs. */
gboolean        engram_job_is_active       (EngramJob       *self);
/* Why it failed, or NULL. */
const GError   *engram_job_get_error       (EngramJob       *self);
/* NULL before it is done, or where there is nothing to say. */
const char     *engram_job_get_outcome     (EngramJob       *self);
gboolean        engram_job_is_undoable     (EngramJob       *self);
/* What was given to engram_job_new(): after the end the main thread's again. */
gpointer        engram_job_get_data        (EngramJob       *self);
/* How many seconds it has run, until now or until it ended; 0 for one that waits. */
double          engram_job_get_seconds     (EngramJob       *self);
/* How much there is to do, and of what, as its fraction counts just now; 0 where that is not known. */
double          engram_job_get_amount      (EngramJob       *self,
                                            EngramJobUnit   *unit);
/* Which part of it is done in a second, by the last ten; 0 where that is not known. */
double          engram_job_get_speed       (EngramJob       *self);
/* How many seconds it will still run, by how fast it was in the last ten; negative where that is not known. */
double          engram_job_get_seconds_left (EngramJob      *self);
/* When it ended; NULL before. (transfer none) */
GDateTime      *engram_job_get_end         (EngramJob       *self);

/* What a job that waits is waiting for: "Waiting for “Importing 3 documents”"; shown as its phase. */
void            engram_job_set_waiting_for (EngramJob       *self,
                                            EngramJob       *other);
/* A job of the program's own making (an index, a layout), or too small to speak of: lists of jobs keep it only where it
 * failed, and nobody is asked before it is cancelled. */
void            engram_job_set_background  (EngramJob       *self,
                                            gboolean         background);
gboolean        engram_job_is_background   (EngramJob       *self);
/* What it finds out is of use in its window alone: nobody is asked before it is cancelled with that. */
void            engram_job_set_disposable  (EngramJob       *self,
                                            gboolean         disposable);
/* Also where it is a background job. */
gboolean        engram_job_is_disposable   (EngramJob       *self);
/* Somebody is looking at it, and tells the person how it ended: nobody else has to. */
void            engram_job_set_attended    (EngramJob       *self,
                                            gboolean         attended);
gboolean        engram_job_is_attended     (EngramJob       *self);

G_END_DECLS
