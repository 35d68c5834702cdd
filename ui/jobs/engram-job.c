/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jobs/engram-job.h"

#include "jobs/engram-job-pace.h"

#include <glib/gi18n.h>

/* How often the main thread looks at what the worker has reported. */
#define MILLISECONDS_BETWEEN_REPORTS 100

struct _EngramJob {
  GObject         parent_instance;

  char           *title;
  EngramJobFunc   func;
  gpointer        data;
  GDestroyNotify  free_data;
  GCancellable   *cancellable;
  GError         *error;
  EngramJobState  state;
  char           *phase;
  double          fraction;
  double          amount;
  EngramJobUnit   unit;
  EngramJobPace   pace; /* since there is that amount to do */
  guint           timer;
  gint64          started_at; /* by the monotonic clock; 0 before */
  gint64          ended_at;
  GDateTime      *end;        /* or NULL */
  gboolean        background;
  gboolean        disposable;
  gboolean        attended;

  GMutex          mutex; /* guards what the worker has reported: */
  char           *reported_phase;
  double          reported_fraction;
  double          reported_amount;
  EngramJobUnit   reported_unit;
  char           *outcome;
  gboolean        undoable;
};

enum {
  PROP_0,
  PROP_TITLE,
  PROP_PHASE,
  PROP_FRACTION,
  PROP_STATE,
  PROP_CANCELLING,
  PROP_ATTENDED,
  N_PROPERTIES,
};

enum {
  ENDED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

G_DEFINE_ENUM_TYPE (EngramJobState, engram_job_state,
                    G_DEFINE_ENUM_VALUE (ENGRAM_JOB_WAITING, "waiting"),
                    G_DEFINE_ENUM_VALUE (ENGRAM_JOB_RUNNING, "running"),
                    G_DEFINE_ENUM_VALUE (ENGRAM_JOB_DONE, "done"),
                    G_DEFINE_ENUM_VALUE (ENGRAM_JOB_CANCELLED, "cancelled"),
                    G_DEFINE_ENUM_VALUE (ENGRAM_JOB_FAILED, "failed"))
G_DEFINE_FINAL_TYPE (EngramJob, engram_job, G_TYPE_OBJECT)

static void
set_state (EngramJob      *self,
           EngramJobState  state)
{
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

static void
set_phase (EngramJob  *self,
           const char *phase)
{
  if (g_strcmp0 (phase, self->phase) == 0)
    return;
  g_free (self->phase);
  self->phase = g_strdup (phase);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PHASE]);
}

/* How fast it was in other units says nothing of these. */
static void
set_amount (EngramJob     *self,
            double         amount,
            EngramJobUnit  unit)
{
  if (amount == self->amount && unit == self->unit)
    return;
  self->amount = amount;
  self->unit = unit;
  self->pace = (EngramJobPace) { 0 };
}

static void
take_report (EngramJob *self)
{
  g_autofree char *phase = NULL;
  double fraction, amount;
  EngramJobUnit unit;

  g_mutex_lock (&self->mutex);
  phase = g_strdup (self->reported_phase);
  fraction = self->reported_fraction;
  amount = self->reported_amount;
  unit = self->reported_unit;
  g_mutex_unlock (&self->mutex);

  set_amount (self, amount, unit);
  engram_job_pace_add (&self->pace, g_get_monotonic_time (), fraction);
  set_phase (self, phase);
  if (fraction != self->fraction)
    {
      self->fraction = fraction;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FRACTION]);
    }
}

static gboolean
timer_cb (gpointer user_data)
{
  take_report (user_data);
  return G_SOURCE_CONTINUE;
}

static void
work (GTask        *task,
      gpointer      source_object,
      gpointer      task_data,
      GCancellable *cancellable)
{
  EngramJob *self = ENGRAM_JOB (source_object);
  g_autoptr (GError) error = NULL;

  if (self->func (self, self->data, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
end (EngramJob      *self,
     EngramJobState  state)
{
  self->ended_at = g_get_monotonic_time ();
  self->end = g_date_time_new_now_local ();
  set_state (self, state);
  g_signal_emit (self, signals[ENDED], 0);
}

static void
ended_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  EngramJob *self = ENGRAM_JOB (source);
  gboolean done = g_task_propagate_boolean (G_TASK (result), &self->error);

  g_clear_handle_id (&self->timer, g_source_remove);
  take_report (self);
  if (done)
    end (self, ENGRAM_JOB_DONE);
  else if (g_error_matches (self->error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    end (self, ENGRAM_JOB_CANCELLED);
  else
    end (self, ENGRAM_JOB_FAILED);
}

static void
engram_job_get_property (GObject    *object,
                         guint       property_id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  EngramJob *self = ENGRAM_JOB (object);

  switch (property_id)
    {
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_PHASE:
      g_value_set_string (value, self->phase);
      break;
    case PROP_FRACTION:
      g_value_set_double (value, self->fraction);
      break;
    case PROP_STATE:
      g_value_set_enum (value, self->state);
      break;
    case PROP_CANCELLING:
      g_value_set_boolean (value, engram_job_is_cancelling (self));
      break;
    case PROP_ATTENDED:
      g_value_set_boolean (value, self->attended);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
engram_job_finalize (GObject *object)
{
  EngramJob *self = ENGRAM_JOB (object);

  if (self->free_data != NULL)
    self->free_data (self->data);
  g_free (self->title);
  g_free (self->phase);
  g_free (self->reported_phase);
  g_free (self->outcome);
  g_clear_pointer (&self->end, g_date_time_unref);
  g_object_unref (self->cancellable);
  g_clear_error (&self->error);
  g_mutex_clear (&self->mutex);

  G_OBJECT_CLASS (engram_job_parent_class)->finalize (object);
}

static void
engram_job_class_init (EngramJobClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->finalize = engram_job_finalize;
  object_class->get_property = engram_job_get_property;

  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_PHASE] = g_param_spec_string ("phase", NULL, NULL, NULL, flags);
  properties[PROP_FRACTION] = g_param_spec_double ("fraction", NULL, NULL, -1, 1, -1, flags);
  properties[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, ENGRAM_TYPE_JOB_STATE, ENGRAM_JOB_WAITING, flags);
  properties[PROP_CANCELLING] = g_param_spec_boolean ("cancelling", NULL, NULL, FALSE, flags);
  properties[PROP_ATTENDED] = g_param_spec_boolean ("attended", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  signals[ENDED] = g_signal_new ("ended", ENGRAM_TYPE_JOB, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
engram_job_init (EngramJob *self)
{
  g_mutex_init (&self->mutex);
  self->cancellable = g_cancellable_new ();
  self->fraction = -1;
  self->reported_fraction = -1;
}

EngramJob *
engram_job_new (const char     *title,
                EngramJobFunc   func,
                gpointer        data,
                GDestroyNotify  free_data)
{
  EngramJob *self;

  g_return_val_if_fail (title != NULL && func != NULL, NULL);

  self = g_object_new (ENGRAM_TYPE_JOB, NULL);
  self->title = g_strdup (title);
  self->func = func;
  self->data = data;
  self->free_data = free_data;
  return self;
}

void
engram_job_start (EngramJob *self)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (ENGRAM_IS_JOB (self));
  g_return_if_fail (self->state == ENGRAM_JOB_WAITING);

  /* What the work returns counts, also where it was done before the cancelling reached it. */
  task = g_task_new (self, self->cancellable, ended_cb, NULL);
  g_task_set_source_tag (task, engram_job_start);
  g_task_set_check_cancellable (task, FALSE);
  self->timer = g_timeout_add (MILLISECONDS_BETWEEN_REPORTS, timer_cb, self);
  self->started_at = g_get_monotonic_time ();
  set_phase (self, NULL);
  set_state (self, ENGRAM_JOB_RUNNING);
  g_task_run_in_thread (task, work);
}

void
engram_job_cancel (EngramJob *self)
{
  g_return_if_fail (ENGRAM_IS_JOB (self));

  if (!engram_job_is_active (self) || g_cancellable_is_cancelled (self->cancellable))
    return;
  g_cancellable_cancel (self->cancellable);
  if (self->state == ENGRAM_JOB_WAITING)
    {
      g_cancellable_set_error_if_cancelled (self->cancellable, &self->error);
      end (self, ENGRAM_JOB_CANCELLED);
      return;
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CANCELLING]);
}

void
engram_job_progress (const char *phase,
                     double      fraction,
                     gpointer    job)
{
  EngramJob *self = ENGRAM_JOB (job);

  g_mutex_lock (&self->mutex);
  if (g_strcmp0 (phase, self->reported_phase) != 0)
    {
      g_free (self->reported_phase);
      self->reported_phase = g_strdup (phase);
    }
  self->reported_fraction = CLAMP (fraction, -1, 1);
  g_mutex_unlock (&self->mutex);
}

void
engram_job_set_amount (EngramJob     *self,
                       double         amount,
                       EngramJobUnit  unit)
{
  g_return_if_fail (ENGRAM_IS_JOB (self));

  g_mutex_lock (&self->mutex);
  self->reported_amount = amount;
  self->reported_unit = unit;
  g_mutex_unlock (&self->mutex);
}

void
engram_job_set_outcome (EngramJob  *self,
                        const char *outcome,
                        gboolean    undoable)
{
  g_return_if_fail (ENGRAM_IS_JOB (self));

  g_mutex_lock (&self->mutex);
  g_free (self->outcome);
  self->outcome = g_strdup (outcome);
  self->undoable = undoable;
  g_mutex_unlock (&self->mutex);
}

const char *
engram_job_get_title (EngramJob *self)
{
  g_return_val_if_fail (ENGRAM_IS_JOB (self), NULL);

  return self->title;
}

const char *
engram_job_get_phase (EngramJob *self)
{
  g_return_val_if_fail (ENGRAM_IS_JOB (self), NULL);

  return self->phase;
}

double
engram_job_get_fraction (EngramJob *self)
{
  g_return_val_if_fail (ENGRAM_IS_JOB (self), -1);

  return self->fraction;
}

EngramJobState
engram_job_get_state (EngramJob *self)
{
  g_return_val_if_fail (ENGRAM_IS_JOB (self), ENGRAM_JOB_FAILED);

  return self->state;
}

const GError *
engram_job_get_error (EngramJob *self)
{
  g_return_val_if_fail (ENGRAM_IS_JOB (self), NULL);

  return self->error;
}

gpointer
engram_job_get_data (EngramJob *self)
{
  g_return_val_if_fail (ENGRAM_IS_JOB (self), NULL);

  return self->data;
}

gboolean
engram_job_is_cancelling (EngramJob *self)
{
  g_return_val_if_fail (ENGRAM_IS_JOB (self), FALSE);

  return engram_job_is_active (self) && g_cancellable_is_cancelled (self->cancellable);
}

gboolean
engram_job_is_active (EngramJob *self)
{
  g_return_val_if_fail (ENGRAM_IS_JOB (self), FALSE);

  return self->state == ENGRAM_JOB_WAITING || self->state == ENGRAM_JOB_RUNNING;
}

const char *
engram_job_get_outcome (EngramJob *self)
{
  g_return_val_if_fail (ENGRAM_IS_JOB (self), NULL);

  /* The worker has gone then. */
  return self->state == ENGRAM_JOB_DONE ? self->outcome : NULL;
}

gboolean
engram_job_is_undoable (EngramJob *self)
{
  g_return_val_if_fail (ENGRAM_IS_JOB (self), FALSE);

  return self->state == ENGRAM_JOB_DONE && self->undoable;
}

double
engram_job_get_amount (EngramJob     *self,
                       EngramJobUnit *unit)
{
  g_return_val_if_fail (ENGRAM_IS_JOB (self), 0);

  *unit = self->unit;
  return self->amount;
}

double
engram_job_get_speed (EngramJob *self)
{
  g_return_val_if_fail (ENGRAM_IS_JOB (self), 0);

  return self->state == ENGRAM_JOB_RUNNING ? engram_job_pace_get_speed (&self->pace) : 0;
}

double
engram_job_get_seconds (EngramJob *self)
{
  gint64 until;

  g_return_val_if_fail (ENGRAM_IS_JOB (self), 0);

  if (self->started_at == 0)
    return 0;
  until = self->ended_at != 0 ? self->ended_at : g_get_monotonic_time ();
  return (until - self->started_at) / (double) G_USEC_PER_SEC;
}

double
engram_job_get_seconds_left (EngramJob *self)
{
  double speed;

  g_return_val_if_fail (ENGRAM_IS_JOB (self), -1);

  speed = engram_job_get_speed (self);
  return speed > 0 ? (1 - self->fraction) / speed : -1;
}

GDateTime *
engram_job_get_end (EngramJob *self)
{
  g_return_val_if_fail (ENGRAM_IS_JOB (self), NULL);

  return self->end;
}

void
engram_job_set_waiting_for (EngramJob *self,
                            EngramJob *other)
{
  g_autofree char *phase = NULL;

  g_return_if_fail (ENGRAM_IS_JOB (self));
  g_return_if_fail (ENGRAM_IS_JOB (other));

  if (self->state != ENGRAM_JOB_WAITING)
    return;
  /* Translators: what another job does: "Importing 3 documents". */
  phase = g_strdup_printf (_("Waiting for “%s”"), other->title);
  set_phase (self, phase);
}

void
engram_job_set_background (EngramJob *self,
                           gboolean   background)
{
  g_return_if_fail (ENGRAM_IS_JOB (self));

  self->background = background;
}

gboolean
engram_job_is_background (EngramJob *self)
{
  g_return_val_if_fail (ENGRAM_IS_JOB (self), FALSE);

  return self->background;
}

void
engram_job_set_disposable (EngramJob *self,
                           gboolean   disposable)
{
  g_return_if_fail (ENGRAM_IS_JOB (self));

  self->disposable = disposable;
}

gboolean
engram_job_is_disposable (EngramJob *self)
{
  g_return_val_if_fail (ENGRAM_IS_JOB (self), FALSE);

  return self->disposable || self->background;
}

void
engram_job_set_attended (EngramJob *self,
                         gboolean   attended)
{
  g_return_if_fail (ENGRAM_IS_JOB (self));

  if (self->attended == attended)
    return;
  self->attended = attended;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ATTENDED]);
}

gboolean
engram_job_is_attended (EngramJob *self)
{
  g_return_val_if_fail (ENGRAM_IS_JOB (self), FALSE);

  return self->attended;
}
