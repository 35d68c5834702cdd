/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "search/engram-query-help.h"

#include <engram.h>
#include <glib/gi18n.h>

#define WIDTH 320
#define MAX_HEIGHT 420

struct _EngramQueryHelp {
  GtkPopover parent_instance;
};

enum {
  CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EngramQueryHelp, engram_query_help, GTK_TYPE_POPOVER)

static GtkWidget *
create_label (const char *text,
              const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 36);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  return label;
}

static GtkWidget *
create_row (EngramQueryField field)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  const char *label = engram_query_field_get_label (field);
  const char *example = engram_query_field_get_example (field);
  g_autofree char *name = g_strdup_printf ("%s, %s", label, example);

  gtk_box_append (GTK_BOX (box), create_label (example, "monospace"));
  gtk_box_append (GTK_BOX (box), create_label (label, "dim-label"));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return row;
}

static void
row_activated_cb (EngramQueryHelp *self,
                  GtkListBoxRow   *row)
{
  const char *name = engram_query_field_get_name (gtk_list_box_row_get_index (row));
  g_autofree char *text = name != NULL ? g_strconcat (name, ":", NULL) : g_strdup ("");

  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[CHOSEN], 0, text);
}

static GtkWidget *
create_list (EngramQueryHelp *self)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "engram-suggestions");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Fields"), -1);
  for (guint field = 0; field < ENGRAM_QUERY_N_FIELDS; field++)
    gtk_list_box_append (GTK_LIST_BOX (list), create_row (field));
  g_signal_connect_swapped (list, "row-activated", G_CALLBACK (row_activated_cb), self);
  return list;
}

static void
engram_query_help_class_init (EngramQueryHelpClass *klass)
{
  signals[CHOSEN] = g_signal_new ("chosen", ENGRAM_TYPE_QUERY_HELP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);
}

static const char *
get_introduction (void)
{
  return _("Words are looked for in texts, code, tags, metadata and ids, anywhere in a word. All terms must hold. A minus "
           "sign before a term means “not”; text with spaces or colons goes in quotation marks.");
}

static void
engram_query_help_init (EngramQueryHelp *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_box_append (GTK_BOX (box), create_label (get_introduction (), NULL));
  gtk_box_append (GTK_BOX (box), create_list (self));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), MAX_HEIGHT);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), box);
  gtk_widget_set_size_request (scroller, WIDTH, -1);
  gtk_popover_set_child (GTK_POPOVER (self), scroller);
  gtk_accessible_update_property (GTK_ACCESSIBLE (scroller), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Search help"), -1);
}

GtkWidget *
engram_query_help_new (void)
{
  return g_object_new (ENGRAM_TYPE_QUERY_HELP, NULL);
}
