/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pages/engram-network-page-private.h"

/* The panes at both sides. Where there is no room beside the view they are folded away, and cover it when asked for. */

static EngramNetworkPagePane *
get_pane (EngramNetworkPage *self,
          AdwFlap           *flap)
{
  return flap == self->filters_flap ? &self->filters_state : &self->details_state;
}

void
engram_network_page_begin_panes (EngramNetworkPage *self)
{
  self->filters_state.is_wanted = adw_flap_get_reveal_flap (self->filters_flap);
  self->details_state.is_wanted = adw_flap_get_reveal_flap (self->flap);
}

/* A flap that has no size yet divides by its size to move: it is hidden meanwhile, and then does not move. */
static void
reveal (AdwFlap  *flap,
        gboolean  revealed)
{
  gboolean is_new = gtk_widget_get_width (GTK_WIDGET (flap)) == 0 && gtk_widget_get_mapped (GTK_WIDGET (flap));

  if (is_new)
    gtk_widget_set_visible (GTK_WIDGET (flap), FALSE);
  adw_flap_set_reveal_flap (flap, revealed);
  if (is_new)
    gtk_widget_set_visible (GTK_WIDGET (flap), TRUE);
}

/* The person opens or closes a pane. One that is opened over the view is so for a moment only. */
void
engram_network_page_reveal_pane (EngramNetworkPage *self,
                                 AdwFlap           *flap,
                                 gboolean           revealed)
{
  if (!revealed)
    get_pane (self, flap)->is_wanted = FALSE;
  reveal (flap, revealed);
}

/* What is remembered is where a pane is beside the view. */
void
engram_network_page_recall_pane (EngramNetworkPage *self,
                                 AdwFlap           *flap,
                                 gboolean           wanted)
{
  get_pane (self, flap)->is_wanted = wanted;
  if (!adw_flap_get_folded (flap))
    reveal (flap, wanted);
}

void
engram_network_page_pane_changed (EngramNetworkPage *self,
                                  AdwFlap           *flap)
{
  EngramNetworkPagePane *pane = get_pane (self, flap);
  gboolean revealed = adw_flap_get_reveal_flap (flap);

  /* What the flap does by itself, it does before it tells that it is folded or unfolded. */
  if (pane->is_folded != adw_flap_get_folded (flap))
    return;
  if (pane->is_folded)
    pane->is_over = revealed;
  else
    pane->is_wanted = revealed;
}

/* A flap that unfolds shows its pane, whether or not somebody has asked for it. */
void
engram_network_page_pane_folded (EngramNetworkPage *self,
                                 AdwFlap           *flap)
{
  EngramNetworkPagePane *pane = get_pane (self, flap);

  pane->is_folded = adw_flap_get_folded (flap);
  if (!pane->is_folded)
    {
      pane->is_wanted = pane->is_wanted || pane->is_over;
      adw_flap_set_reveal_flap (flap, pane->is_wanted);
    }
  pane->is_over = FALSE;
}
