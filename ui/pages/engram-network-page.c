/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pages/engram-network-page.h"

#include "pages/engram-change-watch.h"
#include "pages/engram-network-notices.h"

/* How many neurons Back remembers. */
#define MAXIMUM_VISITED 200

struct _EngramNetworkPage {
  GtkWidget          parent_instance;

  /* Template */
  GtkWidget         *content;
  GtkInfoBar        *gone_bar;
  GtkLabel          *gone_label;
  GtkBox            *notices;
  AdwFlap           *flap;
  EngramNeuronList  *list;
  EngramDetailsPane *details;

  EngramDatabase    *database;
  EngramNeuronModel *model;     /* NULL until the watch knows what changes are compared with */
  EngramChangeWatch *watch;
  GPtrArray         *visited;   /* ids of the neurons chosen before, the latest last */
  char              *current;   /* id of the chosen neuron, or NULL */
  char              *returning; /* the id that Back has asked for and that is not chosen yet, or NULL */
  guint              narrow_idle;
};

enum {
  PROP_0,
  PROP_CAN_GO_BACK,
  PROP_DETAILS_VISIBLE,
  PROP_GONE,
  PROP_NARROW,
  PROP_STATUS,
  N_PROPERTIES,
};

enum {
  FIRST_ROWS,
  OPEN_AGAIN,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EngramNetworkPage, engram_network_page, GTK_TYPE_WIDGET)

static void
set_text (char       **member,
          const char  *text)
{
  char *copy = g_strdup (text);

  g_free (*member);
  *member = copy;
}

static void
remember_visited (EngramNetworkPage *self,
                  const char        *id)
{
  if (self->visited->len == MAXIMUM_VISITED)
    g_ptr_array_remove_index (self->visited, 0);
  g_ptr_array_add (self->visited, g_strdup (id));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_GO_BACK]);
}

static void
neuron_selected_cb (EngramNetworkPage *self,
                    const char        *id)
{
  gboolean has_returned = id != NULL && g_strcmp0 (id, self->returning) == 0;

  if (id != NULL && self->current != NULL && !has_returned && !g_str_equal (id, self->current))
    remember_visited (self, self->current);
  g_clear_pointer (&self->returning, g_free);
  if (id != NULL)
    set_text (&self->current, id);

  engram_details_pane_show_neuron (self->details, id);
  /* Where there is no room for both, who chooses a neuron wants to read about it. */
  if (id != NULL && adw_flap_get_folded (self->flap))
    adw_flap_set_reveal_flap (self->flap, TRUE);
}

static void
status_changed_cb (EngramNetworkPage *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATUS]);
}

static void
reveal_changed_cb (EngramNetworkPage *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DETAILS_VISIBLE]);
}

static gboolean
tell_narrow_cb (gpointer user_data)
{
  EngramNetworkPage *self = user_data;

  self->narrow_idle = 0;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NARROW]);
  return G_SOURCE_REMOVE;
}

/* The flap folds while sizes are given out, and what that changes elsewhere would miss its own. */
static void
folded_changed_cb (EngramNetworkPage *self)
{
  if (self->narrow_idle == 0)
    self->narrow_idle = g_idle_add_full (G_PRIORITY_HIGH_IDLE, tell_narrow_cb, self, NULL);
}

static void
first_rows_cb (EngramNetworkPage *self)
{
  g_signal_emit (self, signals[FIRST_ROWS], 0);
}

static void
network_changed_cb (EngramNetworkPage *self)
{
  if (self->model != NULL)
    {
      engram_neuron_model_refresh (self->model);
      engram_details_pane_refresh (self->details);
      return;
    }

  self->model = engram_neuron_model_new (self->database);
  g_signal_connect_object (self->model, "first-rows", G_CALLBACK (first_rows_cb), self, G_CONNECT_SWAPPED);
  engram_neuron_list_set_model (self->list, self->model);
}

static void
update_gone (EngramNetworkPage *self)
{
  const char *message = self->watch != NULL ? engram_change_watch_get_gone (self->watch) : NULL;

  if (message != NULL)
    gtk_label_set_text (self->gone_label, message);
  gtk_info_bar_set_revealed (self->gone_bar, message != NULL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_GONE]);
}

static void
gone_response_cb (EngramNetworkPage *self)
{
  g_signal_emit (self, signals[OPEN_AGAIN], 0);
}

static void
forget_network (EngramNetworkPage *self)
{
  if (self->watch != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->watch, self);
      engram_change_watch_stop (self->watch);
    }
  if (self->model != NULL)
    g_signal_handlers_disconnect_by_data (self->model, self);
  g_clear_object (&self->watch);
  g_clear_object (&self->model);
  g_clear_object (&self->database);
  g_ptr_array_set_size (self->visited, 0);
  g_clear_pointer (&self->current, g_free);
  g_clear_pointer (&self->returning, g_free);
}

static void
engram_network_page_map (GtkWidget *widget)
{
  EngramNetworkPage *self = ENGRAM_NETWORK_PAGE (widget);

  GTK_WIDGET_CLASS (engram_network_page_parent_class)->map (widget);

  if (self->watch != NULL)
    engram_change_watch_set_active (self->watch, TRUE);
}

static void
engram_network_page_unmap (GtkWidget *widget)
{
  EngramNetworkPage *self = ENGRAM_NETWORK_PAGE (widget);

  if (self->watch != NULL)
    engram_change_watch_set_active (self->watch, FALSE);

  GTK_WIDGET_CLASS (engram_network_page_parent_class)->unmap (widget);
}

static void
engram_network_page_get_property (GObject    *object,
                                  guint       property_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  EngramNetworkPage *self = ENGRAM_NETWORK_PAGE (object);

  switch (property_id)
    {
    case PROP_CAN_GO_BACK:
      g_value_set_boolean (value, self->visited->len > 0);
      break;
    case PROP_DETAILS_VISIBLE:
      g_value_set_boolean (value, adw_flap_get_reveal_flap (self->flap));
      break;
    case PROP_GONE:
      g_value_set_boolean (value, engram_network_page_is_gone (self));
      break;
    case PROP_NARROW:
      g_value_set_boolean (value, adw_flap_get_folded (self->flap));
      break;
    case PROP_STATUS:
      g_value_set_string (value, engram_neuron_list_get_status (self->list));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
engram_network_page_set_property (GObject      *object,
                                  guint         property_id,
                                  const GValue *value,
                                  GParamSpec   *pspec)
{
  EngramNetworkPage *self = ENGRAM_NETWORK_PAGE (object);

  switch (property_id)
    {
    case PROP_DETAILS_VISIBLE:
      adw_flap_set_reveal_flap (self->flap, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
engram_network_page_dispose (GObject *object)
{
  g_clear_handle_id (&ENGRAM_NETWORK_PAGE (object)->narrow_idle, g_source_remove);
  forget_network (ENGRAM_NETWORK_PAGE (object));
  gtk_widget_dispose_template (GTK_WIDGET (object), ENGRAM_TYPE_NETWORK_PAGE);

  G_OBJECT_CLASS (engram_network_page_parent_class)->dispose (object);
}

static void
engram_network_page_finalize (GObject *object)
{
  g_ptr_array_unref (ENGRAM_NETWORK_PAGE (object)->visited);

  G_OBJECT_CLASS (engram_network_page_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *object_class)
{
  GParamFlags flags = G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  properties[PROP_CAN_GO_BACK] = g_param_spec_boolean ("can-go-back", NULL, NULL, FALSE,
                                                       G_PARAM_READABLE | flags);
  properties[PROP_DETAILS_VISIBLE] = g_param_spec_boolean ("details-visible", NULL, NULL, TRUE,
                                                           G_PARAM_READWRITE | flags);
  properties[PROP_GONE] = g_param_spec_boolean ("gone", NULL, NULL, FALSE, G_PARAM_READABLE | flags);
  properties[PROP_NARROW] = g_param_spec_boolean ("narrow", NULL, NULL, FALSE, G_PARAM_READABLE | flags);
  properties[PROP_STATUS] = g_param_spec_string ("status", NULL, NULL, NULL, G_PARAM_READABLE | flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
engram_network_page_class_init (EngramNetworkPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = engram_network_page_dispose;
  object_class->finalize = engram_network_page_finalize;
  object_class->get_property = engram_network_page_get_property;
  object_class->set_property = engram_network_page_set_property;
  widget_class->map = engram_network_page_map;
  widget_class->unmap = engram_network_page_unmap;

  install_properties (object_class);
  signals[FIRST_ROWS] = g_signal_new ("first-rows", ENGRAM_TYPE_NETWORK_PAGE, G_SIGNAL_RUN_LAST, 0,
                                      NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[OPEN_AGAIN] = g_signal_new ("open-again", ENGRAM_TYPE_NETWORK_PAGE, G_SIGNAL_RUN_LAST, 0,
                                      NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (ENGRAM_TYPE_NEURON_LIST);
  g_type_ensure (ENGRAM_TYPE_DETAILS_PANE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/engram/Engram/ui/pages/engram-network-page.ui");
  gtk_widget_class_bind_template_child (widget_class, EngramNetworkPage, content);
  gtk_widget_class_bind_template_child (widget_class, EngramNetworkPage, gone_bar);
  gtk_widget_class_bind_template_child (widget_class, EngramNetworkPage, gone_label);
  gtk_widget_class_bind_template_child (widget_class, EngramNetworkPage, notices);
  gtk_widget_class_bind_template_child (widget_class, EngramNetworkPage, flap);
  gtk_widget_class_bind_template_child (widget_class, EngramNetworkPage, list);
  gtk_widget_class_bind_template_child (widget_class, EngramNetworkPage, details);
  gtk_widget_class_bind_template_callback (widget_class, gone_response_cb);
  gtk_widget_class_bind_template_callback (widget_class, neuron_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, status_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, reveal_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, folded_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, engram_network_page_select);
}

static void
engram_network_page_init (EngramNetworkPage *self)
{
  self->visited = g_ptr_array_new_with_free_func (g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * engram_network_page_new:
 *
 * Returns: the page, for engram_network_page_set_database() to fill
 */
GtkWidget *
engram_network_page_new (void)
{
  return g_object_new (ENGRAM_TYPE_NETWORK_PAGE, NULL);
}

/**
 * engram_network_page_set_database:
 * @self: the page
 * @database: (nullable): the network to show, or %NULL to let go of the one that is shown
 *
 * Shows another network, from its first neuron on.
 */
void
engram_network_page_set_database (EngramNetworkPage *self,
                                  EngramDatabase    *database)
{
  g_return_if_fail (ENGRAM_IS_NETWORK_PAGE (self));
  g_return_if_fail (database == NULL || ENGRAM_IS_DATABASE (database));

  forget_network (self);
  engram_neuron_list_set_model (self->list, NULL);
  engram_details_pane_show_neuron (self->details, NULL);
  engram_details_pane_set_database (self->details, database);
  engram_network_notices_fill (self->notices, database);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_GO_BACK]);
  update_gone (self);
  if (database == NULL)
    return;

  self->database = g_object_ref (database);
  self->watch = engram_change_watch_new (database);
  g_signal_connect_object (self->watch, "changed", G_CALLBACK (network_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->watch, "notify::gone", G_CALLBACK (update_gone), self, G_CONNECT_SWAPPED);
  /* Also where the page is not shown yet, so that the rows are there when it is. */
  engram_change_watch_check (self->watch);
  engram_change_watch_set_active (self->watch, gtk_widget_get_mapped (GTK_WIDGET (self)));
}

/**
 * engram_network_page_get_database:
 * @self: the page
 *
 * Returns: (nullable) (transfer none): the network that is shown
 */
EngramDatabase *
engram_network_page_get_database (EngramNetworkPage *self)
{
  g_return_val_if_fail (ENGRAM_IS_NETWORK_PAGE (self), NULL);

  return self->database;
}

/**
 * engram_network_page_is_gone:
 * @self: the page
 *
 * Returns: whether the file was moved, deleted or replaced, so that nothing more can be read from it
 */
gboolean
engram_network_page_is_gone (EngramNetworkPage *self)
{
  g_return_val_if_fail (ENGRAM_IS_NETWORK_PAGE (self), FALSE);

  return self->watch != NULL && engram_change_watch_get_gone (self->watch) != NULL;
}

/**
 * engram_network_page_get_list:
 * @self: the page
 *
 * Returns: (transfer none): the list of neurons
 */
EngramNeuronList *
engram_network_page_get_list (EngramNetworkPage *self)
{
  g_return_val_if_fail (ENGRAM_IS_NETWORK_PAGE (self), NULL);

  return self->list;
}

/**
 * engram_network_page_get_details:
 * @self: the page
 *
 * Returns: (transfer none): the details of the chosen neuron
 */
EngramDetailsPane *
engram_network_page_get_details (EngramNetworkPage *self)
{
  g_return_val_if_fail (ENGRAM_IS_NETWORK_PAGE (self), NULL);

  return self->details;
}

/**
 * engram_network_page_select:
 * @self: the page
 * @id: id of a neuron
 *
 * Chooses a neuron: the list goes there, the details are shown, and Back returns to the one that was chosen
 * before.
 */
void
engram_network_page_select (EngramNetworkPage *self,
                            const char        *id)
{
  g_return_if_fail (ENGRAM_IS_NETWORK_PAGE (self));
  g_return_if_fail (id != NULL);

  engram_neuron_list_select (self->list, id);
}

/**
 * engram_network_page_go_back:
 * @self: the page
 *
 * Chooses the neuron that was chosen before, if there is one.
 */
void
engram_network_page_go_back (EngramNetworkPage *self)
{
  g_return_if_fail (ENGRAM_IS_NETWORK_PAGE (self));

  if (self->visited->len == 0)
    return;

  g_free (self->returning);
  self->returning = g_ptr_array_steal_index (self->visited, self->visited->len - 1);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_GO_BACK]);
  engram_neuron_list_select (self->list, self->returning);
}
