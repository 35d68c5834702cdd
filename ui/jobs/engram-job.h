/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include <engram.h>

G_BEGIN_DECLS

#define ENGRAM_TYPE_JOB (engram_job_get_type ())

/* One long piece of work, done by a worker.
 *
 * Properties: "title" (text: "Deleting 12 neurons"), "phase" (text or NULL: what is being done just now), "fraction"
 * (double, 0 to 1, negative where it is not known), "state" (EngramJobState). Signal "ended", once. All are of the main
 * thread, and change some times a second at most. */
G_DECLARE_FINAL_TYPE (EngramJob, engram_job, ENGRAM, JOB, GObject)

typedef enum {
  ENGRAM_JOB_WAITING,
  ENGRAM_JOB_RUNNING,
  ENGRAM_JOB_DONE,
  ENGRAM_JOB_CANCELLED,
  ENGRAM_JOB_FAILED,
} EngramJobState;

/* Does the work in a worker's thread, reporting through engram_job_progress() with @job as its user data. */
typedef gboolean (*EngramJobFunc) (EngramJob     *job,
                                   gpointer       data,
                                   GCancellable  *cancellable,
                                   GError       **error);

#define ENGRAM_TYPE_JOB_STATE (engram_job_state_get_type ())

GType           engram_job_state_get_type  (void) G_GNUC_CONST;
EngramJob      *engram_job_new             (const char      *title,
                                            EngramJobFunc    func,
                                            gpointer         data,
                                            GDestroyNotify   free_data);
/* Starts it. It keeps itself alive until it has ended. */
void            engram_job_start           (EngramJob       *self);
void            engram_job_cancel          (EngramJob       *self);
/* An EngramProgressFunc for the worker. */
void            engram_job_progress        (const char      *phase,
                                            double           fraction,
                                            gpointer         job);
const char     *engram_job_get_title       (EngramJob       *self);
const char     *engram_job_get_phase       (EngramJob       *self);
double          engram_job_get_fraction    (EngramJob       *self);
EngramJobState  engram_job_get_state       (EngramJob       *self);
/* Why it failed, or NULL. */
const GError   *engram_job_get_error       (EngramJob       *self);
/* What was given to engram_job_new(): after the end the main thread's again. */
gpointer        engram_job_get_data        (EngramJob       *self);

G_END_DECLS
