/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "engram-window-private.h"

#include "engram-timing.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <string.h>

/* A network that can only be looked at becomes a file of the person's own, where the program may write. */

/* So many names are tried until one is free. */
#define MAX_NAMES 1000

#define COPIED_NETWORK "engram-copied-network"

typedef struct {
  char *folder;
  char *name; /* of the copy, without its ending */
  char *path; /* of the copy, once it is there */
} Copying;

static void
copying_free (gpointer data)
{
  Copying *self = data;

  g_free (self->folder);
  g_free (self->name);
  g_free (self->path);
  g_free (self);
}

static gboolean
make_folder (const Copying  *self,
             GError        **error)
{
  g_autofree char *name = NULL;

  if (g_mkdir_with_parents (self->folder, 0755) == 0)
    return TRUE;
  name = g_filename_display_name (self->folder);
  g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_READ_ONLY,
               /* Translators: the path of a folder, then the system's reason. */
               _("The folder “%s” for the copy cannot be made: %s. Save the network elsewhere."), name,
               g_strerror (errno));
  return FALSE;
}

/* "name.db", "name (2).db" */
static char *
dup_path (const Copying *self,
          int            number)
{
  g_autofree char *name = number == 1 ? g_strconcat (self->name, ".db", NULL)
                                      : g_strdup_printf ("%s (%d).db", self->name, number);

  return g_build_filename (self->folder, name, NULL);
}

/* Under the first name that is free, also where somebody takes one meanwhile. */
static gboolean
copy (EngramJob      *job,
      EngramDatabase *database,
      EngramHistory  *history,
      gpointer        data,
      GCancellable   *cancellable,
      GError        **error)
{
  Copying *copying = data;

  if (!make_folder (copying, error))
    return FALSE;
  for (int number = 1;; number++)
    {
      g_autofree char *path = dup_path (copying, number);
      g_autoptr (GError) local_error = NULL;

      if (number < MAX_NAMES && g_file_test (path, G_FILE_TEST_EXISTS))
        continue;
      if (engram_database_save_as (database, path, engram_job_progress, job, cancellable, &local_error))
        {
          copying->path = g_steal_pointer (&path);
          return TRUE;
        }
      if (number >= MAX_NAMES || !g_error_matches (local_error, ENGRAM_ERROR, ENGRAM_ERROR_EXISTS))
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
    }
}

static void
copied_cb (EngramWindow *self,
           EngramJob    *job)
{
  const Copying *copying = engram_session_job_get_data (job);

  if (engram_job_get_state (job) == ENGRAM_JOB_FAILED)
    {
      engram_job_set_attended (job, TRUE);
      engram_window_show_saving_error (self, engram_job_get_error (job), FALSE);
      return;
    }
  if (engram_job_get_state (job) != ENGRAM_JOB_DONE ||
      g_object_get_data (G_OBJECT (job), COPIED_NETWORK) != engram_network_page_get_database (self->network_page))
    return;
  engram_window_replace (self, copying->path, engram_timing_since_start ());
  self->edits_when_open = TRUE;
}

char *
engram_window_dup_own_folder (void)
{
  const char *documents = g_get_user_special_dir (G_USER_DIRECTORY_DOCUMENTS);

  /* Where there is no such folder, the one that outlives a sandbox. */
  return g_build_filename (documents != NULL ? documents : g_get_user_data_dir (), "Engram", NULL);
}

void
engram_window_copy_and_edit (EngramWindow *self)
{
  EngramDatabase *database = engram_network_page_get_database (self->network_page);
  g_autofree char *name = g_path_get_basename (engram_database_get_path (database));
  g_autofree char *label = g_filename_display_name (name);
  /* Translators: the name of a file. */
  g_autofree char *title = g_strdup_printf (_("Copying “%s”"), label);
  g_autoptr (EngramJob) job = NULL;
  Copying *copying = g_new0 (Copying, 1);
  char *dot = strrchr (name, '.');

  if (dot != NULL && dot != name)
    *dot = '\0';
  copying->folder = engram_window_dup_own_folder ();
  copying->name = g_steal_pointer (&name);
  job = engram_session_read (engram_network_page_get_session (self->network_page), title, copy, copying, copying_free);
  g_object_set_data (G_OBJECT (job), COPIED_NETWORK, database);
  g_signal_connect_object (job, "ended", G_CALLBACK (copied_cb), self, G_CONNECT_SWAPPED);
}
