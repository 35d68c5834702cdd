/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "details/engram-details-pane.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "common/engram-status-page.h"
#include "details/engram-details.h"
#include "details/engram-field-list.h"
#include "details/engram-neuron-summary.h"
#include "details/engram-synapse-group.h"

/* How many synapses are listed in each direction. */
#define MAX_SYNAPSES 100
/* What is shown stays while the next neuron is read, unless that takes longer than people call "at once". */
#define PATIENCE_MILLISECONDS 250
/* The widgets of one neuron are made in steps, a frame apart: all at once they would hold the main loop. */
#define STEP_MILLISECONDS 16

struct _EngramDetailsPane
{
  GtkWidget parent_instance;

  /* template */
  GtkStack *stack;
  GtkSpinner *spinner;
  AdwStatusPage *none_page;
  AdwStatusPage *error_page;
  GtkScrolledWindow *scroller;
  GtkBox *content;

  /* owned */
  EngramDatabase *database;
  char *id;                    /* what was asked for, or NULL */
  EngramDetails *details;      /* what is shown, or NULL */
  GCancellable *cancellable;   /* of what is being read, or NULL */
  guint patience;
  guint filling;               /* source that adds the next part of the content, or 0 */
  guint n_filled;              /* how many parts have been added */
  gboolean loading;
};

G_DEFINE_FINAL_TYPE (EngramDetailsPane, engram_details_pane, GTK_TYPE_WIDGET)

enum { PROPERTY_0, PROPERTY_LOADING, N_PROPERTIES };
enum { NEURON_ACTIVATED, N_SIGNALS };

static GParamSpec *properties[N_PROPERTIES];

static guint signals[N_SIGNALS];

static void
show_page (EngramDetailsPane *self,
           const char        *name)
{
  gtk_stack_set_visible_child_name (self->stack, name);
  gtk_spinner_set_spinning (self->spinner, g_str_equal (name, "loading"));
}

static void
stop_loading (EngramDetailsPane *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->patience, g_source_remove);
}

static void
set_loading (EngramDetailsPane *self,
             gboolean           loading)
{
  if (self->loading == loading)
    return;
  self->loading = loading;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROPERTY_LOADING]);
}

static void
clear_details (EngramDetailsPane *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *child;

  /* The focus stays here, though what had it goes. */
  if (focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->content)))
    gtk_widget_grab_focus (GTK_WIDGET (self->scroller));
  g_clear_handle_id (&self->filling, g_source_remove);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->content))) != NULL)
    gtk_box_remove (self->content, child);
  g_clear_pointer (&self->details, engram_details_free);
}

static void
neuron_activated_cb (EngramDetailsPane *self,
                     const char        *id)
{
  g_signal_emit (self, signals[NEURON_ACTIVATED], 0, id);
}

static void
add_synapses (EngramDetailsPane      *self,
              EngramSynapseDirection  direction)
{
  GtkWidget *group = engram_synapse_group_new (direction, &self->details->sides[direction]);

  g_signal_connect_object (group, "neuron-activated",
                           G_CALLBACK (neuron_activated_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (self->content, group);
}

static void
add_head (EngramDetailsPane *self)
{
  const EngramNeuron *neuron = self->details->neuron;
  EngramNeuronColumns shown = engram_neuron_summary_add_heading (self->content, neuron);

  engram_neuron_summary_add_problems (self->content, neuron);
  engram_field_list_add_fields (self->content, neuron, shown);
}

static void
add_common (EngramDetailsPane *self)
{
  engram_neuron_summary_add_common (self->content, self->details->neuron);
}

static void
add_metadata (EngramDetailsPane *self)
{
  engram_field_list_add_metadata (self->content, self->details->neuron);
  engram_neuron_summary_add_vector (self->content, self->details->neuron);
}

static void
add_outgoing (EngramDetailsPane *self)
{
  add_synapses (self, ENGRAM_SYNAPSE_OUTGOING);
}

static void
add_incoming (EngramDetailsPane *self)
{
  add_synapses (self, ENGRAM_SYNAPSE_INCOMING);
}

static void (*const parts[]) (EngramDetailsPane *self) = {
  add_head, add_common, add_metadata, add_outgoing, add_incoming,
};

static gboolean
fill_cb (gpointer user_data)
{
  EngramDetailsPane *self = user_data;

  parts[self->n_filled++] (self);
  if (self->n_filled < G_N_ELEMENTS (parts))
    return G_SOURCE_CONTINUE;
  self->filling = 0;
  set_loading (self, self->cancellable != NULL);
  return G_SOURCE_REMOVE;
}

/* What is on screen is replaced at once, so that the person does not lose the place. */
static void
fill (EngramDetailsPane *self,
      gboolean           at_once)
{
  self->n_filled = 0;
  while (self->n_filled < (at_once ? G_N_ELEMENTS (parts) : 1))
    parts[self->n_filled++] (self);
  if (!at_once)
    self->filling = g_timeout_add_full (G_PRIORITY_DEFAULT_IDLE, STEP_MILLISECONDS, fill_cb, self, NULL);
}

static gboolean
shows_neuron (EngramDetailsPane *self,
              const char        *id)
{
  return self->details != NULL && g_strcmp0 (self->details->neuron->id, id) == 0;
}

static void
show_details (EngramDetailsPane *self,
              EngramDetails     *details)
{
  gboolean same_neuron = shows_neuron (self, details->neuron->id);

  if (same_neuron && engram_details_equal (self->details, details))
    {
      engram_details_free (details);
      show_page (self, "neuron");
      return;
    }
  clear_details (self);
  self->details = details;
  fill (self, same_neuron);
  if (!same_neuron)
    gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
  show_page (self, "neuron");
}

static void
show_error (EngramDetailsPane *self,
            const GError      *error)
{
  g_autofree char *description = g_markup_escape_text (error->message, -1);

  clear_details (self);
  adw_status_page_set_title (self->error_page, g_error_matches (error, ENGRAM_ERROR, ENGRAM_ERROR_NOT_FOUND)
                                                 ? _("No Such Neuron")
                                                 : _("This Neuron Cannot Be Read"));
  adw_status_page_set_description (self->error_page, description);
  engram_status_page_set_name (self->error_page);
  show_page (self, "error");
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  EngramDetailsPane *self;
  g_autoptr (GError) error = NULL;
  EngramDetails *details = engram_details_load_finish (result, &error);

  /* Cancelled when something else was asked for, or when the pane went. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self = ENGRAM_DETAILS_PANE (user_data);
  stop_loading (self);
  if (details != NULL)
    show_details (self, details);
  else
    show_error (self, error);
  set_loading (self, self->filling != 0);
}

static gboolean
patience_ended_cb (gpointer user_data)
{
  EngramDetailsPane *self = user_data;

  self->patience = 0;
  show_page (self, "loading");
  return G_SOURCE_REMOVE;
}

static void
load (EngramDetailsPane *self)
{
  gboolean shows_it = shows_neuron (self, self->id);

  stop_loading (self);
  self->cancellable = g_cancellable_new ();
  if (!shows_it)
    self->patience = g_timeout_add (PATIENCE_MILLISECONDS, patience_ended_cb, self);
  engram_details_load_async (self->database, self->id, MAX_SYNAPSES, self->cancellable, loaded_cb, self);
  set_loading (self, TRUE);
}

/* GObject */

static void
engram_details_pane_dispose (GObject *object)
{
  EngramDetailsPane *self = ENGRAM_DETAILS_PANE (object);

  stop_loading (self);
  g_clear_handle_id (&self->filling, g_source_remove);
  g_clear_pointer (&self->details, engram_details_free);
  if (self->stack != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->stack));
  self->stack = NULL;
  g_clear_object (&self->database);

  G_OBJECT_CLASS (engram_details_pane_parent_class)->dispose (object);
}

static void
engram_details_pane_finalize (GObject *object)
{
  g_free (ENGRAM_DETAILS_PANE (object)->id);

  G_OBJECT_CLASS (engram_details_pane_parent_class)->finalize (object);
}

static void
engram_details_pane_get_property (GObject    *object,
                                  guint       property_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  EngramDetailsPane *self = ENGRAM_DETAILS_PANE (object);

  switch (property_id)
    {
    case PROPERTY_LOADING:
      g_value_set_boolean (value, self->loading);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
engram_details_pane_class_init (EngramDetailsPaneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = engram_details_pane_dispose;
  object_class->finalize = engram_details_pane_finalize;
  object_class->get_property = engram_details_pane_get_property;

  properties[PROPERTY_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE,
                                                       G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY
                                                         | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  /**
   * EngramDetailsPane::neuron-activated:
   * @self: the pane
   * @id: the id of a neuron
   *
   * The person chose to go to the other end of a synapse.
   */
  signals[NEURON_ACTIVATED] =
    g_signal_new ("neuron-activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/engram/Engram/ui/details/engram-details-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, EngramDetailsPane, stack);
  gtk_widget_class_bind_template_child (widget_class, EngramDetailsPane, spinner);
  gtk_widget_class_bind_template_child (widget_class, EngramDetailsPane, none_page);
  gtk_widget_class_bind_template_child (widget_class, EngramDetailsPane, error_page);
  gtk_widget_class_bind_template_child (widget_class, EngramDetailsPane, scroller);
  gtk_widget_class_bind_template_child (widget_class, EngramDetailsPane, content);
  gtk_widget_class_bind_template_callback (widget_class, engram_details_pane_refresh);
}

static void
engram_details_pane_init (EngramDetailsPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  engram_status_page_set_name (self->none_page);
}

/**
 * engram_details_pane_new:
 *
 * Returns: (transfer floating): a pane that shows no neuron
 */
GtkWidget *
engram_details_pane_new (void)
{
  return g_object_new (ENGRAM_TYPE_DETAILS_PANE, NULL);
}

/**
 * engram_details_pane_set_database:
 * @self: a pane
 * @database: (nullable): where neurons are read from
 *
 * No neuron is shown then.
 */
void
engram_details_pane_set_database (EngramDetailsPane *self,
                                  EngramDatabase    *database)
{
  g_return_if_fail (ENGRAM_IS_DETAILS_PANE (self));
  g_return_if_fail (database == NULL || ENGRAM_IS_DATABASE (database));

  engram_details_pane_show_neuron (self, NULL);
  g_set_object (&self->database, database);
}

/**
 * engram_details_pane_show_neuron:
 * @self: a pane with a database
 * @id: (nullable): the id of a neuron, or %NULL for none
 *
 * Reads a neuron in a worker and shows it.
 */
void
engram_details_pane_show_neuron (EngramDetailsPane *self,
                                 const char        *id)
{
  g_autofree char *wanted_id = g_strdup (id);

  g_return_if_fail (ENGRAM_IS_DETAILS_PANE (self));
  g_return_if_fail (id == NULL || self->database != NULL);

  g_free (self->id);
  self->id = g_steal_pointer (&wanted_id);
  if (self->id != NULL)
    {
      load (self);
      return;
    }
  stop_loading (self);
  clear_details (self);
  show_page (self, "none");
  set_loading (self, FALSE);
}

/**
 * engram_details_pane_get_neuron:
 * @self: a pane
 *
 * Returns: (nullable) (transfer none): the id that was asked for last
 */
const char *
engram_details_pane_get_neuron (EngramDetailsPane *self)
{
  g_return_val_if_fail (ENGRAM_IS_DETAILS_PANE (self), NULL);

  return self->id;
}

/**
 * engram_details_pane_get_loading:
 * @self: a pane
 *
 * Returns: whether the neuron that was asked for last is not all shown yet
 */
gboolean
engram_details_pane_get_loading (EngramDetailsPane *self)
{
  g_return_val_if_fail (ENGRAM_IS_DETAILS_PANE (self), FALSE);

  return self->loading;
}

/**
 * engram_details_pane_refresh:
 * @self: a pane
 *
 * Reads the neuron again. What has not changed stays as it is.
 */
void
engram_details_pane_refresh (EngramDetailsPane *self)
{
  g_return_if_fail (ENGRAM_IS_DETAILS_PANE (self));

  if (self->id != NULL)
    load (self);
}
