/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dialogs/integrity/engram-integrity-view.h"

#include <glib/gi18n.h>

#include "common/engram-control.h"
#include "common/engram-text-format.h"
#include "common/engram-wrap-layout.h"
#include "dialogs/integrity/engram-finding-row.h"
#include "dialogs/integrity/engram-integrity-text.h"

#define MAX_WIDTH 720

struct _EngramIntegrityView {
  AdwBin                 parent_instance;

  EngramIntegrityReport *report;  /* or NULL */
  GtkImage              *icon;
  GtkLabel              *title;
  GtkLabel              *summary;
  GtkLabel              *stale;
  GtkLabel              *reason;
  GtkWidget             *check;
  GtkBox                *groups;  /* of findings, and of checks */
  GPtrArray             *rows;    /* of EngramFindingRow, not owned */
};

enum {
  PROP_0,
  PROP_N_CHOSEN,
  N_PROPERTIES,
};

enum {
  SHOW,
  CHECK,
  SAVE_HTML,
  SAVE_JSON,
  PRINT,
  N_SIGNALS,
};

static const char *const signal_names[N_SIGNALS] = { "show-rows", "check", "save-html", "save-json", "print" };

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EngramIntegrityView, engram_integrity_view, ADW_TYPE_BIN)

/* The findings */

static void
show_cb (EngramIntegrityView *self,
         EngramFindingRow    *row)
{
  g_signal_emit (self, signals[SHOW], 0, engram_finding_row_get_finding (row));
}

static void
chosen_cb (EngramIntegrityView *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_CHOSEN]);
}

static GtkWidget *
new_list (void)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  return list;
}

static void
add_findings (EngramIntegrityView *self,
              EngramSeverity       severity,
              gboolean             can_repair)
{
  GPtrArray *findings = engram_integrity_report_get_findings (self->report);
  guint64 n = engram_integrity_report_count (self->report, severity);
  g_autofree char *number = engram_format_count (n);
  /* Translators: "Errors", and how many. */
  g_autofree char *title = g_strdup_printf (_("%s: %s"), engram_severity_get_title (severity), number);
  GtkWidget *group, *list;

  if (n == 0)
    return;
  group = adw_preferences_group_new ();
  list = new_list ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  for (guint i = 0; i < findings->len; i++)
    {
      const EngramFinding *finding = g_ptr_array_index (findings, i);
      GtkWidget *row;

      if (engram_finding_get_severity (finding) != severity)
        continue;
      row = engram_finding_row_new (self->report, finding);
      engram_finding_row_set_can_repair (ENGRAM_FINDING_ROW (row), can_repair);
      g_signal_connect_object (row, "show-rows", G_CALLBACK (show_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (row, "notify::chosen", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
      g_ptr_array_add (self->rows, row);
      gtk_list_box_append (GTK_LIST_BOX (list), row);
    }
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), list);
  gtk_box_append (self->groups, group);
}

/* What was found to be good is told where nothing else is. */
static void
add_checks (EngramIntegrityView *self)
{
  g_auto (GStrv) checks = engram_integrity_report_list_checks (self->report);
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *list = new_list ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _("What Was Checked"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("What Was Checked"), -1);
  for (guint i = 0; checks[i] != NULL; i++)
    {
      GtkWidget *row = adw_action_row_new ();

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), checks[i]);
      gtk_list_box_append (GTK_LIST_BOX (list), row);
    }
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), list);
  gtk_box_append (self->groups, group);
}

static void
clear (EngramIntegrityView *self)
{
  GtkWidget *child;

  g_ptr_array_set_size (self->rows, 0);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->groups))) != NULL)
    gtk_box_remove (self->groups, child);
}

static void
update_head (EngramIntegrityView *self)
{
  g_autofree char *title = engram_integrity_report_dup_title (self->report);
  g_autofree char *summary = engram_integrity_report_dup_summary (self->report);
  EngramSeverity worst = ENGRAM_SEVERITY_NOTE;
  gboolean is_good = !engram_integrity_report_get_worst (self->report, &worst) || worst == ENGRAM_SEVERITY_NOTE;

  gtk_image_set_from_icon_name (self->icon, is_good ? "emblem-ok-symbolic" : engram_severity_get_icon (worst));
  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->summary, summary);
  gtk_button_set_label (GTK_BUTTON (self->check), engram_integrity_report_get_with_sqlite (self->report)
                                                    ? _("Check _Again") : _("Check _Everything"));
  gtk_button_set_use_underline (GTK_BUTTON (self->check), TRUE);
}

/* Without a repair there is nothing that could not be done. */
static gboolean
has_repairs (EngramIntegrityReport *report)
{
  GPtrArray *findings = engram_integrity_report_get_findings (report);

  for (guint i = 0; i < findings->len; i++)
    if (engram_finding_get_repair (g_ptr_array_index (findings, i)) != NULL)
      return TRUE;
  return FALSE;
}

void
engram_integrity_view_set_report (EngramIntegrityView   *self,
                                  EngramIntegrityReport *report,
                                  const char            *reason)
{
  EngramIntegrityReport *old;

  g_return_if_fail (ENGRAM_IS_INTEGRITY_VIEW (self));
  g_return_if_fail (report != NULL);

  clear (self);
  old = self->report;
  self->report = engram_integrity_report_ref (report);
  g_clear_pointer (&old, engram_integrity_report_unref);
  update_head (self);
  engram_integrity_view_set_stale (self, FALSE);
  gtk_label_set_text (self->reason, reason != NULL ? reason : "");
  gtk_widget_set_visible (GTK_WIDGET (self->reason), reason != NULL && has_repairs (report));
  for (int severity = ENGRAM_SEVERITY_ERROR; severity >= ENGRAM_SEVERITY_NOTE; severity--)
    add_findings (self, severity, reason == NULL);
  add_checks (self);
  chosen_cb (self);
}

EngramIntegrityReport *
engram_integrity_view_get_report (EngramIntegrityView *self)
{
  g_return_val_if_fail (ENGRAM_IS_INTEGRITY_VIEW (self), NULL);

  return self->report;
}

void
engram_integrity_view_set_stale (EngramIntegrityView *self,
                                 gboolean             stale)
{
  g_return_if_fail (ENGRAM_IS_INTEGRITY_VIEW (self));

  gtk_widget_set_visible (GTK_WIDGET (self->stale), stale);
}

guint
engram_integrity_view_get_n_chosen (EngramIntegrityView *self)
{
  guint n_chosen = 0;

  g_return_val_if_fail (ENGRAM_IS_INTEGRITY_VIEW (self), 0);

  for (guint i = 0; i < self->rows->len; i++)
    n_chosen += engram_finding_row_get_chosen (g_ptr_array_index (self->rows, i));
  return n_chosen;
}

char **
engram_integrity_view_dup_chosen (EngramIntegrityView *self)
{
  g_autoptr (GStrvBuilder) builder = NULL;

  g_return_val_if_fail (ENGRAM_IS_INTEGRITY_VIEW (self), NULL);

  builder = g_strv_builder_new ();
  for (guint i = 0; i < self->rows->len; i++)
    {
      EngramFindingRow *row = g_ptr_array_index (self->rows, i);

      if (engram_finding_row_get_chosen (row))
        g_strv_builder_add (builder, engram_finding_get_kind (engram_finding_row_get_finding (row)));
    }
  return g_strv_builder_end (builder);
}

/* GObject */

static void
engram_integrity_view_get_property (GObject    *object,
                                    guint       property_id,
                                    GValue     *value,
                                    GParamSpec *pspec)
{
  EngramIntegrityView *self = ENGRAM_INTEGRITY_VIEW (object);

  switch (property_id)
    {
    case PROP_N_CHOSEN:
      g_value_set_uint (value, engram_integrity_view_get_n_chosen (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
engram_integrity_view_finalize (GObject *object)
{
  EngramIntegrityView *self = ENGRAM_INTEGRITY_VIEW (object);

  g_ptr_array_unref (self->rows);
  g_clear_pointer (&self->report, engram_integrity_report_unref);

  G_OBJECT_CLASS (engram_integrity_view_parent_class)->finalize (object);
}

static void
engram_integrity_view_class_init (EngramIntegrityViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = engram_integrity_view_finalize;
  object_class->get_property = engram_integrity_view_get_property;

  properties[PROP_N_CHOSEN] = g_param_spec_uint ("n-chosen", NULL, NULL, 0, G_MAXUINT, 0,
                                                 G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  signals[SHOW] = g_signal_new (signal_names[SHOW], ENGRAM_TYPE_INTEGRITY_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  for (guint i = CHECK; i < N_SIGNALS; i++)
    signals[i] = g_signal_new (signal_names[i], ENGRAM_TYPE_INTEGRITY_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                               G_TYPE_NONE, 0);
}

static void
clicked_cb (GtkWidget *button,
            gpointer   signal_name)
{
  GtkWidget *self = gtk_widget_get_ancestor (button, ENGRAM_TYPE_INTEGRITY_VIEW);

  g_signal_emit_by_name (self, signal_name);
}

static GtkWidget *
add_button (GtkBox     *box,
            const char *label,
            guint       signal)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  g_signal_connect (button, "clicked", G_CALLBACK (clicked_cb), (gpointer) signal_names[signal]);
  gtk_box_append (box, button);
  return button;
}

static GtkLabel *
add_label (GtkBox     *box,
           const char *style)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  gtk_box_append (box, label);
  return GTK_LABEL (label);
}

static GtkWidget *
new_head (EngramIntegrityView *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 18);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->icon = GTK_IMAGE (gtk_image_new ());
  gtk_image_set_pixel_size (self->icon, 48);
  gtk_widget_set_valign (GTK_WIDGET (self->icon), GTK_ALIGN_START);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->icon), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->icon));
  gtk_widget_set_hexpand (texts, TRUE);
  self->title = add_label (GTK_BOX (texts), "title-2");
  self->summary = add_label (GTK_BOX (texts), NULL);
  self->stale = add_label (GTK_BOX (texts), "heading");
  gtk_label_set_text (self->stale, _("The network has changed since. Check it again."));
  gtk_widget_set_visible (GTK_WIDGET (self->stale), FALSE);
  self->reason = add_label (GTK_BOX (texts), "heading");
  gtk_box_append (GTK_BOX (head), texts);
  return head;
}

static GtkWidget *
new_buttons (EngramIntegrityView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_set_layout_manager (box, engram_wrap_layout_new (6));
  self->check = add_button (GTK_BOX (box), _("Check _Again"), CHECK);
  add_button (GTK_BOX (box), _("Save as _HTML…"), SAVE_HTML);
  add_button (GTK_BOX (box), _("Save as _JSON…"), SAVE_JSON);
  add_button (GTK_BOX (box), _("_Print…"), PRINT);
  return box;
}

static void
engram_integrity_view_init (EngramIntegrityView *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);

  self->rows = g_ptr_array_new ();
  self->groups = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 24));
  gtk_widget_set_margin_top (box, 18);
  gtk_widget_set_margin_bottom (box, 24);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_box_append (GTK_BOX (box), new_head (self));
  gtk_box_append (GTK_BOX (box), new_buttons (self));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->groups));
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), MAX_WIDTH);
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  engram_control_set_name (scroller, _("Integrity Report"));
  adw_bin_set_child (ADW_BIN (self), scroller);
}

GtkWidget *
engram_integrity_view_new (void)
{
  return g_object_new (ENGRAM_TYPE_INTEGRITY_VIEW, NULL);
}
