/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pages/engram-network-page-private.h"

/* Where the keyboard goes. */

GtkWidget *
engram_network_page_get_focus (EngramNetworkPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return root != NULL ? gtk_root_get_focus (root) : NULL;
}

void
engram_network_page_focus_view (EngramNetworkPage *self)
{
  gtk_widget_child_focus (adw_view_stack_get_visible_child (self->views), GTK_DIR_TAB_FORWARD);
}

/* Who opens a network wants to walk through it, and not through the buttons above. */
void
engram_network_page_focus_first (EngramNetworkPage *self)
{
  GtkWidget *focus = engram_network_page_get_focus (self);

  if (focus == NULL || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self)))
    engram_network_page_focus_view (self);
}

/* A pane that covers the lists takes the focus, else keys would go to what nobody sees. */
void
engram_network_page_enter_pane (EngramNetworkPage *self,
                                GtkWidget         *pane)
{
  gboolean has_filters = pane == GTK_WIDGET (self->filters);
  AdwFlap *flap = has_filters ? self->filters_flap : self->flap;
  gboolean is_filled = !has_filters || engram_filter_pane_get_facets (self->filters) != NULL;

  if (!adw_flap_get_folded (flap) || !adw_flap_get_reveal_flap (flap) ||
      (is_filled && gtk_widget_child_focus (pane, GTK_DIR_TAB_FORWARD)))
    return;
  /* What is to be in it, or at its top, is still being read. */
  gtk_widget_set_focusable (pane, TRUE);
  gtk_widget_grab_focus (pane);
}

/* A pane comes, or goes, and then the focus does not stay in it. */
void
engram_network_page_pane_revealed (EngramNetworkPage *self,
                                   AdwFlap           *flap)
{
  GtkWidget *pane = adw_flap_get_flap (flap);
  GtkWidget *focus = engram_network_page_get_focus (self);

  /* One that was just going has its place yet. */
  if (adw_flap_get_reveal_flap (flap) && pane != NULL && gtk_widget_get_mapped (pane))
    engram_network_page_enter_pane (self, pane);
  else if (!adw_flap_get_reveal_flap (flap) && focus != NULL &&
           (focus == pane || gtk_widget_is_ancestor (focus, pane)))
    engram_network_page_focus_view (self);
}

/* Escape takes away what covers the lists, wherever the focus is. Returns: whether there was something */
gboolean
engram_network_page_uncover (EngramNetworkPage *self)
{
  AdwFlap *flaps[] = { self->filters_flap, self->flap };

  for (guint i = 0; i < G_N_ELEMENTS (flaps); i++)
    if (adw_flap_get_folded (flaps[i]) && adw_flap_get_reveal_flap (flaps[i]))
      {
        adw_flap_set_reveal_flap (flaps[i], FALSE);
        engram_network_page_focus_view (self);
        return TRUE;
      }
  return FALSE;
}

/* The panes and the view between them; what is covered by one of them is not there. */
static void
add_panes (EngramNetworkPage *self,
           GPtrArray         *parts)
{
  gboolean has_filters = adw_flap_get_reveal_flap (self->filters_flap);
  gboolean has_details = adw_flap_get_reveal_flap (self->flap);

  if (has_filters)
    g_ptr_array_add (parts, self->filters);
  if (has_filters && adw_flap_get_folded (self->filters_flap))
    return;
  if (!has_details || !adw_flap_get_folded (self->flap))
    g_ptr_array_add (parts, self->views);
  if (has_details)
    g_ptr_array_add (parts, self->details_stack);
}

void
engram_network_page_add_parts (EngramNetworkPage *self,
                               GPtrArray         *parts)
{
  g_return_if_fail (ENGRAM_IS_NETWORK_PAGE (self));

  for (GtkWidget *child = gtk_widget_get_first_child (self->content); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (child == GTK_WIDGET (self->toasts))
      add_panes (self, parts);
    else
      g_ptr_array_add (parts, child);
}
