/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dialogs/prune/engram-prune-victims.h"

#include <glib/gi18n.h>
#include <math.h>

#include "common/engram-control.h"
#include "common/engram-text-format.h"
#include "lists/engram-record-model.h"

/* A handle that moves asks for one list after the other. */
#define REST_MILLISECONDS 120
#define MIN_HEIGHT 220
/* More than the widest row shows. */
#define MAX_TEXT 60
#define MIN_END_CHARACTERS 9

#define ROW_LABELS "engram-row-labels"

struct _EngramPruneVictims {
  GtkWidget          parent_instance;

  GtkStack          *stack;
  GtkLabel          *none;
  GtkListView       *list;

  EngramSession     *session;
  EngramRecordModel *model;
  char              *none_text; /* or NULL */
  double             threshold; /* of the model's query; 0 before there is one */
  double             wanted;
  guint              rest;      /* a timeout, or 0 */
};

enum {
  LISTED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EngramPruneVictims, engram_prune_victims, GTK_TYPE_WIDGET)

EngramQuery *
engram_prune_query_new (EngramQuery *query,
                        double       threshold)
{
  const EngramRange range = { -threshold, threshold, TRUE, TRUE };

  g_return_val_if_fail (threshold > 0, NULL);

  return engram_query_with_range (query, ENGRAM_QUERY_WEIGHT, &range);
}

/* Rows */

static char *
format_end (const char *summary)
{
  return summary != NULL ? engram_format_label (summary, MAX_TEXT) : g_strdup (_("This neuron does not exist"));
}

/* Weak weights need more figures than others. */
static char *
format_weight (const EngramSynapse *synapse)
{
  g_autofree char *amount = engram_format_rounded (fabs (synapse->weight));

  return g_strconcat (synapse->weight < 0 ? "\342\210\222" : "+", amount, NULL);
}

/* The widgets of a row. */
typedef struct {
  GtkLabel *source;
  GtkLabel *arrow;
  GtkLabel *target;
  GtkLabel *weight;
} RowLabels;

static void
set_labels (RowLabels  *labels,
            const char *source,
            const char *arrow,
            const char *target,
            const char *weight)
{
  gtk_label_set_text (labels->source, source);
  gtk_label_set_text (labels->arrow, arrow);
  gtk_label_set_text (labels->target, target);
  gtk_label_set_text (labels->weight, weight);
}

/* What is read aloud of a row: all of it, or @weight alone where there are no ends. */
static void
name_row (GtkListItem *item,
          const char  *source,
          const char  *target,
          const char  *weight)
{
  GtkWidget *row = gtk_widget_get_parent (gtk_list_item_get_child (item));
  /* Translators: what a screen reader says of a synapse: the texts of the neurons at its ends, and the weight. */
  g_autofree char *name = source != NULL ? g_strdup_printf (_("From %s to %s, weight %s"), source, target, weight)
                                         : g_strdup (weight);

  if (row != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
show_row (EngramRecordRow *row,
          GtkListItem     *item)
{
  RowLabels *labels = g_object_get_data (G_OBJECT (item), ROW_LABELS);
  const EngramSynapse *synapse = engram_record_row_get_synapse (row);
  g_autofree char *source = NULL;
  g_autofree char *target = NULL;
  g_autofree char *weight = NULL;

  if (synapse == NULL)
    {
      const char *state = engram_record_row_is_loading (row) ? _("Loading…") : _("This row cannot be read");

      set_labels (labels, state, "", "", "");
      name_row (item, NULL, NULL, state);
      return;
    }
  source = format_end (engram_record_row_get_source_summary (row));
  target = format_end (engram_record_row_get_target_summary (row));
  weight = format_weight (synapse);
  set_labels (labels, source, "→", target, weight);
  name_row (item, source, target, weight);
}

static GtkLabel *
add_label (GtkBox   *box,
           gboolean  is_end)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (is_end)
    {
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_label_set_width_chars (GTK_LABEL (label), MIN_END_CHARACTERS);
    }
  gtk_box_append (box, label);
  return GTK_LABEL (label);
}

static void
setup_cb (GtkListItemFactory *factory,
          GtkListItem        *item)
{
  GtkBox *box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9));
  RowLabels *labels = g_new (RowLabels, 1);

  labels->source = add_label (box, TRUE);
  labels->arrow = add_label (box, FALSE);
  labels->target = add_label (box, TRUE);
  labels->weight = add_label (box, FALSE);
  gtk_widget_set_hexpand (GTK_WIDGET (labels->target), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (labels->weight), "numeric");
  gtk_widget_add_css_class (GTK_WIDGET (box), "engram-prune-victim");
  g_object_set_data_full (G_OBJECT (item), ROW_LABELS, labels, g_free);
  gtk_list_item_set_child (item, GTK_WIDGET (box));
}

static void
bind_cb (GtkListItemFactory *factory,
         GtkListItem        *item)
{
  EngramRecordRow *row = gtk_list_item_get_item (item);

  g_signal_connect (row, "changed", G_CALLBACK (show_row), item);
  show_row (row, item);
}

static void
unbind_cb (GtkListItemFactory *factory,
           GtkListItem        *item)
{
  g_signal_handlers_disconnect_by_func (gtk_list_item_get_item (item), show_row, item);
}

static void
activate_cb (EngramPruneVictims *self,
             guint               position)
{
  g_autoptr (EngramRecordRow) row = g_list_model_get_item (G_LIST_MODEL (self->model), position);
  const EngramSynapse *synapse = row != NULL ? engram_record_row_get_synapse (row) : NULL;

  if (synapse != NULL && synapse->id != NULL)
    engram_session_activate (self->session, ENGRAM_RECORD_SYNAPSE, synapse->id);
}

/* Listing */

static gboolean
is_listed (EngramPruneVictims *self)
{
  return self->model != NULL && self->threshold > 0 && self->threshold == self->wanted &&
         !engram_record_model_get_loading (self->model) && engram_record_model_get_error (self->model) == NULL;
}

static void
show_state (EngramPruneVictims *self)
{
  const GError *error = self->model != NULL ? engram_record_model_get_error (self->model) : NULL;
  gboolean has_rows = self->wanted > 0 && self->model != NULL &&
                      g_list_model_get_n_items (G_LIST_MODEL (self->model)) > 0;

  if (error != NULL)
    gtk_label_set_text (self->none, error->message);
  else if (self->none_text != NULL)
    gtk_label_set_text (self->none, self->none_text);
  if (error != NULL || self->none_text != NULL)
    gtk_stack_set_visible_child_name (self->stack, "none");
  else if (has_rows || is_listed (self))
    gtk_stack_set_visible_child_name (self->stack, "list");
}

static void
model_changed_cb (EngramPruneVictims *self)
{
  show_state (self);
  if (is_listed (self))
    g_signal_emit (self, signals[LISTED], 0);
}

static void
create_model (EngramPruneVictims *self)
{
  g_autoptr (GtkNoSelection) rows = NULL;

  self->model = engram_record_model_new (engram_session_get_searcher (self->session), ENGRAM_RECORD_SYNAPSE);
  g_signal_connect_object (self->model, "notify::loading", G_CALLBACK (model_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "notify::error", G_CALLBACK (model_changed_cb), self, G_CONNECT_SWAPPED);
  rows = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->model)));
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (rows));
}

static gboolean
rest_cb (gpointer user_data)
{
  EngramPruneVictims *self = user_data;
  const EngramSort strongest_first = { ENGRAM_SORT_STRENGTH, TRUE };
  g_autoptr (EngramQuery) query = NULL;

  self->rest = 0;
  if (self->wanted <= 0 || engram_session_get_database (self->session) == NULL)
    return G_SOURCE_REMOVE;
  if (self->model == NULL)
    create_model (self);
  self->threshold = self->wanted;
  query = engram_prune_query_new (NULL, self->threshold);
  engram_record_model_set_view (self->model, query, &strongest_first);
  /* The same as before the handle began to move. */
  if (is_listed (self))
    model_changed_cb (self);
  return G_SOURCE_REMOVE;
}

static void
session_changed_cb (EngramPruneVictims *self)
{
  if (self->model != NULL)
    engram_record_model_refresh (self->model, FALSE);
}

/* GObject */

static GtkWidget *
create_list (EngramPruneVictims *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), NULL);
  self->list = GTK_LIST_VIEW (gtk_list_view_new (NULL, factory));
  engram_control_set_name (GTK_WIDGET (self->list), _("Synapses that go"));
  g_signal_connect_swapped (self->list, "activate", G_CALLBACK (activate_cb), self);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->list));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scroller), MIN_HEIGHT);
  engram_control_set_name (scroller, _("Synapses that go"));
  return scroller;
}

static GtkWidget *
create_none (EngramPruneVictims *self)
{
  self->none = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->none, TRUE);
  gtk_label_set_justify (self->none, GTK_JUSTIFY_CENTER);
  gtk_widget_set_margin_start (GTK_WIDGET (self->none), 12);
  gtk_widget_set_margin_end (GTK_WIDGET (self->none), 12);
  return GTK_WIDGET (self->none);
}

static void
engram_prune_victims_dispose (GObject *object)
{
  EngramPruneVictims *self = ENGRAM_PRUNE_VICTIMS (object);
  GtkWidget *stack = GTK_WIDGET (g_steal_pointer (&self->stack));

  g_clear_handle_id (&self->rest, g_source_remove);
  g_clear_pointer (&stack, gtk_widget_unparent);
  g_clear_object (&self->model);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (engram_prune_victims_parent_class)->dispose (object);
}

static void
engram_prune_victims_finalize (GObject *object)
{
  g_free (ENGRAM_PRUNE_VICTIMS (object)->none_text);

  G_OBJECT_CLASS (engram_prune_victims_parent_class)->finalize (object);
}

static void
engram_prune_victims_class_init (EngramPruneVictimsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = engram_prune_victims_dispose;
  object_class->finalize = engram_prune_victims_finalize;
  signals[LISTED] = g_signal_new ("listed", ENGRAM_TYPE_PRUNE_VICTIMS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
engram_prune_victims_init (EngramPruneVictims *self)
{
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_named (self->stack, create_list (self), "list");
  gtk_stack_add_named (self->stack, create_none (self), "none");
  gtk_widget_set_parent (GTK_WIDGET (self->stack), GTK_WIDGET (self));
}

GtkWidget *
engram_prune_victims_new (EngramSession *session)
{
  EngramPruneVictims *self;

  g_return_val_if_fail (ENGRAM_IS_SESSION (session), NULL);

  self = g_object_new (ENGRAM_TYPE_PRUNE_VICTIMS, NULL);
  self->session = g_object_ref (session);
  g_signal_connect_object (session, "changed", G_CALLBACK (session_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::behind", G_CALLBACK (session_changed_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

void
engram_prune_victims_set_threshold (EngramPruneVictims *self,
                                    double              threshold)
{
  g_return_if_fail (ENGRAM_IS_PRUNE_VICTIMS (self));

  if (self->wanted == threshold)
    return;
  self->wanted = threshold;
  g_clear_handle_id (&self->rest, g_source_remove);
  self->rest = g_timeout_add (REST_MILLISECONDS, rest_cb, self);
}

void
engram_prune_victims_set_none (EngramPruneVictims *self,
                               const char         *text)
{
  g_return_if_fail (ENGRAM_IS_PRUNE_VICTIMS (self));

  g_free (self->none_text);
  self->none_text = g_strdup (text);
  show_state (self);
}

EngramRowOrder *
engram_prune_victims_get_order (EngramPruneVictims *self)
{
  g_return_val_if_fail (ENGRAM_IS_PRUNE_VICTIMS (self), NULL);

  return is_listed (self) ? engram_record_model_get_order (self->model) : NULL;
}
