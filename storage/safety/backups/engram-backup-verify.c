/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "safety/backups/engram-backup-private.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "safety/engram-progress-part-private.h"
#include "safety/engram-side-work-private.h"
#include "safety/files/engram-content-hash-private.h"
#include "safety/files/engram-sqlite-check-private.h"
#include "sqlite/engram-schema-private.h"

/* How much of the work is over when the bytes are read, and when the content is. */
#define BYTES_READ 0.4
#define CONTENT_READ 0.9

typedef struct {
  EngramBackup       *backup;
  guint64             size;        /* that the file must have, or 0 */
  GCancellable       *stop;
  EngramProgressFunc  progress;
  gpointer            user_data;

  EngramSqliteCheck   check;
  EngramConnection   *hashed;
  char               *difference;  /* from what the manifest says */
  EngramContent       content;
} Verification;

static void
verification_clear (Verification *self)
{
  g_clear_pointer (&self->backup, engram_backup_free);
  engram_sqlite_check_clear (&self->check);
  g_clear_pointer (&self->difference, g_free);
  engram_content_clear (&self->content);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Verification, verification_clear)

static gboolean
read_bytes (Verification  *self,
            GError       **error)
{
  EngramProgressPart part = { self->progress, self->user_data, 0, BYTES_READ };
  g_autofree char *hash = engram_file_hash (self->backup->path, NULL, engram_progress_part_report, &part,
                                            self->stop, error);

  if (hash == NULL)
    return FALSE;
  if (!g_str_equal (hash, self->backup->sha256))
    self->difference = g_strdup (_("Its bytes are not those that were written: its SHA-256 is another than its "
                                   "manifest says."));
  return TRUE;
}

static gboolean
compare_network (Verification  *self,
                 GError       **error)
{
  g_auto (EngramNetworkId) id = { NULL };

  if (!engram_network_id_read (self->hashed, &id, error))
    return FALSE;
  if (self->backup->network != NULL && !engram_network_id_has_name (&id, self->backup->network))
    self->difference = g_strdup (_("It is of another network than its manifest says."));
  return TRUE;
}

static gboolean
read_content (Verification  *self,
              GError       **error)
{
  EngramProgressPart part = { self->progress, self->user_data, BYTES_READ, CONTENT_READ };

  if (!engram_content_read (self->hashed, &self->content, 1, engram_progress_part_report, &part, error))
    return FALSE;
  if (self->backup->content == NULL)
    return TRUE;
  if (!g_str_equal (self->content.hash, self->backup->content) ||
      self->content.neurons != (guint64) self->backup->neurons ||
      self->content.synapses != (guint64) self->backup->synapses)
    {
      self->difference = g_strdup (_("It does not hold what its manifest says."));
      return TRUE;
    }
  return compare_network (self, error);
}

/* The calling thread's half. */
static gboolean
read_all (Verification  *self,
          GError       **error)
{
  if (self->backup->sha256 != NULL && !read_bytes (self, error))
    return FALSE;
  if (self->difference == NULL && !read_content (self, error))
    return FALSE;
  /* What is wrong for certain need not be looked at any longer. */
  if (self->difference != NULL)
    g_cancellable_cancel (self->stop);
  else if (self->progress != NULL)
    self->progress (_("Waiting for SQLite’s checks"), CONTENT_READ, self->user_data);
  return TRUE;
}

static gboolean
run (Verification    *self,
     EngramSideWork  *side,
     GError         **error)
{
  GError *own_error = NULL;
  gboolean done;

  engram_side_work_start (side, engram_sqlite_check_run, &self->check);
  done = read_all (self, &own_error);
  return engram_side_work_finish (side, done, own_error, error) || self->difference != NULL;
}

/* A backup with a hash is one file, whatever lies beside it. */
static gboolean
verify_file (Verification    *self,
             EngramSideWork  *side,
             GError         **error)
{
  g_autoptr (EngramConnection) checked = NULL;
  g_autoptr (EngramConnection) hashed = NULL;

  checked = engram_connection_open (self->backup->path, ENGRAM_CONNECTION_IMMUTABLE, self->stop, error);
  if (checked == NULL)
    return FALSE;
  hashed = engram_connection_open (self->backup->path, ENGRAM_CONNECTION_IMMUTABLE, self->stop, error);
  if (hashed == NULL)
    return FALSE;
  self->check.connection = checked;
  self->hashed = hashed;
  return run (self, side, error);
}

/* One without may be in use as a network. */
static gboolean
verify_network (Verification    *self,
                EngramSideWork  *side,
                GError         **error)
{
  g_autoptr (EngramDatabase) database = engram_database_open (self->backup->path, self->stop, error);
  g_autoptr (EngramReader) checked = NULL;
  g_autoptr (EngramReader) hashed = NULL;
  EngramReader *readers[2];

  if (database == NULL ||
      !engram_database_acquire_snapshot (database, readers, G_N_ELEMENTS (readers), self->stop, error))
    return FALSE;
  checked = self->check.connection = readers[0];
  hashed = self->hashed = readers[1];
  return run (self, side, error);
}

static gboolean
is_about_file (const GError *error)
{
  return g_error_matches (error, ENGRAM_ERROR, ENGRAM_ERROR_DAMAGED) ||
         g_error_matches (error, ENGRAM_ERROR, ENGRAM_ERROR_NOT_A_NETWORK) ||
         g_error_matches (error, ENGRAM_ERROR, ENGRAM_ERROR_INVALID);
}

static char *
describe_unknown (Verification *self)
{
  if (self->backup->neurons >= 0 && (self->content.neurons != (guint64) self->backup->neurons ||
                                     self->content.synapses != (guint64) self->backup->synapses))
    return g_strdup_printf (_("SQLite finds nothing wrong, but it holds %" PRIu64 " neurons and %"
                              PRIu64 " synapses where its manifest says %" PRId64 " and %"
                              PRId64 ". There is no hash to tell whether it is what was backed up."),
                            self->content.neurons, self->content.synapses, self->backup->neurons,
                            self->backup->synapses);
  return g_strdup (_("SQLite finds nothing wrong. There is no hash to tell whether it is what was backed up."));
}

char *
engram_backup_describe_good (void)
{
  return g_strdup (_("It is, bit by bit, what was backed up."));
}

static void
conclude (Verification        *self,
          EngramBackupStatus  *status,
          char               **message)
{
  *status = ENGRAM_BACKUP_DAMAGED;
  if (self->difference != NULL)
    *message = g_steal_pointer (&self->difference);
  else if (self->check.damage != NULL)
    *message = g_strdup_printf (_("SQLite finds it damaged: %s"), self->check.damage);
  else if (self->backup->sha256 != NULL)
    {
      *status = ENGRAM_BACKUP_GOOD;
      *message = engram_backup_describe_good ();
    }
  else
    {
      *status = ENGRAM_BACKUP_UNKNOWN;
      *message = describe_unknown (self);
    }
}

static gboolean
verify (Verification        *self,
        EngramBackupStatus  *status,
        char               **message,
        GCancellable        *cancellable,
        GError             **error)
{
  g_auto (EngramSideWork) side = { NULL };
  g_autoptr (GError) local_error = NULL;
  gboolean done = TRUE;

  if (self->size != 0 && self->size != self->backup->size_bytes)
    self->difference = g_strdup_printf (_("It is %" PRIu64 " bytes long; its manifest says %"
                                          PRIu64 "."), self->backup->size_bytes, self->size);
  else
    {
      engram_side_work_init (&side, cancellable);
      self->stop = side.stop;
      done = self->backup->sha256 != NULL ? verify_file (self, &side, &local_error)
                                          : verify_network (self, &side, &local_error);
    }
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (!done && !is_about_file (local_error))
    {
      /* What stops SQLite may be the damage: the bytes tell. */
      self->stop = cancellable;
      if (self->backup->sha256 != NULL && !read_bytes (self, error))
        return FALSE;
      if (self->difference == NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
    }
  if (!done && self->check.damage == NULL)
    self->check.damage = g_strdup (local_error->message);
  conclude (self, status, message);
  return TRUE;
}

gboolean
engram_backup_verify (const char          *path,
                      EngramBackupStatus  *status,
                      char               **message,
                      EngramProgressFunc   progress,
                      gpointer             user_data,
                      GCancellable        *cancellable,
                      GError             **error)
{
  g_auto (Verification) verification = { NULL };
  g_autofree char *reason = NULL;
  g_autofree char *found = NULL;

  g_return_val_if_fail (path != NULL && status != NULL, FALSE);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  verification.progress = progress;
  verification.user_data = user_data;
  verification.backup = engram_backup_read_full (path, &verification.size, &reason, error);
  if (verification.backup == NULL)
    return FALSE;
  if (verification.backup->complete)
    {
      if (!verify (&verification, status, &found, cancellable, error))
        return FALSE;
    }
  else
    {
      *status = ENGRAM_BACKUP_INCOMPLETE;
      found = g_steal_pointer (&reason);
    }
  engram_backup_remember (verification.backup->path, *status, found);
  if (message != NULL)
    *message = g_steal_pointer (&found);
  return TRUE;
}
