/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "safety/files/engram-file-users-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "safety/files/engram-file-users.h"

/* More names than this help nobody. */
#define MAX_NAMED 5

static gboolean
has_open (const char        *folder,
          const struct stat *wanted)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      struct stat status;

      if (stat (path, &status) == 0 && status.st_dev == wanted->st_dev && status.st_ino == wanted->st_ino)
        return TRUE;
    }
  return FALSE;
}

static char *
describe_process (const char *process)
{
  g_autofree char *path = g_build_filename ("/proc", process, "comm", NULL);
  g_autofree char *name = NULL;
  g_autofree char *valid = NULL;

  if (g_file_get_contents (path, &name, NULL, NULL))
    valid = g_utf8_make_valid (g_strchomp (name), -1);
  /* Translators: a program's name, then the number of its process. */
  return g_strdup_printf (_("%s (process %s)"), valid != NULL ? valid : "?", process);
}

char *
engram_file_find_users (const char *path,
                        gboolean    with_self)
{
  g_autoptr (GDir) processes = g_dir_open ("/proc", 0, NULL);
  g_autofree char *self = g_strdup_printf ("%d", (int) getpid ());
  g_autoptr (GPtrArray) users = g_ptr_array_new_with_free_func (g_free);
  const char *process;
  struct stat wanted;

  if (stat (path, &wanted) != 0)
    return NULL;
  while (processes != NULL && users->len < MAX_NAMED && (process = g_dir_read_name (processes)) != NULL)
    {
      g_autofree char *folder = g_build_filename ("/proc", process, "fd", NULL);

      if (strspn (process, "0123456789") == strlen (process) && (with_self || !g_str_equal (process, self)) &&
          has_open (folder, &wanted))
        g_ptr_array_add (users, describe_process (process));
    }
  if (users->len == 0)
    return NULL;
  g_ptr_array_add (users, NULL);
  return g_strjoinv (", ", (char **) users->pdata);
}

void
engram_file_set_in_use (GError     **error,
                        const char  *path,
                        const char  *users)
{
  g_autofree char *name = g_filename_display_name (path);

  g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_BUSY,
               /* Translators: a file's name, then a list of programs. */
               _("“%s” is in use by %s. Nothing was changed. Close it there, then try again."), name, users);
}

void
engram_error_name_users (GError     **error,
                         const char  *path)
{
  g_autofree char *users = NULL;

  g_return_if_fail (path != NULL);

  if (error == NULL || !g_error_matches (*error, ENGRAM_ERROR, ENGRAM_ERROR_BUSY))
    return;
  users = engram_file_find_users (path, FALSE);
  if (users == NULL)
    return;
  g_clear_error (error);
  engram_file_set_in_use (error, path, users);
}
