/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dialogs/comparison/engram-comparison-dialog.h"

#include <glib/gi18n.h>

#include "common/engram-status-page.h"
#include "common/engram-text-format.h"
#include "dialogs/comparison/engram-comparison-overview.h"
#include "dialogs/comparison/engram-difference-browser.h"

#define DEFAULT_WIDTH 640
#define DEFAULT_HEIGHT 760
#define MAX_WIDTH 560

/* The differences that are shown in the views, as a filter. */
#define FILTER "change:added,changed,rewired"

struct _EngramComparisonDialog {
  EngramDialog             parent_instance;

  AdwActionRow            *file_row;
  GtkWidget               *compare;
  GtkStack                *stack;       /* of the result */
  AdwBin                  *overview;
  GtkWidget               *outdated;    /* seen where the network has changed since */
  EngramDifferenceBrowser *browser;
  AdwStatusPage           *same;
  GtkWidget               *show;
  GtkFileChooserNative    *chooser;     /* or NULL */

  EngramSession           *session;
  char                    *path;        /* of the other file, or NULL */
  EngramCompared          *compared;    /* or NULL */
  GCancellable            *checking;    /* whether it is as old as the network, or NULL */
};

G_DEFINE_FINAL_TYPE (EngramComparisonDialog, engram_comparison_dialog, ENGRAM_TYPE_DIALOG)

/* The file */

static void
set_path (EngramComparisonDialog *self,
          const char             *path)
{
  g_autofree char *shown = path != NULL ? g_filename_display_name (path) : NULL;
  g_autofree char *escaped = g_markup_escape_text (shown != NULL ? shown : _("None chosen yet"), -1);
  char *copy = g_strdup (path);

  g_free (self->path);
  self->path = copy;
  adw_action_row_set_subtitle (self->file_row, escaped);
  gtk_widget_set_sensitive (self->compare, path != NULL);
}

static void
show_no_path (EngramComparisonDialog *self)
{
  g_autoptr (GError) error =
    g_error_new_literal (ENGRAM_ERROR, ENGRAM_ERROR_INVALID,
                         _("This file is not on this computer. Copy it to a local folder, and choose that copy."));

  engram_dialog_show_failure (ENGRAM_DIALOG (self), _("The File Cannot Be Compared"), error, NULL, NULL);
}

static void
response_cb (EngramComparisonDialog *self,
             int                     response)
{
  g_autoptr (GFile) file = NULL;
  g_autofree char *path = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser));
  if (file != NULL)
    path = g_file_get_path (file);
  if (path != NULL)
    set_path (self, path);
  else if (file != NULL)
    show_no_path (self);
  g_clear_object (&self->chooser);
}

static void
add_filter (EngramComparisonDialog *self,
            const char             *name,
            const char * const     *patterns)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, name);
  for (guint i = 0; patterns[i] != NULL; i++)
    gtk_file_filter_add_pattern (filter, patterns[i]);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), filter);
}

static void
choose_cb (EngramComparisonDialog *self)
{
  static const char * const networks[] = { "*.db", "*.engram", "*.sqlite", "*.sqlite3", "*.backup", NULL };
  static const char * const all[] = { "*", NULL };
  g_autoptr (GFile) file = self->path != NULL ? g_file_new_for_path (self->path) : NULL;

  if (self->chooser != NULL)
    return;
  self->chooser = gtk_file_chooser_native_new (_("Compare With"), GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_OPEN,
                                               NULL, NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  add_filter (self, _("Networks"), networks);
  add_filter (self, _("All files"), all);
  if (file != NULL)
    gtk_file_chooser_set_file (GTK_FILE_CHOOSER (self->chooser), file, NULL);
  g_signal_connect_swapped (self->chooser, "response", G_CALLBACK (response_cb), self);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

/* What differs */

static gboolean
is_shown (EngramComparisonDialog *self)
{
  return self->compared != NULL
         && engram_session_get_differences (self->session) == self->compared->differences;
}

/* What was removed is not in today's network: no view can show it. */
static void
update_show (EngramComparisonDialog *self)
{
  gboolean any = self->compared != NULL && self->compared->differences->n_shown > 0;

  gtk_button_set_label (GTK_BUTTON (self->show), is_shown (self) ? _("_Hide in Views") : _("_Show in Views"));
  gtk_widget_set_sensitive (self->show, any || is_shown (self));
  gtk_widget_set_tooltip_text (self->show, any ? _("As a filter, as columns, and as colours")
                                               : _("What was removed is not there to be shown"));
}

static void
set_filter (EngramComparisonDialog *self,
            const char             *term)
{
  g_autoptr (EngramQuery) query = engram_query_with_term (engram_session_get_query (self->session),
                                                          ENGRAM_QUERY_CHANGE, term);

  engram_session_set_query (self->session, query);
}

static void
show_cb (EngramComparisonDialog *self)
{
  if (is_shown (self))
    {
      set_filter (self, NULL);
      engram_session_set_differences (self->session, NULL);
    }
  else
    {
      engram_session_set_differences (self->session, self->compared->differences);
      set_filter (self, FILTER);
    }
  update_show (self);
}

static void
show_record_cb (EngramComparisonDialog *self,
                guint                   kind,
                const char             *id)
{
  engram_session_activate (self->session, kind, id);
}

static void
show_same (EngramComparisonDialog *self)
{
  const EngramComparisonCounts *neurons =
    engram_comparison_get_counts (self->compared->comparison, ENGRAM_RECORD_NEURON);
  const EngramComparisonCounts *synapses =
    engram_comparison_get_counts (self->compared->comparison, ENGRAM_RECORD_SYNAPSE);
  const char *summary = self->compared->differences->summary;
  g_autofree char *n_neurons = engram_format_count (neurons->same), *n_synapses = engram_format_count (synapses->same);
  g_autofree char *path = g_filename_display_name (engram_comparison_get_other_path (self->compared->comparison));
  /* Translators: two counts, a file, and a sentence or two on what differs. */
  g_autofree char *text = g_strdup_printf (_("Neurons: %s, synapses: %s, compared with “%s”. %s"), n_neurons,
                                           n_synapses, path, summary);
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  adw_status_page_set_description (self->same, escaped);
  engram_status_page_set_name (self->same);
  engram_dialog_show_page (ENGRAM_DIALOG (self), "same");
}

static void
show_result (EngramComparisonDialog *self)
{
  adw_bin_set_child (self->overview, engram_comparison_overview_new (self->compared));
  engram_difference_browser_set_compared (self->browser, self->compared,
                                          engram_session_get_editable (self->session));
  engram_dialog_show_page (ENGRAM_DIALOG (self), "result");
}

/* Has the network changed since? */

static void
read_stamp (GTask        *task,
            gpointer      source_object,
            gpointer      task_data,
            GCancellable *cancellable)
{
  const EngramCompared *compared = task_data;
  GError *error = NULL;
  guint64 stamp;

  if (engram_database_get_change_stamp (compared->database, &stamp, cancellable, &error))
    g_task_return_boolean (task, stamp != engram_comparison_get_stamp (compared->comparison));
  else
    g_task_return_error (task, error);
}

static void
stamp_read_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  gboolean has_changed = g_task_propagate_boolean (G_TASK (result), &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  /* What cannot be read any more has changed too. */
  gtk_widget_set_visible (ENGRAM_COMPARISON_DIALOG (user_data)->outdated, has_changed || error != NULL);
}

static void
check_outdated (EngramComparisonDialog *self)
{
  g_autoptr (GTask) task = NULL;

  g_cancellable_cancel (self->checking);
  g_clear_object (&self->checking);
  if (self->compared == NULL)
    return;
  self->checking = g_cancellable_new ();
  /* Without a source: its last reference must not go in a worker. */
  task = g_task_new (NULL, self->checking, stamp_read_cb, self);
  g_task_set_source_tag (task, check_outdated);
  g_task_set_task_data (task, engram_compared_ref (self->compared), (GDestroyNotify) engram_compared_unref);
  g_task_run_in_thread (task, read_stamp);
}

static void
compared_cb (EngramDialog *dialog,
             EngramJob    *job,
             gpointer      user_data)
{
  EngramComparisonDialog *self = ENGRAM_COMPARISON_DIALOG (dialog);
  gboolean was_shown = is_shown (self);

  g_clear_pointer (&self->compared, engram_compared_unref);
  self->compared = engram_compared_ref (engram_comparison_work_get_found (job));
  if (was_shown)
    engram_session_set_differences (self->session, self->compared->differences);
  update_show (self);
  gtk_widget_set_visible (self->outdated, FALSE);
  check_outdated (self);
  if (engram_comparison_is_same (self->compared->comparison))
    show_same (self);
  else
    show_result (self);
}

/* Jobs */

static void
compare (EngramDialog *dialog,
         gpointer      user_data)
{
  EngramComparisonDialog *self = ENGRAM_COMPARISON_DIALOG (dialog);
  g_autoptr (EngramJob) job = NULL;

  if (self->path == NULL || engram_dialog_get_job (dialog) != NULL)
    return;
  job = engram_comparison_work_compare (self->session, self->path);
  engram_dialog_follow (dialog, job, ENGRAM_DIALOG_CANCELS, compared_cb, compare, NULL);
}

static void
compare_cb (EngramComparisonDialog *self)
{
  compare (ENGRAM_DIALOG (self), NULL);
}

/* Another comparison says what is left. */
static void
brought_back_cb (EngramDialog *dialog,
                 EngramJob    *job,
                 gpointer      user_data)
{
  compare (dialog, NULL);
}

/* Where the other file was written meanwhile, bringing back from it fails until both are compared again. */
static void
try_again (EngramDialog *dialog,
           gpointer      user_data)
{
  compare (dialog, NULL);
}

static void
bring_back (EngramDialog *dialog,
            gpointer      user_data)
{
  EngramComparisonDialog *self = ENGRAM_COMPARISON_DIALOG (dialog);
  EngramDifferenceList *list = engram_difference_browser_get_list (self->browser);
  g_autoptr (EngramJob) job = NULL;

  if (list == NULL || engram_dialog_get_job (dialog) != NULL)
    return;
  job = engram_comparison_work_bring_back (self->session, self->compared, engram_difference_list_get_order (list),
                                           engram_difference_list_get_selected (list),
                                           engram_difference_browser_get_delete_added (self->browser));
  engram_dialog_follow (dialog, job, ENGRAM_DIALOG_GOES_ON, brought_back_cb, try_again, NULL);
}

static void
bring_back_cb (EngramComparisonDialog *self)
{
  bring_back (ENGRAM_DIALOG (self), NULL);
}

/* Pages */

static GtkWidget *
create_choose_page (EngramComparisonDialog *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new (), *clamp = adw_clamp_new ();
  GtkWidget *group = adw_preferences_group_new (), *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_with_mnemonic (_("C_hoose…"));

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (choose_cb), self);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("Other File"));
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 3);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), button);
  self->file_row = ADW_ACTION_ROW (row);
  adw_preferences_group_set_description (
    ADW_PREFERENCES_GROUP (group),
    _("Neurons and synapses of this network are compared with those of a backup, a training checkpoint or any other "
      "network. Neither file is changed by it."));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  gtk_widget_add_css_class (group, "engram-comparison");
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), MAX_WIDTH);
  adw_clamp_set_child (ADW_CLAMP (clamp), group);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  gtk_accessible_update_property (GTK_ACCESSIBLE (scroller), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Compare With"), -1);
  return scroller;
}

static GtkWidget *
create_outdated (EngramComparisonDialog *self)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new (_("The network has changed since it was compared."));
  GtkWidget *button = gtk_button_new_with_mnemonic (_("Compare _Again"));

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (label, "warning");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (compare_cb), self);
  gtk_widget_add_css_class (bar, "engram-comparison-switcher");
  gtk_box_append (GTK_BOX (bar), label);
  gtk_box_append (GTK_BOX (bar), button);
  gtk_widget_set_visible (bar, FALSE);
  self->outdated = bar;
  return bar;
}

static GtkWidget *
create_result_page (EngramComparisonDialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *switcher = gtk_stack_switcher_new ();

  self->stack = GTK_STACK (gtk_stack_new ());
  self->browser = ENGRAM_DIFFERENCE_BROWSER (engram_difference_browser_new ());
  g_signal_connect_swapped (self->browser, "bring-back", G_CALLBACK (bring_back_cb), self);
  g_signal_connect_swapped (self->browser, "show-record", G_CALLBACK (show_record_cb), self);
  gtk_stack_set_vhomogeneous (self->stack, FALSE);
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  self->overview = ADW_BIN (adw_bin_new ());
  gtk_stack_add_titled (self->stack, GTK_WIDGET (self->overview), "overview", _("Overview"));
  gtk_stack_add_titled (self->stack, GTK_WIDGET (self->browser), "differences", _("Differences"));
  gtk_stack_switcher_set_stack (GTK_STACK_SWITCHER (switcher), self->stack);
  gtk_widget_set_halign (switcher, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (switcher, "engram-comparison-switcher");
  gtk_box_append (GTK_BOX (box), create_outdated (self));
  gtk_box_append (GTK_BOX (box), switcher);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  return box;
}

static GtkWidget *
create_same_page (EngramComparisonDialog *self)
{
  GtkWidget *page = adw_status_page_new ();

  self->same = ADW_STATUS_PAGE (page);
  adw_status_page_set_icon_name (self->same, "object-select-symbolic");
  adw_status_page_set_title (self->same, _("Nothing Differs"));
  return page;
}

static GtkWidget *
create_button (EngramComparisonDialog *self,
               const char             *label,
               GCallback               clicked)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_widget_add_css_class (button, "suggested-action");
  g_signal_connect_swapped (button, "clicked", clicked, self);
  return button;
}

/* GObject */

static void
engram_comparison_dialog_dispose (GObject *object)
{
  EngramComparisonDialog *self = ENGRAM_COMPARISON_DIALOG (object);

  g_clear_object (&self->chooser);
  g_cancellable_cancel (self->checking);
  g_clear_object (&self->checking);

  G_OBJECT_CLASS (engram_comparison_dialog_parent_class)->dispose (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->compared, engram_compared_unref);
}

static void
engram_comparison_dialog_class_init (EngramComparisonDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = engram_comparison_dialog_dispose;
}

static void
engram_comparison_dialog_init (EngramComparisonDialog *self)
{
  gtk_window_set_default_size (GTK_WINDOW (self), DEFAULT_WIDTH, DEFAULT_HEIGHT);
}

static void
fill (EngramComparisonDialog *self,
      EngramSession          *session)
{
  EngramDialog *dialog = ENGRAM_DIALOG (self);
  EngramDifferences *shown = engram_session_get_differences (session);
  GtkWidget *close = gtk_button_new_with_mnemonic (_("_Close"));

  self->session = g_object_ref (session);
  self->compare = create_button (self, _("_Compare"), G_CALLBACK (compare_cb));
  self->show = create_button (self, _("_Show in Views"), G_CALLBACK (show_cb));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (close), "window.close");
  engram_dialog_add_page (dialog, "choose", _("Compare With"), create_choose_page (self), self->compare,
                          ENGRAM_DIALOG_PAGE_STEP);
  engram_dialog_add_page (dialog, "result", _("Differences"), create_result_page (self), self->show,
                          ENGRAM_DIALOG_PAGE_STEP);
  engram_dialog_add_page (dialog, "same", _("Differences"), create_same_page (self), close, ENGRAM_DIALOG_PAGE_STEP);
  set_path (self, shown != NULL ? shown->other_path : NULL);
  g_signal_connect_object (session, "changed", G_CALLBACK (check_outdated), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "analysed", G_CALLBACK (update_show), self, G_CONNECT_SWAPPED);
}

static EngramComparisonDialog *
find_or_create (GtkWindow     *parent,
                EngramSession *session)
{
  EngramDialog *found = engram_dialog_find (parent, ENGRAM_TYPE_COMPARISON_DIALOG);
  EngramComparisonDialog *self;

  if (found != NULL)
    return ENGRAM_COMPARISON_DIALOG (found);
  self = g_object_new (ENGRAM_TYPE_COMPARISON_DIALOG, NULL);
  fill (self, session);
  engram_dialog_present (ENGRAM_DIALOG (self), parent, session);
  return self;
}

void
engram_comparison_dialog_present (GtkWindow     *parent,
                                  EngramSession *session,
                                  const char    *other)
{
  EngramComparisonDialog *self;

  g_return_if_fail (parent == NULL || GTK_IS_WINDOW (parent));
  g_return_if_fail (ENGRAM_IS_SESSION (session));

  self = find_or_create (parent, session);
  if (other == NULL || engram_dialog_get_job (ENGRAM_DIALOG (self)) != NULL)
    return;
  set_path (self, other);
  compare (ENGRAM_DIALOG (self), NULL);
}
