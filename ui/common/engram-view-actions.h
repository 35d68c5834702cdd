/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* EngramViewAction: what can be done with a view, as an action of the whole of it with a key of a part of it: the key is
 * not meant where something is typed in a control beside that part.
 * @name: "graph.expand"
 * @key: 0 for none */
typedef struct {
  const char                  *name;
  GtkWidgetActionActivateFunc  activate;
  guint                        key;
  GdkModifierType              modifiers;
} EngramViewAction;

void engram_view_actions_install  (GtkWidgetClass         *widget_class,
                                   const EngramViewAction *actions,
                                   gsize                   n_actions);
void engram_view_actions_add_keys (GtkWidget              *part,
                                   const EngramViewAction *actions,
                                   gsize                   n_actions);

G_END_DECLS
