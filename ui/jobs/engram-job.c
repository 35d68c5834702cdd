/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jobs/engram-job.h"

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
  guint           timer;

  GMutex          mutex; /* guards what the worker has reported: */
  char           *reported_phase;
  double          reported_fraction;
};

enum {
  PROP_0,
  PROP_TITLE,
  PROP_PHASE,
  PROP_FRACTION,
  PROP_STATE,
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
take_report (EngramJob *self)
{
  g_autofree char *phase = NULL;
  double fraction;

  g_mutex_lock (&self->mutex);
  phase = g_strdup (self->reported_phase);
  fraction = self->reported_fraction;
  g_mutex_unlock (&self->mutex);

  if (g_strcmp0 (phase, self->phase) != 0)
    {
      g_free (self->phase);
      self->phase = g_steal_pointer (&phase);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PHASE]);
    }
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
ended_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  EngramJob *self = ENGRAM_JOB (source);
  gboolean done = g_task_propagate_boolean (G_TASK (result), &self->error);

  g_clear_handle_id (&self->timer, g_source_remove);
  take_report (self);
  if (done)
    set_state (self, ENGRAM_JOB_DONE);
  else if (g_error_matches (self->error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    set_state (self, ENGRAM_JOB_CANCELLED);
  else
    set_state (self, ENGRAM_JOB_FAILED);
  g_signal_emit (self, signals[ENDED], 0);
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

/* @func is called with @data, which is freed with the job. */
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
  set_state (self, ENGRAM_JOB_RUNNING);
  g_task_run_in_thread (task, work);
}

void
engram_job_cancel (EngramJob *self)
{
  g_return_if_fail (ENGRAM_IS_JOB (self));

  g_cancellable_cancel (self->cancellable);
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
