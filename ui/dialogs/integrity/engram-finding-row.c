/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dialogs/integrity/engram-finding-row.h"

#include <glib/gi18n.h>

#include "common/engram-check-button.h"
#include "common/engram-text-format.h"
#include "common/engram-wrap-layout.h"
#include "dialogs/integrity/engram-integrity-text.h"

/* So many ids are shown, and so many copied. */
#define SHOWN_IDS 5
#define COPIED_IDS 1000
#define MAX_ID_CHARACTERS 120

struct _EngramFindingRow {
  GtkListBoxRow          parent_instance;

  EngramIntegrityReport *report;
  const EngramFinding   *finding; /* of the report */
  GtkWidget             *copy;
  GtkWidget             *choice;  /* or NULL where there is no repair */
};

enum {
  PROP_0,
  PROP_CHOSEN,
  N_PROPERTIES,
};

enum {
  SHOW,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EngramFindingRow, engram_finding_row, GTK_TYPE_LIST_BOX_ROW)

static void
show_cb (EngramFindingRow *self)
{
  g_signal_emit (self, signals[SHOW], 0);
}

static void
copy_cb (EngramFindingRow *self)
{
  g_auto (GStrv) ids = engram_finding_get_ids (self->finding, 0, COPIED_IDS);
  g_autofree char *text = g_strjoinv ("\n", ids);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  gtk_button_set_label (GTK_BUTTON (self->copy), _("Copied"));
}

static void
toggled_cb (EngramFindingRow *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHOSEN]);
}

static void
engram_finding_row_get_property (GObject    *object,
                                 guint       property_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  EngramFindingRow *self = ENGRAM_FINDING_ROW (object);

  switch (property_id)
    {
    case PROP_CHOSEN:
      g_value_set_boolean (value, engram_finding_row_get_chosen (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
engram_finding_row_finalize (GObject *object)
{
  EngramFindingRow *self = ENGRAM_FINDING_ROW (object);

  engram_integrity_report_unref (self->report);

  G_OBJECT_CLASS (engram_finding_row_parent_class)->finalize (object);
}

static void
engram_finding_row_class_init (EngramFindingRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = engram_finding_row_finalize;
  object_class->get_property = engram_finding_row_get_property;

  properties[PROP_CHOSEN] = g_param_spec_boolean ("chosen", NULL, NULL, FALSE,
                                                  G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  signals[SHOW] = g_signal_new ("show-rows", ENGRAM_TYPE_FINDING_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 0);
}

static void
engram_finding_row_init (EngramFindingRow *self)
{
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
  gtk_widget_set_focusable (GTK_WIDGET (self), FALSE);
}

static GtkWidget *
new_label (const char *text,
           const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  return label;
}

/* Not by its colour alone: a sign and a word. */
static GtkWidget *
new_head (EngramFindingRow *self)
{
  EngramSeverity severity = engram_finding_get_severity (self->finding);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *image = gtk_image_new_from_icon_name (engram_severity_get_icon (severity));
  GtkWidget *label = new_label (engram_severity_get_label (severity), "caption-heading");

  gtk_accessible_update_state (GTK_ACCESSIBLE (image), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  gtk_box_append (GTK_BOX (box), image);
  gtk_box_append (GTK_BOX (box), label);
  if (severity == ENGRAM_SEVERITY_ERROR)
    gtk_widget_add_css_class (box, "error");
  else if (severity == ENGRAM_SEVERITY_WARNING)
    gtk_widget_add_css_class (box, "warning");
  return box;
}

static GtkWidget *
new_ids (EngramFindingRow *self)
{
  g_auto (GStrv) ids = engram_finding_get_ids (self->finding, 0, SHOWN_IDS);
  guint64 n_more = engram_finding_get_count (self->finding) - g_strv_length (ids);
  g_autoptr (GString) text = g_string_new (NULL);
  GtkWidget *label;

  for (guint i = 0; ids[i] != NULL; i++)
    {
      g_autofree char *line = engram_format_line (ids[i], MAX_ID_CHARACTERS);

      g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", line);
    }
  if (n_more > 0)
    {
      g_autofree char *number = engram_format_count (n_more);

      g_string_append_c (text, '\n');
      /* Translators: below some ids; so many are not shown. */
      g_string_append_printf (text, ngettext ("and %s more", "and %s more", (gulong) n_more), number);
    }
  label = new_label (text->str, "dim-label");
  gtk_widget_add_css_class (label, "caption");
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  return label;
}

static GtkWidget *
new_button (EngramFindingRow *self,
            const char       *label,
            const char       *description,
            GCallback         clicked)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_widget_set_tooltip_text (button, description);
  /* Beside others of its name, what it is about tells it apart. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  engram_finding_get_message (self->finding), -1);
  g_signal_connect_swapped (button, "clicked", clicked, self);
  return button;
}

static GtkWidget *
new_buttons (EngramFindingRow *self)
{
  gboolean has_rows =
    engram_row_set_get_size (engram_finding_get_rows (self->finding, ENGRAM_RECORD_NEURON)) > 0 ||
    engram_row_set_get_size (engram_finding_get_rows (self->finding, ENGRAM_RECORD_SYNAPSE)) > 0;
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_set_layout_manager (box, engram_wrap_layout_new (6));
  if (has_rows)
    gtk_box_append (GTK_BOX (box), new_button (self, _("_Show"), _("Select these in the lists and views"),
                                               G_CALLBACK (show_cb)));
  self->copy = new_button (self, has_rows ? _("_Copy Ids") : _("_Copy"),
                           engram_finding_get_count (self->finding) > COPIED_IDS ? _("Copies the first 1,000") : NULL,
                           G_CALLBACK (copy_cb));
  gtk_box_append (GTK_BOX (box), self->copy);
  return box;
}

static GtkWidget *
new_choice (EngramFindingRow *self,
            const char       *repair)
{
  GtkWidget *label = new_label (NULL, NULL);
  /* Translators: what is done about a finding: "Delete these synapses". */
  g_autofree char *text = g_strdup_printf (_("Repair: %s"), repair);

  gtk_label_set_text (GTK_LABEL (label), text);
  gtk_widget_set_hexpand (label, TRUE);
  self->choice = engram_check_button_new ();
  gtk_check_button_set_child (GTK_CHECK_BUTTON (self->choice), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->choice),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, text,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, engram_finding_get_message (self->finding), -1);
  g_signal_connect_swapped (self->choice, "toggled", G_CALLBACK (toggled_cb), self);
  return self->choice;
}

GtkWidget *
engram_finding_row_new (EngramIntegrityReport *report,
                        const EngramFinding   *finding)
{
  EngramFindingRow *self = g_object_new (ENGRAM_TYPE_FINDING_ROW, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  const char *repair;

  self->report = engram_integrity_report_ref (report);
  self->finding = finding;
  repair = engram_finding_get_repair (finding);
  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_bottom (box, 12);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_box_append (GTK_BOX (box), new_head (self));
  gtk_box_append (GTK_BOX (box), new_label (engram_finding_get_message (finding), NULL));
  gtk_box_append (GTK_BOX (box), new_ids (self));
  gtk_box_append (GTK_BOX (box), new_buttons (self));
  if (repair != NULL)
    gtk_box_append (GTK_BOX (box), new_choice (self, repair));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
  return GTK_WIDGET (self);
}

const EngramFinding *
engram_finding_row_get_finding (EngramFindingRow *self)
{
  g_return_val_if_fail (ENGRAM_IS_FINDING_ROW (self), NULL);

  return self->finding;
}

gboolean
engram_finding_row_get_chosen (EngramFindingRow *self)
{
  g_return_val_if_fail (ENGRAM_IS_FINDING_ROW (self), FALSE);

  return self->choice != NULL && gtk_check_button_get_active (GTK_CHECK_BUTTON (self->choice));
}

void
engram_finding_row_set_can_repair (EngramFindingRow *self,
                                   gboolean          can_repair)
{
  g_return_if_fail (ENGRAM_IS_FINDING_ROW (self));

  if (self->choice == NULL)
    return;
  gtk_widget_set_sensitive (self->choice, can_repair);
  if (!can_repair)
    gtk_check_button_set_active (GTK_CHECK_BUTTON (self->choice), FALSE);
}
