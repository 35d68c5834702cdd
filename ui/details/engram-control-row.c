/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "details/engram-control-row.h"

struct _EngramControlRow
{
  GtkListBoxRow parent_instance;
};

G_DEFINE_FINAL_TYPE (EngramControlRow, engram_control_row, GTK_TYPE_LIST_BOX_ROW)

static gboolean
engram_control_row_focus (GtkWidget        *widget,
                          GtkDirectionType  direction)
{
  GtkWidget *child = gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (widget));

  return child != NULL && gtk_widget_child_focus (child, direction);
}

/* As the arrow keys of a list ask for. */
static gboolean
engram_control_row_grab_focus (GtkWidget *widget)
{
  return engram_control_row_focus (widget, GTK_DIR_TAB_FORWARD);
}

static void
engram_control_row_class_init (EngramControlRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->focus = engram_control_row_focus;
  widget_class->grab_focus = engram_control_row_grab_focus;
}

static void
engram_control_row_init (EngramControlRow *self)
{
  gtk_widget_set_focusable (GTK_WIDGET (self), FALSE);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
}

GtkWidget *
engram_control_row_new (void)
{
  return g_object_new (ENGRAM_TYPE_CONTROL_ROW, NULL);
}
