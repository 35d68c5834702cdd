/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lists/engram-neuron-list.h"

#include <glib/gi18n.h>

#include "common/engram-status-page.h"
#include "common/engram-text-format.h"
#include "lists/engram-neuron-cells.h"

struct _EngramNeuronList
{
  GtkWidget parent_instance;

  /* template */
  GtkWidget *content;
  GtkColumnView *view;
  GtkStack *stack;
  GtkInfoBar *error_bar;
  GtkLabel *error_label;
  AdwStatusPage *empty_page;

  /* owned */
  EngramNeuronModel *model;
  GtkSingleSelection *selection;
  GSignalGroup *model_signals;
  GSignalGroup *row_signals;  /* of the selected row */
  GCancellable *search;       /* of what is looked for, or NULL */
  char *wanted_id;            /* what is looked for, or waits for a model */
  char *selected_id;          /* what "neuron-selected" told last */
  GError *search_error;
  char *status;

  gboolean row_known;         /* whether the neuron of the selected row is selected_id */
  guint scroll_position;      /* where to scroll, once there is a layout */
  guint scroll_frames;        /* how many frames until then */
  guint scroll_tick;
};

G_DEFINE_FINAL_TYPE (EngramNeuronList, engram_neuron_list, GTK_TYPE_WIDGET)

enum { PROPERTY_0, PROPERTY_STATUS, N_PROPERTIES };
enum { NEURON_SELECTED, N_SIGNALS };

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

static void start_search (EngramNeuronList *self,
                          const char       *id);

static char *
describe_status (EngramNeuronList *self)
{
  guint n_items, position;
  g_autofree char *count = NULL;
  g_autofree char *place = NULL;

  if (self->model == NULL)
    return g_strdup ("");
  n_items = g_list_model_get_n_items (G_LIST_MODEL (self->model));
  if (!engram_neuron_model_is_counted (self->model))
    return g_strdup (engram_neuron_model_get_loading (self->model) ? _("Reading…") : "");

  count = engram_format_count (n_items);
  position = gtk_single_selection_get_selected (self->selection);
  if (position == GTK_INVALID_LIST_POSITION)
    return g_strdup_printf (ngettext ("%s neuron", "%s neurons", n_items), count);
  place = engram_format_count ((guint64) position + 1);
  /* Translators: the place of the chosen neuron in the list, and how many there are. */
  return g_strdup_printf (_("Neuron %s of %s"), place, count);
}

static void
update_status (EngramNeuronList *self)
{
  g_autofree char *status = describe_status (self);

  if (g_strcmp0 (status, self->status) == 0)
    return;
  g_free (self->status);
  self->status = g_steal_pointer (&status);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROPERTY_STATUS]);
}

/* That the file is gone concerns more than this list: the page around it says so. */
static void
update_error (EngramNeuronList *self)
{
  const GError *error = self->model != NULL ? engram_neuron_model_get_error (self->model) : NULL;

  if (error == NULL)
    error = self->search_error;
  if (g_error_matches (error, ENGRAM_ERROR, ENGRAM_ERROR_NO_FILE))
    error = NULL;
  if (error != NULL)
    gtk_label_set_text (self->error_label, error->message);
  gtk_info_bar_set_revealed (self->error_bar, error != NULL);
}

static void
update_page (EngramNeuronList *self)
{
  gboolean empty = self->model != NULL && engram_neuron_model_is_counted (self->model) &&
                   g_list_model_get_n_items (G_LIST_MODEL (self->model)) == 0;

  gtk_stack_set_visible_child_name (self->stack, empty ? "empty" : "rows");
}

static void
update_all (EngramNeuronList *self)
{
  update_status (self);
  update_error (self);
  update_page (self);
}

static void
set_search_error (EngramNeuronList *self,
                  const GError     *error)
{
  g_clear_error (&self->search_error);
  self->search_error = error != NULL ? g_error_copy (error) : NULL;
  update_error (self);
}

/* Selection */

static void
tell_selected (EngramNeuronList *self,
               const char       *id)
{
  if (g_strcmp0 (id, self->selected_id) == 0)
    return;
  g_free (self->selected_id);
  self->selected_id = g_strdup (id);
  g_signal_emit (self, signals[NEURON_SELECTED], 0, self->selected_id);
}

static void
end_search (EngramNeuronList *self)
{
  g_cancellable_cancel (self->search);
  g_clear_object (&self->search);
  g_clear_pointer (&self->wanted_id, g_free);
}

/* Tells which neuron is chosen, if that has been read. */
static void
tell_row (EngramNeuronList *self,
          EngramNeuronRow  *row)
{
  const EngramNeuron *neuron = row != NULL ? engram_neuron_row_get_neuron (row) : NULL;

  self->row_known = neuron != NULL;
  if (row == NULL || neuron != NULL)
    tell_selected (self, neuron != NULL ? neuron->id : NULL);
}

static void
selection_changed_cb (EngramNeuronList *self)
{
  EngramNeuronRow *row = gtk_single_selection_get_selected_item (self->selection);

  g_signal_group_set_target (self->row_signals, row);
  if (row != NULL)
    {
      end_search (self);
      set_search_error (self, NULL);
    }
  update_status (self);
  tell_row (self, row);
}

/* The chosen row was read, or read again. A vacuum gives new rowids: then another neuron stands there, and
 * the chosen one is looked for. */
static void
selected_row_changed_cb (EngramNeuronList *self)
{
  EngramNeuronRow *row = gtk_single_selection_get_selected_item (self->selection);
  const EngramNeuron *neuron = row != NULL ? engram_neuron_row_get_neuron (row) : NULL;

  if (neuron != NULL && self->row_known && g_strcmp0 (neuron->id, self->selected_id) != 0)
    start_search (self, self->selected_id);
  else
    tell_row (self, row);
}

/* Scrolling */

/* What holds the rows of a column view. */
static GtkWidget *
find_inner_list (EngramNeuronList *self)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->view));

  while (child != NULL && !GTK_IS_LIST_VIEW (child))
    child = gtk_widget_get_next_sibling (child);
  return child;
}

/* The column view itself has no such action in GTK 4.8, the list in it has. */
static void
scroll_now (EngramNeuronList *self)
{
  GtkWidget *child = find_inner_list (self);

  if (child != NULL && self->scroll_position < g_list_model_get_n_items (G_LIST_MODEL (self->selection)))
    gtk_widget_activate_action (child, "list.scroll-to-item", "u", self->scroll_position);
}

static gboolean
scroll_tick_cb (GtkWidget     *widget,
                GdkFrameClock *clock,
                gpointer       user_data)
{
  EngramNeuronList *self = ENGRAM_NEURON_LIST (widget);

  if (self->scroll_frames-- > 0)
    return G_SOURCE_CONTINUE;
  scroll_now (self);
  self->scroll_tick = 0;
  return G_SOURCE_REMOVE;
}

/* Rows that have just come have a place only after the next layout, which follows the next tick. */
static void
scroll_to (EngramNeuronList *self,
           guint             position)
{
  self->scroll_position = position;
  self->scroll_frames = 1;
  if (self->scroll_tick == 0)
    self->scroll_tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), scroll_tick_cb, NULL, NULL);
}

/* Searching */

static void
search_failed (EngramNeuronList *self,
               const GError     *error)
{
  EngramNeuronRow *row = gtk_single_selection_get_selected_item (self->selection);
  const EngramNeuron *neuron = row != NULL ? engram_neuron_row_get_neuron (row) : NULL;

  end_search (self);
  set_search_error (self, error);
  /* The chosen neuron is gone, and another one stands in its row. */
  if (neuron != NULL && self->row_known && g_strcmp0 (neuron->id, self->selected_id) != 0)
    gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
}

static void
found_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  EngramNeuronList *self;
  g_autoptr (GError) error = NULL;
  guint position;
  gboolean found = engram_neuron_model_find_finish (ENGRAM_NEURON_MODEL (source), result, &position, &error);

  /* Cancelled when something else was chosen, or when the list went. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self = ENGRAM_NEURON_LIST (user_data);
  if (!found)
    {
      search_failed (self, error);
      return;
    }
  gtk_single_selection_set_selected (self->selection, position);
  selection_changed_cb (self);
  scroll_to (self, position);
}

static void
start_search (EngramNeuronList *self,
              const char       *id)
{
  g_autofree char *wanted_id = g_strdup (id);

  end_search (self);
  self->wanted_id = g_steal_pointer (&wanted_id);
  if (self->model == NULL)
    return;
  self->search = g_cancellable_new ();
  engram_neuron_model_find_async (self->model, self->wanted_id, self->search, found_cb, self);
}

/**
 * engram_neuron_list_select:
 * @self: a list
 * @id: (nullable): the id of a neuron, or %NULL for none
 *
 * Selects a neuron and scrolls to it, once its place is known. Where it cannot be found, the list says so.
 * Without a model, it waits for one.
 */
void
engram_neuron_list_select (EngramNeuronList *self,
                           const char       *id)
{
  g_return_if_fail (ENGRAM_IS_NEURON_LIST (self));

  if (id == NULL)
    {
      end_search (self);
      gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
    }
  else if (self->row_known && g_strcmp0 (id, self->selected_id) == 0)
    {
      end_search (self);
      scroll_to (self, gtk_single_selection_get_selected (self->selection));
    }
  else
    start_search (self, id);
}

/**
 * engram_neuron_list_get_selected:
 * @self: a list
 *
 * Returns: (nullable) (transfer none): the id that #EngramNeuronList::neuron-selected told last
 */
const char *
engram_neuron_list_get_selected (EngramNeuronList *self)
{
  g_return_val_if_fail (ENGRAM_IS_NEURON_LIST (self), NULL);

  return self->selected_id;
}

/* Model */

static void
try_again_cb (EngramNeuronList *self)
{
  set_search_error (self, NULL);
  if (self->model != NULL)
    engram_neuron_model_refresh (self->model);
}

/**
 * engram_neuron_list_set_model:
 * @self: a list
 * @model: (nullable): what it shows, or %NULL for nothing
 *
 * Nothing is selected then, unless engram_neuron_list_select() was called before there was a model.
 */
void
engram_neuron_list_set_model (EngramNeuronList  *self,
                              EngramNeuronModel *model)
{
  g_autofree char *wanted_id = NULL;

  g_return_if_fail (ENGRAM_IS_NEURON_LIST (self));
  g_return_if_fail (model == NULL || ENGRAM_IS_NEURON_MODEL (model));

  if (self->model == model)
    return;
  if (self->model == NULL)
    wanted_id = g_steal_pointer (&self->wanted_id);
  end_search (self);
  g_clear_error (&self->search_error);
  g_set_object (&self->model, model);
  g_signal_group_set_target (self->model_signals, model);
  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (model));
  update_all (self);
  if (wanted_id != NULL)
    start_search (self, wanted_id);
}

/**
 * engram_neuron_list_get_model:
 * @self: a list
 *
 * Returns: (nullable) (transfer none): what it shows
 */
EngramNeuronModel *
engram_neuron_list_get_model (EngramNeuronList *self)
{
  g_return_val_if_fail (ENGRAM_IS_NEURON_LIST (self), NULL);

  return self->model;
}

/**
 * engram_neuron_list_get_status:
 * @self: a list
 *
 * Returns: (transfer none): how many neurons there are and which is chosen, for people; may be empty
 */
const char *
engram_neuron_list_get_status (EngramNeuronList *self)
{
  g_return_val_if_fail (ENGRAM_IS_NEURON_LIST (self), NULL);

  return self->status;
}

/* GObject */

static void
engram_neuron_list_dispose (GObject *object)
{
  EngramNeuronList *self = ENGRAM_NEURON_LIST (object);

  end_search (self);
  if (self->scroll_tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->scroll_tick);
  self->scroll_tick = 0;
  g_clear_object (&self->model_signals);
  g_clear_object (&self->row_signals);
  if (self->selection != NULL)
    g_signal_handlers_disconnect_by_data (self->selection, self);
  g_clear_pointer (&self->content, gtk_widget_unparent);
  g_clear_object (&self->selection);
  g_clear_object (&self->model);

  G_OBJECT_CLASS (engram_neuron_list_parent_class)->dispose (object);
}

static void
engram_neuron_list_finalize (GObject *object)
{
  EngramNeuronList *self = ENGRAM_NEURON_LIST (object);

  g_free (self->selected_id);
  g_clear_error (&self->search_error);
  g_free (self->status);

  G_OBJECT_CLASS (engram_neuron_list_parent_class)->finalize (object);
}

static void
engram_neuron_list_get_property (GObject    *object,
                                 guint       property,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  EngramNeuronList *self = ENGRAM_NEURON_LIST (object);

  switch (property)
    {
    case PROPERTY_STATUS:
      g_value_set_string (value, self->status);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
engram_neuron_list_class_init (EngramNeuronListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = engram_neuron_list_dispose;
  object_class->finalize = engram_neuron_list_finalize;
  object_class->get_property = engram_neuron_list_get_property;

  properties[PROPERTY_STATUS] =
    g_param_spec_string ("status", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  /**
   * EngramNeuronList::neuron-selected:
   * @self: the list
   * @id: (nullable): the id of the neuron, or %NULL for none
   *
   * Another neuron is chosen, and its id is known.
   */
  signals[NEURON_SELECTED] =
    g_signal_new ("neuron-selected", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/engram/Engram/ui/lists/engram-neuron-list.ui");
  gtk_widget_class_bind_template_child (widget_class, EngramNeuronList, content);
  gtk_widget_class_bind_template_child (widget_class, EngramNeuronList, view);
  gtk_widget_class_bind_template_child (widget_class, EngramNeuronList, stack);
  gtk_widget_class_bind_template_child (widget_class, EngramNeuronList, error_bar);
  gtk_widget_class_bind_template_child (widget_class, EngramNeuronList, error_label);
  gtk_widget_class_bind_template_child (widget_class, EngramNeuronList, empty_page);
  gtk_widget_class_bind_template_callback (widget_class, try_again_cb);
}

static void
connect_model (EngramNeuronList *self)
{
  self->model_signals = g_signal_group_new (ENGRAM_TYPE_NEURON_MODEL);
  g_signal_group_connect_swapped (self->model_signals, "notify::error", G_CALLBACK (update_error), self);
  g_signal_group_connect_swapped (self->model_signals, "notify::loading", G_CALLBACK (update_all), self);
  self->row_signals = g_signal_group_new (ENGRAM_TYPE_NEURON_ROW);
  g_signal_group_connect_swapped (self->row_signals, "changed", G_CALLBACK (selected_row_changed_cb), self);
  g_signal_connect_swapped (self->selection, "notify::selected-item",
                            G_CALLBACK (selection_changed_cb), self);
  g_signal_connect_swapped (self->selection, "notify::selected", G_CALLBACK (update_status), self);
  g_signal_connect_swapped (self->selection, "items-changed", G_CALLBACK (update_page), self);
}

static void
engram_neuron_list_init (EngramNeuronList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  engram_status_page_set_name (self->empty_page);

  self->selection = gtk_single_selection_new (NULL);
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  connect_model (self);
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  engram_neuron_cells_add_columns (self->view);
  gtk_accessible_update_property (GTK_ACCESSIBLE (find_inner_list (self)), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Neurons"), -1);
  update_all (self);
}

/**
 * engram_neuron_list_new:
 *
 * Returns: (transfer floating): a list without a model
 */
GtkWidget *
engram_neuron_list_new (void)
{
  return g_object_new (ENGRAM_TYPE_NEURON_LIST, NULL);
}
