/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "engram-closing.h"

static void
drop (GTask        *task,
      gpointer      source_object,
      gpointer      task_data,
      GCancellable *cancellable);

static void
dropped_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_application_release (G_APPLICATION (source));
}

static gboolean
drop_in_worker_cb (gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  g_task_run_in_thread (task, drop);
  return G_SOURCE_REMOVE;
}

/* In the thread that has let go last but for us. */
static void
last_reference_cb (gpointer  data,
                   GObject  *database,
                   gboolean  is_last)
{
  if (is_last)
    g_idle_add_full (G_PRIORITY_DEFAULT, drop_in_worker_cb, data, NULL);
}

static void
drop (GTask        *task,
      gpointer      source_object,
      gpointer      task_data,
      GCancellable *cancellable)
{
  g_object_remove_toggle_ref (task_data, last_reference_cb, task);
  g_task_return_boolean (task, TRUE);
}

/**
 * engram_closing_start:
 * @database: (transfer full): a network that nobody shows any more
 *
 * The last reference to a network closes its file, which the main loop must not wait for. Workers whose results
 * nobody wants any more may hold references for a while, and some of these are dropped in the main loop: so this
 * keeps one, until it is the last, and drops that in a worker. The application does not end before that is
 * done.
 */
void
engram_closing_start (EngramDatabase *database)
{
  GTask *task;

  g_return_if_fail (ENGRAM_IS_DATABASE (database));

  task = g_task_new (g_application_get_default (), NULL, dropped_cb, NULL);
  g_application_hold (g_application_get_default ());
  g_task_set_source_tag (task, engram_closing_start);
  g_task_set_task_data (task, database, NULL);
  g_object_add_toggle_ref (G_OBJECT (database), last_reference_cb, task);
  g_object_unref (database);
}
