/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "export-screen.h"
#include "storage/own-disk.h"

/* Where the dialog of exports writes to, and what becomes of the job. */

/* So many that the export is still under way when the main loop runs next. */
#define MANY 20000

/* A small disk of this program's own, or NULL where nothing can be mounted. */
static const char *own_disk;

static void
write_file (const char *folder,
            const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, "old", -1, NULL));
}

/* The place */

static void
test_chooser (void)
{
  GtkFileChooser *chooser;
  g_autofree char *name = NULL;
  ExportScreen screen;

  export_screen_open (&screen, 10, ENGRAM_RECORD_NEURON, ENGRAM_EXPORT_ALL);
  export_screen_choose (&screen, "graphml");
  export_screen_click (screen.dialog, "_Export…");
  chooser = GTK_FILE_CHOOSER (engram_export_dialog_get_chooser (screen.dialog));
  g_assert_nonnull (chooser);
  name = gtk_file_chooser_get_current_name (chooser);
  g_assert_true (g_str_has_suffix (name, ".graphml"));
  g_signal_emit_by_name (chooser, "response", GTK_RESPONSE_CANCEL);
  g_assert_null (engram_export_dialog_get_chooser (screen.dialog));
  g_assert_true (export_screen_can_export (&screen));
  export_screen_close (&screen);
}

static GtkWidget *
find_message (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (ADW_IS_MESSAGE_DIALOG (window))
        return window;
    }
  return NULL;
}

/* The chooser has asked about n.csv: that tells nothing of the two files that are written. */
static void
test_replacing (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *kept = NULL, *replaced = NULL;
  ExportScreen screen;

  write_file (folder, "n-edges.csv");
  export_screen_open (&screen, 10, ENGRAM_RECORD_NEURON, ENGRAM_EXPORT_ALL);
  export_screen_choose (&screen, "csv");
  export_screen_export (&screen, folder, "n.csv");
  wait_until (find_message () != NULL);
  widget_test_draw (find_message ());
  assert_shows (find_message (), "n-edges.csv");
  export_screen_click (find_message (), "_Cancel");
  g_assert_true (export_screen_can_export (&screen));
  kept = export_screen_read (folder, "n-edges.csv");
  g_assert_cmpstr (kept, ==, "old");
  wait_until (find_message () == NULL);

  export_screen_export (&screen, folder, "n.csv");
  wait_until (find_message () != NULL);
  widget_test_draw (find_message ());
  export_screen_click (find_message (), "_Replace");
  export_screen_await (&screen, "n-nodes.csv");
  replaced = export_screen_read (folder, "n-edges.csv");
  g_assert_true (g_str_has_prefix (replaced, "Source,"));
  export_screen_close (&screen);
}

/* A name that the chooser has asked about is not asked about again. */
static void
test_chosen_is_replaced (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *text = NULL;
  ExportScreen screen;

  write_file (folder, "n.json");
  export_screen_open (&screen, 10, ENGRAM_RECORD_NEURON, ENGRAM_EXPORT_ALL);
  export_screen_export (&screen, folder, "n.json");
  export_screen_await (&screen, "SHA-256");
  text = export_screen_read (folder, "n.json");
  g_assert_true (g_str_has_prefix (text, "{"));
  export_screen_close (&screen);
}

/* The job */

static void
test_cancel (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  ExportScreen screen;

  export_screen_open (&screen, MANY, ENGRAM_RECORD_NEURON, ENGRAM_EXPORT_ALL);
  export_screen_export (&screen, folder, "n.json");
  wait_until (engram_dialog_get_job (ENGRAM_DIALOG (screen.dialog)) != NULL);
  engram_job_cancel (engram_dialog_get_job (ENGRAM_DIALOG (screen.dialog)));
  wait_until (engram_dialog_get_job (ENGRAM_DIALOG (screen.dialog)) == NULL);
  g_assert_cmpstr (engram_dialog_get_page (ENGRAM_DIALOG (screen.dialog)), ==, "choice");
  g_assert_cmpuint (export_screen_count_files (folder), ==, 0);
  wait_until (export_screen_can_export (&screen));
  export_screen_close (&screen);
}

/* By the button of the page that shows how far it is. */
static void
test_cancel_by_button (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  ExportScreen screen;

  export_screen_open (&screen, 4 * MANY, ENGRAM_RECORD_NEURON, ENGRAM_EXPORT_ALL);
  export_screen_choose (&screen, "gexf");
  export_screen_export (&screen, folder, "n.gexf");
  wait_until (export_screen_find_button (GTK_WIDGET (screen.dialog), "_Cancel") != NULL);
  assert_shows (screen.dialog, "Exporting “n.gexf”");
  export_screen_click (screen.dialog, "_Cancel");
  wait_until (export_screen_can_export (&screen));
  g_assert_cmpuint (export_screen_count_files (folder), ==, 0);
  export_screen_close (&screen);
}

static void
note_job (EngramSession  *session,
          EngramJob      *job,
          EngramJob     **noted)
{
  if (g_str_has_prefix (engram_job_get_title (job), "Exporting"))
    *noted = g_object_ref (job);
}

/* Whoever closes the dialog does not stop what it has begun. */
static void
test_close (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (EngramJob) job = NULL;
  ExportScreen screen;

  export_screen_open (&screen, MANY, ENGRAM_RECORD_NEURON, ENGRAM_EXPORT_ALL);
  g_signal_connect (screen.session, "job-added", G_CALLBACK (note_job), &job);
  export_screen_export (&screen, folder, "n.json");
  wait_until (job != NULL);
  gtk_window_destroy (GTK_WINDOW (screen.dialog));
  g_assert_false (engram_job_is_attended (job));
  wait_until (!engram_job_is_active (job));
  g_assert_cmpint (engram_job_get_state (job), ==, ENGRAM_JOB_DONE);
  g_assert_cmpstr (engram_job_get_outcome (job), ==, "Exported 20000 neurons and 3 synapses to “n.json”");
  g_assert_cmpuint (export_screen_count_files (folder), ==, 1);
  /* It keeps the network open. */
  g_clear_object (&job);
  export_screen_close (&screen);
}

/* What goes wrong says what, why and what to do, and leads on. */
static void
assert_fails (ExportScreen *self,
              const char   *folder,
              const char   *name,
              const char   *why,
              const char   *what_to_do)
{
  export_screen_export (self, folder, name);
  export_screen_await (self, why);
  assert_shows (self->dialog, what_to_do);
  g_assert_nonnull (export_screen_find_button (GTK_WIDGET (self->dialog), "_Try Again"));
  export_screen_click (self->dialog, "_Back");
  /* The page fades: what it says would be taken for what is said next. */
  wait_until (export_screen_find_button (GTK_WIDGET (self->dialog), "_Try Again") == NULL);
  g_assert_true (export_screen_can_export (self));
}

static void
test_bad_places (void)
{
  g_autoptr (GFile) remote = g_file_new_for_uri ("nowhere://server/n.json");
  g_autofree char *before = NULL, *after = NULL, *name = NULL;
  ExportScreen screen;

  export_screen_open (&screen, 10, ENGRAM_RECORD_NEURON, ENGRAM_EXPORT_ALL);
  before = test_hash_file (screen.fixture->path);
  name = g_path_get_basename (screen.fixture->path);
  assert_fails (&screen, screen.fixture->folder, "nowhere/n.json", "There is no folder", "choose another one");
  export_screen_choose (&screen, "csv");
  adw_combo_row_set_selected (export_screen_get_control (&screen, "tables_row"), ENGRAM_EXCHANGE_NEURON_TABLE);
  assert_fails (&screen, screen.fixture->folder, "nowhere/n.csv", "There is no folder", "choose another one");

  engram_export_dialog_export (screen.dialog, remote);
  widget_test_draw (GTK_WIDGET (screen.dialog));
  assert_shows (screen.dialog, "The Network Was Not Exported");
  assert_shows (screen.dialog, "nowhere://server/n.json");
  export_screen_click (screen.dialog, "_Try Again");
  g_assert_nonnull (engram_export_dialog_get_chooser (screen.dialog));
  after = test_hash_file (screen.fixture->path);
  g_assert_cmpstr (after, ==, before);
  export_screen_close (&screen);
}

/* A network that has the name of a document is not written over. */
static void
test_database (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "n.json", NULL);
  g_autofree char *before = NULL, *after = NULL;
  g_autoptr (EngramDatabase) database = engram_database_create (path, NULL, NULL);
  ExportScreen screen;

  g_assert_nonnull (database);
  g_clear_object (&database);
  before = test_hash_file (path);
  export_screen_open (&screen, 10, ENGRAM_RECORD_NEURON, ENGRAM_EXPORT_ALL);
  assert_fails (&screen, folder, "n.json", "is a database", "Choose another name");
  after = test_hash_file (path);
  g_assert_cmpstr (after, ==, before);
  export_screen_close (&screen);
}

static void
test_disk (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  ExportScreen screen;

  if (own_disk == NULL)
    {
      g_test_skip ("nothing can be mounted here");
      return;
    }
  export_screen_open (&screen, 1000, ENGRAM_RECORD_NEURON, ENGRAM_EXPORT_ALL);
  assert_fails (&screen, own_disk, "n.json", "No space left", "Make space");
  export_screen_choose (&screen, "csv");
  assert_fails (&screen, own_disk, "n.csv", "No space left", "Make space");
  g_assert_cmpuint (export_screen_count_files (own_disk), ==, 0);
  own_disk_make_read_only (own_disk);
  assert_fails (&screen, own_disk, "m.csv", "Read-only", "Choose another place");
  g_assert_cmpuint (export_screen_count_files (own_disk), ==, 0);

  /* The other place that is asked for. */
  export_screen_export (&screen, folder, "n.csv");
  export_screen_await (&screen, "n-nodes.csv");
  export_screen_close (&screen);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (TestFolder) disk = test_folder_new ();

  own_disk = own_disk_mount (disk, "size=64k") ? disk : NULL;
  widget_test_init (&argc, &argv);

  g_test_add_func ("/export-places/chooser", test_chooser);
  g_test_add_func ("/export-places/replacing", test_replacing);
  g_test_add_func ("/export-places/chosen-is-replaced", test_chosen_is_replaced);
  g_test_add_func ("/export-places/cancel", test_cancel);
  g_test_add_func ("/export-places/cancel-by-button", test_cancel_by_button);
  g_test_add_func ("/export-places/close", test_close);
  g_test_add_func ("/export-places/bad-places", test_bad_places);
  g_test_add_func ("/export-places/database", test_database);
  g_test_add_func ("/export-places/disk", test_disk);
  return g_test_run ();
}
