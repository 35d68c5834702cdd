/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "details/engram-figures-pane.h"

#include <glib/gi18n.h>

#include "details/engram-batch-editor.h"
#include "details/engram-figures-group.h"

/* Figures of a network that is changed all the time are made anew at most so often. */
#define MILLISECONDS_BETWEEN_FIGURES 2000

typedef enum {
  SHOWS_NOTHING,
  SHOWS_NETWORK,
  SHOWS_SEVERAL,
} Content;

struct _EngramFiguresPane {
  GtkWidget         parent_instance;

  GtkWidget        *scroller;
  GtkSpinner       *spinner;
  GtkLabel         *problem;
  GtkBox           *figures;
  GtkWidget        *editor;    /* or NULL */
  GtkBox           *box;
  EngramSession    *session;
  GSignalGroup     *session_signals;
  Content           content;
  EngramRecordKind  kind;      /* of what is selected */
  GCancellable     *computing; /* or NULL */
  gboolean          stale;
  guint             timer;     /* until figures may be made anew */
};

G_DEFINE_FINAL_TYPE (EngramFiguresPane, engram_figures_pane, GTK_TYPE_WIDGET)

/* What was computed */

typedef struct {
  EngramSearcher         *searcher;
  Content                 content;
  EngramRecordKind        kind;
  EngramRowSet           *rows;
  EngramNetworkFigures   *network;
  EngramSelectionFigures *selection;
} Figures;

static void
figures_free (gpointer data)
{
  Figures *self = data;

  g_object_unref (self->searcher);
  g_clear_pointer (&self->rows, engram_row_set_unref);
  g_clear_pointer (&self->network, engram_network_figures_free);
  g_clear_pointer (&self->selection, engram_selection_figures_free);
  g_free (self);
}

static gboolean
compute_selection (Figures       *figures,
                   GCancellable  *cancellable,
                   GError       **error)
{
  g_autoptr (EngramRowSet) none = engram_row_set_new_empty ();
  gboolean are_neurons = figures->kind == ENGRAM_RECORD_NEURON;

  figures->selection = engram_selection_figures_compute (figures->searcher, are_neurons ? figures->rows : none,
                                                         are_neurons ? none : figures->rows, cancellable, error);
  return figures->selection != NULL;
}

static void
compute (GTask        *task,
         gpointer      source_object,
         gpointer      task_data,
         GCancellable *cancellable)
{
  Figures *figures = task_data;
  g_autoptr (GError) error = NULL;

  if (figures->content == SHOWS_NETWORK)
    figures->network = engram_network_figures_compute (figures->searcher, cancellable, &error);
  else
    compute_selection (figures, cancellable, &error);
  if (error == NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
clear_figures (EngramFiguresPane *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->figures))) != NULL)
    gtk_box_remove (self->figures, child);
}

static void
set_spinning (EngramFiguresPane *self,
              gboolean           spinning)
{
  gtk_spinner_set_spinning (self->spinner, spinning);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), spinning);
}

static void
set_problem (EngramFiguresPane *self,
             const GError      *error)
{
  gtk_label_set_text (self->problem, error != NULL ? error->message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), error != NULL);
}

static void update (EngramFiguresPane *self);

static void
computed_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  EngramFiguresPane *self = ENGRAM_FIGURES_PANE (source);
  const Figures *figures = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;

  g_task_propagate_boolean (G_TASK (result), &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->computing);
  set_spinning (self, FALSE);
  set_problem (self, error);
  clear_figures (self);
  if (figures->network != NULL)
    engram_figures_add_network (self->figures, figures->network);
  else if (figures->selection != NULL)
    engram_figures_add_selection (self->figures, figures->selection, figures->kind);
  update (self);
}

static void
start_computing (EngramFiguresPane *self)
{
  g_autoptr (GTask) task = NULL;
  Figures *figures = g_new0 (Figures, 1);

  figures->searcher = g_object_ref (engram_session_get_searcher (self->session));
  figures->content = self->content;
  figures->kind = self->kind;
  figures->rows = engram_row_set_ref (engram_selection_get (engram_session_get_selection (self->session), self->kind));
  self->stale = FALSE;
  self->computing = g_cancellable_new ();
  set_spinning (self, gtk_widget_get_first_child (GTK_WIDGET (self->figures)) == NULL);
  task = g_task_new (self, self->computing, computed_cb, NULL);
  g_task_set_source_tag (task, start_computing);
  g_task_set_task_data (task, figures, figures_free);
  g_task_run_in_thread (task, compute);
}

static void
stop_computing (EngramFiguresPane *self)
{
  g_cancellable_cancel (self->computing);
  g_clear_object (&self->computing);
  g_clear_handle_id (&self->timer, g_source_remove);
}

/* What nobody sees is not computed. */
static void
update (EngramFiguresPane *self)
{
  if (self->stale && self->computing == NULL && self->timer == 0 && self->session != NULL &&
      self->content != SHOWS_NOTHING && gtk_widget_get_mapped (GTK_WIDGET (self)))
    start_computing (self);
}

static gboolean
timer_cb (gpointer user_data)
{
  EngramFiguresPane *self = user_data;

  self->timer = 0;
  update (self);
  return G_SOURCE_REMOVE;
}

static void
network_changed_cb (EngramFiguresPane *self)
{
  self->stale = TRUE;
  if (self->timer == 0)
    self->timer = g_timeout_add (MILLISECONDS_BETWEEN_FIGURES, timer_cb, self);
}

/* The editor stays while the same kind is edited: what is typed in it may be meant for another selection too. */
static void
update_editor (EngramFiguresPane *self)
{
  gboolean wanted = self->content == SHOWS_SEVERAL && self->session != NULL && engram_session_get_editing (self->session);

  if (self->editor != NULL)
    gtk_box_remove (self->box, self->editor);
  self->editor = wanted ? engram_batch_editor_new (self->session, self->kind) : NULL;
  if (self->editor != NULL)
    gtk_box_prepend (self->box, self->editor);
}

static void
show (EngramFiguresPane *self,
      Content            content,
      EngramRecordKind   kind)
{
  gboolean is_other = self->content != content || self->kind != kind;

  stop_computing (self);
  self->content = content;
  self->kind = kind;
  self->stale = TRUE;
  if (is_other)
    {
      clear_figures (self);
      update_editor (self);
      gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller)), 0);
    }
  update (self);
}

static void
engram_figures_pane_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (engram_figures_pane_parent_class)->map (widget);
  update (ENGRAM_FIGURES_PANE (widget));
}

static void
engram_figures_pane_dispose (GObject *object)
{
  EngramFiguresPane *self = ENGRAM_FIGURES_PANE (object);

  stop_computing (self);
  g_clear_object (&self->session_signals);
  g_clear_object (&self->session);
  g_clear_pointer (&self->scroller, gtk_widget_unparent);

  G_OBJECT_CLASS (engram_figures_pane_parent_class)->dispose (object);
}

static void
engram_figures_pane_class_init (EngramFiguresPaneClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = engram_figures_pane_dispose;
  GTK_WIDGET_CLASS (klass)->map = engram_figures_pane_map;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
engram_figures_pane_init (EngramFiguresPane *self)
{
  self->session_signals = g_signal_group_new (ENGRAM_TYPE_SESSION);
  g_signal_group_connect_swapped (self->session_signals, "changed", G_CALLBACK (network_changed_cb), self);
  g_signal_group_connect_swapped (self->session_signals, "notify::editing", G_CALLBACK (update_editor), self);

  self->spinner = GTK_SPINNER (gtk_spinner_new ());
  self->figures = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 18));
  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 18));
  self->problem = GTK_LABEL (g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_ALERT, "wrap", TRUE,
                                           "xalign", 0.0, "visible", FALSE, NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->problem), "error");
  gtk_widget_add_css_class (GTK_WIDGET (self->box), "engram-figures");
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), FALSE);
  gtk_widget_set_size_request (GTK_WIDGET (self->spinner), 32, 32);
  gtk_box_append (self->box, GTK_WIDGET (self->spinner));
  gtk_box_append (self->box, GTK_WIDGET (self->problem));
  gtk_box_append (self->box, GTK_WIDGET (self->figures));

  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), GTK_WIDGET (self->box));
  gtk_widget_set_vexpand (self->scroller, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scroller), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Figures"), -1);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
}

GtkWidget *
engram_figures_pane_new (void)
{
  return g_object_new (ENGRAM_TYPE_FIGURES_PANE, NULL);
}

void
engram_figures_pane_set_session (EngramFiguresPane *self,
                                 EngramSession     *session)
{
  g_return_if_fail (ENGRAM_IS_FIGURES_PANE (self));

  stop_computing (self);
  g_set_object (&self->session, session);
  g_signal_group_set_target (self->session_signals, session);
  self->content = SHOWS_NOTHING;
  clear_figures (self);
  set_problem (self, NULL);
  update_editor (self);
}

void
engram_figures_pane_show_network (EngramFiguresPane *self)
{
  g_return_if_fail (ENGRAM_IS_FIGURES_PANE (self));

  show (self, SHOWS_NETWORK, ENGRAM_RECORD_NEURON);
}

void
engram_figures_pane_show_several (EngramFiguresPane *self,
                                  EngramRecordKind   kind)
{
  g_return_if_fail (ENGRAM_IS_FIGURES_PANE (self));

  show (self, SHOWS_SEVERAL, kind);
}
