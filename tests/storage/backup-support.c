/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backup-support.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>
#include <unistd.h>

char *
backup_make_network (const char *folder,
                     const char *name)
{
  const EngramGeneratorOptions options = { 60, 120, 8, 1 };
  char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;

  engram_generate (path, &options, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  return path;
}

EngramDatabase *
backup_open (const char *path)
{
  g_autoptr (GError) error = NULL;
  EngramDatabase *database = engram_database_open (path, NULL, &error);

  g_assert_no_error (error);
  return database;
}

EngramBackup *
backup_create (const char *path,
               const char *name,
               const char *note)
{
  const EngramBackupOptions options = { NULL, name, note, ENGRAM_BACKUP_REASON_MANUAL };
  g_autoptr (EngramDatabase) database = backup_open (path);
  g_autoptr (GError) error = NULL;
  EngramBackup *backup = engram_backup_create (database, &options, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  return backup;
}

char *
backup_hash_content (const char *path)
{
  g_autoptr (EngramDatabase) database = backup_open (path);
  g_autoptr (GError) error = NULL;
  char *hash = engram_content_hash (database, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  return hash;
}

void
backup_execute (const char *path,
                const char *sql)
{
  sqlite3 *handle;
  char *message = NULL;

  g_assert_cmpint (sqlite3_open (path, &handle), ==, SQLITE_OK);
  sqlite3_exec (handle, sql, NULL, NULL, &message);
  g_assert_cmpstr (message, ==, NULL);
  sqlite3_close (handle);
}

char *
backup_query (const char *path,
              const char *sql)
{
  sqlite3 *handle;
  sqlite3_stmt *statement;
  char *text = NULL;

  g_assert_cmpint (sqlite3_open_v2 (path, &handle, SQLITE_OPEN_READWRITE, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (handle, sql, -1, &statement, NULL), ==, SQLITE_OK);
  if (sqlite3_step (statement) == SQLITE_ROW)
    text = g_strdup ((const char *) sqlite3_column_text (statement, 0));
  sqlite3_finalize (statement);
  sqlite3_close (handle);
  return text;
}

char *
backup_get_manifest (const char *path)
{
  return g_strdup_printf ("%.*s.json", (int) (strlen (path) - strlen (".db")), path);
}

void
backup_make_python (const char *network,
                    const char *path,
                    const char *time,
                    int         n_neurons)
{
  g_autofree char *manifest = backup_get_manifest (path);
  g_autofree char *text = g_strdup_printf ("{\n  \"backup_time\": \"%s\",\n  \"original_db\": \"%s\",\n"
                                           "  \"stats\": {\n    \"neuron_count\": %d,\n    \"synapse_count\": 6,\n"
                                           "    \"database_size_bytes\": 53248\n  }\n}", time, network, n_neurons);
  g_autoptr (GError) error = NULL;

  test_copy_file (network, path);
  g_file_set_contents (manifest, text, -1, &error);
  g_assert_no_error (error);
}

void
backup_replace_text (const char *path,
                     const char *old,
                     const char *new)
{
  g_autofree char *text = NULL;
  g_autoptr (GString) changed = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  changed = g_string_new (text);
  g_assert_cmpuint (g_string_replace (changed, old, new, 1), ==, 1);
  g_assert_true (g_file_set_contents (path, changed->str, -1, NULL));
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

char *
backup_list_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);
  return g_strjoinv (" ", (char **) names->pdata);
}

void
backup_assert_files (const char *folder,
                     const char *names)
{
  g_autofree char *found = backup_list_folder (folder);

  g_assert_cmpstr (found, ==, names);
}

void
backup_write_byte (const char *path,
                   goffset     offset,
                   guint8      value)
{
  int fd = g_open (path, O_WRONLY, 0);

  g_assert_cmpint (pwrite (fd, &value, 1, offset), ==, 1);
  close (fd);
}

void
backup_truncate (const char *path,
                 goffset     size)
{
  g_assert_cmpint (truncate (path, size), ==, 0);
}

void
backup_progress (const char *phase,
                 double      fraction,
                 gpointer    progress)
{
  BackupProgress *self = progress;

  g_assert_nonnull (phase);
  g_assert_cmpfloat (fraction, >=, self->last);
  g_assert_cmpfloat (fraction, <=, 1);
  self->last = fraction;
  if (self->cancellable != NULL && fraction >= self->cancel_at)
    g_cancellable_cancel (self->cancellable);
}

struct _BackupPeer {
  GSubprocess      *process;
  GDataInputStream *output;
};

gboolean
backup_has_python (void)
{
  g_autofree char *path = g_find_program_in_path ("python3");

  if (path != NULL)
    return TRUE;
  g_test_skip ("python3 is not there");
  return FALSE;
}

BackupPeer *
backup_peer_start (const char *mode,
                   const char *path)
{
  g_autofree char *program = g_test_build_filename (G_TEST_DIST, "storage", "backup-peer.py", NULL);
  BackupPeer *self = g_new0 (BackupPeer, 1);
  g_autoptr (GError) error = NULL;

  self->process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, "python3",
                                    program, mode, path, NULL);
  g_assert_no_error (error);
  self->output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  backup_peer_wait (self);
  return self;
}

void
backup_peer_wait (BackupPeer *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *line = g_data_input_stream_read_line (self->output, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (line);
}

void
backup_peer_signal (BackupPeer *self,
                    int         number)
{
  g_subprocess_send_signal (self->process, number);
}

void
backup_peer_stop (BackupPeer *self)
{
  g_autoptr (GError) error = NULL;

  /* What it goes on printing until it notices must not block it. */
  g_output_stream_close (g_subprocess_get_stdin_pipe (self->process), NULL, NULL);
  while (TRUE)
    {
      g_autofree char *line = g_data_input_stream_read_line (self->output, NULL, NULL, NULL);

      if (line == NULL)
        break;
    }
  g_subprocess_wait_check (self->process, NULL, &error);
  g_assert_no_error (error);
  g_object_unref (self->output);
  g_object_unref (self->process);
  g_free (self);
}

char *
backup_run_python (const char *program,
                   const char *first,
                   const char *second)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "storage", program, NULL);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  char *output;

  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, "python3", path, first, second, NULL);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &output, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (process));
  return g_strchomp (output);
}
