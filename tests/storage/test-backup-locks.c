/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <signal.h>
#include <string.h>

#include "backup-support.h"

/* Backups and restores beside programs that write, or hold a lock: Python processes, and a thread of this one. */

/* An answer must come within 5 s; what the machine does besides is not measured here. */
#define ANSWER_SECONDS 20

static EngramBackup *
create (EngramDatabase  *database,
        const char      *name,
        GError         **error)
{
  const EngramBackupOptions options = { .name = name };

  return engram_backup_create (database, &options, NULL, NULL, NULL, error);
}

/* Pairs of weights add up to nothing in every state of the network. */
static void
assert_consistent (const char *path)
{
  g_autofree char *sum = backup_query (path, "SELECT total(weight) FROM synapses WHERE synapse_type='peer'");
  g_autofree char *check = backup_query (path, "PRAGMA integrity_check");
  g_autoptr (GError) error = NULL;
  EngramBackupStatus status;

  g_assert_cmpstr (sum, ==, "0.0");
  g_assert_cmpstr (check, ==, "ok");
  g_assert_true (engram_backup_verify (path, &status, NULL, NULL, NULL, NULL, &error));
  g_assert_cmpint (status, ==, ENGRAM_BACKUP_GOOD);
}

typedef struct {
  EngramDatabase *database;
  int             is_over; /* atomic */
} Writer;

static gpointer
write_all_the_time (gpointer data)
{
  Writer *self = data;
  g_autoptr (EngramNeuronStore) store = engram_neuron_store_new (self->database);

  while (!g_atomic_int_get (&self->is_over))
    {
      g_autoptr (EngramNeuron) neuron = engram_neuron_new ("memory");
      g_autoptr (GError) error = NULL;

      engram_neuron_store_create (store, neuron, NULL, &error);
      g_assert_no_error (error);
    }
  return NULL;
}

static void
test_beside_writers (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = backup_make_network (folder, "a ü.db");
  g_autoptr (EngramDatabase) database = NULL;
  g_autoptr (BackupPeer) peer = NULL;
  Writer writer = { NULL, FALSE };
  GThread *thread;

  if (!backup_has_python ())
    return;
  peer = backup_peer_start ("write", path);
  database = writer.database = backup_open (path);
  thread = g_thread_new ("writer", write_all_the_time, &writer);
  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *name = g_strdup_printf ("b%u", i);
      g_autoptr (EngramBackup) backup = NULL;
      g_autoptr (GError) error = NULL;

      backup_peer_wait (peer);
      backup = create (database, name, &error);
      g_assert_no_error (error);
      assert_consistent (backup->path);
    }
  g_atomic_int_set (&writer.is_over, TRUE);
  g_thread_join (thread);
}

/* The files of a folder and what is in them. */
static char *
describe_folder (const char *folder)
{
  g_autofree char *names = backup_list_folder (folder);
  g_auto (GStrv) split = g_strsplit (names, " ", -1);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; split[i] != NULL; i++)
    {
      g_autofree char *path = g_build_filename (folder, split[i], NULL);
      g_autofree char *hash = NULL;

      /* The index of the WAL is nobody's content: whoever asks for a lock writes there. */
      if (g_file_test (path, G_FILE_TEST_IS_REGULAR) && !g_str_has_suffix (path, "-shm"))
        hash = test_hash_file (path);
      g_string_append_printf (text, "%s %s\n", split[i], hash != NULL ? hash : "");
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
assert_restore_is_busy (EngramDatabase *database,
                        const char     *folder,
                        const char     *backup,
                        const char     *program)
{
  g_autofree char *before = describe_folder (folder), *after = NULL;
  g_autoptr (GError) error = NULL;
  gint64 start = g_get_monotonic_time ();

  g_assert_null (engram_restore (database, backup, NULL, NULL, NULL, NULL, NULL, &error));
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_BUSY);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, program));
  g_assert_cmpint (g_get_monotonic_time () - start, <, ANSWER_SECONDS * G_USEC_PER_SEC);
  after = describe_folder (folder);
  g_assert_cmpstr (after, ==, before);
}

/* Who only holds the lock to write, though stopped, keeps nobody from making a backup, but from restoring. */
static void
test_stopped (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = backup_make_network (folder, "a.db");
  g_autoptr (EngramDatabase) database = NULL;
  g_autoptr (EngramBackup) backup = NULL, second = NULL;
  g_autoptr (BackupPeer) peer = NULL;
  g_autoptr (GError) error = NULL;

  if (!backup_has_python ())
    return;
  backup = backup_create (path, "b", NULL);
  database = backup_open (path);
  peer = backup_peer_start ("immediate", path);
  backup_peer_signal (peer, SIGSTOP);
  second = create (database, "c", &error);
  g_assert_no_error (error);
  assert_restore_is_busy (database, folder, backup->path, "python3");
  backup_peer_signal (peer, SIGCONT);
}

/* Who holds all locks for good keeps everybody out. */
static gpointer
create_in_thread (gpointer database)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (create (database, "c", &error));
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_BUSY);
  g_assert_nonnull (strstr (error->message, "python3"));
  return NULL;
}

static void
test_exclusive (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = backup_make_network (folder, "a.db");
  g_autofree char *backups = engram_backup_get_default_folder (path);
  g_autoptr (EngramDatabase) database = NULL;
  g_autoptr (EngramBackup) backup = NULL;
  g_autoptr (BackupPeer) peer = NULL;
  GThread *thread;

  if (!backup_has_python ())
    return;
  backup_execute (path, "PRAGMA journal_mode=DELETE");
  backup = backup_create (path, "b", NULL);
  database = backup_open (path);
  peer = backup_peer_start ("exclusive", path);
  thread = g_thread_new ("create", create_in_thread, database);
  assert_restore_is_busy (database, folder, backup->path, "python3");
  g_thread_join (thread);
  backup_assert_files (backups, "b.db b.json");
}

static gpointer
cancel_in_thread (gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
  return NULL;
}

/* Whoever waits for a lock can give up. */
static void
test_cancel_waiting (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = backup_make_network (folder, "a.db");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (EngramDatabase) database = NULL;
  g_autoptr (EngramBackup) backup = NULL;
  g_autoptr (BackupPeer) peer = NULL;
  g_autoptr (GError) error = NULL;
  GThread *thread;

  if (!backup_has_python ())
    return;
  backup = backup_create (path, "b", NULL);
  database = backup_open (path);
  peer = backup_peer_start ("immediate", path);
  thread = g_thread_new ("cancel", cancel_in_thread, cancellable);
  g_assert_null (engram_restore (database, backup->path, NULL, NULL, NULL, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_thread_join (thread);
}

/* An old reader keeps what it sees, and sees the new when it reads anew. */
static void
test_old_reader (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = backup_make_network (folder, "a.db");
  g_autofree char *count = NULL;
  g_autoptr (EngramDatabase) database = NULL;
  g_autoptr (EngramBackup) backup = NULL;
  g_autoptr (EngramRestoreReport) report = NULL;
  g_autoptr (BackupPeer) peer = NULL;
  g_autoptr (GError) error = NULL;

  if (!backup_has_python ())
    return;
  backup = backup_create (path, "b", NULL);
  backup_execute (path, "DELETE FROM synapses");
  peer = backup_peer_start ("read", path);
  database = backup_open (path);
  report = engram_restore (database, backup->path, NULL, NULL, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report->synapses, ==, 120);
  count = backup_query (path, "SELECT count(*) FROM synapses");
  g_assert_cmpstr (count, ==, "120");
}

/* Nothing that the other program has committed is lost: it is in what was restored over, or nothing was restored. */
static void
test_restore_beside_writer (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = backup_make_network (folder, "a.db");
  g_autoptr (EngramDatabase) database = NULL;
  g_autoptr (EngramBackup) backup = NULL;
  g_autoptr (BackupPeer) peer = NULL;
  g_autofree char *check = NULL;
  guint n_restored = 0;

  if (!backup_has_python ())
    return;
  backup = backup_create (path, "b", NULL);
  database = backup_open (path);
  peer = backup_peer_start ("write", path);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (EngramRestoreReport) report = NULL;
      g_autoptr (GError) error = NULL;

      backup_peer_wait (peer);
      report = engram_restore (database, backup->path, NULL, NULL, NULL, NULL, NULL, &error);
      if (report == NULL)
        {
          g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_BUSY);
          continue;
        }
      assert_consistent (report->safety_backup);
      n_restored++;
    }
  g_test_message ("restored %u times", n_restored);
  g_clear_pointer (&peer, backup_peer_stop);
  g_clear_object (&database);
  check = backup_query (path, "PRAGMA integrity_check");
  g_assert_cmpstr (check, ==, "ok");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/backup-locks/beside-writers", test_beside_writers);
  g_test_add_func ("/backup-locks/stopped", test_stopped);
  g_test_add_func ("/backup-locks/exclusive", test_exclusive);
  g_test_add_func ("/backup-locks/cancel-waiting", test_cancel_waiting);
  g_test_add_func ("/backup-locks/old-reader", test_old_reader);
  g_test_add_func ("/backup-locks/restore-beside-writer", test_restore_beside_writer);
  return g_test_run ();
}
