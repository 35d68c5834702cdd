/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "engram-window-private.h"

#include <glib/gi18n.h>

#include "common/engram-text-format.h"

static const struct {
  EngramRecordFormat format;
  const char *ending;
} formats[] = {
  { ENGRAM_RECORD_JSON, ".json" },
  { ENGRAM_RECORD_CSV, ".csv" },
};

/* The work */

typedef struct {
  EngramWindow       *window;
  EngramRecordExport *records;
  EngramRecordFormat  format;
  char               *path;
} Exporting;

static void
exporting_free (gpointer data)
{
  Exporting *self = data;

  g_object_unref (self->window);
  engram_record_export_free (self->records);
  g_free (self->path);
  g_free (self);
}

static gboolean
export (EngramJob     *job,
        gpointer       data,
        GCancellable  *cancellable,
        GError       **error)
{
  const Exporting *exporting = data;

  return engram_record_export_write (exporting->records, exporting->format, exporting->path, engram_job_progress, job,
                                     cancellable, error);
}

static void
show_message (EngramWindow *self,
              const char   *title,
              const char   *text)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), title, text);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

/* What went wrong, and what helps where that is the folder or the disk. */
static void
show_failure (EngramWindow *self,
              const GError *error)
{
  g_autofree char *text = g_strdup_printf ("%s\n\n%s", error->message,
                                           _("No file was written. Choose another place or name, or make space, and "
                                             "export again."));

  show_message (self, _("The Export Failed"), text);
}

static char *
describe_result (const Exporting *self)
{
  const EngramRecordExportResult *result = engram_record_export_get_result (self->records);
  g_autofree char *neuron_count = engram_format_count (result->n_neurons);
  g_autofree char *synapse_count = engram_format_count (result->n_synapses);
  g_autofree char *neurons = g_strdup_printf (ngettext ("%s neuron", "%s neurons", (gulong) result->n_neurons),
                                              neuron_count);
  g_autofree char *synapses = g_strdup_printf (ngettext ("%s synapse", "%s synapses", (gulong) result->n_synapses),
                                               synapse_count);
  g_autofree char *name = g_filename_display_basename (self->path);

  if (self->format == ENGRAM_RECORD_CSV)
    /* Translators: "12 neurons" or "3 synapses", and the name of a file. */
    return g_strdup_printf (_("Exported %s to “%s”"),
                            engram_record_export_get_kind (self->records) == ENGRAM_RECORD_NEURON ? neurons : synapses,
                            name);
  /* Translators: "12 neurons", "3 synapses", and the name of a file. */
  return g_strdup_printf (_("Exported %s and %s to “%s”"), neurons, synapses, name);
}

static void
tell_problems (EngramWindow                   *self,
               const EngramRecordExportResult *result)
{
  g_autofree char *count = engram_format_count (result->n_problems);
  /* Translators: how many values, and what is wrong with the first of them. */
  g_autofree char *text = g_strdup_printf (ngettext ("%s value could not be written as it is: %s",
                                                     "%s values could not be written as they are. The first one: %s",
                                                     (gulong) result->n_problems),
                                           count, result->problem);

  show_message (self, _("Exported with Problems"), text);
}

static void
ended_cb (EngramJob *job,
          gpointer   user_data)
{
  const Exporting *exporting = engram_job_get_data (job);
  const EngramRecordExportResult *result = engram_record_export_get_result (exporting->records);
  EngramWindow *self = exporting->window;
  g_autofree char *text = NULL;

  g_application_release (g_application_get_default ());
  if (engram_job_get_state (job) == ENGRAM_JOB_FAILED)
    show_failure (self, engram_job_get_error (job));
  if (engram_job_get_state (job) != ENGRAM_JOB_DONE || gtk_widget_in_destruction (GTK_WIDGET (self)))
    return;
  text = describe_result (exporting);
  engram_network_page_tell (self->network_page, text);
  if (result->n_problems > 0)
    tell_problems (self, result);
}

static EngramRecordFormat
find_format (const char         *path,
             EngramRecordFormat  otherwise)
{
  g_autofree char *folded = g_ascii_strdown (path, -1);

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    if (g_str_has_suffix (folded, formats[i].ending))
      return formats[i].format;
  return otherwise;
}

EngramJob *
engram_window_export (EngramWindow       *self,
                      EngramRecordExport *records,
                      const char         *path,
                      EngramRecordFormat  otherwise)
{
  Exporting *exporting = g_new0 (Exporting, 1);
  g_autofree char *name = g_filename_display_basename (path);
  /* Translators: the name of a file. */
  g_autofree char *title = g_strdup_printf (_("Exporting “%s”"), name);
  EngramJob *job;

  exporting->window = g_object_ref (self);
  exporting->records = records;
  exporting->format = find_format (path, otherwise);
  exporting->path = g_strdup (path);
  job = engram_job_new (title, export, exporting, exporting_free);
  g_signal_connect (job, "ended", G_CALLBACK (ended_cb), NULL);
  g_application_hold (g_application_get_default ());
  engram_job_start (job);
  engram_network_page_show_job (self->network_page, job);
  return job;
}

/* Where to */

typedef struct {
  EngramWindow       *window;
  EngramRecordExport *records;
} Asking;

static void
asking_free (gpointer  data,
             GClosure *closure)
{
  Asking *self = data;

  g_clear_pointer (&self->records, engram_record_export_free);
  g_free (self);
}

static EngramRecordFormat
get_chosen_format (GtkFileChooser *chooser)
{
  GtkFileFilter *filter = gtk_file_chooser_get_filter (chooser);

  if (filter == NULL)
    return ENGRAM_RECORD_JSON;
  return GPOINTER_TO_INT (g_object_get_data (G_OBJECT (filter), "engram-format"));
}

static void
response_cb (GtkNativeDialog *dialog,
             int              response,
             Asking          *asking)
{
  EngramWindow *self = asking->window;
  EngramRecordFormat otherwise = get_chosen_format (GTK_FILE_CHOOSER (dialog));
  g_autoptr (EngramRecordExport) records = g_steal_pointer (&asking->records);
  g_autoptr (GFile) file = NULL;
  g_autoptr (EngramJob) job = NULL;
  g_autofree char *path = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  path = file != NULL ? g_file_get_path (file) : NULL;
  if (path != NULL && records != NULL)
    job = engram_window_export (self, g_steal_pointer (&records), path, otherwise);
  else if (file != NULL)
    show_message (self, _("The Export Failed"), _("This place is no folder of this computer. Choose another one."));
  g_clear_object (&self->export_dialog);
}

static void
add_filter (GtkFileChooser     *chooser,
            const char         *name,
            const char         *pattern,
            EngramRecordFormat  format)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, name);
  gtk_file_filter_add_pattern (filter, pattern);
  g_object_set_data (G_OBJECT (filter), "engram-format", GINT_TO_POINTER (format));
  gtk_file_chooser_add_filter (chooser, filter);
}

/* @records: (transfer full) */
static void
ask_where (EngramWindow       *self,
           EngramRecordExport *records)
{
  gboolean are_neurons = engram_record_export_get_kind (records) == ENGRAM_RECORD_NEURON;
  Asking *asking = g_new0 (Asking, 1);
  GtkFileChooser *chooser;

  self->export_dialog = gtk_file_chooser_native_new (are_neurons ? _("Export Neurons") : _("Export Synapses"),
                                                     GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_SAVE, NULL, NULL);
  chooser = GTK_FILE_CHOOSER (self->export_dialog);
  asking->window = self;
  asking->records = records;
  add_filter (chooser, _("JSON document (*.json)"), "*.json", ENGRAM_RECORD_JSON);
  add_filter (chooser, _("Table (*.csv)"), "*.csv", ENGRAM_RECORD_CSV);
  engram_window_propose_folder (self, chooser);
  gtk_file_chooser_set_current_name (chooser, are_neurons ? _("Neurons.json") : _("Synapses.json"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->export_dialog), TRUE);
  g_signal_connect_data (self->export_dialog, "response", G_CALLBACK (response_cb), asking, asking_free, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->export_dialog));
}

/* The actions */

static EngramRecordModel *
get_model (EngramWindow *self)
{
  EngramRecordKind kind = engram_network_page_get_kind (self->network_page);

  return engram_record_list_get_model (engram_network_page_get_list (self->network_page, kind));
}

static void
export_shown_cb (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       user_data)
{
  EngramWindow *self = user_data;
  EngramRecordExport *records = engram_record_export_new_shown (get_model (self));

  if (records != NULL && self->export_dialog == NULL)
    ask_where (self, records);
  else
    g_clear_pointer (&records, engram_record_export_free);
}

typedef struct {
  EngramWindow     *window;
  EngramDatabase   *database;
  EngramRecordKind  kind;
} Choosing;

static void
selection_known_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autofree Choosing *choosing = user_data;
  g_autoptr (EngramWindow) self = choosing->window;
  g_autoptr (EngramDatabase) database = choosing->database;
  g_autoptr (EngramRowSet) rows = engram_selection_await_finish (ENGRAM_SELECTION (source), result, NULL);

  if (rows != NULL && engram_row_set_get_size (rows) > 0 && self->export_dialog == NULL &&
      engram_network_page_get_database (self->network_page) == database)
    ask_where (self, engram_record_export_new_rows (database, choosing->kind, rows));
}

static void
export_selected_cb (GSimpleAction *action,
                    GVariant      *parameter,
                    gpointer       user_data)
{
  EngramWindow *self = user_data;
  EngramSession *session = engram_network_page_get_session (self->network_page);
  Choosing *choosing = g_new0 (Choosing, 1);

  choosing->window = g_object_ref (self);
  choosing->database = g_object_ref (engram_network_page_get_database (self->network_page));
  choosing->kind = engram_network_page_get_kind (self->network_page);
  engram_selection_await (engram_session_get_selection (session), choosing->kind, NULL, selection_known_cb, choosing);
}

static const GActionEntry actions[] = {
  { "export-shown", export_shown_cb },
  { "export-selected", export_selected_cb },
};

static void
set_enabled (EngramWindow *self,
             const char   *name,
             gboolean      enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

void
engram_window_update_exporting (EngramWindow *self)
{
  EngramRecordKind kind = engram_network_page_get_kind (self->network_page);
  EngramSession *session =
    self->state == ENGRAM_WINDOW_NETWORK ? engram_network_page_get_session (self->network_page) : NULL;
  EngramRecordModel *model = session != NULL ? get_model (self) : NULL;
  EngramSelection *selection = session != NULL ? engram_session_get_selection (session) : NULL;

  set_enabled (self, "export-shown",
               model != NULL && engram_record_model_is_counted (model) &&
               g_list_model_get_n_items (G_LIST_MODEL (model)) > 0);
  set_enabled (self, "export-selected",
               selection != NULL && engram_row_set_get_size (engram_selection_get (selection, kind)) > 0);
}

void
engram_window_add_exporting (EngramWindow *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  /* Tells of another list, of rows that came or went, and of another selection. */
  g_signal_connect_object (self->network_page, "notify::status", G_CALLBACK (engram_window_update_exporting), self,
                           G_CONNECT_SWAPPED);
}
