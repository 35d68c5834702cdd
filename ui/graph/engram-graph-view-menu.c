/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "graph/engram-graph-view-private.h"

#include <glib/gi18n.h>

/* What can be done with neurons of the graph: the menu of its bar, and the one over a neuron. */

typedef struct {
  const char *label; /* NULL after the last one */
  const char *action;
} Item;

static const Item reach[] = {
  { N_("Graph _Around Selection (A)"), "graph.around" },
  { N_("_Expand (E)"), "graph.expand" },
  { N_("_Collapse (Shift+E)"), "graph.collapse" },
  { NULL, NULL },
};

static const Item sight[] = {
  { N_("_Hide (H)"), "graph.hide" },
  { N_("_Isolate (I)"), "graph.isolate" },
  { N_("_Show All Hidden (Shift+H)"), "graph.show-all" },
  { NULL, NULL },
};

static const Item pins[] = {
  { N_("_Pin (P)"), "graph.pin" },
  { N_("_Unpin (Shift+P)"), "graph.unpin" },
  { NULL, NULL },
};

static const Item layout[] = {
  { N_("_Lay Out Again (L)"), "graph.lay-out" },
  { NULL, NULL },
};

static const Item elsewhere[] = {
  { N_("Show in the _List"), "win.view::neurons" },
  { N_("Sho_w in Space"), "page.show-in-space" },
  { NULL, NULL },
};

static void
append_section (GMenu      *menu,
                const Item *items)
{
  g_autoptr (GMenu) section = g_menu_new ();

  for (; items->label != NULL; items++)
    g_menu_append (section, _(items->label), items->action);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
}

static GMenuModel *
make_menu (const Item *last)
{
  GMenu *menu = g_menu_new ();

  append_section (menu, reach);
  append_section (menu, sight);
  append_section (menu, pins);
  append_section (menu, last);
  return G_MENU_MODEL (menu);
}

GMenuModel *
engram_graph_view_make_menu (void)
{
  return make_menu (layout);
}

/* Over a neuron */

static void
closed_cb (EngramGraphView *self)
{
  GtkWidget *scene_view = GTK_WIDGET (engram_network_view_get_scene_view (self->network_view));

  if (gtk_widget_get_mapped (scene_view))
    gtk_widget_grab_focus (scene_view);
}

/* What scrolls in a menu that is too long can have the focus, and has no name in GTK 4.8. */
static void
name_menu (GtkWidget *menu)
{
  GtkWidget *scroller = gtk_popover_get_child (GTK_POPOVER (menu));

  gtk_accessible_update_property (GTK_ACCESSIBLE (menu), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Neurons of the Graph"), -1);
  if (scroller != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (scroller), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    _("Neurons of the Graph"), -1);
}

static void
ensure_menu (EngramGraphView *self)
{
  g_autoptr (GMenuModel) model = NULL;

  if (self->menu != NULL)
    return;
  model = make_menu (elsewhere);
  self->menu = gtk_popover_menu_new_from_model (model);
  gtk_popover_set_has_arrow (GTK_POPOVER (self->menu), FALSE);
  gtk_widget_set_halign (self->menu, GTK_ALIGN_START);
  name_menu (self->menu);
  gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
  g_signal_connect_object (self->menu, "closed", G_CALLBACK (closed_cb), self, G_CONNECT_SWAPPED);
}

/* The menu is about what is selected: a neuron that is not is, alone, from now on. */
static void
choose_point (EngramGraphView *self,
              guint32          point)
{
  EngramNetworkScene *scene = engram_graph_view_get_scene (self);
  gint64 rowid = engram_network_scene_get_rowid (scene, point);
  g_autoptr (EngramRowSet) rows = NULL;

  if ((scene->scene->points[point].flags & ENGRAM_POINT_SELECTED) != 0)
    return;
  rows = engram_row_set_new (&rowid, 1);
  engram_selection_set (engram_session_get_selection (self->session), ENGRAM_RECORD_NEURON, rows);
}

static void
menu_cb (EngramGraphView *self,
         guint            point,
         double           x,
         double           y)
{
  GtkWidget *scene_view = GTK_WIDGET (engram_network_view_get_scene_view (self->network_view));
  double own_x, own_y;

  if (engram_graph_view_get_scene (self) == NULL || self->session == NULL
      || !gtk_widget_translate_coordinates (scene_view, GTK_WIDGET (self), x, y, &own_x, &own_y))
    return;
  choose_point (self, point);
  ensure_menu (self);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), &(GdkRectangle) { (int) own_x, (int) own_y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

void
engram_graph_view_connect_menu (EngramGraphView *self)
{
  g_signal_connect_object (engram_network_view_get_scene_view (self->network_view), "menu", G_CALLBACK (menu_cb), self,
                           G_CONNECT_SWAPPED);
}
