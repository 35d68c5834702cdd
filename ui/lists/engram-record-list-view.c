/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lists/engram-record-list-private.h"

#include "lists/engram-column-sort.h"
#include "lists/engram-record-titles.h"
#include "lists/engram-view-menu.h"

/* How a list is sorted and laid out. */

/* For several changes to be told as one. */
#define REMEMBER_DELAY 250 /* ms */

static gboolean
remember_timeout_cb (gpointer user_data)
{
  EngramRecordList *self = user_data;

  self->remember_timeout = 0;
  g_signal_emit_by_name (self, "view-changed");
  return G_SOURCE_REMOVE;
}

/* A column that is dragged changes its width many times. */
static void
remember_soon (EngramRecordList *self)
{
  if (self->laying_out)
    return;
  g_clear_handle_id (&self->remember_timeout, g_source_remove);
  self->remember_timeout = g_timeout_add (REMEMBER_DELAY, remember_timeout_cb, self);
}

/* A result is there once its analysis has been made. */
static void
show_analyses (EngramRecordList *self)
{
  gsize n_columns;
  const EngramColumn *columns = engram_columns_list (self->kind, &n_columns);
  EngramAnalysis analysis;

  for (gsize i = 0; i < n_columns; i++)
    if (engram_columns_get_analysis (&columns[i], &analysis))
      engram_record_layout_set_there (engram_record_layout_find (self->view, &columns[i], NULL),
                                      self->session != NULL && engram_session_is_analysed (self->session, analysis));
}

/* The score is there while the query has `like`. */
void
engram_record_list_show_score (EngramRecordList *self,
                               EngramQuery      *query)
{
  const EngramColumn *score = engram_columns_find (self->kind, "score");
  GtkColumnViewColumn *column = score != NULL ? engram_record_layout_find (self->view, score, NULL) : NULL;
  gboolean laying_out = self->laying_out;

  if (column == NULL)
    return;
  self->laying_out = TRUE;
  show_analyses (self);
  engram_record_layout_set_there (column, engram_query_find_term (query, ENGRAM_QUERY_LIKE) != NULL);
  self->laying_out = laying_out;
}

static gboolean
show_score_cb (gpointer user_data)
{
  EngramRecordList *self = user_data;

  self->score_source = 0;
  engram_record_list_show_score (self, engram_record_model_get_query (self->model));
  return G_SOURCE_REMOVE;
}

/* A column that comes takes GTK as long as other rows do: between the two, the main loop hears of what else there
 * is. */
void
engram_record_list_show_score_soon (EngramRecordList *self)
{
  if (self->score_source == 0)
    self->score_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, show_score_cb, self, NULL);
}

/* It may be what rows are found or sorted by, and what they show. */
void
engram_record_list_analysed (EngramRecordList *self)
{
  engram_record_list_show_score (self, engram_session_get_query (self->session));
  self->data_stale = TRUE;
  if (self->model == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  self->data_stale = FALSE;
  engram_record_model_refresh (self->model, FALSE);
}

/* The titles show by what rows are sorted, but do not sort them. */
static void
update_titles (EngramRecordList *self)
{
  gsize n_columns;
  const EngramColumn *columns = engram_columns_list (self->kind, &n_columns);
  GtkColumnViewColumn *sorted = NULL;

  for (gsize i = 0; i < n_columns; i++)
    if (self->sort.key != ENGRAM_SORT_ROWS && columns[i].key == self->sort.key)
      sorted = engram_record_layout_find (self->view, &columns[i], NULL);
  self->sorting_titles = TRUE;
  gtk_column_view_sort_by_column (self->view, sorted,
                                  self->sort.descending ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING);
  self->sorting_titles = FALSE;
}

void
engram_record_list_set_sort (EngramRecordList *self,
                             EngramSort        sort)
{
  if (sort.key == self->sort.key && sort.descending == self->sort.descending)
    return;
  self->sort = sort;
  update_titles (self);
  engram_record_list_update_actions (self);
  engram_record_list_update_view (self);
  remember_soon (self);
}

static void
title_clicked_cb (EngramRecordList *self)
{
  EngramSort sort;

  if (self->sorting_titles)
    return;
  engram_column_sort_probe (gtk_column_view_get_sorter (self->view), &sort);
  engram_record_list_set_sort (self, sort);
}

static void
title_pressed_cb (EngramRecordList *self,
                  int               n_press)
{
  self->title_presses = n_press;
}

/* GTK takes the second of two quick clicks on a title away from what sorts. */
static void
title_cancelled_cb (EngramRecordList *self)
{
  if (self->title_presses > 1 && self->sort.key != ENGRAM_SORT_ROWS)
    engram_record_list_set_sort (self, (EngramSort) { self->sort.key, !self->sort.descending });
  self->title_presses = 0;
}

static void
follow_clicks (EngramRecordList *self,
               GtkWidget        *title)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (title);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (!GTK_IS_GESTURE_CLICK (controller))
        continue;
      g_signal_connect_object (controller, "pressed", G_CALLBACK (title_pressed_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (controller, "cancel", G_CALLBACK (title_cancelled_cb), self, G_CONNECT_SWAPPED);
    }
}

static guint
count_visible (EngramRecordList *self)
{
  GListModel *columns = gtk_column_view_get_columns (self->view);
  guint n_visible = 0;

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

      n_visible += gtk_column_view_column_get_visible (column);
    }
  return n_visible;
}

/* The last column stays: a list without any cannot be told from an empty one. */
void
engram_record_list_set_column_shown (EngramRecordList   *self,
                                     const EngramColumn *column,
                                     gboolean            shown)
{
  GtkColumnViewColumn *changed = engram_record_layout_find (self->view, column, NULL);

  if (!shown && gtk_column_view_column_get_visible (changed) && count_visible (self) == 1)
    gtk_widget_error_bell (GTK_WIDGET (self));
  else
    engram_record_layout_set_shown (changed, shown);
}

/**
 * engram_record_list_dup_layout:
 * @self: a list
 *
 * Returns: (transfer full): columns, their order, widths and visibility, and the sort, as one line of text
 */
char *
engram_record_list_dup_layout (EngramRecordList *self)
{
  g_autoptr (EngramRecordLayout) layout = NULL;

  g_return_val_if_fail (ENGRAM_IS_RECORD_LIST (self), NULL);

  layout = engram_record_layout_take (self->kind, self->view, self->sort);
  return engram_record_layout_dup_text (layout);
}

static void
apply_layout (EngramRecordList         *self,
              const EngramRecordLayout *layout)
{
  self->laying_out = TRUE;
  engram_record_layout_apply (layout, self->view);
  engram_record_list_set_sort (self, layout->sort);
  self->laying_out = FALSE;
}

/**
 * engram_record_list_set_layout:
 * @self: a list
 * @layout: (nullable): what engram_record_list_dup_layout() gave; %NULL for how it is at first
 *
 * Lays out and sorts the list. What is not known in @layout is passed over. "view-changed" does not tell of it.
 */
void
engram_record_list_set_layout (EngramRecordList *self,
                               const char       *layout)
{
  g_autoptr (EngramRecordLayout) parsed = NULL;

  g_return_if_fail (ENGRAM_IS_RECORD_LIST (self));

  parsed = engram_record_layout_parse (self->kind, layout);
  apply_layout (self, parsed);
}

/* The columns as they were at first; the sort stays. */
void
engram_record_list_reset_columns (EngramRecordList *self)
{
  g_autoptr (EngramRecordLayout) layout = engram_record_layout_parse (self->kind, NULL);

  layout->sort = self->sort;
  apply_layout (self, layout);
  remember_soon (self);
}

/**
 * engram_record_list_create_view_menu:
 * @self: a list
 *
 * Returns: (transfer floating): what a popover shows: sort key, direction, and columns; it must not outlive the list
 */
GtkWidget *
engram_record_list_create_view_menu (EngramRecordList *self)
{
  g_return_val_if_fail (ENGRAM_IS_RECORD_LIST (self), NULL);

  return engram_view_menu_new (self);
}

static void
column_changed_cb (EngramRecordList *self)
{
  remember_soon (self);
}

/* All columns, those that are not shown included. */
void
engram_record_list_add_columns (EngramRecordList *self)
{
  gsize n_columns;
  const EngramColumn *columns = engram_columns_list (self->kind, &n_columns);

  self->laying_out = TRUE;
  for (gsize i = 0; i < n_columns; i++)
    {
      g_autoptr (GtkColumnViewColumn) column = engram_columns_create (&columns[i], self->kind);

      g_signal_connect_object (column, "notify::fixed-width", G_CALLBACK (column_changed_cb), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (column, "notify::visible", G_CALLBACK (column_changed_cb), self, G_CONNECT_SWAPPED);
      gtk_column_view_append_column (self->view, column);
      engram_record_layout_set_shown (column, columns[i].shown);
    }
  engram_record_list_show_score (self, NULL);
  self->laying_out = FALSE;
  engram_record_titles_align (self->view);
  for (GtkWidget *title = gtk_widget_get_first_child (gtk_widget_get_first_child (GTK_WIDGET (self->view)));
       title != NULL; title = gtk_widget_get_next_sibling (title))
    follow_clicks (self, title);
  g_signal_connect_object (gtk_column_view_get_columns (self->view), "items-changed", G_CALLBACK (column_changed_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_column_view_get_sorter (self->view), "changed", G_CALLBACK (title_clicked_cb), self,
                           G_CONNECT_SWAPPED);
}
