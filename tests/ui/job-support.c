/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "job-support.h"

struct JobGate {
  gatomicrefcount references;

  GMutex          mutex; /* guards: */
  GCond           changed;
  gboolean        is_open;
  char           *outcome; /* or NULL */
  char           *failure; /* or NULL */
  char           *phase;   /* or NULL */
  double          fraction;
};

JobGate *
job_gate_new (void)
{
  JobGate *self = g_new0 (JobGate, 1);

  g_atomic_ref_count_init (&self->references);
  g_mutex_init (&self->mutex);
  g_cond_init (&self->changed);
  self->fraction = -1;
  return self;
}

JobGate *
job_gate_ref (JobGate *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
job_gate_unref (gpointer gate)
{
  JobGate *self = gate;

  if (!g_atomic_ref_count_dec (&self->references))
    return;
  g_free (self->outcome);
  g_free (self->failure);
  g_free (self->phase);
  g_cond_clear (&self->changed);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

static void
cancelled_cb (GCancellable *cancellable,
              gpointer      gate)
{
  JobGate *self = gate;

  g_mutex_lock (&self->mutex);
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->mutex);
}

/* With the lock. */
static void
await_opening (JobGate      *self,
               EngramJob    *job,
               GCancellable *cancellable)
{
  for (;;)
    {
      engram_job_progress (self->phase, self->fraction, job);
      if (self->is_open || g_cancellable_is_cancelled (cancellable))
        return;
      g_cond_wait (&self->changed, &self->mutex);
    }
}

gboolean
job_gate_pass (EngramJob       *job,
               EngramDatabase  *database,
               EngramHistory   *history,
               gpointer         gate,
               GCancellable    *cancellable,
               GError         **error)
{
  JobGate *self = gate;
  gulong handler = g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb), self, NULL);
  gboolean done = FALSE;

  g_mutex_lock (&self->mutex);
  await_opening (self, job, cancellable);
  if (!self->is_open)
    g_cancellable_set_error_if_cancelled (cancellable, error);
  else if (self->failure != NULL)
    g_set_error_literal (error, ENGRAM_ERROR, ENGRAM_ERROR_NO_SPACE, self->failure);
  else
    done = TRUE;
  if (done && self->outcome != NULL)
    engram_job_set_outcome (job, self->outcome, history != NULL);
  g_mutex_unlock (&self->mutex);
  g_cancellable_disconnect (cancellable, handler);
  return done;
}

static gboolean
pass_alone (EngramJob     *job,
            gpointer       gate,
            GCancellable  *cancellable,
            GError       **error)
{
  return job_gate_pass (job, NULL, NULL, gate, cancellable, error);
}

EngramJob *
job_gate_new_job (JobGate    *self,
                  const char *title)
{
  return engram_job_new (title, pass_alone, job_gate_ref (self), job_gate_unref);
}

EngramJob *
job_gate_start_job (JobGate    *self,
                    const char *title)
{
  EngramJob *job = job_gate_new_job (self, title);

  engram_job_start (job);
  return job;
}

void
job_gate_report (JobGate    *self,
                 const char *phase,
                 double      fraction)
{
  g_mutex_lock (&self->mutex);
  g_free (self->phase);
  self->phase = g_strdup (phase);
  self->fraction = fraction;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->mutex);
}

void
job_gate_open (JobGate    *self,
               const char *outcome)
{
  g_mutex_lock (&self->mutex);
  g_free (self->outcome);
  self->outcome = g_strdup (outcome);
  self->is_open = TRUE;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->mutex);
}

void
job_gate_fail (JobGate    *self,
               const char *message)
{
  g_mutex_lock (&self->mutex);
  g_free (self->failure);
  self->failure = g_strdup (message);
  self->is_open = TRUE;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->mutex);
}
