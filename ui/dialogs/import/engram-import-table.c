/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dialogs/import/engram-import-table.h"

#include <glib/gi18n.h>

#include "common/engram-control.h"
#include "common/engram-text-format.h"

#define MAX_HEIGHT 280

#define TEXTS_KEY "engram-texts"

enum {
  COLUMN_NAME,
  COLUMN_CHECKSUM,
  COLUMN_PROBLEMS,
  COLUMN_NEURONS_NEW,
  COLUMN_NEURONS_SAME,
  COLUMN_NEURONS_DIFFERENT,
  COLUMN_SYNAPSES_NEW,
  COLUMN_SYNAPSES_SAME,
  COLUMN_SYNAPSES_DIFFERENT,
  N_COLUMNS,
};

static const char *const titles[N_COLUMNS] = {
  [COLUMN_NAME] = N_("Document"),
  [COLUMN_CHECKSUM] = N_("Checksum"),
  [COLUMN_PROBLEMS] = N_("Problems"),
  [COLUMN_NEURONS_NEW] = N_("New neurons"),
  [COLUMN_NEURONS_SAME] = N_("Existing neurons"),
  [COLUMN_NEURONS_DIFFERENT] = N_("Conflicting neurons"),
  [COLUMN_SYNAPSES_NEW] = N_("New synapses"),
  [COLUMN_SYNAPSES_SAME] = N_("Existing synapses"),
  [COLUMN_SYNAPSES_DIFFERENT] = N_("Conflicting synapses"),
};

static const char *
describe_checksum (const EngramImportFile *file)
{
  if (!file->is_whole)
    return _("not checked");
  switch (file->checksum)
    {
    case ENGRAM_IMPORT_CHECKSUM_OK:
      return _("right");
    case ENGRAM_IMPORT_CHECKSUM_ABSENT:
      return _("none");
    case ENGRAM_IMPORT_CHECKSUM_IGNORED:
      return _("ignored");
    case ENGRAM_IMPORT_CHECKSUM_WRONG:
    default:
      return _("wrong");
    }
}

static GObject *
make_row (const EngramImportFile *file,
          char                   *name,
          const char             *checksum)
{
  const guint64 counts[] = {
    file->n_problems, file->neuron_match.added, file->neuron_match.same, file->neuron_match.different,
    file->synapse_match.added, file->synapse_match.same, file->synapse_match.different,
  };
  GObject *row = g_object_new (G_TYPE_OBJECT, NULL);
  GStrv texts = g_new0 (char *, N_COLUMNS + 1);

  texts[COLUMN_NAME] = name;
  texts[COLUMN_CHECKSUM] = g_strdup (checksum);
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    texts[COLUMN_PROBLEMS + i] = engram_format_count (counts[i]);
  g_object_set_data_full (row, TEXTS_KEY, texts, (GDestroyNotify) g_strfreev);
  return row;
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *item,
          gpointer                  column)
{
  GtkWidget *label = gtk_label_new (NULL);
  gboolean is_text = GPOINTER_TO_UINT (column) <= COLUMN_CHECKSUM;

  gtk_label_set_xalign (GTK_LABEL (label), is_text ? 0 : 1);
  gtk_label_set_ellipsize (GTK_LABEL (label), GPOINTER_TO_UINT (column) == COLUMN_NAME ? PANGO_ELLIPSIZE_MIDDLE
                                                                                       : PANGO_ELLIPSIZE_NONE);
  if (GPOINTER_TO_UINT (column) == COLUMN_NAME)
    gtk_label_set_width_chars (GTK_LABEL (label), 18);
  if (!is_text)
    gtk_widget_add_css_class (label, "numeric");
  gtk_list_item_set_child (item, label);
  gtk_list_item_set_activatable (item, FALSE);
}

/* What a screen reader says of a row: all of it. */
static char *
describe_row (char **texts)
{
  g_autoptr (GString) text = g_string_new (texts[COLUMN_NAME]);

  for (guint i = COLUMN_NAME + 1; i < N_COLUMNS; i++)
    if (texts[i][0] != '\0')
      g_string_append_printf (text, ", %s %s", _(titles[i]), texts[i]);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
name_row (GtkWidget  *label,
          char      **texts)
{
  g_autofree char *name = describe_row (texts);

  for (GtkWidget *widget = gtk_widget_get_parent (label); widget != NULL && !GTK_IS_LIST_VIEW (widget);
       widget = gtk_widget_get_parent (widget))
    engram_control_set_name (widget, name);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *item,
         gpointer                  column)
{
  GtkWidget *label = gtk_list_item_get_child (item);
  char **texts = g_object_get_data (gtk_list_item_get_item (item), TEXTS_KEY);
  const char *text = texts[GPOINTER_TO_UINT (column)];

  gtk_label_set_text (GTK_LABEL (label), text);
  if (GPOINTER_TO_UINT (column) != COLUMN_NAME)
    return;
  gtk_widget_set_tooltip_text (label, text);
  name_row (label, texts);
}

static void
add_column (GtkColumnView *view,
            guint          column)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkColumnViewColumn *added;

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), GUINT_TO_POINTER (column));
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), GUINT_TO_POINTER (column));
  added = gtk_column_view_column_new (_(titles[column]), factory);
  gtk_column_view_column_set_resizable (added, TRUE);
  gtk_column_view_column_set_expand (added, column == COLUMN_NAME);
  gtk_column_view_append_column (view, added);
  g_object_unref (added);
}

static GtkWidget *
get_view (GtkWidget *table)
{
  return gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (table));
}

/* The list inside has the focus, and so the name. */
static void
set_name (GtkWidget  *view,
          const char *name)
{
  engram_control_set_name (view, name);
  for (GtkWidget *child = gtk_widget_get_first_child (view); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_LIST_VIEW (child))
      engram_control_set_name (child, name);
}

GtkWidget *
engram_import_table_new (void)
{
  GtkWidget *table = gtk_scrolled_window_new ();
  GtkWidget *view = gtk_column_view_new (NULL);

  for (guint i = 0; i < N_COLUMNS; i++)
    add_column (GTK_COLUMN_VIEW (view), i);
  gtk_column_view_set_show_column_separators (GTK_COLUMN_VIEW (view), TRUE);
  gtk_widget_add_css_class (view, "data-table");
  set_name (view, _("Documents"));
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (table), view);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (table), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (table), MAX_HEIGHT);
  gtk_widget_set_focusable (table, FALSE);
  gtk_widget_set_overflow (table, GTK_OVERFLOW_HIDDEN);
  gtk_widget_add_css_class (table, "card");
  return table;
}

void
engram_import_table_set_report (GtkWidget                *table,
                                const EngramImportReport *report)
{
  g_autoptr (GListStore) rows = g_list_store_new (G_TYPE_OBJECT);
  g_autoptr (GtkNoSelection) model = NULL;

  for (guint i = 0; i < report->files->len; i++)
    {
      const EngramImportFile *file = g_ptr_array_index (report->files, i);
      g_autoptr (GObject) row = make_row (file, g_filename_display_basename (file->path), describe_checksum (file));

      g_list_store_append (rows, row);
    }
  if (report->files->len > 1)
    {
      EngramImportFile sum;
      g_autoptr (GObject) row = NULL;

      engram_import_report_sum (report, &sum);
      row = make_row (&sum, g_strdup (_("All documents")), "");
      g_list_store_append (rows, row);
    }
  model = gtk_no_selection_new (G_LIST_MODEL (g_steal_pointer (&rows)));
  gtk_column_view_set_model (GTK_COLUMN_VIEW (get_view (table)), GTK_SELECTION_MODEL (model));
}
