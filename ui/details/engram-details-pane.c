/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "details/engram-details-pane-private.h"

#include "common/engram-status-page.h"
#include "views/engram-walk.h"

G_DEFINE_FINAL_TYPE (EngramDetailsPane, engram_details_pane, GTK_TYPE_WIDGET)

enum { PROPERTY_0, PROPERTY_LOADING, N_PROPERTIES };

static GParamSpec *properties[N_PROPERTIES];

/* The session */

static void
editing_changed_cb (EngramDetailsPane *self)
{
  if (self->view == NULL || self->leaving != NULL)
    return;
  if (engram_details_pane_is_editing (self))
    engram_record_view_set_editing (self->view, TRUE);
  else
    engram_details_pane_leave (self);
}

/* Walking along the synapses: the lists of them lead on, these keys back. */

static void
walk_back_cb (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  EngramDetailsPane *self = ENGRAM_DETAILS_PANE (widget);

  if (self->session != NULL)
    engram_walk_go_back (engram_walk_of (self->session));
}

static void
walk_mark_cb (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  EngramDetailsPane *self = ENGRAM_DETAILS_PANE (widget);

  if (self->session != NULL)
    engram_walk_toggle_current (engram_walk_of (self->session));
}

static void
add_walking (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "walk.back", NULL, walk_back_cb);
  gtk_widget_class_install_action (widget_class, "walk.mark", NULL, walk_mark_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_b, 0, "walk.back", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_m, 0, "walk.mark", NULL);
}

/* GObject */

static void
engram_details_pane_dispose (GObject *object)
{
  EngramDetailsPane *self = ENGRAM_DETAILS_PANE (object);

  engram_details_pane_stop_loading (self);
  g_clear_pointer (&self->leaving, engram_leaving_free);
  engram_details_pane_return_leave_task (self, TRUE);
  if (self->stack != NULL)
    {
      engram_details_pane_clear_view (self);
      gtk_widget_unparent (GTK_WIDGET (self->stack));
    }
  self->stack = NULL;
  g_clear_object (&self->session_signals);
  g_clear_object (&self->session);

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
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/engram/Engram/ui/details/engram-details-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, EngramDetailsPane, stack);
  gtk_widget_class_bind_template_child (widget_class, EngramDetailsPane, spinner);
  gtk_widget_class_bind_template_child (widget_class, EngramDetailsPane, none_page);
  gtk_widget_class_bind_template_child (widget_class, EngramDetailsPane, error_page);
  gtk_widget_class_bind_template_child (widget_class, EngramDetailsPane, neuron_clamp);
  gtk_widget_class_bind_template_child (widget_class, EngramDetailsPane, synapse_clamp);
  gtk_widget_class_bind_template_callback (widget_class, engram_details_pane_refresh);
}

static void
engram_details_pane_class_init (EngramDetailsPaneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

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
   * The person chose to go to another neuron.
   */
  g_signal_new ("neuron-activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                G_TYPE_STRING);
  bind_template (GTK_WIDGET_CLASS (klass));
  add_walking (GTK_WIDGET_CLASS (klass));
}

static void
engram_details_pane_init (EngramDetailsPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  engram_status_page_set_name (self->none_page);
  self->session_signals = g_signal_group_new (ENGRAM_TYPE_SESSION);
  g_signal_group_connect_swapped (self->session_signals, "changed", G_CALLBACK (engram_details_pane_refresh), self);
  g_signal_group_connect_swapped (self->session_signals, "notify::editing", G_CALLBACK (editing_changed_cb), self);
}

/**
 * engram_details_pane_new:
 *
 * Returns: (transfer floating): a pane that shows nothing
 */
GtkWidget *
engram_details_pane_new (void)
{
  return g_object_new (ENGRAM_TYPE_DETAILS_PANE, NULL);
}

/**
 * engram_details_pane_set_session:
 * @self: a pane
 * @session: (nullable): the network whose records are shown and edited
 *
 * Nothing is shown then. What is typed and was not written is given up: see engram_details_pane_leave_async().
 */
void
engram_details_pane_set_session (EngramDetailsPane *self,
                                 EngramSession     *session)
{
  g_return_if_fail (ENGRAM_IS_DETAILS_PANE (self));
  g_return_if_fail (session == NULL || ENGRAM_IS_SESSION (session));

  g_clear_pointer (&self->leaving, engram_leaving_free);
  engram_details_pane_return_leave_task (self, TRUE);
  g_clear_pointer (&self->id, g_free);
  engram_details_pane_load (self);
  g_set_object (&self->session, session);
  g_signal_group_set_target (self->session_signals, session);
  /* From here on it knows where the person has been. */
  if (session != NULL)
    engram_walk_of (session);
}

/**
 * engram_details_pane_show:
 * @self: a pane with a session
 * @kind: what it is
 * @id: (nullable): its id, or %NULL for none
 *
 * Reads a record in a worker and shows it, once what is typed has been written.
 */
void
engram_details_pane_show (EngramDetailsPane *self,
                          EngramRecordKind   kind,
                          const char        *id)
{
  g_autofree char *wanted_id = g_strdup (id);

  g_return_if_fail (ENGRAM_IS_DETAILS_PANE (self));
  g_return_if_fail (id == NULL || self->session != NULL);

  g_free (self->id);
  self->id = g_steal_pointer (&wanted_id);
  self->kind = kind;
  if (self->leaving == NULL && engram_details_pane_shows (self, self->kind, self->id))
    engram_details_pane_load (self);
  else
    engram_details_pane_leave (self);
}

/**
 * engram_details_pane_get_neuron:
 * @self: a pane
 *
 * Returns: (nullable) (transfer none): the id of the neuron that was asked for last; %NULL where that is none, or was
 *   a synapse
 */
const char *
engram_details_pane_get_neuron (EngramDetailsPane *self)
{
  g_return_val_if_fail (ENGRAM_IS_DETAILS_PANE (self), NULL);

  return self->kind == ENGRAM_RECORD_NEURON ? self->id : NULL;
}

/**
 * engram_details_pane_get_loading:
 * @self: a pane
 *
 * Returns: whether what was asked for last is not all shown yet
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
 * Reads again what is shown. What has not changed stays as it is, and so does what is typed.
 */
void
engram_details_pane_refresh (EngramDetailsPane *self)
{
  const EngramDetails *details;

  g_return_if_fail (ENGRAM_IS_DETAILS_PANE (self));

  /* On the way to another record it is still this one that is edited. */
  details = self->leaving != NULL && self->view != NULL ? engram_record_view_get_details (self->view) : NULL;
  if (details != NULL)
    engram_details_pane_load_record (self, details->kind, engram_details_get_id (details));
  else if (self->id != NULL)
    engram_details_pane_load (self);
}

/**
 * engram_details_pane_has_unsaved:
 * @self: a pane
 *
 * Returns: whether something is typed that has not been written, or is being written
 */
gboolean
engram_details_pane_has_unsaved (EngramDetailsPane *self)
{
  EngramRecordEditor *editor;

  g_return_val_if_fail (ENGRAM_IS_DETAILS_PANE (self), FALSE);

  editor = engram_details_pane_get_editor (self);
  return editor != NULL &&
         (engram_record_editor_is_writing (editor) || engram_record_editor_get_unsaved (editor) != NULL ||
          engram_record_view_get_typed_synapse (self->view) != NULL);
}
