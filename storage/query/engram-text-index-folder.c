/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "query/engram-text-index-folder-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "engram-error.h"
#include "sqlite/engram-file-private.h"

#define SUFFIX ".db"
#define LOCKS "locks"

/* So many digits of a hash name an index; one less of them is the place of its lock. */
#define NAME_LENGTH 32
#define LOCK_DIGITS 15

/* How often, and after how many milliseconds, a lock is asked for again. */
#define LOCK_TRIES 50
#define LOCK_PAUSE_MS 20

typedef struct {
  char    *path;
  gint64   used; /* microseconds */
  guint64  size;
} IndexFile;

static void
index_file_free (IndexFile *self)
{
  g_free (self->path);
  g_free (self);
}

char *
engram_text_index_folder_find (const char *folder)
{
  return folder != NULL ? g_canonicalize_filename (folder, NULL)
                        : g_build_filename (g_get_user_cache_dir (), "engram", "text-index", NULL);
}

/* The path alone names it: a network that another has taken the place of differs row by row, and copies of one, which
 * have the same id, each have an index of their own. */
char *
engram_text_index_folder_make_path (const char *folder,
                                    const char *network_path)
{
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, network_path, -1);
  g_autofree char *name = g_strdup_printf ("%.*s" SUFFIX, NAME_LENGTH, hash);

  return g_build_filename (folder, name, NULL);
}

static gboolean
make_folder (const char  *folder,
             GError     **error)
{
  g_autofree char *shown = NULL;

  if (g_mkdir_with_parents (folder, 0700) == 0)
    return TRUE;
  shown = g_filename_display_name (folder);
  g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_FAILED,
               _("The folder “%s”, where text indexes are kept, cannot be made: %s"), shown, g_strerror (errno));
  return FALSE;
}

static int
open_locks (const char  *folder,
            GError     **error)
{
  g_autofree char *name = g_build_filename (folder, LOCKS, NULL);
  int fd = make_folder (folder, error) ? g_open (name, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600) : -1;

  if (fd < 0 && (error == NULL || *error == NULL))
    engram_file_set_error (error, errno, name);
  return fd;
}

/* A lock of one byte, that goes with the descriptor alone. */
static gboolean
try_lock (int                fd,
          const char        *path,
          EngramTextIndexUse use)
{
  g_autofree char *name = g_path_get_basename (path);
  struct flock range = { .l_type = use == ENGRAM_TEXT_INDEX_WRITE ? F_WRLCK : F_RDLCK, .l_whence = SEEK_SET,
                         .l_len = 1 };

  name[LOCK_DIGITS] = '\0';
  range.l_start = (off_t) g_ascii_strtoull (name, NULL, 16);
  return fcntl (fd, F_OFD_SETLK, &range) == 0;
}

static void
pause_unless_cancelled (GCancellable *cancellable)
{
  GPollFD poll_fd;

  if (cancellable == NULL || !g_cancellable_make_pollfd (cancellable, &poll_fd))
    {
      g_poll (NULL, 0, LOCK_PAUSE_MS);
      return;
    }
  g_poll (&poll_fd, 1, LOCK_PAUSE_MS);
  g_cancellable_release_fd (cancellable);
}

static gboolean
wait_for_lock (int                 fd,
               const char         *path,
               EngramTextIndexUse  use,
               GCancellable       *cancellable,
               GError            **error)
{
  guint n_tries = use == ENGRAM_TEXT_INDEX_WRITE ? LOCK_TRIES : 1;

  for (guint i = 0; i < n_tries; i++)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (try_lock (fd, path, use))
        return TRUE;
      if (errno != EAGAIN && errno != EACCES && errno != EINTR)
        {
          engram_file_set_error (error, errno, path);
          return FALSE;
        }
      if (i + 1 < n_tries)
        pause_unless_cancelled (cancellable);
    }
  g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_BUSY,
               _("Another window or program is building the text index. Wait until that is done, then try again."));
  return FALSE;
}

int
engram_text_index_folder_lock (const char          *path,
                               EngramTextIndexUse   use,
                               GCancellable        *cancellable,
                               GError             **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd = open_locks (folder, error);

  if (fd < 0 || wait_for_lock (fd, path, use, cancellable, error))
    return fd;
  close (fd);
  return -1;
}

void
engram_text_index_folder_touch (const char *path)
{
  /* Where that cannot be noted, it counts as used when it was last written. */
  utimensat (AT_FDCWD, path, NULL, 0);
}

guint64
engram_text_index_folder_get_size (const char *path)
{
  static const char *const suffixes[] = { "", "-journal" };
  guint64 size = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *name = g_strconcat (path, suffixes[i], NULL);
      struct stat status;

      if (lstat (name, &status) == 0)
        size += status.st_size;
    }
  return size;
}

/* Whether it is a name as engram_text_index_folder_make_path() gives them: nothing else is touched. */
static gboolean
is_index_name (const char *name)
{
  return strspn (name, "0123456789abcdef") == NAME_LENGTH && g_str_equal (name + NAME_LENGTH, SUFFIX);
}

/* (element-type IndexFile) */
static GPtrArray *
list_indexes (const char *folder)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func ((GDestroyNotify) index_file_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      struct stat status;
      IndexFile *file;

      if (!is_index_name (name) || lstat (path, &status) != 0)
        continue;
      file = g_new0 (IndexFile, 1);
      file->used = status.st_mtim.tv_sec * G_USEC_PER_SEC + status.st_mtim.tv_nsec / 1000;
      file->size = engram_text_index_folder_get_size (path);
      file->path = g_steal_pointer (&path);
      g_ptr_array_add (files, file);
    }
  return g_steal_pointer (&files);
}

static guint64
add_sizes (GPtrArray *files)
{
  guint64 total = 0;

  for (guint i = 0; i < files->len; i++)
    total += ((IndexFile *) files->pdata[i])->size;
  return total;
}

guint64
engram_text_index_folder_get_total (const char *folder)
{
  g_autoptr (GPtrArray) files = list_indexes (folder);

  return add_sizes (files);
}

static int
compare_use (gconstpointer a,
             gconstpointer b)
{
  const IndexFile *first = *(IndexFile *const *) a;
  const IndexFile *second = *(IndexFile *const *) b;

  return (first->used > second->used) - (first->used < second->used);
}

gboolean
engram_text_index_folder_make_room (const char *path,
                                    guint64     limit)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GPtrArray) files = list_indexes (folder);
  guint64 total = add_sizes (files);
  int locks = open_locks (folder, NULL);

  g_ptr_array_sort (files, compare_use);
  for (guint i = 0; i < files->len && total > limit && locks >= 0; i++)
    {
      const IndexFile *file = files->pdata[i];

      if (g_str_equal (file->path, path) || !try_lock (locks, file->path, ENGRAM_TEXT_INDEX_WRITE))
        continue;
      engram_file_remove (file->path);
      total -= MIN (total, file->size);
    }
  if (locks >= 0)
    close (locks);
  return total <= limit;
}

gboolean
engram_text_index_folder_remove (const char  *path,
                                 GError     **error)
{
  struct stat status;
  gboolean is_there;
  int lock;

  if (lstat (path, &status) != 0 && errno == ENOENT)
    return TRUE;
  lock = engram_text_index_folder_lock (path, ENGRAM_TEXT_INDEX_WRITE, NULL, error);
  if (lock < 0)
    return FALSE;
  engram_file_remove (path);
  is_there = lstat (path, &status) == 0;
  close (lock);
  if (is_there)
    engram_file_set_error (error, EACCES, path);
  return !is_there;
}

gboolean
engram_text_index_folder_clear (const char  *folder,
                                GError     **error)
{
  g_autoptr (GPtrArray) files = list_indexes (folder);

  for (guint i = 0; i < files->len; i++)
    if (!engram_text_index_folder_remove (((IndexFile *) files->pdata[i])->path, error))
      return FALSE;
  return TRUE;
}
