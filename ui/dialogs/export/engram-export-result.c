/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dialogs/export/engram-export-result.h"

#include <glib/gi18n.h>

#include "common/engram-control.h"
#include "common/engram-text-format.h"
#include "jobs/engram-job-text.h"

/* Rows of problems that are shown. */
#define SHOWN_PROBLEMS 100

struct _EngramExportResult {
  AdwBin               parent_instance;

  GtkBox              *box;      /* of groups; made anew for each report */
  GtkLabel            *failure;  /* why the folder could not be opened */
  EngramExportReport  *report;
};

G_DEFINE_FINAL_TYPE (EngramExportResult, engram_export_result, ADW_TYPE_BIN)

/* The folder */

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (EngramExportResult) self = user_data;
  g_autoptr (GError) error = NULL;

  if (gtk_show_uri_full_finish (GTK_WINDOW (source), result, &error) || self->failure == NULL)
    return;
  gtk_label_set_text (self->failure, error->message);
  gtk_widget_set_visible (GTK_WIDGET (self->failure), TRUE);
}

static void
open_folder_cb (EngramExportResult *self)
{
  g_autofree char *folder = g_path_get_dirname (self->report->path);
  g_autofree char *uri = g_filename_to_uri (folder, NULL, NULL);

  gtk_widget_set_visible (GTK_WIDGET (self->failure), FALSE);
  gtk_show_uri_full (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), uri, GDK_CURRENT_TIME, NULL, opened_cb,
                     g_object_ref (self));
}

/* Rows */

static AdwPreferencesGroup *
add_group (EngramExportResult *self,
           const char         *title)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  gtk_box_append (self->box, group);
  return ADW_PREFERENCES_GROUP (group);
}

/* Names of files and values are any text. */
static AdwActionRow *
add_row (AdwPreferencesGroup *group,
         const char          *title,
         const char          *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_preferences_group_add (group, row);
  return ADW_ACTION_ROW (row);
}

static void
copy_cb (GtkWidget  *button,
         const char *text)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (button), text);
}

static void
free_text (gpointer  data,
           GClosure *closure)
{
  g_free (data);
}

/* @text: (transfer full) */
static GtkWidget *
new_copy_button (char       *text,
                 const char *name)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("edit-copy-symbolic");

  engram_control_set_tooltip (button, name);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  g_signal_connect_data (button, "clicked", G_CALLBACK (copy_cb), text, free_text, 0);
  return button;
}

static char *
dup_counts (const EngramExportReport *report)
{
  g_autofree char *neuron_count = engram_format_count (report->neurons);
  g_autofree char *synapse_count = engram_format_count (report->synapses);
  g_autofree char *neurons = g_strdup_printf (ngettext ("%s neuron", "%s neurons", (gulong) report->neurons),
                                              neuron_count);
  g_autofree char *synapses = g_strdup_printf (ngettext ("%s synapse", "%s synapses", (gulong) report->synapses),
                                               synapse_count);

  /* Translators: "12 neurons" and "3 synapses" */
  return g_strdup_printf (_("%s and %s"), neurons, synapses);
}

static void
add_file (AdwPreferencesGroup *group,
          const char          *path)
{
  g_autofree char *name = g_filename_display_basename (path);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *shown = g_filename_display_name (folder);

  add_row (group, name, shown);
}

static void
add_files (EngramExportResult *self)
{
  AdwPreferencesGroup *group = add_group (self, self->report->second_path != NULL ? _("Files") : _("File"));
  GtkWidget *button = gtk_button_new_with_mnemonic (_("_Open Folder"));

  gtk_widget_add_css_class (button, "flat");
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (open_folder_cb), self);
  adw_preferences_group_set_header_suffix (group, button);
  add_file (group, self->report->path);
  if (self->report->second_path != NULL)
    add_file (group, self->report->second_path);
  self->failure = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->failure, TRUE);
  gtk_label_set_xalign (self->failure, 0);
  gtk_widget_add_css_class (GTK_WIDGET (self->failure), "error");
  gtk_widget_set_visible (GTK_WIDGET (self->failure), FALSE);
  adw_preferences_group_add (group, GTK_WIDGET (self->failure));
}

static void
add_figures (EngramExportResult *self)
{
  const EngramExportReport *report = self->report;
  AdwPreferencesGroup *group = add_group (self, _("Exported"));
  g_autofree char *counts = dup_counts (report);
  g_autofree char *size = g_format_size (report->size_bytes);
  g_autofree char *time = engram_job_dup_duration (report->seconds);

  add_row (group, _("Contents"), counts);
  add_row (group, _("Size"), size);
  add_row (group, _("Time"), time);
  if (report->checksum != NULL)
    adw_action_row_add_suffix (add_row (group, _("Checksum (SHA-256)"), report->checksum),
                               new_copy_button (g_strdup (report->checksum), _("Copy Checksum")));
}

static char *
list_problems (const EngramExportReport *report)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < report->problems->len; i++)
    {
      g_autofree char *line = engram_problem_describe (report->problems->pdata[i]);

      g_string_append_printf (text, "%s\n", line);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
add_problem (AdwPreferencesGroup *group,
             const EngramProblem *problem)
{
  g_autoptr (GString) where = g_string_new (problem->id != NULL ? problem->id : _("A record without an id"));

  if (problem->field != NULL)
    g_string_append_printf (where, ", %s", problem->field);
  add_row (group, problem->message, where->str);
}

static void
add_problems (EngramExportResult *self)
{
  const EngramExportReport *report = self->report;
  g_autofree char *count = engram_format_count (report->n_problems);
  g_autofree char *title = g_strdup_printf (ngettext ("%s Problem", "%s Problems", (gulong) report->n_problems), count);
  guint n_shown = MIN (report->problems->len, SHOWN_PROBLEMS);
  AdwPreferencesGroup *group;

  if (report->n_problems == 0)
    return;
  group = add_group (self, title);
  adw_preferences_group_set_description (group, _("These could not be written as they are in the network."));
  adw_preferences_group_set_header_suffix (group, new_copy_button (list_problems (report), _("Copy Problems")));
  for (guint i = 0; i < n_shown; i++)
    add_problem (group, report->problems->pdata[i]);
  if (report->n_problems > n_shown)
    {
      g_autofree char *rest = engram_format_count (report->n_problems - n_shown);
      g_autofree char *more = g_strdup_printf (ngettext ("And %s more", "And %s more",
                                                         (gulong) (report->n_problems - n_shown)), rest);

      add_row (group, more, "");
    }
}

static GtkWidget *
new_page (EngramExportResult *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();

  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 24));
  gtk_widget_set_margin_start (clamp, 12);
  gtk_widget_set_margin_end (clamp, 12);
  gtk_widget_set_margin_top (clamp, 18);
  gtk_widget_set_margin_bottom (clamp, 18);
  adw_clamp_set_child (ADW_CLAMP (clamp), GTK_WIDGET (self->box));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  engram_control_set_name (scroller, _("Exported"));
  return scroller;
}

void
engram_export_result_set (EngramExportResult       *self,
                          const EngramExportReport *report)
{
  g_return_if_fail (ENGRAM_IS_EXPORT_RESULT (self));
  g_return_if_fail (report != NULL);

  g_clear_pointer (&self->report, engram_export_report_free);
  self->report = engram_export_report_copy (report);
  adw_bin_set_child (ADW_BIN (self), new_page (self));
  add_figures (self);
  add_files (self);
  add_problems (self);
}

static void
engram_export_result_dispose (GObject *object)
{
  EngramExportResult *self = ENGRAM_EXPORT_RESULT (object);

  self->failure = NULL;
  g_clear_pointer (&self->report, engram_export_report_free);

  G_OBJECT_CLASS (engram_export_result_parent_class)->dispose (object);
}

static void
engram_export_result_class_init (EngramExportResultClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = engram_export_result_dispose;
}

static void
engram_export_result_init (EngramExportResult *self)
{
}

GtkWidget *
engram_export_result_new (void)
{
  return g_object_new (ENGRAM_TYPE_EXPORT_RESULT, NULL);
}
