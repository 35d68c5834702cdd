/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dialogs/integrity/engram-repair-preview-view.h"

#include <glib/gi18n.h>

#include "common/engram-control.h"
#include "common/engram-text-format.h"

#define MAX_WIDTH 720
#define MAX_ID_CHARACTERS 120

struct _EngramRepairPreviewView {
  AdwBin               parent_instance;

  EngramRepairPreview *preview; /* or NULL */
  GtkLabel            *title;
  GtkLabel            *summary;
  GtkLabel            *backup;
  GtkLabel            *limit;
  GtkStringList       *ids;     /* one for each change */
};

G_DEFINE_FINAL_TYPE (EngramRepairPreviewView, engram_repair_preview_view, ADW_TYPE_BIN)

/* How much */

static void
append_count (GString    *text,
              char       *sentence,
              guint64     count)
{
  if (count > 0)
    g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", sentence);
  g_free (sentence);
}

static char *
describe_counts (const EngramRepairPreview *preview)
{
  g_autofree char *neurons = engram_format_count (preview->neurons_changed);
  g_autofree char *synapses = engram_format_count (preview->synapses_changed);
  g_autofree char *deleted = engram_format_count (preview->synapses_deleted);
  g_autofree char *indexes = engram_format_count (preview->indexes_made);
  GString *text = g_string_new (NULL);

  append_count (text, g_strdup_printf (ngettext ("%s neuron is changed.", "%s neurons are changed.",
                                                 (gulong) preview->neurons_changed), neurons),
                preview->neurons_changed);
  append_count (text, g_strdup_printf (ngettext ("%s synapse is changed.", "%s synapses are changed.",
                                                 (gulong) preview->synapses_changed), synapses),
                preview->synapses_changed);
  append_count (text, g_strdup_printf (ngettext ("%s synapse is deleted.", "%s synapses are deleted.",
                                                 (gulong) preview->synapses_deleted), deleted),
                preview->synapses_deleted);
  append_count (text, g_strdup_printf (ngettext ("%s index is made.", "%s indexes are made.",
                                                 (gulong) preview->indexes_made), indexes), preview->indexes_made);
  if (preview->neurons_changed + preview->synapses_changed > 0)
    append_count (text, g_strdup (_("What is changed also gets a new time of its last change.")), 1);
  if (text->len == 0)
    g_string_append (text, _("What was found is not there any more."));
  return g_string_free (text, FALSE);
}

static char *
describe_limit (const EngramRepairPreview *preview)
{
  g_autofree char *shown = engram_format_count (preview->changes->len);
  g_autofree char *all = engram_format_count (preview->n_changes);

  /* Translators: two numbers. */
  return g_strdup_printf (_("The first %s of %s changes"), shown, all);
}

/* One by one */

static const char *
get_kind_label (const EngramRepairChange *change)
{
  if (change->action == ENGRAM_REPAIR_MAKE_INDEX)
    return _("Index");
  return change->kind == ENGRAM_RECORD_NEURON ? _("Neuron") : _("Synapse");
}

static GtkWidget *
new_label (const char *style)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  return label;
}

static void
setup_cb (EngramRepairPreviewView *self,
          GtkListItem             *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 6);
  gtk_box_append (GTK_BOX (box), new_label (NULL));
  gtk_box_append (GTK_BOX (box), new_label ("caption"));
  gtk_widget_add_css_class (gtk_widget_get_last_child (box), "dim-label");
  gtk_list_item_set_child (item, box);
}

static void
bind_cb (EngramRepairPreviewView *self,
         GtkListItem             *item)
{
  const EngramRepairChange *change = g_ptr_array_index (self->preview->changes, gtk_list_item_get_position (item));
  GtkWidget *box = gtk_list_item_get_child (item);
  g_autofree char *what = engram_repair_change_format (change);
  g_autofree char *id = engram_format_line (change->id, MAX_ID_CHARACTERS);
  /* Translators: "Neuron" or "Synapse", and its id. */
  g_autofree char *record = g_strdup_printf (_("%s %s"), get_kind_label (change), id);
  g_autofree char *name = NULL;

  gtk_label_set_text (GTK_LABEL (gtk_widget_get_first_child (box)), what);
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_last_child (box)), record);
  name = g_strdup_printf ("%s: %s", record, what);
  engram_control_set_name (gtk_widget_get_parent (box), name);
}

void
engram_repair_preview_view_set_preview (EngramRepairPreviewView *self,
                                        EngramRepairPreview     *preview,
                                        const char              *folder)
{
  g_autofree char *counts = NULL;
  g_autofree char *limit = NULL;
  g_autofree char *shown_folder = NULL;
  g_autofree char *backup = NULL;

  g_return_if_fail (ENGRAM_IS_REPAIR_PREVIEW_VIEW (self));
  g_return_if_fail (preview != NULL && folder != NULL);

  gtk_string_list_splice (self->ids, 0, g_list_model_get_n_items (G_LIST_MODEL (self->ids)), NULL);
  engram_repair_preview_free (self->preview);
  self->preview = preview;
  counts = describe_counts (preview);
  limit = describe_limit (preview);
  shown_folder = g_filename_display_name (folder);
  /* Translators: a folder. */
  backup = g_strdup_printf (_("Before that, a backup is made in “%s” and verified. The repair is one step, which can "
                              "be undone."), shown_folder);
  gtk_label_set_text (self->summary, counts);
  gtk_label_set_text (self->backup, backup);
  gtk_label_set_text (self->limit, limit);
  gtk_widget_set_visible (GTK_WIDGET (self->backup), preview->n_changes > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->limit), preview->n_changes > preview->changes->len);
  for (guint i = 0; i < preview->changes->len; i++)
    gtk_string_list_append (self->ids, "");
}

static void
engram_repair_preview_view_finalize (GObject *object)
{
  EngramRepairPreviewView *self = ENGRAM_REPAIR_PREVIEW_VIEW (object);

  engram_repair_preview_free (self->preview);
  g_object_unref (self->ids);

  G_OBJECT_CLASS (engram_repair_preview_view_parent_class)->finalize (object);
}

static void
engram_repair_preview_view_class_init (EngramRepairPreviewViewClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = engram_repair_preview_view_finalize;
}

static GtkWidget *
new_changes (EngramRepairPreviewView *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkSelectionModel *selection = GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (g_object_ref (self->ids))));
  GtkWidget *list = gtk_list_view_new (selection, factory);
  GtkWidget *scroller = gtk_scrolled_window_new ();

  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, G_CONNECT_SWAPPED);
  gtk_list_view_set_show_separators (GTK_LIST_VIEW (list), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Changes"), -1);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), list);
  engram_control_set_name (scroller, _("Changes"));
  gtk_scrolled_window_set_has_frame (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_widget_set_size_request (scroller, -1, 160);
  return scroller;
}

static void
engram_repair_preview_view_init (EngramRepairPreviewView *self)
{
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->ids = gtk_string_list_new (NULL);
  self->title = GTK_LABEL (new_label ("title-2"));
  self->summary = GTK_LABEL (new_label (NULL));
  self->backup = GTK_LABEL (new_label (NULL));
  self->limit = GTK_LABEL (new_label ("dim-label"));
  gtk_label_set_text (self->title, _("What the Repair Changes"));
  gtk_widget_set_margin_top (box, 18);
  gtk_widget_set_margin_bottom (box, 18);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->title));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->summary));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->backup));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->limit));
  gtk_box_append (GTK_BOX (box), new_changes (self));
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), MAX_WIDTH);
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  adw_bin_set_child (ADW_BIN (self), clamp);
}

GtkWidget *
engram_repair_preview_view_new (void)
{
  return g_object_new (ENGRAM_TYPE_REPAIR_PREVIEW_VIEW, NULL);
}
