/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "common/engram-view-actions.h"

void
engram_view_actions_install (GtkWidgetClass         *widget_class,
                             const EngramViewAction *actions,
                             gsize                   n_actions)
{
  for (gsize i = 0; i < n_actions; i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, NULL, actions[i].activate);
}

void
engram_view_actions_add_keys (GtkWidget              *part,
                              const EngramViewAction *actions,
                              gsize                   n_actions)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  for (gsize i = 0; i < n_actions; i++)
    if (actions[i].key != 0)
      gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                            gtk_shortcut_new (gtk_keyval_trigger_new (actions[i].key,
                                                                                      actions[i].modifiers),
                                                              gtk_named_action_new (actions[i].name)));
  gtk_widget_add_controller (part, controller);
}
