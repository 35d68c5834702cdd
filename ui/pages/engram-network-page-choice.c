/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pages/engram-network-page-private.h"

/* How many records Back remembers. */
#define MAXIMUM_VISITED 200

/* A record whose details were shown. */
typedef struct {
  EngramRecordKind  kind;
  char             *id;
} Visit;

static void
visit_free (gpointer data)
{
  Visit *self = data;

  g_free (self->id);
  g_free (self);
}

static void
remember_visit (EngramNetworkPage *self)
{
  Visit *visit = g_new0 (Visit, 1);

  visit->kind = self->current_kind;
  visit->id = g_strdup (self->current);
  if (self->visited->len == MAXIMUM_VISITED)
    g_ptr_array_remove_index (self->visited, 0);
  g_ptr_array_add (self->visited, visit);
  engram_network_page_notify_back (self);
}

/* One record is selected, and its id is known. */
static void
show_record (EngramNetworkPage *self,
             EngramRecordKind   kind,
             const char        *id)
{
  gboolean is_other = self->current != NULL && (self->current_kind != kind || !g_str_equal (self->current, id));

  if (is_other && !self->returning)
    remember_visit (self);
  self->returning = FALSE;
  if (is_other || self->current == NULL)
    {
      g_free (self->current);
      self->current = g_strdup (id);
      self->current_kind = kind;
    }
  engram_details_pane_show (self->details, kind, id);
  gtk_stack_set_visible_child (self->details_stack, GTK_WIDGET (self->details));
}

/* No single record: what is typed in the details is seen to first. */
static void
show_figures (EngramNetworkPage *self)
{
  engram_details_pane_show (self->details, self->current_kind, NULL);
  gtk_stack_set_visible_child (self->details_stack, GTK_WIDGET (self->figures));
}

static void
show_network (EngramNetworkPage *self)
{
  engram_figures_pane_show_network (self->figures);
  show_figures (self);
}

/* Which record it is */

typedef struct {
  EngramDatabase   *database;
  EngramRecordKind  kind;
  EngramRowSet     *rows;
} Question;

static void
question_free (gpointer data)
{
  Question *self = data;

  g_object_unref (self->database);
  engram_row_set_unref (self->rows);
  g_free (self);
}

static void
identify (GTask        *task,
          gpointer      source_object,
          gpointer      task_data,
          GCancellable *cancellable)
{
  const Question *question = task_data;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) ids = NULL;

  ids = engram_row_ids_list (question->database, question->kind, question->rows, cancellable, &error);
  if (ids == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, g_strdup (ids[0]), g_free);
}

static void
identified_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *id = g_task_propagate_pointer (G_TASK (result), &error);
  const Question *question = g_task_get_task_data (G_TASK (result));
  EngramNetworkPage *self;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self = ENGRAM_NETWORK_PAGE (source);
  g_clear_object (&self->identifying);
  if (error != NULL)
    engram_network_page_tell (self, error->message);
  if (id != NULL)
    show_record (self, question->kind, id);
  else
    /* The row is gone, or has no id. */
    show_network (self);
}

static void
start_identifying (EngramNetworkPage *self,
                   EngramRecordKind   kind,
                   EngramRowSet      *rows)
{
  g_autoptr (GTask) task = NULL;
  Question *question = g_new0 (Question, 1);

  question->database = g_object_ref (self->database);
  question->kind = kind;
  question->rows = engram_row_set_ref (rows);
  self->identifying = g_cancellable_new ();
  task = g_task_new (self, self->identifying, identified_cb, NULL);
  g_task_set_source_tag (task, start_identifying);
  g_task_set_task_data (task, question, question_free);
  g_task_run_in_thread (task, identify);
}

/* Shows the details of what is selected of the kind whose list is shown. */
void
engram_network_page_follow_selection (EngramNetworkPage *self)
{
  EngramRecordKind kind = engram_network_page_get_kind (self);
  EngramRowSet *rows;

  g_cancellable_cancel (self->identifying);
  g_clear_object (&self->identifying);
  if (self->session == NULL)
    return;
  rows = engram_selection_get (engram_session_get_selection (self->session), kind);
  if (engram_row_set_get_size (rows) == 1)
    start_identifying (self, kind, rows);
  else if (engram_row_set_get_size (rows) == 0)
    show_network (self);
  else
    {
      engram_figures_pane_show_several (self->figures, kind);
      show_figures (self);
    }
}

/* page.show-in-graph, page.show-in-space: what is selected of the neurons, in the view that was asked for. */

void
engram_network_page_show_in_graph (GtkWidget  *widget,
                                   const char *name,
                                   GVariant   *parameter)
{
  EngramNetworkPage *self = ENGRAM_NETWORK_PAGE (widget);
  EngramRowSet *neurons;

  if (self->session == NULL)
    return;
  neurons = engram_selection_get (engram_session_get_selection (self->session), ENGRAM_RECORD_NEURON);
  adw_view_stack_set_visible_child (self->views, GTK_WIDGET (self->graph));
  if (engram_row_set_get_size (neurons) > 0)
    engram_graph_view_set_focus (self->graph, neurons);
}

void
engram_network_page_show_in_space (GtkWidget  *widget,
                                   const char *name,
                                   GVariant   *parameter)
{
  EngramNetworkPage *self = ENGRAM_NETWORK_PAGE (widget);

  if (self->session == NULL)
    return;
  adw_view_stack_set_visible_child (self->views, GTK_WIDGET (self->space));
  engram_network_view_fly_to_selection (engram_space_view_get_network_view (self->space));
}

void
engram_network_page_forget_visits (EngramNetworkPage *self)
{
  g_cancellable_cancel (self->identifying);
  g_clear_object (&self->identifying);
  g_clear_pointer (&self->visited, g_ptr_array_unref);
  self->visited = g_ptr_array_new_with_free_func (visit_free);
  g_clear_pointer (&self->current, g_free);
  self->returning = FALSE;
  engram_network_page_notify_back (self);
}

/**
 * engram_network_page_go_back:
 * @self: the page
 *
 * Shows what was shown before, if there is something.
 */
void
engram_network_page_go_back (EngramNetworkPage *self)
{
  Visit *visit;

  g_return_if_fail (ENGRAM_IS_NETWORK_PAGE (self));

  if (self->visited->len == 0 || self->session == NULL)
    return;
  visit = g_ptr_array_steal_index (self->visited, self->visited->len - 1);
  self->returning = TRUE;
  engram_network_page_notify_back (self);
  engram_session_activate (self->session, visit->kind, visit->id);
  visit_free (visit);
}
