/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "safety/backups/engram-backup-private.h"

#include <sys/stat.h>

#include "model/engram-time.h"
#include "safety/files/engram-content-hash.h"

/* Times of backups have no zone: one hour comes twice a year. And a file's clock may be another machine's. */
#define DOUBTFUL_SECONDS (2 * 60 * 60)

/* (transfer none) (nullable): the newest that can be compared with. */
static const EngramBackup *
find_newest (GPtrArray             *backups,
             const EngramNetworkId *id)
{
  for (guint i = 0; i < backups->len; i++)
    {
      const EngramBackup *backup = g_ptr_array_index (backups, i);

      if (backup->complete && backup->content != NULL && engram_network_id_has_name (id, backup->network))
        return backup;
    }
  return NULL;
}

static gboolean
was_written_before (const char *path,
                    const char *suffix,
                    gint64      seconds)
{
  g_autofree char *name = g_strconcat (path, suffix, NULL);
  struct stat status;

  /* Opening it makes an empty journal. A file counts as written when it was put there, too: a copy may keep the
   * time of what it was copied from. */
  return stat (name, &status) != 0 || status.st_size == 0 ||
         MAX (status.st_mtim.tv_sec, status.st_ctim.tv_sec) < seconds;
}

static gboolean
is_older (const char         *path,
          const EngramBackup *backup)
{
  g_autoptr (GDateTime) time = engram_time_parse (backup->time);
  gint64 seconds = time != NULL ? g_date_time_to_unix (time) - DOUBTFUL_SECONDS : G_MININT64;

  /* One from the future tells nothing. */
  if (seconds > g_get_real_time () / G_USEC_PER_SEC)
    return FALSE;
  return was_written_before (path, "", seconds) && was_written_before (path, "-wal", seconds);
}

gboolean
engram_backup_is_current (const char          *folder,
                          EngramDatabase      *database,
                          gboolean            *current,
                          EngramProgressFunc   progress,
                          gpointer             user_data,
                          GCancellable        *cancellable,
                          GError             **error)
{
  g_auto (EngramNetworkId) id = { NULL };
  g_autoptr (GPtrArray) backups = NULL;
  g_autofree char *content = NULL;
  const EngramBackup *newest;

  g_return_val_if_fail (folder != NULL && current != NULL, FALSE);
  g_return_val_if_fail (ENGRAM_IS_DATABASE (database), FALSE);

  *current = FALSE;
  if (!engram_backup_identify (database, &id, cancellable, error))
    return FALSE;
  backups = engram_backup_list (folder, cancellable, error);
  if (backups == NULL)
    return FALSE;
  newest = find_newest (backups, &id);
  if (newest == NULL || is_older (engram_database_get_path (database), newest))
    {
      *current = newest != NULL;
      return TRUE;
    }
  content = engram_content_hash (database, progress, user_data, cancellable, error);
  if (content == NULL)
    return FALSE;
  *current = g_str_equal (content, newest->content);
  return TRUE;
}
