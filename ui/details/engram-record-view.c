/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "details/engram-record-view.h"

#include <glib/gi18n.h>

#include "details/engram-field-list.h"
#include "details/engram-group.h"
#include "details/engram-nearest-group.h"
#include "details/engram-neuron-summary.h"
#include "details/engram-synapse-browser.h"
#include "details/engram-synapse-summary.h"

/* The widgets of one record are made in steps, a frame apart: all at once they would hold the main loop. */
#define STEP_MILLISECONDS 16

struct _EngramRecordView
{
  GtkWidget parent_instance;

  GtkBox *content;
  GtkBox *head;
  GtkBox *body;       /* the fields, to be read */
  GtkBox *vector;
  EngramRecordEditor *editor;      /* the fields, to be edited; or NULL */
  EngramSynapseBrowser *browser;   /* NULL until it is made */
  EngramNearestGroup *nearest;     /* NULL where there is no vector */

  EngramSession *session;
  EngramDetails *details;
  gboolean editing;
  EngramNeuronColumns in_heading;
  guint filling;      /* source that adds the next part, or 0 */
  guint n_filled;     /* how many parts have been added */
};

G_DEFINE_FINAL_TYPE (EngramRecordView, engram_record_view, GTK_TYPE_WIDGET)

enum { NEURON_ACTIVATED, OUTDATED, FILLED, N_SIGNALS };

static guint signals[N_SIGNALS];

/* The focus stays here, though what had it goes. */
static void
clear (EngramRecordView *self,
       GtkBox           *box)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *child;

  if (focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (box)))
    gtk_widget_grab_focus (gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_SCROLLED_WINDOW));
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);
}

static void
emit_activated (EngramRecordView *self,
                const char       *id)
{
  g_signal_emit (self, signals[NEURON_ACTIVATED], 0, id);
}

static void
outdated_cb (EngramRecordView *self)
{
  g_signal_emit (self, signals[OUTDATED], 0);
}

/* Parts */

static void
end_activated_cb (EngramRecordView *self,
                  GtkListBoxRow    *row)
{
  g_autofree char *id = g_strdup (engram_synapse_summary_get_id (row));

  if (id != NULL)
    emit_activated (self, id);
}

static void
fill_head (EngramRecordView *self)
{
  clear (self, self->head);
  if (self->details->kind == ENGRAM_RECORD_SYNAPSE)
    {
      GtkListBox *ends = engram_synapse_summary_add_ends (self->head, self->details);

      g_signal_connect_object (ends, "row-activated", G_CALLBACK (end_activated_cb), self, G_CONNECT_SWAPPED);
      engram_synapse_summary_add_problems (self->head, self->details->synapse);
      return;
    }
  self->in_heading = engram_neuron_summary_add_heading (self->head, self->details->neuron);
  engram_neuron_summary_add_problems (self->head, self->details->neuron);
}

static void
fill_read_neuron (EngramRecordView   *self,
                  const EngramNeuron *neuron)
{
  engram_field_list_add_fields (self->body, neuron, self->in_heading);
  engram_neuron_summary_add_common (self->body, neuron);
  engram_field_list_add_metadata (self->body, (neuron->odd & ENGRAM_NEURON_METADATA) == 0 ? neuron->metadata : NULL);
}

static void
fill_read_synapse (EngramRecordView    *self,
                   const EngramSynapse *synapse)
{
  engram_synapse_summary_add_common (self->body, synapse);
  engram_field_list_add_metadata (self->body,
                                  (synapse->odd & ENGRAM_SYNAPSE_METADATA) == 0 ? synapse->metadata : NULL);
}

/* What stands below the fields that are edited. */
static void
fill_identity (EngramRecordView *self)
{
  const EngramNeuron *neuron = self->details->neuron;
  const EngramSynapse *synapse = self->details->synapse;
  GtkListBox *rows;
  GtkWidget *group = engram_group_new (_("Times and Id"), &rows);

  if (neuron != NULL)
    engram_group_add_identity (rows, neuron->created_at, neuron->modified_at, neuron->id);
  else
    engram_group_add_identity (rows, synapse->created_at, synapse->modified_at, synapse->id);
  gtk_box_append (self->body, group);
}

static void
make_editor (EngramRecordView *self)
{
  GtkWidget *editor = engram_record_editor_new (self->session, self->details->kind,
                                                engram_details_get_record (self->details));

  self->editor = ENGRAM_RECORD_EDITOR (editor);
  g_signal_connect_object (editor, "outdated", G_CALLBACK (outdated_cb), self, G_CONNECT_SWAPPED);
  gtk_box_insert_child_after (self->content, editor, GTK_WIDGET (self->head));
}

static void
fill_body (EngramRecordView *self)
{
  clear (self, self->body);
  if (self->editing && self->editor == NULL)
    make_editor (self);
  if (self->editing)
    fill_identity (self);
  else if (self->details->neuron != NULL)
    fill_read_neuron (self, self->details->neuron);
  else
    fill_read_synapse (self, self->details->synapse);
}

static gboolean
has_vector (EngramRecordView *self)
{
  const EngramNeuron *neuron = self->details->neuron;

  return neuron != NULL && neuron->vector_length > 0 && (neuron->odd & ENGRAM_NEURON_VECTOR) == 0;
}

static void
fill_vector (EngramRecordView *self)
{
  clear (self, self->vector);
  gtk_widget_set_visible (GTK_WIDGET (self->vector), self->details->neuron != NULL);
  if (self->details->neuron != NULL)
    engram_neuron_summary_add_vector (self->vector, self->details->neuron);
}

static void
fill_synapses (EngramRecordView *self)
{
  if (self->details->neuron == NULL)
    return;
  if (self->browser == NULL)
    {
      GtkWidget *browser = engram_synapse_browser_new (engram_session_get_database (self->session),
                                                       self->details->neuron->id);

      self->browser = ENGRAM_SYNAPSE_BROWSER (browser);
      g_signal_connect_object (browser, "neuron-activated", G_CALLBACK (emit_activated), self, G_CONNECT_SWAPPED);
      gtk_box_append (self->content, browser);
    }
  engram_synapse_browser_set_editing (self->browser, self->editing ? self->session : NULL);
  engram_synapse_browser_show (self->browser, self->details->sides);
}

static void
fill_nearest (EngramRecordView *self)
{
  GtkWidget *nearest;

  if (!has_vector (self))
    {
      if (self->nearest != NULL)
        gtk_box_remove (self->content, GTK_WIDGET (g_steal_pointer (&self->nearest)));
      return;
    }
  if (self->nearest != NULL)
    {
      engram_nearest_group_refresh (self->nearest);
      return;
    }
  nearest = engram_nearest_group_new (engram_session_get_searcher (self->session), self->details->neuron->id);
  self->nearest = ENGRAM_NEAREST_GROUP (nearest);
  g_signal_connect_object (nearest, "neuron-activated", G_CALLBACK (emit_activated), self, G_CONNECT_SWAPPED);
  gtk_box_insert_child_after (self->content, nearest, GTK_WIDGET (self->vector));
}

static void (*const parts[]) (EngramRecordView *self) = {
  fill_head, fill_body, fill_vector, fill_synapses, fill_nearest,
};

static gboolean
fill_cb (gpointer user_data)
{
  EngramRecordView *self = user_data;

  parts[self->n_filled++] (self);
  if (self->n_filled < G_N_ELEMENTS (parts))
    return G_SOURCE_CONTINUE;
  self->filling = 0;
  g_signal_emit (self, signals[FILLED], 0);
  return G_SOURCE_REMOVE;
}

/* GObject */

static void
engram_record_view_dispose (GObject *object)
{
  EngramRecordView *self = ENGRAM_RECORD_VIEW (object);

  g_clear_handle_id (&self->filling, g_source_remove);
  if (self->content != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->content));
  self->content = NULL;
  self->editor = NULL;
  self->browser = NULL;
  g_clear_object (&self->session);

  G_OBJECT_CLASS (engram_record_view_parent_class)->dispose (object);
}

static void
engram_record_view_finalize (GObject *object)
{
  g_clear_pointer (&ENGRAM_RECORD_VIEW (object)->details, engram_details_free);

  G_OBJECT_CLASS (engram_record_view_parent_class)->finalize (object);
}

static void
engram_record_view_class_init (EngramRecordViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  object_class->dispose = engram_record_view_dispose;
  object_class->finalize = engram_record_view_finalize;

  signals[NEURON_ACTIVATED] =
    g_signal_new ("neuron-activated", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[OUTDATED] = g_signal_new ("outdated", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FILLED] = g_signal_new ("filled", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static GtkBox *
add_box (EngramRecordView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);

  gtk_box_append (self->content, box);
  return GTK_BOX (box);
}

static void
engram_record_view_init (EngramRecordView *self)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);

  gtk_widget_set_margin_top (content, 18);
  gtk_widget_set_margin_bottom (content, 18);
  gtk_widget_set_margin_start (content, 12);
  gtk_widget_set_margin_end (content, 12);
  self->content = GTK_BOX (content);
  self->head = add_box (self);
  self->body = add_box (self);
  self->vector = add_box (self);
  gtk_widget_set_visible (GTK_WIDGET (self->vector), FALSE);
  gtk_widget_set_parent (content, GTK_WIDGET (self));
}

GtkWidget *
engram_record_view_new (EngramSession *session,
                        EngramDetails *details,
                        gboolean       editing)
{
  EngramRecordView *self = g_object_new (ENGRAM_TYPE_RECORD_VIEW, NULL);

  self->session = g_object_ref (session);
  self->details = details;
  self->editing = editing;
  parts[self->n_filled++] (self);
  self->filling = g_timeout_add_full (G_PRIORITY_DEFAULT_IDLE, STEP_MILLISECONDS, fill_cb, self, NULL);
  return GTK_WIDGET (self);
}

const EngramDetails *
engram_record_view_get_details (EngramRecordView *self)
{
  g_return_val_if_fail (ENGRAM_IS_RECORD_VIEW (self), NULL);

  return self->details;
}

gboolean
engram_record_view_get_filled (EngramRecordView *self)
{
  g_return_val_if_fail (ENGRAM_IS_RECORD_VIEW (self), FALSE);

  return self->filling == 0;
}

/* Parts that are not there yet will be made of the new details. */
static gboolean
is_there (EngramRecordView *self,
          void            (*part) (EngramRecordView *self))
{
  for (guint i = 0; i < self->n_filled; i++)
    if (parts[i] == part)
      return TRUE;
  return FALSE;
}

static void
refill (EngramRecordView *self,
        void            (*part) (EngramRecordView *self))
{
  if (is_there (self, part))
    part (self);
}

static gboolean
is_vector_same (const EngramNeuron *one,
                const EngramNeuron *other)
{
  return one == NULL || ((engram_neuron_compare (one, other) & ENGRAM_NEURON_VECTOR) == 0 &&
                         ((one->odd ^ other->odd) & ENGRAM_NEURON_VECTOR) == 0);
}

static gboolean
are_sides_same (const EngramDetails *one,
                const EngramDetails *other)
{
  return one->kind == ENGRAM_RECORD_SYNAPSE ||
         (engram_details_same_side (&one->sides[0], &other->sides[0]) &&
          engram_details_same_side (&one->sides[1], &other->sides[1]));
}

void
engram_record_view_update (EngramRecordView *self,
                           EngramDetails    *details)
{
  g_autoptr (EngramDetails) before = NULL;

  g_return_if_fail (ENGRAM_IS_RECORD_VIEW (self));

  before = g_steal_pointer (&self->details);
  self->details = details;
  if (!engram_details_same_record (before, details))
    {
      fill_head (self);
      refill (self, fill_body);
    }
  /* Always: it may have tried to write in vain, and waits for what the file holds. */
  if (self->editor != NULL)
    engram_record_editor_update (self->editor, engram_details_get_record (details));
  if (!is_vector_same (before->neuron, details->neuron))
    refill (self, fill_vector);
  if (!are_sides_same (before, details))
    refill (self, fill_synapses);
  refill (self, fill_nearest);
}

void
engram_record_view_set_editing (EngramRecordView *self,
                                gboolean          editing)
{
  g_return_if_fail (ENGRAM_IS_RECORD_VIEW (self));

  if (self->editing == editing)
    return;
  self->editing = editing;
  if (!self->editing && self->editor != NULL)
    {
      GtkWidget *editor = GTK_WIDGET (g_steal_pointer (&self->editor));

      gtk_widget_grab_focus (gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_SCROLLED_WINDOW));
      gtk_box_remove (self->content, editor);
    }
  refill (self, fill_body);
  refill (self, fill_synapses);
}

EngramRecordEditor *
engram_record_view_get_editor (EngramRecordView *self)
{
  g_return_val_if_fail (ENGRAM_IS_RECORD_VIEW (self), NULL);

  return self->editor;
}

GtkWidget *
engram_record_view_get_typed_synapse (EngramRecordView *self)
{
  g_return_val_if_fail (ENGRAM_IS_RECORD_VIEW (self), NULL);

  return self->browser != NULL ? engram_synapse_browser_get_typed (self->browser) : NULL;
}

void
engram_record_view_discard_synapse (EngramRecordView *self)
{
  g_return_if_fail (ENGRAM_IS_RECORD_VIEW (self));

  if (self->browser != NULL)
    engram_synapse_browser_discard (self->browser);
}

void
engram_record_view_say_gone (EngramRecordView *self)
{
  GtkListBox *rows;
  GtkWidget *group;

  g_return_if_fail (ENGRAM_IS_RECORD_VIEW (self));

  fill_head (self);
  group = engram_group_new (_("Deleted"), &rows);
  engram_group_add_note (rows, "dialog-warning-symbolic",
                         _("This has been deleted meanwhile. What you have typed is still here, but cannot be saved: "
                           "copy it, or discard it by selecting something else."));
  gtk_box_prepend (self->head, group);
}
