/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dialogs/comparison/engram-difference-browser.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "common/engram-check-button.h"
#include "common/engram-control.h"
#include "common/engram-text-format.h"
#include "dialogs/comparison/engram-difference-row.h"
#include "dialogs/comparison/engram-difference-values.h"

struct _EngramDifferenceBrowser {
  GtkWidget             parent_instance;

  GtkWidget            *content;
  GtkWidget            *kind;
  GtkWidget            *status;
  GtkWidget            *sort;
  GtkStack             *stack;
  GtkListView          *view;
  GtkWidget            *nothing;
  GtkWidget            *values;
  GtkWidget            *show;
  GtkWidget            *delete_added;
  GtkWidget            *bring_back;

  EngramCompared       *compared;    /* or NULL */
  EngramDifferenceList *list;        /* or NULL */
  GCancellable         *ordering;    /* or NULL */
  gboolean              editable;
  gboolean              filling;     /* the program sets the controls */
};

enum {
  PROP_0,
  PROP_LOADING,
  N_PROPERTIES,
};

enum {
  BRING_BACK,
  SHOW,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EngramDifferenceBrowser, engram_difference_browser, GTK_TYPE_WIDGET)

/* In the order of the drop-down; all of them first. */
static const EngramComparisonStatus statuses[] = {
  ENGRAM_COMPARISON_NONE, ENGRAM_COMPARISON_ADDED, ENGRAM_COMPARISON_REMOVED, ENGRAM_COMPARISON_CHANGED,
  ENGRAM_COMPARISON_UNCLEAR,
};

/* In the order of the drop-down of each kind. */
static const EngramDifferenceSort sorts[][3] = {
  [ENGRAM_RECORD_NEURON] = { ENGRAM_DIFFERENCES_BY_DRIFT, ENGRAM_DIFFERENCES_BY_MOVE, ENGRAM_DIFFERENCES_BY_ROWS },
  [ENGRAM_RECORD_SYNAPSE] = { ENGRAM_DIFFERENCES_BY_WEIGHT, ENGRAM_DIFFERENCES_BY_ROWS, ENGRAM_DIFFERENCES_BY_ROWS },
};

static EngramRecordKind
get_kind (EngramDifferenceBrowser *self)
{
  return gtk_drop_down_get_selected (GTK_DROP_DOWN (self->kind)) == 0 ? ENGRAM_RECORD_NEURON : ENGRAM_RECORD_SYNAPSE;
}

static guint
get_statuses (EngramDifferenceBrowser *self)
{
  guint chosen = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->status));
  guint all = 0;

  for (guint i = 1; i < G_N_ELEMENTS (statuses); i++)
    all |= 1u << statuses[i];
  return chosen == 0 || chosen >= G_N_ELEMENTS (statuses) ? all : 1u << statuses[chosen];
}

/* What is selected */

/* How many of the selected ones were added, and how many were not but can be brought back. */
static void
count_selected (EngramDifferenceBrowser *self,
                guint64                 *n_added,
                guint64                 *n_others)
{
  EngramDifferenceOrder *order;
  const GtkBitset *selected;
  GtkBitsetIter iter;
  guint place;

  *n_added = *n_others = 0;
  if (self->list == NULL)
    return;
  order = engram_difference_list_get_order (self->list);
  selected = engram_difference_list_get_selected (self->list);
  /* A million of them are not looked at one by one. */
  if (gtk_bitset_get_size (selected) == order->n_places)
    {
      *n_added = order->counts[ENGRAM_COMPARISON_ADDED];
      *n_others = (guint64) order->counts[ENGRAM_COMPARISON_CHANGED] + order->counts[ENGRAM_COMPARISON_REMOVED];
      return;
    }
  for (gboolean more = gtk_bitset_iter_init_first (&iter, selected, &place); more;
       more = gtk_bitset_iter_next (&iter, &place))
    {
      EngramComparisonStatus status = engram_difference_order_get_status (order, place);

      *n_added += status == ENGRAM_COMPARISON_ADDED;
      *n_others += status == ENGRAM_COMPARISON_CHANGED || status == ENGRAM_COMPARISON_REMOVED;
    }
}

static void
update_bring_back (EngramDifferenceBrowser *self)
{
  g_autofree char *count = NULL, *label = NULL;
  guint64 n_added, n_others;

  count_selected (self, &n_added, &n_others);
  gtk_widget_set_visible (self->delete_added, n_added > 0 && self->editable);
  if (engram_difference_browser_get_delete_added (self))
    n_others += n_added;
  count = engram_format_count (n_others);
  if (n_others == 0)
    label = g_strdup (_("_Bring Back"));
  else
    /* Translators: makes so many neurons or synapses what they were. */
    label = g_strdup_printf (_("_Bring Back %s"), count);
  gtk_button_set_label (GTK_BUTTON (self->bring_back), label);
  gtk_widget_set_sensitive (self->bring_back, n_others > 0 && self->editable);
  gtk_widget_set_tooltip_text (self->bring_back, self->editable
                               ? _("Make the selected ones what they are in the other file; removed neurons come with "
                                   "their synapses")
                               : _("This network can be looked at, not written"));
}

static gboolean
get_only_row (EngramDifferenceBrowser *self,
              EngramComparisonRow     *row)
{
  const GtkBitset *selected = self->list != NULL ? engram_difference_list_get_selected (self->list) : NULL;

  if (selected == NULL || gtk_bitset_get_size (selected) != 1)
    return FALSE;
  engram_difference_order_get_row (engram_difference_list_get_order (self->list), gtk_bitset_get_minimum (selected),
                                   row);
  return TRUE;
}

static void
show_how_many (EngramDifferenceBrowser *self)
{
  guint64 n_selected = self->list != NULL ? gtk_bitset_get_size (engram_difference_list_get_selected (self->list)) : 0;
  g_autofree char *count = engram_format_count (n_selected);
  g_autofree char *text = NULL;

  if (n_selected == 0)
    text = g_strdup (_("Select a difference to see its values before and now."));
  else
    text = g_strdup_printf (ngettext ("%s difference is selected.", "%s differences are selected.",
                                      (gulong) n_selected), count);
  engram_difference_values_show_text (ENGRAM_DIFFERENCE_VALUES (self->values), text);
}

static void
selection_changed_cb (EngramDifferenceBrowser *self)
{
  EngramComparisonRow row;
  gboolean is_one = get_only_row (self, &row);

  if (is_one)
    engram_difference_values_show (ENGRAM_DIFFERENCE_VALUES (self->values), self->compared, &row);
  else
    show_how_many (self);
  gtk_widget_set_sensitive (self->show, is_one && row.status != ENGRAM_COMPARISON_REMOVED);
  update_bring_back (self);
}

/* Showing one in the window */

static void
show_place (EngramDifferenceBrowser *self,
            guint                    place)
{
  g_autoptr (EngramDifferenceItem) item = NULL;
  const EngramComparisonItem *read;

  if (self->list == NULL)
    return;
  item = g_list_model_get_item (G_LIST_MODEL (self->list), place);
  read = item != NULL ? engram_difference_item_get (item) : NULL;
  if (read != NULL && read->id != NULL && read->row.status != ENGRAM_COMPARISON_REMOVED)
    g_signal_emit (self, signals[SHOW], 0, (guint) read->row.kind, read->id);
}

static void
show_cb (EngramDifferenceBrowser *self)
{
  const GtkBitset *selected = self->list != NULL ? engram_difference_list_get_selected (self->list) : NULL;

  if (selected != NULL && gtk_bitset_get_size (selected) == 1)
    show_place (self, gtk_bitset_get_minimum (selected));
}

static void
bring_back_cb (EngramDifferenceBrowser *self)
{
  g_signal_emit (self, signals[BRING_BACK], 0);
}

/* The list */

typedef struct {
  EngramCompared       *compared;
  EngramRecordKind      kind;
  guint                 statuses;
  EngramDifferenceSort  sort;
} Ordering;

static void
ordering_free (gpointer data)
{
  Ordering *self = data;

  engram_compared_unref (self->compared);
  g_free (self);
}

static void
order (GTask        *task,
       gpointer      source_object,
       gpointer      task_data,
       GCancellable *cancellable)
{
  const Ordering *self = task_data;
  GError *error = NULL;
  EngramDifferenceOrder *made = engram_difference_order_new (self->compared->comparison, self->kind, self->statuses,
                                                             self->sort, cancellable, &error);

  if (made != NULL)
    g_task_return_pointer (task, made, (GDestroyNotify) engram_difference_order_unref);
  else
    g_task_return_error (task, error);
}

static void
set_list (EngramDifferenceBrowser *self,
          EngramDifferenceList    *list)
{
  g_set_object (&self->list, list);
  gtk_list_view_set_model (self->view, list != NULL ? GTK_SELECTION_MODEL (list) : NULL);
  if (list != NULL)
    g_signal_connect_object (list, "selection-changed", G_CALLBACK (selection_changed_cb), self, G_CONNECT_SWAPPED);
  selection_changed_cb (self);
}

static void
failed_cb (EngramDifferenceBrowser *self,
           const GError            *error)
{
  engram_difference_values_show_text (ENGRAM_DIFFERENCE_VALUES (self->values), error->message);
}

static void
ordered_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  EngramDifferenceBrowser *self;
  g_autoptr (GError) error = NULL;
  g_autoptr (EngramDifferenceOrder) made = g_task_propagate_pointer (G_TASK (result), &error);
  g_autoptr (EngramDifferenceList) list = NULL;

  /* Another is being made, or nobody wants one. */
  if (made == NULL)
    return;
  self = ENGRAM_DIFFERENCE_BROWSER (user_data);
  g_clear_object (&self->ordering);
  list = engram_difference_list_new (self->compared, made);
  g_signal_connect_object (list, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
  set_list (self, list);
  gtk_stack_set_visible_child_name (self->stack, made->n_places > 0 ? "list" : "nothing");
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

static void
start_ordering (EngramDifferenceBrowser *self)
{
  g_autoptr (GTask) task = NULL;
  Ordering *ordering;
  EngramRecordKind kind = get_kind (self);
  guint sort = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->sort));

  g_cancellable_cancel (self->ordering);
  g_clear_object (&self->ordering);
  set_list (self, NULL);
  if (self->compared == NULL)
    return;
  ordering = g_new0 (Ordering, 1);
  ordering->compared = engram_compared_ref (self->compared);
  ordering->kind = kind;
  ordering->statuses = get_statuses (self);
  ordering->sort = sorts[kind][MIN (sort, G_N_ELEMENTS (sorts[0]) - 1)];
  self->ordering = g_cancellable_new ();
  /* Without a source: its last reference must not go in a worker. */
  task = g_task_new (NULL, self->ordering, ordered_cb, self);
  g_task_set_source_tag (task, start_ordering);
  g_task_set_task_data (task, ordering, ordering_free);
  g_task_run_in_thread (task, order);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

/* Controls */

static void
set_sorts (EngramDifferenceBrowser *self)
{
  const char *neurons[] = { _("Vector Drift"), _("Distance Moved"), _("Order of Rows"), NULL };
  const char *synapses[] = { _("Weight Change"), _("Order of Rows"), NULL };
  gboolean is_neuron = get_kind (self) == ENGRAM_RECORD_NEURON;
  g_autoptr (GtkStringList) names = gtk_string_list_new (is_neuron ? neurons : synapses);
  gboolean only_moved = self->compared != NULL && self->compared->drifts.n_values == 0;

  self->filling = TRUE;
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->sort), G_LIST_MODEL (names));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->sort), is_neuron && only_moved ? 1 : 0);
  self->filling = FALSE;
}

static void
choice_changed_cb (EngramDifferenceBrowser *self)
{
  if (!self->filling)
    start_ordering (self);
}

static void
kind_changed_cb (EngramDifferenceBrowser *self)
{
  if (self->filling)
    return;
  set_sorts (self);
  start_ordering (self);
}

static GtkWidget *
create_drop_down (EngramDifferenceBrowser *self,
                  const char * const      *names,
                  const char              *name,
                  GCallback                changed)
{
  GtkWidget *drop_down = gtk_drop_down_new_from_strings (names);

  engram_control_set_name (drop_down, name);
  gtk_widget_set_hexpand (drop_down, TRUE);
  engram_control_narrow (GTK_DROP_DOWN (drop_down), 10);
  g_signal_connect_swapped (drop_down, "notify::selected", changed, self);
  return drop_down;
}

static GtkWidget *
create_choices (EngramDifferenceBrowser *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  const char *kinds[] = { _("Neurons"), _("Synapses"), NULL };
  const char *none[] = { "", NULL };
  const char *names[G_N_ELEMENTS (statuses) + 1] = { _("All Differences") };

  for (guint i = 1; i < G_N_ELEMENTS (statuses); i++)
    names[i] = engram_difference_get_status_label (statuses[i]);
  self->filling = TRUE;
  self->kind = create_drop_down (self, kinds, _("What is listed"), G_CALLBACK (kind_changed_cb));
  self->status = create_drop_down (self, names, _("Which differences"),
                                   G_CALLBACK (choice_changed_cb));
  self->sort = create_drop_down (self, none, _("Sorted by"), G_CALLBACK (choice_changed_cb));
  self->filling = FALSE;
  set_sorts (self);
  gtk_widget_add_css_class (box, "toolbar");
  gtk_box_append (GTK_BOX (box), self->kind);
  gtk_box_append (GTK_BOX (box), self->status);
  gtk_box_append (GTK_BOX (box), self->sort);
  return box;
}

static void
activate_cb (EngramDifferenceBrowser *self,
             guint                    place)
{
  show_place (self, place);
}

static GtkWidget *
create_list (EngramDifferenceBrowser *self)
{
  GtkWidget *stack = gtk_stack_new (), *scroller = gtk_scrolled_window_new ();

  self->stack = GTK_STACK (stack);
  self->view = GTK_LIST_VIEW (gtk_list_view_new (NULL, engram_difference_row_create_factory ()));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Differences"), -1);
  g_signal_connect_swapped (self->view, "activate", G_CALLBACK (activate_cb), self);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->view));
  gtk_accessible_update_property (GTK_ACCESSIBLE (scroller), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Differences"), -1);
  self->nothing = gtk_label_new (_("There are no differences of that kind."));
  gtk_widget_add_css_class (self->nothing, "dim-label");
  gtk_label_set_wrap (GTK_LABEL (self->nothing), TRUE);
  gtk_stack_add_named (self->stack, scroller, "list");
  gtk_stack_add_named (self->stack, self->nothing, "nothing");
  gtk_widget_set_vexpand (stack, TRUE);
  gtk_widget_set_size_request (stack, -1, 140);
  return stack;
}

static GtkWidget *
create_actions (EngramDifferenceBrowser *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->show = gtk_button_new_with_mnemonic (_("S_how"));
  gtk_widget_set_tooltip_text (self->show, _("Select it in the window of the network"));
  g_signal_connect_swapped (self->show, "clicked", G_CALLBACK (show_cb), self);
  self->delete_added = engram_check_button_new ();
  gtk_check_button_set_label (GTK_CHECK_BUTTON (self->delete_added), _("Delete added ones"));
  g_signal_connect_swapped (self->delete_added, "toggled", G_CALLBACK (update_bring_back), self);
  gtk_widget_set_hexpand (self->delete_added, TRUE);
  gtk_widget_set_halign (self->delete_added, GTK_ALIGN_END);
  self->bring_back = gtk_button_new_with_mnemonic (_("_Bring Back"));
  gtk_widget_set_hexpand (self->bring_back, TRUE);
  gtk_widget_set_halign (self->bring_back, GTK_ALIGN_END);
  g_signal_connect_swapped (self->bring_back, "clicked", G_CALLBACK (bring_back_cb), self);
  gtk_widget_add_css_class (box, "toolbar");
  gtk_box_append (GTK_BOX (box), self->show);
  gtk_box_append (GTK_BOX (box), self->delete_added);
  gtk_box_append (GTK_BOX (box), self->bring_back);
  return box;
}

static void
build (EngramDifferenceBrowser *self)
{
  GtkWidget *paned = gtk_paned_new (GTK_ORIENTATION_VERTICAL);

  self->content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->values = engram_difference_values_new ();
  gtk_widget_set_size_request (self->values, -1, 120);
  gtk_box_append (GTK_BOX (self->content), create_choices (self));
  gtk_paned_set_start_child (GTK_PANED (paned), create_list (self));
  gtk_paned_set_end_child (GTK_PANED (paned), self->values);
  gtk_paned_set_shrink_start_child (GTK_PANED (paned), FALSE);
  gtk_paned_set_shrink_end_child (GTK_PANED (paned), FALSE);
  gtk_widget_set_vexpand (paned, TRUE);
  engram_control_set_name (paned, _("List and values"));
  gtk_box_append (GTK_BOX (self->content), paned);
  gtk_box_append (GTK_BOX (self->content), create_actions (self));
  gtk_widget_set_parent (self->content, GTK_WIDGET (self));
}

/* GObject */

static void
engram_difference_browser_get_property (GObject    *object,
                                        guint       property_id,
                                        GValue     *value,
                                        GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_LOADING:
      g_value_set_boolean (value, ENGRAM_DIFFERENCE_BROWSER (object)->ordering != NULL);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
engram_difference_browser_dispose (GObject *object)
{
  EngramDifferenceBrowser *self = ENGRAM_DIFFERENCE_BROWSER (object);

  g_cancellable_cancel (self->ordering);
  g_clear_object (&self->ordering);
  g_clear_object (&self->list);
  g_clear_pointer (&self->content, gtk_widget_unparent);
  g_clear_pointer (&self->compared, engram_compared_unref);

  G_OBJECT_CLASS (engram_difference_browser_parent_class)->dispose (object);
}

static void
engram_difference_browser_class_init (EngramDifferenceBrowserClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = engram_difference_browser_dispose;
  object_class->get_property = engram_difference_browser_get_property;
  properties[PROP_LOADING] =
    g_param_spec_boolean ("loading", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  signals[BRING_BACK] = g_signal_new ("bring-back", ENGRAM_TYPE_DIFFERENCE_BROWSER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                      NULL, G_TYPE_NONE, 0);
  signals[SHOW] = g_signal_new ("show-record", ENGRAM_TYPE_DIFFERENCE_BROWSER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_STRING);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
engram_difference_browser_init (EngramDifferenceBrowser *self)
{
  build (self);
  selection_changed_cb (self);
}

GtkWidget *
engram_difference_browser_new (void)
{
  return g_object_new (ENGRAM_TYPE_DIFFERENCE_BROWSER, NULL);
}

/* Synapses first where no neuron differs. */
static void
choose_kind (EngramDifferenceBrowser *self)
{
  const EngramComparisonCounts *neurons =
    engram_comparison_get_counts (self->compared->comparison, ENGRAM_RECORD_NEURON);
  const EngramComparisonCounts *synapses =
    engram_comparison_get_counts (self->compared->comparison, ENGRAM_RECORD_SYNAPSE);
  gboolean only_synapses = neurons->added + neurons->removed + neurons->changed == 0
                           && synapses->added + synapses->removed + synapses->changed > 0;

  self->filling = TRUE;
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->kind), only_synapses ? 1 : 0);
  self->filling = FALSE;
  set_sorts (self);
}

void
engram_difference_browser_set_compared (EngramDifferenceBrowser *self,
                                        EngramCompared          *compared,
                                        gboolean                 editable)
{
  g_return_if_fail (ENGRAM_IS_DIFFERENCE_BROWSER (self));

  g_clear_pointer (&self->compared, engram_compared_unref);
  self->compared = compared != NULL ? engram_compared_ref (compared) : NULL;
  self->editable = editable;
  if (compared != NULL)
    choose_kind (self);
  start_ordering (self);
}

EngramDifferenceList *
engram_difference_browser_get_list (EngramDifferenceBrowser *self)
{
  g_return_val_if_fail (ENGRAM_IS_DIFFERENCE_BROWSER (self), NULL);

  return self->list;
}

gboolean
engram_difference_browser_get_delete_added (EngramDifferenceBrowser *self)
{
  g_return_val_if_fail (ENGRAM_IS_DIFFERENCE_BROWSER (self), FALSE);

  return gtk_check_button_get_active (GTK_CHECK_BUTTON (self->delete_added))
         && gtk_widget_get_visible (self->delete_added);
}
