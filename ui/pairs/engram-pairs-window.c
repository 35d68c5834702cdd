/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pairs/engram-pairs-window.h"

#include <glib/gi18n.h>
#include <math.h>

#include "common/engram-control.h"
#include "common/engram-status-label.h"
#include "common/engram-text-format.h"
#include "help/engram-help-window.h"
#include "pairs/engram-pair-search.h"

/* As many as a person may want to go through. */
#define MOST_PAIRS 200

struct _EngramPairsWindow {
  AdwWindow       parent_instance;

  GtkWidget      *filter_button;
  GtkWidget      *select_button;
  GtkDropDown    *kind;
  GtkStack       *stack;
  GtkLabel       *phase;
  GtkProgressBar *progress;
  GtkLabel       *summary;
  GtkListView    *list;
  AdwStatusPage  *message;

  EngramSession  *session; /* or NULL once it is closed */
  EngramJob      *job;     /* the one that is awaited, or NULL */
  GListStore     *rows;    /* or NULL */
};

G_DEFINE_FINAL_TYPE (EngramPairsWindow, engram_pairs_window, ADW_TYPE_WINDOW)

static void
show_message (EngramPairsWindow *self,
              const char        *title,
              const char        *description)
{
  g_autofree char *escaped = description != NULL ? g_markup_escape_text (description, -1) : NULL;

  adw_status_page_set_title (self->message, title);
  adw_status_page_set_description (self->message, escaped);
  gtk_stack_set_visible_child_name (self->stack, "message");
}

static void
set_can_show (EngramPairsWindow *self,
              gboolean           can_show)
{
  gtk_widget_set_sensitive (self->filter_button, can_show);
  gtk_widget_set_sensitive (self->select_button, can_show);
}

/* How many there are, or that there may be more. */
static char *
dup_summary (EngramPairsWindow *self,
             guint              n_rows)
{
  gboolean is_cut = n_rows == MOST_PAIRS;

  if (gtk_drop_down_get_selected (self->kind) == ENGRAM_PAIRS_SIMILAR)
    return g_strdup_printf (is_cut ? ngettext ("The most similar pair among the ten nearest of each neuron",
                                               "The %u most similar pairs among the ten nearest of each neuron", n_rows)
                                   : ngettext ("%u pair among the ten nearest of each neuron, the most similar first",
                                               "%u pairs among the ten nearest of each neuron, the most similar first",
                                               n_rows), n_rows);
  return g_strdup_printf (is_cut ? ngettext ("The least similar pair", "The %u least similar pairs", n_rows)
                                 : ngettext ("%u pair, the least similar first", "%u pairs, the least similar first",
                                             n_rows), n_rows);
}

static void
show_rows (EngramPairsWindow *self)
{
  g_set_object (&self->rows, NULL);
  self->rows = engram_pair_search_get_rows (self->job);
  if (g_list_model_get_n_items (G_LIST_MODEL (self->rows)) == 0)
    {
      show_message (self, _("No Such Pairs"), _("There are none in this network."));
      return;
    }

  g_autoptr (GtkSingleSelection) selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->rows)));

  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (selection));
  g_autofree char *summary = dup_summary (self, g_list_model_get_n_items (G_LIST_MODEL (self->rows)));

  gtk_label_set_text (self->summary, summary);
  gtk_stack_set_visible_child_name (self->stack, "list");
  set_can_show (self, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

static void
progress_cb (EngramPairsWindow *self)
{
  double fraction = engram_job_get_fraction (self->job);
  const char *phase = engram_job_get_phase (self->job);

  gtk_label_set_text (self->phase, phase != NULL ? phase : engram_job_get_title (self->job));
  if (fraction < 0)
    gtk_progress_bar_pulse (self->progress);
  else
    gtk_progress_bar_set_fraction (self->progress, fraction);
}

static void
ended_cb (EngramPairsWindow *self,
          EngramJob         *job)
{
  if (job != self->job)
    return;
  if (engram_job_get_state (job) == ENGRAM_JOB_DONE)
    show_rows (self);
  else if (engram_job_get_state (job) == ENGRAM_JOB_CANCELLED)
    show_message (self, _("Not Looked To the End"), NULL);
  else
    show_message (self, _("Pairs Cannot Be Found"), engram_job_get_error (job)->message);
  g_clear_object (&self->job);
}

static void
drop_job (EngramPairsWindow *self)
{
  EngramJob *job = g_steal_pointer (&self->job);

  if (job == NULL)
    return;
  g_signal_handlers_disconnect_by_data (job, self);
  engram_job_cancel (job);
  g_object_unref (job);
}

static void
start_cb (EngramPairsWindow *self)
{
  if (self->session == NULL)
    return;
  drop_job (self);
  set_can_show (self, FALSE);
  self->job = engram_pair_search_new (engram_session_get_searcher (self->session), gtk_drop_down_get_selected (self->kind),
                                      MOST_PAIRS);
  g_signal_connect_object (self->job, "notify::fraction", G_CALLBACK (progress_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->job, "notify::phase", G_CALLBACK (progress_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->job, "ended", G_CALLBACK (ended_cb), self, G_CONNECT_SWAPPED);
  progress_cb (self);
  gtk_stack_set_visible_child_name (self->stack, "working");
  engram_job_start (self->job);
}

static void
cancel_cb (EngramPairsWindow *self)
{
  if (self->job != NULL)
    engram_job_cancel (self->job);
}

static void
activate_cb (EngramPairsWindow *self,
             guint              position)
{
  g_autoptr (EngramPairRow) row = g_list_model_get_item (G_LIST_MODEL (self->rows), position);
  const gint64 rowids[] = { engram_pair_row_get_rowid (row, FALSE), engram_pair_row_get_rowid (row, TRUE) };
  g_autoptr (EngramRowSet) both = engram_row_set_new (rowids, G_N_ELEMENTS (rowids));

  if (self->session != NULL)
    engram_selection_set (engram_session_get_selection (self->session), ENGRAM_RECORD_NEURON, both);
}

/* All of them are highlighted in all views. */
static void
select_cb (EngramPairsWindow *self)
{
  guint n_rows = g_list_model_get_n_items (G_LIST_MODEL (self->rows));
  g_autofree gint64 *rowids = g_new (gint64, 2 * n_rows + 1);
  g_autoptr (EngramRowSet) all = NULL;

  for (guint i = 0; i < n_rows; i++)
    {
      g_autoptr (EngramPairRow) row = g_list_model_get_item (G_LIST_MODEL (self->rows), i);

      rowids[2 * i] = engram_pair_row_get_rowid (row, FALSE);
      rowids[2 * i + 1] = engram_pair_row_get_rowid (row, TRUE);
    }
  all = engram_row_set_new (rowids, 2 * n_rows);
  if (self->session != NULL)
    engram_selection_set (engram_session_get_selection (self->session), ENGRAM_RECORD_NEURON, all);
}

/* Their ids, each once. */
static void
filter_cb (EngramPairsWindow *self)
{
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GString) text = g_string_new ("id:");
  g_autoptr (EngramQuery) query = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->rows)); i++)
    {
      g_autoptr (EngramPairRow) row = g_list_model_get_item (G_LIST_MODEL (self->rows), i);

      for (int other = 0; other < 2; other++)
        {
          const char *id = engram_pair_row_get_id (row, other);
          g_autofree char *quoted = engram_query_quote (id);

          if (g_hash_table_add (known, (gpointer) id))
            g_string_append_printf (text, "%s%s", g_hash_table_size (known) > 1 ? "," : "", quoted);
        }
    }
  query = engram_query_parse (text->str, NULL, NULL, NULL);
  if (self->session != NULL && query != NULL)
    engram_session_set_query (self->session, query);
}

/* Rows */

static GtkWidget *
make_text (void)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  return label;
}

static void
setup_row_cb (GtkListItemFactory *factory,
              GtkListItem        *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *figures = make_text ();

  gtk_widget_add_css_class (figures, "dim-label");
  gtk_widget_add_css_class (figures, "numeric");
  gtk_box_append (GTK_BOX (box), make_text ());
  gtk_box_append (GTK_BOX (box), make_text ());
  gtk_box_append (GTK_BOX (box), figures);
  gtk_list_item_set_child (item, box);
}

static char *
describe_figures (EngramPairRow *row)
{
  g_autofree char *cosine = engram_format_decimals (engram_pair_row_get_cosine (row), 3);
  double pair_weight = engram_pair_row_get_weight (row);

  if (isnan (pair_weight))
    /* Translators: of two neurons: the cosine of the angle between their vectors. */
    return g_strdup_printf (_("cosine %s, no synapse"), cosine);

  g_autofree char *weight = engram_format_weight (pair_weight);

  /* Translators: of two neurons: the cosine of the angle between their vectors, and the weight of their synapse. */
  return g_strdup_printf (_("cosine %s, weight %s"), cosine, weight);
}

static void
bind_row_cb (GtkListItemFactory *factory,
             GtkListItem        *item)
{
  EngramPairRow *row = gtk_list_item_get_item (item);
  GtkWidget *box = gtk_list_item_get_child (item);
  GtkWidget *first = gtk_widget_get_first_child (box);
  GtkWidget *second = gtk_widget_get_next_sibling (first);
  g_autofree char *figures = describe_figures (row);
  gboolean is_joined = !isnan (engram_pair_row_get_weight (row));
  /* Translators: where a synapse leads to. */
  g_autofree char *other = g_strdup_printf (is_joined ? _("→ %s") : "%s", engram_pair_row_get_text (row, TRUE));

  gtk_label_set_text (GTK_LABEL (first), engram_pair_row_get_text (row, FALSE));
  gtk_label_set_text (GTK_LABEL (second), other);
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_next_sibling (second)), figures);
  g_autofree char *name = g_strdup_printf ("%s — %s, %s", engram_pair_row_get_text (row, FALSE),
                                           engram_pair_row_get_text (row, TRUE), figures);

  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_parent (box)), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
engram_pairs_window_dispose (GObject *object)
{
  EngramPairsWindow *self = ENGRAM_PAIRS_WINDOW (object);

  drop_job (self);
  g_clear_object (&self->session);
  g_clear_object (&self->rows);

  G_OBJECT_CLASS (engram_pairs_window_parent_class)->dispose (object);
}

static void
engram_pairs_window_class_init (EngramPairsWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = engram_pairs_window_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/engram/Engram/ui/pairs/engram-pairs-window.ui");
  gtk_widget_class_bind_template_child (widget_class, EngramPairsWindow, filter_button);
  gtk_widget_class_bind_template_child (widget_class, EngramPairsWindow, select_button);
  gtk_widget_class_bind_template_child (widget_class, EngramPairsWindow, kind);
  gtk_widget_class_bind_template_child (widget_class, EngramPairsWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, EngramPairsWindow, phase);
  gtk_widget_class_bind_template_child (widget_class, EngramPairsWindow, progress);
  gtk_widget_class_bind_template_child (widget_class, EngramPairsWindow, list);
  gtk_widget_class_bind_template_child (widget_class, EngramPairsWindow, summary);
  gtk_widget_class_bind_template_child (widget_class, EngramPairsWindow, message);
  gtk_widget_class_bind_template_callback (widget_class, filter_cb);
  gtk_widget_class_bind_template_callback (widget_class, select_cb);
  gtk_widget_class_bind_template_callback (widget_class, start_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  engram_help_add_key (widget_class);
}

static void
engram_pairs_window_init (EngramPairsWindow *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  engram_status_label_set_up (self->phase);
  engram_status_label_set_up (self->summary);
  engram_control_set_name (GTK_WIDGET (self->kind), _("Kind of pairs"));
  g_signal_connect (factory, "setup", G_CALLBACK (setup_row_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_row_cb), NULL);
  gtk_list_view_set_factory (self->list, factory);
}

GtkWidget *
engram_pairs_window_new (GtkWindow     *parent,
                         EngramSession *session)
{
  EngramPairsWindow *self = g_object_new (ENGRAM_TYPE_PAIRS_WINDOW, "transient-for", parent, "destroy-with-parent", TRUE, NULL);

  self->session = g_object_ref (session);
  start_cb (self);
  return GTK_WIDGET (self);
}
