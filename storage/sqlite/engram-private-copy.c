/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sqlite/engram-private-copy-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "engram-error.h"

#define FOLDER_PREFIX "looking-"
#define MAX_TRIES 3

struct _EngramPrivateCopy {
  gatomicrefcount references;
  char           *original;
  char           *state;  /* of the original, when it was copied */
  char           *folder;
  char           *path;
  int             lock;   /* held on a file in the folder as long as it is in use */
};

static const char *const suffixes[] = { "", "-wal", "-journal" };

/* A descriptor that holds the lock as long as it is open, or -1. */
static int
lock_folder (const char *folder,
             int         operation)
{
  g_autofree char *name = g_build_filename (folder, "engram-lock", NULL);
  int fd = g_open (name, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

  if (fd >= 0 && flock (fd, operation) == 0)
    return fd;
  if (fd >= 0)
    close (fd);
  return -1;
}

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (folder, name, NULL);

      g_unlink (child);
    }
  g_rmdir (folder);
}

/* Folders whose owner is gone. */
static void
remove_leftovers (const char *parent)
{
  g_autoptr (GDir) dir = g_dir_open (parent, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *folder = g_build_filename (parent, name, NULL);
      int lock;

      if (!g_str_has_prefix (name, FOLDER_PREFIX))
        continue;
      lock = lock_folder (folder, LOCK_EX | LOCK_NB);
      if (lock < 0)
        continue;
      remove_folder (folder);
      close (lock);
    }
}

static gboolean
copy_part (const char    *path,
           const char    *copy,
           const char    *suffix,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autofree char *from_name = g_strconcat (path, suffix, NULL);
  g_autofree char *to_name = g_strconcat (copy, suffix, NULL);
  g_autoptr (GFile) from = g_file_new_for_path (from_name);
  g_autoptr (GFile) to = g_file_new_for_path (to_name);
  g_autoptr (GError) local_error = NULL;

  if (g_file_copy (from, to, G_FILE_COPY_OVERWRITE, cancellable, NULL, NULL, &local_error))
    {
      g_chmod (to_name, 0600);
      return TRUE;
    }
  if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND) && *suffix != '\0')
    {
      g_unlink (to_name);
      return TRUE;
    }
  if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, g_steal_pointer (&local_error));
  else
    g_set_error (error, ENGRAM_ERROR,
                 g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_NO_SPACE) ? ENGRAM_ERROR_NO_SPACE
                                                                                : ENGRAM_ERROR_FAILED,
                 _("No copy to look at could be made in “%s”: %s"), copy, local_error->message);
  return FALSE;
}

/* What would differ if somebody wrote to the file meanwhile. */
static char *
describe_state (const char *path)
{
  GString *state = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *name = g_strconcat (path, suffixes[i], NULL);
      struct stat status;

      if (stat (name, &status) == 0)
        g_string_append_printf (state, "%" G_GUINT64_FORMAT " %" G_GINT64_FORMAT ".%09ld %" G_GINT64_FORMAT "\n",
                                (guint64) status.st_ino, (gint64) status.st_mtim.tv_sec, status.st_mtim.tv_nsec,
                                (gint64) status.st_size);
      else
        g_string_append (state, "-\n");
    }
  return g_string_free (state, FALSE);
}

static gboolean
copy_parts (EngramPrivateCopy  *self,
            GCancellable       *cancellable,
            GError            **error)
{
  for (int try = 0; try < MAX_TRIES; try++)
    {
      g_autofree char *after = NULL;

      g_free (self->state);
      self->state = describe_state (self->original);
      for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
        if (!copy_part (self->original, self->path, suffixes[i], cancellable, error))
          return FALSE;
      after = describe_state (self->original);
      if (g_str_equal (self->state, after))
        return TRUE;
    }
  g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_BUSY,
               _("Another program is writing “%s” all the time. Wait until it is done, then try again."), self->original);
  return FALSE;
}

/* Makes the folder, which is @template, and locks it. */
static gboolean
make_locked (EngramPrivateCopy  *self,
             const char         *parent,
             const char         *template,
             GError            **error)
{
  self->folder = g_build_filename (parent, template, NULL);
  if (g_mkdtemp (self->folder) != NULL)
    self->lock = lock_folder (self->folder, LOCK_EX | LOCK_NB);
  if (self->lock >= 0)
    return TRUE;
  g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_FAILED, _("No folder can be made in “%s”: %s"), parent,
               g_strerror (errno));
  return FALSE;
}

/* In the user's cache, while nobody else can take it for a leftover. A user without one (a service, a user who may not
 * write at home) gets it among the temporary files, where the system clears up after a crash. */
static gboolean
make_folder (EngramPrivateCopy  *self,
             GError            **error)
{
  g_autofree char *parent = g_build_filename (g_get_user_cache_dir (), "engram", NULL);
  gboolean made;
  int parent_lock;

  if (g_mkdir_with_parents (parent, 0700) != 0 || g_access (parent, W_OK) != 0)
    return make_locked (self, g_get_tmp_dir (), "engram-" FOLDER_PREFIX "XXXXXX", error);

  parent_lock = lock_folder (parent, LOCK_EX);
  remove_leftovers (parent);
  made = make_locked (self, parent, FOLDER_PREFIX "XXXXXX", error);
  if (parent_lock >= 0)
    close (parent_lock);
  return made;
}

EngramPrivateCopy *
engram_private_copy_new (const char    *path,
                         GCancellable  *cancellable,
                         GError       **error)
{
  g_autoptr (EngramPrivateCopy) self = g_new0 (EngramPrivateCopy, 1);
  g_autofree char *name = g_path_get_basename (path);

  g_atomic_ref_count_init (&self->references);
  self->lock = -1;
  self->original = g_strdup (path);
  if (!make_folder (self, error))
    return NULL;
  self->path = g_build_filename (self->folder, name, NULL);
  if (!copy_parts (self, cancellable, error))
    return NULL;
  return g_steal_pointer (&self);
}

EngramPrivateCopy *
engram_private_copy_ref (EngramPrivateCopy *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

const char *
engram_private_copy_get_path (EngramPrivateCopy *self)
{
  return self->path;
}

gboolean
engram_private_copy_is_outdated (EngramPrivateCopy *self)
{
  g_autofree char *state = describe_state (self->original);

  return !g_str_equal (state, self->state);
}

void
engram_private_copy_unref (EngramPrivateCopy *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->references))
    return;

  if (self->folder != NULL)
    remove_folder (self->folder);
  if (self->lock >= 0)
    close (self->lock);
  g_free (self->original);
  g_free (self->state);
  g_free (self->folder);
  g_free (self->path);
  g_free (self);
}
