/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "details/engram-synapse-browser.h"

#include <glib/gi18n.h>

#include "common/engram-control.h"
#include "details/engram-group.h"
#include "details/engram-synapse-adder.h"
#include "details/engram-synapse-group.h"
#include "details/engram-synapse-items.h"

/* With fewer there is nothing to look for. */
#define MIN_FILTERED 6

struct _EngramSynapseBrowser
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkWidget *tools;            /* the filter and the order */
  GtkEditable *filter;
  GtkDropDown *sort;
  GtkWidget *add;              /* the button that asks for a new synapse */
  GtkWidget *adder;            /* the group with the form for one, or NULL */
  EngramSynapseAdder *form;    /* in it */
  EngramSynapseGroup *groups[2];

  EngramDatabase *database;
  char *id;
  EngramSession *session;      /* NULL where synapses are only looked at */
  EngramSynapseSide strongest[2];
  EngramSynapseItems *items;   /* all of them, or NULL where they were not needed yet */
  GCancellable *cancellable;   /* of what is being read, or NULL */
};

G_DEFINE_FINAL_TYPE (EngramSynapseBrowser, engram_synapse_browser, GTK_TYPE_WIDGET)

enum { NEURON_ACTIVATED, N_SIGNALS };
enum { PROPERTY_0, PROPERTY_LOADING, N_PROPERTIES };

static guint signals[N_SIGNALS];
static GParamSpec *properties[N_PROPERTIES];

static void
stop_loading (EngramSynapseBrowser *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
clear_side (EngramSynapseSide *side)
{
  g_clear_pointer (&side->items, g_ptr_array_unref);
  g_clear_error (&side->error);
  side->total = 0;
}

static void
show_strongest (EngramSynapseBrowser *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->groups); i++)
    {
      const EngramSynapseSide *side = &self->strongest[i];

      if (side->items != NULL)
        engram_synapse_group_show (self->groups[i], side->items, side->items, side->total, side->total);
      else
        engram_synapse_group_show_error (self->groups[i], side->error);
    }
}

static void
show_items (EngramSynapseBrowser *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->groups); i++)
    engram_synapse_group_show (self->groups[i], self->items->all[i], self->items->shown[i],
                               self->items->shown[i]->len, self->items->all[i]->len);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  EngramSynapseBrowser *self;
  g_autoptr (GError) error = NULL;
  EngramSynapseItems *items = engram_synapse_items_load_finish (result, &error);

  /* Something else is asked for, or the widget has gone. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self = ENGRAM_SYNAPSE_BROWSER (user_data);
  g_clear_object (&self->cancellable);
  if (items != NULL)
    {
      g_clear_pointer (&self->items, engram_synapse_items_free);
      self->items = items;
      show_items (self);
    }
  else
    {
      for (guint i = 0; i < G_N_ELEMENTS (self->groups); i++)
        engram_synapse_group_show_error (self->groups[i], error);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROPERTY_LOADING]);
}

static void
load_all (EngramSynapseBrowser     *self,
          const EngramSynapseItems *known)
{
  stop_loading (self);
  self->cancellable = g_cancellable_new ();
  engram_synapse_items_load_async (self->database, self->id, known, gtk_editable_get_text (self->filter),
                                   gtk_drop_down_get_selected (self->sort), self->cancellable, loaded_cb, self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROPERTY_LOADING]);
}

static void
view_changed_cb (EngramSynapseBrowser *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->groups); i++)
    engram_synapse_group_restart (self->groups[i]);
  load_all (self, self->items);
}

static void
more_wanted_cb (EngramSynapseBrowser *self)
{
  load_all (self, NULL);
}

static void
neuron_activated_cb (EngramSynapseBrowser *self,
                     const char           *id)
{
  g_signal_emit (self, signals[NEURON_ACTIVATED], 0, id);
}

/* Editing */

static void
remove_cb (EngramSynapseBrowser *self,
           gint64                rowid)
{
  g_autoptr (EngramRowSet) rows = engram_row_set_new (&rowid, 1);

  if (self->session != NULL)
    engram_session_delete (self->session, NULL, rows);
}

static void
end_adding (EngramSynapseBrowser *self)
{
  GtkWidget *row;

  if (self->adder == NULL)
    return;
  row = g_steal_pointer (&self->adder);
  self->form = NULL;
  gtk_widget_set_visible (self->add, self->session != NULL);
  /* The focus must be somewhere when the form goes. */
  if (self->session != NULL)
    gtk_widget_grab_focus (self->add);
  gtk_box_remove (GTK_BOX (self->box), row);
}

static void
add_cb (EngramSynapseBrowser *self)
{
  GtkListBox *rows;
  GtkWidget *adder;

  if (self->adder != NULL || self->session == NULL)
    return;
  adder = engram_synapse_adder_new (self->session, self->id);
  self->form = ENGRAM_SYNAPSE_ADDER (adder);
  g_signal_connect_object (adder, "ended", G_CALLBACK (end_adding), self, G_CONNECT_SWAPPED);
  self->adder = engram_group_new (_("New Synapse"), &rows);
  engram_group_add_control (rows, _("New Synapse"), adder);
  gtk_box_insert_child_after (GTK_BOX (self->box), self->adder, self->add);
  gtk_widget_grab_focus (adder);
  gtk_widget_set_visible (self->add, FALSE);
}

/* Widgets */

static GtkWidget *
tools_new (EngramSynapseBrowser *self)
{
  const char *const orders[] = { _("Strongest First"), _("By Text"), NULL };
  GtkWidget *filter = gtk_search_entry_new (), *sort = gtk_drop_down_new_from_strings (orders);

  self->tools = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->filter = GTK_EDITABLE (filter);
  self->sort = GTK_DROP_DOWN (sort);
  g_object_set (filter, "placeholder-text", _("Filter synapses"), NULL);
  gtk_widget_set_hexpand (filter, TRUE);
  gtk_editable_set_width_chars (self->filter, 8);
  engram_control_set_name (filter, _("Filter synapses"));
  engram_control_set_name (sort, _("Order of synapses"));
  g_signal_connect_swapped (filter, "search-changed", G_CALLBACK (view_changed_cb), self);
  g_signal_connect_swapped (sort, "notify::selected", G_CALLBACK (view_changed_cb), self);
  gtk_box_append (GTK_BOX (self->tools), filter);
  gtk_box_append (GTK_BOX (self->tools), sort);
  gtk_widget_set_visible (self->tools, FALSE);
  return self->tools;
}

static void
fill (EngramSynapseBrowser *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  self->add = gtk_button_new_with_mnemonic (_("Add _Synapse…"));
  gtk_widget_set_halign (self->add, GTK_ALIGN_START);
  gtk_widget_set_visible (self->add, FALSE);
  g_signal_connect_swapped (self->add, "clicked", G_CALLBACK (add_cb), self);
  gtk_box_append (GTK_BOX (self->box), tools_new (self));
  gtk_box_append (GTK_BOX (self->box), self->add);
  for (guint i = 0; i < G_N_ELEMENTS (self->groups); i++)
    {
      GtkWidget *group = engram_synapse_group_new (i);

      self->groups[i] = ENGRAM_SYNAPSE_GROUP (group);
      g_signal_connect_object (group, "neuron-activated", G_CALLBACK (neuron_activated_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (group, "more-wanted", G_CALLBACK (more_wanted_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (group, "remove", G_CALLBACK (remove_cb), self, G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (self->box), group);
    }
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

/* GObject */

static void
engram_synapse_browser_dispose (GObject *object)
{
  EngramSynapseBrowser *self = ENGRAM_SYNAPSE_BROWSER (object);

  stop_loading (self);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->items, engram_synapse_items_free);
  for (guint i = 0; i < G_N_ELEMENTS (self->strongest); i++)
    clear_side (&self->strongest[i]);
  g_clear_object (&self->session);
  g_clear_object (&self->database);

  G_OBJECT_CLASS (engram_synapse_browser_parent_class)->dispose (object);
}

static void
engram_synapse_browser_finalize (GObject *object)
{
  g_free (ENGRAM_SYNAPSE_BROWSER (object)->id);

  G_OBJECT_CLASS (engram_synapse_browser_parent_class)->finalize (object);
}

static void
engram_synapse_browser_get_property (GObject    *object,
                                     guint       property_id,
                                     GValue     *value,
                                     GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROPERTY_LOADING:
      g_value_set_boolean (value, engram_synapse_browser_get_loading (ENGRAM_SYNAPSE_BROWSER (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
engram_synapse_browser_class_init (EngramSynapseBrowserClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = engram_synapse_browser_dispose;
  object_class->finalize = engram_synapse_browser_finalize;
  object_class->get_property = engram_synapse_browser_get_property;

  properties[PROPERTY_LOADING] =
    g_param_spec_boolean ("loading", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  signals[NEURON_ACTIVATED] =
    g_signal_new ("neuron-activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
engram_synapse_browser_init (EngramSynapseBrowser *self)
{
  fill (self);
}

/**
 * engram_synapse_browser_new:
 * @database: where synapses are read from
 * @id: the id of a neuron
 *
 * Returns: (transfer floating): a widget that shows none yet
 */
GtkWidget *
engram_synapse_browser_new (EngramDatabase *database,
                            const char     *id)
{
  EngramSynapseBrowser *self = g_object_new (ENGRAM_TYPE_SYNAPSE_BROWSER, NULL);

  self->database = g_object_ref (database);
  self->id = g_strdup (id);
  return GTK_WIDGET (self);
}

/**
 * engram_synapse_browser_set_editing:
 * @self: a browser
 * @session: (nullable): through which synapses are made and deleted; %NULL where they are only looked at
 */
void
engram_synapse_browser_set_editing (EngramSynapseBrowser *self,
                                    EngramSession        *session)
{
  g_return_if_fail (ENGRAM_IS_SYNAPSE_BROWSER (self));

  g_set_object (&self->session, session);
  if (session == NULL)
    end_adding (self);
  gtk_widget_set_visible (self->add, session != NULL && self->adder == NULL);
  for (guint i = 0; i < G_N_ELEMENTS (self->groups); i++)
    engram_synapse_group_set_editing (self->groups[i], session != NULL);
}

/**
 * engram_synapse_browser_show:
 * @self: a browser
 * @sides: the strongest synapses in each direction; copied
 *
 * Shows synapses. Where a filter or another order is on, or more than these were asked for, all are read again.
 */
void
engram_synapse_browser_show (EngramSynapseBrowser    *self,
                             const EngramSynapseSide  sides[2])
{
  g_return_if_fail (ENGRAM_IS_SYNAPSE_BROWSER (self));

  for (guint i = 0; i < G_N_ELEMENTS (self->strongest); i++)
    {
      clear_side (&self->strongest[i]);
      self->strongest[i].items = sides[i].items != NULL ? g_ptr_array_ref (sides[i].items) : NULL;
      self->strongest[i].total = sides[i].total;
      self->strongest[i].error = sides[i].error != NULL ? g_error_copy (sides[i].error) : NULL;
    }
  gtk_widget_set_visible (self->tools, sides[0].total + sides[1].total >= MIN_FILTERED || self->items != NULL);
  if (self->items != NULL || self->cancellable != NULL)
    load_all (self, NULL);
  else
    show_strongest (self);
}

/**
 * engram_synapse_browser_get_loading:
 * @self: a browser
 *
 * Returns: whether synapses are being read
 */
gboolean
engram_synapse_browser_get_loading (EngramSynapseBrowser *self)
{
  g_return_val_if_fail (ENGRAM_IS_SYNAPSE_BROWSER (self), FALSE);

  return self->cancellable != NULL;
}

GtkWidget *
engram_synapse_browser_get_typed (EngramSynapseBrowser *self)
{
  g_return_val_if_fail (ENGRAM_IS_SYNAPSE_BROWSER (self), NULL);

  return self->form != NULL && engram_synapse_adder_is_typed (self->form) ? GTK_WIDGET (self->form) : NULL;
}

void
engram_synapse_browser_discard (EngramSynapseBrowser *self)
{
  g_return_if_fail (ENGRAM_IS_SYNAPSE_BROWSER (self));

  end_adding (self);
}
