/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "session/engram-session-check.h"

#include <glib/gi18n.h>

#include "common/engram-settings.h"

/* What is looked at first, and what lists and filters ask for, is being read by then. */
#define MILLISECONDS_UNTIL_CHECK 1500

struct _EngramSessionCheck {
  EngramSession *session;  /* not owned */
  EngramJob     *job;      /* that runs, or NULL */
  guint          timer;    /* until it starts, or 0 */
  gboolean       has_run;  /* there was one, or none is wanted */
  gboolean       is_stale; /* the network has changed since the job began */
};

typedef struct {
  EngramSearcher        *searcher;
  EngramIntegrityReport *report;
} Work;

static void
work_free (gpointer data)
{
  Work *self = data;

  g_object_unref (self->searcher);
  g_clear_pointer (&self->report, engram_integrity_report_unref);
  g_free (self);
}

/* Worker. The searcher's columns are what others wait for: they come first. Where they cannot be had, the check says
 * itself what is wrong. */
static gboolean
check (EngramJob     *job,
       gpointer       data,
       GCancellable  *cancellable,
       GError       **error)
{
  Work *work = data;
  g_autoptr (EngramNetwork) network = engram_searcher_get_network (work->searcher, NULL, NULL, cancellable, NULL);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  work->report = engram_integrity_check (engram_searcher_get_database (work->searcher), ENGRAM_INTEGRITY_SKIP_SQLITE,
                                         NULL, NULL, cancellable, error);
  return work->report != NULL;
}

static void start_soon (EngramSessionCheck *self);

static void
ended_cb (EngramJob *job,
          gpointer   user_data)
{
  EngramSessionCheck *self = user_data;
  const Work *work = engram_job_get_data (job);

  g_clear_object (&self->job);
  if (engram_job_get_state (job) == ENGRAM_JOB_FAILED)
    g_message ("The network could not be checked: %s", engram_job_get_error (job)->message);
  else if (self->is_stale)
    start_soon (self);
  else if (work->report != NULL)
    engram_session_set_findings (self->session, work->report);
}

static gboolean
start_cb (gpointer user_data)
{
  EngramSessionCheck *self = user_data;
  Work *work = g_new0 (Work, 1);

  self->timer = 0;
  self->is_stale = FALSE;
  work->searcher = g_object_ref (engram_session_get_searcher (self->session));
  self->job = engram_job_new (_("Checking the network"), check, work, work_free);
  engram_job_set_background (self->job, TRUE);
  g_signal_connect (self->job, "ended", G_CALLBACK (ended_cb), self);
  engram_job_start (self->job);
  return G_SOURCE_REMOVE;
}

static void
start_soon (EngramSessionCheck *self)
{
  if (self->timer == 0)
    self->timer = g_timeout_add_full (G_PRIORITY_LOW, MILLISECONDS_UNTIL_CHECK, start_cb, self, NULL);
}

void
engram_session_check_refresh (EngramSessionCheck *self)
{
  if (!self->has_run)
    {
      self->has_run = TRUE;
      if (g_settings_get_boolean (engram_settings_get (), "check-at-opening"))
        start_soon (self);
    }
  else if (self->job != NULL)
    self->is_stale = TRUE;
  else if (engram_session_get_findings (self->session) != NULL)
    start_soon (self);
}

EngramSessionCheck *
engram_session_check_new (EngramSession *session)
{
  EngramSessionCheck *self = g_new0 (EngramSessionCheck, 1);

  self->session = session;
  return self;
}

void
engram_session_check_free (EngramSessionCheck *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->job != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->job, self);
      engram_job_cancel (self->job);
      g_clear_object (&self->job);
    }
  g_free (self);
}
