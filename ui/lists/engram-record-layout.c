/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lists/engram-record-layout.h"

#include <string.h>

#define SORT "sort="
#define MAX_WIDTH 10000

/* Text */

static EngramRecordLayout *
layout_new (EngramRecordKind kind)
{
  EngramRecordLayout *self = g_new0 (EngramRecordLayout, 1);

  self->kind = kind;
  self->columns = g_array_new (FALSE, FALSE, sizeof (EngramColumnLayout));
  return self;
}

/* Returns: where a column stands, or -1 */
static int
find_column (const EngramRecordLayout *self,
             const EngramColumn       *column)
{
  for (guint i = 0; i < self->columns->len; i++)
    if (g_array_index (self->columns, EngramColumnLayout, i).column == column)
      return i;
  return -1;
}

static void
read_sort (EngramRecordLayout *self,
           const char         *text)
{
  gboolean descending = *text == '-';
  EngramSortKey key = engram_sort_key_from_name (text + descending);

  /* An unknown name gives the order of rows. */
  if (g_str_equal (engram_sort_key_get_name (key), text + descending) && engram_sort_key_fits (key, self->kind))
    self->sort = (EngramSort) { key, descending };
}

static int
read_width (const char *text)
{
  gint64 width;

  if (text == NULL || !g_ascii_string_to_signed (text, 10, 1, MAX_WIDTH, &width, NULL))
    return -1;
  return width;
}

static void
read_column (EngramRecordLayout *self,
             const char         *text)
{
  gboolean hidden = *text == '-';
  g_auto (GStrv) parts = g_strsplit (text + hidden, ":", 2);
  EngramColumnLayout layout = { .shown = !hidden };

  if (parts[0] == NULL)
    return;
  layout.column = engram_columns_find (self->kind, parts[0]);
  layout.width = read_width (parts[1]);
  if (layout.column != NULL && find_column (self, layout.column) < 0)
    g_array_append_val (self->columns, layout);
}

/* Columns that were not named come behind those that they follow at first. */
static void
add_missing_columns (EngramRecordLayout *self)
{
  gsize n_columns;
  const EngramColumn *columns = engram_columns_list (self->kind, &n_columns);

  for (gsize i = 0; i < n_columns; i++)
    {
      EngramColumnLayout layout = { &columns[i], columns[i].shown, -1 };
      int before = i > 0 ? find_column (self, &columns[i - 1]) : -1;

      if (find_column (self, &columns[i]) < 0)
        g_array_insert_val (self->columns, before + 1, layout);
    }
}

/* All hidden, but for what is not there yet: nobody wants to see nothing. */
static void
show_something (EngramRecordLayout *self)
{
  EngramAnalysis analysis;

  for (guint i = 0; i < self->columns->len; i++)
    {
      const EngramColumnLayout *layout = &g_array_index (self->columns, EngramColumnLayout, i);

      if (layout->shown && !engram_columns_get_analysis (layout->column, &analysis))
        return;
    }
  for (guint i = 0; i < self->columns->len; i++)
    {
      EngramColumnLayout *layout = &g_array_index (self->columns, EngramColumnLayout, i);

      layout->shown = layout->column->shown;
    }
}

/**
 * engram_record_layout_parse:
 * @kind: neurons or synapses
 * @text: (nullable): what engram_record_layout_dup_text() gave; %NULL or empty for how a list is at first
 *
 * Returns: (transfer full): the layout, which has all columns of the kind
 */
EngramRecordLayout *
engram_record_layout_parse (EngramRecordKind  kind,
                            const char       *text)
{
  EngramRecordLayout *self = layout_new (kind);
  g_auto (GStrv) words = g_strsplit (text != NULL ? text : "", " ", -1);

  for (gsize i = 0; words[i] != NULL; i++)
    if (g_str_has_prefix (words[i], SORT))
      read_sort (self, words[i] + strlen (SORT));
    else
      read_column (self, words[i]);
  add_missing_columns (self);
  show_something (self);
  return self;
}

/**
 * engram_record_layout_dup_text:
 * @self: a layout
 *
 * Returns: (transfer full): the layout as one line
 */
char *
engram_record_layout_dup_text (const EngramRecordLayout *self)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < self->columns->len; i++)
    {
      const EngramColumnLayout *layout = &g_array_index (self->columns, EngramColumnLayout, i);

      g_string_append_printf (text, "%s%s", layout->shown ? "" : "-", layout->column->name);
      if (layout->width > 0)
        g_string_append_printf (text, ":%d", layout->width);
      g_string_append_c (text, ' ');
    }
  g_string_append_printf (text, SORT "%s%s", self->sort.descending ? "-" : "",
                          engram_sort_key_get_name (self->sort.key));
  return g_string_free (text, FALSE);
}

void
engram_record_layout_free (EngramRecordLayout *self)
{
  g_array_unref (self->columns);
  g_free (self);
}

/* A view's columns */

static GQuark
hidden_quark (void)
{
  return g_quark_from_static_string ("engram-column-hidden");
}

static GQuark
absent_quark (void)
{
  return g_quark_from_static_string ("engram-column-absent");
}

gboolean
engram_record_layout_get_shown (GtkColumnViewColumn *column)
{
  return g_object_get_qdata (G_OBJECT (column), hidden_quark ()) == NULL;
}

gboolean
engram_record_layout_get_there (GtkColumnViewColumn *column)
{
  return g_object_get_qdata (G_OBJECT (column), absent_quark ()) == NULL;
}

static void
update_visible (GtkColumnViewColumn *column)
{
  gtk_column_view_column_set_visible (column, engram_record_layout_get_shown (column) &&
                                              engram_record_layout_get_there (column));
}

void
engram_record_layout_set_shown (GtkColumnViewColumn *column,
                                gboolean             shown)
{
  g_object_set_qdata (G_OBJECT (column), hidden_quark (), GINT_TO_POINTER (!shown));
  update_visible (column);
}

void
engram_record_layout_set_there (GtkColumnViewColumn *column,
                                gboolean             there)
{
  g_object_set_qdata (G_OBJECT (column), absent_quark (), GINT_TO_POINTER (!there));
  update_visible (column);
}

/**
 * engram_record_layout_find:
 * @view: a view
 * @column: a column
 * @position: (out) (optional): where it stands among all columns, those that are hidden included
 *
 * Returns: (transfer none) (nullable): the view's column for it
 */
GtkColumnViewColumn *
engram_record_layout_find (GtkColumnView      *view,
                           const EngramColumn *column,
                           guint              *position)
{
  GListModel *columns = gtk_column_view_get_columns (view);

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) shown = g_list_model_get_item (columns, i);

      if (engram_columns_get (shown) != column)
        continue;
      if (position != NULL)
        *position = i;
      return shown;
    }
  return NULL;
}

/**
 * engram_record_layout_move:
 * @view: a view
 * @column: one of its columns
 * @by: by how many places, 1 or -1
 *
 * Moves a column over the next one that is there (the score is not always).
 *
 * Returns: %FALSE where it stands at the end already
 */
gboolean
engram_record_layout_move (GtkColumnView      *view,
                           const EngramColumn *column,
                           int                 by)
{
  GListModel *columns = gtk_column_view_get_columns (view);
  guint n_columns = g_list_model_get_n_items (columns), position;
  GtkColumnViewColumn *moved = engram_record_layout_find (view, column, &position);

  g_return_val_if_fail (moved != NULL, FALSE);

  /* Below 0 is above all others. */
  for (guint other = position + by; other < n_columns; other += by)
    {
      g_autoptr (GtkColumnViewColumn) passed = g_list_model_get_item (columns, other);

      if (!engram_record_layout_get_there (passed))
        continue;
      gtk_column_view_insert_column (view, other, moved);
      return TRUE;
    }
  return FALSE;
}

/**
 * engram_record_layout_take:
 * @kind: what the view shows
 * @view: a view
 * @sort: by what it is sorted
 *
 * Returns: (transfer full): how it is laid out
 */
EngramRecordLayout *
engram_record_layout_take (EngramRecordKind  kind,
                           GtkColumnView    *view,
                           EngramSort        sort)
{
  EngramRecordLayout *self = layout_new (kind);
  GListModel *columns = gtk_column_view_get_columns (view);

  self->sort = sort;
  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) shown = g_list_model_get_item (columns, i);
      EngramColumnLayout layout = {
        engram_columns_get (shown),
        engram_record_layout_get_shown (shown),
        gtk_column_view_column_get_fixed_width (shown),
      };

      g_array_append_val (self->columns, layout);
    }
  return self;
}

/**
 * engram_record_layout_apply:
 * @self: a layout
 * @view: a view with all columns of its kind
 *
 * Lays the columns out; sorting is for the list.
 */
void
engram_record_layout_apply (const EngramRecordLayout *self,
                            GtkColumnView            *view)
{
  for (guint i = 0; i < self->columns->len; i++)
    {
      const EngramColumnLayout *layout = &g_array_index (self->columns, EngramColumnLayout, i);
      guint position;
      GtkColumnViewColumn *column = engram_record_layout_find (view, layout->column, &position);

      if (position != i)
        gtk_column_view_insert_column (view, i, column);
      engram_record_layout_set_shown (column, layout->shown);
      gtk_column_view_column_set_fixed_width (column, layout->width);
    }
}
