/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "dialogs/export/engram-export-dialog.h"
#include "storage/own-disk.h"
#include "widget-support.h"

/* A network handed to other programs through the real dialog. */

/* So many that the export is still under way when the main loop runs next. */
#define MANY 20000

/* A small disk of this program's own, or NULL where nothing can be mounted. */
static const char *own_disk;

typedef struct {
  UiFixture *fixture;
  EngramSession *session;
  EngramRecordModel *model;
  GtkWindow *parent;
  EngramExportDialog *dialog;
} Screen;

static void
present (Screen           *self,
         EngramExportWhat  what)
{
  self->dialog = engram_export_dialog_present (self->parent, self->session, self->model, what);
  widget_test_draw (GTK_WIDGET (self->dialog));
}

/* The list has these neurons, or the synapses; Neuron 0 is joined to the next one, by two synapses, and to itself. */
static void
screen_open (Screen           *self,
             guint             n_neurons,
             EngramRecordKind  kind,
             EngramExportWhat  what)
{
  *self = (Screen) { .fixture = ui_fixture_new (n_neurons) };
  ui_fixture_join (self->fixture, 0, 1, 0.5);
  ui_fixture_join (self->fixture, 0, 1, -0.25);
  ui_fixture_join (self->fixture, 0, 0, 1);
  self->session = engram_session_new (self->fixture->database);
  self->model = engram_record_model_new (engram_session_get_searcher (self->session), kind);
  wait_until (engram_record_model_is_counted (self->model));
  self->parent = widget_test_show (gtk_label_new ("Network"), 800, 600);
  present (self, what);
}

static void
screen_close (Screen *self)
{
  engram_session_close (self->session);
  gtk_window_destroy (self->parent);
  g_object_unref (self->model);
  g_object_unref (self->session);
  ui_fixture_free (self->fixture);
}

/* What is in it */

static GtkWidget *
find_button (GtkWidget  *widget,
             const char *label)
{
  GtkWidget *found = NULL;

  if (!gtk_widget_get_mapped (widget))
    return NULL;
  if (GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_button (child, label);
  return found;
}

static void
click (gpointer    widget,
       const char *label)
{
  GtkWidget *button = find_button (widget, label);

  if (button == NULL)
    g_error ("There is no button “%s”", label);
  g_assert_true (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

static gpointer
get_control (Screen     *self,
             const char *name)
{
  GtkWidget *page = widget_test_find (self->dialog, ENGRAM_TYPE_EXPORT_PAGE);

  return gtk_widget_get_template_child (page, ENGRAM_TYPE_EXPORT_PAGE, name);
}

/* As a person does who clicks the row. */
static void
choose (Screen     *self,
        const char *name)
{
  g_assert_true (gtk_widget_activate (gtk_widget_get_ancestor (get_control (self, name), GTK_TYPE_LIST_BOX_ROW)) ||
                 gtk_widget_activate (get_control (self, name)));
}

/* A switch turns once it has moved. */
static void
turn_on (Screen     *self,
         const char *name)
{
  choose (self, name);
  wait_until (gtk_switch_get_active (get_control (self, name)));
}

static gboolean
is_chosen (Screen     *self,
           const char *name)
{
  return gtk_check_button_get_active (get_control (self, name));
}

static gboolean
can_export (Screen *self)
{
  GtkWidget *button = find_button (GTK_WIDGET (self->dialog), "_Export…");

  return button != NULL && gtk_widget_is_sensitive (button);
}

static gboolean
shows (Screen     *self,
       const char *part)
{
  g_autofree char *text = widget_test_dup_text (self->dialog);

  return strstr (text, part) != NULL;
}

/* Exporting */

static void
export_to (Screen     *self,
           const char *folder,
           const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  engram_export_dialog_export (self->dialog, file);
  /* Not twice. */
  g_assert_false (can_export (self));
}

static void
await (Screen     *self,
       const char *part)
{
  wait_until (shows (self, part));
  widget_test_draw (GTK_WIDGET (self->dialog));
}

static char *
read_file (const char *folder,
           const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

static void
write_file (const char *folder,
            const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, "old", -1, NULL));
}

static guint
count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n_files = 0;

  while (g_dir_read_name (dir) != NULL)
    n_files++;
  return n_files;
}

typedef struct {
  const char *control;
  const char *start; /* of the file */
} Format;

static const Format formats[] = {
  { "json", "{\n  \"version\": 1" },
  { "graphml", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml " },
  { "gexf", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gexf " },
};

static void
test_formats (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autoptr (TestFolder) folder = test_folder_new ();
      g_autofree char *name = g_strdup_printf ("a & b.%s", formats[i].control);
      g_autofree char *text = NULL;
      Screen screen;

      screen_open (&screen, 10, ENGRAM_RECORD_NEURON, ENGRAM_EXPORT_ALL);
      await (&screen, "10 neurons and 3 synapses");
      choose (&screen, formats[i].control);
      g_assert_true (is_chosen (&screen, formats[i].control));
      export_to (&screen, folder, name);
      await (&screen, "_Done" + 1);
      assert_shows (screen.dialog, "10 neurons and 3 synapses");
      assert_shows (screen.dialog, name);
      assert_shows (screen.dialog, folder);
      g_assert_cmpint (shows (&screen, "SHA-256"), ==, i == 0);
      g_assert_false (shows (&screen, "Problem"));
      widget_test_assert_names (screen.dialog);
      text = read_file (folder, name);
      g_assert_true (g_str_has_prefix (text, formats[i].start));
      g_assert_cmpuint (count_files (folder), ==, 1);
      screen_close (&screen);
    }
}

static void
test_tables (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *nodes = NULL, *edges = NULL, *alone = NULL;
  Screen screen;

  screen_open (&screen, 10, ENGRAM_RECORD_NEURON, ENGRAM_EXPORT_ALL);
  choose (&screen, "csv");
  export_to (&screen, folder, "n.csv");
  await (&screen, "n-nodes.csv");
  assert_shows (screen.dialog, "n-edges.csv");
  nodes = read_file (folder, "n-nodes.csv");
  edges = read_file (folder, "n-edges.csv");
  g_assert_true (g_str_has_prefix (nodes, "Id,Label,"));
  g_assert_nonnull (strstr (edges, ",-0.25,-1,"));
  g_assert_cmpuint (count_files (folder), ==, 2);

  present (&screen, ENGRAM_EXPORT_ALL);
  choose (&screen, "csv");
  adw_combo_row_set_selected (get_control (&screen, "tables_row"), ENGRAM_EXCHANGE_SYNAPSE_TABLE);
  turn_on (&screen, "weights");
  export_to (&screen, folder, "n");
  await (&screen, "n.csv");
  assert_shows (screen.dialog, "0 neurons and 3 synapses");
  alone = read_file (folder, "n.csv");
  g_assert_true (g_str_has_prefix (alone, "Source,Target,Type,Id,Weight,sign,"));
  g_assert_nonnull (strstr (alone, ",0.25,-1,"));
  screen_close (&screen);
}

/* Each format has the options that it knows, and Gephi's the weights that Gephi draws. */
static void
test_options (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *gexf = NULL, *json = NULL;
  Screen screen;

  screen_open (&screen, 10, ENGRAM_RECORD_NEURON, ENGRAM_EXPORT_ALL);
  widget_test_assert_names (screen.dialog);
  g_assert_true (gtk_widget_get_visible (get_control (&screen, "compact_row")));
  g_assert_false (gtk_widget_get_visible (get_control (&screen, "vectors_row")));
  choose (&screen, "graphml");
  g_assert_false (gtk_switch_get_active (get_control (&screen, "weights")));
  choose (&screen, "gexf");
  g_assert_false (gtk_widget_get_visible (get_control (&screen, "compact_row")));
  g_assert_false (gtk_widget_get_visible (get_control (&screen, "tables_row")));
  g_assert_true (gtk_widget_get_visible (get_control (&screen, "vectors_row")));
  g_assert_true (gtk_switch_get_active (get_control (&screen, "weights")));
  turn_on (&screen, "vectors");
  export_to (&screen, folder, "n.gexf");
  await (&screen, "n.gexf");
  gexf = read_file (folder, "n.gexf");
  g_assert_nonnull (strstr (gexf, "title=\"vector\""));
  g_assert_nonnull (strstr (gexf, " weight=\"0.25\""));

  present (&screen, ENGRAM_EXPORT_ALL);
  turn_on (&screen, "compact");
  export_to (&screen, folder, "n.json");
  await (&screen, "n.json");
  json = read_file (folder, "n.json");
  g_assert_null (strchr (json, '\n'));
  screen_close (&screen);
}

static void
select_row (Screen           *self,
            EngramRecordKind  kind,
            gint64            rowid)
{
  engram_selection_set_one (engram_session_get_selection (self->session), kind, rowid);
}

static void
test_shown (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (EngramQuery) query = engram_query_parse ("degree:>0", NULL, NULL, NULL);
  const EngramSort sort = { ENGRAM_SORT_ROWS };
  Screen screen;

  screen_open (&screen, 10, ENGRAM_RECORD_NEURON, ENGRAM_EXPORT_SHOWN);
  g_assert_true (is_chosen (&screen, "shown"));
  assert_shows (screen.dialog, "10 neurons, and the synapses among them");
  engram_record_model_set_view (screen.model, query, &sort);
  await (&screen, "2 neurons, and the synapses among them");
  export_to (&screen, folder, "n.json");
  await (&screen, "2 neurons and 3 synapses");
  screen_close (&screen);
}

static void
test_shown_synapses (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  Screen screen;

  screen_open (&screen, 10, ENGRAM_RECORD_SYNAPSE, ENGRAM_EXPORT_SHOWN);
  assert_shows (screen.dialog, "3 synapses, and the neurons at their ends");
  choose (&screen, "graphml");
  export_to (&screen, folder, "n.graphml");
  await (&screen, "2 neurons and 3 synapses");
  screen_close (&screen);
}

static void
test_nothing_shown (void)
{
  g_autoptr (EngramQuery) query = engram_query_parse ("type:visual", NULL, NULL, NULL);
  const EngramSort sort = { ENGRAM_SORT_ROWS };
  Screen screen;

  screen_open (&screen, 10, ENGRAM_RECORD_NEURON, ENGRAM_EXPORT_SHOWN);
  g_assert_true (can_export (&screen));
  engram_record_model_set_view (screen.model, query, &sort);
  await (&screen, "The list shows nothing.");
  g_assert_false (can_export (&screen));
  choose (&screen, "all");
  g_assert_true (can_export (&screen));
  screen_close (&screen);
}

static void
test_selected (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (EngramRowSet) nothing = engram_row_set_new_empty ();
  Screen screen;

  screen_open (&screen, 10, ENGRAM_RECORD_SYNAPSE, ENGRAM_EXPORT_SELECTED);
  /* There is nothing of it. */
  g_assert_true (is_chosen (&screen, "all"));
  assert_shows (screen.dialog, "No neuron is selected.");
  select_row (&screen, ENGRAM_RECORD_NEURON, 1);
  select_row (&screen, ENGRAM_RECORD_SYNAPSE, 2);
  present (&screen, ENGRAM_EXPORT_SELECTED);
  g_assert_true (is_chosen (&screen, "synapses"));
  export_to (&screen, folder, "s.json");
  await (&screen, "2 neurons and 1 synapse");
  present (&screen, ENGRAM_EXPORT_ALL);
  choose (&screen, "neurons");
  export_to (&screen, folder, "n.json");
  await (&screen, "1 neuron and 1 synapse");

  present (&screen, ENGRAM_EXPORT_ALL);
  choose (&screen, "neurons");
  engram_selection_set (engram_session_get_selection (screen.session), ENGRAM_RECORD_NEURON, nothing);
  g_assert_false (can_export (&screen));
  screen_close (&screen);
}

/* The place */

static void
test_chooser (void)
{
  GtkFileChooser *chooser;
  g_autofree char *name = NULL;
  Screen screen;

  screen_open (&screen, 10, ENGRAM_RECORD_NEURON, ENGRAM_EXPORT_ALL);
  choose (&screen, "graphml");
  click (screen.dialog, "_Export…");
  chooser = GTK_FILE_CHOOSER (engram_export_dialog_get_chooser (screen.dialog));
  g_assert_nonnull (chooser);
  name = gtk_file_chooser_get_current_name (chooser);
  g_assert_true (g_str_has_suffix (name, ".graphml"));
  g_signal_emit_by_name (chooser, "response", GTK_RESPONSE_CANCEL);
  g_assert_null (engram_export_dialog_get_chooser (screen.dialog));
  g_assert_true (can_export (&screen));
  screen_close (&screen);
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
  Screen screen;

  write_file (folder, "n-edges.csv");
  screen_open (&screen, 10, ENGRAM_RECORD_NEURON, ENGRAM_EXPORT_ALL);
  choose (&screen, "csv");
  export_to (&screen, folder, "n.csv");
  wait_until (find_message () != NULL);
  widget_test_draw (find_message ());
  assert_shows (find_message (), "n-edges.csv");
  click (find_message (), "_Cancel");
  g_assert_true (can_export (&screen));
  kept = read_file (folder, "n-edges.csv");
  g_assert_cmpstr (kept, ==, "old");
  wait_until (find_message () == NULL);

  export_to (&screen, folder, "n.csv");
  wait_until (find_message () != NULL);
  widget_test_draw (find_message ());
  click (find_message (), "_Replace");
  await (&screen, "n-nodes.csv");
  replaced = read_file (folder, "n-edges.csv");
  g_assert_true (g_str_has_prefix (replaced, "Source,"));
  screen_close (&screen);
}

/* A name that the chooser has asked about is not asked about again. */
static void
test_chosen_is_replaced (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *text = NULL;
  Screen screen;

  write_file (folder, "n.json");
  screen_open (&screen, 10, ENGRAM_RECORD_NEURON, ENGRAM_EXPORT_ALL);
  export_to (&screen, folder, "n.json");
  await (&screen, "SHA-256");
  text = read_file (folder, "n.json");
  g_assert_true (g_str_has_prefix (text, "{"));
  screen_close (&screen);
}

/* The job */

static void
test_cancel (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  Screen screen;

  screen_open (&screen, MANY, ENGRAM_RECORD_NEURON, ENGRAM_EXPORT_ALL);
  export_to (&screen, folder, "n.json");
  wait_until (engram_dialog_get_job (ENGRAM_DIALOG (screen.dialog)) != NULL);
  engram_job_cancel (engram_dialog_get_job (ENGRAM_DIALOG (screen.dialog)));
  wait_until (engram_dialog_get_job (ENGRAM_DIALOG (screen.dialog)) == NULL);
  g_assert_cmpstr (engram_dialog_get_page (ENGRAM_DIALOG (screen.dialog)), ==, "choice");
  g_assert_cmpuint (count_files (folder), ==, 0);
  wait_until (can_export (&screen));
  screen_close (&screen);
}

/* By the button of the page that shows how far it is. */
static void
test_cancel_by_button (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  Screen screen;

  screen_open (&screen, 4 * MANY, ENGRAM_RECORD_NEURON, ENGRAM_EXPORT_ALL);
  choose (&screen, "gexf");
  export_to (&screen, folder, "n.gexf");
  wait_until (find_button (GTK_WIDGET (screen.dialog), "_Cancel") != NULL);
  assert_shows (screen.dialog, "Exporting “n.gexf”");
  click (screen.dialog, "_Cancel");
  wait_until (can_export (&screen));
  g_assert_cmpuint (count_files (folder), ==, 0);
  screen_close (&screen);
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
  Screen screen;

  screen_open (&screen, MANY, ENGRAM_RECORD_NEURON, ENGRAM_EXPORT_ALL);
  g_signal_connect (screen.session, "job-added", G_CALLBACK (note_job), &job);
  export_to (&screen, folder, "n.json");
  wait_until (job != NULL);
  gtk_window_destroy (GTK_WINDOW (screen.dialog));
  g_assert_false (engram_job_is_attended (job));
  wait_until (!engram_job_is_active (job));
  g_assert_cmpint (engram_job_get_state (job), ==, ENGRAM_JOB_DONE);
  g_assert_cmpstr (engram_job_get_outcome (job), ==, "Exported 20000 neurons and 3 synapses to “n.json”");
  g_assert_cmpuint (count_files (folder), ==, 1);
  /* It keeps the network open. */
  g_clear_object (&job);
  screen_close (&screen);
}

static void
test_problems (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *id = NULL;
  Screen screen;

  screen_open (&screen, 10, ENGRAM_RECORD_NEURON, ENGRAM_EXPORT_ALL);
  id = ui_fixture_add (screen.fixture, "a\001b <b>");
  choose (&screen, "graphml");
  export_to (&screen, folder, "n.graphml");
  await (&screen, "1 Problem");
  assert_shows (screen.dialog, id);
  assert_shows (screen.dialog, "U+FFFD");
  widget_test_assert_names (screen.dialog);
  screen_close (&screen);
}

/* What goes wrong says what, why and what to do, and leads on. */
static void
assert_fails (Screen     *self,
              const char *folder,
              const char *name,
              const char *why,
              const char *what_to_do)
{
  export_to (self, folder, name);
  await (self, why);
  assert_shows (self->dialog, what_to_do);
  g_assert_nonnull (find_button (GTK_WIDGET (self->dialog), "_Try Again"));
  click (self->dialog, "_Back");
  widget_test_draw (GTK_WIDGET (self->dialog));
  g_assert_true (can_export (self));
}

static void
test_bad_places (void)
{
  g_autoptr (GFile) remote = g_file_new_for_uri ("nowhere://server/n.json");
  g_autofree char *before = NULL, *after = NULL, *name = NULL;
  Screen screen;

  screen_open (&screen, 10, ENGRAM_RECORD_NEURON, ENGRAM_EXPORT_ALL);
  before = test_hash_file (screen.fixture->path);
  name = g_path_get_basename (screen.fixture->path);
  assert_fails (&screen, screen.fixture->folder, "nowhere/n.json", "There is no folder", "choose another one");
  choose (&screen, "csv");
  adw_combo_row_set_selected (get_control (&screen, "tables_row"), ENGRAM_EXCHANGE_NEURON_TABLE);
  assert_fails (&screen, screen.fixture->folder, "nowhere/n.csv", "There is no folder", "choose another one");

  engram_export_dialog_export (screen.dialog, remote);
  widget_test_draw (GTK_WIDGET (screen.dialog));
  assert_shows (screen.dialog, "The Network Was Not Exported");
  assert_shows (screen.dialog, "nowhere://server/n.json");
  click (screen.dialog, "_Try Again");
  g_assert_nonnull (engram_export_dialog_get_chooser (screen.dialog));
  after = test_hash_file (screen.fixture->path);
  g_assert_cmpstr (after, ==, before);
  screen_close (&screen);
}

/* A network that has the name of a document is not written over. */
static void
test_database (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "n.json", NULL);
  g_autofree char *before = NULL, *after = NULL;
  g_autoptr (EngramDatabase) database = engram_database_create (path, NULL, NULL);
  Screen screen;

  g_assert_nonnull (database);
  g_clear_object (&database);
  before = test_hash_file (path);
  screen_open (&screen, 10, ENGRAM_RECORD_NEURON, ENGRAM_EXPORT_ALL);
  assert_fails (&screen, folder, "n.json", "is a database", "Choose another name");
  after = test_hash_file (path);
  g_assert_cmpstr (after, ==, before);
  screen_close (&screen);
}

static void
test_disk (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  Screen screen;

  if (own_disk == NULL)
    {
      g_test_skip ("nothing can be mounted here");
      return;
    }
  screen_open (&screen, 1000, ENGRAM_RECORD_NEURON, ENGRAM_EXPORT_ALL);
  assert_fails (&screen, own_disk, "n.json", "No space left", "Make space");
  choose (&screen, "csv");
  assert_fails (&screen, own_disk, "n.csv", "No space left", "Make space");
  g_assert_cmpuint (count_files (own_disk), ==, 0);
  own_disk_make_read_only (own_disk);
  assert_fails (&screen, own_disk, "m.csv", "Read-only", "Choose another place");
  g_assert_cmpuint (count_files (own_disk), ==, 0);

  /* The other place that is asked for. */
  export_to (&screen, folder, "n.csv");
  await (&screen, "n-nodes.csv");
  screen_close (&screen);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (TestFolder) disk = test_folder_new ();

  own_disk = own_disk_mount (disk, "size=64k") ? disk : NULL;
  widget_test_init (&argc, &argv);

  g_test_add_func ("/export-dialog/formats", test_formats);
  g_test_add_func ("/export-dialog/tables", test_tables);
  g_test_add_func ("/export-dialog/options", test_options);
  g_test_add_func ("/export-dialog/shown", test_shown);
  g_test_add_func ("/export-dialog/shown-synapses", test_shown_synapses);
  g_test_add_func ("/export-dialog/nothing-shown", test_nothing_shown);
  g_test_add_func ("/export-dialog/selected", test_selected);
  g_test_add_func ("/export-dialog/chooser", test_chooser);
  g_test_add_func ("/export-dialog/replacing", test_replacing);
  g_test_add_func ("/export-dialog/chosen-is-replaced", test_chosen_is_replaced);
  g_test_add_func ("/export-dialog/cancel", test_cancel);
  g_test_add_func ("/export-dialog/cancel-by-button", test_cancel_by_button);
  g_test_add_func ("/export-dialog/close", test_close);
  g_test_add_func ("/export-dialog/problems", test_problems);
  g_test_add_func ("/export-dialog/bad-places", test_bad_places);
  g_test_add_func ("/export-dialog/database", test_database);
  g_test_add_func ("/export-dialog/disk", test_disk);
  return g_test_run ();
}
