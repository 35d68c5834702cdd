/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "common/engram-check-button.h"

struct _EngramCheckButton
{
  GtkCheckButton parent_instance;
};

G_DEFINE_FINAL_TYPE (EngramCheckButton, engram_check_button, GTK_TYPE_CHECK_BUTTON)

static gboolean
engram_check_button_focus (GtkWidget        *widget,
                           GtkDirectionType  direction)
{
  if (gtk_widget_is_focus (widget))
    return FALSE;
  return GTK_WIDGET_CLASS (engram_check_button_parent_class)->focus (widget, direction);
}

static void
engram_check_button_class_init (EngramCheckButtonClass *klass)
{
  GTK_WIDGET_CLASS (klass)->focus = engram_check_button_focus;
}

static void
engram_check_button_init (EngramCheckButton *self)
{
}

GtkWidget *
engram_check_button_new (void)
{
  return g_object_new (ENGRAM_TYPE_CHECK_BUTTON, NULL);
}
