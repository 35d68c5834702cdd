/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dialogs/import/engram-import-problem-list.h"

#include <glib/gi18n.h>
#include <inttypes.h>

#include "common/engram-control.h"

#define MAX_HEIGHT 320

struct _EngramImportProblemList {
  AdwBin       parent_instance;

  GtkListView *view;
  GPtrArray   *problems; /* or NULL */
};

enum { ACTIVATED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EngramImportProblemList, engram_import_problem_list, ADW_TYPE_BIN)

/* Rows */

static char *
dup_place (const EngramProblem *problem)
{
  g_autofree char *name = problem->file != NULL ? g_filename_display_basename (problem->file) : g_strdup ("");

  if (problem->line == 0)
    return g_steal_pointer (&name);
  /* Translators: the name of a document, then a number. */
  return g_strdup_printf (_("%s, line %" PRIu64), name, problem->line);
}

static char *
dup_message (const EngramProblem *problem)
{
  if (problem->field == NULL || g_str_equal (problem->field, "id"))
    return g_strdup (problem->message);
  /* Translators: the name of a field, then what is wrong with it. */
  return g_strdup_printf (_("%s: %s"), problem->field, problem->message);
}

static GtkWidget *
create_label (const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 6);
  gtk_widget_set_margin_start (box, 6);
  gtk_widget_set_margin_end (box, 6);
  gtk_box_append (GTK_BOX (box), create_label ("body"));
  gtk_box_append (GTK_BOX (box), create_label ("caption"));
  gtk_list_item_set_child (item, box);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *item,
         EngramImportProblemList  *self)
{
  GtkWidget *box = gtk_list_item_get_child (item), *message = gtk_widget_get_first_child (box);
  GtkWidget *place = gtk_widget_get_next_sibling (message);
  const EngramProblem *problem = g_ptr_array_index (self->problems, gtk_list_item_get_position (item));
  g_autofree char *what = dup_message (problem), *where = dup_place (problem);
  g_autofree char *who = problem->id != NULL ? g_strdup_printf ("%s, %s", where, problem->id) : g_strdup (where);
  g_autofree char *name = g_strdup_printf ("%s, %s", what, who);

  /* The row has the focus. */
  engram_control_set_name (gtk_widget_get_parent (box), name);
  gtk_label_set_text (GTK_LABEL (message), what);
  gtk_label_set_text (GTK_LABEL (place), who);
  gtk_list_item_set_activatable (item, problem->line > 0);
}

static void
activate_cb (EngramImportProblemList *self,
             guint                    position)
{
  EngramProblem *problem = g_ptr_array_index (self->problems, position);

  if (problem->line > 0)
    g_signal_emit (self, signals[ACTIVATED], 0, problem);
}

void
engram_import_problem_list_set_problems (EngramImportProblemList *self,
                                         GPtrArray               *problems)
{
  g_autoptr (GListStore) rows = g_list_store_new (GTK_TYPE_STRING_OBJECT);
  g_autoptr (GtkNoSelection) model = NULL;

  g_return_if_fail (ENGRAM_IS_IMPORT_PROBLEM_LIST (self));
  g_return_if_fail (problems != NULL);

  gtk_list_view_set_model (self->view, NULL);
  g_clear_pointer (&self->problems, g_ptr_array_unref);
  self->problems = g_ptr_array_ref (problems);
  for (guint i = 0; i < problems->len; i++)
    {
      g_autoptr (GtkStringObject) row = gtk_string_object_new ("");

      g_list_store_append (rows, row);
    }
  model = gtk_no_selection_new (G_LIST_MODEL (g_steal_pointer (&rows)));
  gtk_list_view_set_model (self->view, GTK_SELECTION_MODEL (model));
}

/* GObject */

static void
engram_import_problem_list_finalize (GObject *object)
{
  g_clear_pointer (&ENGRAM_IMPORT_PROBLEM_LIST (object)->problems, g_ptr_array_unref);

  G_OBJECT_CLASS (engram_import_problem_list_parent_class)->finalize (object);
}

static void
engram_import_problem_list_class_init (EngramImportProblemListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = engram_import_problem_list_finalize;

  signals[ACTIVATED] = g_signal_new ("activated", ENGRAM_TYPE_IMPORT_PROBLEM_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                     NULL, G_TYPE_NONE, 1, ENGRAM_TYPE_PROBLEM | G_SIGNAL_TYPE_STATIC_SCOPE);
}

static void
engram_import_problem_list_init (EngramImportProblemList *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, 0);
  self->view = GTK_LIST_VIEW (gtk_list_view_new (NULL, factory));
  gtk_list_view_set_single_click_activate (self->view, TRUE);
  gtk_list_view_set_show_separators (self->view, TRUE);
  g_signal_connect_object (self->view, "activate", G_CALLBACK (activate_cb), self, G_CONNECT_SWAPPED);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->view));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), MAX_HEIGHT);
  gtk_widget_set_focusable (scroller, FALSE);
  gtk_widget_set_overflow (scroller, GTK_OVERFLOW_HIDDEN);
  gtk_widget_add_css_class (scroller, "card");
  adw_bin_set_child (ADW_BIN (self), scroller);
}

GtkWidget *
engram_import_problem_list_new (const char *name)
{
  EngramImportProblemList *self = g_object_new (ENGRAM_TYPE_IMPORT_PROBLEM_LIST, NULL);

  engram_control_set_name (GTK_WIDGET (self->view), name);
  return GTK_WIDGET (self);
}
