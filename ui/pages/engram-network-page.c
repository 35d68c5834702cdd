/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pages/engram-network-page-private.h"

#include "common/engram-status-label.h"
#include "common/engram-toast.h"

static const char * const view_names[] = {
  [ENGRAM_RECORD_NEURON] = "neurons",
  [ENGRAM_RECORD_SYNAPSE] = "synapses",
};

enum {
  PROP_0,
  PROP_CAN_GO_BACK,
  PROP_DETAILS_VISIBLE,
  PROP_FILTERS_VISIBLE,
  PROP_SEARCHING,
  PROP_NARROW,
  PROP_STATUS,
  PROP_VIEW,
  PROP_SESSION,
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
notify (EngramNetworkPage *self,
        guint              property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

void
engram_network_page_notify_back (EngramNetworkPage *self)
{
  notify (self, PROP_CAN_GO_BACK);
}

/* What is shown */

EngramRecordKind
engram_network_page_get_kind (EngramNetworkPage *self)
{
  const char *name;

  g_return_val_if_fail (ENGRAM_IS_NETWORK_PAGE (self), ENGRAM_RECORD_NEURON);

  name = adw_view_stack_get_visible_child_name (self->views);
  if (engram_network_page_get_picture (self) != NULL)
    return self->picture_kind;
  return g_strcmp0 (name, view_names[ENGRAM_RECORD_SYNAPSE]) == 0 ? ENGRAM_RECORD_SYNAPSE : ENGRAM_RECORD_NEURON;
}

EngramNetworkView *
engram_network_page_get_picture (EngramNetworkPage *self)
{
  GtkWidget *shown = adw_view_stack_get_visible_child (self->views);

  if (ENGRAM_IS_GRAPH_VIEW (shown))
    return engram_graph_view_get_network_view (ENGRAM_GRAPH_VIEW (shown));
  return ENGRAM_IS_SPACE_VIEW (shown) ? engram_space_view_get_network_view (ENGRAM_SPACE_VIEW (shown)) : NULL;
}

EngramRecordList *
engram_network_page_get_list (EngramNetworkPage *self,
                              EngramRecordKind   kind)
{
  g_return_val_if_fail (ENGRAM_IS_NETWORK_PAGE (self), NULL);

  return kind == ENGRAM_RECORD_NEURON ? self->neurons : self->synapses;
}

static EngramRecordList *
get_shown_list (EngramNetworkPage *self)
{
  return engram_network_page_get_list (self, engram_network_page_get_kind (self));
}

static void
update_counts (EngramNetworkPage *self)
{
  EngramRecordList *list = get_shown_list (self);
  EngramRecordModel *model = engram_record_list_get_model (list);

  /* Below a picture stands how many a list has that is not seen. */
  engram_record_list_set_counted (self->neurons, list == self->neurons);
  engram_record_list_set_counted (self->synapses, list == self->synapses);
  if (model != NULL && engram_record_model_is_counted (model))
    engram_search_bar_set_counts (self->search_bar, g_list_model_get_n_items (G_LIST_MODEL (model)),
                                  engram_record_model_get_n_all (model), engram_network_page_get_kind (self));
}

static void
status_changed_cb (EngramNetworkPage *self)
{
  update_counts (self);
  notify (self, PROP_STATUS);
}

static void
view_changed_cb (EngramNetworkPage *self)
{
  notify (self, PROP_VIEW);
  status_changed_cb (self);
  engram_network_page_follow_selection (self);
  engram_network_page_remember_soon (self);
}

void
engram_network_page_show_kind (EngramNetworkPage *self,
                               EngramRecordKind   kind)
{
  adw_view_stack_set_visible_child_name (self->views, view_names[kind]);
}

/* What the query leaves of another kind is asked for. */
static void
show_kind_cb (EngramNetworkPage *self,
              guint              kind)
{
  engram_network_page_show_kind (self, kind);
}

static void
layout_changed_cb (EngramNetworkPage *self)
{
  engram_network_page_remember_soon (self);
}

static void
reveal_changed_cb (EngramNetworkPage *self,
                   GParamSpec        *property,
                   AdwFlap           *flap)
{
  engram_network_page_pane_changed (self, flap);
  engram_network_page_pane_revealed (self, flap);
  notify (self, PROP_DETAILS_VISIBLE);
  notify (self, PROP_FILTERS_VISIBLE);
  engram_network_page_remember_soon (self);
}

static void
search_revealed_cb (EngramNetworkPage *self)
{
  /* Its completion offers types and tags with their counts. */
  engram_filter_pane_set_wanted (self->filters, gtk_revealer_get_reveal_child (self->search_revealer));
  notify (self, PROP_SEARCHING);
}

static gboolean
tell_narrow_cb (gpointer user_data)
{
  EngramNetworkPage *self = user_data;

  self->narrow_idle = 0;
  notify (self, PROP_NARROW);
  return G_SOURCE_REMOVE;
}

/* The flap folds while sizes are given out, and what that changes elsewhere would miss its own. */
static void
folded_changed_cb (EngramNetworkPage *self,
                   GParamSpec        *property,
                   AdwFlap           *flap)
{
  engram_network_page_pane_folded (self, flap);
  engram_network_page_remember_soon (self);
  if (self->narrow_idle == 0)
    self->narrow_idle = g_idle_add_full (G_PRIORITY_HIGH_IDLE, tell_narrow_cb, self, NULL);
}

static void
first_rows_cb (EngramNetworkPage *self)
{
  if (self->rows_told)
    return;
  self->rows_told = TRUE;
  engram_network_page_focus_first (self);
  g_signal_emit (self, signals[FIRST_ROWS], 0);
}

static void
facets_changed_cb (EngramNetworkPage *self)
{
  engram_search_bar_set_facets (self->search_bar, engram_filter_pane_get_facets (self->filters));
}

static void
search_stopped_cb (EngramNetworkPage *self)
{
  engram_network_page_focus_view (self);
}

static gboolean
key_pressed_cb (EngramNetworkPage *self,
                guint              key)
{
  return key == GDK_KEY_Escape && engram_network_page_uncover (self) ? GDK_EVENT_STOP : GDK_EVENT_PROPAGATE;
}

/* The menu is that of the list which is shown when it opens. */
static void
view_menu_shown_cb (EngramNetworkPage *self,
                    GtkPopover        *popover)
{
  gtk_popover_set_child (popover, engram_record_list_create_view_menu (get_shown_list (self)));
}

static void
bookmarks_shown_cb (EngramNetworkPage *self)
{
  engram_network_page_begin_bookmarks (self);
}

static void
behind_response_cb (EngramNetworkPage *self)
{
  engram_session_set_following (self->session, TRUE);
}

static void
gone_response_cb (EngramNetworkPage *self)
{
  g_signal_emit (self, signals[OPEN_AGAIN], 0);
}

/* GtkWidget and GObject */

static void
engram_network_page_map (GtkWidget *widget)
{
  EngramNetworkPage *self = ENGRAM_NETWORK_PAGE (widget);

  GTK_WIDGET_CLASS (engram_network_page_parent_class)->map (widget);

  if (self->session != NULL)
    engram_session_set_active (self->session, TRUE);
}

static void
engram_network_page_unmap (GtkWidget *widget)
{
  EngramNetworkPage *self = ENGRAM_NETWORK_PAGE (widget);

  if (self->session != NULL)
    engram_session_set_active (self->session, FALSE);

  GTK_WIDGET_CLASS (engram_network_page_parent_class)->unmap (widget);
}

/* What is said above the lists is not said again below them. */
static const char *
get_status (EngramNetworkPage *self)
{
  const char *status = engram_record_list_get_status (get_shown_list (self));

  return g_strcmp0 (status, engram_search_bar_get_counts (self->search_bar)) == 0 ? "" : status;
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
      g_value_set_boolean (value, self->visited != NULL && self->visited->len > 0);
      break;
    case PROP_DETAILS_VISIBLE:
      g_value_set_boolean (value, adw_flap_get_reveal_flap (self->flap));
      break;
    case PROP_FILTERS_VISIBLE:
      g_value_set_boolean (value, adw_flap_get_reveal_flap (self->filters_flap));
      break;
    case PROP_SEARCHING:
      g_value_set_boolean (value, gtk_revealer_get_reveal_child (self->search_revealer));
      break;
    /* Bindings of the template ask before it is whole. */
    case PROP_NARROW:
      g_value_set_boolean (value, self->flap != NULL && adw_flap_get_folded (self->flap));
      break;
    case PROP_STATUS:
      g_value_set_string (value, self->views != NULL ? get_status (self) : NULL);
      break;
    case PROP_VIEW:
      g_value_set_string (value, adw_view_stack_get_visible_child_name (self->views));
      break;
    case PROP_SESSION:
      g_value_set_object (value, self->session);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
set_view (EngramNetworkPage *self,
          const char        *name)
{
  /* A name from D-Bus or from a file may be any. */
  if (name != NULL && adw_view_stack_get_child_by_name (self->views, name) != NULL)
    adw_view_stack_set_visible_child_name (self->views, name);
}

static void
set_searching (EngramNetworkPage *self,
               gboolean           searching)
{
  GtkWidget *focus = engram_network_page_get_focus (self);

  engram_search_bar_set_open (self->search_bar, searching);
  gtk_revealer_set_reveal_child (self->search_revealer, searching);
  if (searching)
    engram_search_bar_focus (self->search_bar);
  else if (focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->search_bar)))
    engram_network_page_focus_view (self);
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
      engram_network_page_reveal_pane (self, self->flap, g_value_get_boolean (value));
      break;
    case PROP_FILTERS_VISIBLE:
      engram_network_page_reveal_pane (self, self->filters_flap, g_value_get_boolean (value));
      break;
    case PROP_SEARCHING:
      set_searching (self, g_value_get_boolean (value));
      break;
    case PROP_VIEW:
      set_view (self, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
engram_network_page_dispose (GObject *object)
{
  EngramNetworkPage *self = ENGRAM_NETWORK_PAGE (object);

  if (self->content != NULL)
    engram_network_page_forget_network (self);
  g_clear_handle_id (&self->narrow_idle, g_source_remove);
  g_clear_handle_id (&self->remember_timer, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (object), ENGRAM_TYPE_NETWORK_PAGE);

  G_OBJECT_CLASS (engram_network_page_parent_class)->dispose (object);
}

static void
engram_network_page_finalize (GObject *object)
{
  EngramNetworkPage *self = ENGRAM_NETWORK_PAGE (object);

  g_clear_pointer (&self->visited, g_ptr_array_unref);
  g_clear_object (&self->jobs);
  g_free (self->renamed_bookmark);

  G_OBJECT_CLASS (engram_network_page_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *object_class)
{
  GParamFlags readable = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GParamFlags writable = readable | G_PARAM_WRITABLE;

  properties[PROP_CAN_GO_BACK] = g_param_spec_boolean ("can-go-back", NULL, NULL, FALSE, readable);
  properties[PROP_DETAILS_VISIBLE] = g_param_spec_boolean ("details-visible", NULL, NULL, TRUE, writable);
  properties[PROP_FILTERS_VISIBLE] = g_param_spec_boolean ("filters-visible", NULL, NULL, FALSE, writable);
  properties[PROP_SEARCHING] = g_param_spec_boolean ("searching", NULL, NULL, FALSE, writable);
  properties[PROP_NARROW] = g_param_spec_boolean ("narrow", NULL, NULL, FALSE, readable);
  properties[PROP_STATUS] = g_param_spec_string ("status", NULL, NULL, NULL, readable);
  properties[PROP_VIEW] = g_param_spec_string ("view", NULL, NULL, "neurons", writable);
  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, ENGRAM_TYPE_SESSION, readable);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/engram/Engram/ui/pages/engram-network-page.ui");
  gtk_widget_class_bind_template_child (widget_class, EngramNetworkPage, content);
  gtk_widget_class_bind_template_child (widget_class, EngramNetworkPage, search_revealer);
  gtk_widget_class_bind_template_child (widget_class, EngramNetworkPage, search_bar);
  gtk_widget_class_bind_template_child (widget_class, EngramNetworkPage, gone_bar);
  gtk_widget_class_bind_template_child (widget_class, EngramNetworkPage, gone_label);
  gtk_widget_class_bind_template_child (widget_class, EngramNetworkPage, behind_bar);
  gtk_widget_class_bind_template_child (widget_class, EngramNetworkPage, notices);
  gtk_widget_class_bind_template_child (widget_class, EngramNetworkPage, toasts);
  gtk_widget_class_bind_template_child (widget_class, EngramNetworkPage, filters_flap);
  gtk_widget_class_bind_template_child (widget_class, EngramNetworkPage, filters);
  gtk_widget_class_bind_template_child (widget_class, EngramNetworkPage, filters_handle);
  gtk_widget_class_bind_template_child (widget_class, EngramNetworkPage, flap);
  gtk_widget_class_bind_template_child (widget_class, EngramNetworkPage, views);
  gtk_widget_class_bind_template_child (widget_class, EngramNetworkPage, switcher_bar);
  gtk_widget_class_bind_template_child (widget_class, EngramNetworkPage, neurons);
  gtk_widget_class_bind_template_child (widget_class, EngramNetworkPage, graph);
  gtk_widget_class_bind_template_child (widget_class, EngramNetworkPage, space);
  gtk_widget_class_bind_template_child (widget_class, EngramNetworkPage, synapses);
  gtk_widget_class_bind_template_child (widget_class, EngramNetworkPage, details_handle);
  gtk_widget_class_bind_template_child (widget_class, EngramNetworkPage, details_stack);
  gtk_widget_class_bind_template_child (widget_class, EngramNetworkPage, figures);
  gtk_widget_class_bind_template_child (widget_class, EngramNetworkPage, details);
  gtk_widget_class_bind_template_child (widget_class, EngramNetworkPage, job_bar);
  gtk_widget_class_bind_template_child (widget_class, EngramNetworkPage, follow_button);
  gtk_widget_class_bind_template_child (widget_class, EngramNetworkPage, bookmarks_button);
  gtk_widget_class_bind_template_child (widget_class, EngramNetworkPage, status_label);
  gtk_widget_class_bind_template_callback (widget_class, behind_response_cb);
  gtk_widget_class_bind_template_callback (widget_class, bookmarks_shown_cb);
  gtk_widget_class_bind_template_callback (widget_class, engram_network_page_select);
  gtk_widget_class_bind_template_callback (widget_class, facets_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, first_rows_cb);
  gtk_widget_class_bind_template_callback (widget_class, folded_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, gone_response_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, layout_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, engram_network_page_enter_pane);
  gtk_widget_class_bind_template_callback (widget_class, reveal_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_revealed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_stopped_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_kind_cb);
  gtk_widget_class_bind_template_callback (widget_class, status_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, view_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, view_menu_shown_cb);
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

  g_type_ensure (ENGRAM_TYPE_DETAILS_PANE);
  g_type_ensure (ENGRAM_TYPE_FIGURES_PANE);
  g_type_ensure (ENGRAM_TYPE_FILTER_PANE);
  g_type_ensure (ENGRAM_TYPE_JOB_BAR);
  g_type_ensure (ENGRAM_TYPE_PANE_HANDLE);
  g_type_ensure (ENGRAM_TYPE_RECORD_LIST);
  g_type_ensure (ENGRAM_TYPE_SEARCH_BAR);
  g_type_ensure (ENGRAM_TYPE_GRAPH_VIEW);
  g_type_ensure (ENGRAM_TYPE_SPACE_VIEW);
  gtk_widget_class_install_action (widget_class, "page.show-in-graph", NULL, engram_network_page_show_in_graph);
  gtk_widget_class_install_action (widget_class, "page.show-in-space", NULL, engram_network_page_show_in_space);
  bind_template (widget_class);
}

static void
engram_network_page_init (EngramNetworkPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  engram_status_label_set_up (self->status_label);
  engram_network_page_begin_jobs (self);
  engram_network_page_begin_panes (self);
  g_signal_connect_object (engram_graph_view_get_network_view (self->graph), "appearance-changed",
                           G_CALLBACK (layout_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->graph, "options-changed", G_CALLBACK (layout_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (engram_space_view_get_network_view (self->space), "appearance-changed",
                           G_CALLBACK (layout_changed_cb), self, G_CONNECT_SWAPPED);
  notify (self, PROP_NARROW);
  notify (self, PROP_STATUS);
  engram_network_page_forget_visits (self);
}

GtkWidget *
engram_network_page_new (void)
{
  return g_object_new (ENGRAM_TYPE_NETWORK_PAGE, NULL);
}

EngramDetailsPane *
engram_network_page_get_details (EngramNetworkPage *self)
{
  g_return_val_if_fail (ENGRAM_IS_NETWORK_PAGE (self), NULL);

  return self->details;
}

AdwViewStack *
engram_network_page_get_views (EngramNetworkPage *self)
{
  g_return_val_if_fail (ENGRAM_IS_NETWORK_PAGE (self), NULL);

  return self->views;
}

AdwViewSwitcherBar *
engram_network_page_get_switcher_bar (EngramNetworkPage *self)
{
  g_return_val_if_fail (ENGRAM_IS_NETWORK_PAGE (self), NULL);

  return self->switcher_bar;
}

/**
 * engram_network_page_select:
 * @self: the page
 * @id: id of a neuron
 *
 * Chooses a neuron: its list goes there, the details are shown, and Back returns to what was chosen before.
 */
void
engram_network_page_select (EngramNetworkPage *self,
                            const char        *id)
{
  g_return_if_fail (ENGRAM_IS_NETWORK_PAGE (self));
  g_return_if_fail (id != NULL);

  if (self->session != NULL)
    engram_session_activate (self->session, ENGRAM_RECORD_NEURON, id);
  else
    engram_record_list_select (self->neurons, id);
}

void
engram_network_page_search (EngramNetworkPage *self)
{
  g_return_if_fail (ENGRAM_IS_NETWORK_PAGE (self));

  set_searching (self, TRUE);
}

void
engram_network_page_add_toast (EngramNetworkPage *self,
                               AdwToast          *toast)
{
  g_return_if_fail (ENGRAM_IS_NETWORK_PAGE (self));
  g_return_if_fail (ADW_IS_TOAST (toast));

  adw_toast_overlay_add_toast (self->toasts, toast);
}

void
engram_network_page_tell (EngramNetworkPage *self,
                          const char        *text)
{
  g_return_if_fail (ENGRAM_IS_NETWORK_PAGE (self));

  engram_network_page_add_toast (self, engram_toast_new (text));
}
