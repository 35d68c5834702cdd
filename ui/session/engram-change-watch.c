/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "session/engram-change-watch.h"

#define SECONDS_BETWEEN_CHECKS 1

struct _EngramChangeWatch {
  GObject         parent_instance;

  EngramDatabase *database;
  GCancellable   *cancellable;
  guint           timer;
  guint64         stamp;
  char           *gone; /* see #EngramChangeWatch:gone */
  gboolean        has_looked;
  gboolean        checking;
};

enum {
  PROP_0,
  PROP_GONE,
  N_PROPERTIES,
};

enum {
  CHANGED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EngramChangeWatch, engram_change_watch, G_TYPE_OBJECT)

static void
read_stamp (GTask        *task,
            gpointer      source_object,
            gpointer      task_data,
            GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  guint64 stamp;

  if (engram_database_get_change_stamp (task_data, &stamp, cancellable, &error))
    g_task_return_pointer (task, g_memdup2 (&stamp, sizeof stamp), g_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
set_gone (EngramChangeWatch *self,
          const char        *message)
{
  if (g_strcmp0 (self->gone, message) == 0)
    return;

  g_free (self->gone);
  self->gone = g_strdup (message);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_GONE]);
}

static void
stamp_read_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  EngramChangeWatch *self = ENGRAM_CHANGE_WATCH (source);
  g_autoptr (GError) error = NULL;
  g_autofree guint64 *stamp = g_task_propagate_pointer (G_TASK (result), &error);
  gboolean is_gone = g_error_matches (error, ENGRAM_ERROR, ENGRAM_ERROR_NO_FILE);
  gboolean is_back = stamp != NULL && self->gone != NULL;
  gboolean changed;

  self->checking = FALSE;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  /* A file that cannot be asked now is asked again; who reads it meets the error itself and says so. */
  changed = !self->has_looked || is_back || (stamp != NULL && *stamp != self->stamp);
  self->has_looked = TRUE;
  if (stamp != NULL)
    self->stamp = *stamp;
  if (is_gone || is_back)
    set_gone (self, is_gone ? error->message : NULL);
  if (changed)
    g_signal_emit (self, signals[CHANGED], 0);
}

static gboolean
timer_cb (gpointer user_data)
{
  engram_change_watch_check (user_data);
  return G_SOURCE_CONTINUE;
}

static void
engram_change_watch_get_property (GObject    *object,
                                  guint       property_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_GONE:
      g_value_set_string (value, ENGRAM_CHANGE_WATCH (object)->gone);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
engram_change_watch_dispose (GObject *object)
{
  engram_change_watch_stop (ENGRAM_CHANGE_WATCH (object));

  G_OBJECT_CLASS (engram_change_watch_parent_class)->dispose (object);
}

static void
engram_change_watch_finalize (GObject *object)
{
  EngramChangeWatch *self = ENGRAM_CHANGE_WATCH (object);

  g_object_unref (self->cancellable);
  g_free (self->gone);

  G_OBJECT_CLASS (engram_change_watch_parent_class)->finalize (object);
}

static void
engram_change_watch_class_init (EngramChangeWatchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = engram_change_watch_dispose;
  object_class->finalize = engram_change_watch_finalize;
  object_class->get_property = engram_change_watch_get_property;

  /**
   * EngramChangeWatch:gone: (nullable)
   *
   * What the library says of a file that was moved, deleted or replaced; %NULL as long as it is there, and
   * when it is back.
   */
  properties[PROP_GONE] = g_param_spec_string ("gone", NULL, NULL, NULL,
                                               G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY
                                                 | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  signals[CHANGED] = g_signal_new ("changed", ENGRAM_TYPE_CHANGE_WATCH, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
engram_change_watch_init (EngramChangeWatch *self)
{
  self->cancellable = g_cancellable_new ();
}

/**
 * engram_change_watch_new:
 * @database: the network
 *
 * A watch that has looked at nothing yet: call engram_change_watch_check() or
 * engram_change_watch_set_active().
 *
 * Returns: (transfer full): the watch
 */
EngramChangeWatch *
engram_change_watch_new (EngramDatabase *database)
{
  EngramChangeWatch *self;

  g_return_val_if_fail (ENGRAM_IS_DATABASE (database), NULL);

  self = g_object_new (ENGRAM_TYPE_CHANGE_WATCH, NULL);
  self->database = g_object_ref (database);
  return self;
}

/**
 * engram_change_watch_set_active:
 * @self: the watch
 * @active: whether it looks once a second; turned on, it looks at once
 *
 * For what nobody sees, nothing needs to be read: set this from a widget's map and unmap.
 */
void
engram_change_watch_set_active (EngramChangeWatch *self,
                                gboolean           active)
{
  g_return_if_fail (ENGRAM_IS_CHANGE_WATCH (self));

  if (active == (self->timer != 0) || self->database == NULL)
    return;

  if (active)
    {
      self->timer = g_timeout_add_seconds (SECONDS_BETWEEN_CHECKS, timer_cb, self);
      engram_change_watch_check (self);
    }
  else
    {
      g_clear_handle_id (&self->timer, g_source_remove);
    }
}

/**
 * engram_change_watch_check:
 * @self: the watch
 *
 * Looks now, in a worker, unless that is under way already.
 */
void
engram_change_watch_check (EngramChangeWatch *self)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (ENGRAM_IS_CHANGE_WATCH (self));

  if (self->checking || self->database == NULL)
    return;

  self->checking = TRUE;
  task = g_task_new (self, self->cancellable, stamp_read_cb, NULL);
  g_task_set_source_tag (task, engram_change_watch_check);
  g_task_set_task_data (task, g_object_ref (self->database), g_object_unref);
  g_task_run_in_thread (task, read_stamp);
}

/**
 * engram_change_watch_get_gone:
 * @self: the watch
 *
 * Returns: (nullable): #EngramChangeWatch:gone
 */
guint64
engram_change_watch_get_stamp (EngramChangeWatch *self)
{
  g_return_val_if_fail (ENGRAM_IS_CHANGE_WATCH (self), 0);

  return self->stamp;
}

const char *
engram_change_watch_get_gone (EngramChangeWatch *self)
{
  g_return_val_if_fail (ENGRAM_IS_CHANGE_WATCH (self), NULL);

  return self->gone;
}

/**
 * engram_change_watch_stop:
 * @self: the watch
 *
 * Lets go of the network at once, whoever holds the watch; nothing more is told.
 */
void
engram_change_watch_stop (EngramChangeWatch *self)
{
  g_return_if_fail (ENGRAM_IS_CHANGE_WATCH (self));

  g_clear_handle_id (&self->timer, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->database);
}
