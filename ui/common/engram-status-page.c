/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "common/engram-status-page.h"

/**
 * engram_status_page_set_name:
 * @page: a status page with its title
 *
 * Gives what scrolls in it, which can have the focus, the page's title as its accessible name. To be called
 * again when the title has changed.
 */
void
engram_status_page_set_name (AdwStatusPage *page)
{
  GtkWidget *scroller = gtk_widget_get_first_child (GTK_WIDGET (page));

  if (scroller != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (scroller), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    adw_status_page_get_title (page), -1);
}
