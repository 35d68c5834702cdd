/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "safety/restore/engram-restore-private.h"

#include <glib/gi18n-lib.h>
#include <sys/stat.h>

#include "safety/backups/engram-backup-private.h"
#include "stores/engram-neuron-store.h"
#include "stores/engram-synapse-store.h"

static gboolean
is_same_file (const char *path,
              const char *other)
{
  struct stat first, second;

  return other != NULL && stat (path, &first) == 0 && stat (other, &second) == 0 && first.st_dev == second.st_dev &&
         first.st_ino == second.st_ino;
}

/* FALSE where the network cannot be read; then its path must do. */
static gboolean
identify (const char       *path,
          EngramNetworkId  *id,
          GCancellable     *cancellable)
{
  g_autoptr (EngramDatabase) database = engram_database_open (path, cancellable, NULL);

  return database != NULL && engram_backup_identify (database, id, cancellable, NULL);
}

static gboolean
verify (const EngramBackup  *backup,
        EngramBackupStatus  *status,
        GCancellable        *cancellable,
        GError             **error)
{
  g_autoptr (GError) local_error = NULL;

  if (engram_backup_verify (backup->path, status, NULL, NULL, NULL, cancellable, &local_error))
    return TRUE;
  /* One that cannot even be read is not the one that is looked for. */
  *status = ENGRAM_BACKUP_DAMAGED;
  if (!g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* Of a backup without a hash, how many rows there are is as much as can be known. */
static gboolean
holds_what_it_says (const EngramBackup *backup,
                    GCancellable       *cancellable)
{
  g_autoptr (EngramDatabase) database = engram_database_open (backup->path, cancellable, NULL);
  g_autoptr (EngramNeuronStore) neurons = NULL;
  g_autoptr (EngramSynapseStore) synapses = NULL;
  guint64 n_neurons, n_synapses;

  if (database == NULL)
    return FALSE;
  neurons = engram_neuron_store_new (database);
  synapses = engram_synapse_store_new (database);
  return engram_neuron_store_count (neurons, &n_neurons, cancellable, NULL) &&
         engram_synapse_store_count (synapses, &n_synapses, cancellable, NULL) &&
         (backup->neurons < 0 || n_neurons == (guint64) backup->neurons) &&
         (backup->synapses < 0 || n_synapses == (guint64) backup->synapses);
}

EngramBackup *
engram_restore_find_good (const char          *path,
                          const char          *folder,
                          const char          *except,
                          EngramProgressFunc   progress,
                          gpointer             user_data,
                          GCancellable        *cancellable,
                          GError             **error)
{
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);
  g_autofree char *usual = engram_backup_get_default_folder (absolute);
  g_autoptr (GPtrArray) backups = NULL;
  g_auto (EngramNetworkId) id = { NULL };
  const EngramBackup *unhashed = NULL;
  gboolean has_id;

  g_return_val_if_fail (path != NULL, NULL);

  backups = engram_backup_list (folder != NULL ? folder : usual, cancellable, error);
  if (backups == NULL)
    return NULL;
  has_id = identify (absolute, &id, cancellable);
  for (guint i = 0; i < backups->len; i++)
    {
      const EngramBackup *backup = g_ptr_array_index (backups, i);
      EngramBackupStatus status;

      if (!backup->complete || is_same_file (backup->path, except) ||
          !engram_backup_is_of (backup, has_id ? &id : NULL, absolute))
        continue;
      if (progress != NULL)
        progress (_("Looking for a good backup"), (double) i / backups->len, user_data);
      if (!verify (backup, &status, cancellable, error))
        return NULL;
      if (status == ENGRAM_BACKUP_GOOD)
        return engram_backup_copy (backup);
      if (status == ENGRAM_BACKUP_UNKNOWN && unhashed == NULL && holds_what_it_says (backup, cancellable))
        unhashed = backup;
    }
  if (g_cancellable_set_error_if_cancelled (cancellable, error) || unhashed == NULL)
    return NULL;
  return engram_backup_copy (unhashed);
}

/* Adds the newest good backup to what is said of a damaged one. */
static void
suggest (const char    *damaged,
         const char    *network,
         GCancellable  *cancellable,
         GError       **error)
{
  g_autofree char *folder = g_path_get_dirname (damaged);
  g_autoptr (GError) cause = g_steal_pointer (error);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (EngramBackup) good = NULL;

  good = engram_restore_find_good (network, folder, damaged, NULL, NULL, cancellable, &local_error);
  if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, g_steal_pointer (&local_error));
  else if (good != NULL)
    g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_DAMAGED,
                 /* Translators: what is wrong, a sentence; then a file's name and a time. */
                 _("%s The newest backup that is good is “%s” of %s."), cause->message, good->path, good->time);
  else
    g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_DAMAGED,
                 /* Translators: what is wrong, a sentence. */
                 _("%s No good backup of this network was found beside it."), cause->message);
}

gboolean
engram_restore_stage (EngramStaging       *staging,
                      const char          *backup,
                      const char          *network,
                      EngramProgressFunc   progress,
                      gpointer             user_data,
                      GCancellable        *cancellable,
                      GError             **error)
{
  g_autoptr (GError) local_error = NULL;

  if (engram_staging_make (staging, backup, network, progress, user_data, cancellable, &local_error))
    return TRUE;
  if (g_error_matches (local_error, ENGRAM_ERROR, ENGRAM_ERROR_DAMAGED))
    suggest (staging->backup, network, cancellable, &local_error);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}
