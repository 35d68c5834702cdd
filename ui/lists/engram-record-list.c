/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lists/engram-record-list-private.h"

#include <glib/gi18n.h>

#include "common/engram-status-page.h"

/* What a list says of what it shows; the accessible name of the rows, and the page of a network that has none. */
static const struct {
  const char *title;
  const char *empty_title;
  const char *empty_text;
  const char *nothing_text;
} texts[] = {
  [ENGRAM_RECORD_NEURON] = {
    N_("Neurons"), N_("No Neurons Yet"),
    N_("This network has no neurons. Add one with New Neuron in the main menu, or import documents."),
    N_("No neuron matches the filter."),
  },
  [ENGRAM_RECORD_SYNAPSE] = {
    N_("Synapses"), N_("No Synapses Yet"),
    N_("This network has no synapses. They come with documents that are imported, or from a program that trains it."),
    N_("No synapse matches the filter."),
  },
};

G_DEFINE_FINAL_TYPE (EngramRecordList, engram_record_list, GTK_TYPE_WIDGET)

enum { PROPERTY_0, PROPERTY_KIND, PROPERTY_STATUS, N_PROPERTIES };
enum { VIEW_CHANGED, FIRST_ROWS, SHOW_KIND, N_SIGNALS };

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

/* What holds the rows of a column view. */
GtkWidget *
engram_record_list_find_rows (EngramRecordList *self)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->view));

  while (child != NULL && !GTK_IS_LIST_VIEW (child))
    child = gtk_widget_get_next_sibling (child);
  return child;
}

/* Model and session */

static gboolean
is_looked_at (EngramRecordList *self)
{
  return self->counted || gtk_widget_get_mapped (GTK_WIDGET (self));
}

/* Asks the model for the rows of now, if anybody looks at them. */
void
engram_record_list_update_view (EngramRecordList *self)
{
  EngramQuery *query = self->session != NULL ? engram_session_get_query (self->session) : NULL;

  self->view_stale = TRUE;
  if (self->model == NULL || !is_looked_at (self))
    return;
  self->view_stale = FALSE;
  engram_record_list_expect_rows (self);
  engram_record_model_set_view (self->model, query, &self->sort);
  if (!engram_record_model_get_loading (self->model))
    engram_record_list_set_busy (self, FALSE);
  engram_record_list_update_all (self);
}

static void
session_changed_cb (EngramRecordList *self)
{
  self->data_stale = TRUE;
  if (self->model == NULL || !is_looked_at (self))
    return;
  self->data_stale = FALSE;
  engram_record_model_refresh (self->model, engram_session_is_foreign_change (self->session));
}

/* Somebody looks at it who did not before. */
static void
catch_up (EngramRecordList *self)
{
  engram_record_list_ensure_model (self);
  if (self->view_stale)
    engram_record_list_update_view (self);
  if (self->data_stale)
    session_changed_cb (self);
}

static void
first_rows_cb (EngramRecordList *self)
{
  g_signal_emit (self, signals[FIRST_ROWS], 0);
}

/* Another order begins at its top, unless a record is looked for. */
static void
model_view_changed_cb (EngramRecordList *self)
{
  engram_record_list_show_score_soon (self);
  engram_record_list_set_busy (self, FALSE);
  if (self->search == NULL)
    engram_record_list_scroll_to (self, 0);
  engram_record_list_update_all (self);
}

static void
loading_changed_cb (EngramRecordList *self)
{
  if (!engram_record_model_get_loading (self->model))
    engram_record_list_set_busy (self, FALSE);
  engram_record_list_update_all (self);
}

/* Rows that only moved, or went, are chosen by nobody; somebody who has chosen another row looks for nothing. */
static void
selection_changed_cb (EngramRecordList *self)
{
  gint64 rowid = engram_record_list_get_current_rowid (self);

  if (rowid != 0 && rowid != self->search_from)
    engram_record_list_end_search (self);
  engram_record_list_set_message (self, NULL);
  engram_record_list_update_status (self);
  engram_record_list_update_actions (self);
}

static void
message_response_cb (EngramRecordList *self,
                     int               response)
{
  engram_record_list_set_message (self, NULL);
  if (response == GTK_RESPONSE_OK && self->model != NULL)
    engram_record_model_refresh (self->model, FALSE);
}

static void
row_activated_cb (EngramRecordList *self,
                  guint             position)
{
  g_autoptr (EngramRecordRow) row = g_list_model_get_item (G_LIST_MODEL (self->model), position);
  EngramRecordValues values;

  if (row == NULL || !engram_columns_take_values (row, &values))
    return;
  engram_session_activate (self->session, self->kind, values.neuron != NULL ? values.neuron->id : values.synapse->id);
}

/* Before anything is drawn, for the slots below the top wait for their rows. */
static void
to_start_cb (EngramRecordList *self)
{
  if (self->search == NULL)
    gtk_widget_activate_action (engram_record_list_find_rows (self), "list.scroll-to-item", "u", 0);
  else
    engram_record_slots_settle (self->slots);
}

/* Somebody scrolls to rows that may be waited for. */
static void
scrolled_cb (EngramRecordList *self)
{
  if (self->slots != NULL)
    engram_record_slots_settle (self->slots);
}

static void
set_slots (EngramRecordList      *self,
           EngramRecordSelection *selection)
{
  g_autoptr (EngramRecordSlots) slots = selection != NULL ? engram_record_slots_new (selection) : NULL;

  if (slots != NULL)
    g_signal_connect_object (slots, "to-start", G_CALLBACK (to_start_cb), self, G_CONNECT_SWAPPED);
  g_set_object (&self->slots, slots);
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (slots));
}

static void
set_model (EngramRecordList  *self,
           EngramRecordModel *model)
{
  g_autoptr (EngramRecordSelection) selection = NULL;

  engram_record_list_end_search (self);
  g_clear_handle_id (&self->score_source, g_source_remove);
  g_cancellable_cancel (self->copying);
  g_clear_object (&self->copying);
  g_clear_object (&self->menu_row);
  g_clear_error (&self->message);
  engram_record_list_set_busy (self, FALSE);
  if (model != NULL)
    selection = engram_record_selection_new (model, engram_session_get_selection (self->session));
  g_set_object (&self->model, model);
  g_set_object (&self->selection, selection);
  g_signal_group_set_target (self->model_signals, model);
  g_signal_group_set_target (self->selection_signals, selection);
  set_slots (self, selection);
}

/* Nothing is read before somebody looks. */
void
engram_record_list_ensure_model (EngramRecordList *self)
{
  g_autoptr (EngramRecordModel) model = NULL;

  if (self->session == NULL || self->model != NULL)
    return;
  model = engram_record_model_new (engram_session_get_searcher (self->session), self->kind);
  set_model (self, model);
  self->view_stale = self->data_stale = FALSE;
  engram_record_list_show_score (self, engram_session_get_query (self->session));
  engram_record_model_set_view (self->model, engram_session_get_query (self->session), &self->sort);
  engram_record_list_update_all (self);
  if (self->wanted_id != NULL)
    engram_record_list_start_search (self);
}

/**
 * engram_record_list_set_session:
 * @self: a list
 * @session: (nullable): the network that it shows
 *
 * Shows another network, or none.
 */
void
engram_record_list_set_session (EngramRecordList *self,
                                EngramSession    *session)
{
  g_return_if_fail (ENGRAM_IS_RECORD_LIST (self));
  g_return_if_fail (session == NULL || ENGRAM_IS_SESSION (session));

  if (self->session == session)
    return;
  set_model (self, NULL);
  g_set_object (&self->session, session);
  g_signal_group_set_target (self->session_signals, session);
  engram_record_list_show_score (self, session != NULL ? engram_session_get_query (session) : NULL);
  if (is_looked_at (self) || self->wanted_id != NULL)
    engram_record_list_ensure_model (self);
  engram_record_list_update_all (self);
}

/**
 * engram_record_list_get_model:
 * @self: a list
 *
 * Returns: (nullable) (transfer none): the rows that it shows, which begin to be read at the latest now; %NULL
 *   without a session
 */
EngramRecordModel *
engram_record_list_get_model (EngramRecordList *self)
{
  g_return_val_if_fail (ENGRAM_IS_RECORD_LIST (self), NULL);

  engram_record_list_ensure_model (self);
  return self->model;
}

/**
 * engram_record_list_set_counted:
 * @self: a list
 * @counted: whether it follows the session while it is not seen
 *
 * Somebody else shows how many rows there are: a picture says how many the filter leaves.
 */
void
engram_record_list_set_counted (EngramRecordList *self,
                                gboolean          counted)
{
  g_return_if_fail (ENGRAM_IS_RECORD_LIST (self));

  if (self->counted == counted)
    return;
  self->counted = counted;
  if (counted)
    catch_up (self);
}

/**
 * engram_record_list_get_status:
 * @self: a list
 *
 * Returns: (transfer none): how many rows there are, or which of them are chosen, for people; may be empty
 */
const char *
engram_record_list_get_status (EngramRecordList *self)
{
  g_return_val_if_fail (ENGRAM_IS_RECORD_LIST (self), NULL);

  return self->status;
}

/* GObject */

static void
engram_record_list_map (GtkWidget *widget)
{
  EngramRecordList *self = ENGRAM_RECORD_LIST (widget);

  GTK_WIDGET_CLASS (engram_record_list_parent_class)->map (widget);
  catch_up (self);
}

static gboolean
engram_record_list_focus (GtkWidget        *widget,
                          GtkDirectionType  direction)
{
  return engram_record_list_move_focus (ENGRAM_RECORD_LIST (widget), direction,
                                        GTK_WIDGET_CLASS (engram_record_list_parent_class));
}

static void
engram_record_list_dispose (GObject *object)
{
  EngramRecordList *self = ENGRAM_RECORD_LIST (object);

  /* Columns that go with the list are nobody's choice. */
  self->laying_out = TRUE;
  if (self->session_signals != NULL)
    {
      set_model (self, NULL);
      g_signal_group_set_target (self->session_signals, NULL);
    }
  g_clear_handle_id (&self->remember_timeout, g_source_remove);
  if (self->scroll_tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->scroll_tick);
  self->scroll_tick = 0;
  g_clear_object (&self->session);
  g_clear_object (&self->session_signals);
  g_clear_object (&self->model_signals);
  g_clear_object (&self->selection_signals);
  g_clear_pointer (&self->menu, gtk_widget_unparent);
  g_clear_pointer (&self->content, gtk_widget_unparent);
  g_clear_object (&self->actions);

  G_OBJECT_CLASS (engram_record_list_parent_class)->dispose (object);
}

static void
engram_record_list_finalize (GObject *object)
{
  EngramRecordList *self = ENGRAM_RECORD_LIST (object);

  g_free (self->wanted_id);
  g_clear_error (&self->message);
  g_free (self->status);

  G_OBJECT_CLASS (engram_record_list_parent_class)->finalize (object);
}

static void
engram_record_list_get_property (GObject    *object,
                                 guint       property,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  EngramRecordList *self = ENGRAM_RECORD_LIST (object);

  switch (property)
    {
    case PROPERTY_KIND:
      g_value_set_uint (value, self->kind);
      break;
    case PROPERTY_STATUS:
      g_value_set_string (value, self->status);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
engram_record_list_set_property (GObject      *object,
                                 guint         property,
                                 const GValue *value,
                                 GParamSpec   *pspec)
{
  EngramRecordList *self = ENGRAM_RECORD_LIST (object);

  switch (property)
    {
    case PROPERTY_KIND:
      self->kind = g_value_get_uint (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
set_texts (EngramRecordList *self)
{
  const char *title = _(texts[self->kind].title);

  adw_status_page_set_title (self->empty_page, _(texts[self->kind].empty_title));
  adw_status_page_set_description (self->empty_page, _(texts[self->kind].empty_text));
  adw_status_page_set_description (self->nothing_page, _(texts[self->kind].nothing_text));
  engram_status_page_set_name (self->empty_page);
  engram_status_page_set_name (self->nothing_page);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scroller), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (engram_record_list_find_rows (self)),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
}

static void
engram_record_list_constructed (GObject *object)
{
  EngramRecordList *self = ENGRAM_RECORD_LIST (object);

  G_OBJECT_CLASS (engram_record_list_parent_class)->constructed (object);
  set_texts (self);
  g_signal_connect_object (gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->view)), "value-changed",
                           G_CALLBACK (scrolled_cb), self, G_CONNECT_SWAPPED);
  engram_record_list_add_columns (self);
  engram_record_list_add_actions (self);
  engram_record_list_add_menu (self);
  engram_record_list_add_keys (self);
  engram_record_list_update_all (self);
}

static void
install_signals (EngramRecordListClass *klass)
{
  /**
   * EngramRecordList::view-changed:
   * @self: the list
   *
   * A person has changed columns or sort: engram_record_list_dup_layout() gives what is to be remembered.
   */
  signals[VIEW_CHANGED] =
    g_signal_new ("view-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * EngramRecordList::first-rows:
   * @self: the list
   *
   * The first rows of a session can be shown, or there are none. Once for each session.
   */
  signals[FIRST_ROWS] =
    g_signal_new ("first-rows", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * EngramRecordList::show-kind:
   * @self: the list
   * @kind: an #EngramRecordKind
   *
   * The person wants to see what the session's query leaves of that kind.
   */
  signals[SHOW_KIND] =
    g_signal_new ("show-kind", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                  G_TYPE_UINT);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/engram/Engram/ui/lists/engram-record-list.ui");
  gtk_widget_class_bind_template_child (widget_class, EngramRecordList, content);
  gtk_widget_class_bind_template_child (widget_class, EngramRecordList, message_bar);
  gtk_widget_class_bind_template_child (widget_class, EngramRecordList, message_label);
  gtk_widget_class_bind_template_child (widget_class, EngramRecordList, try_again_button);
  gtk_widget_class_bind_template_child (widget_class, EngramRecordList, close_button);
  gtk_widget_class_bind_template_child (widget_class, EngramRecordList, busy_box);
  gtk_widget_class_bind_template_child (widget_class, EngramRecordList, busy_spinner);
  gtk_widget_class_bind_template_child (widget_class, EngramRecordList, stack);
  gtk_widget_class_bind_template_child (widget_class, EngramRecordList, scroller);
  gtk_widget_class_bind_template_child (widget_class, EngramRecordList, view);
  gtk_widget_class_bind_template_child (widget_class, EngramRecordList, empty_page);
  gtk_widget_class_bind_template_child (widget_class, EngramRecordList, nothing_page);
  gtk_widget_class_bind_template_callback (widget_class, message_response_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
engram_record_list_class_init (EngramRecordListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = engram_record_list_constructed;
  object_class->dispose = engram_record_list_dispose;
  object_class->finalize = engram_record_list_finalize;
  object_class->get_property = engram_record_list_get_property;
  object_class->set_property = engram_record_list_set_property;
  widget_class->map = engram_record_list_map;
  widget_class->focus = engram_record_list_focus;

  properties[PROPERTY_KIND] =
    g_param_spec_uint ("kind", NULL, NULL, ENGRAM_RECORD_NEURON, ENGRAM_RECORD_SYNAPSE, ENGRAM_RECORD_NEURON,
                       G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROPERTY_STATUS] =
    g_param_spec_string ("status", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  install_signals (klass);
  bind_template (widget_class);
  engram_record_list_add_bindings (widget_class);
}

static void
connect_signals (EngramRecordList *self)
{
  self->session_signals = g_signal_group_new (ENGRAM_TYPE_SESSION);
  g_signal_group_connect_swapped (self->session_signals, "notify::query",
                                  G_CALLBACK (engram_record_list_update_view), self);
  g_signal_group_connect_swapped (self->session_signals, "changed", G_CALLBACK (session_changed_cb), self);
  g_signal_group_connect_swapped (self->session_signals, "analysed", G_CALLBACK (engram_record_list_analysed), self);
  self->model_signals = g_signal_group_new (ENGRAM_TYPE_RECORD_MODEL);
  g_signal_group_connect_swapped (self->model_signals, "notify::error",
                                  G_CALLBACK (engram_record_list_update_message), self);
  g_signal_group_connect_swapped (self->model_signals, "notify::loading", G_CALLBACK (loading_changed_cb), self);
  g_signal_group_connect_swapped (self->model_signals, "first-rows", G_CALLBACK (first_rows_cb), self);
  g_signal_group_connect_swapped (self->model_signals, "view-changed", G_CALLBACK (model_view_changed_cb), self);
  self->selection_signals = g_signal_group_new (ENGRAM_TYPE_RECORD_SELECTION);
  g_signal_group_connect_swapped (self->selection_signals, "selection-changed",
                                  G_CALLBACK (selection_changed_cb), self);
  g_signal_group_connect_swapped (self->selection_signals, "notify::settled",
                                  G_CALLBACK (engram_record_list_update_all), self);
  g_signal_group_connect_swapped (self->selection_signals, "items-changed",
                                  G_CALLBACK (engram_record_list_update_all), self);
}

static void
engram_record_list_init (EngramRecordList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  connect_signals (self);
}

/**
 * engram_record_list_new:
 * @kind: neurons or synapses
 *
 * Returns: (transfer floating): a list without a session
 */
GtkWidget *
engram_record_list_new (EngramRecordKind kind)
{
  return g_object_new (ENGRAM_TYPE_RECORD_LIST, "kind", (guint) kind, NULL);
}
