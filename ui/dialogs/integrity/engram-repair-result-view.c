/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dialogs/integrity/engram-repair-result-view.h"

#include <glib/gi18n.h>

#include "common/engram-control.h"
#include "common/engram-wrap-layout.h"

#define MAX_WIDTH 720

struct _EngramRepairResultView {
  AdwBin         parent_instance;

  EngramSession *session;
  char          *step;     /* what the history calls the repair; NULL where it cannot be undone (any more) */
  gboolean       undoing;
  char          *backup;   /* or NULL */
  GtkLabel      *title;
  GtkLabel      *note;     /* what became of it since */
  GtkBox        *changes;
  GtkWidget     *place;    /* where the backup lies */
  GtkWidget     *undo;
};

enum {
  CHECK,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EngramRepairResultView, engram_repair_result_view, ADW_TYPE_BIN)

/* Undoing takes back the newest step, whatever it is. */
static void
update_undo (EngramRepairResultView *self)
{
  gboolean is_newest = self->step != NULL &&
                       g_strcmp0 (engram_session_get_undo_label (self->session), self->step) == 0;

  gtk_widget_set_sensitive (self->undo, is_newest && !self->undoing);
}

static void
undo_cb (EngramRepairResultView *self)
{
  self->undoing = TRUE;
  update_undo (self);
  engram_session_undo (self->session);
}

/* The session is at rest again: it was undone, or not, which somebody else has told then. */
static void
busy_changed_cb (EngramRepairResultView *self)
{
  gboolean busy;

  g_object_get (self->session, "busy", &busy, NULL);
  if (busy || !self->undoing)
    return;
  self->undoing = FALSE;
  if (g_strcmp0 (engram_session_get_undo_label (self->session), self->step) != 0)
    {
      gtk_label_set_text (self->note, _("The repair was undone: the network is what it was before. The backup stays."));
      gtk_widget_set_visible (GTK_WIDGET (self->note), TRUE);
      g_clear_pointer (&self->step, g_free);
    }
  update_undo (self);
}

static void
check_cb (EngramRepairResultView *self)
{
  g_signal_emit (self, signals[CHECK], 0);
}

static void
open_folder_cb (EngramRepairResultView *self)
{
  g_autofree char *folder = g_path_get_dirname (self->backup);
  g_autofree char *uri = g_filename_to_uri (folder, NULL, NULL);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  gtk_show_uri (GTK_WINDOW (root), uri, GDK_CURRENT_TIME);
}

static void
add_line (GtkWidget  *list,
          const char *text)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), text);
  gtk_list_box_append (GTK_LIST_BOX (list), row);
}

static GtkWidget *
new_list (const char *title)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  return list;
}

static void
show_place (EngramRepairResultView *self)
{
  g_autofree char *shown = self->backup != NULL ? g_filename_display_name (self->backup) : g_strdup ("");

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->place), shown);
  gtk_widget_set_visible (gtk_widget_get_ancestor (self->place, GTK_TYPE_LIST_BOX), self->backup != NULL);
}

void
engram_repair_result_view_set_result (EngramRepairResultView   *self,
                                      const EngramRepairReport *report,
                                      gboolean                  undoable)
{
  GtkWidget *child, *list = NULL;

  g_return_if_fail (ENGRAM_IS_REPAIR_RESULT_VIEW (self));
  g_return_if_fail (report != NULL);

  g_free (self->step);
  self->step = undoable ? g_strdup (engram_session_get_undo_label (self->session)) : NULL;
  g_free (self->backup);
  self->backup = g_strdup (report->backup);
  self->undoing = FALSE;
  gtk_label_set_text (self->title, report->changes->len > 0 ? _("Repaired") : _("Nothing Was Left to Repair"));
  gtk_widget_set_visible (GTK_WIDGET (self->note), FALSE);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->changes))) != NULL)
    gtk_box_remove (self->changes, child);
  for (guint i = 0; i < report->changes->len; i++)
    {
      if (list == NULL)
        list = new_list (_("What was changed"));
      add_line (list, g_ptr_array_index (report->changes, i));
    }
  if (list != NULL)
    gtk_box_append (self->changes, list);
  gtk_widget_set_visible (self->undo, undoable);
  show_place (self);
  update_undo (self);
}

static void
engram_repair_result_view_finalize (GObject *object)
{
  EngramRepairResultView *self = ENGRAM_REPAIR_RESULT_VIEW (object);

  g_clear_object (&self->session);
  g_free (self->step);
  g_free (self->backup);

  G_OBJECT_CLASS (engram_repair_result_view_parent_class)->finalize (object);
}

static void
engram_repair_result_view_class_init (EngramRepairResultViewClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = engram_repair_result_view_finalize;

  signals[CHECK] = g_signal_new ("check", ENGRAM_TYPE_REPAIR_RESULT_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
}

static GtkLabel *
add_label (GtkWidget  *box,
           const char *style)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  gtk_box_append (GTK_BOX (box), label);
  return GTK_LABEL (label);
}

static GtkWidget *
new_place (EngramRepairResultView *self)
{
  GtkWidget *list = new_list (_("Backup"));
  GtkWidget *button = gtk_button_new_with_mnemonic (_("Open _Folder"));

  self->place = adw_action_row_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->place), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->place), _("The network as it was before"));
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (self->place), 0);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (open_folder_cb), self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->place), button);
  gtk_list_box_append (GTK_LIST_BOX (list), self->place);
  return list;
}

static GtkWidget *
add_button (GtkWidget              *box,
            const char             *label,
            GCallback               clicked,
            EngramRepairResultView *self)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  g_signal_connect_swapped (button, "clicked", clicked, self);
  gtk_box_append (GTK_BOX (box), button);
  return button;
}

static void
engram_repair_result_view_init (EngramRepairResultView *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  self->title = add_label (box, "title-2");
  self->note = add_label (box, "heading");
  self->changes = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->changes));
  gtk_box_append (GTK_BOX (box), new_place (self));
  gtk_widget_set_layout_manager (buttons, engram_wrap_layout_new (6));
  self->undo = add_button (buttons, _("_Undo"), G_CALLBACK (undo_cb), self);
  add_button (buttons, _("Check _Again"), G_CALLBACK (check_cb), self);
  gtk_box_append (GTK_BOX (box), buttons);
  gtk_widget_set_margin_top (box, 18);
  gtk_widget_set_margin_bottom (box, 24);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), MAX_WIDTH);
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  engram_control_set_name (scroller, _("Repairs"));
  adw_bin_set_child (ADW_BIN (self), scroller);
}

GtkWidget *
engram_repair_result_view_new (EngramSession *session)
{
  EngramRepairResultView *self = g_object_new (ENGRAM_TYPE_REPAIR_RESULT_VIEW, NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "notify::undo-label", G_CALLBACK (update_undo), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::busy", G_CALLBACK (busy_changed_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
