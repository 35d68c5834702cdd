/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "engram-window-private.h"

#include "engram-closing.h"
#include "engram-timing.h"
#include "pages/engram-path.h"
#include "pages/engram-recent-files.h"

#include <glib/gi18n.h>

static void
refuse (EngramWindow *self,
        const GError *error)
{
  g_autofree char *name = engram_window_dup_name (self);

  engram_error_page_set_error (self->error_page, name, self->path != NULL, error);
  engram_window_set_state (self, ENGRAM_WINDOW_REFUSED);
}

static void
show_network (EngramWindow   *self,
              EngramDatabase *database)
{
  engram_timing_log ("open", engram_timing_since_start () - self->asked_at);
  engram_network_page_set_database (self->network_page, database, self->path);
  engram_window_set_state (self, ENGRAM_WINDOW_NETWORK);
  if (self->path != NULL)
    engram_recent_files_add (self->path);
}

/* The end of an opening: @database, which is taken, or @error. */
static void
opened (EngramWindow   *self,
        GAsyncResult   *result,
        EngramDatabase *database,
        const GError   *error)
{
  g_autoptr (EngramDatabase) own_database = database;

  g_application_release (g_application_get_default ());
  /* Whoever cancelled has said what the window shows instead. */
  if (g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result))))
    {
      if (own_database != NULL)
        engram_closing_start (g_steal_pointer (&own_database));
      return;
    }

  g_clear_object (&self->cancellable);
  if (own_database != NULL)
    show_network (self, own_database);
  else
    refuse (self, error);
}

static void
database_opened_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (EngramWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  EngramDatabase *database = engram_database_open_finish (result, &error);

  opened (self, result, database, error);
}

static void
untitled_opened_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (EngramWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  EngramDatabase *database = engram_untitled_open_finish (result, &error);

  opened (self, result, database, error);
}

void
engram_window_cancel_opening (EngramWindow *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

/* Lets go of the network before the widgets do, so that a worker closes it and the main loop does not
 * wait. */
void
engram_window_close_network (EngramWindow *self)
{
  EngramDatabase *database = engram_network_page_get_database (self->network_page);

  if (database == NULL)
    return;

  g_object_ref (database);
  engram_network_page_set_database (self->network_page, NULL, NULL);
  self->has_work = FALSE;
  engram_closing_start (database);
}

static void
begin_opening (EngramWindow *self,
               const char   *path,
               double        asked_at)
{
  char *own_path = g_strdup (path);
  g_autofree char *name = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *text = NULL;

  engram_window_cancel_opening (self);
  engram_window_close_network (self);
  g_free (self->path);
  self->path = own_path;
  self->asked_at = asked_at;
  self->edits_when_open = FALSE;
  self->cancellable = g_cancellable_new ();
  /* Until opened(): what an opening has made goes with it. */
  g_application_hold (g_application_get_default ());

  name = engram_window_dup_name (self);
  folder = path != NULL ? engram_path_dup_folder_label (path) : g_strdup (_("Not saved yet"));
  text = path != NULL
           /* Translators: the name of a file. */
           ? g_strdup_printf (_("Opening “%s”…"), name)
           : g_strdup (self->untitled == ENGRAM_UNTITLED_SAMPLE ? _("Building the sample network…")
                                                                : _("Making an empty network…"));
  engram_window_set_titles (self, name, folder);
  engram_opening_page_set_text (self->opening_page, text);
  engram_window_set_state (self, ENGRAM_WINDOW_OPENING);
}

static gboolean
can_open (EngramWindow *self)
{
  return self->state != ENGRAM_WINDOW_NETWORK || engram_network_page_is_gone (self->network_page);
}

/**
 * engram_window_open:
 * @self: a window without a network, or with one whose file is gone
 * @path: absolute path of a file
 * @asked_at: when the person asked for it, on the clock of engram_timing_since_start(); 0 where that started
 *   the program
 *
 * Opens a network, or says why that cannot be done.
 */
void
engram_window_open (EngramWindow *self,
                    const char   *path,
                    double        asked_at)
{
  g_return_if_fail (ENGRAM_IS_WINDOW (self));
  g_return_if_fail (can_open (self));
  g_return_if_fail (path != NULL && g_path_is_absolute (path));

  engram_window_replace (self, path, asked_at);
}

/**
 * engram_window_replace:
 * @self: a window
 * @path: absolute path of a file
 * @asked_at: see engram_window_open()
 *
 * Opens a network in the place of the one that is shown, which is closed.
 */
void
engram_window_replace (EngramWindow *self,
                       const char   *path,
                       double        asked_at)
{
  g_return_if_fail (ENGRAM_IS_WINDOW (self));
  g_return_if_fail (path != NULL && g_path_is_absolute (path));

  begin_opening (self, path, asked_at);
  engram_database_open_async (path, self->cancellable, database_opened_cb, g_object_ref (self));
}

/**
 * engram_window_open_untitled:
 * @self: a window without a network, or with one whose file is gone
 * @content: what it holds
 * @asked_at: see engram_window_open()
 *
 * Makes a network that has no name yet, and shows it.
 */
void
engram_window_open_untitled (EngramWindow          *self,
                             EngramUntitledContent  content,
                             double                 asked_at)
{
  g_return_if_fail (ENGRAM_IS_WINDOW (self));
  g_return_if_fail (can_open (self));

  self->untitled = content;
  begin_opening (self, NULL, asked_at);
  engram_untitled_open_async (content, self->cancellable, untitled_opened_cb, g_object_ref (self));
}

/**
 * engram_window_refuse:
 * @self: a window without a network
 * @name: what stands for the file, which has no path
 * @error: why it cannot be opened
 *
 * Says why something cannot be opened.
 */
void
engram_window_refuse (EngramWindow *self,
                      const char   *name,
                      const GError *error)
{
  g_return_if_fail (ENGRAM_IS_WINDOW (self));
  g_return_if_fail (self->state != ENGRAM_WINDOW_NETWORK);

  engram_window_cancel_opening (self);
  g_clear_pointer (&self->path, g_free);
  engram_window_set_titles (self, name, "");
  engram_error_page_set_error (self->error_page, name, FALSE, error);
  engram_window_set_state (self, ENGRAM_WINDOW_REFUSED);
}
