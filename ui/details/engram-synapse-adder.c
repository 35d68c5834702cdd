/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "details/engram-synapse-adder.h"

#include <glib/gi18n.h>
#include <string.h>

#include "common/engram-control.h"
#include "common/engram-text-format.h"
#include "details/engram-field-text.h"

#define MAX_TEXT 120
#define DEFAULT_WEIGHT "0.5"
#define DEFAULT_TYPE "knowledge"

struct _EngramSynapseAdder
{
  GtkWidget parent_instance;

  EngramSession *session;
  char *id;
  GtkWidget *box;
  GtkDropDown *direction;
  GtkEditable *other;
  GtkEditable *weight;
  GtkLabel *message;
  GtkWidget *add;
  GCancellable *cancellable; /* of the look at the other end, or NULL */
  gboolean found;            /* there is a neuron of that id */
  gboolean writing;
};

G_DEFINE_FINAL_TYPE (EngramSynapseAdder, engram_synapse_adder, GTK_TYPE_WIDGET)

enum { ENDED, N_SIGNALS };

static guint signals[N_SIGNALS];

static void
say (EngramSynapseAdder *self,
     const char         *text,
     GtkEditable        *wrong)
{
  gtk_label_set_text (self->message, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->message), text != NULL);
  if (wrong != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->message), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->message), "error");
  engram_control_set_wrong (GTK_WIDGET (self->other), wrong == self->other ? self->message : NULL);
  engram_control_set_wrong (GTK_WIDGET (self->weight), wrong == self->weight ? self->message : NULL);
}

static char *
dup_other (EngramSynapseAdder *self)
{
  g_autofree char *typed = g_strstrip (g_strdup (gtk_editable_get_text (self->other)));

  return g_ascii_strdown (typed, -1);
}

/* Returns: whether it is a weight; what is wrong with it otherwise is said */
static gboolean
get_weight (EngramSynapseAdder *self,
            double             *weight)
{
  g_autofree char *problem = NULL;
  g_autofree char *json =
    engram_field_text_to_json (ENGRAM_CONTROL_WEIGHT, gtk_editable_get_text (self->weight), &problem);

  if (json != NULL && engram_number_parse (json, strlen (json), weight))
    return TRUE;
  say (self, problem != NULL ? problem : _("Type a number from −1 to 1."), self->weight);
  return FALSE;
}

static void
update_button (EngramSynapseAdder *self)
{
  double weight;

  gtk_widget_set_sensitive (self->add, get_weight (self, &weight) && self->found && !self->writing);
}

/* The other end */

static void
look_in_thread (GTask        *task,
                gpointer      source,
                gpointer      task_data,
                GCancellable *cancellable)
{
  g_autoptr (EngramNeuronStore) store = engram_neuron_store_new (source);
  GError *error = NULL;
  EngramNeuron *neuron = engram_neuron_store_get (store, task_data, cancellable, &error);

  if (neuron != NULL)
    g_task_return_pointer (task, neuron, (GDestroyNotify) engram_neuron_free);
  else
    g_task_return_error (task, error);
}

static void
looked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  EngramSynapseAdder *self;
  g_autoptr (GError) error = NULL;
  g_autoptr (EngramNeuron) neuron = g_task_propagate_pointer (G_TASK (result), &error);

  /* Another id has been typed, or the widget has gone. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self = ENGRAM_SYNAPSE_ADDER (user_data);
  g_clear_object (&self->cancellable);
  self->found = neuron != NULL;
  if (neuron != NULL)
    {
      g_autofree char *line = engram_format_line (engram_neuron_get_summary (neuron), MAX_TEXT);

      say (self, line, NULL);
    }
  else if (g_error_matches (error, ENGRAM_ERROR, ENGRAM_ERROR_NOT_FOUND))
    {
      say (self, _("There is no neuron of that id."), self->other);
    }
  else
    {
      say (self, error->message, self->other);
    }
  update_button (self);
}

static void
look (EngramSynapseAdder *self,
      char               *id)
{
  g_autoptr (GTask) task = NULL;

  self->cancellable = g_cancellable_new ();
  task = g_task_new (engram_session_get_database (self->session), self->cancellable, looked_cb, self);
  g_task_set_source_tag (task, look);
  g_task_set_task_data (task, id, g_free);
  g_task_run_in_thread (task, look_in_thread);
}

static void
changed_cb (EngramSynapseAdder *self)
{
  g_autofree char *other = dup_other (self);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->found = FALSE;
  if (engram_uuid_is_valid (other))
    {
      say (self, NULL, NULL);
      look (self, g_steal_pointer (&other));
    }
  else if (*other == '\0')
    {
      say (self, NULL, NULL);
    }
  else
    {
      say (self, _("Type the id of a neuron: 32 hexadecimal digits with hyphens."), self->other);
    }
  update_button (self);
}

/* Adding */

static void
end (EngramSynapseAdder *self)
{
  g_signal_emit (self, signals[ENDED], 0);
}

static void
added_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (EngramSynapseAdder) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean added = engram_session_apply_finish (ENGRAM_SESSION (source), result, &error);

  /* Taken away meanwhile: the session says why not. */
  if (!added && gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    engram_session_pass_on (ENGRAM_SESSION (source), error);
  if (self->box == NULL)
    return;
  self->writing = FALSE;
  if (added)
    {
      end (self);
      return;
    }
  say (self, error->message, self->other);
  update_button (self);
}

static void
add (EngramSynapseAdder *self)
{
  g_autoptr (EngramSynapse) synapse = NULL;
  g_autofree char *other = dup_other (self);
  gboolean outgoing = gtk_drop_down_get_selected (self->direction) == ENGRAM_SYNAPSE_OUTGOING;
  EngramEdit *edit;
  double weight;

  if (!self->found || self->writing || !get_weight (self, &weight))
    return;
  synapse = engram_synapse_new (outgoing ? self->id : other, outgoing ? other : self->id, weight, DEFAULT_TYPE);
  edit = engram_edit_new ();
  engram_edit_create_synapse (edit, synapse);
  self->writing = TRUE;
  update_button (self);
  engram_session_apply_async (self->session, edit, added_cb, g_object_ref (self));
}

static gboolean
key_pressed_cb (EngramSynapseAdder *self,
                guint               key,
                guint               code,
                GdkModifierType     state)
{
  if (key != GDK_KEY_Escape)
    return GDK_EVENT_PROPAGATE;
  end (self);
  return GDK_EVENT_STOP;
}

/* Widgets */

static GtkEditable *
entry_new (EngramSynapseAdder *self,
           const char         *name,
           const char         *placeholder)
{
  GtkWidget *entry = gtk_entry_new ();

  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), placeholder);
  engram_control_set_name (entry, name);
  g_signal_connect_swapped (entry, "activate", G_CALLBACK (add), self);
  return GTK_EDITABLE (entry);
}

static GtkWidget *
direction_new (EngramSynapseAdder *self)
{
  const char *const directions[] = { _("To"), _("From"), NULL };
  GtkWidget *drop_down = gtk_drop_down_new_from_strings (directions);

  self->direction = GTK_DROP_DOWN (drop_down);
  engram_control_set_name (drop_down, _("Direction"));
  return drop_down;
}

static GtkWidget *
second_line_new (EngramSynapseAdder *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_("_Cancel"));
  GtkWidget *label = gtk_label_new (_("Weight"));

  self->weight = entry_new (self, _("Weight"), NULL);
  gtk_editable_set_text (self->weight, DEFAULT_WEIGHT);
  gtk_editable_set_width_chars (self->weight, 5);
  gtk_editable_set_max_width_chars (self->weight, 8);
  gtk_entry_set_input_purpose (GTK_ENTRY (self->weight), GTK_INPUT_PURPOSE_NUMBER);
  g_signal_connect_swapped (self->weight, "changed", G_CALLBACK (changed_cb), self);
  self->add = gtk_button_new_with_mnemonic (_("_Add"));
  gtk_widget_add_css_class (self->add, "suggested-action");
  g_signal_connect_swapped (self->add, "clicked", G_CALLBACK (add), self);
  g_signal_connect_swapped (cancel, "clicked", G_CALLBACK (end), self);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_set_hexpand (cancel, TRUE);
  gtk_widget_set_halign (cancel, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (line), label);
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (self->weight));
  gtk_box_append (GTK_BOX (line), cancel);
  gtk_box_append (GTK_BOX (line), self->add);
  return line;
}

static void
fill (EngramSynapseAdder *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *message = gtk_label_new (NULL);

  self->message = GTK_LABEL (message);
  gtk_label_set_xalign (self->message, 0);
  gtk_label_set_wrap (self->message, TRUE);
  gtk_label_set_wrap_mode (self->message, PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (message, "caption");
  gtk_widget_set_visible (message, FALSE);
  self->other = entry_new (self, _("Id of the other neuron"), _("Id of a neuron"));
  gtk_widget_set_hexpand (GTK_WIDGET (self->other), TRUE);
  g_signal_connect_swapped (self->other, "changed", G_CALLBACK (changed_cb), self);
  gtk_box_append (GTK_BOX (line), direction_new (self));
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (self->other));
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_box_append (GTK_BOX (self->box), line);
  gtk_box_append (GTK_BOX (self->box), message);
  gtk_box_append (GTK_BOX (self->box), second_line_new (self));
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  update_button (self);
}

/* GObject */

static void
engram_synapse_adder_dispose (GObject *object)
{
  EngramSynapseAdder *self = ENGRAM_SYNAPSE_ADDER (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (engram_synapse_adder_parent_class)->dispose (object);
}

static void
engram_synapse_adder_finalize (GObject *object)
{
  g_free (ENGRAM_SYNAPSE_ADDER (object)->id);

  G_OBJECT_CLASS (engram_synapse_adder_parent_class)->finalize (object);
}

static gboolean
engram_synapse_adder_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (ENGRAM_SYNAPSE_ADDER (widget)->other));
}

static void
engram_synapse_adder_class_init (EngramSynapseAdderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = engram_synapse_adder_dispose;
  object_class->finalize = engram_synapse_adder_finalize;
  widget_class->grab_focus = engram_synapse_adder_grab_focus;

  signals[ENDED] = g_signal_new ("ended", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
engram_synapse_adder_init (EngramSynapseAdder *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

/**
 * engram_synapse_adder_new:
 * @session: through which it is written
 * @id: the neuron at one end
 *
 * Returns: (transfer floating): an empty form
 */
GtkWidget *
engram_synapse_adder_new (EngramSession *session,
                          const char    *id)
{
  EngramSynapseAdder *self = g_object_new (ENGRAM_TYPE_SYNAPSE_ADDER, NULL);

  self->session = g_object_ref (session);
  self->id = g_strdup (id);
  fill (self);
  return GTK_WIDGET (self);
}

gboolean
engram_synapse_adder_is_typed (EngramSynapseAdder *self)
{
  g_return_val_if_fail (ENGRAM_IS_SYNAPSE_ADDER (self), FALSE);

  return *gtk_editable_get_text (self->other) != '\0' && !self->writing;
}
